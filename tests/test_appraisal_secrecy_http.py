from contextlib import suppress

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_secrecy import SCORE_PRINTED, SecrecyCommon


@tagged("post_install", "-at_install")
class TestAppraisalSecrecyHttp(HttpCase, SecrecyCommon):
    """The same by address: files, reports and JSON of a closed session."""

    def test_addresses_of_secret_papers(self):
        self._sign_minutes(self.sitting)
        attachment = self.minutes.pdf_attachment_id
        urls = (
            f"/web/content/{attachment.id}",
            f"/web/content/emulation.document/{self.minutes.id}/pdf_file",
            f"/web/image/{attachment.id}",
            f"/report/html/emulation.report_document/{self.minutes.id}",
            f"/report/pdf/emulation.report_document/{self.minutes.id}",
        )
        users = self.movement_user | self.officer_a1 | self.outsider | self.portal_user
        for user in users | self.conflicted | self.leader_user:
            self.authenticate(user.login, user.login.ljust(8, "x"))
            for url in urls:
                with self.subTest(user.login, url=url):
                    self._check_closed(url)
        self.authenticate(None, None)
        for url in urls:
            with self.subTest("public", url=url):
                self._check_closed(url)
        self.authenticate("secretary_user", "secretary_user")
        self.assertEqual(self.url_open(urls[0]).content[:5], b"%PDF-")

    def _check_closed(self, url):
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            response = self.url_open(url, allow_redirects=False)
        self.assertNotIn(b"%PDF-", response.content[:5])
        self.assertNotIn(SCORE_PRINTED, response.text)

    def test_calls_of_a_conflicted_member(self):
        self.authenticate(self.conflicted.login, self.conflicted.login)
        for method, args in (
            ("read", [self.verdict.ids, ["score"]]),
            ("_get_board_result", [self.verdict.ids]),
            ("_publish", [self.verdict.ids, "2020-01-01"]),
        ):
            with suppress(Exception), mute_logger("odoo.http"):
                answer = self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/emulation.verdict/{method}",
                    {
                        "model": "emulation.verdict",
                        "method": method,
                        "args": args,
                        "kwargs": {},
                    },
                )
                self.fail(f"{method} answered {answer}")
        self.assertFalse(self.verdict.is_published)
