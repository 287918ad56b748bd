from odoo import api, fields, models


class EmulationSessionAssign(models.TransientModel):
    """Share the dossiers of a session out among its members."""

    _name = "emulation.session.assign"
    _description = "Share Out the Dossiers"

    session_id = fields.Many2one(
        "emulation.session", required=True, readonly=True, ondelete="cascade"
    )
    reviewers_per_dossier = fields.Integer(related="session_id.reviewers_per_dossier")
    dossier_count = fields.Integer(compute="_compute_counts")
    member_count = fields.Integer(compute="_compute_counts")
    kept_count = fields.Integer(compute="_compute_counts")
    seed = fields.Integer(
        string="Draw",
        help="Enter the number of an earlier draw to get the same reviewers again; "
        "0 = draw a new number",
    )

    @api.depends("session_id")
    def _compute_counts(self):
        for wizard in self:
            session = wizard.session_id.sudo()
            wizard.dossier_count = len(session.evaluation_ids)
            wizard.member_count = len(session._get_reviewers())
            wizard.kept_count = len(
                session.assignment_ids.filtered(lambda one: one.origin != "computed")
            )

    def action_confirm(self):
        """Run the computation and show what it gave.

        :raises UserError: naming the dossiers with too few free members
        """
        self.ensure_one()
        self.session_id._assign(self.seed)
        return self.session_id.action_view_assignments()
