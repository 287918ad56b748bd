from odoo import models


class IrHttp(models.AbstractModel):
    """The scripts of the portal pages speak the visitor's language."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "emulation"]
