from odoo.tests import HttpCase, tagged

from .common_award import AwardCommon
from .common_files import SCAN


@tagged("post_install", "-at_install")
class TestTourAward(AwardCommon, HttpCase):
    """Awards in a browser, as those who work with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()

    def test_board_verifies_an_earlier_award(self):
        values = {
            "award_id": self.merit.id,
            "unit_id": self.commune_a1.id,
            "year": 2019,
            "decision_reference": "5/QĐ-UBND",
            "decision_date": "2019-12-20",
            "decided_by": "Chủ tịch",
        }
        paper = {"evidence": SCAN, "evidence_name": "qd-5.pdf"}
        records = self.env["emulation.award.record"].with_user(self.movement_user)
        record, _lacking = records.create(
            [
                {**values, **paper, "recipient_name": "Đủ Giấy"},
                {**values, "recipient_name": "Không Đủ"},
            ]
        )
        self.start_tour(
            "/odoo/emulation-earlier-awards",
            "emulation_earlier_award_tour",
            login="award_user",
        )
        self.assertFalse(record.is_verified)
        self.assertEqual(record.withdrawal_reason, "Quyết định ghi tên người khác")
        events = self.env["emulation.log"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )
        self.assertEqual(set(events.mapped("event")), {"verified", "withdrawn"})

    def test_board_appraises(self):
        nomination = self._nominate(self.verdict)
        nomination.action_submit()
        self.start_tour(
            "/odoo/emulation-appraisals",
            "emulation_award_board_tour",
            login="award_user",
        )
        self.assertEqual(nomination.state, "appraised")
        proposal = (
            self.env["emulation.proposal"]
            .with_user(self.award_user)
            .create({"award_id": self.merit.id, "unit_id": self.board_unit.id})
        )
        self.start_tour(
            f"/odoo/emulation-proposals/{proposal.id}",
            "emulation_award_proposal_tour",
            login="award_user",
        )
        self.assertEqual(proposal.nomination_ids, nomination)

    def test_leader_reads_and_finance_pays(self):
        nomination = self._confer(self.verdict)
        self.start_tour("/odoo", "emulation_award_leader_tour", login="leader_user")
        self.start_tour(
            "/odoo/emulation-award-payments",
            "emulation_award_finance_tour",
            login="finance_user",
        )
        self.assertEqual(nomination.sudo().payment_ids.state, "paid")
