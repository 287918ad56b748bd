from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.text import clean

# Not answered yet
OPEN = ("received", "accepted")
# What is entered with the complaint and stays as it came in
GIVEN = {"verdict_id", "partner_id", "text", "date_received"}


class EmulationComplaint(models.Model):
    """An author disputes a result (khiếu nại, kiến nghị), and what became of it.

    Whatever comes in is recorded; what is late or groundless is refused with a reason.
    What is accepted goes to another session, without the members of the first one.
    The first result is never overwritten: the second session gives another one, which
    is linked.
    """

    _name = "emulation.complaint"
    _inherit = ["emulation.workflow.mixin", "emulation.unit.mixin"]
    _description = "Complaint about a Result"
    _order = "date_received desc, id desc"
    _rec_name = "initiative_id"

    verdict_id = fields.Many2one(
        "emulation.verdict",
        string="Result disputed",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_published', '=', True)]",
    )
    initiative_id = fields.Many2one(
        related="verdict_id.initiative_id", string="Dossier", store=True, index=True
    )
    session_id = fields.Many2one(
        related="verdict_id.session_id", string="First session", store=True
    )
    unit_id = fields.Many2one(
        related="verdict_id.unit_id", store=True, precompute=True, default=None
    )
    company_id = fields.Many2one(
        related="verdict_id.company_id", store=True, precompute=True, default=None
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Author who complains",
        required=True,
        index=True,
        ondelete="restrict",
    )
    author_partner_ids = fields.Many2many(
        "res.partner", compute="_compute_author_partner_ids", compute_sudo=True
    )
    text = fields.Text(
        string="What is disputed, and why",
        required=True,
        help="In the author's own words; the second session reads it",
    )
    date_received = fields.Date(
        string="Came in on", required=True, default=fields.Date.context_today
    )
    date_until = fields.Date(
        string="Might be disputed until", compute="_compute_dates", compute_sudo=True
    )
    date_answer_due = fields.Date(
        string="To be answered by", compute="_compute_dates", compute_sudo=True
    )
    is_in_time = fields.Boolean(
        string="In time", compute="_compute_dates", compute_sudo=True
    )
    is_overdue = fields.Boolean(
        string="Answer overdue", compute="_compute_dates", compute_sudo=True
    )
    state = fields.Selection(
        [
            ("received", "Came in"),
            ("accepted", "To another session"),
            ("decided", "Decided"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="received",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    answer = fields.Text(
        copy=False,
        help="Told to the author: why it is refused, or what the second session found",
    )
    handled_user_id = fields.Many2one("res.users", string="Handled by", readonly=True)
    date_answered = fields.Date(string="Answered on", readonly=True)
    review_evaluation_id = fields.Many2one(
        "emulation.evaluation",
        string="Second appraisal",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    review_session_id = fields.Many2one(
        related="review_evaluation_id.session_id", string="Second session"
    )
    review_verdict_id = fields.Many2one(
        "emulation.verdict",
        string="Result of the second session",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    can_edit = fields.Boolean(
        compute="_compute_can", help="What came in may still be corrected"
    )
    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    _one_open = models.UniqueIndex(
        "(verdict_id) WHERE state IN ('received', 'accepted')",
        "A complaint about this result is being handled already. Add to that one.",
    )

    @api.depends("verdict_id")
    def _compute_author_partner_ids(self):
        for complaint in self:
            authors = complaint.verdict_id.initiative_id.author_ids
            complaint.author_partner_ids = authors.partner_id

    @api.depends("verdict_id", "date_received", "state")
    def _compute_dates(self):
        for complaint in self:
            law = complaint.verdict_id.regulation_id
            received = complaint.date_received
            until = complaint.verdict_id._get_dispute_until()
            due = received and received + timedelta(days=law.complaint_answer_days)
            complaint.date_until = until
            complaint.date_answer_due = due
            complaint.is_in_time = bool(until and received and received <= until)
            complaint.is_overdue = bool(
                complaint.state in OPEN
                and due
                and due < fields.Date.context_today(complaint)
            )

    @api.depends("state", "verdict_id")
    @api.depends_context("uid")
    def _compute_can(self):
        editable = self._origin._filtered_access("write")
        for complaint in self:
            is_mine = not complaint._origin or complaint._origin in editable
            complaint.can_edit = is_mine and complaint._is_still_open()
            complaint.can_accept = complaint._can_move("accepted")
            complaint.can_refuse = complaint._can_move("refused")
            complaint.can_withdraw = complaint._can_move("withdrawn")

    @api.onchange("verdict_id")
    def _onchange_verdict_id(self):
        if len(self.author_partner_ids) == 1:
            self.partner_id = self.author_partner_ids._origin

    @api.constrains("partner_id", "verdict_id")
    def _check_author(self):
        for complaint in self:
            if complaint.partner_id not in complaint.author_partner_ids:
                raise UserError(
                    self.env._(
                        "“%(person)s” is not an author of “%(dossier)s”: only an "
                        "author disputes its result.",
                        person=complaint.partner_id.name,
                        dossier=complaint.initiative_id.name,
                    )
                )

    @api.constrains("text", "date_received", "verdict_id")
    def _check_given(self):
        for complaint in self:
            verdict = complaint.sudo().verdict_id
            told, today = verdict._get_told_day(), verdict.session_id._get_today()
            if not clean(complaint.text or ""):
                raise UserError(
                    self.env._("Say what is disputed in the result, and why.")
                )
            if not told or not told <= complaint.date_received <= today:
                raise UserError(
                    self.env._(
                        "The complaint about “%(dossier)s” came in after its result "
                        "was told (%(told)s) and not later than today. Correct its "
                        "day.",
                        dossier=complaint.initiative_id.name,
                        told=told and format_date(self.env, told),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # one that ended in the same save must not stand in the way of the next
        self.flush_model(["state"])
        # who enters it reads the result: a link is no way around, nor is a refusal
        given = {vals.get("verdict_id") for vals in vals_list} - {None, False}
        self.env["emulation.verdict"].browse(given).check_access("read")
        complaints = super().create(vals_list)
        # a default may have named it
        complaints.verdict_id.check_access("read")
        complaints.filtered("answer")._check_may_answer()
        return complaints

    def write(self, vals):
        if vals.keys() & GIVEN and not self.env.su:
            self._check_still_open()
        if "answer" in vals:
            self._check_may_answer()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for complaint in self:
            raise UserError(
                self.env._(
                    "The complaint about “%(dossier)s” stays on record. Withdraw or "
                    "refuse it instead.",
                    dossier=complaint.initiative_id.name,
                )
            )

    def _check_may_answer(self):
        """Refuse an answer by whoever does not handle the complaint, or after it."""
        for complaint in self if not self.env.su else ():
            if complaint.state not in OPEN or not complaint._may_handle():
                raise AccessError(
                    self.env._(
                        "The complaint about “%(dossier)s” is answered by the "
                        "examiner who handles it, while it is open.",
                        dossier=complaint.initiative_id.name,
                    )
                )

    def _is_still_open(self):
        """Return whether what came in may be corrected: entered here, not handled yet.

        What an author wrote on the portal is the author's own word.
        """
        self.ensure_one()
        return self.state == "received" and not self.create_uid.sudo().share

    def _check_still_open(self):
        for complaint in self:
            if not complaint._is_still_open():
                raise UserError(
                    self.env._(
                        "The complaint about “%(dossier)s” is being handled and stays "
                        "as it came in.",
                        dossier=complaint.initiative_id.name,
                    )
                )

    # ACTIONS

    def action_accept(self):
        """Accept complaints that came in time: another session looks at the dossier.

        :raises UserError: for one that came late, or one's own
        """
        self.write({"state": "accepted"})

    def action_refuse(self):
        """Refuse complaints; the answer says why.

        :raises UserError: without an answer
        """
        self.write({"state": "refused"})

    def action_withdraw(self):
        """Withdraw complaints, as their authors wish; a second appraisal ends."""
        self.write({"state": "withdrawn"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {
            "handled_user_id", "date_answered", "review_evaluation_id",
            "review_verdict_id",
        }  # fmt: skip

    def _transitions(self):
        return {
            "received": {"accepted", "refused", "withdrawn"},
            "accepted": {"decided", "withdrawn"},
            "decided": {"accepted"},
            "refused": set(),
            "withdrawn": set(),
        }

    def _may_move(self, target):
        if not self.verdict_id:
            # a form that is being filled in
            return False
        if target == "withdrawn":
            return self.initiative_id._acts_for_unit()
        # the end follows from the signed decision of the second session
        return target in ("accepted", "refused") and self._may_handle()

    def _may_handle(self):
        """Return whether the user handles it: not an author, not of the first session.

        Who made the result, or kept the session that did, does not judge whether it
        may be disputed.
        """
        self.ensure_one()
        user = self.env.user
        first = self.session_id.sudo().attendance_ids.member_id.user_id
        return self.initiative_id._may_examine() and user not in first

    def _check_ready(self, target):
        if target == "accepted" and self.state == "received" and not self.is_in_time:
            raise UserError(
                self.env._(
                    "The complaint about “%(dossier)s” came in on %(day)s; its result "
                    "might be disputed until %(until)s. Refuse it with this reason.",
                    dossier=self.initiative_id.name,
                    day=format_date(self.env, self.date_received),
                    until=format_date(self.env, self.date_until) or "–",
                )
            )
        if target == "refused" and not clean(self.answer or ""):
            raise UserError(
                self.env._(
                    "Say in the answer why the complaint about “%(dossier)s” is "
                    "refused: the author is told.",
                    dossier=self.initiative_id.name,
                )
            )
        in_session = self.sudo().review_evaluation_id.state
        if target == "withdrawn" and in_session in ("scoring", "scored"):
            raise UserError(
                self.env._(
                    "The second session on “%(dossier)s” has begun: wait for its "
                    "result.",
                    dossier=self.initiative_id.name,
                )
            )

    def _after_transition(self, source, target):
        complaint = self.sudo()
        if target == "accepted" and source == "received":
            complaint.handled_user_id = self.env.user
            complaint.review_evaluation_id = self._open_review()
        elif target == "refused":
            complaint.write(
                {
                    "handled_user_id": self.env.uid,
                    "date_answered": fields.Date.context_today(self),
                }
            )
            complaint._tell_author()
        elif target == "withdrawn" and complaint.review_evaluation_id:
            complaint.review_evaluation_id._end_review()
        self.env["emulation.log"]._append(
            complaint, "complaint", self._state_label(target)
        )

    # BUSINESS

    def _tell_author(self):
        """Write to the author what became of the complaint."""
        for complaint in self:
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=complaint.partner_id.ids,
                subject=self.env._(
                    "Answer to your complaint about “%(dossier)s”",
                    dossier=complaint.initiative_id.name,
                ),
                body=complaint.answer,
            )

    @api.model
    def _succession_open_domain(self, day):
        return Domain("state", "in", OPEN)

    def _get_closing_day(self):
        self.ensure_one()
        return self.state not in OPEN and (self.date_answered or self.date_received)
