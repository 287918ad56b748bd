from odoo import api, fields, models


class EmulationDocumentLineMixin(models.AbstractModel):
    """Part of a paper that its signers agree with: a recipient, an annex.

    It changes while the paper is a draft only, and any change takes back what was
    agreed. What the system itself writes while signing does neither.
    """

    _name = "emulation.document.line.mixin"
    _description = "Part of a Paper"

    document_id = fields.Many2one(
        "emulation.document", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.document_id._check_is_draft()
        lines.document_id._withdraw_agreements()
        return lines

    def write(self, vals):
        if self.env.su and self.env.context.get("emulation_system_write"):
            return super().write(vals)
        documents = self.document_id
        documents._check_is_draft()
        result = super().write(vals)
        self.document_id._check_is_draft()
        (documents | self.document_id)._withdraw_agreements()
        if "document_id" in vals:
            self.document_id.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self.document_id._check_is_draft()
        self.document_id._withdraw_agreements()
