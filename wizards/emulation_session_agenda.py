from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EmulationSessionAgenda(models.TransientModel):
    """Put eligible dossiers on the agenda of a planned session."""

    _name = "emulation.session.agenda"
    _description = "Put Dossiers on an Agenda"

    session_id = fields.Many2one(
        "emulation.session", required=True, domain="[('state', '=', 'planned')]"
    )
    round_id = fields.Many2one(related="session_id.round_id")
    evaluation_ids = fields.Many2many(
        "emulation.evaluation",
        string="Dossiers",
        compute="_compute_evaluation_ids",
        store=True,
        readonly=False,
        domain="[('state', '=', 'eligible'), ('round_id', '=', round_id)]",
    )

    @api.depends("session_id")
    def _compute_evaluation_ids(self):
        """Propose every eligible dossier of the session's round."""
        for wizard in self:
            if not wizard.evaluation_ids:
                wizard.evaluation_ids = self.env["emulation.evaluation"].search(
                    [
                        ("round_id", "=", wizard.session_id.round_id.id),
                        ("state", "=", "eligible"),
                    ]
                )

    def action_confirm(self):
        """Put the dossiers on the agenda and record the members in conflict."""
        self.ensure_one()
        if not self.env.user.has_group("emulation.group_emulation_movement"):
            raise AccessError(self.env._("A movement officer prepares the agenda."))
        if not self.evaluation_ids:
            raise UserError(
                self.env._(
                    "Choose at least one eligible dossier for “%(session)s”.",
                    session=self.session_id.name,
                )
            )
        self.evaluation_ids.check_access("write")
        self.evaluation_ids.sudo()._schedule(self.session_id.sudo())
