from odoo import api, models
from odoo.fields import Domain

CLOSED = ("recognised", "not_recognised", "ineligible", "lapsed", "withdrawn")


class EmulationInitiative(models.Model):
    """A dossier follows the reform of its unit until it is decided (R10)."""

    _inherit = "emulation.initiative"

    @api.model_create_multi
    def create(self, vals_list):
        user = self.env.user
        if not self.env.su and not user.has_group("emulation.group_emulation_movement"):
            user._emulation_check_has_unit()
        return super().create(vals_list)

    @api.model
    def _succession_open_domain(self, day):
        return Domain("state", "not in", CLOSED)

    def _get_closing_day(self):
        self.ensure_one()
        closed = self.state in CLOSED
        return closed and (self.date_recognised or self.date_submitted or self.date)

    def _check_ready(self, target):
        if target in ("submitted", "endorsed"):
            self.unit_id._check_living()
        return super()._check_ready(target)
