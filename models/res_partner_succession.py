from odoo import api, models
from odoo.fields import Domain

from .emulation_succession_mixin import BY_SUCCESSION

# Said by the list of a past year; an object, so that no client can say it.
AS_OF_THEN = object()


class ResPartner(models.Model):
    """People follow the reform of the unit where they work or live (R10, R12).

    Otherwise nobody acting for the successor could keep the authors of its dossiers.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "emulation.succession.mixin"]

    _succession_fields = ("emulation_unit_id",)
    _succession_rises = True

    @api.constrains("emulation_unit_id")
    def _check_emulation_unit_living(self):
        """Nobody newly belongs to a unit that has ended."""
        context = self.env.context
        by_reform = context.get("emulation_reform") is BY_SUCCESSION
        if not by_reform and context.get("emulation_people") is not AS_OF_THEN:
            self.emulation_unit_id._check_living()

    @api.model
    def _succession_open_domain(self, day):
        return Domain("emulation_unit_id", "!=", False)
