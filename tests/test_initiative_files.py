import csv
import datetime
import io
import unicodedata

import openpyxl

from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_open

from .common_import import LIST, InitiativeImportCommon, entry
from .test_office_files import DIALOG_OPTIONS
from .test_people_import import XLSX

TONES = "\u0300\u0301\u0303\u0309\u0323"


@tagged("post_install", "-at_install")
class TestInitiativeFiles(InitiativeImportCommon):
    """Lists as offices really send them: read where they can be, else told in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["emulation.round"]._create_archive(2019, cls.province)

    def _wizard(self, content, kind="text/csv", name="ds.csv"):
        return (
            self.env["base_import.import"]
            .with_user(self.movement_user)
            .create(
                {
                    "res_model": self._model,
                    "file": content,
                    "file_name": name,
                    "file_type": kind,
                }
            )
        )

    def _read(self, wizard, dryrun=False):
        """Preview and import, as the dialog does."""
        preview = wizard.parse_preview(dict(DIALOG_OPTIONS))
        self.assertNotIn("error", preview)
        fields = [
            "/".join(preview["matches"].get(index) or []) or False
            for index, _header in enumerate(preview["headers"])
        ]
        columns = [header.lower() for header in preview["headers"]]
        options = {**DIALOG_OPTIONS, **preview["options"]}
        self.env.flush_all()
        return wizard.execute_import(fields, columns, options, dryrun=dryrun)

    def _assert_unreadable(self, wizard, pattern):
        preview = wizard.parse_preview(dict(DIALOG_OPTIONS))
        self.assertRegex(preview.get("error") or "read", pattern)
        options = dict(DIALOG_OPTIONS)
        answer = wizard.execute_import(["name"], ["tên sáng kiến"], options)
        self.assertRegex(answer["messages"][0]["message"], pattern)
        self.assertFalse(answer.get("ids"))

    def _csv(self, *rows):
        lines = [
            ",".join('"' + str(cell).replace('"', '""') + '"' for cell in row)
            for row in (LIST, *rows)
        ]
        return "\n".join(lines)

    def _book(self, *rows, change=None):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        if change:
            change(book)
        target = io.BytesIO()
        book.save(target)
        return self._wizard(target.getvalue(), XLSX, "ds.xlsx")

    def test_encodings_of_vietnamese_offices(self):
        titles = {
            "utf-8": "Máy tẽ ngô một",
            "utf-8-sig": "Máy tẽ ngô hai",
            "utf-16": "Máy tẽ ngô ba",
            "utf-16-le": "Máy tẽ ngô bốn",
        }
        for encoding, title in titles.items():
            content = self._csv(entry(title)).encode(encoding)
            result = self._read(self._wizard(content))
            self.assertEqual(self._entries(result).name, title, encoding)

    def test_the_old_code_page_of_windows(self):
        # it writes tones as signs of their own behind the vowel
        def decompose(text):
            signs = []
            for letter in text:
                parts = unicodedata.normalize("NFD", letter)
                tone = [
                    one for one in parts[1:] if one in "\u0300\u0301\u0303\u0309\u0323"
                ]
                rest = "".join(one for one in parts if one not in tone)
                signs += [unicodedata.normalize("NFC", rest), *tone]
            return "".join(signs)

        content = decompose(self._csv(entry("Máy tẽ ngô kiểu mới", "Lê Thị Bưởi")))
        result = self._read(self._wizard(content.encode("cp1258")))
        dossier = self._entries(result)
        self.assertEqual(dossier.name, "Máy tẽ ngô kiểu mới")
        self.assertEqual(dossier.author_ids.partner_id.name, "Lê Thị Bưởi")

    def test_decomposed_and_invisible_characters(self):
        text = self._csv(entry("Máy\u200b tẽ\u00a0ngô", "Lê\u200d Thị Bưởi"))
        text = unicodedata.normalize("NFD", text.replace("Mã", "\u200bMã"))
        dossier = self._entries(self._read(self._wizard(text.encode())))
        self.assertEqual(dossier.name, "Máy tẽ ngô")
        self.assertEqual(dossier.author_ids.partner_id.name, "Lê Thị Bưởi")

    def test_cells_as_excel_keeps_them(self):
        row = dict(zip(LIST, entry("Máy tẽ ngô"), strict=True))
        row["Năm"] = 2019
        row["Ngày quyết định"] = 43819
        row["Giá trị làm lợi (đồng)"] = 28800000.0
        other = {**row, "Tên sáng kiến": "Thẻ từ vựng"}
        other["Ngày quyết định"] = datetime.datetime(2019, 12, 20)
        result = self._read(self._book(LIST, row.values(), [], other.values()))
        dossiers = self._entries(result)
        self.assertEqual(
            [str(day) for day in dossiers.mapped("past_decision_date")],
            ["2019-12-20", "2019-12-20"],
        )
        self.assertEqual(dossiers.mapped("benefit_amount"), [28_800_000, 28_800_000])

    def test_formulas_are_no_titles(self):
        def change(book):
            book.active["A2"] = "=CONCATENATE(B2,C2)"

        result = self._read(self._book(LIST, entry("x"), change=change))
        # a formula that was never calculated has no value to read
        self.assertRegex(result["messages"][0]["message"], "no title")
        content = self._csv(entry("=HYPERLINK(1)")).encode()
        dossier = self._entries(self._read(self._wizard(content)))
        self.assertEqual(dossier.name, "=HYPERLINK(1)")

    def test_merged_cells(self):
        def merge_title(book):
            book.active.merge_cells("A1:N1")

        title = ["DANH SÁCH SÁNG KIẾN NĂM 2019"]
        self._assert_unreadable(
            self._book(title, LIST, entry("Máy tẽ ngô"), change=merge_title),
            "DANH SÁCH SÁNG KIẾN NĂM 2019.+Delete the lines above the header",
        )

        def merge_units(book):
            book.active.merge_cells("C2:C3")

        result = self._read(
            self._book(LIST, entry("Một"), entry("Hai"), change=merge_units)
        )
        self.assertRegex(result["messages"][0]["message"], "Hai.+has no unit")
        self.assertEqual(result["messages"][0]["record"], 3)

    def test_files_that_hold_nothing(self):
        self._assert_unreadable(self._wizard(b""), "file is empty")
        self._assert_unreadable(self._book(), "sheet is empty")
        self._assert_unreadable(self._book(LIST), "no row below it")

    def test_files_that_are_something_else(self):
        old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000
        silence = mute_logger("odoo.addons.base_import.models.base_import")
        silence.__enter__()
        self.addCleanup(silence.__exit__, None, None, None)
        self._assert_unreadable(
            self._wizard(old, "application/vnd.ms-excel", "ds.xls"),
            "before 2007.+save it as an Excel workbook|cannot be read",
        )
        self._assert_unreadable(
            self._wizard(b"PK\x03\x04broken", XLSX, "ds.xlsx"), "cannot be read"
        )

    def test_a_column_that_stands_there_twice(self):
        rows = [[*LIST, "NĂM"], [*entry("Máy tẽ ngô"), "2018"]]
        self._assert_unreadable(self._book(*rows), "NĂM.+columns 4 and 15")

    def test_endless_cells_and_files(self):
        huge = self._csv(entry("Máy tẽ ngô", **{"Tóm tắt": "x" * 10_000_000}))
        self._assert_unreadable(
            self._wizard(huge.encode()), "Tóm tắt.+10000000 characters, at most 32767"
        )
        self.env["ir.config_parameter"].set_param("emulation.import_max_rows", "3")
        rows = [entry(f"Máy {number}") for number in range(4)]
        self._assert_unreadable(self._book(LIST, *rows), "4 rows, at most 3")
        self.env["ir.config_parameter"].set_param("emulation.import_max_rows", "4")
        self._entries(self._read(self._book(LIST, *rows)))

    def test_columns_that_a_list_needs(self):
        content = "Tên sáng kiến,Năm\nMáy tẽ ngô,2019".encode()
        result = self._read(self._wizard(content))
        self.assertRegex(
            result["messages"][0]["message"],
            "no column for: Authors with shares, Unit",
        )

    def test_limits_of_rows_hold_without_a_setting(self):
        self.env["ir.config_parameter"].search(
            [("key", "=", "emulation.import_max_rows")]
        ).unlink()
        lines = "\n".join("a,b" for _row in range(100_000))
        self._assert_unreadable(
            self._wizard(f"Tên sáng kiến,Năm\n{lines}".encode()), "100000 rows"
        )

    def test_protected_cells_come_back_as_they_were(self):
        content = self._csv(entry("'=Máy tẽ ngô")).encode()
        dossier = self._entries(self._read(self._wizard(content)))
        self.assertEqual(dossier.name, "=Máy tẽ ngô")

    def test_questions_do_not_grow_with_the_rows(self):
        def questions(count, tag):
            rows = [
                entry(f"Máy {tag} {number}", f"Nguyễn Văn {word(number)} {word(count)}")
                for number in range(count)
            ]
            wizard = self._wizard(self._csv(*rows).encode())
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._entries(self._read(wizard))
            return self.env.cr.sql_log_count - before

        def word(number):
            letters = "abcdefghij"
            return "".join(letters[int(digit)] for digit in str(number)).title()

        questions(2, "đầu")
        few, many = questions(10, "ít"), questions(200, "nhiều")
        self.assertLess(many, few + 100)

    def test_the_list_of_the_demo_can_be_read(self):
        path = "emulation/demo/files/danh-sach-sang-kien-2017.csv"
        with file_open(path, "rb") as source:
            text = source.read().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual(list(rows[0]), LIST)
        for code in {row["Mã đơn vị"] for row in rows}:
            if not self.env["emulation.unit"]._import_known([code]):
                self._create_unit(code, f"Đơn vị {code}", "department", "province")
        result = self._read(self._wizard(text.encode()))
        self.assertEqual(len(self._entries(result)), len(rows))
