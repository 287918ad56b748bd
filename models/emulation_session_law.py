from odoo import models
from odoo.exceptions import UserError


class EmulationRound(models.Model):
    """The law by which members score does not change under their hands."""

    _inherit = "emulation.round"

    def write(self, vals):
        if vals.keys() & {"rubric_id", "regulation_id"} and not self.env.su:
            self._check_law_open()
        return super().write(vals)

    def _check_law_open(self):
        """Refuse another rubric or regulation once a session of the round began."""
        result = super()._check_law_open()
        begun = self.env["emulation.session"].sudo()
        begun = begun.search(
            [
                ("round_id", "in", self.ids),
                ("state", "not in", ("planned", "cancelled")),
            ],
            limit=1,
        )
        if begun:
            raise UserError(
                self.env._(
                    "The session “%(session)s” has begun: the rubric and the "
                    "regulation of the round “%(round)s” stay as they are.",
                    session=begun.name,
                    round=begun.round_id.name,
                )
            )
        return result
