from odoo import fields, models


class EmulationRecipientKind(models.Model):
    """Who may be commended: a person, a collective, an enterprise … (R35)."""

    _name = "emulation.recipient.kind"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Kind of Recipient"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_person = fields.Boolean(
        string="A person", help="Nominated by name and date of birth, not as a unit"
    )

    _code_unique = models.UniqueIndex(
        "(code)", "Another kind of recipient already has this code. Use that one."
    )
