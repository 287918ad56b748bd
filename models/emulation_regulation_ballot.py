from odoo import api, fields, models

from ..tools import scoring


class EmulationRegulation(models.Model):
    """Whether the council votes on each dossier, and how many votes it takes (R55)."""

    _inherit = "emulation.regulation"

    ballot_mode = fields.Selection(
        [
            ("none", "No ballot: the score decides"),
            ("open", "Open ballot"),
            ("secret", "Secret ballot"),
        ],
        string="Ballot",
        required=True,
        default="none",
        help="With a ballot, a dossier that passes by its score is recognised only if "
        "the members vote for it",
    )
    ballot_num = fields.Integer(string="Votes numerator", default=2)
    ballot_den = fields.Integer(string="Votes denominator", default=3)
    ballot_base = fields.Selection(
        [
            ("appointed", "Appointed members"),
            ("present", "Members present"),
            ("valid", "Valid votes"),
        ],
        string="Votes counted on",
        required=True,
        default="appointed",
        help="Members kept from a dossier by a conflict of interest never count. A "
        "blank vote is not a valid one",
    )
    ballot_told_from = fields.Integer(
        string="Secret count told from",
        help="From so many votes on, whoever reads the result also reads how many were "
        "for it and against it. With few votes the count tells who voted how. 0: it "
        "stands in the minutes alone, which the secretariat keeps",
    )
    ballot_hint = fields.Char(compute="_compute_ballot_hint")

    _ballot_ratio = models.Constraint(
        "CHECK (ballot_num > 0 AND ballot_num <= ballot_den)",
        "The share of votes needed is above 0 and at most 1, e.g. 2/3. Correct its "
        "numbers.",
    )

    _ballot_told_from = models.Constraint(
        "CHECK (ballot_told_from = 0 OR ballot_told_from >= 3)",
        "One or two votes tell who voted how. Enter 3 or more, or 0 for the minutes "
        "alone.",
    )

    @api.depends("ballot_mode", "ballot_num", "ballot_den", "ballot_base")
    @api.depends_context("lang")
    def _compute_ballot_hint(self):
        for regulation in self:
            num, den = regulation.ballot_num, regulation.ballot_den
            if regulation.ballot_mode == "none" or not 0 < num <= den:
                regulation.ballot_hint = False
                continue
            values = {
                "num": num,
                "den": den,
                "needed": scoring.needed_votes(num, den, 11),
                "example": 11,
            }
            sentences = {
                "appointed": self.env._(
                    "Recognised with %(num)s/%(den)s of all members, e.g. %(needed)s "
                    "of %(example)s.",
                    **values,
                ),
                "present": self.env._(
                    "Recognised with %(num)s/%(den)s of the members present, e.g. "
                    "%(needed)s of %(example)s.",
                    **values,
                ),
                "valid": self.env._(
                    "Recognised with %(num)s/%(den)s of the valid votes, e.g. "
                    "%(needed)s of %(example)s.",
                    **values,
                ),
            }
            regulation.ballot_hint = sentences[regulation.ballot_base]

    def _votes_needed(self, appointed, present, valid):
        """Return how many votes recognise a dossier, from three head counts."""
        self.ensure_one()
        bases = {"appointed": appointed, "present": present, "valid": valid}
        base = bases[self.ballot_base]
        return scoring.needed_votes(self.ballot_num, self.ballot_den, base)
