from datetime import date
from decimal import Decimal

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..tools import scoring
from ..tools.scoring import Sheet
from .law_common import LawCommon


@tagged("post_install", "-at_install")
class TestRubricDraft(LawCommon):
    """Writing a rubric: totals, grades, what is missing before it can hold."""

    def _fill(self, form):
        form.name = "  Thang  điểm thử "
        form.code = "TEST"
        for code, points in (("TM", 60), ("HQ", 40)):
            with form.criterion_ids.new() as line:
                line.code = code
                line.name = code
                line.max_points = points
        for code, low, high in (("KD", 0, 50), ("D", 50, 100)):
            with form.grade_ids.new() as line:
                line.code = line.name = code
                line.score_from = low
                line.score_to = high
                line.is_pass = low > 0

    def test_manager_writes_a_rubric_and_puts_it_in_force(self):
        form = Form(self.env["emulation.rubric"].with_user(self.manager_user))
        self.assertEqual(form.points_left, 100)
        self._fill(form)
        self.assertEqual((form.total_points, form.points_left), (100, 0))
        self.assertFalse(form.fault_text)
        rubric = form.save()
        self.assertRecordValues(
            rubric, [{"name": "Thang điểm thử", "version": 1, "state": "draft"}]
        )
        self.assertTrue(rubric.can_put_in_force)
        self.assertFalse(rubric.can_new_version)
        rubric.action_put_in_force()
        self.assertEqual(rubric.state, "in_force")
        self.assertFalse(rubric.can_put_in_force)
        self.assertTrue(rubric.can_retire)
        self.assertTrue(rubric.can_new_version)

    def test_others_only_read(self):
        rubric = self._create_rubric()
        users = self.officer_a1 | self.movement_user | self.chair_user
        for user in users:
            mine = rubric.with_user(user)
            with self.subTest(user.login):
                self.assertEqual(mine.name, "Rubric R")
                self.assertFalse(mine.can_put_in_force or mine.can_new_version)
                with mute_logger("odoo.addons.base.models.ir_model"):
                    with self.assertRaises(AccessError):
                        mine.name = "Mine"
                    with self.assertRaises(UserError):
                        mine.action_put_in_force()
                    with self.assertRaises(AccessError):
                        mine.action_new_version()
                    with self.assertRaises(AccessError):
                        mine.unlink()
                    with self.assertRaises(AccessError):
                        mine.criterion_ids[0].max_points = 1
                    with self.assertRaises(AccessError):
                        mine.grade_ids[0].unlink()
        self.assertEqual(rubric.state, "draft")
        with self.assertRaises(AccessError):
            rubric.with_user(self.internal_user).read(["name"])

    def test_overlapping_grades_are_refused_by_name(self):
        rubric = self._create_rubric()
        message = "Rubric R.*Passed.*Good.*overlap from 75[.,]00"
        with self.assertRefused(ValidationError, message):
            rubric.grade_ids.filtered(lambda g: g.code == "G").score_from = 75
        with self.assertRefused(ValidationError, message):
            with Form(rubric) as form, form.grade_ids.edit(0) as line:
                line.score_from = 75
        with self.assertRefused(ValidationError, "Fail.*Other"):
            rubric.grade_ids.create(
                {**self._grade("X", "Other", 10, 20), "rubric_id": rubric.id}
            )

    def test_a_border_between_grades_can_move(self):
        for border in (85, 70):
            rubric = self._create_rubric(f"B{border}")
            with Form(rubric.with_user(self.manager_user)) as form:
                with form.grade_ids.edit(0) as line:
                    line.score_from = border
                with form.grade_ids.edit(1) as line:
                    line.score_to = border
            self.assertEqual(rubric.grade_ids.mapped("score_from"), [border, 50, 0])

    def test_missing_parts_are_named(self):
        cases = {
            "no criterion": ({"criterion_ids": [Command.clear()]}, "Add the criteria"),
            "points": (
                {
                    "criterion_ids": [
                        (0, 0, {"code": "C", "name": "C", "max_points": 5})
                    ]
                },
                r"total 105[.,]00 instead of 100",
            ),
            "no grade": ({"grade_ids": [Command.clear()]}, "There is no grade"),
        }
        for name, (vals, message) in cases.items():
            rubric = self._create_rubric(name)
            rubric.write(vals)
            self._assert_not_ready(rubric, message)
        grades = {
            "start": ("F", {"score_from": 1}, "“Fail” begins at 1[.,]00 instead of 0"),
            "end": ("G", {"score_to": 99.99}, "“Good” ends at 99[.,]99 instead of 100"),
            "gap": ("P", {"score_to": 79.5}, "scores from 79[.,]50, between “Passed”"),
            "order": (
                "F",
                {"is_pass": True},
                "“Passed” does not pass but stands above",
            ),
        }
        for name, (code, vals, message) in grades.items():
            rubric = self._create_rubric(name)
            rubric.grade_ids.filtered(lambda g, code=code: g.code == code).write(vals)
            if name == "order":
                rubric.grade_ids.filtered(lambda g: g.code == "P").is_pass = False
            self._assert_not_ready(rubric, message)
        rubric = self._create_rubric("none")
        rubric.grade_ids.is_pass = False
        self._assert_not_ready(rubric, "No grade is a pass")

    def _assert_not_ready(self, rubric, message):
        with self.subTest(rubric.code):
            self.assertRegex(rubric.fault_text, message)
            with self.assertRefused(UserError, f"(?s){rubric.name}.*{message}"):
                rubric.action_put_in_force()
            self.assertEqual(rubric.state, "draft")

    @mute_logger("odoo.sql_db")
    def test_impossible_lines_are_refused(self):
        rubric = self._create_rubric()
        criterion, grade = rubric.criterion_ids[0], rubric.grade_ids[0]
        for line, vals in (
            (criterion, {"max_points": 0}),
            (criterion, {"max_points": -1}),
            (criterion, {"min_points": -1}),
            (criterion, {"min_points": 61}),
            (grade, {"score_from": -1}),
            (grade, {"score_to": 100.01}),
            (grade, {"score_to": grade.score_from}),
        ):
            with self.subTest(vals), self.assertRaises(CheckViolation):
                line.write(vals)
        for line in (criterion, grade):
            with self.subTest(line._name), self.assertRaises(UniqueViolation):
                line.copy({"rubric_id": rubric.id})

    def test_points_sum_without_binary_residue(self):
        rubric = self._create_rubric(criterion_ids=[])
        points = [
            (0, 0, {"code": str(n), "name": "C", "max_points": p})
            for n, p in enumerate((33.3, 33.3, 33.4))
        ]
        rubric.criterion_ids = points
        self.assertFalse(rubric.fault_text)


