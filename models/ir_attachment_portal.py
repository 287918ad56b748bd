from odoo import models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """An author reads the evidence of a dossier, not files of internal notes."""

    _inherit = "ir.attachment"

    def _can_return_content(self, field_name=None, access_token=None):
        file = self.sudo()
        if not self.env.user._is_internal() and file._is_evidence() and file.res_id:
            dossier = file.env[file.res_model].browse(file.res_id).exists()
            if file not in dossier.attachment_ids:
                raise AccessError(
                    self.env._(
                        "This file is not part of your dossier. Ask the officer of the "
                        "unit for it."
                    )
                )
        return super()._can_return_content(field_name, access_token)
