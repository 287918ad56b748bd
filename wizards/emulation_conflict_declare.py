from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class EmulationConflictDeclare(models.TransientModel):
    """A member declares a conflict of interest and gives up the sheet."""

    _name = "emulation.conflict.declare"
    _description = "Declare a Conflict of Interest"

    sheet_id = fields.Many2one("emulation.scoresheet", required=True, readonly=True)
    kind = fields.Selection(
        [("kinship", "Kinship"), ("interest", "Another interest")],
        required=True,
        default="interest",
    )
    reason = fields.Char(required=True, help="E.g. relative of an author, same office")

    def action_confirm(self):
        """Record the conflict; the sheet is void and the dossier out of sight."""
        self.ensure_one()
        sheet = self.sheet_id
        if sheet.user_id != self.env.user:
            raise AccessError(self.env._("Only the member can declare a conflict."))
        if sheet.session_id.sudo().state != "scoring":
            raise UserError(self.env._("The session is closed."))
        self.env["emulation.conflict"].sudo()._declare(
            sheet.evaluation_id.sudo(), sheet.member_id.sudo(), self.kind, self.reason
        )
        return self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_scoresheet_action"
        )
