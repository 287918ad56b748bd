from odoo import api, fields, models


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

    @api.model
    def _emulation_filter_told(self, linked):
        """Who shares out the dossiers of a session knows them, declared or not."""
        told = super()._emulation_filter_told(linked)
        if linked._name != "emulation.evaluation":
            return told
        sessions = linked.sudo().session_id.sudo(False)._filtered_access("read")
        shared_out = sessions.filtered(lambda session: session._may_assign())
        return told | linked.sudo().filtered(
            lambda one: one.session_id in shared_out
        ).sudo(False)

    def action_confirm(self):
        """Change the reviewers of the dossier; the reason stays on the list.

        :raises UserError: for a member in conflict, or when nobody is free
        """
        self.ensure_one()
        evaluation = self.assignment_id.evaluation_id or self.evaluation_id
        evaluation._review_by_hand(self.member_id, self.reason, self.assignment_id)
        return {"type": "ir.actions.act_window_close"}
