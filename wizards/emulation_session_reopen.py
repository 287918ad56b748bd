from odoo import fields, models


class EmulationSessionReopen(models.TransientModel):
    """Ask a manager why a closed session is opened again."""

    _name = "emulation.session.reopen"
    _description = "Open a Session Again"

    session_id = fields.Many2one("emulation.session", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Open the session again.

        :raises AccessError: for anybody but a manager without conflict
        :raises UserError: without a reason, or while a paper is signed
        """
        self.ensure_one()
        self.session_id._reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
