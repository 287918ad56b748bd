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
    def _receive(self, initiative):
        evaluation = super()._receive(initiative)
        # on its return it may have another kind or field
        evaluation.rubric_id = evaluation.round_id._get_rubric(initiative)
        evaluation._take_checks()
        return evaluation

    def _take_checks(self):
        """Ask exactly the points of the round that are for this kind of dossier."""
        for evaluation in self:
            checks = evaluation.round_id._get_checks(evaluation.initiative_id.kind_id)
            asked = evaluation.check_ids.check_id
            evaluation.check_ids = [
                *(
                    Command.delete(answer.id)
                    for answer in evaluation.check_ids
                    if answer.check_id not in checks
                ),
                *(Command.create({"check_id": check.id}) for check in checks - asked),
            ]
