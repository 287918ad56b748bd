from odoo import api, fields, models
from odoo.fields import Domain


class EmulationUnit(models.Model):
    """The Front and the government of the level on which a unit stands (R37)."""

    _inherit = "emulation.unit"

    front_unit_id = fields.Many2one(
        "emulation.unit",
        string="Front of the same level",
        compute="_compute_same_level",
        help="The Front of the nearest territory",
    )
    government_unit_id = fields.Many2one(
        "emulation.unit",
        string="Government of the same level",
        compute="_compute_same_level",
        help="The People's Committee of the nearest territory",
    )

    @api.depends("parent_path", "kind_id", "level_id")
    def _compute_same_level(self):
        territories = self._get_territories()
        fronts = self._same_level("front", territories)
        governments = self._same_level("government", territories)
        for unit in self:
            unit.front_unit_id = fronts.get(unit._origin.id)
            unit.government_unit_id = governments.get(unit._origin.id)

    def _get_territories(self):
        """Return ``{unit id: nearest territory, the unit itself included}``.

        One search for all; a unit outside every territory is left out.
        """
        paths = {
            unit.id: [int(id_) for id_ in (unit.parent_path or "").split("/") if id_]
            for unit in self._origin
        }
        ids = {id_ for path in paths.values() for id_ in path}
        found = self.search(
            Domain("id", "in", list(ids)) & Domain("kind_id.code", "=", "territory")
        )
        territories = {unit.id: unit for unit in found}
        nearest = {}
        for unit_id, path in paths.items():
            for id_ in reversed(path):
                if id_ in territories:
                    nearest[unit_id] = territories[id_]
                    break
        return nearest

    def _same_level(self, kind_code, territories=None):
        """Return ``{unit id: unit of that kind on the same level}``.

        The unit in existence that stands directly under the nearest territory and
        has its level, e.g. the Front of the commune for a school in the commune.

        :param kind_code: code of a unit kind, e.g. ``"front"`` or ``"government"``
        """
        territories = territories or self._get_territories()
        nodes = self.browse({unit.id for unit in territories.values()})
        found = self.search(
            Domain("parent_id", "in", nodes.ids)
            & Domain("kind_id.code", "=", kind_code)
            & Domain("is_ended", "=", False)
        )
        by_node = {
            unit.parent_id: unit
            for unit in found[::-1]
            if unit.level_id == unit.parent_id.level_id
        }
        return {
            unit_id: by_node[node]
            for unit_id, node in territories.items()
            if node in by_node
        }
