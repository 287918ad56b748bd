from odoo import api, fields, models
from odoo.fields import Command


class EmulationEvaluation(models.Model):
    """By which rubric and points a dossier is appraised, fixed when it is received."""

    _inherit = "emulation.evaluation"

    rubric_id = fields.Many2one(
        "emulation.rubric",
        compute="_compute_rubric_id",
        store=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        help="Fixed when the dossier was received: kind and field decide among the "
        "rubrics of the round",
    )
    category_id = fields.Many2one(
        related="initiative_id.category_id", store=True, index="btree_not_null"
    )

    # what the round says later is for the dossiers received later
    @api.depends("initiative_id", "round_id")
    def _compute_rubric_id(self):
        for evaluation in self:
            dossier = evaluation.sudo().initiative_id
            evaluation.rubric_id = evaluation.sudo().round_id._get_rubric(dossier)

    @api.model
    def _received_values(self, initiative):
        checks = initiative.round_id._get_checks(initiative.kind_id)
        return {
            **super()._received_values(initiative),
            "check_ids": [Command.create({"check_id": check.id}) for check in checks],
        }

    @api.model
    def _receive(self, initiatives):
        evaluations = super()._receive(initiatives)
        # what comes back may have another kind or field than before
        for evaluation in evaluations:
            rubric = evaluation.round_id._get_rubric(evaluation.initiative_id)
            if evaluation.rubric_id != rubric:
                evaluation.rubric_id = rubric
            evaluation._take_checks()
        return evaluations

    def _take_checks(self):
        """Ask exactly the points of the round that are for this kind of dossier."""
        self.ensure_one()
        checks = self.round_id._get_checks(self.initiative_id.kind_id)
        stale = self.check_ids.filtered(lambda one: one.check_id not in checks)
        missing = checks - self.check_ids.check_id
        if stale or missing:
            self.check_ids = [
                *(Command.delete(answer.id) for answer in stale),
                *(Command.create({"check_id": check.id}) for check in missing),
            ]
