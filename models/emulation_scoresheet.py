from decimal import Decimal
from random import SystemRandom

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ..tools import scoring


class EmulationScoresheet(models.Model):
    """One member's sheet for one dossier (phiếu chấm; R44).

    Secret: its owner alone reads it before the close, and the session's
    secretariat after it. It has no chatter, and nothing is computed from it on
    other records until the session closes.
    """

    _name = "emulation.scoresheet"
    _inherit = [
        "emulation.workflow.mixin",
        "emulation.score.form.mixin",
        "emulation.kept.mixin",
    ]
    _description = "Score Sheet"
    _order = "session_id desc, evaluation_id, id"
    _rec_name = "evaluation_id"

    evaluation_id = fields.Many2one(
        "emulation.evaluation", required=True, index=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "emulation.council.member", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        related="member_id.user_id", string="User", store=True, index=True
    )
    session_id = fields.Many2one(
        related="evaluation_id.session_id", store=True, index=True
    )
    session_state = fields.Selection(
        related="session_id.state", string="State of the session"
    )
    is_late = fields.Boolean(compute="_compute_is_late")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    state = fields.Selection(
        [("draft", "To score"), ("submitted", "Handed in"), ("voided", "Void")],
        default="draft",
        required=True,
        copy=False,
        index=True,
    )
    line_ids = fields.One2many("emulation.scoresheet.line", "sheet_id", string="Points")
    remark = fields.Text(help="For the council; printed without name")
    number = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Random number of the sheet in the calculation, given at the close",
    )
    date_submitted = fields.Datetime(readonly=True, copy=False)
    is_sealed = fields.Boolean(
        readonly=True,
        copy=False,
        help="Out of sight until its member has declared any interest in the dossier",
    )
    is_own = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _member_unique = models.UniqueIndex(
        "(evaluation_id, member_id)",
        "This member already has a sheet for this dossier. Open the existing one.",
    )

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for sheet in self:
            waiting = sheet.state == "draft" and sheet.session_state == "scoring"
            sheet.is_late = waiting and bool(sheet.date_due) and sheet.date_due < now

    @api.depends("state", "session_id.state")
    @api.depends_context("uid")
    def _compute_can(self):
        for sheet in self:
            sheet.is_own = sheet.user_id == self.env.user
            sheet.can_submit = sheet._can_move("submitted")
            sheet.can_reopen = sheet._can_move("draft")

    def _get_kept_domain(self):
        """Return the domain of the sheets that the user, keeping a session, reads.

        Only once the session is closed, and never in conflict with it.
        """
        kept = self.env["emulation.session"]._get_kept_domain()
        kept &= Domain("state", "in", ("closed", "published"))
        return Domain("session_id", "any!", kept)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_handed_out(vals_list)
        sheets = super().create(vals_list)
        for sheet in sheets.filtered(lambda one: not one.line_ids):
            criteria = sheet.evaluation_id.rubric_id.criterion_ids
            sheet.line_ids = [
                Command.create({"criterion_id": criterion.id}) for criterion in criteria
            ]
        return sheets

    @api.model
    def _check_handed_out(self, vals_list):
        """Sheets are handed out when scoring opens; nobody takes a second one."""
        if self.env.su:
            return
        for vals in vals_list:
            member = self.env["emulation.council.member"].browse(vals.get("member_id"))
            taken = self.sudo().search(
                [
                    ("evaluation_id", "=", vals.get("evaluation_id")),
                    ("member_id", "=", member.id),
                ],
                limit=1,
            )
            if taken:
                raise UserError(
                    self.env._(
                        "“%(member)s” already has a sheet for “%(dossier)s”. Open the "
                        "existing one.",
                        member=taken.member_id.display_name,
                        dossier=taken.display_name,
                    )
                )
        raise AccessError(
            self.env._(
                "Score sheets are handed out when the session opens scoring. Ask the "
                "secretary to open it."
            )
        )

    # ACTIONS

    def action_submit(self):
        """Hand the sheet in; it can be taken back until the session closes.

        :raises UserError: naming the criteria without points
        """
        self.write({"state": "submitted"})

    def action_reopen(self):
        """Take the sheet back to change it, as long as the session is open."""
        self.write({"state": "draft"})

    def action_declare_conflict(self):
        """Open the dialog in which a member declares a conflict of interest."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Declare a conflict of interest"),
            "res_model": "emulation.conflict.declare",
            "view_mode": "form",
            "target": "new",
            "context": {"default_sheet_id": self.id},
        }

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {
            "evaluation_id", "member_id", "date_submitted", "number", "is_sealed",
        }  # fmt: skip

    def _transitions(self):
        return {
            "draft": {"submitted", "voided"},
            "submitted": {"draft", "voided"},
            # a ruling of the chair can bring a member back
            "voided": {"draft"},
        }

    def _may_move(self, target):
        is_open = self.sudo().session_id.state == "scoring"
        if "voided" in (target, self.state):
            return False
        return is_open and self.user_id == self.env.user

    def _check_ready(self, target):
        if target == "submitted":
            self._check_filled()

    def _after_transition(self, source, target):
        now = fields.Datetime.now() if target == "submitted" else False
        self.sudo().write({"date_submitted": now})

    @api.model
    def _read_handed_in(self, evaluations):
        """Return ``{id of the dossier: [scoring.Sheet]}`` of the sheets handed in.

        Read at once for a whole session, exact from the database on. Each sheet
        gets a random number within its dossier, so that the calculation can be
        shown after publication without telling who gave what.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT sheet.evaluation_id, sheet.id, criterion.code,"
                " COALESCE(line.points, 0)::text"
                " FROM emulation_scoresheet AS sheet"
                " LEFT JOIN emulation_scoresheet_line AS line"
                " ON line.sheet_id = sheet.id"
                " LEFT JOIN emulation_rubric_criterion AS criterion"
                " ON criterion.id = line.criterion_id"
                " WHERE sheet.state = 'submitted' AND sheet.evaluation_id = ANY(%s)",
                evaluations.ids,
            )
        )
        given = {one: {} for one in evaluations.ids}
        for evaluation, sheet, code, points in rows:
            answers = given[evaluation].setdefault(sheet, {})
            if code:
                answers[code] = Decimal(points)
        numbers = {}
        for sheets in given.values():
            ids = list(sheets)
            SystemRandom().shuffle(ids)
            numbers.update(zip(ids, range(1, len(ids) + 1), strict=True))
        self._write_numbers(numbers)
        return {
            one: [
                scoring.Sheet(key=numbers[sheet], points=points)
                for sheet, points in sheets.items()
            ]
            for one, sheets in given.items()
        }

    @api.model
    def _write_numbers(self, numbers):
        """Keep the random ``{id: number}`` of sheets, in one statement."""
        if numbers:
            self.env.cr.execute(
                SQL(
                    "UPDATE emulation_scoresheet AS sheet SET number = given.number"
                    " FROM UNNEST(%s, %s) AS given (id, number)"
                    " WHERE sheet.id = given.id",
                    list(numbers),
                    list(numbers.values()),
                )
            )
            self.browse(numbers).invalidate_recordset(["number"])

    def _get_dossier_name(self):
        return self.evaluation_id.sudo().display_name

    def _check_writable(self):
        """Refuse changes by others, of a sheet handed in, or after the close."""
        if self.env.su:
            return
        for sheet in self:
            if sheet.user_id != self.env.user:
                raise AccessError(
                    self.env._("A score sheet is filled in by its own member alone.")
                )
            if sheet.session_id.sudo().state != "scoring":
                raise UserError(
                    self.env._(
                        "The session of “%(dossier)s” is closed: its sheets can no "
                        "longer be changed. Ask the secretary if there is a mistake.",
                        dossier=sheet.display_name,
                    )
                )
            if sheet.state != "draft":
                raise UserError(
                    self.env._(
                        "You have handed in the sheet for “%(dossier)s”. Take it back "
                        "before you change it.",
                        dossier=sheet.display_name,
                    )
                )


class EmulationScoresheetLine(models.Model):
    """The points of one criterion on a score sheet."""

    _name = "emulation.scoresheet.line"
    _inherit = ["emulation.score.line.mixin"]
    _description = "Points for a Criterion"

    sheet_id = fields.Many2one(
        "emulation.scoresheet", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True)
    user_id = fields.Many2one(related="sheet_id.user_id", store=True, index=True)

    _criterion_unique = models.UniqueIndex(
        "(sheet_id, criterion_id)", "This criterion is already on the sheet."
    )
