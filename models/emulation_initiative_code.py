from odoo import api, fields, models
from odoo.tools import SQL


class EmulationInitiative(models.Model):
    """Codes for many dossiers at once."""

    _inherit = "emulation.initiative"

    @api.model
    def _take_codes(self, year, count):
        """Return the next ``count`` codes of a year from the sequence of dossiers.

        One by one every code would cost the database two questions; a numbering
        without gaps, where an office has chosen it, still is taken that way.
        """
        code, day = "emulation.initiative", fields.Date.to_date(f"{year}-01-01")
        sequences = self.env["ir.sequence"].sudo()
        if not count:
            return []
        first = sequences.next_by_code(code, day)
        sequence = sequences.search(
            [("code", "=", code), ("company_id", "in", [self.env.company.id, False])],
            order="company_id",
            limit=1,
        )
        span = self.env["ir.sequence.date_range"].sudo()
        span = span.search(
            [
                ("sequence_id", "=", sequence.id),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ],
            limit=1,
        )
        if sequence.implementation != "standard" or not span:
            rest = [sequences.next_by_code(code, day) for _more in range(count - 1)]
            return [first, *rest]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}_{span.id:03d}",
                count - 1,
            )
        )
        numbered = sequence.with_context(ir_sequence_date_range=span.date_from)
        prefix, suffix = numbered._get_prefix_suffix()
        width = sequence.padding
        return [first, *(f"{prefix}{number:0{width}d}{suffix}" for (number,) in rows)]
