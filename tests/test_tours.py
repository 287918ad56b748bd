from odoo.tests import HttpCase, tagged

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestTours(AppraisalCommon, HttpCase):
    """The three walks that carry the product, in a browser, by the person's role."""

    def test_officer_hands_in_a_dossier(self):
        self.start_tour(
            "/odoo/emulation-initiatives/new",
            "emulation_officer_tour",
            login="officer_a1",
        )
        initiative = self.env["emulation.initiative"].search(
            [("name", "=", "Phao cảnh báo đuối nước")]
        )
        self.assertEqual(initiative.state, "submitted")
        self.assertEqual(initiative.unit_id, self.commune_a1)
        self.assertEqual(initiative.author_ids.partner_id.name, "Nguyễn Hà Thử")
        self.assertEqual(initiative.attachment_ids.res_id, initiative.id)

    def test_member_scores_and_goes_on(self):
        session = self._open_session(("Sáng kiến Một", "Sáng kiến Hai"))
        self.start_tour(
            "/odoo/emulation-sheets", "emulation_member_tour", login="member1_user"
        )
        sheet = self._sheet(session, self.member1_user)
        self.assertEqual((sheet.state, sheet.total), ("submitted", 70.0))
        self.assertEqual(sheet.line_ids.mapped("points"), [27, 29.5, 0, 13.5])
        self.assertEqual(sheet.line_ids.mapped("is_scored"), [True] * 4)
        self.assertEqual(sheet.line_ids[2].note, "Chưa áp dụng ở đâu")

    def test_secretary_closes_and_drafts_the_minutes(self):
        session = self._open_session()
        self._score_by_all(session, DEMO_SCORES["D2"])
        self.start_tour(
            "/odoo/emulation-sessions",
            "emulation_secretary_tour",
            login="secretary_user",
        )
        self.assertEqual(session.closed_user_id, self.secretary_user)
        self.assertEqual(session.sudo().document_ids.state, "draft")
