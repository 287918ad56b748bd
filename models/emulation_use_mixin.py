from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationUseMixin(models.AbstractModel):
    """What a unit does with a recognised initiative: uses it, owes for it (R5, R72)."""

    _name = "emulation.use.mixin"
    _inherit = ["emulation.dossier.reference.mixin", "emulation.unit.mixin"]
    _description = "Concerns the Use of an Initiative"

    initiative_id = fields.Many2one(
        "emulation.initiative", required=True, index=True, ondelete="restrict"
    )

    @api.depends("initiative_id", "unit_id")
    def _compute_display_name(self):
        for one in self:
            names = (one.sudo().initiative_id.name, one.unit_id.name)
            one.display_name = " – ".join(filter(None, names))

    @api.constrains("initiative_id")
    def _check_recognised(self):
        """Only what has been recognised is put to use, and paid for, under its name."""
        for initiative in self.sudo().initiative_id:
            if not initiative._is_usable():
                raise UserError(
                    self.env._(
                        "“%(initiative)s” has not been recognised yet, neither by its "
                        "unit nor by a decision. Its use, and what is owed for it, can "
                        "be entered afterwards.",
                        initiative=initiative.name,
                    )
                )
