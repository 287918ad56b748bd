from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationSession(models.Model):
    """Samples that all score first; the sheets open when they are done."""

    _inherit = "emulation.session"

    anchor_ids = fields.One2many(
        "emulation.anchor",
        "session_id",
        string="Samples",
        groups="emulation.group_emulation_council,emulation.group_emulation_movement",
    )
    has_samples = fields.Boolean(compute="_compute_is_calibrating")
    date_calibrated = fields.Datetime(string="Calibrated on", readonly=True, copy=False)
    is_calibrating = fields.Boolean(compute="_compute_is_calibrating")
    can_calibrate = fields.Boolean(compute="_compute_is_calibrating")

    @api.depends("anchor_ids", "date_calibrated", "state")
    @api.depends_context("uid")
    def _compute_is_calibrating(self):
        for session in self:
            session.has_samples = bool(session.sudo().anchor_ids)
            waits = session.has_samples and not session.sudo().date_calibrated
            session.is_calibrating = waits and session.state == "scoring"
            session.can_calibrate = session.is_calibrating and session._may_keep()

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"date_calibrated"}

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        if target == "scoring" and source == "planned":
            self.sudo().anchor_ids._hand_out()
        return result

    def _check_takes_sheets(self):
        result = super()._check_takes_sheets()
        if self.sudo().is_calibrating:
            raise UserError(self._explain_samples_first())
        return result

    def _explain_samples_first(self):
        return self.env._(
            "Score the samples of “%(session)s” first: your sheets open when the "
            "secretary ends the calibration.",
            session=self.sudo().name,
        )

    def action_end_calibration(self):
        """Show the spread of the samples to all, and open the sheets.

        :raises UserError: when a member who is present has not handed in, or too few
            have for the points to stay without names
        """
        self.ensure_one()
        if not self.can_calibrate:
            raise UserError(
                self.env._(
                    "“%(session)s” has no samples under way that you could end. Only "
                    "its secretary ends them.",
                    session=self.name,
                )
            )
        self._check_samples()
        self.sudo().date_calibrated = fields.Datetime.now()

    def _check_samples(self):
        session = self.sudo()
        present = session._get_present()
        late = session.anchor_ids.sheet_ids.filtered(
            lambda sheet: sheet.state == "draft" and sheet.member_id in present
        )
        least = session.regulation_id.calibration_min_sheets
        few = session.anchor_ids.filtered(lambda anchor: not anchor._get_spread())
        if late:
            raise UserError(
                self.env._(
                    "These members are present and have not scored the samples of "
                    "“%(session)s”: %(members)s. Ask them to hand in.",
                    session=session.name,
                    members=", ".join(sorted(set(late.user_id.mapped("name")))),
                )
            )
        if few:
            raise UserError(
                self.env._(
                    "“%(dossier)s” is scored by fewer than %(count)s members: its "
                    "points would tell who gave them. Wait for more sheets.",
                    dossier=few[0].name,
                    count=least,
                )
            )

    def action_view_samples(self):
        """Open the user's own sheets of the samples."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_anchor_sheet_action"
        )
        return {**action, "domain": [("session_id", "=", self.id)], "context": {}}


class EmulationScoresheet(models.Model):
    _inherit = "emulation.scoresheet"

    is_calibrating = fields.Boolean(
        string="Samples first", related="session_id.is_calibrating"
    )

    def _may_move(self, target):
        return super()._may_move(target) and not self.sudo().is_calibrating

    def _check_writable(self):
        result = super()._check_writable()
        if not self.env.su and any(self.sudo().mapped("is_calibrating")):
            raise UserError(self.session_id[:1]._explain_samples_first())
        return result
