from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .common_award import AwardCommon


@tagged("post_install", "-at_install")
class TestAwardAfterwards(AwardCommon):
    """Money, revocation, and the way to the centre."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()

    def _pay(self, nomination):
        payment = nomination.sudo().payment_ids.with_user(self.finance_user)
        payment.reference = "PC 12"
        payment.action_pay()
        return payment

    def test_finance_pays_with_a_voucher(self):
        payment = self._confer(self.verdict).sudo().payment_ids
        payment = payment.with_user(self.finance_user)
        with self._refused(UserError, "voucher"):
            payment.action_pay()
        payment.reference = "PC 12"
        payment.date_paid = Date.add(Date.today(), days=1)
        with self._refused(UserError, "in the future"):
            payment.action_pay()
        payment.date_paid = False
        payment.action_pay()
        self.assertEqual(payment.date_paid, Date.today())
        self.assertEqual(payment.paid_user_id, self.finance_user)
        with self._refused(UserError, "cannot be entered now"):
            payment.reference = "PC 13"
        with self._refused(AccessError, "workflow"):
            payment.amount = 1
        payment.action_take_back()
        self.assertEqual((payment.state, payment.date_paid), ("due", False))

    def test_finance_sees_the_money_and_nothing_else(self):
        nomination = self._confer(self.verdict)
        for record in (nomination, nomination.proposal_id, nomination.item_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.finance_user).read(["display_name"])
        payments = self.env["emulation.award.payment"].with_user(self.finance_user)
        self.assertTrue(payments.search([("nomination_id", "=", nomination.id)]))
        self.assertFalse(payments.with_user(self.officer_a1).search([]))
        for user in (self.leader_user, self.internal_user):
            with self.assertRaises(AccessError):
                payments.with_user(user).search([])

    def test_nobody_pays_themselves(self):
        author = self.verdict.initiative_id.author_ids[0].partner_id
        payment = self._confer(self.verdict).sudo().payment_ids
        self.finance_user.partner_id.email = author.email = "tien@example.com"
        payment = payment.with_user(self.finance_user)
        payment.reference = "PC 1"
        with self._refused(UserError, "cannot move"):
            payment.action_pay()

    def _revoking_paper(self, unit=None, signer=None):
        paper = self.env["emulation.document"].create(
            {
                "kind_id": self.env.ref("emulation.document_kind_qd").id,
                "unit_id": (unit or self.committee).id,
                "subject": "Về việc thu hồi Bằng khen",
                "body": "<p>Điều 1. Thu hồi.</p>",
                "basis": "Căn cứ Luật",
            }
        )
        paper.issuer_ids.position = "CHỦ TỊCH"
        paper.with_user(signer or self.chairman).action_sign()
        return paper

    def test_who_has_not_given_it_does_not_revoke_it(self):
        nomination = self._confer(self.verdict).with_user(self.manager_user)
        paper = self._revoking_paper(self.province, self.head_province)
        with self._refused(UserError, "Tỉnh Thử Nghiệm and cannot revoke"):
            nomination.action_revoke("Gian dối", paper.id)
        self.assertEqual(nomination.state, "conferred")

    def test_another_unit_of_the_kind_does_not_revoke_it(self):
        """Who gives awards of its own level takes back its own alone (R41)."""
        other = self._create_unit(
            "UB-KHAC", "Ủy ban khác", "government", "province", self.province,
            document_symbol="UBND2", place_name="Nơi khác",
        )  # fmt: skip
        head = self._create_head("head_other", other, "Chủ tịch")
        nomination = self._confer(self.verdict).with_user(self.manager_user)
        paper = self._revoking_paper(other, head)
        with self._refused(UserError, "Ủy ban khác and cannot revoke"):
            nomination.action_revoke("Gian dối", paper.id)
        self.assertEqual(nomination.state, "conferred")

    def test_fraud_takes_certificate_and_money_back(self):
        nomination = self._confer(self.verdict)
        payment = self._pay(nomination)
        manager = nomination.with_user(self.manager_user)
        paper = self._revoking_paper()
        with self._refused(UserError, "signed decision"):
            manager.action_revoke("Gian dối")
        with self._refused(UserError, "cannot move"):
            nomination.with_user(self.movement_user).action_revoke("Gian dối", paper.id)
        with self._dialog(manager.action_open_revoke(), self.manager_user) as form:
            form.reason = "Kê khai gian dối"
            form.revoking_document_id = paper.with_user(self.manager_user)
        form.record.action_confirm()
        self.assertEqual(nomination.state, "revoked")
        certificate = nomination.sudo().certificate_ids
        self.assertEqual(certificate.state, "revoked")
        self.assertEqual(certificate.revoking_document_id, paper)
        self.assertEqual(payment.state, "to_recover")
        with self._refused(UserError, "voucher"):
            payment.action_recover()
        payment.recovery_reference = "PT 5"
        payment.action_recover()
        self.assertEqual(payment.date_recovered, Date.today())
        entry = self.env["emulation.log"].sudo()._get_last(nomination, "revoked")
        self.assertTrue(entry)

    def test_what_is_not_paid_is_not_paid_any_more(self):
        nomination = self._confer(self.verdict)
        decision = nomination.sudo().document_id
        decision.with_user(self.manager_user).action_revoke("Ban hành nhầm")
        self.assertEqual(nomination.state, "revoked")
        self.assertEqual(nomination.proposal_id.sudo().state, "revoked")
        self.assertEqual(nomination.sudo().payment_ids.state, "cancelled")
        # the year is free for another nomination
        self.assertTrue(self._nominate(self.verdict).is_eligible)

    def test_revoked_proposal_goes_back_to_the_board(self):
        nomination = self._nominate(self.verdict)
        nomination.action_submit()
        self._appraise(nomination)
        proposal = self._propose(nomination)
        paper = proposal.sudo()._get_signed("TTr")
        paper.with_user(self.manager_user).action_revoke("Sai danh sách")
        self.assertEqual((nomination.state, proposal.state), ("appraised", "draft"))

    def test_proposal_of_a_decision_stands(self):
        nomination = self._confer(self.verdict)
        paper = nomination.proposal_id.sudo()._get_signed("TTr")
        with self._refused(UserError, "led to a decision"):
            paper.with_user(self.manager_user).action_revoke("Sai")

    def test_to_the_centre_and_back(self):
        nomination = self._nominate(self.verdict, award_id=self.central.id)
        nomination.action_submit()
        self.assertFalse(nomination.with_user(self.award_user).can_appraise)
        proposals = self.env["emulation.proposal"].with_user(self.movement_user)
        proposal = proposals.create(
            {
                "award_id": self.central.id,
                "unit_id": self.province.id,
                "addressee": "Hội đồng thẩm định sáng tạo Trung ương",
            }
        )
        self.assertFalse(proposal.decider_unit_id)
        proposal.action_fill()
        paper = self._paper(proposal.action_draft_proposal())
        paper.with_user(self.head_province).action_sign()
        self.assertEqual(nomination.state, "sent")
        self.assertEqual(nomination.date_sent, Date.today())
        with self._refused(UserError, "decided there"):
            proposal.action_draft_decision()
        with self._refused(UserError, "number and date"):
            nomination.action_record_result()
        nomination.central_reference = "861/QĐ-MTTW-BTT"
        nomination.central_date = Date.subtract(Date.today(), days=1)
        with self._refused(UserError, "Correct the days"):
            nomination.action_record_result()
        nomination.central_date = Date.today()
        nomination.action_record_result()
        self.assertEqual(nomination.state, "conferred")
        self.assertEqual(nomination.decision_reference, "861/QĐ-MTTW-BTT")
        self.assertFalse(nomination.sudo().payment_ids)
        nomination.publication_note = "Gương người Việt, tr. 45"
        with self._refused(UserError, "stays as it is"):
            nomination.central_reference = "1/QĐ"

    def test_sender_of_a_batch_reads_what_came_of_it(self):
        dossier = self._create_initiative("Trong đợt gửi")
        dossier.action_submit()
        batch = (
            self.env["emulation.transmittal"]
            .with_user(self.officer_a1)
            .create({"unit_id": self.commune_a1.id, "round_id": self.round.id})
        )
        batch.action_fill()
        line = batch.line_ids
        self.assertFalse(line.award_outcome)
        nomination = self._confer(self.verdict)
        nomination.sudo().flush_recordset()
        line.sudo().initiative_id = self.verdict.initiative_id
        line.invalidate_recordset()
        self.assertEqual(line.award_outcome, "Bằng khen thử nghiệm (conferred)")
