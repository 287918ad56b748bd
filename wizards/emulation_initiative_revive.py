from odoo import api, fields, models


class EmulationInitiativeRevive(models.TransientModel):
    """Enter dossiers once more that were withdrawn or not recognised."""

    _name = "emulation.initiative.revive"
    _description = "Enter Dossiers Once More"

    initiative_ids = fields.Many2many("emulation.initiative", string="Dossiers")
    round_id = fields.Many2one(
        "emulation.round",
        required=True,
        compute="_compute_round_id",
        store=True,
        readonly=False,
        domain="[('is_taking', '=', True)]",
    )

    @api.depends("initiative_ids")
    def _compute_round_id(self):
        """Propose the round they were withdrawn from while it takes dossiers."""
        for wizard in self:
            rounds = wizard.initiative_ids.round_id
            withdrawn = set(wizard.initiative_ids.mapped("state")) == {"withdrawn"}
            same = len(rounds) == 1 and withdrawn and rounds.is_taking
            wizard.round_id = wizard.round_id or (same and rounds)

    def action_confirm(self):
        """Make the dossiers drafts of their unit again, in the round chosen.

        :raises UserError: naming the dossier that the round does not take
        """
        self.ensure_one()
        self.initiative_ids._revive(self.round_id)
