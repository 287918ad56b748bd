from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .test_dataset import DatasetCommon


@tagged("post_install", "-at_install")
class TestDatasetLists(DatasetCommon):
    """Lists for others: title files, statistics on movements."""

    def _rows(self, user, **vals):
        header, *rows = self._sheets(self._export(user, **vals))[0]
        return [dict(zip(header, row, strict=True)) for row in rows]

    def _titles_of(self, user, **vals):
        return self._rows(user, table="titles", **vals)

    # TITLE FILES

    def test_a_line_for_each_author_and_recognition(self):
        """The council's recognition with its signed decision, and its level."""
        rows = self._titles_of(self.movement_user)
        paper = self.decided.verdict_ids.session_id._get_signed_decision()
        mine = [row for row in rows if row["Initiative"] == self.decided.name]
        told = [
            (row["Author"], row["Share (%)"], row["Recognised at"], row["Decision"])
            for row in mine
            if row["Recognised at"] == "Province"
        ]
        self.assertEqual(
            told,
            [
                ("Lê Văn Thử", 60, "Province", paper.reference),
                ("Vũ Thị Thử", 40, "Province", paper.reference),
            ],
        )
        self.assertEqual(mine[0]["Unit"], self.decided.unit_id.name)
        self.assertEqual(mine[0]["Year"], self.decided.year)
        days = {row["Decided on"] for row in mine if row["Decision"] == paper.reference}
        signed = paper.date_signed
        self.assertEqual(days, {datetime(signed.year, signed.month, signed.day)})

    def test_recognition_by_the_unit_is_a_line_of_its_own(self):
        """CSTĐ cơ sở rests on the decision of the unit, before any council's."""
        self.draft.sudo().write(
            {
                "unit_decision_number": "15/QĐ-UBND",
                "unit_decision_date": "2020-05-04",
                "unit_decision_unit_id": self.commune_a1.id,
            }
        )
        [row] = [
            row
            for row in self._titles_of(self.officer_a1)
            if row["Initiative"] == self.draft.name
        ]
        self.assertEqual(
            (row["Author"], row["Recognised at"], row["Recognised by"]),
            ("Tô Thị Nháp", "Commune", self.commune_a1.name),
        )
        self.assertEqual(row["Decision"], "15/QĐ-UBND")
        self.assertEqual(row["Decided on"], datetime(2020, 5, 4))

    def test_past_lists_and_dangerous_cells(self):
        [row] = self._titles_of(self.officer_b1)
        self.assertEqual(row["Initiative"], "'=cmd|' /C calc'!A0")
        self.assertEqual((row["Grade"], row["Decision"]), ("B", "12/QĐ"))

    def test_only_what_the_user_reads(self):
        names = {row["Author"] for row in self._titles_of(self.officer_b1)}
        self.assertEqual(names, {"Lê Văn Mười"})
        names = {row["Author"] for row in self._titles_of(self.officer_a1)}
        self.assertEqual(names, {"Lê Văn Thử", "Vũ Thị Thử"})

    def test_results_that_are_not_published_are_not_told(self):
        self.decided.verdict_ids.sudo().write({"is_published": False})
        decided = [
            row
            for row in self._titles_of(self.movement_user)
            if row["Initiative"] == self.decided.name
            and row["Recognised at"] == "Province"
        ]
        self.assertFalse(decided)

    def test_the_dialog_and_its_file(self):
        export = self.env["emulation.dataset.export"].with_user(self.movement_user)
        with Form(export) as form:
            form.scope = "all"
            form.content = "all"
            count = form.dossier_count
            form.table = "titles"
            self.assertLess(form.dossier_count, count)
        self.assertRegex(form.record._get_file_name(), "^ho-so-danh-hieu-.*xlsx$")
        notes = self._sheets(form.record)[1]
        self.assertIn("Number of authors", [row[0] for row in notes])

    def test_the_same_number_of_questions_for_many(self):
        """Authors of a batch are read together, decisions once for each session."""

        def count(records):
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            list(
                self.env["emulation.dataset"]
                .with_user(self.movement_user)
                ._iterate_titles([("id", "in", records.ids)])
            )
            return self.env.cr.sql_log_count - before

        past = [self._create_past(f"Cũ {n}", self.commune_a1) for n in range(9)]
        few = past[0]
        many = few.union(*past)
        count(few)
        self.assertEqual(count(few), count(many))

    # MOVEMENTS

    def _launch(self, code, start, end=None, level="province", kind="movement"):
        movement = self.env["emulation.movement"].create(
            {
                "code": code,
                "name": f"Phong trào {code}",
                "kind": kind,
                "level_id": level and self.env.ref(f"emulation.unit_level_{level}").id,
                "standing_unit_id": self.province.id,
                "date_start": start,
                "date_end": end,
            }
        )
        movement.action_start()
        return movement

    def _statistics(self, **vals):
        export = self._export(
            self.movement_user, table="movements", unit_id=False, **vals
        )
        return self._sheets(export)

    def test_movements_by_level_and_duration(self):
        self._launch("A", "1991-01-01", "1991-12-31")
        self._launch("B", "1991-03-01", "1991-05-31", "commune")
        self._launch("C", "1992-01-01", "1994-12-30")
        self._launch("D", "1992-01-01", level=False)
        self._launch("E", "1992-01-01", "1999-01-01", kind="campaign")
        self._launch("F", "1993-01-01", "1997-12-31")
        counts, listed = self._statistics(year_from=1991, year_to=1992)
        self.assertEqual(
            [list(row) for row in counts[1:]],
            [
                ["Total", 4, 1, 1, 1, 0, 0, 1],
                ["Province", 2, 0, 1, 1, 0, 0, 0],
                ["Commune", 1, 1, 0, 0, 0, 0, 0],
                ["Level not entered", 1, 0, 0, 0, 0, 0, 1],
            ],
        )
        self.assertEqual(len(listed), 1 + counts[1][1])
        self.assertEqual(listed[1][2], self.province.name)
        counts, _listed = self._statistics(year_from=1993, year_to=1993)
        self.assertEqual(list(counts[1]), ["Total", 1, 0, 0, 0, 0, 1, 0])

    def test_years_without_movements(self):
        with self.assertRaisesRegex(UserError, "No movement was launched"):
            self._export(
                self.movement_user, table="movements", year_from=2150
            ).action_export()

    def test_a_movement_needs_no_unit_and_names_its_file(self):
        self._launch("G", "1991-01-01")
        export = self._export(
            self.movement_user,
            table="movements",
            unit_id=False,
            year_from=1991,
            year_to=1991,
        )
        self.assertEqual(export.action_export()["type"], "ir.actions.act_url")
        self.assertTrue(export._get_file_name().startswith("bieu-0601N-"))
        export.file_type = "csv_comma"
        with export._write_file() as file:
            self.assertIn("Total", file.read().decode("utf-8-sig"))
        self.assertEqual(date(1991, 1, 1), export._get_movements().date_start)
