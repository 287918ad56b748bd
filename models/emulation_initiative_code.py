from odoo import api, fields, models
from odoo.tools import SQL


class EmulationInitiative(models.Model):
    """Codes for many dossiers at once."""

    _inherit = "emulation.initiative"

    def _draw_codes(self):
        """Number the dossiers in the series of their year."""
        uncoded = self.sudo().filtered(lambda one: not one.code)
        for year, initiatives in uncoded.grouped("year").items():
            initiatives._store_each("code", self._take_codes(year, len(initiatives)))

    def _store_each(self, name, values):
        """Store a value of its own in each of these dossiers, as of one writing.

        For what the software numbers and counts itself, on dossiers that it writes
        anyhow: each would ask once more all that watches what people write.

        :param name: the field
        :param values: as many as there are dossiers, in their order
        """
        with self.env.protecting([self._fields[name]], self):
            for dossier, value in zip(self, values, strict=True):
                dossier[name] = value
        self.modified([name])

    @api.model
    def _take_codes(self, year, count):
        """Return the next ``count`` codes of a year from the sequence of dossiers.

        One by one every code would cost the database two questions; a numbering
        without gaps, where an office has chosen it, still is taken that way.
        """
        code, day = "emulation.initiative", fields.Date.to_date(f"{year}-01-01")
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search(
            [("code", "=", code), ("company_id", "in", [self.env.company.id, False])],
            order="company_id",
            limit=1,
        )
        if sequence.implementation != "standard" or not sequence.use_date_range:
            return [sequences.next_by_code(code, day) for _each in range(count)]
        span = self._get_span(sequence, day)
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}_{span.id:03d}",
                count,
            )
        )
        numbered = sequence.with_context(ir_sequence_date_range=span.date_from)
        prefix, suffix = numbered._get_prefix_suffix()
        width = sequence.padding
        return [f"{prefix}{number:0{width}d}{suffix}" for (number,) in rows]

    @api.model
    def _get_span(self, sequence, day):
        """Return the numbering of the year of ``day``, begun when it is missing."""
        spans = self.env["ir.sequence.date_range"].sudo()
        span = spans.search(
            [
                ("sequence_id", "=", sequence.id),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ],
            limit=1,
        )
        return span or sequence._create_date_range_seq(day)
