from odoo import api, models
from odoo.fields import Domain

from ..tools import forms_home_affairs
from ..tools.awards import duration_band


class EmulationDataset(models.AbstractModel):
    """Movements counted as form 0601.N of Circular 02/2023/TT-BNV asks (R62)."""

    _inherit = "emulation.dataset"

    @api.model
    def _get_movement_domain(self, year_from, year_to):
        """Return the domain of the emulation movements launched in these years.

        Campaigns are no emulation movements. 0 stands for the first or last year.
        """
        domain = Domain("kind", "=", "movement") & Domain("state", "!=", "draft")
        domain &= Domain("date_start", "!=", False)
        if year_from:
            domain &= Domain("date_start", ">=", f"{year_from}-01-01")
        if year_to:
            domain &= Domain("date_start", "<=", f"{year_to}-12-31")
        return domain

    @api.model
    def _get_launcher(self, movement):
        """Return the column of the level that launched ``movement``; "" if unknown."""
        code = movement.level_id.code
        return code and (code if code in ("central", "province") else "base") or ""

    @api.model
    def _get_movement_form(self, movements):
        """Return form 0601.N, and what of ``movements`` it could not count."""
        counts, missing = {}, dict.fromkeys(("level", "scope", "way", "end"), 0)
        for movement in movements:
            level = self._get_launcher(movement)
            if not level:
                missing["level"] += 1
                continue
            band = duration_band(movement.date_start, movement.date_end)
            missing["scope"] += not movement.scope
            missing["way"] += not movement.way
            missing["end"] += band == "open"
            for division, key in (
                ("total", ""),
                ("scope", movement.scope),
                ("band", band),
                ("way", movement.way),
            ):
                place = (division, key, level)
                counts[place] = counts.get(place, 0) + 1
        return forms_home_affairs.movements(counts), missing

    @api.model
    def _get_movement_list_columns(self):
        return [
            (self.env._("Movement"), "text", 60),
            (self.env._("Level"), "text", 14),
            (self.env._("Standing agency"), "text", 36),
            (self.env._("Launched on"), "date", 12),
            (self.env._("Ended on"), "date", 12),
            (self.env._("Scope of the movement"), "text", 26),
            (self.env._("Carried out"), "text", 22),
        ]

    @api.model
    def _iterate_movements(self, movements):
        """Yield what the counts are made of, a row for each movement."""
        labels = {
            name: dict(movements._fields[name]._description_selection(self.env))
            for name in ("scope", "way")
        }
        for movement in movements:
            yield [
                movement.name,
                movement.level_id.name,
                movement.standing_unit_id.name,
                movement.date_start,
                movement.date_end,
                labels["scope"].get(movement.scope),
                labels["way"].get(movement.way),
            ]
