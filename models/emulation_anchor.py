from statistics import median

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class EmulationAnchor(models.Model):
    """A sample that all members score before their own sheets open (calibration).

    A dossier that was decided before: the council scores it once more to find a
    common measure. Afterwards all see how far their points lie apart, without names;
    the points count for nothing.
    """

    _name = "emulation.anchor"
    _description = "Sample Scored First"
    _order = "session_id desc, sequence, id"
    _rec_name = "name"

    session_id = fields.Many2one(
        "emulation.session", required=True, index=True, ondelete="cascade"
    )
    session_state = fields.Selection(
        related="session_id.state", string="State of the session"
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    initiative_id = fields.Many2one(
        "emulation.initiative",
        string="Decided dossier",
        required=True,
        ondelete="restrict",
        domain="[('state', 'in', ('recognised', 'not_recognised'))]",
    )
    name = fields.Char(related="initiative_id.name", string="Initiative title")
    code = fields.Char(related="initiative_id.code")
    problem = fields.Text(related="initiative_id.problem")
    solution = fields.Text(related="initiative_id.solution")
    novelty = fields.Text(related="initiative_id.novelty")
    applicability = fields.Text(related="initiative_id.applicability")
    benefit = fields.Text(related="initiative_id.benefit")
    sheet_ids = fields.One2many(
        "emulation.anchor.sheet",
        "anchor_id",
        groups="emulation.group_emulation_council",
    )
    progress = fields.Char(
        string="Scored by", compute="_compute_progress", compute_sudo=True
    )
    spread = fields.Json(string="How far apart", compute="_compute_spread")

    _initiative_unique = models.UniqueIndex(
        "(session_id, initiative_id)", "This dossier is already a sample here."
    )

    @api.depends("sheet_ids.state")
    def _compute_progress(self):
        for anchor in self:
            done = anchor.sheet_ids.filtered(lambda one: one.state == "submitted")
            anchor.progress = f"{len(done)}/{len(anchor.sheet_ids)}"

    @api.depends("session_id.date_calibrated")
    @api.depends_context("uid")
    def _compute_spread(self):
        for anchor in self:
            session = anchor.session_id
            shown = session.sudo().date_calibrated and session.is_member
            anchor.spread = shown and anchor.sudo()._get_spread()

    @api.constrains("initiative_id", "session_id")
    def _check_decided(self):
        for anchor in self:
            if anchor.initiative_id.state not in ("recognised", "not_recognised"):
                raise UserError(
                    self.env._(
                        "“%(dossier)s” is not decided yet and cannot be a sample. "
                        "Choose a dossier of an earlier year.",
                        dossier=anchor.initiative_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        anchors = super().create(vals_list)
        anchors._check_planned()
        return anchors

    def write(self, vals):
        self._check_planned()
        result = super().write(vals)
        # nor may it come to a session that has begun
        self._check_planned()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._check_planned()

    def action_view_spread(self):
        """Open how far apart the points of this sample lie, once all have scored."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How far apart"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_planned(self):
        for anchor in self:
            if anchor.session_id.sudo().state != "planned" and not self.env.su:
                raise UserError(
                    self.env._(
                        "“%(session)s” has begun: its samples stay as they are.",
                        session=anchor.session_id.sudo().name,
                    )
                )

    def _hand_out(self):
        """Give every scoring member, who is not its author, a sheet per sample."""
        for anchor in self:
            session = anchor.session_id
            authors = anchor.initiative_id.author_ids.partner_id
            members = session.attendance_ids.member_id.filtered(
                lambda one, who=authors: one.is_scoring and not one._is_same_person(who)
            )
            rubric = session.round_id._get_rubric(anchor.initiative_id)
            lines = [
                Command.create({"criterion_id": criterion.id})
                for criterion in rubric.criterion_ids
            ]
            anchor.sheet_ids = [
                Command.create({"member_id": member.id, "line_ids": lines})
                for member in members
            ]

    def _get_spread(self):
        """Return the points of all by criterion, in order of size and without names.

        Nothing when fewer have scored than the regulation asks for.
        """
        self.ensure_one()
        sheets = self.sheet_ids.filtered(lambda one: one.state == "submitted")
        least = self.session_id.regulation_id.calibration_min_sheets
        if len(sheets) < max(least, 1):
            return False
        return [
            self._get_criterion_spread(criterion, sheets.line_ids)
            for criterion in sheets.line_ids.criterion_id
        ]

    def _get_criterion_spread(self, criterion, lines):
        own = lines.filtered(lambda line: line.criterion_id == criterion)
        points = sorted(own.mapped("points"))
        return {
            "id": criterion.id,
            "name": criterion.name,
            "most": criterion.max_points,
            "points": points,
            "median": median(points),
            "bands": criterion._get_guide(),
        }


class EmulationAnchorSheet(models.Model):
    """What one member gives a sample: theirs alone, for ever."""

    _name = "emulation.anchor.sheet"
    _inherit = ["emulation.workflow.mixin", "emulation.score.form.mixin"]
    _description = "Sheet of a Sample"
    _order = "anchor_id, id"
    _rec_name = "name"

    anchor_id = fields.Many2one(
        "emulation.anchor", required=True, index=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "emulation.council.member", required=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        related="member_id.user_id", string="User", store=True, index=True
    )
    session_id = fields.Many2one(related="anchor_id.session_id", store=True, index=True)
    company_id = fields.Many2one(related="anchor_id.company_id", store=True)
    state = fields.Selection(
        [("draft", "To score"), ("submitted", "Handed in")],
        default="draft",
        required=True,
        copy=False,
    )
    line_ids = fields.One2many("emulation.anchor.sheet.line", "sheet_id")
    name = fields.Char(related="anchor_id.name", string="Initiative title")
    code = fields.Char(related="anchor_id.code")
    problem = fields.Text(related="anchor_id.problem")
    solution = fields.Text(related="anchor_id.solution")
    novelty = fields.Text(related="anchor_id.novelty")
    applicability = fields.Text(related="anchor_id.applicability")
    benefit = fields.Text(related="anchor_id.benefit")
    spread = fields.Json(related="anchor_id.spread", related_sudo=False)
    is_calibrating = fields.Boolean(related="session_id.is_calibrating")
    can_submit = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _member_unique = models.UniqueIndex(
        "(anchor_id, member_id)", "This member already has a sheet for this sample."
    )

    @api.depends("state", "session_id.date_calibrated", "session_id.state")
    @api.depends_context("uid")
    def _compute_can(self):
        for sheet in self:
            sheet.can_submit = sheet._can_move("submitted")
            sheet.can_reopen = sheet._can_move("draft")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Samples are handed out when the session opens scoring.")
            )
        return super().create(vals_list)

    def action_submit(self):
        """Hand the sample in; it can be taken back until calibration ends.

        :raises UserError: naming the criteria without points
        """
        self.write({"state": "submitted"})

    def action_reopen(self):
        """Take the sample back to change it, as long as calibration goes on."""
        self.write({"state": "draft"})

    @api.model
    def _protected_fields(self):
        return {"anchor_id", "member_id"}

    def _transitions(self):
        return {"draft": {"submitted"}, "submitted": {"draft"}}

    def _may_move(self, target):
        session = self.sudo().session_id
        return session.is_calibrating and self.user_id == self.env.user

    def _check_ready(self, target):
        if target == "submitted":
            self._check_filled()

    def _get_dossier_name(self):
        return self.sudo().name

    def _check_writable(self):
        """Refuse changes by others, of a sample handed in, or after calibration."""
        if self.env.su:
            return
        for sheet in self:
            if sheet.user_id != self.env.user:
                raise AccessError(
                    self.env._("A score sheet is filled in by its own member alone.")
                )
            if not sheet.sudo().session_id.is_calibrating or sheet.state != "draft":
                raise UserError(
                    self.env._(
                        "The sample “%(dossier)s” is handed in or calibration is over. "
                        "Take it back before you change it, while calibration goes on.",
                        dossier=sheet._get_dossier_name(),
                    )
                )


class EmulationAnchorSheetLine(models.Model):
    """The points that one member gives a sample for one criterion."""

    _name = "emulation.anchor.sheet.line"
    _inherit = ["emulation.score.line.mixin"]
    _description = "Points of a Sample"

    sheet_id = fields.Many2one(
        "emulation.anchor.sheet", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True)
