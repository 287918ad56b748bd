from odoo import fields, models


class EmulationAuthorCategory(models.Model):
    """Who an author is to the movement (thành phần): the plan's open list (R12)."""

    _name = "emulation.author.category"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Author Category"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code used in statistics")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code)", "Another author category already has this code."
    )
