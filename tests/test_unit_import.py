import csv
import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.misc import file_open

from .common import EmulationCommon

OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "has_headers": True,
    "date_format": "%d/%m/%Y",
    "keep_matches": False,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_TYPES = {"xlsx": XLSX, "csv": "text/csv"}
HEADER = "Mã đơn vị,Tên đơn vị,Loại đơn vị,Cấp,Đơn vị cấp trên"


def fill_template(path):
    """Return the template at ``path`` (a URL) with its own samples as rows."""
    with file_open(path.lstrip("/"), "rb") as source:
        content = source.read()
    if path.endswith(".csv"):
        header, _note, *samples = content.decode("utf-8-sig").splitlines()
        lines = [header, *(sample.removeprefix("# ") for sample in samples)]
        return "\r\n".join(lines).encode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, example = book.worksheets[:2]
    for cell in example["A2:Z99"]:
        for one in cell:
            sheet[one.coordinate] = one.value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@tagged("post_install", "-at_install")
class TestUnitImport(EmulationCommon):
    def _import(
        self, content, user=None, lang=None, dryrun=False, file_type=None, **options
    ):
        """Import ``content`` as the dialog does: preview, take its mapping, run."""
        if isinstance(content, str):
            content = content.encode()
        Import = self.env["base_import.import"].with_user(user or self.movement_user)
        wizard = Import.with_context(lang=lang or "en_US").create(
            {
                "res_model": "emulation.unit",
                "file": content,
                "file_name": "units.csv",
                "file_type": file_type or "text/csv",
            }
        )
        options = {**OPTIONS, **options}
        preview = wizard.parse_preview(dict(options))
        self.assertNotIn("error", preview)
        fields = [
            "/".join(preview["matches"].get(index) or []) or False
            for index, _header in enumerate(preview["headers"])
        ]
        columns = [header.lower() for header in preview["headers"]]
        return wizard.execute_import(fields, columns, dict(options), dryrun=dryrun)

    def _read_fixture(self):
        with file_open("emulation/tests/data/ha_nam_2025.csv", "rb") as source:
            return source.read()

    def _get_units(self, content):
        rows = csv.DictReader(io.StringIO(content.decode()))
        codes = [row["Mã đơn vị"] for row in rows]
        return self.env["emulation.unit"].search([("code", "in", codes)])

    def test_province_comes_in_and_again(self):
        content = self._read_fixture()
        before = self._get_units(content)
        trial = self._import(content, dryrun=True)
        self.assertFalse(trial["messages"])
        self.assertEqual(self._get_units(content), before)
        result = self._import(content)
        self.assertFalse(result["messages"])
        units = self._get_units(content)
        self.assertEqual(len(units), 105)
        self.assertEqual(sorted(result["ids"]), sorted(units.ids))
        province = units.filtered(lambda unit: unit.code == "35")
        communes = units.filtered(lambda unit: unit.level_id.code == "commune")
        self.assertEqual(len(communes), 98)
        self.assertEqual(len(communes.parent_id), 6)
        self.assertEqual(communes.parent_id.parent_id, province)
        # nothing belongs to it yet: its name is simply corrected
        fresh = communes.filtered(lambda unit: not unit.is_in_use)[0]
        row = f"{fresh.code},{fresh.name},"
        changed = content.replace(row.encode(), f"{fresh.code},Xã Sửa,".encode())
        again = self._import(changed)
        self.assertFalse(again["messages"])
        self.assertEqual(self._get_units(content), units)
        self.assertEqual(fresh.name, "Xã Sửa")

    def test_templates_map_in_both_languages(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        for lang in ("en_US", "vi_VN"):
            Unit = self.env["emulation.unit"].with_context(lang=lang)
            template, plain = Unit.get_import_templates()
            self.assertTrue(template["template"].endswith(f"_{lang[:2]}.xlsx"))
            self.assertTrue(plain["template"].endswith(f"_{lang[:2]}.csv"))
            for reader in ("en_US", "vi_VN"):
                content = fill_template(template["template"])
                preview = (
                    self.env["base_import.import"]
                    .with_user(self.movement_user)
                    .with_context(lang=reader)
                    .create(
                        {
                            "res_model": "emulation.unit",
                            "file": content,
                            "file_name": "units.xlsx",
                            "file_type": XLSX,
                        }
                    )
                    .parse_preview(dict(OPTIONS))
                )
                mapped = [path[0] for path in preview["matches"].values()]
                self.assertEqual(
                    mapped,
                    [
                        *("code", "name", "short_name", "kind_id", "level_id"),
                        *("parent_id", "managing_unit_id", "theme_id"),
                        *("date_start", "date_end"),
                    ],
                    f"{lang} template read in {reader}",
                )

    def test_sample_rows_of_the_template_import(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        module = self.env["ir.module.module"].search([("name", "=", "emulation")])
        module._update_translations(["vi_VN"])
        for lang in ("en", "vi"):
            for kind in ("csv", "xlsx"):
                path = f"/emulation/static/xls/units_import_template_{lang}.{kind}"
                result = self._import(fill_template(path), file_type=FILE_TYPES[kind])
                self.assertFalse(result["messages"], path)
                self.assertEqual(len(result["ids"]), 5)

    def _assert_refused(self, rows, *patterns):
        """Every row of ``rows`` is refused in one go, nothing is written."""
        before = self.env["emulation.unit"].search_count([])
        result = self._import("\n".join([HEADER, *rows]))
        self.assertFalse(result["ids"])
        messages = [message["message"] for message in result["messages"]]
        self.assertEqual(len(messages), len(patterns), messages)
        for message, pattern in zip(messages, patterns, strict=True):
            self.assertRegex(message, pattern)
        self.assertEqual(self.env["emulation.unit"].search_count([]), before)
        return result["messages"]

    def test_each_broken_row_is_named(self):
        messages = self._assert_refused(
            [
                "T35N1,Xã Mới Một,territory,commune,T35A",
                "T35N2,Xã Mới Hai,territory,commune,KHONG",
                ",Xã Không Mã,territory,commune,T35A",
                "T35N1,Xã Trùng Mã,territory,commune,T35A",
                "T35N3,Xã Loại Lạ,lạ,commune,T35A",
                "T35N4,Xã Thiếu Cấp,territory,,T35A",
                "T35N5,Xã Tự Thân,territory,commune,T35N5",
            ],
            "Xã Mới Hai.+KHONG.+not known",
            "Xã Không Mã.+no code",
            "Xã Trùng Mã.+row 2",
            "Xã Loại Lạ.+“lạ”.+Use one of",
            "Xã Thiếu Cấp.+“Level”",
            "Xã Tự Thân.+another unit",
        )
        self.assertEqual(messages[0]["rows"], {"from": 1, "to": 1})
        self.assertEqual(messages[0]["field"], "parent_id")

    def test_rows_may_stand_in_any_order(self):
        result = self._import(
            "\n".join(
                [
                    HEADER,
                    "T35N3,Thôn Dưới Cùng,residential,residential,T35N2",
                    "T35N2,Xã Dưới,territory,commune,T35N1",
                    "T35N1,Huyện Trên,territory,district,T35",
                ]
            )
        )
        self.assertFalse(result["messages"])
        units = self.env["emulation.unit"].browse(result["ids"])
        self.assertEqual(units.mapped("code"), ["T35N3", "T35N2", "T35N1"])
        self.assertEqual(
            units[0].complete_name,
            "Tỉnh Thử Nghiệm / Huyện Trên / Xã Dưới / Thôn Dưới Cùng",
        )

    def test_units_in_a_circle_are_named(self):
        self._assert_refused(
            [
                "T35N1,Xã Một,territory,commune,T35N2",
                "T35N2,Xã Hai,territory,commune,T35N1",
                "T35N3,Xã Ba,territory,commune,T35A",
            ],
            "Xã Một.+under itself",
            "Xã Hai.+under itself",
        )

    def test_thousands_of_units_take_a_constant_number_of_waves(self):
        """A row costs no query of its own; a file again costs none either."""
        Unit = self.env["emulation.unit"].with_user(self.movement_user)
        columns = ["code", "name", "kind_id", "level_id", "parent_id"]
        counts, again = [], []
        for size in (10, 100, 300):
            rows = [
                [f"B{size}-{number}", f"Xã {number}", "territory", "commune", "T35A"]
                for number in range(size)
            ]
            for target in (counts, again):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                result = Unit.load(columns, rows)
                self.env.flush_all()
                target.append(self.env.cr.sql_log_count - before)
                self.assertEqual(len(result["ids"]), size, result["messages"])
        self.assertLess(counts[2] - counts[1], 200 * 0.1)
        self.assertEqual(again[2], again[1])

    def test_a_part_of_a_file_is_never_left_out(self):
        """The dialog asks for parts; we take the whole file, so a trial knows it."""
        rows = "\n".join(
            f"T35N{number},Xã {number},territory,commune,T35A" for number in range(5)
        )
        result = self._import(f"{HEADER}\n{rows}", dryrun=True, limit=2)
        self.assertEqual((len(result["ids"]), result["nextrow"]), (5, 0))

    def test_ambiguous_name_asks_for_the_code(self):
        for code in ("T35T1", "T35T2"):
            self._create_unit(code, "Xã Trùng Tên", "territory", "commune")
        self._assert_refused(
            ["T35N1,Thôn Mới,residential,residential,Xã Trùng Tên"],
            "Thôn Mới.+2 units.+Xã Trùng Tên.+code of the right one",
        )

    def test_parent_and_kind_by_name(self):
        kind = self.env.ref("emulation.unit_kind_residential")
        result = self._import(
            f"{HEADER}\nT35N1,Thôn Mới,{kind.name},Residential area,Xã An Một"
        )
        self.assertFalse(result["messages"])
        village = self.env["emulation.unit"].browse(result["ids"])
        self.assertRecordValues(
            village, [{"parent_id": self.commune_a1.id, "kind_id": kind.id}]
        )

    def test_cycle_by_import_is_refused(self):
        result = self._import(f"{HEADER}\nT35A,Huyện An,territory,district,T35A1")
        self.assertFalse(result["ids"])
        self.assertRegex(
            result["messages"][0]["message"], "Huyện An.+another “Higher unit”"
        )

    def test_rows_with_external_ids_go_their_usual_way(self):
        Unit = self.env["emulation.unit"].with_user(self.movement_user)
        result = Unit.load(
            ["id", "code", "name", "kind_id", "level_id"],
            [["__import__.t35n1", "T35N1", "Xã Mới", "territory", "commune"]],
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self.env.ref("__import__.t35n1").id, result["ids"][0])

    def test_unit_officer_cannot_import(self):
        Unit = self.env["emulation.unit"].with_user(self.officer_a)
        result = Unit.load(
            ["code", "name", "kind_id", "level_id"],
            [["T35N1", "Xã Mới", "territory", "commune"]],
        )
        self.assertFalse(result["ids"])
        with self.assertRaises(AccessError):
            Unit.create({"code": "T35N1", "name": "Xã Mới"})
