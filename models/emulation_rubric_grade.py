from odoo import api, fields, models

from ..tools.scoring import Band, to_decimal


class EmulationRubricGrade(models.Model):
    """A grade of a rubric (xếp loại): the scores that are called by one name."""

    _name = "emulation.rubric.grade"
    _description = "Rubric Grade"
    _inherit = ["emulation.law.line.mixin"]
    _law_field = "rubric_id"
    _order = "rubric_id, score_from desc, sequence, id"

    rubric_id = fields.Many2one(
        "emulation.rubric", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="Short, for lists and statistics, e.g. XS")
    name = fields.Char(required=True, help="As printed on decisions")
    score_from = fields.Float(
        string="From", digits=(16, 2), help="Lowest score of the grade, included"
    )
    score_to = fields.Float(
        string="To below",
        digits=(16, 2),
        required=True,
        help="The grade ends below this score; the highest grade includes 100",
    )
    is_pass = fields.Boolean(
        string="Pass", default=True, help="A dossier of this grade is recognised"
    )

    _code_unique = models.UniqueIndex(
        "(rubric_id, code)",
        "Another grade of this rubric already has this code. Give each its own.",
    )
    _score_order = models.Constraint(
        "CHECK (score_from >= 0 AND score_to <= 100 AND score_from < score_to)",
        "A grade lies between 0 and 100 and ends above its start. Correct its scores.",
    )

    @api.constrains("rubric_id", "score_from", "score_to")
    def _check_apart(self):
        if not self.env.context.get("emulation_grades_together"):
            self.rubric_id._check_grades_apart()

    def _band_key(self):
        """Return what tells this grade from its neighbours, also before saving."""
        return str(self.id)

    def _as_band(self, code):
        """Return this grade as ``scoring.Band`` under ``code``."""
        self.ensure_one()
        return Band(
            code, to_decimal(self.score_from), to_decimal(self.score_to), self.is_pass
        )
