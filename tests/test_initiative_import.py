from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_appraisal import AppraisalCommon
from .test_people_import import XLSX, PeopleImportCommon
from .test_unit_import import fill_template

LIST = [
    *("Tên sáng kiến", "Tác giả và tỷ lệ đóng góp", "Mã đơn vị", "Năm", "Loại hình"),
    *("Lĩnh vực", "Nội dung thi đua", "Xếp loại", "Kết quả", "Số quyết định"),
    *("Ngày quyết định", "Giá trị làm lợi (đồng)", "Tóm tắt", "Đợt xét"),
]
DRAFTS = [
    *(
        "Tên sáng kiến",
        "Tác giả và tỷ lệ đóng góp",
        "Mã đơn vị",
        "Đợt xét",
        "Loại hình",
    ),
    *("Lĩnh vực", "Nội dung thi đua", "Nội dung giải pháp", "Ngày áp dụng lần đầu"),
]


def entry(title, authors="Nguyễn Văn Mẫu", unit="T35A1", year="2019", **other):
    """A row of a list, complete."""
    row = dict(zip(LIST, [title, authors, unit, year, "initiative", "NN", "ND2"],
                   strict=False))  # fmt: skip
    row["Xếp loại"] = "B"
    row.update(other)
    return [row.get(column, "") for column in LIST]


class InitiativeImportCommon(AppraisalCommon, PeopleImportCommon):
    _model = "emulation.initiative"

    def _entries(self, result):
        self.assertFalse(result["messages"])
        return self.env[self._model].browse(result["ids"])

    def _people(self):
        return self.env["res.partner"].search_count([])


