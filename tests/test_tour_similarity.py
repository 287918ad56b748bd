from odoo.tests import HttpCase, tagged

from .test_similarity import PASSAGE, TITLE, SimilarityCommon


@tagged("post_install", "-at_install")
class TestTourSimilarity(SimilarityCommon, HttpCase):
    """Similar entries in a browser: while the title is typed, and when examined."""

    def test_title_typed_older_entry_shown_and_compared(self):
        self._create_initiative(f"{TITLE} xã khác", self.commune_b1,
                                user=self.officer_b1)  # fmt: skip
        draft = self._create_initiative("Chưa đặt tên", solution=f"Nay là {PASSAGE}.")
        self.start_tour(
            f"/odoo/emulation-initiatives/{draft.id}",
            "emulation_similar_title_tour",
            login="officer_a1",
        )
        self.assertIn("Tuoi nho giot", draft.name, "saved before it was compared")

    def test_examiner_records_what_it_improves(self):
        self.older.action_submit()
        dossier = self._create_initiative(f"{TITLE} cải tiến")
        self._endorse(dossier)
        self.start_tour(
            "/odoo/emulation-eligibility",
            "emulation_prior_art_tour",
            login="movement_user",
        )
        verdict = dossier.prior_art_ids
        self.assertEqual(verdict.relation, "improves")
        self.assertEqual(verdict.user_id, self.movement_user)
        self.assertEqual(verdict.sudo().other_id, self.older)
