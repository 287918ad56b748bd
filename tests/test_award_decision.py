from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_award import AwardCommon


@tagged("post_install", "-at_install")
class TestAwardAppraisal(AwardCommon):
    """The Award board appraises, votes are counted, refusals are told (R77)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()

    def _submitted(self, **vals):
        nomination = self._nominate(self.verdict, self.officer_a1, **vals)
        nomination.action_submit()
        return nomination

    def test_board_needs_an_opinion(self):
        nomination = self._submitted()
        board = nomination.with_user(self.award_user)
        self.assertTrue(board.can_appraise)
        with self._refused(UserError, "opinion"):
            board.action_appraise()
        self._appraise(nomination)
        self.assertEqual(nomination.appraised_user_id, self.award_user)
        self.assertEqual(nomination.date_appraised, Date.today())

    def test_units_do_not_appraise(self):
        nomination = self._submitted()
        for user in (self.officer_a1, self.movement_user):
            one = nomination.with_user(user)
            self.assertFalse(one.can_appraise)
            with self._refused(AccessError, "entered by the board"):
                one.opinion = "Tốt"
            with self._refused(UserError, "cannot move"):
                one.action_appraise()

    def test_front_award_is_appraised_by_another_officer(self):
        nomination = self._nominate(self.verdict, award_id=self.front_merit.id)
        nomination.action_submit()
        with self._refused(AccessError, "handed it in"):
            self._appraise(nomination, self.movement_user)
        self._appraise(nomination, self.movement2_user)
        self.assertEqual(nomination.state, "appraised")

    def test_nobody_appraises_their_own(self):
        author = self.verdict.initiative_id.author_ids[0].partner_id
        self.award_user.partner_id.email = author.email = "mot.nguoi@example.com"
        nomination = self._submitted()
        self.assertFalse(nomination.with_user(self.award_user).can_appraise)
        with self._refused(AccessError, "receives it"):
            self._appraise(nomination)
        self._appraise(nomination, self.award2_user)

    def test_votes_in_whole_numbers(self):
        self._force(self.merit, needs_ballot=True, ballot_num=90, ballot_den=100)
        nomination = self._submitted()
        with self._refused(UserError, "minutes"):
            self._appraise(nomination)
        minutes = {"minutes_reference": "3/BB", "minutes_date": Date.today()}
        count = {"votes_present": 11, "votes_appointed": 11, **minutes}
        with self._refused(UserError, "Lê Văn Thử"):
            self._appraise(nomination, votes_for=9, **count)
        with (
            mute_logger("odoo.sql_db"),
            self._refused(CheckViolation, "votes_in_order"),
        ):
            self._appraise(nomination, votes_for=12, **count)
            self.env.flush_all()
        self._appraise(nomination, votes_for=10, **count)
        self.assertEqual(nomination.state, "appraised")

    def test_refusal_is_told_to_the_unit(self):
        nomination = self._submitted()
        board = nomination.with_user(self.award_user)
        with self._dialog(board.action_open_refuse(), self.award_user) as form:
            form.reason = "Chưa đủ thời gian áp dụng"
        form.record.action_confirm()
        self.assertEqual(nomination.state, "refused")
        note = nomination.message_ids.filtered(
            lambda one: "Chưa đủ thời gian áp dụng" in (one.body or "")
        )
        told = note.sudo().notified_partner_ids
        self.assertIn(self.officer_a1.partner_id, told)
        self.assertIn(self.head_a1.partner_id, told)

    def test_returned_and_handed_in_again(self):
        nomination = self._submitted()
        board = nomination.with_user(self.award_user)
        with self._dialog(board.action_open_return(), self.award_user) as form:
            form.reason = "Bổ sung báo cáo"
        form.record.action_confirm()
        self.assertEqual(nomination.state, "draft")
        self.assertTrue(board.read(["state"]), "the board still sees it")
        nomination.reason = "Đã bổ sung"
        nomination.action_submit()
        self.assertEqual(nomination.state, "submitted")

    def test_late_is_red(self):
        nomination = self._submitted()
        self.assertFalse(nomination.is_late)
        nomination.sudo().date_due = Date.subtract(Date.today(), days=1)
        self.assertTrue(nomination.is_late)
        found = nomination.search([("is_late", "=", True)])
        self.assertIn(nomination, found)


@tagged("post_install", "-at_install")
class TestAwardDecision(AwardCommon):
    """The signed decision confers, pays and certifies: all of it or nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()

    def _appraised(self, **vals):
        nomination = self._nominate(self.verdict, **vals)
        nomination.action_submit()
        self._appraise(nomination)
        return nomination

    def test_from_the_proposal_to_the_certificate(self):
        nominations = self._appraised() | self._appraised(author=1)
        proposal = self._propose(nominations)
        self.assertEqual(proposal.decider_unit_id, self.committee)
        self.assertEqual(set(nominations.mapped("state")), {"proposed"})
        paper = self._paper(proposal.action_draft_decision())
        self.assertIn("Tờ trình số", paper.sudo().basis)
        self.assertIn("Lê Văn Thử", paper.sudo().body)
        paper.with_user(self.chairman).action_sign()
        self.assertEqual(paper.sudo().state, "signed")
        self.assertEqual(proposal.state, "decided")
        amount = self.merit._get_amount(self.person, Date.today())
        self.assertGreater(amount, 0)
        self.assertRecordValues(
            nominations,
            [
                {
                    "state": "conferred",
                    "document_id": paper.id,
                    "date_conferred": Date.today(),
                    "amount_fixed": amount,
                }
            ]
            * 2,
        )
        certificates = nominations.sudo().certificate_ids
        self.assertEqual(len(certificates), 2)
        self.assertEqual(certificates.award_id, self.merit)
        self.assertEqual(set(certificates.mapped("title")), {"Bằng khen thử nghiệm"})
        self.assertEqual(
            sum(nominations.sudo().payment_ids.mapped("amount")), 2 * amount
        )

    def test_the_check_page_says_what_the_paper_says(self):
        nomination = self._confer(self.verdict, citation="Đã có thành tích thử")
        certificate = nomination.sudo().certificate_ids
        self.assertTrue(certificate)
        page = self.env["ir.qweb"]._render(
            "emulation.check_certificate", {"certificate": certificate}
        )
        self.assertIn("Đã có thành tích thử", page)

    def test_decision_of_the_wrong_level(self):
        proposal = self._propose(self._appraised(), decider_unit_id=self.district_a.id)
        self.district_a.document_symbol = "UBND-A"
        head = self._create_head("head_district", self.district_a, "Chủ tịch")
        with self._refused(UserError, "cannot give"):
            self._decide_award(proposal, head)
        self.assertEqual(proposal.state, "proposed")
        self.assertFalse(proposal.nomination_ids.sudo().certificate_ids)

    def test_award_that_has_ended_meanwhile(self):
        nomination = self._appraised()
        proposal = self._propose(nomination)
        paper = self._paper(proposal.action_draft_decision())
        self._force(self.merit, date_end="2019-12-31")
        with self._refused(UserError, "may be given on"):
            paper.with_user(self.chairman).action_sign()
        self.assertEqual(nomination.state, "proposed")
        self.assertFalse(nomination.amount_fixed)

    def test_past_the_quota(self):
        nominations = self._appraised() | self._appraised(author=1)
        proposal = self._propose(nominations)
        self._force(self.merit, quota=1)
        with self._refused(UserError, "Places of"):
            self._decide_award(proposal)
        self.assertEqual(set(nominations.mapped("state")), {"proposed"})

    def test_signed_once(self):
        proposal = self._propose(self._appraised())
        self._decide_award(proposal)
        with self._refused(UserError, "while it is not decided"):
            proposal.action_draft_decision()

    def test_two_drafts_confer_once(self):
        proposal = self._propose(self._appraised())
        first = self._paper(proposal.action_draft_decision())
        second = self.env["emulation.document"]._create_from_source(
            proposal.sudo(), "QĐ"
        )
        first.with_user(self.chairman).action_sign()
        with self._refused(UserError, "too late"):
            second.with_user(self.chairman).action_sign()

    def test_who_is_honoured_does_not_sign(self):
        author = self.verdict.initiative_id.author_ids[0].partner_id
        proposal = self._propose(self._appraised())
        paper = self._paper(proposal.action_draft_decision())
        self.chairman.partner_id.email = author.email = "chu.tich@example.com"
        with self._refused(UserError, "A deputy"):
            paper.with_user(self.chairman).action_sign()
        deputy = self._create_user("deputy_u", "officer", self.committee, "deputy")
        paper.sudo().unlink()
        paper = self._paper(proposal.action_draft_decision())
        self.assertEqual(paper.sudo().issuer_ids.signer_user_id, deputy)
        self.assertEqual(paper.sudo().issuer_ids.authority, "kt")

    def test_list_is_nobodys_to_edit(self):
        proposal = self._propose(self._appraised())
        paper = self._paper(proposal.action_draft_decision()).sudo()
        paper.body = paper.body.replace("Lê Văn Thử", "Người Khác")
        with self._refused(UserError, "table of results"):
            paper.with_user(self.chairman).action_sign()

    def test_only_what_is_appraised_is_proposed(self):
        nomination = self._nominate(self.verdict)
        nomination.action_submit()
        proposals = self.env["emulation.proposal"].with_user(self.award_user)
        proposal = proposals.create(
            {"award_id": self.merit.id, "unit_id": self.board_unit.id}
        )
        with self._refused(UserError, "not passed its appraisal"):
            nomination.with_user(self.award_user).proposal_id = proposal
        with self._refused(UserError, "lists nobody"):
            proposal.action_draft_proposal()

    def test_proposal_from_a_selection(self):
        nomination = self._appraised().with_user(self.award_user)
        action = nomination.action_open_proposal()
        proposal = self.env["emulation.proposal"].browse(action["res_id"])
        self.assertEqual(proposal.nomination_ids, nomination)
        self.assertEqual(proposal.unit_id, self.board_unit)

    def test_author_is_told_of_the_own_award_alone(self):
        dossier = self.verdict.initiative_id
        first, second = (
            new_test_user(
                self.env,
                login=f"author_{number}",
                groups="base.group_portal",
                partner_id=one.partner_id.id,
                name=one.partner_id.name,
            )
            for number, one in enumerate(dossier.sudo().author_ids)
        )
        nomination = self._appraised()
        own = dossier.with_user(first)
        self.assertEqual(own._get_author_awards(), [], "not decided yet")
        paper = self._decide_award(self._propose(nomination))
        (told,) = own._get_author_awards()
        self.assertEqual(told["award"], "Bằng khen thử nghiệm")
        self.assertEqual(told["decision"], paper.sudo().reference)
        self.assertIn("/emulation/check/", told["certificate_url"])
        self.assertFalse(told["is_revoked"])
        self.assertEqual(dossier.with_user(second)._get_author_awards(), [])
        with self._refused(AccessError, "."):
            dossier.with_user(self.internal_user)._get_author_awards()
        nomination.sudo()._revoke("Gian dối", paper.sudo())
        (told,) = own._get_author_awards()
        self.assertEqual((told["is_revoked"], told["reason"]), (True, "Gian dối"))

    def test_one_proposal_is_gone_on_with(self):
        first, second = self._appraised(), self._appraised(author=1)
        board = first.with_user(self.award_user)
        self.assertTrue(board.can_propose)
        self.assertFalse(first.with_user(self.officer_a1).can_propose)
        proposal = self.env["emulation.proposal"].browse(
            board.action_open_proposal()["res_id"]
        )
        self.assertFalse(board.can_propose, "it is on the list")
        again = second.with_user(self.award_user).action_open_proposal()
        self.assertEqual(again["res_id"], proposal.id)
        self.assertEqual(proposal.nomination_ids, first | second)

    def test_a_drafted_proposal_is_left_as_it_is(self):
        first, second = self._appraised(), self._appraised(author=1)
        board = first.with_user(self.award_user)
        proposal = self.env["emulation.proposal"].with_user(self.award_user)
        proposal = proposal.browse(board.action_open_proposal()["res_id"])
        proposal.action_draft_proposal()
        again = second.with_user(self.award_user).action_open_proposal()
        self.assertNotEqual(again["res_id"], proposal.id)

    def test_board_prints_the_certificates_of_its_awards(self):
        nomination = self._confer(self.verdict)
        proposal = nomination.sudo().proposal_id.with_user(self.award2_user)
        self.assertEqual(proposal.certificate_count, 1)
        action = proposal.action_view_certificates()
        board = self.env["emulation.certificate"].with_user(self.award2_user)
        found = board.search(action["domain"])
        self.assertEqual(found.sudo(), nomination.sudo().certificate_ids)
        self.assertTrue(found.action_print())
        others = self.verdict.sudo().initiative_id.certificate_ids
        recognition = others.filtered(lambda one: not one.nomination_id)
        self.assertTrue(recognition)
        self.assertFalse(board.search([("id", "in", recognition.ids)]))

    def test_struck_off_before_the_decision(self):
        nominations = self._appraised() | self._appraised(author=1)
        proposal = self._propose(nominations)
        board = nominations[1].with_user(self.award_user)
        with self._dialog(board.action_open_refuse(), self.award_user) as form:
            form.reason = "Có đơn phản ánh"
        form.record.action_confirm()
        self._decide_award(proposal)
        self.assertEqual(nominations.mapped("state"), ["conferred", "refused"])


