from odoo import api, fields, models


class EmulationRoundExtend(models.TransientModel):
    """Put the deadline of a round off, with the reason the units read."""

    _name = "emulation.round.extend"
    _description = "Extend a Round"

    round_id = fields.Many2one("emulation.round", required=True, readonly=True)
    date_old = fields.Date(related="round_id.date_close", string="Deadline now")
    time_old = fields.Float(related="round_id.time_close", string="Closing hour now")
    tz = fields.Selection(related="round_id.tz")
    date_close = fields.Date(string="New deadline", required=True)
    time_close = fields.Float(
        string="Closing hour",
        required=True,
        compute="_compute_time_close",
        store=True,
        readonly=False,
        precompute=True,
        help="Hour of the last day, in the round's time zone; 24:00 is its end",
    )
    reason = fields.Text(required=True, help="The units read it on the round")

    @api.depends("round_id")
    def _compute_time_close(self):
        for wizard in self:
            wizard.time_close = wizard.round_id.time_close

    def action_confirm(self):
        """Extend the round; a closed one opens again (movement managers)."""
        self.ensure_one()
        self.round_id._extend(self.date_close, self.time_close, self.reason)
