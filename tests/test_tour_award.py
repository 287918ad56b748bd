from odoo.tests import HttpCase, tagged

from .common_award import AwardCommon


@tagged("post_install", "-at_install")
class TestTourAward(AwardCommon, HttpCase):
    """Awards in a browser, as those who work with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()

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
