from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.scoring import Criterion, to_decimal


class EmulationRubricCriterion(models.Model):
    """A criterion of a rubric (tiêu chí): what to look at and for how many points."""

    _name = "emulation.rubric.criterion"
    _description = "Rubric Criterion"
    _inherit = ["emulation.law.line.mixin"]
    _law_field = "rubric_id"
    _order = "rubric_id, sequence, id"

    rubric_id = fields.Many2one(
        "emulation.rubric", required=True, index=True, ondelete="cascade"
    )
    group_id = fields.Many2one(
        "emulation.rubric.group",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        domain="[('rubric_id', '=', rubric_id)]",
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="Short, as on the score sheet, e.g. HQ")
    name = fields.Char(required=True)
    max_points = fields.Float(
        string="Maximum",
        digits=(16, 2),
        required=True,
        help="Points of a perfect answer",
    )
    weight = fields.Float(
        digits=(16, 2),
        help="What a perfect answer adds to the score, where the rubric has weights",
    )
    min_points = fields.Float(
        string="Knock-out below",
        digits=(16, 2),
        help="A dossier with less on this criterion cannot pass, whatever its total. "
        "0 = no such rule.",
    )
    min_rule = fields.Selection(
        [
            ("mean", "The mean of the sheets is below"),
            ("majority", "More than half of the sheets are below"),
        ],
        string="Knocked out when",
        required=True,
        default="mean",
    )
    descriptor = fields.Text(
        help="What deserves how many points; members read it while they score"
    )

    _code_unique = models.UniqueIndex(
        "(rubric_id, code)",
        "Another criterion of this rubric already has this code. Give each its own.",
    )
    _points_order = models.Constraint(
        "CHECK (max_points > 0 AND min_points >= 0 AND min_points <= max_points)",
        "A criterion has positive points, and its knock-out limit lies between 0 "
        "and its maximum. Correct the points of the criterion.",
    )

    _weight_range = models.Constraint(
        "CHECK (weight >= 0 AND weight <= 100)",
        "A weight lies between 0 and 100. Correct the weight of the criterion.",
    )

    @api.constrains("group_id", "rubric_id")
    def _check_group(self):
        for criterion in self.filtered("group_id"):
            if criterion.group_id.rubric_id != criterion.rubric_id:
                raise ValidationError(
                    self.env._(
                        "“%(criterion)s” is put in the group “%(group)s” of another "
                        "rubric. Choose a group of its own rubric.",
                        criterion=criterion.name,
                        group=criterion.group_id.name,
                    )
                )

    def _get_own_faults(self):
        """Return what is wrong with the line itself: its weight, its group."""
        rubric, faults = self.rubric_id, []
        if rubric.scale == "weights" and not self.weight:
            faults.append(
                self.env._(
                    "“%(criterion)s” has no weight. Enter what it adds to the 100.",
                    criterion=self.name or "",
                )
            )
        if rubric.group_ids and not self.group_id:
            faults.append(
                self.env._(
                    "“%(criterion)s” belongs to no group. Put it in one, or remove the "
                    "groups.",
                    criterion=self.name or "",
                )
            )
        return faults

    def _as_criterion(self):
        """Return this line as ``scoring.Criterion``."""
        self.ensure_one()
        weighed = self.rubric_id.scale == "weights"
        return Criterion(
            self.code,
            to_decimal(self.max_points),
            to_decimal(self.min_points),
            to_decimal(self.weight if weighed else 0),
            self.min_rule,
        )
