from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestContest(AppraisalCommon):
    """A contest edition: categories by age, counted on a day; a jury of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contest = cls._create_round(
            "T-CONTEST",
            kind="contest",
            edition_number=6,
            edition_name="Vì quê hương xanh",
            date_age="2026-06-01",
            age_of_consent=0,
            category_ids=[
                Command.create(
                    {"code": "A", "name": "Bảng A", "age_from": 6, "age_to": 11}
                ),
                Command.create(
                    {"code": "B", "name": "Bảng B", "age_from": 12, "age_to": 18}
                ),
                Command.create({"code": "C", "name": "Bảng mở"}),
            ],
        )
        cls.group_a, cls.group_b, cls.group_open = cls.contest.category_ids

    def _entry(self, category=None, births=("2015-05-31",), **vals):
        dossier = self._create_initiative(
            authors=[(f"Em {n}", 100 / len(births)) for n in range(len(births))],
            round_id=self.contest.id,
            category_id=category and category.id,
            **vals,
        )
        for partner, born in zip(
            dossier.sudo().author_ids.partner_id, births, strict=True
        ):
            partner.emulation_birth_date = born
        # another birth date is another person: the agreement was void
        dossier.author_ids._confirm("paper")
        return dossier

    def test_a_category_is_asked_in_a_contest_only(self):
        with self._refused(UserError, "the category of the contest"):
            self._entry().action_submit()
        self._entry(self.group_open).action_submit()
        self._create_initiative().action_submit()
        self.assertFalse(self.round.has_categories)

    def test_ages_of_all_authors_on_the_day(self):
        for category, births, refused in (
            (self.group_a, ("2014-06-02",), False),  # 11 until the day after
            (self.group_a, ("2014-06-01",), True),  # twelve on the day
            (self.group_b, ("2014-06-01",), False),
            (self.group_a, ("2020-06-01",), False),  # six on the day
            (self.group_a, ("2020-06-02",), True),
            (self.group_a, ("2016-01-01", "2010-01-01"), True),
            (self.group_open, ("1950-01-01",), False),
        ):
            with self.subTest(category=category.code, births=births):
                dossier = self._entry(category, births)
                if refused:
                    with self._refused(UserError, "authors of the category"):
                        dossier.action_submit()
                else:
                    dossier.action_submit()
        self.contest.date_age = "2026-06-03"
        with self._refused(UserError, "authors of the category"):
            self._entry(self.group_a, ("2014-06-02",)).action_submit()

    def test_nobodys_age_is_told(self):
        dossier = self._entry(self.group_a, ("1990-03-04",))
        with self.assertRaises(UserError) as caught:
            dossier.action_submit()
        self.assertIn("Em 0", str(caught.exception))
        self.assertNotIn("1990", str(caught.exception))
        self.assertNotIn("36", str(caught.exception))

    def test_a_birth_date_is_needed_for_an_age_group(self):
        with self._refused(UserError, "the birth date of Em 0"):
            self._entry(self.group_a, (False,)).action_submit()
        self._entry(self.group_open, (False,)).action_submit()

    def test_kinds_and_fields_of_a_category(self):
        idea = self.env.ref("emulation.initiative_kind_idea")
        self.group_open.kind_ids = idea
        with self._refused(UserError, "a kind that the category accepts"):
            self._entry(self.group_open).action_submit()
        self.group_open.kind_ids |= self.env.ref("emulation.initiative_kind_initiative")
        self._entry(self.group_open).action_submit()
        self.group_open.field_ids = self.env["emulation.field"].create(
            {"name": "Khác", "code": "T-KH"}
        )
        with self._refused(UserError, "a field that the category accepts"):
            self._entry(self.group_open).action_submit()

    def test_category_belongs_to_the_round_and_freezes(self):
        dossier = self._entry(self.group_open)
        self.assertIn("Bảng A (6 to 11 years)", self.group_a.display_name)
        with Form(dossier) as form:
            form.round_id = self.round
            self.assertFalse(form.category_id)
        with Form(dossier) as form:
            form.round_id = self.contest
            form.category_id = self.group_open
        dossier.action_submit()
        with self._refused(UserError, "handed in"):
            dossier.category_id = self.group_a
        other = self._create_round(
            "T-OTHER",
            kind="contest",
            category_ids=[Command.create({"code": "A", "name": "Bảng lạ"})],
        )
        stray = self._entry(other.category_ids)
        with self._refused(UserError, "the category of the contest"):
            stray.action_submit()

    def test_evaluation_carries_the_category(self):
        dossier = self._entry(self.group_open)
        self._endorse(dossier)
        self.assertEqual(dossier.sudo().evaluation_ids.category_id, self.group_open)

    def test_reference_day_follows_the_deadline(self):
        rnd = self.contest.copy({"code": "T-NEXT", "date_age": False})
        rnd.date_close = "2033-05-05"
        rnd.date_age = False
        with self._refused(UserError, "the day on which ages are"):
            rnd.action_open()
        fresh = self._create_round("T-FRESH", kind="contest")
        self.assertEqual(fresh.date_age, fresh.date_close)
        self.assertFalse(self.round.date_age)

    def test_edition_in_the_name(self):
        self.assertEqual(self.contest.display_name, "Đợt xét T-CONTEST (edition 6)")
        self.assertEqual(self.round.display_name, self.round.name)

    def test_age_groups_that_cannot_be(self):
        for vals in ({"age_to": 5}, {"age_from": -1}, {"code": "B"}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.group_a.write(vals)
                self.group_a.flush_recordset()

    def test_categories_are_the_movement_offices(self):
        self.group_a.with_user(self.movement_user).age_to = 10
        with self.assertRaises(AccessError):
            self.group_a.with_user(self.officer_a1).age_to = 9

    def test_a_jury_judges_its_contest(self):
        jury = self.council.copy({"name": "Ban giám khảo thiếu nhi"})
        jury.action_put_in_force()
        self.contest.jury_id = jury
        dossier = self._entry(self.group_open)
        evaluations = self._make_eligible(dossier)
        with self._refused(UserError, "judged by “Ban giám khảo thiếu nhi”"):
            self._plan_session(evaluations)
        session = self._plan_session(evaluations, council_id=jury.id)
        self.assertEqual(session.council_id, jury)
        sessions = self.env["emulation.session"].with_user(self.movement_user)
        with Form(sessions) as form:
            form.name = "Phiên của ban giám khảo"
            form.round_id = self.contest
            self.assertEqual(form.council_id, jury)
        self.assertLess(self.contest.date_open, Date.today())
