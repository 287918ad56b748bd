from datetime import datetime

from odoo.tests import Form, tagged

from .test_dataset import DatasetCommon


@tagged("post_install", "-at_install")
class TestDatasetLists(DatasetCommon):
    """Lists for others: the title files."""

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
