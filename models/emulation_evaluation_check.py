from odoo import fields, models
from odoo.exceptions import AccessError


class EmulationEvaluationCheck(models.Model):
    """The answer to one point of the round's checklist for one dossier."""

    _name = "emulation.evaluation.check"
    _description = "Answer to an Eligibility Check"
    _order = "evaluation_id, sequence, id"
    _rec_name = "check_id"

    evaluation_id = fields.Many2one(
        "emulation.evaluation", required=True, index=True, ondelete="cascade"
    )
    check_id = fields.Many2one(
        "emulation.round.check", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="check_id.sequence", store=True)
    name = fields.Char(related="check_id.name")
    is_mandatory = fields.Boolean(related="check_id.is_mandatory")
    result = fields.Selection(
        [("ok", "Fulfilled"), ("missing", "Missing"), ("na", "Does not apply")]
    )
    note = fields.Char()

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - {"result", "note"}:
                raise AccessError(
                    self.env._(
                        "A point of the checklist stays with its dossier. Answer it, "
                        "or add a note."
                    )
                )
            for evaluation in self.evaluation_id:
                evaluation._check_examinable()
        return super().write(vals)
