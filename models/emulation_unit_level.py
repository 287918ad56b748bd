from odoo import fields, models


class EmulationUnitLevel(models.Model):
    """A level of the administration (cấp).

    Levels are data: the district level ended on 30 June 2025, so nothing may
    rely on the depth of the tree (R10).
    """

    _name = "emulation.unit.level"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Unit Level"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10, help="From the centre (lowest) to the base")
    date_end = fields.Date(
        string="Ended on", help="Last day on which this level existed"
    )

    _code_unique = models.UniqueIndex("(code)", "Another level already has this code.")
