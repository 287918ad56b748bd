import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common_portal import PDF, PortalCommon

ODOO_WORDS = "doesn't have|not allowed to|Contact your administrator|record rules"


@tagged("post_install", "-at_install")
class TestPortalLate(PortalCommon, HttpCase):
    """Taps in a hurry, old windows, a round that closes: nothing lost or doubled."""

    def setUp(self):
        super().setUp()
        self.authenticate(self.author.login, self.author.login.ljust(8, "x"))

    def _new_form(self):
        """Return the signs that one form of a new dossier carries."""
        page = self.url_open("/my/initiatives/new").text
        return {
            name: re.search(rf'name="{name}" value="([^"]+)"', page)[1]
            for name in ("csrf_token", "draft_key")
        }

    def _post(self, path, _files=None, **form):
        data = {"csrf_token": self._new_form()["csrf_token"], **form}
        return self.url_open(path, data=data, files=_files)

    def _drafts(self):
        return self.env["emulation.initiative"].search(
            [("create_uid", "=", self.author.id)]
        )

    # ONE FORM, ONE DRAFT

    def test_several_taps_make_one_draft(self):
        form = {**self._typed(), **self._new_form()}
        first = self.url_open("/my/initiatives/new", data=form)
        second = self.url_open("/my/initiatives/new", data=form)
        self.assertEqual(first.url, second.url)
        self.assertEqual(len(self._drafts()), 1)
        self.assertFalse(self._drafts().author_ids[1:])

    def test_the_way_back_changes_the_same_draft(self):
        form = {**self._typed(), **self._new_form()}
        self.url_open("/my/initiatives/new", data=form)
        form |= {"name": "Tên đã sửa", "unit_id": str(self.commune_b1.id)}
        self.url_open("/my/initiatives/new", data=form)
        self.assertEqual(self._drafts().name, "Tên đã sửa")
        self.assertEqual(self._drafts().unit_id, self.commune_b1)

    def test_another_form_makes_another_draft(self):
        for _number in range(2):
            form = {**self._typed(), **self._new_form()}
            self.url_open("/my/initiatives/new", data=form)
        self.assertEqual(len(self._drafts()), 2)

    def test_the_sign_of_a_form_opens_no_draft_of_somebody_else(self):
        theirs = self._draft(self.stranger, draft_key="cua-toi")
        mine = self._draft(draft_key="cua-toi")
        self.assertNotEqual(theirs, mine)
        self.assertEqual(mine.sudo().create_uid, self.author)

    # TOO LATE

    def _assert_told(self, page, *kept):
        self.assertEqual(page.status_code, 200)
        self.assertIn("can no longer be filled in", page.text)
        self.assertIn("ask the officer", page.text)
        self.assertNotRegex(page.text, ODOO_WORDS)
        for text in kept:
            self.assertIn(text, page.text)

    def test_late_acts_are_answered_in_own_words(self):
        draft = self._complete_draft()
        line, file = draft.author_ids, draft.sudo().attachment_ids
        draft.action_submit()
        path = f"/my/initiatives/{draft.id}"
        typed = {"name": "Phạm Thị Muộn", "birth_date": "1990-05-06", "phone": "09"}
        self._assert_told(self._post(f"{path}/authors/add", **typed), "Phạm Thị Muộn")
        shares = {f"share_{line.id}": "61,5", f"contribution_{line.id}": "Vẽ máy"}
        page = self._post(f"{path}/authors/share", version="1", **shares)
        self._assert_told(page, "61,5", "Vẽ máy")
        for act in ("equal", "ask"):
            self._assert_told(self._post(f"{path}/authors/{act}"))
        page = self._post(f"{path}/authors/remove", author_id=str(line.id))
        self._assert_told(page)
        self._assert_told(self._post(f"{path}/files", {"files": ("a.pdf", PDF)}))
        page = self._post(f"{path}/files/remove", attachment_id=str(file.id))
        self._assert_told(page)
        answer = self._post(f"{path}/files", {"files": ("a.pdf", PDF)}, script="1")
        self.assertIn("can no longer be filled in", answer.json()["error"])
        self.assertEqual(draft.sudo().attachment_ids, file)
        self.assertEqual(draft.author_ids, line)

    def test_a_late_saving_is_told_with_the_remedy(self):
        draft = self._complete_draft()
        draft.action_submit()
        before = draft.sudo().problem
        answer = self.make_jsonrpc_request(
            f"/my/initiatives/{draft.id}/save",
            {"typed": {"problem": "Muộn"}, "marks": {"problem": "x"}},
        )
        self.assertIn("can no longer be filled in", answer["late"])
        self.assertEqual(draft.sudo().problem, before)

    def test_a_late_objection_is_given_back(self):
        draft = self._draft()
        draft._author_add(
            {
                "name": self.stranger.name,
                "birth_date": "1980-01-01",
                "email": self.stranger.email,
            }
        )
        line = draft.sudo().author_ids[1]
        path = f"/emulation/share/{line._ensure_link().token}"
        line._confirm("link", name="a\x00b")
        draft.sudo().attachment_ids = False
        draft.sudo().write({"state": "withdrawn"})
        self.authenticate(None, None)
        token = self.url_open("/web/login").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', token)[1]
        data = {"csrf_token": token, "reason": "Tôi làm một nửa"}
        page = self.url_open(f"{path}/object", data=data)
        self.assertIn("was not sent", page.text)
        self.assertIn("Tôi làm một nửa", page.text)

    def test_who_is_no_drafter_gets_own_words(self):
        draft = self._draft()
        draft._author_add(
            {
                "name": self.stranger.name,
                "birth_date": "1980-01-01",
                "email": self.stranger.email,
            }
        )
        theirs = draft.with_user(self.stranger)
        for act in (
            lambda: theirs._author_save({"problem": "x"}, {}),
            lambda: theirs._author_attach("a.pdf", PDF),
            lambda: theirs._author_add({}),
            lambda: theirs._author_ask(),
        ):
            with self._refused(AccessError, "Only who entered"):
                act()
        theirs._author_agree()
        with self._refused(UserError, "confirmed your share already"):
            theirs._author_object("Không đúng")

    # THE ROUND

    def test_the_autosave_tells_that_the_round_has_closed(self):
        draft = self._draft()
        path = f"/my/initiatives/{draft.id}"
        self.assertFalse(self.make_jsonrpc_request(f"{path}/save", {})["notice"])
        self.round.action_close()
        typed = {"problem": "Vừa gõ xong"}
        marks = {"problem": draft.sudo()._get_mark("problem")}
        answer = self.make_jsonrpc_request(
            f"{path}/save", {"typed": typed, "marks": marks}
        )
        self.assertIn("problem", answer["saved"])
        self.assertTrue(answer["notice"]["closed"])
        words = "does not take.*Choose an open round, or ask.*saved as a draft"
        self.assertRegex(answer["notice"]["text"], words)
        page = self.url_open(f"{path}/edit/idea").text
        self.assertRegex(page, r'o_emulation_intake alert alert-danger\s+"')

    def test_the_deadline_is_told_some_minutes_before(self):
        draft = self._draft()
        self.assertFalse(draft._get_intake_notice())
        close = self.round.datetime_close
        before = close - timedelta(minutes=45)
        self.patch(fields.Datetime, "now", lambda: before)
        notice = draft._get_intake_notice()
        self.assertFalse(notice["closed"])
        self.assertIn("in 45 minutes", notice["text"])
        self.env["ir.config_parameter"].set_param("emulation.close_warning_minutes", 30)
        self.assertFalse(draft._get_intake_notice())
