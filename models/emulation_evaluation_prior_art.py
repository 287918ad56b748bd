from odoo import fields, models


class EmulationEvaluation(models.Model):
    """The examiner sees verdicts on earlier entries beside the checklist."""

    _inherit = "emulation.evaluation"

    prior_art_ids = fields.One2many(related="initiative_id.prior_art_ids")
    can_judge_prior_art = fields.Boolean(
        related="initiative_id.can_judge_prior_art", export_string_translation=False
    )
