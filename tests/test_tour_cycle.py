from odoo.fields import Date
from odoo.tests import HttpCase, tagged

from .common_award import AwardCommon
from .common_publication import PAPER, picture


@tagged("post_install", "-at_install")
class TestTourCycle(AwardCommon, HttpCase):
    """From published results to the published book, in a browser.

    Each person begins on the first screen and follows what stands there.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()

    def _walk(self, tour, login, path="/odoo"):
        self.start_tour(path, f"emulation_cycle_{tour}_tour", login=login)

    def test_movement_officer_nominates_out_of_the_results(self):
        self._walk("nominate", "movement_user")
        made = self.env["emulation.nomination"].search(
            [("verdict_id", "=", self.verdict.id)]
        )
        self.assertEqual(made.award_id, self.front_merit)
        self.assertEqual(set(made.mapped("state")), {"submitted"})
        self.assertEqual(len(made), 2)

    def test_board_and_signers_confer_an_award(self):
        nomination = self._nominate(self.verdict)
        nomination.action_submit()
        self._walk("board", "award_user")
        self.assertEqual(nomination.state, "appraised")
        self._walk("sign", "board_head")
        self.assertEqual(nomination.state, "proposed")
        self._walk("decision", "award_user")
        self._walk("sign", "chairman")
        self.assertEqual(nomination.state, "conferred")
        proposal = nomination.sudo().proposal_id
        self._walk(
            "certificates", "award_user", f"/odoo/emulation-proposals/{proposal.id}"
        )

    def test_from_the_stories_to_the_book(self):
        book = (
            self.env["emulation.publication"]
            .with_user(self.movement_user)
            .create(
                {
                    "name": "Gương người Thử Nghiệm",
                    "unit_id": self.province.id,
                    "publisher": "Nhà xuất bản Thử",
                    "copies": 300,
                    "licence": "12/QĐ",
                    "date_published": Date.today(),
                }
            )
        )
        self._walk("book", "officer_a1", f"/odoo/emulation-publications/{book.id}")
        story = book.entry_ids.with_user(self.officer_a1)
        self.assertFalse(story.partner_id)
        story.write(
            {
                "photo": picture(),
                "consent_date": Date.today(),
                "consent_by": "head_a1, Chủ tịch",
                "consent_file": PAPER,
            }
        )
        story.action_propose()
        self._walk("publish", "movement_user")
        self.assertEqual(book.state, "published")
        self._confer(self.verdict)
        self._walk("reader", "leader_user")
        self.assertTrue(book.with_user(self.leader_user).booklet)
