from odoo import api, fields, models

from .emulation_conflict import LEVELS

# What the regulation decides about, in the order in which it is shown; of these the
# member tells the first two.
CONFIGURABLE = ("kinship", "interest", "coauthor", "unit", "line", "handling")


class EmulationRegulation(models.Model):
    """What each kind of conflict of interest means is for the province to say.

    By default only authorship and the member's own word exclude; what the system
    finds is noted, because in a small province everybody works for somebody.
    """

    _inherit = "emulation.regulation"

    conflict_kinship_level = fields.Selection(
        LEVELS, string="Kinship (declared)", required=True, default="excluded"
    )
    conflict_interest_level = fields.Selection(
        LEVELS, string="Another interest (declared)", required=True, default="excluded"
    )
    conflict_coauthor_level = fields.Selection(
        LEVELS,
        string="Wrote with an author",
        required=True,
        default="noted",
        help="Author of another dossier together with an author of this one",
    )
    conflict_years = fields.Integer(
        string="Looking back, years",
        default=3,
        help="Common dossiers of so many years count; 0 = they never do",
    )
    conflict_unit_level = fields.Selection(
        LEVELS,
        string="Same unit",
        required=True,
        default="noted",
        help="The unit that the member acts for, works in or represents is the "
        "dossier's or an author's",
    )
    conflict_line_level = fields.Selection(
        LEVELS,
        string="Direct line above or below",
        required=True,
        default="noted",
        help="One unit stands above the other. The organiser of the round and what is "
        "above it are left out: they stand above everybody alike.",
    )
    conflict_handling_level = fields.Selection(
        LEVELS,
        string="Handled the dossier",
        required=True,
        default="noted",
        help="Handed it in, endorsed it, or examined it",
    )
    conflict_hint = fields.Char(compute="_compute_conflict_hint")

    _conflict_years_range = models.Constraint(
        "CHECK (conflict_years >= 0 AND conflict_years <= 50)",
        "Common dossiers of 0 to 50 years back can count. Correct the number.",
    )

    @api.depends(*(f"conflict_{kind}_level" for kind in CONFIGURABLE))
    @api.depends_context("lang")
    def _compute_conflict_hint(self):
        for regulation in self:
            parts = [self.env._("An author never takes part.")]
            sentences = {
                "excluded": self.env._("Takes no part: %(grounds)s."),
                "chair": self.env._("The chair decides: %(grounds)s."),
            }
            for level, sentence in sentences.items():
                grounds = [
                    self._fields[f"conflict_{kind}_level"]._description_string(self.env)
                    for kind in CONFIGURABLE
                    if regulation._get_conflict_level(kind) == level
                ]
                if grounds:
                    parts.append(sentence % {"grounds": ", ".join(grounds).lower()})
            regulation.conflict_hint = " ".join(parts)

    def _get_conflict_level(self, kind):
        """Return what a conflict of ``kind`` means under this regulation."""
        if kind in CONFIGURABLE:
            return self[f"conflict_{kind}_level"]
        # authorship is nobody's to weigh; what was declared before kinds were told
        # apart has excluded from the beginning
        return "excluded"
