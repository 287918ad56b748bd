from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..tools import forms
from .common_award import AwardCommon
from .common_files import scan
from .test_dataset import DatasetCommon


class FormCommon(DatasetCommon):
    def _form(self, user, table, **vals):
        """Return the form that ``user`` gets, as (form, {code: cells})."""
        values = {"scope": "all", "unit_id": False, **vals}
        export = self._export(user, table=table, **values)
        form, _rows, _remarks = export._get_form(export._get_found())
        return form, {line.code: line.cells for line in form.lines if line.code}


@tagged("post_install", "-at_install")
class TestMovementForm(FormCommon):
    """Form 0601.N: movements by level, scope, duration and way."""

    def _launch(self, code, start, end=None, level="province", **vals):
        movement = self.env["emulation.movement"].create(
            {
                "code": code,
                "name": f"Phong trào {code}",
                "level_id": level and self.env.ref(f"emulation.unit_level_{level}").id,
                "standing_unit_id": self.province.id,
                "date_start": start,
                "date_end": end,
                **vals,
            }
        )
        movement.action_start()
        return movement

    def _export_1991(self, **vals):
        years = {"year_from": 1991, "year_to": 1991}
        return self._export(
            self.movement_user, table="movements", scope="all", **years, **vals
        )

    def test_movements_by_level_scope_duration_and_way(self):
        self._launch("A", "1991-01-01", "1991-12-31", way="regular")
        self._launch("B", "1991-03-01", "1991-05-31", "commune", way="thematic")
        self._launch("C", "1992-01-01", "1994-12-30", scope="cluster", way="thematic")
        self._launch("D", "1992-01-01", level=False)
        self._launch("E", "1992-01-01", "1999-01-01", kind="campaign")
        self._launch("F", "1992-01-01", level="central")
        form, cells = self._form(
            self.movement_user, "movements", year_from=1991, year_to=1992
        )
        self.assertEqual(cells["01"], (1, 2, 1))
        self.assertEqual(cells["02"], (1, 0, 0), "proposed by the level")
        self.assertEqual(cells["03"], (0, 1, 0))
        self.assertEqual(cells["04"], (0, 1, 0))
        self.assertEqual(cells["05"], (0, 0, 1))
        self.assertEqual(cells["06"], (0, 0, 1))
        self.assertEqual(cells["07"], (0, 1, 0))
        self.assertEqual(cells["08"], (0, 1, 0))
        self.assertEqual(cells["11"], (0, 1, 1))
        self.assertEqual(cells["12"], (0, 1, 0))
        self.assertEqual([d for _label, d in forms.differences(form)], [0, 1, 1])

    def test_sheets_say_what_was_counted_and_what_could_not_be(self):
        self._launch("A", "1991-01-01", "1991-12-31")
        self._launch("D", "1991-01-01", level=False)
        export = self._export_1991(receiver="Sở Nội vụ thử")
        form, listed, notes = self._sheets(export)
        texts = [cell for row in form for cell in row if isinstance(cell, str)]
        self.assertIn("Đơn vị nhận báo cáo: Sở Nội vụ thử", texts)
        self.assertIn("Năm 1991", texts)
        self.assertEqual(
            [row[0] for row in listed[1:]], ["Phong trào A", "Phong trào D"]
        )
        told = dict(row[:2] for row in notes)
        self.assertEqual(told["Movements without a level, not in the form at all"], 1)
        self.assertEqual(told["Movements not said to be thematic or regular"], 1)
        self.assertTrue(export._get_file_name().startswith("bieu-0601N-"))

    def test_plain_file_has_the_same_lines(self):
        self._launch("A", "1991-01-01", "1991-12-31")
        export = self._export_1991(file_type="csv_comma")
        with export._write_file() as file:
            lines = file.read().decode("utf-8-sig").splitlines()
        self.assertIn("Tổng số,01,1,0,1,0", lines)
        self.assertIn("1 năm,07,1,0,1,0", lines)

    def test_years_without_movements(self):
        with self.assertRaisesRegex(UserError, "No movement was launched"):
            self._export(
                self.movement_user, table="movements", scope="all", year_from=2150
            ).action_export()

    def test_officers_report_for_their_own_units(self):
        self._launch("A", "1991-01-01")
        own = self._launch("B", "1991-01-01", standing_unit_id=self.commune_a1.id)
        years = {"year_from": 1991, "year_to": 1991}
        for user, number in (
            (self.officer_a1, 1),
            (self.leader_user, 2),
            (self.movement_user, 2),
        ):
            _form, cells = self._form(user, "movements", **years)
            self.assertEqual(sum(cells["01"]), number, user.login)
        export = self._export(
            self.movement_user, table="movements", unit_id=self.commune_a1.id, **years
        )
        self.assertEqual(export._get_found()[0], own)
        with self.assertRaisesRegex(UserError, "Choose the unit"):
            export.unit_id = False
            export.action_export()

    def test_dialog_proposes_the_year_and_asks_what_a_form_needs(self):
        export = self.env["emulation.dataset.export"].with_user(self.movement_user)
        with Form(export) as form:
            form.table = "titles"
            self.assertFalse(form.year_from)
            form.table = "movements"
            this_year = date.today().year
            self.assertEqual((form.year_from, form.year_to), (this_year, this_year))
            form.receiver = "Sở Nội vụ"
            with self.assertRaises(AssertionError):
                form.applied_year = 2019

    def test_scope_is_proposed_once_and_kept(self):
        with Form(self.env["emulation.movement"].with_user(self.movement_user)) as form:
            form.code, form.name = "P", "Phong trào P"
            form.level_id = self.env.ref("emulation.unit_level_province")
            self.assertEqual(form.scope, "local")
            form.scope = "cluster"
            form.level_id = self.env.ref("emulation.unit_level_commune")
            self.assertEqual(form.scope, "cluster")


