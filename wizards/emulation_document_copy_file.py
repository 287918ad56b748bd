import base64

from odoo import fields, models

from ..models.emulation_document_copy import KINDS


class EmulationDocumentCopyFile(models.TransientModel):
    """File the scan of a signed paper, or its digitally signed copy."""

    _name = "emulation.document.copy.file"
    _description = "File a Signed Copy"

    document_id = fields.Many2one("emulation.document", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, default="scan")
    file = fields.Binary(string="PDF file", required=True)
    file_name = fields.Char()
    has_copy = fields.Boolean(compute="_compute_has_copy")
    reason = fields.Char(help="Why another copy is filed beside the earlier one")

    def _compute_has_copy(self):
        for dialog in self:
            dialog.has_copy = bool(dialog.document_id.copy_ids)

    def action_confirm(self):
        """File the copy; see ``_file_copy`` of the document for what is refused."""
        self.ensure_one()
        document = self.document_id
        name = self.file_name or f"{document._report_file_name()}.pdf"
        content = base64.b64decode(self.file)
        document._file_copy(self.kind, content, name, self.reason)
        return {"type": "ir.actions.act_window_close"}
