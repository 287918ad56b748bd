from odoo import models


class EmulationAwardPayment(models.Model):
    """Money of what a unit gives at its own level: the unit itself pays it."""

    _inherit = "emulation.award.payment"

    def _may_move(self, target):
        """Also the officers of the unit that decided, never for money of their own."""
        if super()._may_move(target):
            return True
        one, user = self.sudo().nomination_id, self.env.user
        if target in ("cancelled", "to_recover") or not one._is_own_level():
            return False
        unit = one.decider_unit_id.with_env(self.env)
        return unit._prepares_awards(one.track) and not one._is_own(user)
