from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import scoring


class EmulationVerdict(models.Model):
    """The result of one dossier: score, grade, rank and how they came about (R44).

    Kept apart from the evaluation so that record rules, which bind every search,
    count, group and export alike, hide it until it is published. Written once,
    when the session closes.
    """

    _name = "emulation.verdict"
    _inherit = ["emulation.unit.mixin", "emulation.kept.mixin"]
    _description = "Result of an Appraisal"
    _order = "session_id desc, rank, id"
    _rec_name = "evaluation_id"

    evaluation_id = fields.Many2one(
        "emulation.evaluation", required=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(default=None)
    initiative_id = fields.Many2one(
        related="evaluation_id.initiative_id", store=True, index=True
    )
    session_id = fields.Many2one(
        "emulation.session", required=True, index=True, ondelete="restrict"
    )
    round_id = fields.Many2one(related="evaluation_id.round_id", store=True)
    field_id = fields.Many2one(related="evaluation_id.field_id", store=True)
    theme_id = fields.Many2one(related="evaluation_id.theme_id", store=True)
    regulation_id = fields.Many2one(
        "emulation.regulation", required=True, ondelete="restrict"
    )
    score = fields.Float(digits=(5, 2), aggregator="avg")
    grade_id = fields.Many2one("emulation.rubric.grade", ondelete="restrict")
    active = fields.Boolean(
        default=True, help="Off for a result that a reopened session gave up"
    )
    rank = fields.Integer(aggregator=None)
    tie_note = fields.Char(string="Tie decided by")
    is_doubtful = fields.Boolean(
        string="Zone of doubt",
        help="Within the regulation's margin of a limit: look at it again before "
        "the decision",
    )
    calculation = fields.Json(
        help="The calculation step by step: rules, sheets, what was dropped and why"
    )
    calculation_text = fields.Text(
        compute="_compute_calculation_text", compute_sudo=True
    )
    date = fields.Date(required=True)
    is_published = fields.Boolean(
        string="Published",
        index=True,
        help="Readable by the units once the decision is signed",
    )

    _evaluation_unique = models.UniqueIndex(
        "(evaluation_id) WHERE active", "This dossier already has a result."
    )

    def _get_kept_domain(self):
        """Return the domain of the results the user reads before publication."""
        kept = self.env["emulation.session"]._get_kept_domain()
        # what a reopened session had found is nobody's any more
        kept &= Domain("state", "in", ("closed", "published"))
        return Domain("session_id", "any!", kept)

    @api.depends("calculation")
    @api.depends_context("uid", "lang")
    def _compute_calculation_text(self):
        for verdict in self:
            lines = verdict._explain_steps(verdict._get_shown_steps())
            verdict.calculation_text = "\n".join(lines)

    # BUSINESS

    @api.model
    def _compute_session(self, session):
        """Compute the results of all dossiers of ``session`` from sheets and law.

        Each dossier is computed by its own rubric; the ranks go over the whole
        session. Everything or nothing: one dossier that cannot be computed stops
        the close with its name.
        """
        disposed = session.evaluation_ids.disposition_ids.evaluation_id
        judged = session.evaluation_ids - disposed
        rules = {
            rubric: rubric._as_rules(session.regulation_id)
            for rubric in judged.rubric_id
        }
        sheets = self.env["emulation.scoresheet"]._read_handed_in(judged)
        results = {
            evaluation: evaluation._compute_result(
                rules[evaluation.rubric_id], sheets[evaluation.id]
            )
            for evaluation in judged
        }
        results = self._apply_votes(session, results)
        # the tie keys are the regulation's, the same under every rubric
        tie_keys = next(iter(rules.values())).tie_keys if rules else ()
        ranks = scoring.rank(
            {evaluation.id: result for evaluation, result in results.items()},
            tie_keys,
        )
        verdicts = self.create(
            [
                self._prepare_values(session, evaluation, result, ranks)
                for evaluation, result in results.items()
            ]
        )
        return verdicts | self._create_disposed(session, disposed)

    @api.model
    def _prepare_values(self, session, evaluation, result, ranks):
        rank, tie_key = ranks[evaluation.id]
        grades = {grade.code: grade for grade in evaluation.rubric_id.grade_ids}
        return {
            "evaluation_id": evaluation.id,
            "unit_id": evaluation.unit_id.id,
            "company_id": evaluation.company_id.id,
            "session_id": session.id,
            "regulation_id": session.regulation_id.id,
            "score": float(result.score),
            "grade_id": grades.get(result.band, self.env["emulation.rubric.grade"]).id,
            "outcome": "recognised" if result.passed else "not_recognised",
            "rank": rank,
            "tie_note": tie_key and self._explain_tie_key(evaluation, tie_key),
            "is_doubtful": result.doubtful,
            "calculation": {"steps": list(result.steps)},
            "date": fields.Date.context_today(session),
        }

    def _get_board_result(self):
        """Return score, grade and rank for the session board (empty before)."""
        return {
            "verdict_id": self.id,
            "score": self.score if self and not self.is_disposed else False,
            "grade": self._get_board_grade(),
            "rank": self.rank if self else False,
            "is_pass": self.is_pass if self else False,
            "outcome": self.outcome if self else False,
            "is_doubtful": self.is_doubtful if self else False,
            "votes": self._show_votes() if self else "",
        }

    def _get_board_grade(self):
        """Return the grade, or in words that the council did not judge it."""
        if self and self.is_disposed:
            return self._show_outcome()
        return self.grade_id.name if self else False

    def _publish(self, day):
        """Publish the results by a signed decision of ``day`` (a date)."""
        self.write({"is_published": True})
        self.evaluation_id.write({"state": "decided"})
        for verdict in self._of_current_round():
            verdict._tell_initiative(day)

    def _unpublish(self):
        """Withdraw the publication when the decision is revoked."""
        self.evaluation_id._check_only_appraisal()
        self._check_not_gone_on()
        self.write({"is_published": False})
        self.evaluation_id.write({"state": "scored"})
        current = self._of_current_round().initiative_id
        current.write({"state": "in_appraisal", "date_recognised": False})

    def _of_current_round(self):
        """Return the results in the round where their dossier is today.

        A dossier that went on to a higher round is no longer moved by this one.
        """
        return self.filtered(lambda one: one.round_id == one.initiative_id.round_id)


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    verdict_ids = fields.One2many(
        "emulation.verdict",
        "initiative_id",
        string="Published results",
        # what a reopening gave up is none, whoever asks for archived records
        context={"active_test": True},
    )
