from odoo import api, models
from odoo.fields import Domain


class EmulationRound(models.Model):
    """A round goes on with the successor of its organiser until it is finished."""

    _inherit = "emulation.round"

    @api.model
    def _succession_open_domain(self, day):
        return Domain("state", "!=", "done")

    def _get_closing_day(self):
        self.ensure_one()
        return self.state == "done" and self.date_close
