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
        told = self.env._("Results told, nobody nominated yet")
        waiting = [("waits_for_nominations", "=", True)]
        recognition = [
            *self._get_letter_cards(),
            self._card("to_nominate", told, "emulation.session", waiting),
            *recognition,
            *self._get_book_cards(),
        ]
        return [*cards, *(card for card in recognition if card["count"])]

    def _get_letter_cards(self):
        """Letters that somebody has to read, release or print."""
        waiting = [("state", "in", ("draft", "approved"))]
        label = self.env._("Letters to authors not sent yet")
        views = ("list", "form")
        return [self._card("letters", label, "emulation.letter", waiting, views=views)]

    def _get_book_cards(self):
        """Stories to decide on, and the books that are compiled."""
        entry, book = "emulation.publication.entry", "emulation.publication"
        proposed = [("state", "=", "proposed"), ("publication_id.state", "=", "draft")]
        compiled = [("state", "=", "compiled")]
        to_decide = self.env._("Stories to decide on")
        to_bring_out = self.env._("Books to bring out")
        return [
            self._card("stories", to_decide, entry, proposed),
            self._card("books", to_bring_out, book, compiled),
        ]

    def _get_keeper_cards(self):
        cards = super()._get_keeper_cards()
        if not cards:
            return cards
        return [*cards, *(card for card in self._get_letter_cards() if card["count"])]

    def _get_officer_cards(self):
        cards = super()._get_officer_cards()
        if not cards:
            return cards
        mended = [
            ("in_scope", "=", True),
            ("state", "=", "draft"),
            ("return_note", "!=", False),
        ]
        label, model = self.env._("Stories to mend"), "emulation.publication.entry"
        card = self._card("stories_back", label, model, mended)
        return [*cards, card] if card["count"] else cards

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
        label = self.env._("Books out in print")
        out = [("state", "=", "published")]
        books = self._card("books_out", label, "emulation.publication", out)
        return [*cards, conferred, *([books] if books["count"] else [])]
