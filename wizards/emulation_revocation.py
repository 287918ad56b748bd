from odoo import fields, models


class EmulationRevocation(models.TransientModel):
    """Why a paper, a certificate or an award is revoked, and by which document."""

    _name = "emulation.revocation"
    _description = "Revocation"

    document_id = fields.Many2one("emulation.document", readonly=True)
    certificate_id = fields.Many2one("emulation.certificate", readonly=True)
    nomination_id = fields.Many2one("emulation.nomination", readonly=True)
    revoking_document_id = fields.Many2one(
        "emulation.document",
        string="By document",
        domain="[('state', '=', 'signed'), ('id', '!=', document_id)]",
        help="The signed decision that revokes it, if there is one",
    )
    reason = fields.Text(
        help="Whoever checks a revoked certificate reads it on the public page"
    )

    def action_confirm(self):
        """Revoke what the wizard was opened on."""
        for wizard in self:
            target = wizard.document_id or wizard.certificate_id or wizard.nomination_id
            target.action_revoke(wizard.reason, wizard.revoking_document_id.id)
        return {"type": "ir.actions.act_window_close"}
