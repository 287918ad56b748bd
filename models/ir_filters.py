from odoo import api, models
from odoo.exceptions import AccessError

from .base import OURS


class IrFilters(models.Model):
    """What everybody's lists begin with is said by who administers the application.

    A filter kept for everybody as the first one would leave dossiers out of the lists
    of all who examine them, by the hand of any employee.
    """

    _inherit = "ir.filters"

    @api.model_create_multi
    def create(self, vals_list):
        filters = super().create(vals_list)
        filters._emulation_check_kept_for()
        return filters

    def write(self, vals):
        self._emulation_check_kept_for()
        result = super().write(vals)
        self._emulation_check_kept_for()
        return result

    def unlink(self):
        self._emulation_check_kept_for()
        return super().unlink()

    def _emulation_check_kept_for(self):
        """Refuse to touch filters of everybody on our records.

        :raises AccessError: but for the administrator of the application
        """
        user = self.env.user
        is_manager = user.has_group("emulation.group_emulation_manager")
        if self.env.su or is_manager or user.has_group("base.group_erp_manager"):
            return
        for one in self:
            if (one.model_id or "").startswith(OURS) and not one.user_ids:
                raise AccessError(
                    self.env._(
                        "“%(filter)s” would be kept for everybody: only the "
                        "administrator of the application does so. Keep it for "
                        "yourself, or for colleagues by name.",
                        filter=one.name,
                    )
                )
