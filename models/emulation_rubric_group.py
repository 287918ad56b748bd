from odoo import fields, models

from ..tools.scoring import to_decimal


class EmulationRubricGroup(models.Model):
    """A group of criteria of a rubric (nhóm tiêu chí), with a total of its own."""

    _name = "emulation.rubric.group"
    _description = "Group of Criteria"
    _inherit = ["emulation.law.line.mixin"]
    _law_field = "rubric_id"
    _order = "rubric_id, sequence, id"

    rubric_id = fields.Many2one(
        "emulation.rubric", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="Short, as on the score sheet, e.g. I")
    name = fields.Char(required=True)
    points = fields.Float(
        string="Total",
        digits=(16, 2),
        required=True,
        help="What its criteria share out; the groups share out 100",
    )
    criterion_ids = fields.One2many(
        "emulation.rubric.criterion", "group_id", string="Criteria"
    )

    _code_unique = models.UniqueIndex(
        "(rubric_id, code)",
        "Another group of this rubric already has this code. Give each its own.",
    )
    _points_range = models.Constraint(
        "CHECK (points > 0 AND points <= 100)",
        "A group shares out more than 0 and at most 100 points. Correct its total.",
    )

    def _get_faults(self):
        """Return the translated reasons why the rubric cannot be put in force."""
        self.ensure_one()
        rubric = self.rubric_id
        criteria = rubric.criterion_ids.filtered(
            lambda one: one.group_id._origin == self._origin
        )
        total = rubric._total(criteria)
        if to_decimal(total) == to_decimal(self.points):
            return []
        return [
            self.env._(
                "The criteria of the group “%(group)s” total %(total)s instead of "
                "%(points)s. Change the points of some criterion, or the total of the "
                "group.",
                group=self.name or "",
                total=rubric._format_points(total),
                points=rubric._format_points(self.points),
            )
        ]
