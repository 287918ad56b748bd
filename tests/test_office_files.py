import io

import openpyxl

from odoo.tests import tagged
from odoo.tools.misc import file_open

from .common import EmulationCommon
from .test_unit_import import FILE_TYPES, HEADER

# What the dialog sends before anybody chose anything
DIALOG_OPTIONS = {
    "import_skip_records": [],
    "import_set_empty_fields": [],
    "fallback_values": {},
    "name_create_enabled_fields": {},
    "encoding": "",
    "separator": "",
    "quoting": '"',
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": True,
    "has_headers": True,
    "keep_matches": False,
    "limit": 2000,
    "sheets": [],
    "sheet": "",
    "skip": 0,
    "tracking_disable": True,
}
DATED = f"{HEADER},Hoạt động từ ngày,Kết thúc ngày"


@tagged("post_install", "-at_install")
class TestOfficeFiles(EmulationCommon):
    """The import dialog with files as offices write them."""

    _model = "emulation.unit"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")

    def _wizard(self, content, kind="csv"):
        return (
            self.env["base_import.import"]
            .with_user(self.movement_user)
            .create(
                {
                    "res_model": self._model,
                    "file": content if isinstance(content, bytes) else content.encode(),
                    "file_name": f"units.{kind}",
                    "file_type": FILE_TYPES[kind],
                }
            )
        )

    def _import(self, content, kind="csv", **chosen):
        """Preview and import with what the preview answers, as the dialog does."""
        wizard = self._wizard(content, kind)
        preview = wizard.parse_preview({**DIALOG_OPTIONS, **chosen})
        self.assertNotIn("error", preview)
        fields = [
            "/".join(preview["matches"].get(index) or []) or False
            for index, _header in enumerate(preview["headers"])
        ]
        columns = [header.lower() for header in preview["headers"]]
        options = {**DIALOG_OPTIONS, **preview["options"]}
        self.env.flush_all()
        return wizard.execute_import(fields, columns, options)

    def _units(self, result):
        self.assertFalse(result["messages"])
        return self.env["emulation.unit"].browse(result["ids"])

    def _sheet(self, rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    def _assert_refused(self, content, *patterns):
        result = self._import(content)
        self.assertFalse(result.get("ids"))
        messages = [message["message"] for message in result["messages"]]
        self.assertEqual(len(messages), len(patterns), messages)
        for message, pattern in zip(messages, patterns, strict=True):
            self.assertRegex(message, pattern)
        return result["messages"]

    def test_short_row_is_filled_up(self):
        units = self._units(
            self._import(
                f"{HEADER}\nT35N1,Xã Một,territory,commune\n"
                "T35N2,Xã Hai,territory,commune,T35A"
            )
        )
        self.assertEqual(units.mapped("parent_id"), self.district_a)

    def test_cells_beyond_the_header_are_refused(self):
        wizard = self._wizard(
            f"{HEADER}\nT35N1,Sở Văn hóa, Thể thao,department,province,T35,,"
        )
        preview = wizard.parse_preview({**DIALOG_OPTIONS, "separator": ","})
        self.assertRegex(preview["error"], "Thể thao.+more cells than the header")

    def test_days_of_an_unambiguous_file_need_no_format(self):
        for user_lang in ("vi_VN", "en_US"):
            self.movement_user.lang = user_lang
            content = (
                f"{DATED}\nT35N1,Xã Một,territory,commune,T35A,01/02/2020,\n"
                "T35N2,Xã Hai,territory,commune,T35A,03/02/2020,31/12/2025"
            )
            units = self._units(self._import(content))
            starts = [str(day) for day in units.mapped("date_start")]
            self.assertEqual(starts, ["2020-02-01", "2020-02-03"], user_lang)
            self.assertEqual(str(units[1].date_end), "2025-12-31")

    def test_days_are_read_day_first_even_in_english(self):
        units = self._units(
            self._import(f"{DATED}\nT35N1,Xã Một,territory,commune,T35A,01/02/2020,")
        )
        self.assertEqual(str(units.date_start), "2020-02-01")

    def test_other_ways_to_write_days(self):
        for text in ("2020-02-01", "1-2-2020", "01.02.2020"):
            content = f"{DATED}\nT35N1,Xã Một,territory,commune,T35A,{text},"
            units = self._units(self._import(content))
            self.assertEqual(str(units.date_start), "2020-02-01", text)

    def test_month_first_where_the_clerk_says_so(self):
        content = f"{DATED}\nT35N1,Xã Một,territory,commune,T35A,02/01/2020,"
        units = self._units(self._import(content, date_format="%m/%d/%Y"))
        self.assertEqual(str(units.date_start), "2020-02-01")

    def test_bad_day_names_unit_column_and_remedy(self):
        messages = self._assert_refused(
            f"{DATED}\nT35N1,Xã Một,territory,commune,T35A,01/02/2020,\n"
            "\n"
            "T35N2,Xã Hai,territory,commune,T35A,31/02/2020,31/12/2025",
            "Xã Hai.+31/02/2020.+In existence since.+dd/mm/yyyy",
        )
        # the row as Excel numbers it: the header and the blank line count
        self.assertEqual(messages[0]["record"], 4)

    def test_rows_are_numbered_as_in_excel(self):
        rows = [
            HEADER.split(","),
            ["T35N1", "Xã Một", "territory", "commune", "T35A"],
            [],
            ["# ghi chú"],
            ["T35N1", "Xã Hai", "territory", "commune", "T35A"],
        ]
        result = self._import(self._sheet(rows), "xlsx")
        self.assertRegex(result["messages"][0]["message"], "Xã Hai.+row 2")
        self.assertEqual(result["messages"][0]["record"], 5)

    def test_many_faults_are_summed_up(self):
        lines = [f"T35N{number},Xã,territory,," for number in range(60)]
        result = self._import("\n".join([HEADER, *lines]))
        self.assertEqual(len(result["messages"]), 51)
        self.assertRegex(result["messages"][0]["message"], "60 rows.+first 50")
        self.assertNotIn("record", result["messages"][0])

    def test_empty_cell_keeps_what_is_required(self):
        before = self.commune_a1.kind_id | self.commune_a2.kind_id
        units = self._units(
            self._import(f"{HEADER}\nT35A1,,,commune,T35A\nT35A2,Xã Mới,,,T35A")
        )
        self.assertEqual(units, self.commune_a1 | self.commune_a2)
        self.assertEqual(units.kind_id, before)
        self.assertEqual(units.mapped("name"), ["Xã An Một", "Xã Mới"])

    def test_codes_are_matched_in_small_letters(self):
        units = self._units(
            self._import(
                f"{HEADER}\nt35a1,Xã An Một,territory,commune,t35a\n"
                "T35n1,Thôn,residential,residential,T35N2\n"
                "t35n2,Xã Nữa,territory,commune,t35A"
            )
        )
        self.assertEqual(units[0], self.commune_a1)
        self.assertEqual(units.mapped("code"), ["T35A1", "T35n1", "t35n2"])
        self.assertEqual(units[1].parent_id, units[2])
        self.assertEqual(units[2].parent_id, self.district_a)
        self._assert_refused(
            f"{HEADER}\nT35X,Xã Một,territory,commune,T35A\n"
            "t35x,Xã Hai,territory,commune,T35A",
            "Xã Hai.+row 2",
        )

    def test_numbers_in_excel_are_codes(self):
        rows = [
            HEADER.split(","),
            [99.0, "Tỉnh Số", "territory", "province", None],
            [99285, "Xã Số", "territory", "commune", 99],
        ]
        units = self._units(self._import(self._sheet(rows), "xlsx"))
        self.assertEqual(units.mapped("code"), ["99", "99285"])
        self.assertEqual(units[1].parent_id, units[0])

    def test_template_without_rows_says_so(self):
        for kind in FILE_TYPES:
            path = f"emulation/static/xls/units_import_template_vi.{kind}"
            with file_open(path, "rb") as source:
                wizard = self._wizard(source.read(), kind)
            preview = wizard.parse_preview({**DIALOG_OPTIONS, "separator": ","})
            self.assertRegex(preview["error"], "no row below it")

    def test_template_for_people_without_rows_says_so(self):
        path = "emulation/static/xls/authors_import_template_vi.xlsx"
        with file_open(path, "rb") as source:
            wizard = self._wizard(source.read(), "xlsx")
        wizard.res_model = "res.partner"  # the dialog previews without its context
        preview = wizard.parse_preview(dict(DIALOG_OPTIONS))
        self.assertRegex(preview["error"], "no row below it")

    def test_other_models_are_read_as_ever(self):
        wizard = self._wizard("Name,Code\n# A,B")
        wizard.res_model = "res.country.state"
        preview = wizard.parse_preview({**DIALOG_OPTIONS, "separator": ","})
        self.assertEqual(preview["preview"], [["# A"], ["B"]])
