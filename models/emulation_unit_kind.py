from odoo import fields, models


class EmulationUnitKind(models.Model):
    """What a unit is (loại đơn vị); an open list, as the plan's own (R11)."""

    _name = "emulation.unit.kind"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Unit Kind"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "Another kind already has this code.")
