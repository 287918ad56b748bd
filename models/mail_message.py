from odoo import api, models
from odoo.exceptions import AccessError

from .base import OURS


class MailMessage(models.Model):
    """A message names what it is about: nobody writes one to learn a hidden name.

    The framework lets everybody address a message to a record by its number, and tells
    its author the name of that record with the rights of the house.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._emulation_check_subjects()
        return messages

    @api.depends("model", "res_id")
    @api.depends_context("uid")
    def _compute_record_name(self):
        result = super()._compute_record_name()
        for message in self._emulation_filter_hidden():
            message.record_name = False
        return result

    def _emulation_filter_hidden(self):
        """Return the messages about records of ours that the user does not read."""
        if self.env.su:
            return self.browse()
        hidden = self.browse()
        about = self.sudo().filtered("res_id").grouped("model")
        for model, messages in about.items():
            if not (model or "").startswith(OURS) or model not in self.env:
                continue
            subjects = self.env[model].browse(set(messages.mapped("res_id")))
            shown = set(subjects._filtered_access("read").ids)
            hidden += messages.filtered(lambda one, ids=shown: one.res_id not in ids)
        return hidden

    def _emulation_check_subjects(self):
        """Refuse messages about what their writer may not read.

        :raises AccessError: without a name; see the class
        """
        hidden = self._emulation_filter_hidden().sudo()
        if hidden:
            raise AccessError(
                self.env._(
                    "You may not write about %(model)s %(number)s: it is not yours to "
                    "read. Ask the unit that it belongs to.",
                    model=self.env["ir.model"]._get(hidden[0].model).name,
                    number=hidden[0].res_id,
                )
            )
