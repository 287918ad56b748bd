from odoo.tests import HttpCase, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestTourRound(AppraisalCommon, HttpCase):
    """A movement officer sets up a contest, opens it and puts its deadline off."""

    def test_contest_from_nothing_to_an_extension(self):
        self.start_tour(
            "/odoo/emulation-rounds/new", "emulation_round_tour", login="movement_user"
        )
        contest = self.env["emulation.round"].search([("code", "=", "TTN-1")])
        self.assertEqual((contest.kind, contest.state), ("contest", "open"))
        self.assertEqual(contest.category_ids.display_name, "Nhi đồng (6 to 11 years)")
        self.assertEqual(str(contest.date_close), "2034-01-06")
        extension = contest.extension_ids
        self.assertEqual(extension.user_id, self.movement_user)
        self.assertEqual(str(extension.date_old), "2033-12-30")