@tagged("post_install", "-at_install")
class TestNominationAccess(AwardCommon):
    """Who reads which nomination."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()
        cls.draft = cls._nominate(cls.verdict, cls.officer_a1)

    def _sees(self, user, nomination):
        found = self.env["emulation.nomination"].with_user(user)
        return bool(found.search([("id", "=", nomination.id)]))

    def test_drafts_are_the_units_own(self):
        for user in (self.officer_a1, self.officer_a, self.movement_user):
            self.assertTrue(self._sees(user, self.draft), user.login)
        for user in (
            self.officer_a2,
            self.officer_b1,
            self.award_user,
            self.leader_user,
        ):
            self.assertFalse(self._sees(user, self.draft), user.login)
        for user in (self.finance_user, self.member1_user, self.internal_user):
            with self.assertRaises(AccessError):
                self._sees(user, self.draft)

    def test_board_reads_what_was_handed_in_and_leaders_what_is_conferred(self):
        self.draft.action_submit()
        self.assertTrue(self._sees(self.award_user, self.draft))
        self.assertFalse(self._sees(self.leader_user, self.draft))
        self._appraise(self.draft)
        self._decide_award(self._propose(self.draft))
        self.assertTrue(self._sees(self.leader_user, self.draft))
        leader = self.draft.with_user(self.leader_user)
        self.assertEqual(leader.recipient_name, "Lê Văn Thử")
        self.assertFalse(leader.has_access("write"))
        with self._refused(UserError, "stays as it is"):
            leader.citation = "Khác"

    def test_officers_of_other_units_do_not_nominate_here(self):
        with self.assertRaises(AccessError):
            self._nominate(self.verdict, self.officer_b1)

    def test_no_link_tells_a_title(self):
        title = self.verdict.initiative_id.name
        mine = {"unit_id": self.commune_b1.id, "verdict_id": self.verdict.id}
        with self.assertRaises(AccessError) as refusal, self.env.cr.savepoint():
            self._nominate(self.verdict, self.officer_b1, **mine)
        self.assertNotIn(title, str(refusal.exception))
        nominations = self.env["emulation.nomination"].with_user(self.officer_b1)
        spec = {"verdict_id": {}, "entry_name": {}, "citation": {}, "reason": {}}
        told = nominations.onchange(mine, ["verdict_id"], spec)
        self.assertNotIn(title, str(told))

    def test_what_a_rpc_may_not_write(self):
        officer = self.draft.with_user(self.officer_a1)
        for vals in (
            {"amount_fixed": 1},
            {"decision_reference": "1/QĐ"},
            {"date_due": "2030-01-01"},
            {"appraised_user_id": self.officer_a1.id},
            {"central_reference": "1/QĐ"},
        ):
            with self.subTest(vals), self._refused(AccessError, "."):
                officer.write(vals)
        with self._refused(UserError, "stays as it is"):
            officer.opinion = "Tốt"
