import csv
import io

from odoo.tests import tagged

from .common import EmulationCommon
from .test_unit_import import OPTIONS, fill_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PeopleImportCommon(EmulationCommon):
    _model = None
    _context = {}

    def _preview(self, content, file_type, user, lang="en_US"):
        wizard = (
            self.env["base_import.import"]
            .with_user(user)
            .with_context(lang=lang, **self._context)
            .create(
                {
                    "res_model": self._model,
                    "file": content,
                    "file_name": "file",
                    "file_type": file_type,
                }
            )
        )
        options = {key: OPTIONS[key] for key in OPTIONS if key != "encoding"}
        preview = wizard.parse_preview({**options, "encoding": ""})
        self.assertNotIn("error", preview)
        return wizard, preview

    def _import(self, header, *rows, user=None, dryrun=False, lang="en_US"):
        target = io.StringIO()
        csv.writer(target).writerows([header, *rows])
        content = target.getvalue().encode()
        user = user or self.manager_user
        wizard, preview = self._preview(content, "text/csv", user, lang)
        fields = [
            "/".join(preview["matches"].get(index) or []) or False
            for index, _header in enumerate(preview["headers"])
        ]
        options = {**OPTIONS, "limit": 2000}
        # a trial run rolls back what it flushes
        self.env.flush_all()
        return wizard.execute_import(fields, header, options, dryrun=dryrun)

    def _assert_templates(self, user, expected):
        self.env["res.lang"]._activate_lang("vi_VN")
        for lang in ("en_US", "vi_VN"):
            Model = self.env[self._model].with_context(lang=lang, **self._context)
            templates = Model.get_import_templates()
            kinds = [template["template"].rpartition(".")[2] for template in templates]
            self.assertEqual(kinds, ["xlsx", "csv"])
            for reader in ("en_US", "vi_VN"):
                for template, file_type in zip(
                    templates, (XLSX, "text/csv"), strict=True
                ):
                    content = fill_template(template["template"])
                    _wizard, preview = self._preview(content, file_type, user, reader)
                    mapped = ["/".join(path) for path in preview["matches"].values()]
                    self.assertEqual(mapped, expected, (template, reader))

    def _assert_refused(self, header, rows, *patterns, user=None):
        before = self.env[self._model].search_count([])
        result = self._import(header, *rows, user=user)
        self.assertFalse(result["ids"])
        messages = [message["message"] for message in result["messages"]]
        self.assertEqual(len(messages), len(patterns), messages)
        for message, pattern in zip(messages, patterns, strict=True):
            self.assertRegex(message, pattern)
        self.assertEqual(self.env[self._model].search_count([]), before)


