from odoo import fields, models


class EmulationUnit(models.Model):
    """Who signs a paper of a unit, and under which title."""

    _inherit = "emulation.unit"

    def _get_signature_values(self, excluded=None):
        """Return the values of an issuer: the head's, or the deputy's for the head.

        The current user signs where they are one of them; ``excluded`` users, whom the
        paper is about, never do.
        """
        self.ensure_one()
        unit, today = self.sudo(), fields.Date.context_today(self)
        officers = unit.officer_ids.filtered(lambda one: one._is_current(today))
        heads = officers.filtered(lambda one: one.role == "head")
        deputies = officers.filtered(lambda one: one.role == "deputy")
        able = heads | deputies
        if excluded:
            able = able.filtered(lambda one: one.user_id not in excluded)
        mine = able.filtered(lambda one: one.user_id == self.env.user)
        signer = (mine or able & heads or able)[:1]
        title = heads[:1].position or "Thủ trưởng đơn vị"
        values = {"unit_id": self.id, "signer_user_id": signer.user_id.id}
        if signer.role != "deputy":
            return {**values, "position": title.upper()}
        own_title = signer.position or "Phó thủ trưởng đơn vị"
        return {
            **values,
            "authority": "kt",
            "head_position": title.upper(),
            "position": own_title.upper(),
        }
