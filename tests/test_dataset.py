import csv
import io
import json

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..tools.cells import neutral, original
from .common_appraisal import DEMO_SCORES, AppraisalCommon


class DatasetCommon(AppraisalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user = new_test_user(
            cls.env, "portal_user", groups="base.group_portal"
        )
        session = cls._open_session(["Đồ gá kẹp đa vị trí"])
        cls._close(session, DEMO_SCORES["D4"])
        cls._decide(session)
        cls.decided = session.sudo().evaluation_ids.initiative_id
        cls.draft = cls._create_initiative(
            "Bản nháp của xã", authors=[("Tô Thị Nháp", 100)]
        )
        cls.hostile = cls._create_past("=cmd|' /C calc'!A0", cls.commune_b1)

    @classmethod
    def _create_past(cls, name, unit, author="Lê Văn Mười", **vals):
        archive = cls.env["emulation.round"].search([("kind", "=", "archive")], limit=1)
        archive = archive or cls.env["emulation.round"]._create_archive(
            2019, cls.province
        )
        partner = cls.env["res.partner"].create({"name": author})
        return cls.env["emulation.initiative"]._create_past(
            [
                {
                    "name": name,
                    "unit_id": unit.id,
                    "round_id": archive.id,
                    "kind_id": cls.env.ref("emulation.initiative_kind_initiative").id,
                    "field_id": cls.env.ref("emulation.field_mechanics").id,
                    "theme_id": cls.env.ref("emulation.theme_nd2").id,
                    "state": "recognised",
                    "past_grade": "B",
                    "past_decision_number": "12/QĐ",
                    "past_decision_date": "2019-12-20",
                    "benefit_amount": 28_800_000,
                    "author_ids": [
                        Command.create({"partner_id": partner.id, "share": 100})
                    ],
                    **vals,
                }
            ]
        )

    def _export(self, user, **vals):
        values = {"scope": "unit", "unit_id": self.province.id, "content": "all"}
        values.update(vals)
        return self.env["emulation.dataset.export"].with_user(user).create(values)

    def _sheets(self, export):
        """Return the sheets of a workbook as lists of tuples."""
        with export._write_file() as file:
            book = openpyxl.load_workbook(io.BytesIO(file.read()))
        return [list(sheet.values) for sheet in book.worksheets]

    def _found(self, user, **vals):
        return self._export(user, **vals).dossier_count

    def _titles(self, user, **vals):
        header, *rows = self._sheets(self._export(user, **vals))[0]
        return {row[header.index("Title")] for row in rows}


@tagged("post_install", "-at_install")
class TestDataset(DatasetCommon):
    """What a data set contains, for whom, and that it can be trusted."""

    def test_table_of_dossiers(self):
        data, authors, notes = self._sheets(self._export(self.movement_user))
        header, *rows = data
        lines = [dict(zip(header, row, strict=True)) for row in rows]
        past = next(one for one in lines if one["Source"] == "List")
        self.assertEqual(past["Title"], "'=cmd|' /C calc'!A0")
        self.assertEqual(past["Authors with shares"], "Lê Văn Mười (100%)")
        self.assertEqual(past["Grade (as listed)"], "B")
        self.assertEqual(past["Decided on"].isoformat(), "2019-12-20T00:00:00")
        self.assertEqual(past["Claimed benefit in a year"], 28_800_000)
        self.assertIsNone(past["Result: Province"])
        own = next(one for one in lines if one["Title"] == self.decided.name)
        self.assertEqual(
            own["Result: Province"], self.decided.verdict_ids.grade_id.name
        )
        self.assertEqual(own["Status"], "Recognised")
        self.assertEqual(
            own["Authors with shares"], "Lê Văn Thử (60%); Vũ Thị Thử (40%)"
        )
        self.assertIn("Lê Văn Mười", [row[0] for row in authors])
        noted = dict(row[:2] for row in notes)
        self.assertEqual(noted["Number of dossiers"], len(rows))
        self.assertEqual(noted["Exported by"], self.movement_user.name)
        self.assertEqual(noted["Number of authors"], len(authors) - 1)

    def test_headers_are_frozen_and_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        export = self._export(self.movement_user).with_context(lang="vi_VN")
        with export._write_file() as file:
            book = openpyxl.load_workbook(io.BytesIO(file.read()))
        sheet = book.worksheets[0]
        self.assertEqual(sheet.freeze_panes, "A2")
        header = [cell.value for cell in sheet[1]]
        self.assertIn("Tác giả và tỷ lệ đóng góp", header)
        self.assertFalse(
            [cell for row in sheet for cell in row if cell.data_type == "f"]
        )

    def test_csv_with_either_sign(self):
        for file_type, sign in (("csv_semicolon", ";"), ("csv_comma", ",")):
            with self._export(
                self.movement_user, file_type=file_type
            )._write_file() as file:
                content = file.read()
            self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
            rows = csv.DictReader(
                io.StringIO(content.decode("utf-8-sig")), delimiter=sign
            )
            past = next(row for row in rows if row["Source"] == "List")
            self.assertEqual(past["Title"], "'=cmd|' /C calc'!A0")
            self.assertEqual(past["Decided on"], "20/12/2019")
            self.assertEqual(past["Claimed benefit in a year"], "28800000")

    def test_choices(self):
        user = self.movement_user
        everything = {self.decided.name, self.draft.name, "'=cmd|' /C calc'!A0"}
        self.assertEqual(self._titles(user), everything)
        self.assertEqual(
            self._titles(user, content="recognised"), everything - {self.draft.name}
        )
        self.assertEqual(self._titles(user, year_to=2019), {"'=cmd|' /C calc'!A0"})
        self.assertEqual(
            self._titles(user, year_from=2020), everything - {"'=cmd|' /C calc'!A0"}
        )
        unit = self.district_b.id
        self.assertEqual(
            self._titles(user, scope="unit", unit_id=unit), {"'=cmd|' /C calc'!A0"}
        )
        self.decided.sudo().date_applied = "2018-05-01"
        self.draft.date_applied = "2021-05-01"
        self.assertEqual(self._titles(user, applied_year=2020), {self.decided.name})
        self.decided.sudo().date_applied = False
        self.assertFalse(self._found(user, applied_year=2020))
        use = self.env["emulation.initiative.adoption"].create(
            {
                "initiative_id": self.decided.id,
                "unit_id": self.commune_b1.id,
                "date_start": "2019-06-01",
                "date_end": "2020-06-01",
            }
        )
        self.assertFalse(self._found(user, applied_year=2020))
        use.action_claim()
        self.assertEqual(self._titles(user, applied_year=2020), {self.decided.name})
        self.assertFalse(self._found(user, applied_year=2018))
        self.assertEqual(self._titles(user, applied_year=2021), {self.draft.name})
        for reader in (self.data_user, self.leader_user, self.officer_a1):
            self.assertEqual(self._found(reader, applied_year=2020), 1, reader.login)
        self._create_past("Không đạt", self.commune_a1, state="not_recognised")
        self.assertIn("Không đạt", self._titles(user, content="decided"))
        self.assertNotIn("Không đạt", self._titles(user, content="recognised"))
        self.draft.with_user(self.officer_a1).action_withdraw()
        self.assertNotIn(self.draft.name, self._titles(user, content="handed_in"))

    def test_questions_without_an_answer(self):
        for vals, pattern in (
            ({"unit_id": False}, "Choose the unit"),
            ({"year_from": 2021, "year_to": 2020}, "Exchange"),
            ({"year_from": 2150}, "No dossier that you may read"),
        ):
            with self.assertRaisesRegex(UserError, pattern):
                self._export(self.movement_user, **vals).action_export()

    def test_each_role_gets_what_it_may_read(self):
        # a unit officer: own units, and what they manage by sector
        self.assertEqual(
            self._titles(self.officer_a1), {self.decided.name, self.draft.name}
        )
        self.assertEqual(self._titles(self.officer_b1), {"'=cmd|' /C calc'!A0"})
        with self.assertRaisesRegex(UserError, "No dossier"):
            self._export(
                self.officer_b1, scope="unit", unit_id=self.commune_a1.id
            ).action_export()
        # a leader: what is decided
        self.assertNotIn(self.draft.name, self._titles(self.leader_user))
        self.assertIn(self.decided.name, self._titles(self.leader_user))
        # council members and portal users export nothing
        for user in (self.member1_user, self.secretary_user, self.portal_user):
            with self._refused(AccessError, ""):
                self._export(user)

    def test_readers_of_everything(self):
        for user in (self.leader_user, self.data_user, self.manager_user):
            for content in ("decided", "all"):
                titles = self._titles(user, scope="all", content=content)
                self.assertIn(self.decided.name, titles, (user.login, content))

    def test_results_only_once_published(self):
        session = self._open_session(["Chưa công bố"])
        self._close(session, DEMO_SCORES["D2"])
        secret = session.sudo().evaluation_ids.initiative_id
        for user in (self.movement_user, self.officer_a1, self.manager_user):
            data = self._sheets(self._export(user))[0]
            header, *rows = data
            lines = [dict(zip(header, row, strict=True)) for row in rows]
            line = next(one for one in lines if one["Title"] == secret.name)
            self.assertIsNone(line["Result: Province"])

    def test_one_person_counts_once(self):
        same = {"emulation_birth_date": "1970-05-19"}
        first, second = self.env["res.partner"].create(
            [{"name": "Kim Văn Trùng", **same} for _twice in "12"]
        )
        for number, partner in enumerate((first, second)):
            self._create_past(f"Của ông Khiêm {number}", self.commune_a1)
            dossier = self.env["emulation.initiative"].search(
                [], order="id desc", limit=1
            )
            dossier.sudo().author_ids.partner_id = partner
        authors = self._sheets(self._export(self.leader_user))[1]
        rows = [row for row in authors if row[0] == "Kim Văn Trùng"]
        self.assertEqual([row[4:] for row in rows], [(2, 2)])
        self.assertNotIn("1970", str(authors))

    def test_questions_do_not_grow_with_the_dossiers(self):
        def questions():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._export(self.movement_user)._write_file().close()
            return self.env.cr.sql_log_count - before

        questions()
        few = questions()
        for number in range(30):
            self._create_past(f"Thêm {number}", self.commune_a1, f"Đinh Văn {number}")
        self.assertLessEqual(questions(), few + 2)

    def test_dialog(self):
        with Form(
            self.env["emulation.dataset.export"].with_user(self.officer_a1)
        ) as form:
            self.assertEqual(form.scope, "own")
            form.content = "all"
            self.assertEqual(form.dossier_count, 2)
            form.year_to = 2000
            self.assertEqual(form.dossier_count, 0)
        exports = self.env["emulation.dataset.export"]
        for user in (self.movement_user, self.leader_user, self.data_user):
            self.assertEqual(exports.with_user(user).new({}).scope, "all")


@tagged("post_install", "-at_install")
class TestDatasetHttp(HttpCase, DatasetCommon):
    """Files by address: as the user who asked, and as everybody else."""

    def _login(self, user):
        self.authenticate(user.login, user.login.ljust(8, "x"))

    def _get(self, export):
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            return self.url_open(
                f"/emulation/dataset/{export.id}", allow_redirects=False
            )

    def test_only_who_asked_gets_the_file(self):
        export = self._export(self.movement_user)
        self._login(self.movement_user)
        response = self._get(export)
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.content[:2], b"PK")
        for user in (
            *(self.manager_user, self.officer_a1, self.leader_user, self.member1_user),
            *(self.secretary_user, self.portal_user, self.internal_user),
        ):
            self._login(user)
            self.assertEqual(self._get(export).status_code, 404, user.login)
        self.authenticate(None, None)
        self.assertEqual(self._get(export).status_code, 303)

    def test_rights_of_the_moment_count(self):
        export = self._export(self.officer_a1)
        self._login(self.officer_a1)
        self.assertEqual(self._get(export).status_code, 200)
        self.officer_a1.emulation_officer_ids.date_end = "2020-12-31"
        self.assertEqual(self._get(export).status_code, 404)

    def test_it_is_fetched_and_nothing_else(self):
        export = self._export(self.movement_user)
        self._login(self.movement_user)
        with mute_logger("odoo.http"):
            answer = self.url_open(f"/emulation/dataset/{export.id}", data={"a": "b"})
        self.assertEqual(answer.status_code, 405)
        answer = self.url_open(f"/emulation/dataset/{export.id}?scope=all&content=all")
        self.assertEqual(answer.status_code, 200)

    # ODOO'S OWN EXPORT

    def _standard(self, kind, names, model="emulation.initiative", **more):
        fields = [
            {"name": name, "label": name, "type": "char", "store": True}
            for name in names
        ]
        data = {
            "model": model,
            "fields": fields,
            "ids": more.pop("ids", False),
            "domain": more.pop("domain", []),
            "import_compat": False,
            "context": {},
            **more,
        }
        with mute_logger("odoo.http", "odoo.addons.web.controllers.export"):
            return self.url_open(
                f"/web/export/{kind}",
                data={
                    "data": json.dumps(data),
                    "csrf_token": Request.csrf_token(self),
                },
            )

    def _allow_export(self, user):
        user.group_ids += self.env.ref("base.group_allow_export")
        self._login(user)

    def test_standard_exports_run_nothing(self):
        self._create_past("@SUM(1+1)", self.commune_b1)
        self._create_past("+84 gọi ngay", self.commune_b1)
        self._create_past("-2+3", self.commune_b1)
        self._allow_export(self.movement_user)
        domain = [("is_past", "=", True)]
        response = self._standard("csv", ["name", "benefit_amount"], domain=domain)
        rows = list(csv.reader(io.StringIO(response.content.decode())))
        self.assertEqual(
            sorted(row[0] for row in rows[1:]),
            ["'+84 gọi ngay", "'-2+3", "'=cmd|' /C calc'!A0", "'@SUM(1+1)"],
        )
        self.assertEqual({row[1] for row in rows[1:]}, {"28800000.0"})
        book = self._workbook(self._standard("xlsx", ["name", "year"], domain=domain))
        self.assertEqual(
            sorted(row[0] for row in list(book.active.values)[1:]),
            ["'+84 gọi ngay", "'-2+3", "'=cmd|' /C calc'!A0", "'@SUM(1+1)"],
        )
        self.assertEqual({row[1] for row in list(book.active.values)[1:]}, {2019})

    def test_standard_export_by_groups(self):
        self.commune_b1.name = "=1+1"
        self._allow_export(self.movement_user)
        response = self._standard(
            "xlsx", ["name"], domain=[("is_past", "=", True)], groupby=["unit_id"]
        )
        cells = [
            cell
            for row in self._workbook(response).active
            for cell in row
            if cell.value
        ]
        self.assertFalse([cell for cell in cells if cell.data_type == "f"])
        texts = [cell.value for cell in cells]
        self.assertIn("'=1+1 (1)", [text.strip() for text in texts])

    def test_standard_export_of_people_through_our_fields(self):
        self._allow_export(self.movement_user)
        response = self._standard(
            "csv",
            ["name", "emulation_author_ids/initiative_id/name"],
            model="res.partner",
            ids=self.hostile.author_ids.partner_id.ids,
        )
        self.assertIn("'=cmd", response.content.decode())

    def test_other_models_are_exported_as_ever(self):
        self._allow_export(self.movement_user)
        tag = self.env["res.partner.category"].create({"name": "@home"})
        response = self._standard(
            "csv", ["name"], model="res.partner.category", ids=tag.ids
        )
        self.assertIn('"@home"', response.content.decode())

    def test_standard_export_obeys_the_rules(self):
        self._allow_export(self.officer_b1)
        response = self._standard("csv", ["name"], ids=self.draft.ids)
        self.assertNotIn(self.draft.name, response.text)
        response = self._standard("csv", ["name"])
        self.assertNotIn(self.draft.name, response.text)

    def _workbook(self, response):
        return openpyxl.load_workbook(io.BytesIO(response.content))

    def test_cells(self):
        for text in ("=1", "+a", "-a", "@a", "\t=1", "\r\n1", " =1", "\u200b=1", "＝1"):
            self.assertEqual(neutral(text), f"'{text}")
            self.assertEqual(original(neutral(text)), text)
        for value in ("-5", "-5,5", "+84912345678", "-12 %", "a=1", "", None, -5, 2.5):
            self.assertEqual(neutral(value), value)
            self.assertEqual(original(value), value)
        self.assertEqual(original("'quoted'"), "'quoted'")

    def test_export_tour(self):
        self.start_tour("/odoo", "emulation_dataset_tour", login="officer_a1")
