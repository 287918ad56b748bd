from odoo import fields, models


class EmulationInitiativeWithdraw(models.TransientModel):
    """Take dossiers back in time, saying why."""

    _name = "emulation.initiative.withdraw"
    _description = "Withdraw Dossiers"

    initiative_ids = fields.Many2many("emulation.initiative", string="Dossiers")
    reason = fields.Text(
        required=True, help="Kept in the history of the dossier and shown on it"
    )

    def action_confirm(self):
        """Withdraw the dossiers, all or none.

        :raises UserError: naming the dossier that cannot be withdrawn any more
        """
        self.ensure_one()
        self.initiative_ids.action_withdraw(self.reason)
