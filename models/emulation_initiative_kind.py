from odoo import fields, models


class EmulationInitiativeKind(models.Model):
    """What is handed in: initiative, invention, new idea, model … (R5)."""

    _name = "emulation.initiative.kind"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Kind of Initiative"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    requires_application = fields.Boolean(
        string="Must have been applied",
        default=True,
        help="An initiative must have been applied or tried out before it can be "
        "recognised (Decree 13/2012, Article 3); a new idea need not.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "Another kind already has this code.")
