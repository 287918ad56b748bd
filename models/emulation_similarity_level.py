from odoo import fields, models
from odoo.tools import float_compare


class EmulationSimilarityLevel(models.Model):
    """From how many percent on two entries are called close, and in which words.

    Below the lowest level nothing is shown. A level only ever points a person to
    what to read: nothing is blocked by a number.
    """

    _name = "emulation.similarity.level"
    _description = "Degree of Similarity"
    _order = "percent_from desc, id"

    name = fields.Char(required=True, translate=True)
    percent_from = fields.Float(
        string="From (%)",
        digits=(5, 2),
        required=True,
        help="Share of the title's letters, or of the description's passages, that "
        "the other entry has as well",
    )
    is_strong = fields.Boolean(
        string="Stands out", help="Shown in red, where other levels are yellow"
    )

    _percent_range = models.Constraint(
        "CHECK (percent_from > 0 AND percent_from <= 100)",
        "A level begins above 0 % and at 100 % at most.",
    )
    _percent_unique = models.UniqueIndex(
        "(percent_from)", "Another level begins at the same percentage."
    )

    def _get_level(self, score):
        """Return the first of these levels that ``score`` (0 to 1) reaches, or none."""
        for level in self:
            if float_compare(score * 100, level.percent_from, precision_digits=2) >= 0:
                return level
        return self.browse()