@tagged("post_install", "-at_install")
class TestOfficerImport(PeopleImportCommon):
    _model = "emulation.unit.officer"
    HEADER = [
        "Tên đăng nhập hoặc email",
        "Họ và tên",
        "Mã đơn vị",
        "Vai trò",
        "Từ ngày",
    ]

    def test_templates_map_in_both_languages(self):
        self._assert_templates(
            self.manager_user,
            [
                *("user_id", "user_name", "unit_id", "role", "position"),
                *("date_start", "date_end"),
            ],
        )

    def test_officers_come_in_and_again(self):
        self.internal_user.email = "can.bo@example.com"
        rows = [
            [
                "CAN.BO@example.com",
                self.internal_user.name,
                "T35B",
                "Head",
                "01/02/2026",
            ],
            ["officer_a1", "", "Xã An Hai", "deputy", ""],
        ]
        trial = self._import(self.HEADER, *rows, dryrun=True)
        self.assertFalse(trial["messages"])
        result = self._import(self.HEADER, *rows)
        self.assertFalse(result["messages"])
        lines = self.env[self._model].browse(result["ids"])
        self.assertEqual(lines.unit_id, self.district_b | self.commune_a2)
        self.assertEqual(lines.mapped("role"), ["head", "deputy"])
        self.assertEqual(str(lines[0].date_start), "2026-02-01")
        self.assertIn(self.commune_a2, self.officer_a1.emulation_unit_ids)
        again = self._import(self.HEADER, *rows)
        self.assertEqual(again["ids"], result["ids"])
        self.assertFalse(again["messages"])

    def test_each_broken_row_is_named(self):
        self.commune_b1.date_end = "2020-01-01"
        self._assert_refused(
            self.HEADER,
            [
                ["khong.co@example.com", "Người Lạ", "T35A", "head", ""],
                ["officer_a1", "", "", "officer", ""],
                ["officer_a1", "", "KHONG", "officer", ""],
                ["officer_a1", "Kẻ Khác", "T35A", "officer", ""],
                ["officer_a1", "", "T35A", "vua", ""],
                ["", "Quên Đăng Nhập", "T35A", "officer", ""],
                ["officer_a1", "", "T35B1", "officer", ""],
            ],
            "khong.co@example.com.+Người Lạ.+invite",
            "officer_a1.+has no unit",
            "KHONG.+not known",
            "belongs to.+not to Kẻ Khác",
            "vua.+Use one of.+Head",
            "Quên Đăng Nhập.+no login",
            "Xã Bình Một.+has ended",
        )

    def test_the_same_row_twice(self):
        row = ["officer_a1", "", "T35A", "officer", ""]
        self._assert_refused(self.HEADER, [row, row], "row 2")

    def test_the_usual_headers_are_understood(self):
        for header in ("Tên đăng nhập", "Login", "Email", "Thư điện tử"):
            row = ["khong.co", "", "T35A"]
            with self.subTest(header):
                result = self._import([header, *self.HEADER[1:3]], row)
                (message,) = result["messages"]
                self.assertRegex(message["message"], "Nobody has the login.+khong.co")
                self.assertEqual(message["record"], 2)

    def test_a_file_without_the_unit_or_the_login(self):
        for header, row, pattern in (
            (["Tên đăng nhập", "Họ và tên"], ["officer_a1", ""], "no column “Unit”"),
            (["Mã đơn vị", "Vai trò"], ["T35A", ""], "no column “User”"),
        ):
            with self.subTest(pattern):
                self._assert_refused(header, [row], pattern)

    def test_what_the_records_refuse_has_the_row_of_the_file(self):
        """Of three rows the last one would make a second head."""
        rows = [
            ["officer_a1", "", "T35A", "officer", ""],
            ["officer_a2", "", "T35B", "officer", ""],
            ["officer_b1", "", "T35A1", "head", ""],
        ]
        result = self._import(self.HEADER, *rows)
        (message,) = result["messages"]
        self.assertRegex(message["message"], "Xã An Một.+has a head at that time")
        self.assertEqual(message["record"], 4)
        self.assertFalse(result["ids"])

    def test_the_clerk_reads_it_in_vietnamese(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        for header, row in (
            (["Tên đăng nhập"], ["officer_a1"]),
            (self.HEADER, ["khong.co", "", "T35A", "", ""]),
            (self.HEADER, ["officer_a1", "", "", "", ""]),
            (self.HEADER, ["officer_a1", "", "T35A", "vua", ""]),
            (self.HEADER, ["officer_b1", "", "T35A1", "head", ""]),
            (self.HEADER, ["officer_b1", "", "T35A", "head", "31/02/2026"]),
        ):
            with self.subTest(row):
                result = self._import(header, row, lang="vi_VN")
                (message,) = result["messages"]
                self.assertRegex(
                    message["message"], "[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọộợừửữụỳđơư]"
                )
                self.assertNotRegex(message["message"], r"\b(the|is|has|unit|row)\b")

    def test_garbage_is_refused_in_words(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        garbage = bytes(range(128, 256)) * 8
        for lang, pattern in (("en_US", "cannot be read"), ("vi_VN", "không đọc được")):
            for content in (garbage, b"\xff\xfe\x00" * 33):
                wizard = self.env["base_import.import"].with_user(self.manager_user)
                wizard = wizard.with_context(lang=lang).create(
                    {
                        "res_model": self._model,
                        "file": content,
                        "file_name": "rac.csv",
                        "file_type": "text/csv",
                    }
                )
                options = {**OPTIONS, "encoding": "utf-8"}
                error = wizard.parse_preview(options)["error"]
                self.assertRegex(error, f"rac.csv.+{pattern}")

    def test_only_managers_import(self):
        result = (
            self.env[self._model]
            .with_user(self.movement_user)
            .load(["user_id", "unit_id"], [["officer_a1", "T35B"]])
        )
        self.assertFalse(result["ids"])


@tagged("post_install", "-at_install")
class TestAuthorImport(PeopleImportCommon):
    _model = "res.partner"
    _context = {"emulation_people": True}
    HEADER = [
        *("Họ và tên", "Thành phần", "Ngày sinh", "Thư điện tử", "Điện thoại"),
        *("Mã đơn vị", "Nơi cư trú"),
    ]

    def test_templates_map_in_both_languages(self):
        self._assert_templates(
            self.officer_a1,
            [
                *("name", "emulation_category_id", "emulation_birth_date", "email"),
                *("phone", "emulation_unit_id", "emulation_residence"),
            ],
        )

    def test_sample_rows_import(self):
        self._create_unit("99001", "Xã Mẫu", "territory", "commune", self.province)
        self._create_unit("99001-TH", "Trường Mẫu", "school", "base", self.province)
        content = fill_template("/emulation/static/xls/authors_import_template_en.csv")
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        result = self._import(header, *rows, user=self.movement_user)
        self.assertFalse(result["messages"])
        self.assertEqual(len(result["ids"]), 2)

    def test_known_people_are_updated(self):
        known = self.env["res.partner"].create(
            {
                "name": "Trần Văn Khiêm",
                "emulation_birth_date": "1970-05-19",
                "emulation_unit_id": self.commune_a1.id,
            }
        )
        mailed = self.env["res.partner"].create(
            {
                "name": "Vũ Thị Hòa",
                "email": "hoa@example.com",
                "emulation_unit_id": self.commune_a1.id,
            }
        )
        rows = [
            ["tran van khiem", "CN", "19/05/1970", "", "", "T35A1", "Abroad"],
            ["Vũ Thị Hòa", "", "", "HOA@example.com", "", "T35A1", ""],
            ["Người Mới", "CN", "01/01/1990", "", "", "T35A1", "in_province"],
        ]
        result = self._import(self.HEADER, *rows, user=self.officer_a1)
        self.assertFalse(result["messages"])
        self.assertEqual(result["ids"][:2], [known.id, mailed.id])
        self.assertEqual(known.emulation_residence, "abroad")
        newcomer = self.env["res.partner"].browse(result["ids"][2])
        self.assertRecordValues(
            newcomer,
            [
                {
                    "is_company": False,
                    "emulation_unit_id": self.commune_a1.id,
                    "emulation_residence": "in_province",
                }
            ],
        )
        again = self._import(self.HEADER, *rows, user=self.officer_a1)
        self.assertEqual(again["ids"], result["ids"])

    def test_each_broken_row_is_named(self):
        self.env["res.partner"].create({"name": "Chủ Thư", "email": "a@example.com"})
        self.env["res.partner"].create(
            [{"name": "Đôi", "emulation_birth_date": "1980-01-01"} for _twice in "12"]
        )
        self._assert_refused(
            self.HEADER,
            [
                ["", "CN", "", "", "", "", ""],
                ["Lạ Thành Phần", "??", "", "", "", "", ""],
                ["Lạ Đơn Vị", "", "", "", "", "KHONG", ""],
                ["Lạ Nơi Ở", "", "", "", "", "", "mặt trăng"],
            ],
            "no name",
            "Lạ Thành Phần.+\\?\\?",
            "Lạ Đơn Vị.+KHONG",
            "Lạ Nơi Ở.+mặt trăng.+Abroad",
            user=self.movement_user,
        )
        self._assert_refused(
            self.HEADER,
            [
                ["Người Khác", "", "", "a@example.com", "", "", ""],
                ["Đôi", "", "01/01/1980", "", "", "", ""],
                ["Trùng", "", "", "t@example.com", "", "", ""],
                ["Trùng Hai", "", "", "t@example.com", "", "", ""],
            ],
            "Người Khác.+Chủ Thư",
            "Đôi.+2 contacts.+Merge",
            "Trùng Hai.+row 4",
            user=self.movement_user,
        )

    def test_people_of_others_are_not_overwritten(self):
        self.env["res.partner"].create(
            {
                "name": "Người Bình",
                "emulation_birth_date": "1980-01-01",
                "emulation_unit_id": self.commune_b1.id,
            }
        )
        self._assert_refused(
            self.HEADER,
            [["Người Bình", "", "01/01/1980", "", "", "T35A1", ""]],
            "Người Bình.+kept by others",
            user=self.officer_a1,
        )

    def test_other_imports_of_contacts_go_their_usual_way(self):
        self.assertEqual(
            self.env["res.partner"].get_import_templates()[0]["template"],
            "/base/static/xls/contacts_import_template.xlsx",
        )
        result = self.env["res.partner"].load(["name"], [["Ai Đó"], ["Ai Đó"]])
        self.assertEqual(len(result["ids"]), 2)
