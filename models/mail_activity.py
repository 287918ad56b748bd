from odoo import models
from odoo.exceptions import AccessError

from .base import OURS


class MailActivity(models.Model):
    """An activity names what it is about: it is not moved to learn a hidden name."""

    _inherit = "mail.activity"

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and vals.keys() & {"res_model", "res_model_id", "res_id"}:
            self._emulation_check_subjects()
        return result

    def _emulation_check_subjects(self):
        """Refuse activities on records of ours that the user does not read."""
        for activity in self.sudo():
            model, number = activity.res_model or "", activity.res_id
            if not model.startswith(OURS) or not number:
                continue
            if not self.env[model].browse(number).has_access("read"):
                raise AccessError(
                    self.env._(
                        "“%(activity)s” cannot be about %(model)s %(number)s: it is "
                        "not yours to read. Choose another record.",
                        activity=activity.summary or activity.activity_type_id.name,
                        model=self.env["ir.model"]._get(model).name,
                        number=number,
                    )
                )
