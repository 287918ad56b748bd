from odoo.fields import Command, Date, Datetime
from odoo.tests import HttpCase, tagged

from .common_appraisal import DEMO_SCORES, AppraisalCommon


class MyWorkCommon(AppraisalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what a demo holds is not of this world
        cls.before = {
            user: cls._numbers(user) for user in cls._everybody() if user.active
        }

    @classmethod
    def _everybody(cls):
        return (
            cls.officer_a1
            | cls.head_a1
            | cls.officer_b1
            | cls.movement_user
            | cls.member1_user
            | cls.secretary_user
            | cls.leader_user
        )

    @classmethod
    def _cards(cls, user):
        work = cls.env["emulation.my.work"].with_user(user).get_counters()
        return {
            (section["key"], card["key"]): card
            for section in work["sections"]
            for card in section["cards"]
        }

    @classmethod
    def _numbers(cls, user):
        return {key: card["count"] for key, card in cls._cards(user).items()}

    def _assert_new(self, user, **expected):
        """Compare what has been added since the world was made, by card."""
        before, now = self.before[user], self._numbers(user)
        added = {
            key: count - before.get((section, key), 0)
            for (section, key), count in now.items()
            if count != before.get((section, key), 0)
        }
        self.assertEqual(added, expected, user.login)


@tagged("post_install", "-at_install")
class TestMyWork(MyWorkCommon):
    def test_head_is_told_of_the_batches_to_send(self):
        waiting = self._create_initiative("Chờ gửi")
        waiting.action_submit()
        batches = self.env["emulation.transmittal"].with_user(self.officer_a1)
        vals = {"unit_id": self.commune_a1.id, "round_id": self.round.id}
        batch = batches.create(vals)
        self._assert_new(self.head_a1, submitted=1, to_endorse=1, batches=1)
        batch.line_ids = [Command.create({"initiative_id": waiting.id})]
        self._assert_new(self.head_a1, submitted=1, to_endorse=1, batches=1, to_send=1)
        self._assert_new(self.officer_a1, submitted=1, batches=1)
        self._assert_new(self.officer_b1)
        card = self._cards(self.head_a1)["head", "to_send"]
        found = batches.with_user(self.head_a1).search(card["action"]["domain"])
        self.assertTrue(found and all(found.mapped("can_send")))

    def test_unit_and_head_and_examiner_see_whose_turn_it_is(self):
        self._create_initiative("Nháp")
        waiting = self._create_initiative("Chờ xác nhận")
        waiting.action_submit()
        self._assert_new(self.officer_a1, to_complete=1, submitted=1)
        self._assert_new(self.head_a1, to_complete=1, submitted=1, to_endorse=1)
        self._assert_new(self.officer_b1)
        self._assert_new(self.movement_user)
        waiting.with_user(self.head_a1).action_endorse()
        self._assert_new(self.head_a1, to_complete=1, sent=1)
        self._assert_new(self.movement_user, to_examine=1)

    def test_head_who_is_an_author_calls_the_head_above(self):
        partner = self.head_a1.partner_id
        dossier = self._create_initiative("Của trưởng đơn vị")
        dossier.author_ids[0].sudo().partner_id = partner
        dossier.author_ids._confirm("paper")
        dossier.action_submit()
        self._assert_new(self.head_a1, submitted=1)
        mine = self.env["emulation.initiative"].with_user(self.head_province)
        found = mine.search([("is_my_turn", "=", True), ("id", "=", dossier.id)])
        self.assertTrue(found.is_my_turn)
        self.assertFalse(dossier.with_user(self.head_a1).is_my_turn)
        others = mine.search([("is_my_turn", "!=", True), ("id", "=", dossier.id)])
        self.assertFalse(others)

    def test_what_is_late_is_counted(self):
        self._create_initiative("Sắp hết hạn")
        self.round.date_close = Date.add(Date.today(), days=2)
        card = self._cards(self.officer_a1)["officer", "to_complete"]
        self.assertEqual((card["count"], card["late"]), (1, 1))
        work = self.env["emulation.my.work"].with_user(self.officer_a1).get_counters()
        shown = next(one for one in work["rounds"] if one["id"] == self.round.id)
        self.assertEqual(shown["days_left"], 2)

    def test_a_standing_intake_counts_no_days(self):
        self.round.write({"kind": "standing", "date_close": False})
        # only the first to close are shown, and a demo has rounds of its own
        others = self.env["emulation.round"].search([("state", "=", "open")])
        (others - self.round).write({"state": "closed"})
        work = self.env["emulation.my.work"].with_user(self.officer_a1).get_counters()
        shown = next(one for one in work["rounds"] if one["id"] == self.round.id)
        self.assertEqual((shown["date_close"], shown["days_left"]), (False, False))

    def test_session_from_agenda_to_results(self):
        session = self._open_session(("Sáng kiến Một", "Sáng kiến Hai"))
        self._assert_new(self.member1_user, to_score=2)
        self._assert_new(self.secretary_user, to_close=1)
        self._assert_new(self.movement_user, scoring=1)
        self._assert_new(self.leader_user)
        card = self._cards(self.member1_user)["member", "to_score"]
        self.assertTrue(card["hint"])
        session.sudo().date = Datetime.subtract(Datetime.now(), days=1)
        card = self._cards(self.member1_user)["member", "to_score"]
        self.assertEqual(card["late"], 2)
        self._score(session, self.member1_user, DEMO_SCORES["D2"])
        self._assert_new(self.member1_user, handed_in=2)
        for user in self._scoring_users() - self.member1_user:
            self._score(session, user, DEMO_SCORES["D2"])
        kept = session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        self._assert_new(self.secretary_user, to_draft=1)
        self._assert_new(self.member1_user)
        # secret until published: the leader counts nothing
        self._assert_new(self.leader_user)
        decision = self.env["emulation.document"].browse(
            kept.action_draft_decision()["res_id"]
        )
        signer = self._numbers(self.head_province)
        self.assertEqual(signer["signer", "to_sign"], 1)
        self._sign_minutes(session)
        decision.action_refresh_body()
        decision.with_user(self.head_province).action_sign()
        self._assert_new(self.leader_user, published=2, recognised=2)
        self._assert_new(self.officer_a1, recognised=2)
        self._assert_new(self.movement_user, to_nominate=1)
        letters = self.env["emulation.letter.prepare"].with_user(self.secretary_user)
        letters.create({"session_id": session.id}).action_confirm()
        self._assert_new(self.secretary_user, letters=4)
        self._assert_new(self.movement_user, to_nominate=1, letters=4)
        kept.letter_ids.action_approve()
        kept.letter_ids.action_send()
        self._assert_new(self.secretary_user)

    def test_secretary_without_a_vote_has_no_sheets(self):
        sections = {section for section, _card in self._cards(self.secretary_user)}
        self.assertEqual(sections, {"keeper"})

    def test_members_are_told_once_when_scoring_opens(self):
        session = self._open_session(("Sáng kiến Một", "Sáng kiến Hai"))
        for user in self._scoring_users():
            told = self.env["mail.notification"].search(
                [
                    ("res_partner_id", "=", user.partner_id.id),
                    ("mail_message_id.subject", "like", session.name),
                ]
            )
            self.assertEqual(len(told), 1, user.login)

    def test_every_card_opens_the_list_it_counts(self):
        self._open_session()
        self._create_initiative("Nháp").action_submit()
        for user in self._everybody():
            for key, card in self._cards(user).items():
                action = card["action"]
                listed = self.env[action["res_model"]].with_user(user)
                with self.subTest(user.login, card=key):
                    self.assertEqual(
                        listed.search_count(action["domain"]), card["count"]
                    )
                    self.assertLessEqual(card["late"], card["count"])

    def test_roles_without_work_here_see_none(self):
        work = self.env["emulation.my.work"].with_user(self.internal_user)
        self.assertEqual(work.get_counters(), {"sections": [], "rounds": []})

    def test_awards_to_appraise_and_to_pay(self):
        """Who works on awards alone sees these cards alone."""
        for user, section, expected in (
            (
                self.award_user,
                "award",
                {"to_appraise", "to_propose", "to_decide", "to_verify"},
            ),
            (self.finance_user, "finance", {"award_to_pay", "award_to_recover"}),
        ):
            keys = set(self._cards(user))
            self.assertEqual(keys, {(section, key) for key in expected}, user.login)

    def _count_queries(self):
        """Return the queries on our tables for everybody's first screen, uncached."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertLogs("odoo.sql_db", "DEBUG") as logs:
            for user in self._everybody():
                self._cards(user)
        return sum('FROM "emulation_' in line for line in logs.output)

    def test_queries_do_not_grow_with_the_work(self):
        # one of each first: what there is none of costs a query less
        self._create_initiative("Một").action_submit()
        self._open_session(["Phiên đầu"])
        counts = []
        for _more in range(3):
            counts.append(min(self._count_queries() for _again in range(3)))
            for number in range(10):
                self._create_initiative(f"Thêm {number}").action_submit()
            self._open_session([f"Phiên {number}" for number in range(5)])
        self.assertLessEqual(counts[2], counts[1], counts)


@tagged("post_install", "-at_install")
class TestMyWorkTour(AppraisalCommon, HttpCase):
    def test_officer_goes_from_counter_to_list(self):
        self._create_initiative("Phao cảnh báo đuối nước")
        self.start_tour("/odoo", "emulation_my_work_tour", login="officer_a1")

    def test_finance_officer_finds_no_empty_rooms(self):
        rooms = {
            self.finance_user: {
                "My work",
                "Initiatives",
                "After recognition",
                "Payments to authors",
                "Appraisal",
                "Paper sheets",
                "Commendation",
                "To pay",
                "Awards",
            },
            # anybody may be named as a clerk who enters paper sheets
            self.award_user: {
                "My work",
                "Appraisal",
                "Paper sheets",
                "Commendation",
                "Nominations",
                "To appraise",
                "Proposals",
                "Certificates",
                "To pay",
                "Earlier awards",
                "Awards",
            },
            self.member1_user: {
                "My work",
                "Appraisal",
                "My score sheets",
                "Sessions",
                "Conflicts of interest",
                "Paper sheets",
                "Results",
                "Documents",
                "For My Signature",
            },
        }
        root = self.env.ref("emulation.menu_emulation_root")
        for user, expected in rooms.items():
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual(self._names_below(menus, root.id), expected, user.login)

    def _names_below(self, menus, menu_id):
        names = set()
        for child in menus[menu_id]["children"]:
            names |= {menus[child]["name"]} | self._names_below(menus, child)
        return names
