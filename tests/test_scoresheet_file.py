import base64
import io
import zipfile

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools import sheet_book
from .common_appraisal import DEMO_SCORES, AppraisalCommon


class OfflineCommon(AppraisalCommon):
    """A member's workbook: taken along, filled in, handed back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sitting = cls._open_session(("Sáng kiến Một", "=Sáng kiến Hai"))
        cls.sheet = cls._sheet(cls.sitting, cls.member1_user)
        cls.content = cls._take_along()

    @classmethod
    def _take_along(cls, user=None, session=None):
        user = user or cls.member1_user
        files = cls.env["emulation.scoresheet.file"].with_user(user)
        return files._prepare((session or cls.sitting).with_user(user))[1]

    @classmethod
    def _edit(cls, changes, content=None):
        """Return the workbook with ``changes`` (cell → value) made in it."""
        book = openpyxl.load_workbook(io.BytesIO(content or cls.content))
        for name, value in changes.items():
            book.active[name] = value
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    def _upload(self, content, user=None, session=None):
        user = user or self.member1_user
        uploads = self.env["emulation.scoresheet.upload"].with_user(user)
        upload = uploads.create(
            {
                "session_id": (session or self.sitting).id,
                "file": base64.b64encode(content),
                "file_name": "phieu.xlsx",
            }
        )
        upload.action_look()
        return upload

    def _assert_nothing_entered(self):
        self.env.invalidate_all()
        self.assertFalse(any(self.sheet.line_ids.mapped("is_scored")))


@tagged("post_install", "-at_install")
class TestScoresheetFile(OfflineCommon):
    def test_the_workbook_is_locked_but_for_points_and_reasons(self):
        sheet = openpyxl.load_workbook(io.BytesIO(self.content)).active
        self.assertTrue(sheet.protection.sheet)
        unlocked = {
            cell.column_letter
            for row in sheet.iter_rows(min_row=sheet_book.FIRST_ROW)
            for cell in row
            if not cell.protection.locked
        }
        self.assertEqual(unlocked, {"F", "G"})
        self.assertTrue(sheet["F9"].protection.locked, "a remark has no points")
        rules = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
        self.assertEqual(rules["F5"].type, "decimal")
        self.assertEqual(float(rules["F5"].formula2), 30)
        self.assertEqual(sheet["E7"].value, 25)
        self.assertIn("Phạm vi", sheet["C8"].value)
        # nothing that a spreadsheet would run
        self.assertEqual(sheet["B10"].value, "'=Sáng kiến Hai")

    def test_round_trip(self):
        filled = self._edit(
            {"F5": 27, "F6": "29,5", "G6": "Có số liệu", "F8": 0, "G9": "Nên nhân rộng"}
        )
        upload = self._upload(filled)
        self._assert_nothing_entered()
        self.assertFalse(upload.fault_text)
        shown = [
            (one.row, one.stands_shown, one.value_shown) for one in upload.line_ids
        ]
        self.assertEqual(
            shown,
            [
                (5, "–", "27"),
                (6, "–", "Có số liệu"),
                (6, "–", "29.5"),
                (8, "–", "0"),
                (9, "–", "Nên nhân rộng"),
            ],
        )
        upload.action_apply()
        self.assertEqual(self.sheet.line_ids.mapped("points"), [27, 29.5, 0, 0])
        self.assertEqual(
            self.sheet.line_ids.mapped("is_scored"), [True, True, False, True]
        )
        self.assertEqual(self.sheet.line_ids[1].note, "Có số liệu")
        self.assertEqual(self.sheet.remark, "Nên nhân rộng")
        self.assertEqual(
            self.sheet.state, "draft", "handing in stays an act of its own"
        )
        self.assertFalse(upload.sudo().file, "no points are left behind")
        self.assertFalse(upload.line_ids)

    def test_empty_cells_change_nothing(self):
        self.sheet.line_ids[0].points = 20
        content = self._edit({"F5": None}, self._take_along())
        upload = self._upload(content)
        self.assertEqual(upload.line_count, 0)
        with self.assertRaisesRegex(UserError, "nothing to enter"):
            upload.action_apply()
        self.assertEqual(self.sheet.line_ids[0].points, 20)

    def test_a_file_is_taken_in_once(self):
        filled = self._edit({"F5": 27})
        first, second = self._upload(filled), self._upload(filled)
        first.action_apply()
        with self.assertRaisesRegex(UserError, "already taken in on"):
            second.action_apply()
        with self.assertRaisesRegex(UserError, "already taken in on"):
            self._upload(filled)

    def test_rows_with_faults_are_named_and_stop_everything(self):
        cases = {
            "takes from 0 to 30 points, not 31": {"F5": 31},
            "takes from 0 to 30 points, not -1": {"F5": -1},
            "Row 5: the points are not a number": {"F5": "nhiều"},
            "Row 5: there is a formula": {"F5": "=10+5"},
            "Row 6: there is a formula": {"G6": '=HYPERLINK("http://x")'},
            "at most two decimals": {"F5": 1.234},
        }
        for message, changes in cases.items():
            with self.subTest(message):
                upload = self._upload(self._edit({"F6": 20, **changes}))
                self.assertIn(message, upload.fault_text)
                with self.assertRaisesRegex(UserError, "nothing to enter"):
                    upload.action_apply()
                self._assert_nothing_entered()

    def test_changed_outside_its_cells(self):
        for name, value in {
            "B5": "Sáng kiến khác",
            "C5": "Tiêu chí khác",
            "E5": 100,
            "H5": "thêm",
            "A40": "thêm",
            "F9": 5,
            "A1": None,
        }.items():
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, f"outside the cells.*{name}"),
            ):
                self._upload(self._edit({"F5": 1, name: value}))
        book = openpyxl.load_workbook(io.BytesIO(self.content))
        book.active.title = "Khác"
        target = io.BytesIO()
        book.save(target)
        with self.assertRaisesRegex(UserError, "outside the cells"):
            self._upload(target.getvalue())
        self._assert_nothing_entered()

    def test_the_form_id_is_signed(self):
        sheet = openpyxl.load_workbook(io.BytesIO(self.content)).active
        text = sheet[sheet_book.ID_CELL].value
        code, version, mark = text.split("/")
        for wrong in (
            f"{code}/2/{mark}",
            f"{code}/{version}/{'0' * 32}",
            f"AAAA-BBBB-CCCC/{version}/{mark}",
            "x",
        ):
            with (
                self.subTest(wrong),
                self.assertRaisesRegex(UserError, "form id in cell B2"),
            ):
                self._upload(self._edit({sheet_book.ID_CELL: wrong}))
        with self.assertRaisesRegex(UserError, "was not downloaded here"):
            self._upload(self._edit({sheet_book.ID_CELL: None}))

    def test_another_member_or_session(self):
        with self.assertRaisesRegex(AccessError, "of another member"):
            self._upload(self._edit({"F5": 1}), self.member2_user)
        late = self._make_eligible(self._create_initiative("Phiên sau"))
        other = self._plan_session(late, name="Phiên 2")
        other.action_open()
        with self.assertRaisesRegex(UserError, "holds your sheets of “Phiên 1”"):
            self._upload(self._edit({"F5": 1}), session=other)
        self._assert_nothing_entered()

    def test_old_version(self):
        self._declare_conflict(self.sheet)
        with self.assertRaisesRegex(UserError, "have changed. Download them again"):
            self._upload(self._edit({"F10": 1}))

    def test_a_closed_session_takes_nothing(self):
        upload = self._upload(self._edit({"F5": 1}))
        self._close(self.sitting)
        with self.assertRaisesRegex(UserError, "is not being scored"):
            self._upload(self._edit({"F5": 1}))
        with self.assertRaisesRegex(UserError, "is not being scored"):
            upload.action_apply()
        with self.assertRaisesRegex(UserError, "is not being scored"):
            self._take_along()

    def test_a_sheet_handed_in_stays(self):
        filled = self._edit({"F5": 1})
        for line in self.sheet.line_ids:
            line.points = 2
        self.sheet.action_submit()
        upload = self._upload(filled)
        self.assertIn("is handed in. Take it back", upload.fault_text)
        with self.assertRaisesRegex(UserError, "nothing to enter"):
            upload.action_apply()

    def test_all_handed_in_leaves_nothing_to_take_along(self):
        self._score(self.sitting, self.member2_user, DEMO_SCORES["D2"])
        kept = self.sitting.with_user(self.member2_user)
        with self.assertRaisesRegex(UserError, "no sheet to fill in"):
            kept.action_download_sheets()
        with self.assertRaisesRegex(UserError, "no sheet to fill in"):
            self.sitting.with_user(self.secretary_user).action_download_sheets()

    def test_changed_on_the_server_since_the_look(self):
        upload = self._upload(self._edit({"F5": 27, "F6": 20}))
        self.sheet.enter("points", 20, False, self.sheet.line_ids[1].id)
        self.sheet.enter("points", 9, False, self.sheet.line_ids[0].id)
        with (
            self.env.cr.savepoint(),
            self.assertRaisesRegex(UserError, "changed on the server since you looked"),
        ):
            upload.action_apply()
        self.assertEqual(self.sheet.line_ids[0].points, 9)

    def test_other_files_are_refused(self):
        foreign = io.BytesIO()
        openpyxl.Workbook().save(foreign)
        many = openpyxl.Workbook()
        many.create_sheet("Hai")
        two = io.BytesIO()
        many.save(two)
        for content, message in (
            (b"%PDF-1.4", "not an Excel workbook"),
            (b"PK\x03\x04 nothing", "not an Excel workbook"),
            (foreign.getvalue(), "was not downloaded here"),
            (two.getvalue(), "was not downloaded here"),
            (self._with_part("xl/vbaProject.bin", b"x"), "not an Excel workbook"),
            (self._with_part("xl/big.bin", b"\0" * 40_000_000), "far more than"),
            (
                self._with_part("xl/x.xml", b"<?xml version='1.0'?><!DOCTYPE x>"),
                "far more than",
            ),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                self._upload(content)

    def _with_part(self, name, content):
        target = io.BytesIO(self.content)
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(name, content)
        return target.getvalue()

    def test_the_size_is_limited(self):
        self.env["ir.config_parameter"].set_param("emulation.sheet_file_mb", "1")
        with self.assertRaisesRegex(UserError, "at most 1 MB"):
            self._upload(self.content + b"\0" * 1024 * 1024)

    def test_nobody_reads_the_dialog_of_another(self):
        upload = self._upload(self._edit({"F5": 27}))
        others = self.member2_user | self.chair_user | self.secretary_user
        for user in others | self.movement_user | self.env.ref("base.user_admin"):
            for record in (upload, upload.line_ids):
                theirs = record.with_user(user)
                with self.subTest(f"{user.login} {record._name}"):
                    with (
                        mute_logger("odoo.addons.base.models.ir_rule"),
                        self.assertRaises(AccessError),
                    ):
                        theirs.read()
                    try:
                        self.assertFalse(theirs.search([("id", "in", record.ids)]))
                    except AccessError:
                        continue


@tagged("post_install", "-at_install")
class TestScoresheetFileHttp(OfflineCommon, HttpCase):
    def test_each_gets_own_sheets_only(self):
        url = f"/emulation/sheets/{self.sitting.id}"
        self.authenticate("member2_user", "member2_user")
        response = self.url_open(url)
        self.assertEqual(response.headers["Content-Type"], sheet_book.XLSX)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        file = self.env["emulation.scoresheet.file"].search([], limit=1)
        self.assertEqual(file.user_id, self.member2_user)
        sheets = self.env["emulation.scoresheet"].browse(file.layout["sheets"])
        self.assertEqual(sheets.user_id, self.member2_user)
        self.assertEqual(self.url_open("/emulation/sheets/0").status_code, 404)

    def test_without_sheets_there_is_nothing(self):
        url = f"/emulation/sheets/{self.sitting.id}"
        users = self.secretary_user | self.movement_user | self.manager_user
        for user in users | self.officer_a1 | self.leader_user:
            self.authenticate(user.login, user.login)
            with self.subTest(user.login):
                self.assertEqual(self.url_open(url).status_code, 404)
