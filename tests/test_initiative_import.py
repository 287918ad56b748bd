from odoo.tests import tagged

from .common_import import LIST, InitiativeImportCommon, entry
from .test_people_import import XLSX
from .test_unit_import import fill_template


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
        # under the day of the decision, else the last of the year: not before what
        # is entered today
        self.assertEqual(
            [str(one.date) for one in entries], ["2019-12-20", "2018-12-31"]
        )
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
