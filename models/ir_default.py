from odoo import SUPERUSER_ID, api, models

OURS = "emulation."


class IrDefault(models.Model):
    """The values a user keeps for new forms stay out of what the house records.

    Every employee may keep one for any field of any model, by a call. What a button
    records goes on with the rights of the house, yet as that user: a secretary would
    publish a result by closing a session, a clerk would number a paper.
    """

    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        if not self.env.su or not model_name.startswith(OURS):
            return super()._get_model_defaults(model_name, condition)
        if self.env.uid == SUPERUSER_ID:
            return super()._get_model_defaults(model_name, condition)
        house = self.with_user(SUPERUSER_ID).with_company(self.env.company)
        return house._get_model_defaults(model_name, condition)
