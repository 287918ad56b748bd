from odoo import fields, models


class EmulationRoundExceptionRevoke(models.TransientModel):
    """Why an exception for a late dossier ends before its hour."""

    _name = "emulation.round.exception.revoke"
    _description = "Revoke an Exception"

    exception_id = fields.Many2one(
        "emulation.round.exception", required=True, readonly=True
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Revoke the exception; what was handed in by it stays."""
        self.ensure_one()
        self.exception_id._revoke(self.reason)
