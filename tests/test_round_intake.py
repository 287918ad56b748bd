from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import BaseCase, Form, tagged
from odoo.tools import mute_logger

from ..tools.moments import clock, moment, today
from .common_appraisal import AppraisalCommon

HANOI = "Asia/Ho_Chi_Minh"


@tagged("post_install", "-at_install")
class TestMoments(BaseCase):
    """Days and hours of a place are moments of the world."""

    def test_an_hour_of_a_place(self):
        day = datetime(2026, 3, 29).date()
        self.assertEqual(moment(day, 16.5, HANOI), datetime(2026, 3, 29, 9, 30))
        self.assertEqual(moment(day, 24, HANOI), datetime(2026, 3, 29, 17, 0))
        self.assertEqual(moment(day, 0, "UTC"), datetime(2026, 3, 29))

    def test_the_night_in_which_summer_begins(self):
        day = datetime(2026, 3, 29).date()
        self.assertEqual(moment(day, 0, "Europe/Berlin"), datetime(2026, 3, 28, 23))
        self.assertEqual(moment(day, 17, "Europe/Berlin"), datetime(2026, 3, 29, 15))

    def test_the_day_at_a_place(self):
        late = datetime(2026, 3, 29, 17, 30)
        self.assertEqual(str(today(late, HANOI)), "2026-03-30")
        self.assertEqual(str(today(late, "UTC")), "2026-03-29")

    def test_a_clock(self):
        self.assertEqual(
            [clock(h) for h in (0.5, 16.5, 24)], ["00:30", "16:30", "24:00"]
        )


@tagged("post_install", "-at_install")
class TestRoundIntake(AppraisalCommon):
    """A round takes dossiers by the organiser's clock, before any job runs."""

    def setUp(self):
        super().setUp()
        self.round.write(
            {
                "date_open": "2033-01-10",
                "date_close": "2033-02-20",
                "time_close": 17,
                "tz": HANOI,
            }
        )

    def _at(self, moment_text):
        """Set the clock of the world (UTC)."""
        frozen = freeze_time(moment_text)
        frozen.start()
        self.addCleanup(frozen.stop)

    def _may_enter(self):
        """Return whether a unit may enter a dossier now."""
        try:
            with self.cr.savepoint():
                self._create_initiative()
        except UserError:
            return False
        return True

    def test_the_first_minute_and_the_last(self):
        for at, takes in (
            ("2033-01-09 16:59:59", False),
            ("2033-01-09 17:00:00", True),
            ("2033-02-20 09:59:59", True),
            ("2033-02-20 10:00:00", False),
        ):
            with self.subTest(at), freeze_time(at):
                self.round.invalidate_recordset()
                self.assertEqual(self.round._takes(), takes)
                self.assertEqual(self.round.is_taking, takes)
                found = self.round.search([("is_taking", "=", True)])
                self.assertEqual(self.round in found, takes)
                self.assertEqual(self._may_enter(), takes)

    def test_a_form_left_open_over_the_deadline(self):
        self._at("2033-02-20 09:30:00")
        initiative = self._create_initiative()
        self._at("2033-02-20 10:00:01")
        self.assertEqual(self.round.state, "open", "no job has run")
        pattern = "Đồ gá.*deadline was 17:00 on .*2033.*Tỉnh Thử Nghiệm"
        with self._refused(UserError, pattern):
            initiative.action_submit()
        self.assertEqual(initiative.state, "draft", "nothing is lost")

    def test_the_whole_last_day_is_the_organisers(self):
        self.round.time_close = 24
        self._at("2033-02-20 16:59:00")
        self.assertTrue(self.round._takes(), "23:59 in Hà Nội")
        self._at("2033-02-20 17:00:00")
        self.assertFalse(self.round._takes())
        self.round.tz = "UTC"
        self.assertTrue(self.round._takes(), "another clock")

    def test_time_zone_of_the_organiser(self):
        contact = self.env["res.partner"].create({"name": "Huyện", "tz": "Asia/Tokyo"})
        self.district_a.partner_id = contact
        self.env.company.partner_id.tz = HANOI
        for unit, zone in ((self.district_a, "Asia/Tokyo"), (self.district_b, HANOI)):
            rnd = self._create_round(f"T-{unit.code}", unit_id=unit.id)
            self.assertEqual(rnd.tz, zone)

    def test_announced_until_the_first_day(self):
        self._at("2032-12-01 00:00:00")
        rnd = self._create_round(
            "T-SOON", date_open="2033-01-10", date_close="2033-02-20", tz=HANOI
        )
        self.assertEqual(rnd.state, "announced")
        seen = rnd.with_user(self.officer_a1)
        self.assertTrue(seen.search([("id", "=", rnd.id)]), "units can prepare")
        self.assertFalse(rnd.with_user(self.movement_user).can_open)
        with self._refused(UserError, "announced for .*2033"):
            rnd.with_user(self.movement_user).write({"state": "open"})
        with self._refused(UserError, "it opens on .*2033"):
            self._create_initiative(round_id=rnd.id)
        self.env["emulation.round"]._cron_open_rounds()
        self.assertEqual(rnd.state, "announced")
        self._at("2033-01-09 17:00:00")
        self._create_initiative(round_id=rnd.id)
        self.env["emulation.round"]._cron_open_rounds()
        self.assertEqual(rnd.state, "open")
        self.env["emulation.round"]._cron_close_rounds()
        self.assertEqual(rnd.state, "open")
        self._at("2033-02-20 17:00:00")
        self.env["emulation.round"]._cron_close_rounds()
        self.assertEqual(rnd.state, "closed")

    def test_the_job_is_called_for_the_very_minute(self):
        cron = self.env.ref("emulation.cron_close_rounds")
        calls = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        moments = calls.mapped("call_at")
        self.assertIn(datetime(2033, 1, 9, 17), moments)
        self.assertIn(datetime(2033, 2, 20, 10), moments)

    def test_standing_intake_needs_no_deadline(self):
        rnd = self._create_round(
            "T-STAND", kind="standing", date_close=False, date_open="2020-01-01"
        )
        self._at("2040-01-01 00:00:00")
        self.assertTrue(rnd._takes())
        self.assertEqual((rnd.days_left, rnd._get_deadline_text()), (0, ""))
        self.env["emulation.round"]._cron_close_rounds()
        self.assertEqual(rnd.state, "open")
        for vals in ({"kind": "annual"}, {"kind": "contest"}):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                rnd.write(vals)
                rnd.flush_recordset()

    def test_hours_that_cannot_be(self):
        for hour in (0, -1, 24.5):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.round.time_close = hour
                self.round.flush_recordset()

    def test_the_form_of_a_dossier_offers_rounds_that_take_it(self):
        self._at("2033-02-01 00:00:00")
        others = self.env["emulation.round"].search([("id", "!=", self.round.id)])
        others.active = False
        with Form(self.env["emulation.initiative"].with_user(self.officer_a1)) as form:
            form.name = "Mới"
            self.assertEqual(form.round_id, self.round, "the only one")
            form.kind_id = self.env.ref("emulation.initiative_kind_initiative")
            form.field_id = self.env.ref("emulation.field_mechanics")
            form.theme_id = self.env.ref("emulation.theme_nd2")
        self._at("2033-03-01 00:00:00")
        form = Form(self.env["emulation.initiative"].with_user(self.officer_a1))
        self.assertFalse(form.round_id)

    def test_closed_by_hand_says_so(self):
        self._at("2033-02-01 00:00:00")
        self.round.action_close()
        with self._refused(UserError, "closed by its organiser"):
            self._create_initiative()
