from odoo import api, models
from odoo.fields import Domain

from ..tools.awards import BANDS, duration_band


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
    def _get_band_labels(self):
        labels = (
            self.env._("Under 1 year"),
            self.env._("1 year"),
            self.env._("Over 1 to under 3 years"),
            self.env._("3 to under 5 years"),
            self.env._("5 years and more"),
            self.env._("No end set"),
        )
        return dict(zip(BANDS, labels, strict=True))

    @api.model
    def _get_movement_columns(self):
        """Return the columns of form 0601.N as (header, kind, width)."""
        bands = self._get_band_labels().values()
        return [
            (self.env._("Level that launched it"), "text", 26),
            (self.env._("Movements"), "plain", 12),
            *((label, "plain", 14) for label in bands),
        ]

    @api.model
    def _count_movements(self, movements):
        """Yield the row of the total, then one for each level that has any."""
        rows = {}
        for movement in movements:
            band = duration_band(movement.date_start, movement.date_end)
            counts = rows.setdefault(movement.level_id, dict.fromkeys(BANDS, 0))
            counts[band] += 1
        totals = [sum(counts[band] for counts in rows.values()) for band in BANDS]
        yield [self.env._("Total"), sum(totals), *totals]
        for level in movements.level_id.sorted():
            yield [level.name, sum(rows[level].values()), *rows[level].values()]
        unknown = rows.get(movements.level_id.browse())
        if unknown:
            name = self.env._("Level not entered")
            yield [name, sum(unknown.values()), *unknown.values()]

    @api.model
    def _get_movement_list_columns(self):
        return [
            (self.env._("Movement"), "text", 60),
            (self.env._("Level"), "text", 14),
            (self.env._("Standing agency"), "text", 36),
            (self.env._("Launched on"), "date", 12),
            (self.env._("Ended on"), "date", 12),
            (self.env._("Duration"), "text", 22),
        ]

    @api.model
    def _iterate_movements(self, movements):
        """Yield what the counts are made of, a row for each movement."""
        labels = self._get_band_labels()
        for movement in movements:
            yield [
                movement.name,
                movement.level_id.name,
                movement.standing_unit_id.name,
                movement.date_start,
                movement.date_end,
                labels[duration_band(movement.date_start, movement.date_end)],
            ]
