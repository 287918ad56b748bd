from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestCouncilSeats(AppraisalCommon):
    """The seats the plan names, who fills them, and when they fall vacant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member1 = cls._seat_of(cls.member1_user)

    @classmethod
    def _seat_of(cls, user):
        return cls.council.member_ids.filtered(lambda one: one.user_id == user)

    def _place(self, name="Sở"):
        return self.council.seat_ids.filtered(lambda seat: seat.name.startswith(name))

    def test_a_new_council_has_the_seats_of_its_level(self):
        templates = self.env["emulation.council.seat.template"].search(
            [("level_id", "=", self.province.level_id.id)]
        )
        self.assertGreaterEqual(len(templates), 7)
        templates.kind_id = self.province.kind_id
        self.assertEqual(self.council.seat_ids.mapped("name"), templates.mapped("name"))
        other = self.env["emulation.council"].create(
            {"name": "Xã", "unit_id": self.commune_a1.id, "date_start": "2020-01-01"}
        )
        self.assertFalse(other.seat_ids, "the plan names none for communes")
        jury = self.env["emulation.council"].create(
            {"name": "Sở", "unit_id": self.department.id, "date_start": "2020-01-01"}
        )
        self.assertFalse(jury.seat_ids, "nor for what others set up")
        templates[0].number = 3
        third = self.council.copy({"name": "Sau", "seat_ids": False})
        self.assertEqual(third.seat_ids[0].number, 3)

    def test_vacant_seats_are_told(self):
        place = self._place()
        self.assertTrue(place.is_vacant)
        self.assertIn(f"{place.name} (0/1)", self.council.vacancy_text)
        self.member1.seat_id = place
        self.assertFalse(place.is_vacant)
        self.assertNotIn(place.name, self.council.vacancy_text)
        place.number = 2
        self.assertTrue(place.is_vacant, "one of two")

    def test_the_list_of_vacant_seats(self):
        place = self._place()
        action = self.council.with_user(self.movement_user).action_view_vacant_seats()
        seats = self.env["emulation.council.seat"].with_user(self.movement_user)
        self.assertIn(place.id, seats.search(action["domain"]).ids)
        self.member1.seat_id = place
        self.assertNotIn(place.id, seats.search(action["domain"]).ids)
        full = seats.search([("is_vacant", "=", False)])
        self.assertIn(place.id, full.ids)

    def test_who_represents_the_unit_takes_its_seat(self):
        self.member1.unit_id = self.department
        place = self._place()
        place.unit_id = self.department
        self.assertEqual(self.member1.seat_id, place)
        newcomer = self._create_user("newcomer", "council")
        with Form(self.council) as form:
            with form.member_ids.new() as line:
                line.user_id = newcomer
                line.unit_id = self.department
                self.assertEqual(line.seat_id, place)

    def test_a_seat_of_another_council_is_refused(self):
        other = self.council.copy({"name": "Khác"})
        with self.assertRaisesRegex(ValidationError, "belongs to another council"):
            self.member1.seat_id = other.seat_ids[0]

    def test_who_sets_up_seats(self):
        for user in self.officer_a1 | self.member1_user | self.chair_user:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._place().with_user(user).number = 5

    # A SEAT FALLS VACANT

    def test_the_seat_ends_with_the_post(self):
        post = self.env["emulation.unit.officer"].create(
            {
                "user_id": self.member1_user.id,
                "unit_id": self.department.id,
                "date_start": "2020-01-01",
            }
        )
        place = self._place()
        self.member1.write({"officer_id": post.id, "seat_id": place.id})
        day = Date.subtract(Date.today(), days=3)
        post.date_end = day
        self.assertEqual(self.member1.date_end, day)
        self.assertIn(self.department.name, self.member1.end_reason)
        self.assertTrue(place.is_vacant)
        self.assertEqual(place.vacant_since, Date.add(day, days=1))
        self.assertEqual(place.last_reason, self.member1.end_reason)

    def test_a_deleted_post_ends_the_seat_today(self):
        post = self.env["emulation.unit.officer"].create(
            {"user_id": self.member1_user.id, "unit_id": self.department.id}
        )
        self.member1.officer_id = post
        post.unlink()
        self.assertEqual(self.member1.date_end, Date.today())

    def test_an_archived_account_leaves_its_seat(self):
        place = self._place()
        self.member1.seat_id = place
        self.member1_user.action_archive()
        self.assertEqual(self.member1.date_end, Date.today())
        self.assertEqual(self.member1.end_reason, "The account was closed")

    def test_a_post_that_goes_on_leaves_the_seat(self):
        post = self.env["emulation.unit.officer"].create(
            {"user_id": self.member1_user.id, "unit_id": self.department.id}
        )
        self.member1.officer_id = post
        post.position = "Trưởng phòng"
        self.assertFalse(self.member1.date_end)

    def test_the_post_is_the_member_s_own(self):
        with self.assertRaisesRegex(ValidationError, "cannot carry the seat"):
            self.member1.officer_id = self.officer_a1.emulation_officer_ids[0]

    # MID-SESSION

    def test_nobody_begins_to_score_in_the_middle_of_a_session(self):
        session = self._open_session()
        newcomer = self._create_user("newcomer", "council")
        council = self.council.with_user(self.movement_user)
        seat = {"user_id": newcomer.id}
        with self.assertRaisesRegex(UserError, "cannot join now"):
            with self.cr.savepoint():
                council.member_ids = [Command.create(seat)]
        self.env.invalidate_all()
        tomorrow = Date.add(Date.today(), days=2)
        council.member_ids = [Command.create({**seat, "date_start": tomorrow})]
        added = self._seat_of(newcomer)
        self.assertNotIn(added, session.attendance_ids.member_id)
        with self.assertRaisesRegex(UserError, "cannot join now"):
            added.with_user(self.movement_user).date_start = False

    def test_a_secretary_without_vote_can_step_in(self):
        session = self._open_session()
        newcomer = self._create_user("newcomer", "council")
        self.council.with_user(self.movement_user).member_ids = [
            Command.create(
                {"user_id": newcomer.id, "role": "secretary", "is_scoring": False}
            )
        ]
        self.assertTrue(session.with_user(newcomer).is_secretariat)
        self.assertTrue(session.with_user(newcomer).is_undeclared)

    # CHAIR AND TERM

    def test_a_session_needs_a_chair_on_its_day(self):
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        self._seat_of(self.chair_user).date_end = Date.subtract(Date.today(), days=1)
        with self.assertRaisesRegex(UserError, "has no chair on"):
            session.action_open()

    def test_a_session_lies_in_the_term(self):
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        self.council.date_end = Date.subtract(Date.today(), days=1)
        with self.assertRaisesRegex(UserError, "outside the term"):
            session.action_open()
        self.council.date_end = Date.add(Date.today(), days=1)
        session.action_open()

    def test_the_council_judges_by_its_own_regulation(self):
        law = self.env.ref("emulation.regulation_default")
        own = law.copy({"code": "QC-RIENG"})
        own.action_put_in_force()
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        self.council.regulation_id = own
        with self.assertRaisesRegex(UserError, "works by"):
            session.action_open()
        self.council.regulation_id = law
        session.action_open()

    def test_ending_a_council_ends_its_term(self):
        self.council.with_user(self.movement_user).action_end()
        self.assertEqual(self.council.date_end, Date.today())
