from odoo import api, fields, models
from odoo.fields import Domain


class EmulationChecklistItem(models.Model):
    """A point by which eligibility is examined, for all rounds to draw on (R44).

    It says for which kinds of dossier it is asked, and at which level of organiser
    it is asked at all or mandatory.
    """

    _name = "emulation.checklist.item"
    _description = "Point of the Eligibility Checklist"
    _order = "sequence, id"

    name = fields.Char(string="Point", required=True)
    why = fields.Text(
        string="Why it matters", help="Shown to whoever examines and to the units"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind_ids = fields.Many2many(
        "emulation.initiative.kind",
        string="Kinds of initiative",
        help="Leave empty to ask it of every kind",
    )
    level_ids = fields.Many2many(
        "emulation.unit.level",
        "emulation_checklist_item_level_rel",
        string="Asked at",
        help="Levels of organisers whose rounds ask it; leave empty for every level",
    )
    mandatory_level_ids = fields.Many2many(
        "emulation.unit.level",
        "emulation_checklist_item_mandatory_rel",
        string="Mandatory at",
        help="Levels at which no dossier is eligible without it",
    )

    @api.model
    def _get_for(self, level, kinds):
        """Return the points asked in a round of a level that takes these kinds."""
        every = Domain("level_ids", "=", False)
        asked = every | Domain("level_ids", "in", level.ids)
        asked |= Domain("mandatory_level_ids", "in", level.ids)
        of_kind = Domain("kind_ids", "=", False) | Domain("kind_ids", "in", kinds.ids)
        return self.search(asked & of_kind)

    def _prepare_check(self, level):
        """Return the values of this point on the checklist of a round."""
        self.ensure_one()
        return {
            "item_id": self.id,
            "sequence": self.sequence,
            "name": self.name,
            "why": self.why,
            "kind_ids": [fields.Command.set(self.kind_ids.ids)],
            "is_mandatory": level in self.mandatory_level_ids,
        }
