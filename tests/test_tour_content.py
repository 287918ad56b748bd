from odoo.tests import HttpCase, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestTourContent(AppraisalCommon, HttpCase):
    """The list of what is missing as the only guide; a return and its completion."""

    def test_officer_completes_a_new_idea_led_by_the_list_alone(self):
        dossiers = self.env["emulation.initiative"]
        rounds = self.env["emulation.round"].search([("state", "=", "open")])
        (rounds - self.round).action_close()
        self.start_tour(
            "/odoo/emulation-initiatives/new",
            "emulation_coach_tour",
            login="officer_a1",
        )
        initiative = dossiers.search([("name", "ilike", "Bể lọc nước mưa")])
        self.assertEqual(initiative.state, "draft")
        initiative.author_ids._confirm("paper")
        self.start_tour(
            f"/odoo/emulation-initiatives/{initiative.id}",
            "emulation_coach_hand_in_tour",
            login="officer_a1",
        )
        self.assertEqual(initiative.state, "submitted")
        self.assertFalse(initiative.date_applied)

    def test_examiner_returns_with_a_cause_and_the_officer_completes(self):
        initiative = self._create_initiative()
        evaluation = self._endorse(initiative)
        action = self.env.ref("emulation.emulation_evaluation_action")
        self.start_tour(
            f"/odoo/action-{action.id}/{evaluation.id}",
            "emulation_return_tour",
            login="movement_user",
        )
        self.assertEqual(initiative.state, "returned")
        self.assertEqual(
            initiative.return_log_ids.cause_id,
            self.env.ref("emulation.return_cause_users"),
        )
        self.start_tour(
            f"/odoo/emulation-initiatives/{initiative.id}",
            "emulation_complete_tour",
            login="officer_a1",
        )
        self.assertEqual(initiative.state, "submitted")
        self.assertIn("Quản đốc", initiative.benefit_users)
