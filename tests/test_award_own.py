from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .common_award import AwardCommon


class OwnAwardCommon(AwardCommon):
    """A commune that gives its own giấy khen, to people of its school as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a1.write({"document_symbol": "UBND", "place_name": "An Một"})
        line = cls.commune_a1.officer_ids.filtered(lambda one: one.role == "head")
        line.position = "Chủ tịch"
        cls.deputy_a1 = cls._create_user(
            "deputy_a1", "officer", cls.commune_a1, "deputy"
        )
        cls.officer_school = cls._create_user("officer_school", "officer", cls.school)
        cls.own = cls._create_award(
            "GK-T", "Commendation of the head (test)", "Giấy khen", level_id=False
        )

    @classmethod
    def _give(cls, name="Người Lao Động", user=None, **vals):
        """Create a complete draft of the commune's own award."""
        partner = cls.env["res.partner"].create({"name": name})
        nominations = cls.env["emulation.nomination"].with_user(user or cls.officer_a1)
        nomination = nominations.create(
            {
                "award_id": cls.own.id,
                "unit_id": cls.commune_a1.id,
                "recipient_kind_id": cls.person.id,
                "partner_id": partner.id,
                "citation": "Đã có thành tích",
                "reason": "Làm tốt",
                **vals,
            }
        )
        nomination.item_ids.filtered("is_mandatory").is_done = True
        return nomination

    @classmethod
    def _approved(cls, *args, **vals):
        nomination = cls._give(*args, **vals)
        nomination.action_submit()
        return cls._appraise(nomination, cls.head_a1)

    @classmethod
    def _list(cls, nominations, user=None):
        action = nominations.with_user(user or cls.officer_a1).action_open_proposal()
        proposal = cls.env["emulation.proposal"].browse(action["res_id"])
        return proposal.with_user(user or cls.officer_a1)


@tagged("post_install", "-at_install")
class TestAwardDecider(AwardCommon):
    """The catalogue says who decides and who appraises."""

    def test_by_track_and_level(self):
        province = self.env.ref("emulation.unit_level_province").id
        commune = self.env.ref("emulation.unit_level_commune").id
        central = self.env.ref("emulation.unit_level_central").id
        for vals, expected in (
            ({"track": "state", "level_id": province}, ("government", "board")),
            ({"track": "state", "level_id": commune}, ("government", "decider")),
            ({"track": "state", "level_id": False}, ("unit", "decider")),
            ({"track": "front", "level_id": province}, ("front", "decider")),
            ({"track": "state", "level_id": central}, ("elsewhere", "board")),
            ({"track": "central", "level_id": central}, ("elsewhere", "board")),
        ):
            award = self.env["emulation.award"].create(
                {"name": "Thử", "code": "THU-D", "printed_name": "Thử", **vals}
            )
            with self.subTest(vals):
                self.assertEqual((award.decider, award.appraised_by), expected)
                award.appraised_by = "board"
                self.assertEqual(award.appraised_by, "board", "data, not a formula")

    def test_the_catalogue_of_the_law(self):
        for name, expected in (
            ("gk", ("unit", "decider")),
            ("gk_2018", ("unit", "decider")),
            ("gk_xa", ("government", "decider")),
            ("cstd_cs", ("unit", "decider")),
            ("bk_front", ("front", "decider")),
            ("bk_tinh", ("government", "board")),
            ("bk_ttg", ("elsewhere", "board")),
        ):
            award = self.env.ref(f"emulation.award_{name}")
            with self.subTest(name):
                self.assertEqual((award.decider, award.appraised_by), expected)

    def test_contradictions_keep_it_out_of_force(self):
        award = self.merit.copy({"code": "THU-M"})
        award.decider = "elsewhere"
        self.assertIn("contradict", award.fault_text)
        award.write({"track": "central"})
        award.appraised_by = "decider"
        self.assertIn("appraised here by the Award board", award.fault_text)

    def test_in_force_it_is_fixed(self):
        with self._refused(UserError, "new version"):
            self.merit.with_user(self.manager_user).appraised_by = "decider"