@tagged("post_install", "-at_install")
class TestInitiativeList(InitiativeImportCommon):
    """Lists of past years become entries that have ended, and nothing more."""

    def test_templates_map_in_both_languages(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        Model = self.env[self._model]
        lists, drafts = [], []
        for lang in ("en_US", "vi_VN"):
            offered = Model.with_context(lang=lang).get_import_templates()
            self.assertEqual(len(offered), 4)
            lists += [one["template"] for one in offered[:2]]
            drafts += [one["template"] for one in offered[2:]]
        expected = [
            *("name", "author_text", "unit_id", "past_year", "kind_id", "field_id"),
            *("theme_id", "past_grade", "past_result", "past_decision_number"),
            *("past_decision_date", "benefit_amount", "solution", "round_id"),
        ]
        self._assert_mapped(lists, expected)
        expected = [
            *("name", "author_text", "unit_id", "round_id", "kind_id", "field_id"),
            *("theme_id", "problem", "solution", "novelty", "applicability"),
            *("benefit", "benefit_amount", "date_applied", "keywords"),
        ]
        self._assert_mapped(drafts, expected)

    def _assert_mapped(self, paths, expected):
        for path in paths:
            kind = XLSX if path.endswith("xlsx") else "text/csv"
            for reader in ("en_US", "vi_VN"):
                _wizard, preview = self._preview(
                    fill_template(path), kind, self.officer_a1, reader
                )
                mapped = ["/".join(one) for one in preview["matches"].values()]
                self.assertEqual(mapped, expected, (path, reader))

    def test_a_list_comes_in_and_again(self):
        rows = [
            entry(
                "Máy tẽ ngô",
                "Ông Lê Văn Mười 60%; Bà Trần Thị Chín (1980) 40%",
                **{
                    "Kết quả": "Công nhận",
                    "Số quyết định": "12/QĐ-MTTQ",
                    "Ngày quyết định": "20/12/2019",
                    "Giá trị làm lợi (đồng)": "28,8 triệu",
                    "Tóm tắt": "Thêm phễu\nvà quạt",
                },
            ),
            entry(
                "Thẻ từ vựng", "Lê Văn Mười", year="2018", **{"Kết quả": "Không đạt"}
            ),
        ]
        people = self._people()
        trial = self._import(LIST, *rows, user=self.movement_user, dryrun=True)
        (notice,) = trial["messages"]
        self.assertEqual(notice["type"], "info")
        self.assertRegex(
            notice["message"],
            r"New dossiers: 2\. New people: 2 \(Lê Văn Mười, Trần Thị Chín\)\. "
            r"New round: “List of the year 2019”\. "
            r"New round: “List of the year 2018”\.",
        )
        self.assertEqual(self._people(), people)
        entries = self._entries(self._import(LIST, *rows, user=self.movement_user))
        self.assertEqual(self._people(), people + 2)
        first, second = entries
        self.assertRecordValues(
            entries,
            [
                {
                    "state": "recognised",
                    "is_past": True,
                    "year": 2019,
                    "past_grade": "B",
                    "past_decision_number": "12/QĐ-MTTQ",
                    "benefit_amount": 28_800_000,
                    "solution": "Thêm phễu\nvà quạt",
                },
                {
                    "state": "not_recognised",
                    "is_past": True,
                    "year": 2018,
                    "past_grade": "B",
                    "past_decision_number": False,
                    "benefit_amount": 0,
                    "solution": False,
                },
            ],
        )
        self.assertEqual(str(first.past_decision_date), "2019-12-20")
        self.assertEqual(str(first.date_recognised), "2019-12-20")
        self.assertEqual(first.author_ids.mapped("share"), [60, 40])
        self.assertTrue(all(entries.author_ids.mapped("is_confirmed")))
        self.assertEqual(first.author_ids[0].partner_id, second.author_ids.partner_id)
        self.assertEqual(
            first.author_ids[0].partner_id.emulation_unit_id, self.commune_a1
        )
        self.assertTrue(first.code.startswith("SK-2019-"))
        self.assertEqual(set(entries.round_id.mapped("kind")), {"archive"})
        self.assertEqual(set(entries.round_id.mapped("state")), {"closed"})
        # without an invented course
        self.assertFalse(entries.evaluation_ids)
        self.assertFalse(entries.verdict_ids)
        self.assertFalse(entries.certificate_ids)
        writes = entries.mapped("write_date")
        again = self._import(LIST, *rows, user=self.movement_user)
        self.assertEqual(again["ids"], entries.ids)
        self.assertEqual(self._people(), people + 2)
        self.assertEqual(entries.mapped("write_date"), writes)

    def test_titles_meet_in_any_spelling(self):
        first = self._entries(
            self._import(LIST, entry("Máy tẽ ngô"), user=self.movement_user)
        )
        again = self._import(
            LIST, entry("  MÁY  TẼ NGÔ\u200b"), user=self.movement_user
        )
        self.assertEqual(again["ids"], first.ids)

    def test_a_corrected_list_corrects_its_entries(self):
        entries = self._entries(
            self._import(LIST, entry("Máy tẽ ngô"), user=self.movement_user)
        )
        row = entry("Máy tẽ ngô", **{"Xếp loại": "A", "Số quyết định": "9/QĐ"})
        trial = self._import(LIST, row, user=self.movement_user, dryrun=True)
        self.assertIn("Corrected: 1.", trial["messages"][0]["message"])
        self._entries(self._import(LIST, row, user=self.movement_user))
        self.assertRecordValues(
            entries, [{"past_grade": "A", "past_decision_number": "9/QĐ"}]
        )
        self._assert_refused(
            LIST,
            [
                entry("Máy tẽ ngô", **{"Kết quả": "Không đạt"}),
            ],
            "another result.+Delete that entry",
            user=self.movement_user,
        )
        self._assert_refused(
            LIST,
            [entry("Máy tẽ ngô", "Đào Văn Khác")],
            "other authors.+Nguyễn Văn Mẫu",
            user=self.movement_user,
        )

    def test_dossiers_of_the_system_are_left_alone(self):
        self.round.year = 2019
        own = self._create_initiative("Máy tẽ ngô")
        row = entry("Máy tẽ ngô", unit=own.unit_id.code)
        trial = self._import(LIST, row, user=self.movement_user, dryrun=True)
        self.assertIn(
            "not touched by the list: rows 2", trial["messages"][0]["message"]
        )
        result = self._import(LIST, row, user=self.movement_user)
        self.assertEqual(result["ids"], own.ids)
        self.assertEqual(own.state, "draft")
        self.assertFalse(own.is_past)

    def test_each_broken_row_is_named(self):
        self.commune_b1.date_end = "2015-06-30"
        year = {"Năm": "hai nghìn"}
        self._assert_refused(
            LIST,
            [
                entry(""),
                entry("Không đơn vị", unit=""),
                entry("Lạ đơn vị", unit="KHONG"),
                entry("Lạ năm", **year),
                entry("Năm sau", year="2199"),
                entry("Đơn vị đã hết", unit="T35B1"),
                entry("Lạ loại", **{"Loại hình": "??"}),
                entry("Lạ tiền", **{"Giá trị làm lợi (đồng)": "28,8"}),
                entry("Lạ ngày", **{"Ngày quyết định": "31/02/2019"}),
                entry("Lạ tác giả", "Nguyễn Văn An và cộng sự"),
                entry("Sai tổng", "Nguyễn Văn An 70; Trần Thị Bình 40"),
                entry("Không kết quả", **{"Xếp loại": ""}),
                entry("Hai lần"),
                entry("hai lần"),
                entry("Dài " * 100),
                entry("Lạ đợt", **{"Đợt xét": "Đợt nào"}),
            ],
            "row 2 has no title",
            "Không đơn vị.+has no unit",
            "Lạ đơn vị.+KHONG.+not known",
            "hai nghìn.+is no year",
            "Năm sau.+years up to",
            "Đơn vị đã hết.+ended in 2015.+followed it",
            "Lạ loại.+\\?\\?.+Use one of",
            "Lạ tiền.+28,8.+28.800.000",
            "Lạ ngày.+31/02/2019.+dd/mm/yyyy",
            "Lạ tác giả.+cộng sự.+names nobody",
            "Sai tổng.+110 %",
            "Không kết quả.+does not say how it ended",
            "hai lần.+row 14",
            "1 to 300 characters",
            "Lạ đợt.+Đợt nào",
            user=self.movement_user,
        )

    def test_people_are_found_by_name_unit_and_birth(self):
        Partner = self.env["res.partner"]
        in_unit = {"emulation_unit_id": self.commune_a1.id}
        known, born, elsewhere = Partner.create(
            [
                {"name": "Vũ Thị Hòa", **in_unit},
                {
                    "name": "Trần Văn Khiêm",
                    "emulation_birth_date": "1970-05-19",
                    "emulation_unit_id": self.commune_b1.id,
                },
                {"name": "Lê Thị Xa", "emulation_unit_id": self.commune_b1.id},
            ]
        )
        entries = self._entries(
            self._import(
                LIST,
                entry("Một", "vũ thị hòa; Trần Văn Khiêm (19/05/1970); Lê Thị Xa"),
                entry("Hai", "Lê Thị Xa (1960); Đào Văn Mới (02/03/1980)"),
                entry("Ba", "Đào Văn Mới (02/03/1980)", unit="T35A2"),
                user=self.movement_user,
            )
        )
        one, two, three = (dossier.author_ids.partner_id for dossier in entries)
        self.assertIn(known, one)
        self.assertIn(born, one)
        # of another unit, and nothing but the name in common: another person
        self.assertNotIn(elsewhere, one)
        self.assertTrue(one & two)
        self.assertEqual(two & three, three)
        self.assertEqual(str(three.emulation_birth_date), "1980-03-02")

    def test_namesakes_in_one_unit_are_named(self):
        Partner = self.env["res.partner"]
        Partner.create(
            [
                {
                    "name": "Vũ Thị Hòa",
                    "emulation_birth_date": born,
                    "emulation_unit_id": self.commune_a1.id,
                }
                for born in ("1970-01-01", "1980-02-02")
            ]
        )
        self._assert_refused(
            LIST,
            [entry("Một", "Vũ Thị Hòa")],
            "Vũ Thị Hòa.+1980-02-02.+1970-01-01.+date of birth",
            user=self.movement_user,
        )
        self._archive(2019)
        entries = self._entries(
            self._import(LIST, entry("Một", "Vũ Thị Hòa (1980)"), user=self.officer_a1)
        )
        self.assertEqual(
            str(entries.author_ids.partner_id.emulation_birth_date), "1980-02-02"
        )
        self._assert_refused(
            LIST,
            [
                entry("Hai", "Ngô Văn Tý (1970)"),
                entry("Ba", "Ngô Văn Tý (1980)"),
                entry("Bốn", "Ngô Văn Tý"),
            ],
            "Ngô Văn Tý.+1970, 1980",
            user=self.movement_user,
        )

    def _archive(self, year):
        return self.env["emulation.round"]._create_archive(year, self.province)

    def test_unit_officers_enter_past_years_of_their_units(self):
        year = str(self.env["emulation.initiative"]._fields["date"].today().year)
        self._assert_refused(
            LIST,
            [
                entry("Của người khác", unit="T35B1"),
                entry("Năm nay", year=year),
                entry("Năm chưa có đợt"),
            ],
            "do not act for “Xã Bình Một”",
            "Năm nay.+template for drafts",
            "2019 has no round yet.+movement office",
            user=self.officer_a1,
        )
        archive = self._archive(2019)
        entries = self._entries(
            self._import(LIST, entry("Năm trước"), user=self.officer_a1)
        )
        self.assertEqual(entries.round_id, archive)
        self.assertEqual(entries.create_uid, self.officer_a1)
        # a school is sector, not scope: the department only reads it
        self._assert_refused(
            LIST,
            [entry("Của ngành", unit="T35A1S")],
            "do not act",
            user=self.officer_sector,
        )

    def test_rounds_of_the_year(self):
        self.round.write({"year": 2019})
        self.round.action_close()
        entries = self._entries(
            self._import(LIST, entry("Vào đợt đã có"), user=self.movement_user)
        )
        self.assertEqual(entries.round_id, self.round)
        other = self._create_round("R2", year=2019)
        other.action_close()
        self._assert_refused(
            LIST,
            [entry("Đợt nào")],
            "several rounds were held in 2019.+Round",
            user=self.movement_user,
        )
        entries = self._entries(
            self._import(
                LIST,
                entry("Đợt nào", **{"Đợt xét": "R2"}),
                user=self.movement_user,
            )
        )
        self.assertEqual(entries.round_id, other)

    def test_past_entries_take_no_further_step(self):
        entries = self._entries(
            self._import(LIST, entry("Máy tẽ ngô"), user=self.movement_user)
        )
        dossier = entries.with_user(self.head_a1)
        for action in ("action_submit", "action_endorse", "action_withdraw"):
            with self._refused(UserError, "you cannot move it"):
                getattr(dossier, action)()
        with self._refused(UserError, "you cannot move it"):
            entries.sudo().write({"state": "in_appraisal"})
        with self._refused(UserError, "stays as it is"):
            dossier.write({"name": "Khác"})
        with self._refused(AccessError, "set by the workflow alone"):
            dossier.write({"past_grade": "A"})
        with self._refused(UserError, "cannot move it"):
            entries.round_id.with_user(self.manager_user).action_open()
        self.assertFalse(dossier.is_editable)
        self.assertFalse(dossier.can_transfer)
        self.assertFalse(dossier._may_put_forward())
        self.assertFalse(entries.with_user(self.movement_user)._may_put_forward())

    def test_a_wrong_list_can_be_taken_back(self):
        entries = self._entries(
            self._import(LIST, entry("Máy tẽ ngô"), user=self.movement_user)
        )
        with self._refused(AccessError, ""):
            entries.with_user(self.officer_b1).unlink()
        entries.with_user(self.officer_a1).unlink()
        self.assertFalse(entries.exists())

    def test_only_the_import_creates_ended_dossiers(self):
        values = {
            "name": "Giả mạo",
            "unit_id": self.commune_a1.id,
            "round_id": self._archive(2019).id,
            "kind_id": self.env.ref("emulation.initiative_kind_initiative").id,
            "field_id": self.env["emulation.field"].search([], limit=1).id,
            "theme_id": self.env["emulation.theme"].search([], limit=1).id,
        }
        Model = self.env[self._model].with_user(self.movement_user)
        for forged, error, pattern in (
            ({"state": "recognised"}, UserError, "first state"),
            ({"is_past": True}, AccessError, "workflow alone"),
            ({"past_grade": "A"}, AccessError, "workflow alone"),
            ({}, UserError, "not open|does not take|over"),
        ):
            with self._refused(error, pattern):
                Model.create({**values, **forged})
        for context in ({"emulation_import_resolved": [{"state": "recognised"}]},):
            result = Model.with_context(**context).load(["name"], [["Giả mạo"]])
            self.assertFalse(result["ids"])

    def test_create_past_judges_by_itself(self):
        kind = self.env.ref("emulation.initiative_kind_initiative")
        author = self.env["res.partner"].create({"name": "Lê Văn Mười"})
        values = {
            "name": "Thẳng",
            "unit_id": self.commune_a1.id,
            "round_id": self._archive(2019).id,
            "kind_id": kind.id,
            "field_id": self.env["emulation.field"].search([], limit=1).id,
            "theme_id": self.env["emulation.theme"].search([], limit=1).id,
            "state": "recognised",
            "author_ids": [(0, 0, {"partner_id": author.id, "share": 100})],
        }
        Model = self.env[self._model]
        entries = Model.with_user(self.officer_a1)._create_past([values])
        self.assertTrue(entries.is_past)
        for user in (self.officer_b1, self.officer_sector, self.leader_user):
            with self._refused(AccessError, ""):
                Model.with_user(user)._create_past([values])
        with self._refused(UserError, "is not over"):
            Model.with_user(self.movement_user)._create_past(
                [{**values, "round_id": self._create_round("R3", year=2018).id}]
            )
        for forged in ({"state": "in_appraisal"}, {"code": "SK-1"}, {"active": False}):
            with self.assertRaises(ValueError):
                Model.with_user(self.movement_user)._create_past([{**values, **forged}])
        with self._refused(UserError, "exactly 100"):
            wrong = [(0, 0, {"partner_id": author.id, "share": 60})]
            Model.with_user(self.movement_user)._create_past(
                [{**values, "author_ids": wrong}]
            )

    def test_nothing_is_half_written(self):
        people = self._people()
        self._assert_refused(
            LIST,
            [entry("Đúng", "Người Rất Mới"), entry("Sai", "Nguyễn Văn An 90%")],
            "Sai.+90 %",
            user=self.movement_user,
        )
        self.assertEqual(self._people(), people)
        self.assertFalse(self.env["emulation.round"].search([("kind", "=", "archive")]))

    def test_columns_of_a_list_are_not_typed(self):
        dossier = self._create_initiative("Máy tẽ ngô", user=self.officer_a1)
        with self._refused(UserError, "columns of a list"):
            dossier.with_user(self.officer_a1).write({"author_text": "Lê Văn Mười"})


@tagged("post_install", "-at_install")
class TestDraftImport(InitiativeImportCommon):
    """Drafts of this year come in with what is known, and must be completed."""

    def _row(self, title, authors="Lê Văn Mười 70%; Trần Thị Chín 30%", **other):
        row = dict(
            zip(
                DRAFTS,
                [title, authors, "T35A1", self.round.code, "initiative", "NN", "ND2"],
                strict=False,
            )
        )
        row["Nội dung giải pháp"] = "Gá bốn phôi"
        row["Ngày áp dụng lần đầu"] = "15/03/2020"
        row.update(other)
        return [row.get(column, "") for column in DRAFTS]

    def test_drafts_come_in_and_again(self):
        rows = [self._row("Bộ gá khoan"), self._row("Máy tẽ ngô", "Lê Văn Mười")]
        drafts = self._entries(self._import(DRAFTS, *rows, user=self.officer_a1))
        self.assertEqual(set(drafts.mapped("state")), {"draft"})
        self.assertFalse(any(drafts.mapped("is_past")))
        self.assertEqual(drafts.round_id, self.round)
        self.assertEqual(drafts[0].author_ids.mapped("share"), [70, 30])
        self.assertFalse(any(drafts.author_ids.mapped("is_confirmed")))
        self.assertEqual(drafts[0].solution, "Gá bốn phôi")
        self.assertEqual(str(drafts[0].date_applied), "2020-03-15")
        with self._refused(UserError, "cannot be handed in yet"):
            drafts[0].with_user(self.officer_a1).action_submit()
        drafts[0].with_user(self.officer_a1).solution = "Đã viết lại"
        again = self._import(DRAFTS, *rows, user=self.officer_a1)
        self.assertEqual(again["ids"], drafts.ids)
        self.assertEqual(drafts[0].solution, "Đã viết lại")

    def test_the_only_open_round_need_not_be_named(self):
        others = self.env["emulation.round"].search(
            [("state", "=", "open"), ("id", "!=", self.round.id)]
        )
        others.action_close()
        drafts = self._entries(
            self._import(
                DRAFTS,
                self._row("Bộ gá khoan", **{"Đợt xét": ""}),
                user=self.officer_a1,
            )
        )
        self.assertEqual(drafts.round_id, self.round)

    def test_each_broken_row_is_named(self):
        self._assert_refused(
            DRAFTS,
            [
                self._row("Lạ đợt", **{"Đợt xét": "KHONG"}),
                self._row("Của người khác", **{"Mã đơn vị": "T35B1"}),
                self._row("Lạ lĩnh vực", **{"Lĩnh vực": "??"}),
            ],
            "Lạ đợt.+open round.+open now",
            "do not act",
            "Lạ lĩnh vực.+Use one of",
            user=self.officer_a1,
        )

    def test_a_closed_round_takes_no_drafts(self):
        self.round.action_close()
        self._assert_refused(
            DRAFTS, [self._row("Muộn")], "open round", user=self.officer_a1
        )
