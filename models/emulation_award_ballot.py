from odoo import api, fields, models

from ..tools import exact


class EmulationAward(models.Model):
    """How the council votes on a proposal: threshold, whom it is counted on, quorum."""

    _inherit = "emulation.award"

    needs_ballot = fields.Boolean(
        string="Needs a ballot",
        help="The council votes on each proposal and the minutes state the result",
    )
    ballot_mode = fields.Selection(
        [("secret", "Secret ballot"), ("open", "Open ballot")],
        string="Ballot",
        required=True,
        default="secret",
    )
    ballot_num = fields.Integer(string="Votes numerator", default=2, required=True)
    ballot_den = fields.Integer(
        string="Votes denominator",
        default=3,
        required=True,
        help="E.g. 2 out of 3, or 90 out of 100 for ninety per cent",
    )
    ballot_base = fields.Selection(
        [("appointed", "Appointed members"), ("present", "Members present")],
        string="Votes counted on",
        required=True,
        default="appointed",
        help="All members of the council, absentees being asked in writing, or those "
        "who came",
    )
    quorum_num = fields.Integer(string="Quorum numerator", default=2, required=True)
    quorum_den = fields.Integer(string="Quorum denominator", default=3, required=True)
    ballot_hint = fields.Char(compute="_compute_ballot_hint")

    _ballot_ratio = models.Constraint(
        "CHECK (ballot_num > 0 AND ballot_num <= ballot_den)",
        "The share of votes needed is above 0 and at most 1, e.g. 2/3. Correct its "
        "numbers.",
    )
    _quorum_ratio = models.Constraint(
        "CHECK (quorum_num > 0 AND quorum_num <= quorum_den)",
        "The quorum is a ratio above 0 and at most 1, e.g. 2/3. Correct its numbers.",
    )

    @api.depends(
        *("needs_ballot", "ballot_num", "ballot_den", "ballot_base"),
        *("quorum_num", "quorum_den"),
    )
    @api.depends_context("lang")
    def _compute_ballot_hint(self):
        for award in self:
            ratios = (
                *(award.ballot_num, award.ballot_den),
                *(award.quorum_num, award.quorum_den),
            )
            sound = 0 < ratios[0] <= ratios[1] and 0 < ratios[2] <= ratios[3]
            if not award.needs_ballot or not sound:
                award.ballot_hint = False
                continue
            award.ballot_hint = self.env._(
                "A council of %(size)s meets with %(quorum)s present and proposes with "
                "%(votes)s votes for, if all have come.",
                size=11,
                quorum=award._quorum_needed(11),
                votes=award._votes_needed(11, 11),
            )

    def _votes_needed(self, appointed, present):
        """Return how many votes for it a proposal needs, from two head counts."""
        self.ensure_one()
        base = appointed if self.ballot_base == "appointed" else present
        return exact.needed_votes(self.ballot_num, self.ballot_den, base)

    def _quorum_needed(self, appointed):
        """Return how many of the appointed members must be present."""
        self.ensure_one()
        return exact.needed_votes(self.quorum_num, self.quorum_den, appointed)
