from odoo import fields, models

from .emulation_initiative_kind_item import ITEMS


class EmulationReturnCause(models.Model):
    """Why dossiers are sent back or refused: what the office trains its units on."""

    _name = "emulation.return.cause"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Cause of a Return"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code used in statistics")
    sequence = fields.Integer(default=10)
    item = fields.Selection(
        ITEMS,
        string="Item of the form",
        help="The part of the dossier that is to be completed, if it is one part",
    )
    advice = fields.Text(
        translate=True,
        help="What the unit is to do; put into the reason when the cause is chosen",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code)", "Another cause of returns already has this code."
    )
