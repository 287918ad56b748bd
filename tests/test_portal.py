import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_portal import BENEFITS, PDF, TEXTS, PortalCommon

SCRIPT = "<script>alert(1)</script>"


@tagged("post_install", "-at_install")
class TestPortal(PortalCommon, HttpCase):
    """The pages of the portal as a browser without script asks for them."""

    def setUp(self):
        super().setUp()
        self._login(self.author)

    def _login(self, user):
        self.authenticate(user.login, user.login.ljust(8, "x"))

    def _token(self, page):
        return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]

    def _post(self, path, _files=None, **form):
        token = self._token(self.url_open("/my/initiatives/new"))
        data = {"csrf_token": token, **form}
        return self.url_open(path, data=data, files=_files)

    def test_from_nothing_to_handed_in(self):
        page = self.url_open("/my/initiatives")
        self.assertIn("You have no dossier yet", page.text)
        self.assertIn(self.round.name, page.text)
        page = self._post("/my/initiatives/new", **self._typed(name=""))
        self.assertIn("Please fill in: Initiative title", page.text)
        page = self._post("/my/initiatives/new", **self._typed())
        self.assertRegex(page.url, r"/my/initiatives/\d+/edit/idea$")
        draft = self.env["emulation.initiative"].search(
            [("create_uid", "=", self.author.id)]
        )
        path = f"/my/initiatives/{draft.id}"
        for step, typed, after in (
            ("idea", TEXTS, "benefits"),
            ("benefits", BENEFITS, "legal"),
            ("legal", {"ip_status": "none"}, "authors"),
        ):
            marks = {f"mark_{name}": draft._get_mark(name) for name in typed}
            page = self._post(f"{path}/edit/{step}", **typed, **marks)
            self.assertTrue(page.url.endswith(after), page.url)
        page = self._post(f"{path}/files", {"files": ("anh.pdf", PDF)})
        self.assertIn("anh.pdf", page.text)
        page = self.url_open(f"{path}/edit/check")
        self.assertIn("Nothing is missing", page.text)
        page = self._post(f"{path}/submit")
        self.assertIn("has been handed in", page.text)
        self.assertIn("the head of the unit looks at it", page.text)
        self.assertEqual(draft.state, "submitted")
        page = self.url_open(f"{path}/edit/idea")
        self.assertTrue(page.url.endswith(path), "nothing is filled in any more")

    def test_what_comes_too_late_is_not_lost(self):
        draft = self._complete_draft()
        path = f"/my/initiatives/{draft.id}"
        self._post(f"{path}/submit")
        page = self._post(f"{path}/submit")
        self.assertIn("has been handed in", page.text, "a second tap is no error")
        before = draft.sudo().problem
        page = self._post(f"{path}/edit/idea", problem="Viết thêm trong cửa sổ cũ")
        self.assertIn("can no longer be filled in", page.text)
        self.assertIn("Viết thêm trong cửa sổ cũ", page.text)
        self.assertEqual(draft.sudo().problem, before)

    def test_signs_no_table_holds_are_dropped_from_a_name(self):
        draft = self._complete_draft()
        self._post(
            f"/my/initiatives/{draft.id}/authors/add",
            name="Phạm\x00 Thị Thử",
            birth_date="1990-05-06",
            phone="0912000999",
        )
        names = draft.sudo().author_ids.partner_id.mapped("name")
        self.assertIn("Phạm Thị Thử", names)

    def test_a_conflict_shows_both_texts(self):
        draft = self._draft()
        path = f"/my/initiatives/{draft.id}/edit/idea"
        mark = draft.sudo()._get_mark("problem")
        self._post(path, problem="Từ cửa sổ một", mark_problem=mark)
        page = self._post(path, problem="Từ cửa sổ hai", mark_problem=mark)
        self.assertIn("Từ cửa sổ một", page.text)
        self.assertIn("Từ cửa sổ hai", page.text)
        self.assertIn("changed in another window", page.text)
        self.assertEqual(draft.sudo().problem, "Từ cửa sổ một")

    def test_a_round_that_closes_while_the_form_is_open(self):
        draft = self._complete_draft()
        self.round.action_close()
        page = self._post(f"/my/initiatives/{draft.id}/submit")
        self.assertIn("does not take", page.text)
        self.assertIn("14 hộ trong xã", page.text)
        self.assertEqual(draft.sudo().state, "draft")

    def test_a_return_is_shown_with_its_reason(self):
        draft = self._complete_draft()
        draft.action_submit()
        draft.sudo().with_user(self.head_a1)._return_to_complete(
            f"Thiếu {SCRIPT}", "2999-12-30"
        )
        page = self.url_open(f"/my/initiatives/{draft.id}")
        self.assertIn("Sent back to be completed", page.text)
        self.assertIn("Thiếu &lt;script&gt;", page.text)
        self.assertIn("30/12/2999", page.text)
        self.assertIn("To be completed by", self.url_open("/my/initiatives").text)

    def test_nothing_typed_becomes_code(self):
        draft = self._draft(name=SCRIPT)
        draft._author_save(
            {"problem": SCRIPT}, {"problem": draft.sudo()._get_mark("problem")}
        )
        draft._author_attach(f"{SCRIPT}.pdf", PDF)
        draft._author_add(
            {
                "name": f"Trần {SCRIPT}",
                "birth_date": "1980-01-01",
                "email": "t@example.com",
                "contribution": SCRIPT,
            }
        )
        path = f"/my/initiatives/{draft.id}"
        pages = ["/my/initiatives", path]
        pages += [
            f"{path}/edit/{step}" for step in ("what", "authors", "files", "check")
        ]
        for page in pages:
            with self.subTest(page):
                text = self.url_open(page).text
                self.assertNotIn(SCRIPT, text)
        self.assertIn("&lt;script&gt;", text)

    def test_a_file_is_given_out_and_never_shown_as_a_page(self):
        draft = self._draft()
        for name in ("trang.html", "anh.svg"):
            file = self.env["ir.attachment"].create(
                {"name": name, "raw": b"<html><script>1</script></html>"}
            )
            draft.sudo().attachment_ids = [(4, file.id)]
            response = self.url_open(f"/my/initiatives/{draft.id}/files/{file.id}")
            self.assertEqual(response.status_code, 200)
            disposition = response.headers["Content-Disposition"]
            self.assertTrue(disposition.startswith("attachment"), disposition)
            self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    @mute_logger("odoo.http")
    def test_a_forged_post_changes_nothing(self):
        draft = self._complete_draft()
        path = f"/my/initiatives/{draft.id}"
        for act in ("submit", "withdraw", "confirm", "files", "authors/add"):
            with self.subTest(act):
                answer = self.url_open(f"{path}/{act}", data={"reason": "x"})
                self.assertEqual(answer.status_code, 400)
        self.assertEqual(draft.sudo().state, "draft")

    def test_somebody_elses_dossier_is_not_found(self):
        draft = self._complete_draft()
        file = draft.sudo().attachment_ids
        self._login(self.stranger)
        path = f"/my/initiatives/{draft.id}"
        for page in ("", "/edit/idea", "/edit/check", f"/files/{file.id}"):
            with self.subTest(page):
                self.assertEqual(self.url_open(path + page).status_code, 404)
        for act in ("submit", "withdraw", "confirm", "authors/equal", "authors/ask"):
            with self.subTest(act):
                self.assertEqual(self._post(f"{path}/{act}").status_code, 404)
        answer = self._post(f"{path}/files", {"files": ("anh.pdf", PDF)})
        self.assertEqual(answer.status_code, 404)
        answer = self._post(f"{path}/files/remove", attachment_id=str(file.id))
        self.assertEqual(answer.status_code, 404)
        self.assertTrue(file.exists())
        self.assertEqual(draft.sudo().state, "draft")
        own = self._draft(self.stranger)
        wrong = self.url_open(f"/my/initiatives/{own.id}/files/{file.id}")
        self.assertEqual(wrong.status_code, 404)
        self.assertNotIn("Tưới nhỏ giọt</h2>", self.url_open(path).text)

    def test_who_is_not_logged_in_is_sent_to_log_in(self):
        draft = self._draft()
        self.authenticate(None, None)
        page = self.url_open(f"/my/initiatives/{draft.id}")
        self.assertIn("/web/login", page.url)

    def test_open_rounds_are_there_for_everybody_to_read(self):
        self.authenticate(None, None)
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("auth_signup.invitation_scope", "b2b")
        hidden = self._create_round("T-DONG")
        hidden.action_close()
        page = self.url_open("/emulation/rounds")
        self.assertIn(self.round.name, page.text)
        deadline = self.round.with_context(lang="en_US")._get_deadline_text()
        self.assertIn(deadline, page.text)
        self.assertNotIn("T-DONG", page.text)
        page = self.url_open(f"/emulation/rounds/{self.round.id}")
        for text in ("Có xác nhận áp dụng", "Ask the officer of your unit"):
            self.assertIn(text, page.text)
        self.assertEqual(
            self.url_open(f"/emulation/rounds/{hidden.id}").status_code, 404
        )
        parameters.set_param("auth_signup.invitation_scope", "b2c")
        page = self.url_open(f"/emulation/rounds/{self.round.id}")
        self.assertIn("/web/signup", page.text)

    def test_the_way_in_stands_on_the_first_page_of_the_portal(self):
        self.assertIn('href="/my/initiatives"', self.url_open("/my/home").text)
        self._draft()
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["initiative_count"]}
        )
        self.assertEqual(counters["initiative_count"], 1)
