import openpyxl

from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools.misc import file_open

from .succession_common import SuccessionCommon

OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "has_headers": True,
    "date_format": "%d/%m/%Y",
}
EVE_OF_YEAR = Date.to_date("2024-12-31")
HEADER = "Ngày hiệu lực,Loại thay đổi,Đơn vị liên quan,Văn bản,Mã đơn vị mới"
FIELDS = [
    *("date", "kind", "predecessor_ids", "legal_text"),
    *("line_ids/code", "line_ids/name", "line_ids/kind_id", "line_ids/level_id"),
    "line_ids/parent_code",
]


@tagged("post_install", "-at_install")
class TestSuccessionImport(SuccessionCommon):
    def _preview(self, content, name, lang="en_US"):
        Import = self.env["base_import.import"].with_user(self.manager_user)
        kind = (
            "text/csv"
            if name.endswith("csv")
            else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        wizard = Import.with_context(lang=lang).create(
            {
                "res_model": "emulation.unit.succession",
                "file": content,
                "file_name": name,
                "file_type": kind,
            }
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        fields = [
            "/".join(preview["matches"].get(index) or []) or False
            for index, _header in enumerate(preview["headers"])
        ]
        return wizard, fields, [header.lower() for header in preview["headers"]]

    def _import(self, rows, header=HEADER):
        content = "\n".join([header, *rows]).encode()
        wizard, fields, columns = self._preview(content, "reform.csv")
        return wizard.execute_import(fields, columns, dict(OPTIONS))

    def test_templates_map_in_both_languages(self):
        for lang in ("en_US", "vi_VN"):
            self.env["res.lang"]._activate_lang(lang)
            Event = self.Succession.with_context(lang=lang)
            (template,) = Event.get_import_templates()
            self.assertTrue(template["template"].endswith(f"_{lang[:2]}.xlsx"))
            with file_open(template["template"].lstrip("/"), "rb") as source:
                _wizard, fields, _columns = self._preview(
                    source.read(), "reform.xlsx", "en_US"
                )
            self.assertEqual(fields, FIELDS, lang)

    def test_sample_rows_name_every_column(self):
        for lang in ("en", "vi"):
            path = f"emulation/static/xls/reform_import_template_{lang}.xlsx"
            with file_open(path, "rb") as source:
                rows = list(
                    openpyxl.load_workbook(source)
                    .worksheets[0]
                    .iter_rows(values_only=True)
                )
            self.assertEqual({len(row) for row in rows}, {len(FIELDS)})

    def test_words_of_the_office(self):
        result = self._import(
            [
                '01/07/2025,Sáp nhập,"T35A1,T35A2",NQ 1,T35B1',
                "01/07/2025,Giải thể,T35A1S,NQ 1,",
            ]
        )
        self.assertFalse(result["messages"])
        events = self.env["emulation.unit.succession"].browse(result["ids"])
        self.assertEqual(events.mapped("kind"), ["merge", "dissolve"])
        self.assertEqual(events[0].predecessor_ids, self.communes)
        events.with_user(self.manager_user).action_apply()
        self.assertEqual(self.commune_a1.successor_ids, self.commune_b1)
        self._assert_sound()

    def test_a_renaming_in_the_file_names_the_unit_itself(self):
        result = self._import(
            [
                "01/01/2025,Đổi tên,T35A1,NQ 2,T35A1,Phường An Một",
                '01/07/2025,Sáp nhập,"T35A1,T35A2",NQ 1,T35B1,',
            ],
            header=f"{HEADER},Tên đơn vị mới",
        )
        self.assertFalse(result["messages"])
        events = self.env["emulation.unit.succession"].browse(result["ids"])
        self.assertEqual(events.mapped("kind"), ["rename", "merge"])
        self.assertEqual(events[0].new_name, "Phường An Một")
        self.assertFalse(events[0].line_ids)
        events.with_user(self.manager_user).action_apply()
        self.assertEqual(self.commune_a1.name, "Phường An Một")
        self.assertEqual(self.commune_a1._name_at(EVE_OF_YEAR), "Xã An Một")
        self.assertEqual(self.commune_a1.successor_ids, self.commune_b1)
        self._assert_sound()

    def test_broken_rows_bring_nothing_in(self):
        before = self.Succession.search_count([])
        for row, pattern in (
            ("01/07/2025,Sáp nhập,KHONG,NQ 1,T35B1", "KHONG"),
            ("01/07/2025,Bay,T35A1,NQ 1,T35B1", "Bay"),
            ("32/07/2025,Sáp nhập,T35A1,NQ 1,T35B1", "32/07/2025"),
        ):
            result = self._import(["01/07/2025,Sáp nhập,T35A2,NQ 1,T35B1", row])
            self.assertFalse(result.get("ids"))
            self.assertRegex(str(result["messages"]), pattern)
            self.assertEqual(self.Succession.search_count([]), before)

    def test_movement_officer_cannot_import(self):
        result = (
            self.env["emulation.unit.succession"]
            .with_user(self.movement_user)
            .load(["date", "kind"], [["2025-07-01", "merge"]])
        )
        self.assertFalse(result["ids"])
