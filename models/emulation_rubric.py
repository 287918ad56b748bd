from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import scoring
from ..tools.scoring import to_decimal


class EmulationRubric(models.Model):
    """What is scored and how a score is called (bộ tiêu chí, thang điểm; R42).

    Criteria share out 100 points; grades cover 0 to 100 without gap or overlap.
    """

    _name = "emulation.rubric"
    _description = "Scoring Rubric"
    _inherit = ["emulation.law.mixin"]

    purpose = fields.Selection(
        [("initiative", "Initiatives"), ("unit", "Units")],
        required=True,
        default="initiative",
        help="What is scored: an initiative by a council, or a unit by its cluster",
    )
    scale = fields.Selection(
        [
            ("points", "Points that total 100"),
            ("weights", "Weights that total 100"),
        ],
        required=True,
        default="points",
        help="Points: a criterion adds what the member gives. Weights: a member gives "
        "points on the scale of the criterion, e.g. 0 to 10, and a perfect answer adds "
        "the weight of the criterion.",
    )
    group_ids = fields.One2many(
        "emulation.rubric.group", "rubric_id", string="Groups of criteria", copy=True
    )
    criterion_ids = fields.One2many(
        "emulation.rubric.criterion", "rubric_id", string="Criteria", copy=True
    )
    grade_ids = fields.One2many(
        "emulation.rubric.grade", "rubric_id", string="Grades", copy=True
    )
    total_points = fields.Float(
        digits=(16, 2), compute="_compute_points", string="Total of points"
    )
    points_left = fields.Float(
        digits=(16, 2), compute="_compute_points", string="Left to 100"
    )
    criterion_count = fields.Integer(compute="_compute_points", string="Criteria count")
    fault_text = fields.Text(
        compute="_compute_fault_text", string="Missing before it can be put in force"
    )

    @api.depends("scale", "criterion_ids.max_points", "criterion_ids.weight")
    def _compute_points(self):
        for rubric in self:
            rubric.criterion_count = len(rubric.criterion_ids)
            rubric.total_points = rubric._total(rubric.criterion_ids)
            rubric.points_left = 100 - rubric.total_points

    @api.depends(
        "state",
        "scale",
        "group_ids.points",
        "criterion_ids.max_points",
        "criterion_ids.weight",
        "criterion_ids.group_id",
        "criterion_ids.band_ids.score_from",
        "criterion_ids.band_ids.score_to",
        "grade_ids.name",
        "grade_ids.score_from",
        "grade_ids.score_to",
        "grade_ids.is_pass",
    )
    @api.depends_context("lang")
    def _compute_fault_text(self):
        for rubric in self:
            faults = rubric._get_faults() if rubric.state == "draft" else []
            rubric.fault_text = "\n".join(faults)

    @api.constrains("grade_ids")
    def _check_grades_apart(self):
        """Refuse two grades for one score already while the rubric is a draft."""
        for rubric in self:
            for problem in scoring.check_bands(rubric._get_bands()):
                if problem.kind == "overlap":
                    raise ValidationError(rubric._describe_problem(problem))

    def copy(self, default=None):
        """Copy all lines, each criterion into the copy of its group."""
        copies = super().copy(default)
        for rubric, copied in zip(self, copies, strict=True):
            groups = {group.code: group for group in copied.group_ids}
            former = {line.code: line.group_id.code for line in rubric.criterion_ids}
            for criterion in copied.criterion_ids:
                criterion.group_id = groups.get(former.get(criterion.code))
        return copies

    @api.model_create_multi
    def create(self, vals_list):
        rubrics = super(EmulationRubric, self._with_grades_together()).create(vals_list)
        return rubrics.with_env(self.env)

    def write(self, vals):
        return super(EmulationRubric, self._with_grades_together()).write(vals)

    def _with_grades_together(self):
        """Let grades written through their rubric be judged once, all together.

        A border between two grades moves in two writes, and after the first one
        they do overlap; ``_check_grades_apart`` looks when both are done.
        """
        return self.with_context(emulation_grades_together=True)

    def _get_faults(self):
        faults = super()._get_faults()
        if not self.criterion_ids:
            faults.append(
                self.env._("There is no criterion. Add the criteria to score.")
            )
        elif to_decimal(self.total_points) != 100:
            faults.append(
                self.env._(
                    "The points of the criteria total %(total)s instead of 100. "
                    "Change the points of some criterion.",
                    total=self._format_points(self.total_points),
                )
            )
        for group in self.group_ids:
            faults += group._get_faults()
        for criterion in self.criterion_ids:
            faults += criterion._get_faults()
        problems = scoring.check_bands(self._get_bands())
        faults += [self._describe_problem(problem) for problem in problems]
        if self.grade_ids and not any(self.grade_ids.mapped("is_pass")):
            faults.append(
                self.env._("No grade is a pass. Tick “Pass” on the passing grades.")
            )
        return faults

    def _total(self, criteria):
        """Return what perfect answers to ``criteria`` add to a score."""
        name = "weight" if self.scale == "weights" else "max_points"
        return sum(criteria.mapped(name))

    def _describe_problem(self, problem):
        """Return the sentence for a ``scoring.BandProblem``, naming the grades."""
        if len(problem.codes) == 2:
            return self._describe_neighbours(problem)
        names = {grade._band_key(): grade.name or "" for grade in self.grade_ids}
        values = {
            "grade": "".join(names[key] for key in problem.codes),
            "score": self._format_points(problem.score),
        }
        sentences = {
            "none": self.env._("There is no grade. Add grades that cover 0 to 100."),
            "inverted": self.env._(
                "Grade “%(grade)s” ends at or below its start.", **values
            ),
            "start": self.env._(
                "The lowest grade “%(grade)s” begins at %(score)s instead of 0.",
                **values,
            ),
            "end": self.env._(
                "The highest grade “%(grade)s” ends at %(score)s instead of 100.",
                **values,
            ),
        }
        return sentences[problem.kind]

    def _describe_neighbours(self, problem):
        names = {grade._band_key(): grade.name or "" for grade in self.grade_ids}
        low, high = (names[key] for key in problem.codes)
        values = {
            "rubric": self.name or "",
            "low": low,
            "high": high,
            "score": self._format_points(problem.score),
        }
        sentences = {
            "gap": self.env._(
                "In “%(rubric)s” no grade holds the scores from %(score)s, between "
                "“%(low)s” and “%(high)s”. Let one begin where the other ends.",
                **values,
            ),
            "overlap": self.env._(
                "In “%(rubric)s” the grades “%(low)s” and “%(high)s” overlap from "
                "%(score)s on. Let one begin where the other ends.",
                **values,
            ),
            "order": self.env._(
                "Grade “%(high)s” does not pass but stands above “%(low)s”, which "
                "passes. Tick or untick “Pass”.",
                **values,
            ),
        }
        return sentences[problem.kind]

    def _get_bands(self):
        """Return the grades as ``scoring.Band``, told apart even without a code."""
        return tuple(grade._as_band(grade._band_key()) for grade in self.grade_ids)

    def _as_rules(self, regulation):
        """Return the ``scoring.Rules`` of this rubric under ``regulation``.

        Bands carry the code of their grade. Exact: floats end here.
        """
        self.ensure_one()
        return scoring.Rules(
            criteria=tuple(line._as_criterion() for line in self.criterion_ids),
            bands=tuple(grade._as_band(grade.code) for grade in self.grade_ids),
            **regulation._as_rule_values(),
        )
