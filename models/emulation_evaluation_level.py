from odoo import api, fields, models
from odoo.exceptions import UserError

RESULTS = [
    ("recognised", "Recognised"),
    ("not_recognised", "Not recognised"),
    ("deferred", "Deferred to the next round"),
    ("returned", "Returned to complete"),
]
LIVE_STATES = ("received", "returned", "eligible", "scheduled", "scoring", "scored")


class EmulationEvaluation(models.Model):
    """What one level said about a dossier, once it is published.

    A dossier passes several levels in its life (commune, province, centre), one
    appraisal each; at most one of them is live.
    """

    _inherit = "emulation.evaluation"

    level_id = fields.Many2one(related="round_id.unit_id.level_id", string="Level")
    organiser_id = fields.Many2one(related="round_id.unit_id", string="Organiser")
    result = fields.Selection(
        RESULTS,
        string="Published result",
        compute="_compute_published",
        compute_sudo=True,
    )
    grade_id = fields.Many2one(
        "emulation.rubric.grade",
        compute="_compute_published",
        compute_sudo=True,
    )
    decision_reference = fields.Char(
        string="Decision no.", compute="_compute_decision", compute_sudo=True
    )
    decision_date = fields.Date(
        string="Decision of", compute="_compute_decision", compute_sudo=True
    )

    @api.depends("verdict_ids.is_published", "verdict_ids.outcome")
    def _compute_published(self):
        """Only what is published: before, a result is not to be guessed from here."""
        for evaluation in self:
            verdict = evaluation.verdict_ids.filtered("is_published")[:1]
            evaluation.result = verdict.outcome
            evaluation.grade_id = verdict.grade_id

    @api.depends("result", "session_id")
    def _compute_decision(self):
        published = self.filtered("result")
        papers = published.session_id.document_ids.filtered(
            lambda paper: paper.kind_id.code == "QĐ" and paper.state == "signed"
        )
        decisions = {paper.res_id: paper for paper in papers}
        for evaluation in self:
            paper = evaluation in published and decisions.get(evaluation.session_id.id)
            evaluation.decision_reference = paper and paper.reference
            evaluation.decision_date = paper and paper.date_signed

    def _check_only_appraisal(self):
        """Refuse to make these live again while another appraisal of theirs is.

        :raises UserError: naming the dossier and the round it went on to
        """
        others = self.initiative_id.evaluation_ids - self
        live = others.filtered(lambda one: one.state in LIVE_STATES)
        if live:
            raise UserError(
                self.env._(
                    "“%(initiative)s” went on to “%(round)s” and is being appraised "
                    "there. Withdraw it from that round first.",
                    initiative=live[0].initiative_id.display_name,
                    round=live[0].round_id.name,
                )
            )
