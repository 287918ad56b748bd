from odoo import fields, models

from ..tools.text import fold


class EmulationAward(models.Model):
    """Who may be proposed: data that the nomination judges eligibility by."""

    _inherit = "emulation.award"

    needs_initiative = fields.Boolean(
        string="Needs a recognised initiative",
        help="Only the authors of a recognised initiative may be proposed",
    )
    initiative_level_id = fields.Many2one(
        "emulation.unit.level",
        string="Recognised at least at",
        ondelete="restrict",
        help="Level of the recognition, or of its effect and replicability; empty when "
        "any recognition will do",
    )
    grade_names = fields.Char(
        string="Grades that qualify",
        help="Names or codes of grades, separated by semicolons, e.g. A; Xuất sắc; "
        "empty when the rank below, or any passing grade, decides",
    )
    min_grade_rank = fields.Integer(
        string="Lowest grade from the top",
        help="1 = only the highest grade of the rubric, 2 = the two highest …; 0 = any "
        "passing grade",
    )
    min_share = fields.Float(
        string="Share of an author from (%)",
        digits=(5, 2),
        help="An author with a smaller share is not proposed; 0 = no such limit",
    )
    quota = fields.Integer(string="At most", help="Proposals of a year; 0 = no limit")
    repeat_years = fields.Integer(
        string="Not again within",
        help="So many years after it was given it is not given to the same recipient "
        "again; 0 = no such rule",
    )
    prerequisite_ids = fields.One2many(
        "emulation.award.prerequisite", "award_id", string="Prerequisites", copy=True
    )

    _limits_sound = models.Constraint(
        "CHECK (min_grade_rank >= 0 AND min_share >= 0 AND min_share <= 100"
        " AND quota >= 0 AND repeat_years >= 0)",
        "Ranks, numbers and years are not negative, a share lies between 0 and 100 %. "
        "Correct the conditions.",
    )

    def _accepts_grade(self, grade):
        """Tell whether an initiative of this grade qualifies its authors.

        :param grade: a record of ``emulation.rubric.grade``, of whatever rubric
        """
        self.ensure_one()
        names = {fold(name) for name in (self.grade_names or "").split(";")} - {""}
        if names:
            return bool(names & {fold(grade.name or ""), fold(grade.code or "")})
        if not grade.is_pass:
            return False
        better = grade.rubric_id.grade_ids.filtered(
            lambda other: other.score_from > grade.score_from
        )
        return not self.min_grade_rank or len(better) < self.min_grade_rank

    def _accepts_level(self, level):
        """Tell whether an initiative recognised at ``level`` is recognised enough.

        :param level: a record of ``emulation.unit.level``, may be empty
        """
        self.ensure_one()
        needed = self.initiative_level_id
        return bool(level) and (not needed or level.sequence <= needed.sequence)
