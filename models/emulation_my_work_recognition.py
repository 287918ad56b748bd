from odoo import fields, models


class EmulationMyWork(models.AbstractModel):
    """What waits in the room of awards: to appraise, to propose, to pay, to read."""

    _inherit = "emulation.my.work"

    def _get_award_cards(self):
        """Cards of the Award board, and of the movement office for the Front's own."""
        if not self._has_role("award"):
            return []
        model, proposal = "emulation.nomination", "emulation.proposal"
        record, views = "emulation.award.record", ("list", "form")
        board = [("track", "!=", "central"), ("appraised_by", "=", "board")]
        proposed, unseen = [("state", "=", "proposed")], [("is_verified", "=", False)]
        return [
            self._card("to_appraise", self.env._("To appraise"), model,
                       [("state", "=", "submitted"), *board],
                       late=([("is_late", "=", True)],
                             self.env._("past the time limit"))),
            self._card("to_propose", self.env._("Appraised, to propose"), model,
                       [("state", "=", "appraised"), *board]),
            self._card("to_decide", self.env._("Proposals waiting for a decision"),
                       proposal, proposed, views=views),
            self._card("to_verify", self.env._("Earlier awards to verify"), record,
                       unseen, views=views),
        ]  # fmt: skip

    def _get_finance_cards(self):
        if not self._has_role("finance"):
            return []
        model, views = "emulation.award.payment", ("list", "form")
        return [
            self._card("award_to_pay", self.env._("Awards to pay"), model,
                       [("state", "=", "due")], views=views),
            self._card("award_to_recover", self.env._("Awards to recover"), model,
                       [("state", "=", "to_recover")], views=views),
        ]  # fmt: skip

    def _get_movement_cards(self):
        cards = super()._get_movement_cards()
        if not self._has_role("movement"):
            return cards
        model = "emulation.nomination"
        recognition = [
            self._card("front_to_appraise", self.env._("Nominations to appraise"),
                       model, [("state", "=", "submitted"), ("track", "=", "front")],
                       late=([("is_late", "=", True)],
                             self.env._("past the time limit"))),
            self._card("to_send_centre", self.env._("Nominations for the centre"),
                       model, [("state", "=", "submitted"),
                               ("track", "=", "central")]),
            self._card("at_centre", self.env._("Results awaited from the centre"),
                       model, [("state", "=", "sent")]),
        ]  # fmt: skip
        return [*cards, *(card for card in recognition if card["count"])]

    def _get_leader_cards(self):
        cards = super()._get_leader_cards()
        if not self._has_role("leader"):
            return cards
        year = fields.Date.context_today(self).year
        this_year = [
            ("state", "=", "conferred"),
            ("date_conferred", ">=", f"{year}-01-01"),
        ]
        conferred = self._card(
            "conferred", self.env._("Awards conferred this year"),
            "emulation.nomination", this_year,
        )  # fmt: skip
        return [*cards, conferred]
