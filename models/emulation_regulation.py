from odoo import api, fields, models

from ..tools import scoring
from ..tools.scoring import to_decimal


class EmulationRegulation(models.Model):
    """How a council decides (quy chế hoạt động của hội đồng; R55).

    Quorum, how sheets become one score, what passes and how ties are told apart:
    all of it data with dates, because every province writes its own.
    """

    _name = "emulation.regulation"
    _description = "Council Regulation"
    _inherit = ["emulation.law.mixin"]

    aggregation = fields.Selection(
        [
            ("mean", "Mean of the sheets"),
            ("median", "Median of the sheets"),
            ("trimmed", "Mean without the highest and the lowest sheet"),
        ],
        required=True,
        default="mean",
        help="How the sheets of a dossier become its score",
    )
    trim_min_sheets = fields.Integer(
        string="Leave out from",
        default=5,
        help="With fewer valid sheets than this, none is left out",
    )
    outlier_points = fields.Float(
        string="Invalidate beyond",
        digits=(16, 2),
        help="A sheet further than this many points from the first mean is "
        "invalidated, once. 0 = no such rule.",
    )
    min_valid_sheets = fields.Integer(
        string="Valid sheets needed",
        default=3,
        help="With fewer valid sheets a dossier gets no score and is scored again",
    )
    quorum_num = fields.Integer(string="Quorum numerator", default=2)
    quorum_den = fields.Integer(string="Quorum denominator", default=3)
    quorum_base = fields.Selection(
        [("appointed", "Appointed members"), ("present", "Members present")],
        string="Counted on",
        required=True,
        default="appointed",
        help="Whom the ratio is counted on: all members of the council's decision, "
        "or those who came",
    )
    pass_score = fields.Float(
        string="Pass from",
        digits=(16, 2),
        default=50,
        help="Below this score no dossier is recognised, whatever its grade",
    )
    rounding_digits = fields.Integer(
        string="Decimals",
        default=2,
        help="The score is rounded once, at the end, halves upwards",
    )
    doubt_margin = fields.Float(
        string="Zone of doubt",
        digits=(16, 2),
        default=1,
        help="A score at most this far from a limit is put to the council for "
        "discussion. 0 = no such zone.",
    )
    tie_key_ids = fields.One2many(
        "emulation.regulation.tie.key", "regulation_id", string="Tie keys", copy=True
    )
    quorum_hint = fields.Char(compute="_compute_quorum_hint")
    score_hint = fields.Char(compute="_compute_score_hint")
    pass_hint = fields.Char(compute="_compute_pass_hint")

    _quorum_ratio = models.Constraint(
        "CHECK (quorum_num > 0 AND quorum_num <= quorum_den)",
        "The quorum is a ratio above 0 and at most 1, e.g. 2/3. Correct its numbers.",
    )
    _pass_range = models.Constraint(
        "CHECK (pass_score >= 0 AND pass_score <= 100)",
        "The pass score lies between 0 and 100. Correct it.",
    )
    _sheets_positive = models.Constraint(
        "CHECK (min_valid_sheets >= 1)",
        "A score needs at least one valid sheet. Enter 1 or more.",
    )
    _trim_possible = models.Constraint(
        "CHECK (trim_min_sheets >= 3)",
        "Leaving out the highest and the lowest sheet needs at least 3 sheets. "
        "Enter 3 or more.",
    )
    _outlier_positive = models.Constraint(
        "CHECK (outlier_points >= 0)",
        "The distance that invalidates a sheet cannot be negative. Enter 0 to "
        "invalidate none.",
    )
    _rounding_range = models.Constraint(
        "CHECK (rounding_digits >= 0 AND rounding_digits <= 4)",
        "A score is kept with 0 to 4 decimals. Correct the number of decimals.",
    )
    _doubt_range = models.Constraint(
        "CHECK (doubt_margin >= 0 AND doubt_margin <= 10)",
        "The zone of doubt is 0 to 10 points wide on each side of a limit. Correct it.",
    )

    @api.depends("quorum_num", "quorum_den", "quorum_base")
    @api.depends_context("lang")
    def _compute_quorum_hint(self):
        for regulation in self:
            num, den = regulation.quorum_num, regulation.quorum_den
            values = {"num": num, "den": den, "example": 11}
            if not 0 < num <= den:
                regulation.quorum_hint = False
                continue
            values["needed"] = scoring.needed_votes(num, den, 11)
            if regulation.quorum_base == "present":
                hint = self.env._(
                    "Quorum: %(num)s/%(den)s of members present, "
                    "e.g. %(needed)s of %(example)s",
                    **values,
                )
            else:
                hint = self.env._(
                    "Quorum: %(num)s/%(den)s of appointed members, "
                    "e.g. %(needed)s of %(example)s",
                    **values,
                )
            regulation.quorum_hint = hint

    @api.depends("aggregation", "trim_min_sheets", "outlier_points", "min_valid_sheets")
    @api.depends_context("lang")
    def _compute_score_hint(self):
        for regulation in self:
            parts = []
            if regulation.outlier_points:
                parts.append(
                    self.env._(
                        "Sheets further than %(points)s points from the first mean "
                        "do not count.",
                        points=regulation._format_points(regulation.outlier_points),
                    )
                )
            parts.append(regulation._describe_aggregation())
            parts.append(
                self.env._(
                    "Fewer than %(count)s valid sheets: no score.",
                    count=regulation.min_valid_sheets,
                )
            )
            regulation.score_hint = " ".join(parts)

    @api.depends("pass_score", "rounding_digits", "doubt_margin")
    @api.depends_context("lang")
    def _compute_pass_hint(self):
        for regulation in self:
            parts = [
                self.env._(
                    "Recognised from %(score)s, rounded once to %(digits)s decimals.",
                    score=regulation._format_points(regulation.pass_score),
                    digits=regulation.rounding_digits,
                )
            ]
            if regulation.doubt_margin:
                parts.append(
                    self.env._(
                        "Scores within %(margin)s of a limit are discussed.",
                        margin=regulation._format_points(regulation.doubt_margin),
                    )
                )
            regulation.pass_hint = " ".join(parts)

    def _describe_aggregation(self):
        sentences = {
            "mean": self.env._("The score is the mean of all valid sheets."),
            "median": self.env._("The score is the median of all valid sheets."),
            "trimmed": self.env._(
                "From %(count)s valid sheets on, the highest and the lowest are left "
                "out; the score is the mean of the others.",
                count=self.trim_min_sheets,
            ),
        }
        return sentences.get(self.aggregation, "")

    def _quorum_base_count(self, appointed, present):
        return appointed if self.quorum_base == "appointed" else present

    def _quorum_needed(self, appointed, present):
        """Return how many members must be present, from two head counts."""
        self.ensure_one()
        base = self._quorum_base_count(appointed, present)
        return scoring.needed_votes(self.quorum_num, self.quorum_den, base)

    def _quorum_met(self, appointed, present):
        """Tell whether ``present`` of ``appointed`` members may decide."""
        self.ensure_one()
        base = self._quorum_base_count(appointed, present)
        return scoring.meets_ratio(present, self.quorum_num, self.quorum_den, base)

    def _as_rule_values(self):
        """Return the part of ``scoring.Rules`` that a regulation decides."""
        self.ensure_one()
        # Lines added in this transaction are not yet in their order.
        keys = self.tie_key_ids.sorted(lambda key: (key.sequence, key.id))
        return {
            "aggregation": self.aggregation,
            "trim_min_sheets": self.trim_min_sheets,
            "outlier_points": to_decimal(self.outlier_points),
            "min_valid_sheets": self.min_valid_sheets,
            "pass_score": to_decimal(self.pass_score),
            "rounding_digits": self.rounding_digits,
            "doubt_margin": to_decimal(self.doubt_margin),
            "tie_keys": tuple(key._as_tie_key() for key in keys),
        }
