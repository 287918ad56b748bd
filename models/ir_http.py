from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """The scripts of the portal pages speak the visitor's language."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "emulation"]

    @classmethod
    def _dispatch(cls, endpoint):
        # no table holds a NUL: it is typed by nobody, and would end in a bare error
        request.params = _without_nul(request.params)
        return super()._dispatch(endpoint)


def _without_nul(value):
    """Return what a client sent without the signs that cannot be stored."""
    if isinstance(value, str):
        return value.replace("\x00", "") if "\x00" in value else value
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(one) for key, one in value.items()}
    return value