@tagged("post_install", "-at_install")
class TestRubricInForce(LawCommon):
    """A rubric in force is law: it never changes, it is followed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rubric = cls._create_rubric(in_force=True)
        cls.mine = cls.rubric.with_user(cls.manager_user)

    def test_it_cannot_change(self):
        criterion, grade = self.mine.criterion_ids[0], self.mine.grade_ids[0]
        other = self._create_rubric("OTHER").with_user(self.manager_user)
        changes = {
            "name": lambda: self.mine.write({"name": "New"}),
            "date_end": lambda: self.mine.write({"date_end": "2030-01-01"}),
            "date_end, pretending": lambda: self.mine.with_context(
                emulation_ending=True
            ).write({"date_end": "2030-01-01"}),
            "with the state": lambda: self.mine.write(
                {"state": "retired", "code": "Z"}
            ),
            "criterion through rubric": lambda: self.mine.write(
                {"criterion_ids": [Command.update(criterion.id, {"max_points": 5})]}
            ),
            "criterion": lambda: criterion.write({"name": "New"}),
            "criterion removed": lambda: criterion.unlink(),
            "criterion moved away": lambda: criterion.write({"rubric_id": other.id}),
            "criterion moved in": lambda: other.criterion_ids[0].write(
                {"rubric_id": self.mine.id, "code": "X"}
            ),
            "criterion added": lambda: criterion.create(
                {"rubric_id": self.mine.id, "code": "C", "name": "C", "max_points": 1}
            ),
            "grade": lambda: grade.write({"is_pass": False}),
            "grade removed": lambda: grade.unlink(),
            "grade copied": lambda: grade.copy({"code": "X"}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                with self.assertRefused(UserError, "Rubric R.*[Mm]ake a new version"):
                    change()
        with self.assertRefused(UserError, "Rubric R.*Retire it instead"):
            self.mine.unlink()
        with self.assertRefused(UserError, "you cannot move it to “Draft”"):
            self.mine.write({"state": "draft"})

    def test_its_note_may_change(self):
        self.mine.note = "Issued by decision 12"
        self.assertIn("decision 12", self.rubric.note)

    def test_state_is_not_written_into_a_new_record(self):
        with self.assertRaises(UserError):
            self.mine.create({"name": "X", "code": "X", "state": "in_force"})

    def test_state_by_rpc_meets_the_same_law(self):
        broken = self._create_rubric("BROKEN", criterion_ids=[])
        with self.assertRefused(UserError, "Add the criteria"):
            broken.with_user(self.manager_user).write({"state": "in_force"})
        with self.assertRefused(UserError, "cannot move"):
            broken.with_user(self.manager_user).write({"state": "retired"})
        with self.assertRefused(UserError, "cannot move"):
            self.rubric.with_user(self.officer_a1).write({"state": "retired"})

    def test_new_version_is_a_free_copy(self):
        action = self.mine.action_new_version()
        version = self.env[action["res_model"]].browse(action["res_id"])
        self.assertRecordValues(
            version,
            [{"code": "R", "version": 2, "state": "draft", "date_end": False}],
        )
        self.assertEqual(version.criterion_ids.mapped("code"), ["A", "B"])
        self.assertEqual(version.grade_ids.mapped("code"), ["G", "P", "F"])
        version.with_user(self.manager_user).criterion_ids[0].name = "Free"
        self.assertEqual(self.rubric.criterion_ids[0].name, "Novelty")
        self.assertEqual(self.mine.copy().version, 3)
        self.assertIn("version 2", version.display_name)

    @mute_logger("odoo.sql_db")
    def test_versions_are_unique(self):
        with self.assertRaises(UniqueViolation):
            self._create_rubric(version=1)
        twins = self.env["emulation.rubric"].create(
            [{"name": "Twin", "code": "T"}, {"name": "Twin", "code": "T "}]
        )
        self.assertEqual(twins.mapped("version"), [1, 2])

    def test_version_in_force_ends_the_one_before(self):
        version = self.rubric.copy({"date_start": "2022-03-01"})
        version.with_user(self.manager_user).action_put_in_force()
        self.assertEqual(self.rubric.date_end, date(2022, 2, 28))
        find = self.env["emulation.rubric"]._version_on
        self.assertEqual(find("R", date(2022, 2, 28)), self.rubric)
        self.assertEqual(find("R", date(2022, 3, 1)), version)
        self.assertFalse(find("R", date(2019, 12, 31)))
        self.env["emulation.rubric"]._cron_retire_ended()
        self.assertEqual((self.rubric.state, version.state), ("retired", "in_force"))
        self.assertEqual(self.rubric.date_end, date(2022, 2, 28))
        self.assertEqual(find("R", date(2021, 5, 5)), self.rubric)

    def test_overlapping_days_are_refused(self):
        for day in ("2020-01-01", "2019-06-01"):
            version = self.rubric.copy({"date_start": day})
            message = r"version \d.*same days as “Rubric R \(version 1\)"
            with self.subTest(day), self.assertRefused(UserError, message):
                version.action_put_in_force()
            self.assertEqual(version.state, "draft")
            self.assertFalse(self.rubric.date_end)
        earlier = self.rubric.copy({"date_start": "2019-06-01"})
        earlier.date_end = "2019-12-31"
        earlier.action_put_in_force()
        self.assertEqual(earlier.state, "in_force")

    def test_a_version_that_had_ended_keeps_its_last_day(self):
        old = self._create_rubric("OLD", date_end="2021-12-31", in_force=True)
        old.copy({"date_start": "2023-01-01"}).action_put_in_force()
        self.assertEqual(old.date_end, date(2021, 12, 31))

    @freeze_time("2021-07-15")
    def test_retiring_ends_it_today(self):
        self.mine.action_retire()
        self.assertRecordValues(
            self.rubric, [{"state": "retired", "date_end": date(2021, 7, 15)}]
        )
        self.assertFalse(self.rubric.can_retire)
        with self.assertRefused(UserError, "cannot move"):
            self.mine.write({"state": "in_force"})

    @freeze_time("2021-07-15")
    def test_withdrawn_before_its_first_day_it_never_held(self):
        version = self.rubric.copy({"date_start": "2022-01-01"})
        version.action_put_in_force()
        version.action_retire()
        self.assertEqual(version.date_end, date(2021, 12, 31))
        self.assertFalse(version._version_on("R", date(2022, 1, 1)))
        again = self.rubric.copy({"date_start": "2022-01-01"})
        again.action_put_in_force()
        self.assertEqual(again._version_on("R", date(2022, 1, 1)), again)

    @mute_logger("odoo.sql_db")
    def test_dates_in_order(self):
        with self.assertRaises(CheckViolation):
            self._create_rubric("DATES", date_end="2019-12-31")

    def test_draft_may_be_deleted(self):
        draft = self._create_rubric("DRAFT")
        lines = draft.criterion_ids
        draft.with_user(self.manager_user).unlink()
        self.assertFalse(lines.exists())

    def test_list_costs_the_same_for_many(self):
        rubrics = self.rubric
        counts = []
        for size in (1, 3, 30):
            while len(rubrics) < size:
                rubrics += self._create_rubric(f"L{len(rubrics)}")
            counts.append(self._count_list_queries(rubrics, self.manager_user))
        self.assertEqual(len(set(counts)), 1, counts)


@tagged("post_install", "-at_install")
class TestRubricData(LawCommon):
    """What every installation begins with gives the results of the demonstration."""

    def test_default_rubric_and_regulation_score(self):
        rubric = self.env.ref("emulation.rubric_initiative")
        regulation = self.env.ref("emulation.regulation_default")
        self.assertEqual((rubric.state, regulation.state), ("in_force", "in_force"))
        rules = rubric._as_rules(regulation)
        self.assertEqual(
            {one.code: one.max_points for one in rules.criteria},
            {"TM": 30, "HQ": 30, "AD": 25, "PV": 15},
        )
        self.assertEqual(
            [key.criterion_code or key.kind for key in rules.tie_keys],
            ["HQ", "PV", "median", "spread"],
        )
        for row, grade in (
            ((27, 29, 23, 13), "Xuất sắc"),
            ((25, 24, 19, 12), "Tốt"),
            ((20, 24, 22, 13), "Khá"),
            ((12, 17, 13, 6), "Không công nhận"),
        ):
            points = dict(zip(("TM", "HQ", "AD", "PV"), map(Decimal, row), strict=True))
            result = scoring.evaluate([Sheet(n, points) for n in range(3)], rules)
            band = rubric.grade_ids.filtered(lambda g, r=result: g.code == r.band)
            self.assertEqual(band.name, grade)
            self.assertEqual(result.score, sum(row))

    def test_second_scheme_is_ready(self):
        rubric = self.env.ref("emulation.rubric_initiative_abc")
        self.assertEqual(rubric.state, "draft")
        self.assertFalse(rubric.fault_text)
        rubric.with_user(self.manager_user).action_put_in_force()
        self.assertEqual(rubric.grade_ids.mapped("code"), ["A", "B", "C", "KD"])
