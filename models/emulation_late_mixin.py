from odoo import api, fields, models
from odoo.fields import Domain


class EmulationLateMixin(models.AbstractModel):
    """What waits for somebody until ``date_due``, and is overdue after that day."""

    _name = "emulation.late.mixin"
    _description = "Has a Day by Which It Is Due"

    # in which state it waits
    _late_state = None

    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        late = self.filtered_domain(self._get_late_domain())
        for one in self:
            one.is_late = one in late

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_late_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_late_domain(self):
        today = fields.Date.context_today(self)
        waiting = Domain("state", "=", self._late_state)
        return waiting & Domain("date_due", "<", today)
