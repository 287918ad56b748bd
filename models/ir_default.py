from odoo import SUPERUSER_ID, api, models

from .base import OURS

# Of the framework, what the house creates beside its own records
CREATED_BESIDE = {
    *("ir.attachment", "ir.sequence", "ir.sequence.date_range"),
    *("mail.activity", "mail.followers", "mail.mail", "mail.message"),
    *("res.partner", "res.users"),
}


class IrDefault(models.Model):
    """The values a user keeps for new forms stay out of what the house records.

    Every employee may keep one for any field of any model, by a call. What a button
    records goes on with the rights of the house, yet as that user: a secretary would
    publish a result by closing a session, a clerk would open a file to everybody.
    """

    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        recorded = model_name.startswith(OURS) or model_name in CREATED_BESIDE
        if not (recorded and self.env.su) or self.env.uid == SUPERUSER_ID:
            return super()._get_model_defaults(model_name, condition)
        house = self.with_user(SUPERUSER_ID).with_company(self.env.company)
        return house._get_model_defaults(model_name, condition)