@tagged("post_install", "-at_install")
class TestOwnNomination(OwnAwardCommon):
    """A unit's own award: prepared by its officer, appraised by its head."""

    def test_officer_prepares_head_appraises(self):
        with Form(self.env["emulation.nomination"].with_user(self.officer_a1)) as form:
            form.award_id = self.own
            form.partner_id = self.env["res.partner"].create({"name": "Lê Thị Tốt"})
            form.citation = "Đã có thành tích"
            form.reason = "Làm tốt"
            self.assertEqual(form.decider_unit_id, self.commune_a1)
        nomination = form.record
        nomination.item_ids.filtered("is_mandatory").is_done = True
        nomination.action_submit()
        self.assertEqual(nomination.date_due, self.own._get_appraisal_due(Date.today()))
        told = nomination.sudo().message_ids.notified_partner_ids
        self.assertEqual(told, (self.head_a1 | self.deputy_a1).partner_id)
        head = nomination.with_user(self.head_a1)
        self.assertTrue(head.can_appraise and head.can_refuse and head.can_return)
        self._appraise(nomination, self.head_a1)
        self.assertEqual(nomination.appraised_user_id, self.head_a1)
        self.assertTrue(nomination.can_put_up)

    def test_nobody_else_appraises(self):
        nomination = self._give()
        nomination.action_submit()
        for user in (self.officer_a1, self.movement_user, self.officer_a):
            one = nomination.with_user(user)
            self.assertFalse(one.can_appraise, user.login)
            with self._refused(AccessError, "appraised by the head of"):
                one.opinion = "Tốt"
            with self._refused(UserError, "cannot move"):
                one.action_appraise()

    def test_who_decides_comes_back_with_a_reform_undone(self):
        nomination = self._give().sudo()
        paper = self._list(self._approved("Người Khác")).sudo()
        (nomination | paper.nomination_ids).flush_recordset()
        event = (
            self.env["emulation.unit.succession"]
            .with_user(self.manager_user)
            .create(
                {
                    "kind": "merge",
                    "date": "2025-07-01",
                    "legal_text": "Nghị quyết số 1/NQ",
                    "predecessor_ids": self.commune_a1.ids,
                    "line_ids": [Command.create({"unit_id": self.commune_a2.id})],
                }
            )
        )
        event.action_apply()
        self.assertNotEqual(nomination.decider_unit_id, self.commune_a1)
        self.assertNotEqual(paper.decider_unit_id, self.commune_a1)
        event.action_undo()
        self.assertEqual(nomination.unit_id, self.commune_a1)
        self.assertEqual(nomination.decider_unit_id, self.commune_a1)
        self.assertEqual(paper.decider_unit_id, self.commune_a1)

    def test_sibling_and_award_board_see_nothing(self):
        nomination = self._give()
        nomination.action_submit()
        proposal = self._list(self._approved("Người Khác"))
        for user in (self.officer_a2, self.officer_b1, self.award_user):
            for record in (nomination, nomination.item_ids, proposal):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
                found = record.with_user(user).search([("id", "in", record.ids)])
                self.assertFalse(found, user.login)
        self.assertTrue(proposal.with_user(self.head_a1).read(["name"]))

    def test_head_who_is_honoured_leaves_it_to_the_deputy(self):
        nomination = self._give(partner_id=self.head_a1.partner_id.id)
        nomination.action_submit()
        self.assertFalse(nomination.with_user(self.head_a1).can_appraise)
        with self._refused(AccessError, "receives it"):
            self._appraise(nomination, self.head_a1)
        self._appraise(nomination, self.deputy_a1)
        paper = self._paper(self._list(nomination).action_draft_decision())
        self.assertEqual(paper.sudo().issuer_ids.signer_user_id, self.deputy_a1)

    def test_head_who_handed_it_in_does_not_decide(self):
        nomination = self._give(user=self.head_a1)
        nomination.action_submit()
        with self._refused(AccessError, "handed it in"):
            self._appraise(nomination, self.head_a1)

    def test_without_anybody_to_decide_it_is_not_handed_in(self):
        self.commune_a1.officer_ids.filtered(lambda one: one.role == "deputy").unlink()
        nomination = self._give(partner_id=self.head_a1.partner_id.id)
        with self._refused(UserError, "Nobody can decide"):
            nomination.action_submit()

    def test_a_unit_does_not_commend_itself(self):
        vals = {
            "recipient_kind_id": self.collective.id,
            "partner_id": False,
            "recipient_unit_id": self.commune_a1.id,
        }
        with self._refused(UserError, "Nobody can decide"):
            self._give(**vals).action_submit()

    def test_decider_is_the_unit_or_one_above_it(self):
        nomination = self._give(user=self.officer_school, unit_id=self.school.id)
        self.assertEqual(nomination.decider_unit_id, self.commune_a1)
        nomination.decider_unit_id = self.school
        with self._refused(ValidationError, "does not decide"):
            nomination.decider_unit_id = self.commune_a2
        nomination.decider_unit_id = self.commune_a1
        nomination.action_submit()
        with self._refused(UserError, "stays as it is"):
            nomination.decider_unit_id = self.school
        self._appraise(nomination, self.head_a1)
        with self._refused(AccessError, "prepared by"):
            nomination.action_open_proposal()

    def test_commune_chairman_outside_the_path(self):
        """The People's Committee of a commune stands beside its school."""
        committee = self._create_unit(
            "T35A1U",
            "Ủy ban nhân dân xã An Một",
            "government",
            "commune",
            self.commune_a1,
            document_symbol="UBND",
        )
        chairman = self._create_head("chairman_a1", committee, "Chủ tịch")
        award = self._create_award(
            "GKX-T",
            "Commendation of the commune (test)",
            "Giấy khen của Chủ tịch xã",
            level_id=self.env.ref("emulation.unit_level_commune").id,
        )
        nomination = self._give(
            user=self.officer_school, unit_id=self.school.id, award_id=award.id
        )
        self.assertEqual(nomination.decider_unit_id, committee)
        nominations = self.env["emulation.nomination"].with_user(chairman)
        mine = [("id", "=", nomination.id)]
        self.assertFalse(nominations.search(mine), "a draft is the unit's own")
        nomination.action_submit()
        self.assertTrue(nominations.search(mine))
        self.assertTrue(nomination.item_ids.with_user(chairman).read(["name"]))
        with self._refused(AccessError, "written by the unit"):
            one = self._returned(nomination, chairman)
            one.reason = "Viết hộ"
        self._appraise(nomination, chairman)
        proposal = self._list(nomination, chairman)
        self._decide_award(proposal, chairman)
        self.assertEqual(nomination.state, "conferred")

    def _returned(self, nomination, user):
        action = nomination.with_user(user).action_open_return()
        with self._dialog(action, user) as form:
            form.reason = "Bổ sung"
        form.record.action_confirm()
        return nomination.with_user(user)

    def test_returned_by_the_head(self):
        nomination = self._give()
        nomination.action_submit()
        self._returned(nomination, self.head_a1)
        self.assertEqual(nomination.state, "draft")
        self.assertEqual(nomination.refuse_reason, "Bổ sung")

    def test_two_heads_may_honour_one_person(self):
        person = self.env["res.partner"].create({"name": "Hai Nơi"})
        self._give(partner_id=person.id)
        self.commune_a2.document_symbol = "UBND"
        self._give(
            user=self.officer_a2, partner_id=person.id, unit_id=self.commune_a2.id
        )
        with (
            mute_logger("odoo.sql_db"),
            self._refused(UniqueViolation, "one_per_person"),
        ):
            self._give(partner_id=person.id)
            self.env.flush_all()

    def test_quota_is_of_each_unit(self):
        self._force(self.own, quota=1)
        self._approved()
        second = self._give("Người Thứ Hai")
        self.assertIn("taken by others: 1", second.problem)
        self.commune_a2.document_symbol = "UBND"
        other = self._give(user=self.officer_a2, unit_id=self.commune_a2.id)
        self.assertTrue(other.is_eligible, other.problem)

    def test_front_appraises_its_own_without_the_board(self):
        nomination = self._give(award_id=self.front_merit.id)
        self.assertEqual(nomination.decider_unit_id, self.province)
        nomination.action_submit()
        with self.assertRaises(AccessError):
            nomination.with_user(self.award_user).read(["state"])
        self._appraise(nomination, self.movement_user)
        proposal = self._list(nomination, self.movement_user)
        paper = self._decide_award(proposal, self.head_province)
        self.assertEqual(paper.sudo().issuer_ids.authority, "tm")
        self.assertEqual(nomination.state, "conferred")

    def test_no_unit_of_the_level(self):
        award = self._create_award(
            "GKX-K",
            "Commendation of the commune (test)",
            "Giấy khen",
            level_id=self.env.ref("emulation.unit_level_commune").id,
        )
        nomination = self._give(award_id=award.id)
        self.assertFalse(nomination.decider_unit_id)
        with self._refused(UserError, "No unit here decides"):
            nomination.action_submit()


