from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools import text

# A nomination that has come to nothing leaves the place to another one
ENDED = ("refused", "withdrawn", "revoked")
LIVING = "state NOT IN ('refused', 'withdrawn', 'revoked')"
# What the nominating unit says, until it hands the nomination in
GIVEN = {
    "award_id", "year", "unit_id", "recipient_kind_id", "partner_id",
    "recipient_unit_id", "recipient_name", "verdict_id", "prize_id", "citation",
    "reason", "company_id", "decider_unit_id",
}  # fmt: skip


class EmulationNomination(models.Model):
    """A proposal that somebody be given an award (đề nghị khen thưởng; R26, R33).

    One award, one recipient, one year, on the track of the award: the Front's own
    commendation, the State's, or the centre's. The three may run side by side for one
    entry. An entry is proposed by its published result alone (R45), so that no
    nomination tells what is not told yet.
    """

    _name = "emulation.nomination"
    _inherit = [
        "emulation.workflow.mixin",
        "emulation.unit.mixin",
        "emulation.recipient.mixin",
        "mail.thread",
    ]
    _description = "Nomination for an Award"
    _mail_post_access = "read"
    _order = "year desc, award_id, recipient_name, id desc"
    _rec_names_search = ["recipient_name", "award_id", "initiative_id"]

    award_id = fields.Many2one(
        "emulation.award",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '!=', 'draft')]",
    )
    award_code = fields.Char(
        related="award_id.code", store=True, export_string_translation=False
    )
    track = fields.Selection(related="award_id.track", store=True, index=True)
    is_decided_elsewhere = fields.Boolean(related="award_id.is_decided_elsewhere")
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
        help="The year whose achievements are honoured",
    )
    unit_id = fields.Many2one(string="Nominated by", tracking=True)
    recipient_kind_id = fields.Many2one(
        "emulation.recipient.kind",
        string="Kind of recipient",
        required=True,
        ondelete="restrict",
        compute="_compute_recipient_kind_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_person = fields.Boolean(related="recipient_kind_id.is_person")
    recipient_name = fields.Char(help="As printed on the decision and the certificate")
    verdict_id = fields.Many2one(
        "emulation.verdict",
        string="Published result",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_published', '=', True), ('is_pass', '=', True)]",
        help="The graded entry for which the award is proposed",
    )
    initiative_id = fields.Many2one(
        related="verdict_id.initiative_id", store=True, index=True, string="Initiative"
    )
    entry_name = fields.Char(
        string="Graded entry", compute="_compute_entry", compute_sudo=True
    )
    grade_name = fields.Char(
        string="Grade", compute="_compute_entry", compute_sudo=True
    )
    citation = fields.Char(
        help="Printed on the decision and the certificate: “Đã có thành tích …”",
        compute="_compute_citation",
        store=True,
        readonly=False,
    )
    reason = fields.Text(
        string="Achievements", help="What the recipient has achieved, in short"
    )
    prize_id = fields.Many2one(
        "emulation.award.prize",
        ondelete="restrict",
        domain="[('award_id', '=', award_id)]",
    )
    state = fields.Selection(
        [
            ("draft", "Being prepared"),
            ("submitted", "Submitted"),
            ("appraised", "Appraised"),
            ("proposed", "Put to the decider"),
            ("sent", "Sent to the centre"),
            ("conferred", "Conferred"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("revoked", "Revoked"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    submitted_user_id = fields.Many2one(
        "res.users", string="Submitted by", readonly=True, copy=False
    )
    date_submitted = fields.Date(string="Submitted on", readonly=True, copy=False)
    can_submit = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    _one_per_person = models.UniqueIndex(
        f"(award_code, year, partner_id) WHERE partner_id IS NOT NULL AND {LIVING}",
        "This person is nominated for this award of the year already. Use that "
        "nomination.",
    )
    _one_per_unit = models.UniqueIndex(
        "(award_code, year, recipient_unit_id) WHERE recipient_unit_id IS NOT NULL"
        f" AND {LIVING}",
        "This collective is nominated for this award of the year already. Use that "
        "nomination.",
    )
    _one_per_name = models.UniqueIndex(
        "(award_code, year, unit_id, lower(recipient_name)) WHERE partner_id IS NULL"
        f" AND recipient_unit_id IS NULL AND {LIVING}",
        "A recipient of this name is nominated for this award of the year already. "
        "Use that nomination.",
    )

    @api.depends("award_id")
    def _compute_recipient_kind_id(self):
        for one in self:
            kinds = one.award_id.recipient_kind_ids
            fits = one.recipient_kind_id in kinds or not kinds
            one.recipient_kind_id = one.recipient_kind_id if fits else kinds[:1]

    @api.depends("verdict_id")
    def _compute_entry(self):
        for one in self:
            one.entry_name = one.verdict_id.initiative_id.name
            one.grade_name = one.verdict_id.grade_id.name

    @api.depends("verdict_id")
    def _compute_citation(self):
        for one in self:
            title = one.sudo().verdict_id.initiative_id.name
            if not one.citation and title:
                one.citation = (
                    f"Đã có thành tích trong phong trào thi đua, có sáng kiến “{title}”"
                )
            else:
                one.citation = one.citation

    @api.depends("recipient_name", "award_id.name", "year")
    def _compute_display_name(self):
        for one in self:
            names = filter(None, (one.recipient_name, one.award_id.name))
            one.display_name = f"{' – '.join(names)} ({one.year})"

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for one in self:
            one.can_submit = one._can_move("submitted")
            one.can_withdraw = one._can_move("withdrawn")

    @api.constrains("recipient_kind_id", "partner_id", "recipient_unit_id")
    def _check_recipient(self):
        """A person is nominated as a person, a collective as a collective (R35)."""
        for one in self:
            person = one.recipient_kind_id.is_person
            if person != bool(one.partner_id) or (person and one.recipient_unit_id):
                raise ValidationError(
                    self.env._(
                        "“%(nomination)s”: an individual is chosen under “Person”; a "
                        "collective, an organisation, an enterprise or a household is "
                        "chosen as a unit or written by its name.",
                        nomination=one.display_name,
                    )
                )

    @api.constrains("prize_id", "award_id")
    def _check_prize(self):
        for one in self.filtered("prize_id"):
            if one.prize_id.award_id != one.award_id:
                raise ValidationError(
                    self.env._(
                        "“%(prize)s” is no prize of “%(award)s”. Choose its own.",
                        prize=one.prize_id.display_name,
                        award=one.award_id.name,
                    )
                )

    @api.constrains("verdict_id")
    def _check_published(self):
        """What is not told yet is told by no nomination either (R45)."""
        for one in self.filtered("verdict_id"):
            verdict = one.verdict_id.sudo()
            if not (verdict.active and verdict.is_published and verdict.is_pass):
                raise ValidationError(
                    self.env._(
                        "“%(nomination)s” rests on no published recognition. Choose "
                        "an entry that was recognised and whose results are told.",
                        nomination=one.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._tidy(vals)
            self._check_readable(vals)
        nominations = super().create(vals_list)
        if not self.env.su:
            nominations.verdict_id.check_access("read")
        return nominations

    def write(self, vals):
        self._tidy(vals)
        self._check_readable(vals)
        if self._get_given() & vals.keys() and not self.env.su:
            self._check_state("draft")
            self._check_nominating()
        return super().write(vals)

    @api.model
    def _get_given(self):
        """Return what only the nominating unit writes, before it hands in."""
        return GIVEN

    def _check_nominating(self):
        """What is nominated is written by the unit alone, not by whoever appraises."""
        for one in self:
            if not one._is_nominating(self.env.user):
                raise AccessError(
                    self.env._(
                        "“%(nomination)s” is written by the unit that nominates. "
                        "Return it with what is to be mended.",
                        nomination=one.display_name,
                    )
                )

    def copy_data(self, default=None):
        """A copy is for the year after: nobody gets an award twice a year."""
        copies = super().copy_data(default)
        if "year" not in (default or {}):
            for one, vals in zip(self, copies, strict=True):
                vals["year"] = one.year + 1
        return copies

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_state("draft")
        for one in self:
            if one.date_submitted:
                raise UserError(
                    self.env._(
                        "“%(nomination)s” has been handed in and stays on record. "
                        "Withdraw it instead.",
                        nomination=one.display_name,
                    )
                )

    @api.model
    def _check_readable(self, vals):
        """Nobody learns by a nomination of a result they may not read."""
        verdict = vals.get("verdict_id")
        if verdict and not self.env.su:
            self.env["emulation.verdict"].browse(verdict).check_access("read")

    @api.model
    def _tidy(self, vals):
        for name in ("recipient_name", "citation"):
            if vals.get(name):
                vals[name] = text.clean(vals[name])

    # ACTIONS

    def action_submit(self):
        """Hand the nominations in, each checked against the law of today.

        :raises UserError: naming what is missing, or which condition is not met
        """
        self.write({"state": "submitted"})

    def action_withdraw(self):
        """Withdraw nominations that are not decided yet."""
        self.write({"state": "withdrawn"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {"submitted_user_id", "date_submitted"}

    def _transitions(self):
        return {
            "draft": {"submitted", "withdrawn"},
            "submitted": {"draft", "appraised", "sent", "refused", "withdrawn"},
            "appraised": {"proposed", "sent", "refused", "withdrawn"},
            "proposed": {"appraised", "conferred", "refused"},
            "sent": {"submitted", "appraised", "conferred", "refused"},
            "conferred": {"revoked"},
            "refused": set(),
            "withdrawn": set(),
            "revoked": set(),
        }

    def _may_move(self, target):
        """The unit hands in and withdraws; the rooms of the board add their moves."""
        handed_in = target == "submitted" and self.state == "draft"
        if handed_in or target == "withdrawn":
            return self._is_nominating(self.env.user)
        return False

    def _is_nominating(self, user):
        """Return whether ``user`` works for the unit that nominates."""
        if user.has_group("emulation.group_emulation_movement"):
            return True
        unit = self.sudo().unit_id
        return user.has_group("emulation.group_emulation_officer") and bool(
            unit and unit._is_acting(user)
        )

    def _after_transition(self, source, target):
        if target == "submitted" and source == "draft":
            self.sudo().write(
                {
                    "submitted_user_id": self.env.uid,
                    "date_submitted": fields.Date.context_today(self),
                }
            )
        return super()._after_transition(source, target)

    # BUSINESS

    def _check_state(self, *states):
        """Refuse a change to a nomination that has gone on."""
        for one in self:
            if one.state not in states:
                raise UserError(
                    self.env._(
                        "“%(nomination)s” is in the state “%(state)s” and stays as it "
                        "is. Have it returned, or prepare another one.",
                        nomination=one.display_name,
                        state=one._state_label(one.state),
                    )
                )

    def _is_own(self, user):
        """Return whether ``user`` is the recipient, or heads the recipient."""
        self.ensure_one()
        one = self.sudo()
        if one.partner_id and user.partner_id._emulation_is_one_of(one.partner_id):
            return True
        return (
            bool(one.recipient_unit_id) and user in one.recipient_unit_id._get_heads()
        )

    def _get_same_recipient_domain(self):
        """Return the domain of what the recipients of these nominations had before."""
        nameless = self.filtered(
            lambda one: not (one.partner_id or one.recipient_unit_id)
        )
        return Domain.OR(
            [
                Domain("partner_id", "in", self.partner_id.ids),
                Domain("recipient_unit_id", "in", self.recipient_unit_id.ids),
                Domain("partner_id", "=", False)
                & Domain("recipient_unit_id", "=", False)
                & Domain("recipient_name", "in", nameless.mapped("recipient_name")),
            ]
        )

    @api.model
    def _succession_open_domain(self, day):
        return [("state", "in", ("draft", "submitted"))]

    def _get_closing_day(self):
        self.ensure_one()
        return self.state not in ("draft",) and self.date_submitted
