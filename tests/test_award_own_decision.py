from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import HttpCase, tagged

from .common_own_award import OwnAwardCommon


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

    def test_a_list_is_for_its_award_and_year(self):
        """What is listed is not taken along into another award, year or room."""
        proposal = self._list(self._approved())
        award = self._create_award("BK-K", "Another award (test)", "Bằng khen khác")
        for vals in ({"award_id": award.id}, {"year": 2031}):
            with self._refused((UserError, AccessError), "(?s).*"):
                proposal.write(vals)
        self.assertEqual(proposal.award_id, self.own)
        self.assertEqual(proposal.nomination_ids.year, proposal.year)
        paper = self._paper(proposal.action_draft_decision())
        paper.with_user(self.head_a1).action_sign()
        with self._refused(UserError, "(?s).*"):
            proposal.name = "Tên khác"

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
        # on the first day of a year the year is refused before
        with self._refused(UserError, "dated before|in the year"):
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
        return self._get_card(user, key).get("count")


@tagged("post_install", "-at_install")
class TestTourOwnAward(OwnAwardCommon, HttpCase):
    def test_head_decides(self):
        nomination = self._give("Người Được Khen")
        nomination.action_submit()
        self.start_tour(
            "/odoo/emulation-own-awards", "emulation_own_award_tour", login="head_a1"
        )
        self.assertEqual(nomination.state, "conferred")
