from odoo import models


class EmulationMyWork(models.AbstractModel):
    """What waits for a unit that gives awards of its own level."""

    _inherit = "emulation.my.work"

    def _get_head_cards(self):
        """For heads: what they appraise themselves, with the time limit."""
        cards = super()._get_head_cards()
        if not self._has_role("officer"):
            return cards
        Officer = self.env["emulation.unit.officer"]
        headed = Officer.search(Officer._get_headed_domain(self.env.user)).unit_id
        if not headed:
            return cards
        waiting = [
            ("state", "=", "submitted"),
            ("appraised_by", "=", "decider"),
            ("decider_unit_id", "in", headed.ids),
        ]
        card = self._card(
            "awards_to_decide", self.env._("Awards that I decide"),
            "emulation.nomination", waiting,
            late=([("is_late", "=", True)], self.env._("past the time limit")),
        )  # fmt: skip
        return [*cards, card] if card["count"] else cards

    def _get_officer_cards(self):
        """For officers: what was found worthy and lacks its decision, what is owed."""
        cards = super()._get_officer_cards()
        if not self._has_role("officer"):
            return cards
        model, views = "emulation.nomination", ("list", "form")
        own = [
            ("appraised_by", "=", "decider"),
            ("decider_unit_id.in_scope", "=", True),
        ]
        due = [
            ("state", "=", "due"),
            ("nomination_id.decider_unit_id.in_scope", "=", True),
        ]
        awards = [
            self._card("own_awards", self.env._("Found worthy, to decide on"), model,
                       [*own, ("state", "=", "appraised")]),
            self._card("own_awards_to_pay", self.env._("Own awards to pay"),
                       "emulation.award.payment", due, views=views),
        ]  # fmt: skip
        return [*cards, *(card for card in awards if card["count"])]
