from odoo.tests import HttpCase, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestTourResults(AppraisalCommon, HttpCase):
    """Telling results, and hearing who disputes them, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sitting = cls._close(cls._open_session(("Lò đốt rác",)))
        cls._decide(cls.sitting)

    def test_secretary_tells_the_authors(self):
        self.start_tour(
            f"/odoo/emulation-sessions/{self.sitting.id}",
            "emulation_letter_tour",
            login="secretary_user",
        )
        letters = self.sitting.sudo().letter_ids
        self.assertEqual(sorted(letters.mapped("state")), ["draft", "sent"])

    def test_movement_officer_hears_a_complaint(self):
        verdict = self.sitting.sudo()._get_verdicts()
        complaint = (
            self.env["emulation.complaint"]
            .with_user(self.officer_a1)
            .create(
                {
                    "verdict_id": verdict.id,
                    "partner_id": verdict.initiative_id.author_ids.partner_id[0].id,
                    "text": "Chưa xem xác nhận áp dụng tại ba xã",
                }
            )
        )
        self.start_tour(
            "/odoo/emulation-complaints",
            "emulation_complaint_tour",
            login="movement_user",
        )
        self.assertEqual(complaint.state, "accepted")
        self.assertEqual(complaint.sudo().review_evaluation_id.state, "eligible")
