from odoo import api, models

# What makes a file the piece of evidence that was handed in
EVIDENCE_FIELDS = {
    "name", "raw", "datas", "db_datas", "store_fname", "mimetype", "type", "url",
    "res_model", "res_id", "res_field",
}  # fmt: skip


class IrAttachment(models.Model):
    """Evidence freezes with its dossier, also for those who may write the record."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if EVIDENCE_FIELDS & vals.keys():
            self._check_evidence_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        self._check_evidence_editable()

    def _check_evidence_editable(self):
        """Refuse to change or delete evidence of a dossier that was handed in."""
        files = self.sudo().filtered(
            lambda file: file.res_model == "emulation.initiative"
        )
        if self.env.su or not files:
            return
        dossiers = files.env["emulation.initiative"].search(
            [("attachment_ids", "in", files.ids)]
        )
        dossiers.sudo(False)._check_editable({"attachment_ids"})
