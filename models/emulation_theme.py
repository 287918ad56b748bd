from odoo import fields, models


class EmulationTheme(models.Model):
    """A content of the movement (nội dung thi đua ND1–ND5; R13–R17)."""

    _name = "emulation.theme"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Emulation Theme"
    _order = "sequence, code, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code used in statistics, e.g. ND1")
    sequence = fields.Integer(default=10)
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "Another theme already has this code.")
