import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon

# one transparent pixel
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9aw"
    "AAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestShareLink(AppraisalCommon, HttpCase):
    """What an author finds behind the link, and what a stranger does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.initiative = cls._create_initiative("Đồ gá <script>alert(1)</script>")
        cls.first, cls.second = cls.initiative.author_ids
        cls.first.contribution = "Vẽ <b>mẫu</b>"
        cls._ask()

    @classmethod
    def _ask(cls):
        cls.initiative.action_share_equally()
        cls.first.share = 40
        cls.second.share = 60
        cls.initiative.action_send_share_links()
        cls.url = cls.first._ensure_link()._get_url()
        cls.path = "/emulation" + cls.url.partition("/emulation")[2]

    def _token(self, page):
        return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]

    def _post(self, action, **form):
        page = self.url_open(self.path)
        token = self._token(page)
        data = {"csrf_token": token, **form}
        return self.url_open(f"{self.path}/{action}", data=data)

    def test_the_page_shows_what_is_to_be_confirmed_and_nothing_else(self):
        before = self.initiative.share_log_count
        self.first.partner_id.sudo().write({"phone": "0912345678"})
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        for text in ("Xã An Một", "Lê Văn Thử", "Vũ Thị Thử", "40 %", "60 %"):
            self.assertIn(text, page.text)
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertIn("Vẽ &lt;b&gt;mẫu", page.text)
        self.assertNotIn("0912345678", page.text)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.initiative.invalidate_recordset()
        self.assertEqual(self.initiative.share_log_count, before, "a GET has no effect")

    def test_confirming_by_name_once_and_again(self):
        page = self._post("confirm", name="le van thu")
        self.assertIn("Your share is confirmed", page.text)
        self.assertEqual(self.first.confirmed_how, "link")
        entry = self.initiative.share_log_ids.sorted("number")[-1]
        self.assertEqual(entry.event, "confirmed")
        self.assertEqual(entry.actor, "Visitor by link")
        count = self.initiative.share_log_count
        again = self.url_open(self.path)
        self.assertRegex(again.text, r"Recorded on \d\d/\d\d/\d{4} \d\d:\d\d")
        self.assertNotIn('csrf_token" value', again.text, "nothing is left to sign")
        data = {"csrf_token": self._csrf(), "name": "Lê Văn Thử"}
        twice = self.url_open(f"{self.path}/confirm", data=data)
        self.assertIn("Your share is confirmed", twice.text)
        self.initiative.invalidate_recordset()
        self.assertEqual(self.initiative.share_log_count, count, "nothing is doubled")
        self.assertFalse(self.second.is_confirmed)

    def _csrf(self):
        page = self.url_open("/emulation/share/" + self.second._ensure_link().token)
        return self._token(page)

    def test_another_name_confirms_nothing(self):
        page = self._post("confirm", name="Kẻ Gian")
        self.assertIn("Type your name as it stands", page.text)
        self.assertFalse(self.first.is_confirmed)

    @mute_logger("odoo.http")
    def test_a_forged_request_confirms_nothing(self):
        for data in ({"name": "Lê Văn Thử"}, {"name": "Lê Văn Thử", "csrf_token": "x"}):
            response = self.url_open(f"{self.path}/confirm", data=data)
            self.assertEqual(response.status_code, 400)
        answer = self.make_jsonrpc_request(
            f"{self.path}/sign?csrf_token=x", {"name": "Lê Văn Thử", "signature": PIXEL}
        )
        self.assertIn("open too long", answer["error"])
        self.assertFalse(self.first.is_confirmed)

    def test_drawing_a_signature(self):
        token = self._token(self.url_open(self.path))
        address = f"{self.path}/sign?csrf_token={token}"
        for signature in ("", "xxx", "R0lGODlhAQABAAAAACw="):
            answer = self.make_jsonrpc_request(
                address, {"name": "Lê Văn Thử", "signature": signature}
            )
            self.assertIn("draw it again", answer["error"])
        answer = self.make_jsonrpc_request(
            address, {"name": "Lê Văn Thử", "signature": PIXEL}
        )
        self.assertTrue(answer["force_refresh"])
        entry = self.initiative.share_log_ids.sorted("number")[-1]
        self.assertEqual(entry.event, "confirmed")
        self.assertTrue(entry.file)
        self.assertEqual(len(entry.file_digest), 64)

    def test_objecting_with_a_reason(self):
        page = self._post("object", reason="  ")
        self.assertIn("write what is wrong", page.text)
        page = self._post("object", reason="Chia đôi <i>chứ</i>")
        self.assertIn("You do not agree", page.text)
        self.assertIn("Chia đôi &lt;i&gt;chứ", page.text)
        self.assertTrue(self.first.has_objected)
        count = self.initiative.share_log_count
        self._post("object", reason="Chia đôi <i>chứ</i>")
        self.initiative.invalidate_recordset()
        self.assertEqual(self.initiative.share_log_count, count, "nothing is doubled")
        page = self._post("confirm", name="Lê Văn Thử")
        self.assertIn("Your share is confirmed", page.text)
        self.assertFalse(self.first.has_objected)

    def _assert_nothing_to_sign(self, text):
        page = self.url_open(self.path)
        self.assertIn(text, page.text)
        self.assertNotIn("/confirm", page.text)
        data = {"csrf_token": self._fresh_token(), "name": "Lê Văn Thử"}
        self.url_open(f"{self.path}/confirm", data=data)
        data["reason"] = "Không"
        self.url_open(f"{self.path}/object", data=data)
        self.assertFalse(self.first.exists().is_confirmed)
        self.assertFalse(self.first.exists().objection)

    def _fresh_token(self):
        """Return the token of a page of the same session that has a form."""
        other = self._create_initiative("Khác")
        other.action_share_equally()
        return self._token(self.url_open(other.author_ids[0]._ensure_link()._get_url()))

    def test_a_link_to_earlier_shares_offers_nothing(self):
        self.second.share = 50
        self._assert_nothing_to_sign("The shares have changed")
        self.assertNotIn("40 %", self.url_open(self.path).text)

    def test_a_link_of_an_author_taken_off_offers_nothing(self):
        self.first.unlink()
        page = self.url_open(self.path)
        self.assertIn("The shares have changed", page.text)
        self.assertNotIn("/confirm", page.text)

    def test_a_withdrawn_dossier_says_so(self):
        self.initiative.action_withdraw()
        self._assert_nothing_to_sign("has been withdrawn")

    def test_a_dossier_handed_in_says_so(self):
        self.env.cr.execute(
            "UPDATE emulation_initiative SET state = 'endorsed' WHERE id = %s",
            [self.initiative.id],
        )
        self.initiative.invalidate_recordset()
        self._assert_nothing_to_sign("has been handed in")

    def test_an_unknown_link_leads_nowhere(self):
        for token in ("x", "A" * 43, "A" * 3000, "%27%20OR%201=1"):
            page = self.url_open(f"/emulation/share/{token}")
            self.assertEqual(page.status_code, 404)
            self.assertIn("leads nowhere", page.text)