@tagged("post_install", "-at_install")
class TestBodyForms(FormCommon):
    """Forms 0604.N and 0605.N: who has emulation and commendation as a task."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls._create_unit(
            "TDKT", "Ban Thi đua thử", "department", "province", cls.province
        )
        cls.board.statistic_body = "board"
        cls.officer = cls._create_user("board_officer", "officer", cls.board)

    def test_bodies_and_their_officers_on_the_last_day(self):
        office = self._create_unit(
            "PTD", "Phòng Nghiệp vụ thử", "department", "province", self.board
        )
        office.statistic_body = "office"
        Officer = self.env["emulation.unit.officer"]
        head = self._create_user("board_head2", "officer", self.board, "head")
        Officer.create(
            {"user_id": head.id, "unit_id": office.id, "date_start": "2018-01-01"}
        )
        gone = self._create_user("gone_user", "officer", self.board)
        gone.emulation_officer_ids.write(
            {"date_start": "2018-01-01", "date_end": "2019-06-30"}
        )
        options = {"scope": "unit", "unit_id": self.province.id, "year_to": False}
        _form, cells = self._form(self.movement_user, "0604", **options)
        self.assertEqual(cells["01"], (2,))
        self.assertEqual((cells["04"], cells["05"]), ((1,), (1,)))
        form, cells = self._form(self.movement_user, "0605", **options)
        self.assertEqual(cells["01"], (2,), "each person once")
        self.assertEqual([d for _label, d in forms.differences(form)], [0, 0])
        roles = {line.label: line.cells for line in form.lines}
        self.assertEqual(roles["- Cấp trưởng"], (1,))
        _form, cells = self._form(
            self.movement_user, "0605", **options | {"year_to": 2018}
        )
        self.assertEqual(cells["01"], (3,), "with the one who has left since")

    def test_each_kind_of_body_has_its_line(self):
        options = {"scope": "unit", "unit_id": self.board.id}
        for kind, code in (
            ("ministry", "02"), ("ministry_office", "03"), ("board", "04"),
            ("office", "05"),
        ):  # fmt: skip
            self.board.statistic_body = kind
            _form, cells = self._form(self.movement_user, "0604", **options)
            self.assertEqual(cells[code], (1,), kind)

    def test_who_counts_what(self):
        for user, found in (
            (self.officer, self.board),
            (self.officer_a1, self.board.browse()),
            (self.leader_user, self.board),
        ):
            export = self._export(user, table="0604", scope="all", unit_id=False)
            self.assertEqual(export._get_found()[0] & self.board, found, user.login)
        with self.assertRaisesRegex(UserError, "Works on emulation as"):
            self._export(self.officer_a1, table="0604", scope="own").action_export()

    def test_head_tells_the_day_and_the_notes_what_is_left(self):
        export = self._export(self.movement_user, table="0605", year_to=2019)
        self.assertEqual(export._get_day(), date(2019, 12, 31))
        told = export._get_told()
        self.assertEqual(told["period"], "Tại thời điểm ngày 31/12/2019")
        self.assertEqual(told["reporter"], self.province.name)
        notes = self._sheets(export)[-1]
        self.assertIn("To be filled in by hand", [row[0] for row in notes])
        export.year_to = 20199
        with self.assertRaisesRegex(UserError, "four digits"):
            export.action_export()


@tagged("post_install", "-at_install")
class TestAwardForms(AwardCommon):
    """Forms 0602.N and 0603.N: what was conferred, by form, recipient and method."""

    _export = DatasetCommon._export
    _sheets = DatasetCommon._sheets
    _form = FormCommon._form

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.merit.write(
            {"statistic_column": "0603.2", "commendation_method": "thematic"}
        )
        cls.verdict = cls._publish()
        cls.conferred = cls._confer(cls.verdict)
        cls.year = cls.conferred.date_conferred.year
        cls.own = {"scope": "unit", "unit_id": cls.province.id}

    def _record(self, verified=True, **vals):
        record = self.env["emulation.award.record"].create(
            {
                "award_id": self.merit.id,
                "unit_id": self.commune_a1.id,
                "year": self.year,
                "decision_reference": "12/QĐ-UBND",
                "decision_date": self.conferred.date_conferred,
                "decided_by": "Chủ tịch Ủy ban nhân dân tỉnh",
                "evidence": scan(),
                "evidence_name": "quyet-dinh.pdf",
                "partner_id": self.env["res.partner"].create({"name": "Ông Cũ"}).id,
                **vals,
            }
        )
        if verified:
            record.with_user(self.award2_user).action_verify()
        return record

    def _count(self, user=None, **vals):
        options = {**self.own, "year_from": self.year, "year_to": self.year, **vals}
        return self._form(user or self.movement_user, "0603", **options)

    def test_conferred_and_verified_awards_each_once(self):
        self._record(verified=False)
        self._record()
        self._record(partner_id=False, recipient_unit_id=self.commune_b1.id)
        # the one that was conferred here is on record as an earlier award, too
        self._record(partner_id=self.conferred.partner_id.id, year=self.conferred.year)
        form, cells = self._count()
        self.assertEqual(cells["01"], (3, 0, 0, 0))
        self.assertEqual(cells["02"], (1, 0, 0, 0))
        self.assertEqual(cells["05"], (2, 0, 0, 0))
        self.assertEqual(cells["12"], (1, 0, 0, 0), "earlier ones: not on record how")
        self.assertEqual(cells["06"], (None,) * 4, "left to be filled in by hand")
        self.assertEqual([d for _label, d in forms.differences(form)], [0, 2])

    def test_revoked_and_other_years_do_not_count(self):
        self.assertEqual(self._count()[1]["01"], (1, 0, 0, 0))
        before = {"year_from": self.year - 1, "year_to": self.year - 1}
        self.assertEqual(self._count(**before)[1]["01"], (0, 0, 0, 0))
        self.conferred.sudo().write({"state": "revoked"})
        self.assertEqual(self._count()[1]["01"], (0, 0, 0, 0))

    def test_column_of_the_award_and_method_of_the_nomination_decide(self):
        self.merit.statistic_column = "0603.4"
        self.conferred.sudo().commendation_method = "sudden"
        _form, cells = self._count()
        self.assertEqual(cells["01"], (0, 0, 1, 0))
        self.assertEqual(cells["13"], (0, 0, 1, 0))
        self.merit.statistic_column = "0602.7"
        self.assertEqual(self._count()[1]["01"], (0, 0, 0, 0))
        options = {**self.own, "year_from": self.year, "year_to": self.year}
        form, cells = self._form(self.movement_user, "0602", **options)
        self.assertEqual(sum(cells["1"]), 1)
        self.assertEqual(sum(cells["9"]), 1)
        self.assertEqual(cells["2"], (None,) * (form.width - form.first))
        self.merit.statistic_column = "none"
        self.assertEqual(self._count()[1]["01"], (0, 0, 0, 0))
        self.merit.statistic_column = "0603.2"
        lines = (("household", "04"), ("enterprise", "03"), ("collective", "02"))
        for line, code in lines:
            self.person.statistic_line = line
            self.assertEqual(self._count()[1][code], (1, 0, 0, 0), line)

    def test_each_counts_what_is_in_reach(self):
        for user, number in (
            (self.officer_a1, 1),
            (self.officer_b1, 0),
            (self.leader_user, 1),
            (self._create_user("award_clerk", "award officer", self.board_unit), 1),
        ):
            _form, cells = self._count(user)
            self.assertEqual(sum(cells["01"]), number, user.login)
        self.assertEqual(sum(self._count(self.data_user)[1]["01"]), 1)
        with self.assertRaises(AccessError):
            self._export(self.member1_user, table="0603", scope="all")

    def test_second_sheet_tells_the_awards_and_no_names(self):
        self._record()
        export = self._export(
            self.leader_user,
            table="0603",
            year_from=self.year,
            year_to=self.year,
        )
        form, listed, notes = self._sheets(export)
        self.assertEqual(listed[1][0], "Bằng khen thử nghiệm")
        self.assertEqual(listed[1][2:], (1, 1))
        names = {self.conferred.recipient_name, "Ông Cũ"}
        told = {
            cell for sheet in (form, listed, notes) for row in sheet for cell in row
        }
        self.assertFalse(names & told)
        self.assertEqual(export._get_file_name().partition("-2")[0], "bieu-0603N")

    def test_nothing_conferred(self):
        with self.assertRaisesRegex(UserError, "No award of this form"):
            self._export(
                self.movement_user, table="0602", scope="all", year_from=2150
            ).action_export()

    def test_the_same_number_of_questions_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._count()
            return self.env.cr.sql_log_count - before

        self._record()
        count()
        few = count()
        for number in range(6):
            partner = self.env["res.partner"].create({"name": f"Ông {number}"})
            self._record(partner_id=partner.id)
        self.assertEqual(count(), few)

    def test_award_in_force_is_classified_by_a_manager_alone(self):
        with self.assertRaises(AccessError):
            self.merit.with_user(self.officer_a1).statistic_column = "none"
        self.merit.with_user(self.manager_user).statistic_column = "none"
        self.assertEqual(self.merit.state, "in_force")

    def test_method_is_proposed_and_frozen_with_the_nomination(self):
        draft = self._nominate(self._publish(("Máy gieo hạt",)), award_id=self.merit.id)
        self.assertEqual(draft.commendation_method, "thematic")
        draft.with_user(self.officer_a1).commendation_method = "sudden"
        draft.action_submit()
        with self.assertRaises(UserError):
            draft.with_user(self.officer_a1).commendation_method = "regular"

    def test_shipped_awards_are_classified_and_an_office_is_heard(self):
        award = self.env.ref("emulation.award_bk_tinh")
        self.assertEqual(award.statistic_column, "0603.2")
        self.assertEqual(
            self.env.ref("emulation.award_co_cp_2018").statistic_column, "0602.6"
        )
        award.statistic_column = "none"
        self.env["emulation.award"]._classify_shipped({award.id: ("0603.2", False)})
        self.assertEqual(award.statistic_column, "none")
        unsaid = self.env["emulation.award"].with_context(active_test=False)
        shipped = self.env["ir.model.data"].search(
            [("module", "=", "emulation"), ("model", "=", "emulation.award")]
        )
        self.assertFalse(
            unsaid.browse(shipped.mapped("res_id")).filtered(
                lambda one: not one.statistic_column
            )
        )
