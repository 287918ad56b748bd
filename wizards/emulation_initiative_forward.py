from odoo import api, fields, models


class EmulationInitiativeForward(models.TransientModel):
    """Put recognised dossiers forward to a round of a higher organiser."""

    _name = "emulation.initiative.forward"
    _description = "Put Dossiers Forward"

    initiative_ids = fields.Many2many("emulation.initiative", string="Dossiers")
    level_sequence = fields.Integer(compute="_compute_level_sequence")
    round_id = fields.Many2one(
        "emulation.round",
        required=True,
        domain="[('is_taking', '=', True),"
        " ('unit_id.level_id.sequence', '<', level_sequence)]",
    )
    organiser_id = fields.Many2one(related="round_id.unit_id", string="Organiser")

    @api.depends("initiative_ids")
    def _compute_level_sequence(self):
        """The highest level reached among them: the round must be higher."""
        for wizard in self:
            levels = wizard.initiative_ids.recognition_level_id
            wizard.level_sequence = min(levels.mapped("sequence"), default=0)

    def action_confirm(self):
        """Put the dossiers forward in one act, all or none.

        :return: a notice of how many were received and how many are to be completed
        :raises UserError: naming the dossier that the round cannot take
        """
        self.ensure_one()
        incomplete = self.initiative_ids._put_forward(self.round_id)
        message = self.env._(
            "%(sent)s received by “%(round)s”, %(back)s to be completed first.",
            sent=len(self.initiative_ids - incomplete),
            round=self.round_id.name,
            back=len(incomplete),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if incomplete else "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
