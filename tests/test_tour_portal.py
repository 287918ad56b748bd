from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestTourPortal(PortalCommon, HttpCase):
    """An author on a phone; a co-author who opens the link."""

    browser_size = "390x844"
    touch_enabled = True

    def test_an_author_from_nothing_to_handed_in(self):
        campaign = self._launch("HVT", "Hàng Việt thử")
        kind = self.env.ref("emulation.initiative_kind_idea")
        kind.item_ids.filtered(lambda one: one.item == "investor").unlink()
        kind.item_ids = [Command.create({"item": "investor", "demand": "optional"})]
        self.start_tour("/my/initiatives", "emulation_portal_tour", login="tac_gia")
        dossier = self.env["emulation.initiative"].search(
            [("create_uid", "=", self.author.id)]
        )
        self.assertEqual(dossier.state, "submitted")
        self.assertEqual(dossier.unit_id, self.commune_a1)
        self.assertEqual(dossier.problem, "Tưới tay 12 công một tháng")
        self.assertEqual(len(dossier.attachment_ids), 2)
        self.assertEqual(dossier.benefit_amount, 28_800_000)
        self.assertEqual(dossier.ip_status, "none")
        self.assertEqual(dossier.investor_kind, "other")
        self.assertEqual(dossier.investor_name, "Hợp tác xã Thử")
        self.assertEqual(dossier.movement_ids, campaign)
        secret = self.env["emulation.initiative.secret"].search(
            [("initiative_id", "=", dossier.id)]
        )
        self.assertEqual(secret.text, "Tỷ lệ pha 3 phần 2")
        self.assertEqual(dossier.author_ids.confirmed_how, "hand_in")

    def test_two_windows_on_one_draft(self):
        draft = self._draft()
        path = f"/my/initiatives/{draft.id}/edit/idea"
        # what another window saves after this one has been opened
        save = type(draft)._author_save

        def late_save(dossier, typed, marks):
            if typed.get("problem") == "Từ cửa sổ hai":
                dossier.sudo().problem = "Từ cửa sổ một"
            return save(dossier, typed, marks)

        self.patch(type(draft), "_author_save", late_save)
        self.start_tour(path, "emulation_portal_two_windows_tour", login="tac_gia")
        self.assertEqual(draft.sudo().problem, "Cả hai")

    def _ask(self):
        initiative = self._create_initiative()
        initiative.action_share_equally()
        author = initiative.author_ids[0]
        return author, f"/emulation/share/{author._ensure_link().token}"

    def test_a_co_author_confirms_by_link(self):
        author, path = self._ask()
        self.start_tour(path, "emulation_share_tour")
        self.assertEqual(author.confirmed_how, "link")

    def test_a_co_author_signs_with_a_finger(self):
        author, path = self._ask()
        self.start_tour(path, "emulation_share_draw_tour")
        self.assertTrue(author.is_confirmed)
        entry = author.initiative_id.share_log_ids.sorted("number")[-1]
        self.assertTrue(entry.file_digest)