@tagged("post_install", "-at_install")
class TestOwnDecision(OwnAwardCommon):
    """The decision of the unit's own register confers, pays and certifies."""

    def test_from_the_list_to_the_golden_book(self):
        nominations = self._approved() | self._approved("Người Thứ Hai")
        proposal = self._list(nominations)
        self.assertEqual(proposal.decider_unit_id, self.commune_a1)
        self.assertTrue(proposal.can_decide)
        paper = self._paper(proposal.action_draft_decision())
        self.assertEqual(paper.sudo().authority_line, "CHỦ TỊCH XÃ AN MỘT")
        self.assertIn("Xét thành tích", paper.sudo().basis)
        paper.with_user(self.head_a1).action_sign()
        self.assertEqual(paper.sudo().reference, "01/QĐ-UBND")
        self.assertEqual(proposal.state, "decided")
        self.assertEqual(set(nominations.mapped("state")), {"conferred"})
        amount = self.own._get_amount(self.person, Date.today())
        self.assertEqual(nominations.mapped("amount_fixed"), [amount] * 2)
        certificates = nominations[0].with_user(self.officer_a1).certificate_ids
        self.assertEqual(len(certificates), 1)
        book = nominations.sudo().certificate_ids.golden_book_id
        self.assertEqual(book.unit_id, self.commune_a1)
        self.assertEqual(
            nominations.sudo().certificate_ids.mapped("golden_number"), [1, 2]
        )

    def test_unit_pays_what_it_gave(self):
        nomination = self._approved()
        self._decide_award(self._list(nomination), self.head_a1)
        payment = nomination.with_user(self.officer_a1).payment_ids
        self.assertTrue(payment.can_pay)
        payment.reference = "PC 7"
        payment.action_pay()
        self.assertEqual(payment.paid_user_id, self.officer_a1)
        payments = self.env["emulation.award.payment"]
        for user in (self.officer_a2, self.officer_school):
            self.assertFalse(payments.with_user(user).search([]), user.login)
        self.assertFalse(
            payment.with_user(self.award_user).has_access("write"),
            "the board reads and does not pay",
        )

    def test_officer_does_not_pay_themselves(self):
        nomination = self._approved(partner_id=self.officer_a1.partner_id.id)
        self._decide_award(self._list(nomination), self.head_a1)
        payment = nomination.with_user(self.officer_a1).payment_ids
        payment.reference = "PC 7"
        with self._refused(UserError, "cannot move"):
            payment.action_pay()

    def test_units_do_not_pay_what_the_province_gave(self):
        verdict = self._publish()
        payment = self._confer(verdict).sudo().payment_ids
        for user in (self.officer_a1, self.head_a1):
            with self.assertRaises(AccessError):
                payment.with_user(user).read(["payee"])

    def test_head_of_another_unit_does_not_sign(self):
        paper = self._paper(self._list(self._approved()).action_draft_decision())
        head = self._create_head("head_a2", self.commune_a2, "Chủ tịch")
        for user in (head, self.award_user):
            with self.assertRaises(AccessError):
                paper.with_user(user).action_sign()

    def test_a_list_of_two_units_is_refused(self):
        self.commune_a2.document_symbol = "UBND"
        head = self._create_head("head_a2", self.commune_a2, "Chủ tịch")
        other = self._give(user=self.officer_a2, unit_id=self.commune_a2.id)
        other.action_submit()
        self._appraise(other, head)
        mine = self._approved()
        both = (mine | other).with_user(self.officer_a)
        with self._refused(UserError, "one and the same unit"):
            both.action_open_proposal()
        proposal = self._list(mine)
        with self._refused(UserError, "cannot be on"):
            other.with_user(self.officer_a).proposal_id = proposal
        other.sudo().proposal_id = proposal
        paper = self._paper(proposal.action_draft_decision())
        self.env.flush_all()
        self.env.invalidate_all()
        paper.action_refresh_body()
        with self._refused(UserError, "which “Xã An Hai” decides on"):
            paper.with_user(self.head_a1).action_sign()

    def test_fill_takes_the_unit_s_own(self):
        mine = self._approved()
        proposals = self.env["emulation.proposal"].with_user(self.officer_a1)
        proposal = proposals.create(
            {"award_id": self.own.id, "unit_id": self.commune_a1.id}
        )
        with self._refused(UserError, "lists nobody"):
            proposal.action_draft_decision()
        proposal.action_fill()
        self.assertEqual(proposal.nomination_ids, mine)

    def test_award_board_and_province_keep_their_way(self):
        verdict = self._publish()
        nomination = self._nominate(verdict)
        nomination.action_submit()
        self._appraise(nomination)
        proposal = (
            self.env["emulation.proposal"]
            .with_user(self.award_user)
            .create({"award_id": self.merit.id, "unit_id": self.board_unit.id})
        )
        proposal.action_fill()
        self.assertFalse(proposal.can_decide)
        with self._refused(UserError, "once the proposal is signed"):
            proposal.action_draft_decision()
        with self.assertRaises(AccessError):
            proposal.with_user(self.officer_a1).read(["name"])

    def test_board_prepares_nothing_of_a_unit(self):
        proposal = self._list(self._approved())
        with self.assertRaises(AccessError):
            proposal.with_user(self.award_user).name = "Khác"

    def test_unit_below_does_not_prepare_the_decision(self):
        proposals = self.env["emulation.proposal"].with_user(self.officer_school)
        proposal = proposals.create(
            {"award_id": self.own.id, "unit_id": self.school.id}
        )
        self.assertEqual(proposal.decider_unit_id, self.commune_a1)
        self.assertFalse(proposal.can_prepare)
        for method in (proposal.action_fill, proposal.action_draft_decision):
            with self._refused(AccessError, "prepared by"):
                method()
        with self._refused(ValidationError, "does not decide"):
            proposal.decider_unit_id = self.commune_a2

    def test_dated_before_the_appraisal(self):
        paper = self._paper(self._list(self._approved()).action_draft_decision())
        paper.sudo().date_signed = Date.subtract(Date.today(), days=1)
        with self._refused(UserError, "dated before"):
            paper.with_user(self.head_a1).action_sign()

    def test_revoked_with_its_decision(self):
        nomination = self._approved()
        paper = self._decide_award(self._list(nomination), self.head_a1)
        paper.with_user(self.manager_user).action_revoke("Gian dối")
        self.assertEqual(nomination.state, "revoked")
        self.assertEqual(nomination.sudo().certificate_ids.state, "revoked")
        self.assertEqual(nomination.sudo().payment_ids.state, "cancelled")

    def test_board_may_be_asked_by_the_data(self):
        """The same award, appraised by the board: the old way."""
        award = self._create_award(
            "GK-B",
            "Commendation by the board (test)",
            "Giấy khen",
            level_id=False,
            appraised_by="board",
        )
        nomination = self._give(award_id=award.id)
        self.assertFalse(nomination.decider_unit_id)
        nomination.action_submit()
        self.assertFalse(nomination.with_user(self.head_a1).can_appraise)
        self._appraise(nomination)
        self.assertEqual(nomination.state, "appraised")

    def test_my_work(self):
        self._give().action_submit()
        approved = self._approved("Người Thứ Hai")
        self.assertEqual(self._card(self.head_a1, "awards_to_decide"), 1)
        self.assertEqual(self._card(self.officer_a1, "own_awards"), 1)
        self.assertIsNone(self._card(self.officer_a1, "awards_to_decide"))
        self._decide_award(self._list(approved), self.head_a1)
        self.assertIsNone(self._card(self.officer_a1, "own_awards"))
        self.assertEqual(self._card(self.officer_a1, "own_awards_to_pay"), 1)
        for user in (self.officer_a2, self.award_user):
            self.assertIsNone(self._card(user, "awards_to_decide"))

    def _card(self, user, key):
        work = self.env["emulation.my.work"].with_user(user).get_counters()
        cards = [card for section in work["sections"] for card in section["cards"]]
        return next((card["count"] for card in cards if card["key"] == key), None)


@tagged("post_install", "-at_install")
class TestTourOwnAward(OwnAwardCommon, HttpCase):
    def test_head_decides(self):
        nomination = self._give("Người Được Khen")
        nomination.action_submit()
        self.start_tour(
            "/odoo/emulation-own-awards", "emulation_own_award_tour", login="head_a1"
        )
        self.assertEqual(nomination.state, "conferred")
