from odoo import api, fields, models


class EmulationAwardPayout(models.TransientModel):
    """Ask what an award would pay if it were decided on a day (R59)."""

    _name = "emulation.award.payout"
    _description = "What an Award Would Pay"

    award_id = fields.Many2one("emulation.award", required=True, ondelete="cascade")
    date = fields.Date(
        string="Decided on", required=True, default=fields.Date.context_today
    )
    version_id = fields.Many2one(
        "emulation.award",
        string="By the regime",
        compute="_compute_payout",
        help="The version of the award that holds on this day",
    )
    calculation = fields.Text(string="How it is reckoned", compute="_compute_payout")

    @api.depends("award_id", "date")
    @api.depends_context("lang")
    def _compute_payout(self):
        for payout in self:
            version = self.env["emulation.award"]
            if payout.award_id and payout.date:
                version = version._get_in_force(payout.award_id.code, payout.date)
            payout.version_id = version
            lines = version._explain_amounts(payout.date) if version else []
            payout.calculation = "\n".join(lines) or self.env._(
                "No version of this award held on that day, so nothing would be paid."
            )
