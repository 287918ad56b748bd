from odoo import fields, models


class EmulationMyWork(models.AbstractModel):
    """Ceremonies ahead, and those whose course is still to be recorded."""

    _inherit = "emulation.my.work"

    def _get_ceremony_cards(self):
        planned = [("state", "=", "planned"), ("in_scope", "=", True)]
        over = [("date", "<", fields.Datetime.now())]
        late = (over, self.env._("past their day, to record"))
        label, model = self.env._("Ceremonies ahead"), "emulation.ceremony"
        views = ("list", "form")
        card = self._card("ceremonies", label, model, planned, late=late, views=views)
        return [card] if card["count"] else []

    def _get_officer_cards(self):
        cards = super()._get_officer_cards()
        if not self._has_role("officer") or self._has_role("movement"):
            return cards
        return [*cards, *self._get_ceremony_cards()]

    def _get_movement_cards(self):
        cards = super()._get_movement_cards()
        if not self._has_role("movement"):
            return cards
        return [*cards, *self._get_ceremony_cards()]
