from odoo.tests import HttpCase, tagged

from .common_portal import PortalCommon
from .test_similarity import TITLE


@tagged("post_install", "-at_install")
class TestTourSimilarityPortal(PortalCommon, HttpCase):
    """An author on the portal learns that something near exists, not what it says."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what is near is to be found in this world alone
        cls.env.cr.execute("DELETE FROM emulation_initiative_signature")

    def test_title_typed_on_the_portal(self):
        self._create_initiative(TITLE)
        self.start_tour(
            "/my/initiatives/new", "emulation_similar_portal_tour", login="tac_gia"
        )

    def test_own_dossiers_are_shown_and_not_against_themselves(self):
        draft = self._draft(name=TITLE)
        model = self.env["emulation.initiative"].with_user(self.author)
        (entry,) = model.search_similar(TITLE)["entries"]
        self.assertEqual(entry["title"], TITLE)
        nothing = {"entries": [], "hidden": [], "is_limited": False}
        self.assertEqual(model.search_similar(TITLE, draft.id), nothing)
        stranger = model.with_user(self.stranger)
        self.assertEqual(stranger.search_similar(TITLE)["entries"], [])
        self.assertEqual(stranger.search_similar(TITLE, draft.id)["entries"], [])

    def test_scripts_of_the_portal_are_translated(self):
        modules = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertIn("emulation", modules)
