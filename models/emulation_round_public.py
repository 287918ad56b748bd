from odoo import api, models


class EmulationRound(models.Model):
    """What everybody may read about the rounds that are open."""

    _inherit = "emulation.round"

    @api.model
    def _get_public_rounds(self):
        """Return the rounds announced or open now, as superuser, soonest first.

        A public page shows them: what of them is shown is for its template to say.
        """
        rounds = self.sudo().search(
            [
                ("state", "in", ("announced", "open")),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        shown = rounds.filtered(lambda one: one.state == "announced" or one._takes())
        return shown.sorted(lambda one: (not one.date_close, str(one.date_close)))
