import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_blind import AUTHOR, BlindCommon


@tagged("post_install", "-at_install")
class TestBlindFiles(BlindCommon):
    """Who scores opens the files marked as anonymised, and no other one."""

    def setUp(self):
        super().setUp()
        self._start()

    def test_files_are_closed(self):
        self._anonymise(self.env["ir.attachment"])
        for user in self.judges:
            files = self.file.with_user(user)
            self.assertFalse(self._ask(files.search, [("id", "=", files.id)]))
            self.assertFalse(self._ask(files.read, ["name"]))
            self.assertFalse(self._own_sheet(user).anonymous_files)

    def test_marked_file_is_listed_by_its_own_address(self):
        self._anonymise(self.file)
        sheet = self._own_sheet(self.member1_user)
        address = f"/emulation/blind/{sheet.id}/{self.file.id}"
        self.assertIn(address, str(sheet.anonymous_files))
        # the record of the file itself still leads to the dossier
        self.assertFalse(self._ask(self.file.with_user(self.member1_user).read))

    # WHO CHOOSES THE FILES

    def test_only_who_does_not_score_chooses_files(self):
        for user in self.judges | self.officer_a1 | self.leader_user:
            with self.subTest(user.login), self.assertRaises(AccessError):
                with mute_logger("odoo.addons.base.models.ir_rule"):
                    self._anonymise(self.file, user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.evaluation.with_user(user).action_anonymise()
        self.assertFalse(self.evaluation.anonymous_attachment_ids)
        self._anonymise(self.file, self.movement_user)
        self.assertEqual(self.evaluation.anonymous_attachment_ids, self.file)
        with self.assertRaises(AccessError):
            evaluation = self.evaluation.with_user(self.movement_user)
            evaluation.anonymous_attachment_ids = False

    def test_file_named_after_an_author_is_refused(self):
        self.file.sudo().name = "Mo ta - Le Van Thu.pdf"
        with self.assertRaisesRegex(UserError, f"tells “{AUTHOR}”.*another name"):
            self._anonymise(self.file)

    def test_file_of_another_dossier_is_refused(self):
        with self.assertRaisesRegex(UserError, "does not belong to"):
            self._anonymise(self.other.attachment_ids)

    def test_copies_without_names_are_uploaded(self):
        copy = self.env["ir.attachment"].with_user(self.secretary_user)
        copy = copy.create({"name": "mo-ta.pdf", "raw": b"%PDF-1.4 kin"})
        self._anonymise(self.env["ir.attachment"], uploads=copy)
        self.assertEqual(self.evaluation.anonymous_attachment_ids, copy.sudo())
        self.assertEqual(copy.sudo().res_id, self.evaluation.id)
        self.assertIn(
            "mo-ta.pdf", str(self._own_sheet(self.chair_user).anonymous_files)
        )
        session = self.sitting.with_user(self.secretary_user)
        self.assertTrue(session.can_anonymise)
        self.assertEqual(
            session.action_view_anonymous()["domain"],
            [("session_id", "=", session.id)],
        )
        self.assertFalse(self.sitting.with_user(self.chair_user).can_anonymise)


@tagged("post_install", "-at_install")
class TestBlindHttp(HttpCase, BlindCommon):
    """The addresses of files."""

    def _login(self, user):
        self.authenticate(user.login, user.login.ljust(8, "x"))

    def test_file_is_handed_out_by_the_sheet_alone(self):
        self._start()
        content = base64.b64decode(self.file.sudo().datas)
        self._anonymise(self.file)
        sheet = self._own_sheet(self.member1_user)
        address = f"/emulation/blind/{sheet.id}/{self.file.id}"
        self._login(self.member1_user)
        answer = self.url_open(address)
        self.assertEqual((answer.status_code, answer.content), (200, content))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        closed = self.other.attachment_ids.id
        for path in (
            f"/emulation/blind/{sheet.id}/{closed}",
            f"/emulation/blind/0/{self.file.id}",
            f"/web/content/{self.file.id}",
            f"/web/content/{closed}",
            f"/web/content/emulation.initiative/{self.initiative.id}/search_text",
        ):
            with self.subTest(path):
                self.assertNotEqual(self.url_open(path).status_code, 200)
        self._login(self.member2_user)
        self.assertEqual(self.url_open(address).status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(address).url)
