from odoo import api, models
from odoo.exceptions import AccessError


class EmulationAppendOnlyMixin(models.AbstractModel):
    """Records that stay as they were entered, whoever asks, superuser included.

    What was wrong is corrected by another entry. Only an uninstallation removes them.
    """

    _name = "emulation.append.only.mixin"
    _description = "Neither Changed nor Deleted"

    @api.model
    def _unchangeable(self):
        """Return why an entry stays, and what to do instead (translated)."""
        raise NotImplementedError

    def write(self, vals):
        if self:
            raise AccessError(self._unchangeable())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self._unchangeable())
