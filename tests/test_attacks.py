import base64
import re

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestAttacks(PortalCommon, HttpCase):
    """Ways around the screens that were tried, and stay closed."""

    def test_author_writes_no_field_past_the_steps(self):
        draft = self._draft()
        for vals in (
            {"unit_id": self.commune_b1.id},
            {"benefit_amount": -5},
            {"name": "Tên khác"},
        ):
            with self.subTest(vals), self._refused(AccessError, ""):
                draft.with_user(self.author).write(vals)

    def test_addresses_with_signs_no_table_holds(self):
        self.assertEqual(self.url_open("/emulation/share/%00").status_code, 404)
        self.authenticate("tac_gia", "tac_gia")
        dossier = self._create_initiative("Chia phần")
        dossier.action_share_equally()
        author = dossier.author_ids[0].sudo()
        path = f"/emulation/share/{author._ensure_link().token}"
        page = self.url_open(path).text
        data = {"csrf_token": re.search(r'csrf_token" value="([^"]+)"', page)[1]}
        name = author.partner_id.name
        for act, typed in (
            ("object", {"reason": "Sai\x00 \x07phần"}),
            ("confirm", {"name": f"{name}\x00\x1b"}),
        ):
            answer = self.url_open(f"{path}/{act}", data=data | typed)
            self.assertEqual(answer.status_code, 200, act)
        self.assertTrue(author.is_confirmed)
        answer = self.url_open(f"/my/initiatives/new?unit_id={'9' * 5000}")
        self.assertLess(answer.status_code, 500)

    def _rpc(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}", params
        )

    def test_no_nul_reaches_a_table_from_any_form(self):
        self.authenticate("officer_a1", "officer_a1")
        dossier = self._create_initiative("Trong danh sách")
        batch = self.env["emulation.transmittal"].with_user(self.officer_a1)
        action = dossier.with_user(self.officer_a1).action_open_transmittal()
        batch = batch.browse(action["res_id"])
        line = batch.line_ids
        spec = {"display_name": {}, "remark": {}, "problem": {}}
        nul = {"remark": "a\x00b", "initiative_id": dossier.id}
        lines = {"line_ids": {"fields": spec}, "name": {}, "decision_number": {}}
        values = {
            "name": "Đợt\x00 1",
            "decision_number": "1\x00/QĐ",
            "line_ids": [[1, line.id, nul], [0, "virtual_1", nul]],
        }
        answer = self._rpc(batch._name, "onchange", batch.ids, values, ["name"], lines)
        self.assertIn("value", answer)
        self._rpc(line._name, "onchange", line.ids, nul, ["remark"], spec)
        self._rpc(batch._name, "write", batch.ids, {"name": "Đợt\x00 1"})
        self.assertEqual(batch.name, "Đợt 1")
        self._rpc(batch._name, "name_search", "\x00Đợt")
        found = self._rpc("emulation.initiative", "search", [("name", "ilike", "\x00")])
        self.assertIn(dossier.id, found)

    def test_file_moved_onto_a_dossier_is_judged_like_an_upload(self):
        draft = self._create_initiative("Bản nháp")
        handed_in = self._create_initiative("Đã nộp")
        handed_in.action_submit()
        files = self.env["ir.attachment"].with_user(self.officer_a1)
        page = files.create(
            {"name": "evil.html", "datas": base64.b64encode(b"<html>x</html>")}
        )
        paper = files.create(
            {"name": "giay.pdf", "datas": base64.b64encode(b"%PDF-1.4 thu")}
        )
        home = {"res_model": "emulation.initiative"}
        with self._refused(UserError, "Not attached"):
            page.write({**home, "res_id": draft.id})
        with self._refused(UserError, "stays as it is"):
            paper.write({**home, "res_id": handed_in.id})
        paper.write({**home, "res_id": draft.id, "public": True})
        self.assertFalse(paper.sudo().public)

    def test_file_linked_to_a_dossier_is_judged_and_published_no_more(self):
        draft = self._create_initiative("Bản nháp")
        files = self.env["ir.attachment"].with_user(self.officer_a1)
        page = files.create(
            {"name": "evil.html", "datas": base64.b64encode(b"<html>x</html>")}
        )
        content = base64.b64encode(b"%PDF-1.4 thu")
        paper = files.create({"name": "giay.pdf", "datas": content, "public": True})
        with self._refused(UserError, "Not attached"):
            draft.attachment_ids = [Command.link(page.id)]
        draft.attachment_ids = [Command.link(paper.id)]
        self.assertFalse(paper.sudo().public)
        self.assertEqual(paper.sudo().res_id, draft.id)

    def test_files_of_other_records_stay_published(self):
        files = self.env["ir.attachment"].with_user(self.manager_user)
        paper = files.create({"name": "giay.pdf", "raw": b"%PDF-1.4", "public": True})
        paper.write({"res_model": "emulation.unit", "res_id": self.commune_a1.id})
        self.assertTrue(paper.public)

    def test_one_sentence_tells_nothing_of_hidden_texts(self):
        sentence = "bản địa ủ đống hai mươi tám ngày có đảo trộn đều tay mỗi tuần"
        self._create_initiative(
            "Chuyện khác hẳn",
            self.commune_b1,
            solution=sentence,
            user=self.officer_b1,
        )
        others = ("problem", "novelty", "applicability", "benefit")
        mine = self._create_initiative(
            "Của tôi", solution=sentence, **dict.fromkeys(others, "")
        )
        model = self.env["emulation.initiative"].with_user(self.officer_a1)
        self.assertEqual(model.search_similar("zzz qqq", mine.id)["hidden"], [])
        mine.write(dict.fromkeys(others, sentence))
        found = model.search_similar("zzz qqq", mine.id)["hidden"]
        self.assertEqual(found, [], "saying it again makes it no longer")
        self.env["ir.config_parameter"].sudo().set_param(
            "emulation.similarity_telling_words", "5"
        )
        self.assertTrue(model.search_similar("zzz qqq", mine.id)["hidden"])
