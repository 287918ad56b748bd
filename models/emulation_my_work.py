from odoo import api, fields, models
from odoo.fields import Domain

ROUNDS_SHOWN = 5
# Days: what closes this soon, or waits this long, is shown as late
SOON = 7
LONG_AT_HEAD = 7
LONG_AT_EXAMINER = 14
ROUND_SOON = 14


class EmulationMyWork(models.AbstractModel):
    """The first screen: what waits for the user, what is late, what became of it.

    Every number is a plain count under the user's own rules, by the very domain of
    the list that a click opens: nobody counts what they may not read.
    """

    _name = "emulation.my.work"
    _description = "My Work"

    @api.model
    def get_counters(self):
        """Return the cards and open rounds of the current user, by role.

        :return: ``{"sections": [{"key", "title", "cards": [card]}], "rounds":
            [round]}``; a card is ``{"key", "label", "count", "late", "late_label",
            "hint", "action"}``, where ``late`` counts a part of ``count``; a round is
            ``{"id", "name", "date_close", "days_left"}`` (ISO date, days)
        """
        sections = [
            {"key": key, "title": title, "cards": cards}
            for key, title, cards in (
                ("signer", self.env._("To sign"), self._get_signer_cards()),
                ("head", self.env._("As head of a unit"), self._get_head_cards()),
                ("officer", self.env._("My units"), self._get_officer_cards()),
                ("movement", self.env._("Movement"), self._get_movement_cards()),
                ("member", self.env._("As council member"), self._get_member_cards()),
                ("keeper", self.env._("Sessions I keep"), self._get_keeper_cards()),
                ("award", self.env._("Awards"), self._get_award_cards()),
                ("finance", self.env._("Money of awards"), self._get_finance_cards()),
                ("leader", self.env._("Results"), self._get_leader_cards()),
                ("data", self.env._("Database"), self._get_data_cards()),
            )
            if cards
        ]
        return {"sections": sections, "rounds": self._get_rounds()}

    def _has_role(self, *names):
        user = self.env.user
        return any(
            user.has_group(f"emulation.group_emulation_{name}") for name in names
        )

    def _card(self, key, label, model, domain, late=None, **more):
        """Return one card; ``late`` is the domain and the words of what is late.

        :param more: ``views`` (types), ``view`` (xmlid of a list), ``hint``
        """
        Model = self.env[model]
        late_domain, late_label = late or (None, "")
        types = more.get("views", ("list", "kanban", "form"))
        view = more.get("view") and self.env.ref(more["view"]).id
        return {
            "key": key,
            "label": label,
            "count": Model.search_count(domain),
            "late": Model.search_count([*domain, *late_domain]) if late_domain else 0,
            "late_label": late_label,
            "hint": more.get("hint", ""),
            "action": {
                "type": "ir.actions.act_window",
                "name": label,
                "res_model": model,
                "domain": domain,
                "views": [[view if kind == "list" else False, kind] for kind in types],
                "context": {},
            },
        }

    # ROLES

    @api.model
    def _get_signature_domain(self):
        """Return the domain of the papers that wait for the user's signature."""
        return [
            ("state", "=", "draft"),
            ("issuer_ids.signer_user_id", "=", self.env.uid),
        ]

    def _get_signer_cards(self):
        """Papers to sign: for leaders always, for others when there are any."""
        if not self._has_role("user"):
            return []
        card = self._card(
            "to_sign",
            self.env._("Papers for my signature"),
            "emulation.document",
            self._get_signature_domain(),
        )
        return [card] if card["count"] or self._has_role("leader") else []

    def _get_head_cards(self):
        if not self._has_role("officer"):
            return []
        Officer = self.env["emulation.unit.officer"]
        headed = Officer.search(Officer._get_headed_domain(self.env.user)).unit_id
        mine = [("is_my_turn", "=", True)]
        card = self._initiative_card(
            "to_endorse",
            self.env._("Waiting for my endorsement"),
            mine,
            late=(
                [("date_submitted", "<=", self._days_ago(LONG_AT_HEAD))],
                self.env._("longer than a week"),
            ),
        )
        cards = [card] if headed or card["count"] else []
        ready = [
            ("unit_id", "in", headed.ids),
            ("state", "=", "draft"),
            ("line_ids", "!=", False),
        ]
        batches = self._card(
            "to_send", self.env._("Batches that I send"), "emulation.transmittal", ready
        )
        return [*cards, batches] if batches["count"] else cards

    def _initiative_card(self, key, label, domain, late=None, create=False):
        endorse_list = "emulation.emulation_initiative_view_list_endorse"
        view = None if create else endorse_list
        model = "emulation.initiative"
        return self._card(key, label, model, domain, late=late, view=view)

    def _get_officer_cards(self):
        if not self._has_role("officer") or self._has_role("movement"):
            return []
        mine, today = [("in_scope", "=", True)], fields.Date.context_today(self)
        soon = fields.Date.add(today, days=SOON)
        closing = [("round_id.state", "=", "open"), ("round_id.date_close", "<=", soon)]
        sent = ("endorsed", "eligible", "in_appraisal")
        this_year = ("date_recognised", ">=", f"{today.year}-01-01")
        card = self._initiative_card
        transfer, offered = "emulation.initiative.transfer", [("can_answer", "=", True)]
        batch, prepared = "emulation.transmittal", [*mine, ("state", "=", "draft")]
        return [
            card("to_complete", self.env._("To complete"),
                 [*mine, ("state", "=", "draft")], create=True,
                 late=(closing, self.env._("round closes within a week"))),
            card("returned", self.env._("Returned to complete"),
                 [*mine, ("state", "=", "returned")],
                 late=([("date_return_due", "<", today)], self.env._("past due"))),
            card("submitted", self.env._("Waiting for endorsement"),
                 [*mine, ("state", "=", "submitted")],
                 late=([("is_unit_late", "=", True)],
                       self.env._("past the time limit of the unit"))),
            card("sent", self.env._("With the organiser"),
                 [*mine, ("state", "in", sent)]),
            self._card("transfers", self.env._("Offered to my units"), transfer,
                       offered),
            self._card("batches", self.env._("Batches being prepared"), batch,
                       prepared),
            card("recognised", self.env._("Recognised this year"),
                 [*mine, ("state", "=", "recognised"), this_year]),
            *self._get_use_cards(mine),
        ]  # fmt: skip

    def _get_use_cards(self, mine):
        """What became of it: questions to answer, benefits to verify, money owed.

        :param mine: domain of the records the user works on
        """
        today = fields.Date.context_today(self)
        soon = fields.Date.add(today, months=1)
        followup, line = "emulation.initiative.followup", "emulation.remuneration.line"
        owed = ("remuneration_id.in_scope", "=", True)
        cards = [
            self._card("followup", self.env._("To tell what became of it"), followup,
                       [*mine, ("state", "=", "due"), ("date_due", "<=", soon)],
                       late=([("date_due", "<", today)], self.env._("past due")),
                       views=("list", "form")),
            self._card("owed", self.env._("Payments to authors"), line,
                       [owed, ("state", "=", "due"), ("date_due", "<=", soon)],
                       late=([("is_late", "=", True)], self.env._("past due")),
                       views=("list",)),
        ]  # fmt: skip
        return [card for card in cards if card["count"]]

    def _get_movement_cards(self):
        if not self._has_role("movement"):
            return []
        today, now = fields.Date.context_today(self), fields.Datetime.now()
        waiting = (
            "initiative_id.date_endorsed",
            "<=",
            self._days_ago(LONG_AT_EXAMINER),
        )
        soon = fields.Date.add(today, days=ROUND_SOON)
        evaluation, session = "emulation.evaluation", "emulation.session"
        adoption = "emulation.initiative.adoption"
        batch, arrived = "emulation.transmittal", [("state", "=", "sent")]
        closing = [("state", "=", "open"), ("date_close", "<=", soon)]
        return [
            self._card("to_examine", self.env._("To examine"), evaluation,
                       [("state", "=", "received")],
                       late=([waiting], self.env._("longer than two weeks"))),
            self._card("to_receive", self.env._("Batches to receive"), batch,
                       arrived),
            self._card("eligible", self.env._("Eligible, without a session"),
                       evaluation, [("state", "=", "eligible")]),
            self._card("ahead", self.env._("Sessions ahead"), session,
                       [("state", "=", "planned")],
                       late=([("date", "<", now)], self.env._("past their day"))),
            self._card("scoring", self.env._("Sessions being scored"), session,
                       [("state", "=", "scoring")]),
            self._card("rounds", self.env._("Rounds closing within two weeks"),
                       "emulation.round",
                       closing),
            self._card("to_verify", self.env._("Benefits to verify"), adoption,
                       [("state", "=", "claimed")], views=("list", "form")),
        ]  # fmt: skip

    def _has_seat(self, kind):
        """Return whether the user sits on a council today on a seat of ``kind``."""
        if not self._has_role("council"):
            return False
        seats = self.env["emulation.session"]._get_seat_domain(self.env.user) & kind
        return bool(self.env["emulation.council.member"].search_count(seats, limit=1))

    def _get_interest_cards(self):
        """What a member declares before seeing it, and what the chair decides."""
        now, ruling = fields.Datetime.now(), [("level", "=", "chair")]
        undeclared = [("is_undeclared", "=", True)]
        cards = [
            self._card("to_declare", self.env._("Interests to declare"),
                       "emulation.session", undeclared,
                       late=([("date", "<", now)],
                             self.env._("session day has passed"))),
        ]  # fmt: skip
        if self._has_seat(Domain("role", "!=", "member")):
            cards.append(
                self._card("to_rule", self.env._("Conflicts to decide"),
                           "emulation.conflict", ruling, views=("list", "kanban"))
            )  # fmt: skip
        return [card for card in cards if card["count"]]

    def _get_member_cards(self):
        if not self._has_seat(Domain.TRUE):
            return []
        interests = self._get_interest_cards()
        if not self._has_seat(Domain("is_scoring", "=", True)):
            return interests
        model, now = "emulation.scoresheet", fields.Datetime.now()
        mine = [("user_id", "=", self.env.uid), ("session_id.state", "=", "scoring")]
        to_score = [*mine, ("state", "=", "draft")]
        session, to_vote = "emulation.session", [("waits_for_my_vote", "=", True)]
        # sessions are ordered by day, the latest first
        first = self.env[model].search(to_score, order="session_id desc", limit=1)
        hint = first and self.env._(
            "the next session is on %(day)s", day=self._format_day(first.date_due)
        )
        return [
            *interests,
            self._card("to_score", self.env._("Sheets to score"), model, to_score,
                       late=([("session_id.date", "<", now)],
                             self.env._("session day has passed")), hint=hint or ""),
            self._card("handed_in", self.env._("Sheets handed in"), model,
                       [*mine, ("state", "=", "submitted")]),
            self._card("to_vote", self.env._("Sessions to vote in"), session, to_vote),
        ]  # fmt: skip

    def _get_keeper_cards(self):
        """Sessions of the councils where the user is chair, vice chair or secretary."""
        if not self._has_seat(Domain("role", "!=", "member")):
            return []
        mine = [("is_secretariat", "=", True)]
        now, model = fields.Datetime.now(), "emulation.session"
        past = ([("date", "<", now)], self.env._("past their day"))
        return [
            self._card("my_planned", self.env._("To open for scoring"), model,
                       [*mine, ("state", "=", "planned")], late=past),
            self._card("to_close", self.env._("To close"), model,
                       [*mine, ("state", "=", "scoring")], late=past),
            self._card("to_draft", self.env._("Closed, papers to draft and publish"),
                       model, [*mine, ("state", "=", "closed")]),
        ]  # fmt: skip

    def _get_leader_cards(self):
        if not self._has_role("leader"):
            return []
        year = fields.Date.context_today(self).year
        model, views = "emulation.verdict", ("list", "form")
        published = [("is_published", "=", True)]
        this_year = [*published, ("date", ">=", f"{year}-01-01")]
        last_year = [
            *published,
            ("date", ">=", f"{year - 1}-01-01"),
            ("date", "<", f"{year}-01-01"),
        ]
        return [
            self._card("published", self.env._("Published this year"), model,
                       this_year, views=views),
            self._card("recognised", self.env._("Recognised this year"), model,
                       [*this_year, ("is_pass", "=", True)], views=views),
            self._card("last_year", self.env._("Published last year"), model,
                       last_year, views=views),
            self._card("doubtful", self.env._("Zone of doubt this year"), model,
                       [*this_year, ("is_doubtful", "=", True)], views=views),
        ]  # fmt: skip

    def _get_data_cards(self):
        if not self._has_role("data"):
            return []
        model, decided = "emulation.initiative", ("recognised", "not_recognised")
        view = "emulation.emulation_initiative_view_list_data"
        return [
            self._card("gaps", self.env._("Decided, with gaps"), model,
                       [("has_data_gap", "=", True)], view=view),
            self._card("database", self.env._("Decided in all"), model,
                       [("state", "in", decided)], view=view),
        ]  # fmt: skip

    def _get_rounds(self):
        """Return the open rounds that close first, for those who send or run.

        A standing intake has no last day: its ``date_close`` is False.
        """
        if not self._has_role("officer"):
            return []
        rounds = self.env["emulation.round"].search_fetch(
            [("state", "=", "open")],
            ["name", "date_close", "state"],
            order="date_close, id",
            limit=ROUNDS_SHOWN,
        )
        return [
            {
                "id": rnd.id,
                "name": rnd.name,
                "date_close": fields.Date.to_string(rnd.date_close),
                "days_left": rnd.date_close and rnd.days_left,
            }
            for rnd in rounds
        ]

    # HELPERS

    def _days_ago(self, days):
        return fields.Date.subtract(fields.Date.context_today(self), days=days)

    def _format_day(self, moment):
        """Return the day of a UTC ``moment`` where the user is, as dd/mm/yyyy."""
        local = fields.Datetime.context_timestamp(self, moment)
        return local.strftime("%d/%m/%Y")
