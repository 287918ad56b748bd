from odoo import fields, models

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
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="Short, as on the score sheet, e.g. HQ")
    name = fields.Char(required=True)
    max_points = fields.Float(
        string="Maximum",
        digits=(16, 2),
        required=True,
        help="Points of a perfect answer",
    )
    min_points = fields.Float(
        string="Knock-out below",
        digits=(16, 2),
        help="A dossier whose mean on this criterion is lower cannot pass, whatever "
        "its total. 0 = no such rule.",
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

    def _as_criterion(self):
        """Return this line as ``scoring.Criterion``."""
        self.ensure_one()
        return Criterion(
            self.code, to_decimal(self.max_points), to_decimal(self.min_points)
        )
