from odoo import fields, models


class EmulationAssignmentChange(models.TransientModel):
    """Replace a reviewer who drops out, or add one by hand, with the reason."""

    _name = "emulation.assignment.change"
    _description = "Change a Reviewer"

    session_id = fields.Many2one(
        "emulation.session", required=True, readonly=True, ondelete="cascade"
    )
    council_id = fields.Many2one(related="session_id.council_id")
    evaluation_id = fields.Many2one(
        "emulation.evaluation",
        string="Dossier",
        required=True,
        ondelete="cascade",
        domain="[('session_id', '=', session_id)]",
    )
    assignment_id = fields.Many2one(
        "emulation.assignment", string="Drops out", readonly=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "emulation.council.member",
        string="Reviews instead",
        ondelete="cascade",
        domain="[('council_id', '=', council_id), ('is_scoring', '=', True)]",
        help="Empty: the member whom the computation finds",
    )
    reason = fields.Char(required=True, help="E.g. on leave until the session")

    def action_confirm(self):
        """Change the reviewers of the dossier; the reason stays on the list.

        :raises UserError: for a member in conflict, or when nobody is free
        """
        self.ensure_one()
        evaluation = self.assignment_id.evaluation_id or self.evaluation_id
        evaluation._review_by_hand(self.member_id, self.reason, self.assignment_id)
        return {"type": "ir.actions.act_window_close"}
