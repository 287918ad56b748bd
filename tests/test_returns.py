from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestReturns(AppraisalCommon):
    """A dossier sent back: causes, day to complete it by, reminder, lapse, log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cause = cls.env.ref("emulation.return_cause_application")
        cls.Log = cls.env["emulation.initiative.return.log"]

    def _returned(self, initiative=None, user=None, **vals):
        """Return a received dossier through the dialog, as the examiner."""
        initiative = initiative or self._create_initiative()
        if initiative.state == "draft":
            self._endorse(initiative)
        action = initiative.with_user(user or self.movement_user).action_return()
        wizard = self.env["emulation.initiative.return"].with_user(
            user or self.movement_user
        )
        with Form(wizard.with_context(**action["context"])) as form:
            form.cause_ids.add(self.cause)
            for name, value in vals.items():
                setattr(form, name, value)
        form.record.action_confirm()
        return initiative

    def _in_days(self, days):
        return freeze_time(Date.add(Date.today(), days=days))

    def _follow(self):
        self.env["emulation.initiative"]._cron_follow_returns()

    def test_the_causes_write_the_reason_and_the_round_gives_the_days(self):
        self.round.return_days = 12
        initiative = self._returned()
        self.assertIn("confirmation of application", initiative.return_reason)
        self.assertEqual(initiative.date_return_due, Date.add(Date.today(), days=12))
        todo = initiative.activity_ids.filtered(
            lambda one: one.user_id == self.officer_a1
        )
        self.assertEqual(todo.date_deadline, initiative.date_return_due)

    def test_typed_words_stay_beside_the_advice(self):
        initiative = self._returned(reason="Xem lại bảng số liệu")
        self.assertEqual(initiative.return_reason, "Xem lại bảng số liệu")

    def test_each_return_is_logged_by_cause(self):
        other = self.env.ref("emulation.return_cause_calculation")
        initiative = self._create_initiative()
        self._endorse(initiative)
        wizard = self.env["emulation.initiative.return"].with_user(self.movement_user)
        wizard.create(
            {
                "initiative_ids": [Command.set(initiative.ids)],
                "cause_ids": [Command.set((self.cause | other).ids)],
                "reason": "Thiếu",
            }
        ).action_confirm()
        log = initiative.return_log_ids
        self.assertEqual(log.cause_id, self.cause | other)
        self.assertRecordValues(
            log[0],
            [
                {
                    "unit_id": self.commune_a1.id,
                    "round_id": self.round.id,
                    "kind_id": initiative.kind_id.id,
                    "field_id": initiative.field_id.id,
                    "event": "returned",
                    "stage": "organiser",
                    "year": Date.today().year,
                    "user_id": self.movement_user.id,
                    "date_due": initiative.date_return_due,
                }
            ],
        )

    def test_without_a_cause_it_is_another_reason(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        initiative.with_user(self.head_a1)._return_to_complete("Thiếu")
        self.assertEqual(
            initiative.return_log_ids.cause_id,
            self.env.ref("emulation.return_cause_other"),
        )
        self.assertEqual(initiative.return_log_ids.stage, "unit")

    def test_a_refusal_is_logged(self):
        initiative = self._create_initiative()
        self._endorse(initiative)
        wizard = self.env["emulation.initiative.return"].with_user(self.movement_user)
        wizard.create(
            {
                "initiative_ids": [Command.set(initiative.ids)],
                "outcome": "refuse",
                "cause_ids": [Command.set(self.cause.ids)],
                "reason": "Không mới",
            }
        ).action_confirm()
        self.assertEqual(initiative.return_log_ids.event, "refused")
        self.assertEqual(initiative.return_log_ids.cause_id, self.cause)

    def test_the_log_is_append_only(self):
        log = self._returned().sudo().return_log_ids
        with self._refused(AccessError, "neither changed nor deleted"):
            log.reason = "Khác"
        with self._refused(AccessError, "neither changed nor deleted"):
            log.unlink()
        with self._refused(AccessError, "written when a dossier is returned"):
            log.copy()
        with self.assertRaises(AccessError):
            self.Log.with_user(self.manager_user).create({"reason": "Tự viết"})

    def test_the_log_is_counted_by_unit_within_scope(self):
        initiative = self._returned()
        mine = [("initiative_id", "=", initiative.id)]
        for user, count in (
            (self.officer_a1, 1),
            (self.officer_a, 1),
            (self.movement_user, 1),
            (self.officer_b1, 0),
        ):
            found = self.Log.with_user(user).search_count(mine)
            self.assertEqual(found, count, user.login)

    # REMINDER AND LAPSE

    def test_the_unit_is_reminded_once_before_the_day(self):
        self.round.write({"return_days": 20, "return_reminder_days": 5})
        initiative = self._returned()
        messages = self._notices(initiative)
        with self._in_days(14):
            self._follow()
        self.assertEqual(self._notices(initiative), messages, "too early")
        with self._in_days(16):
            self._follow()
            self._follow()
        new = self._notices(initiative) - messages
        self.assertEqual(len(new), 1)
        self.assertIn("is to be completed before", new.body)
        self.assertIn(self.officer_a1.partner_id, new.notified_partner_ids)
        self.assertIn(self.head_a1.partner_id, new.notified_partner_ids)
        self.assertNotIn(self.officer_b1.partner_id, new.notified_partner_ids)
        self.assertEqual(initiative.state, "returned")

    def _notices(self, initiative):
        return self.env["mail.message"].search(
            [
                ("model", "=", initiative._name),
                ("res_id", "=", initiative.id),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_no_reminder_where_the_round_wants_none(self):
        self.round.write({"return_days": 20, "return_reminder_days": 0})
        initiative = self._returned()
        with self._in_days(20):
            self._follow()
        self.assertFalse(initiative.date_reminded)
        self.assertEqual(initiative.state, "returned", "the last day counts")

    def _lapsed(self):
        self.round.return_days = 10
        initiative = self._returned()
        with self._in_days(12):
            self._follow()
        return initiative

    def test_a_dossier_not_completed_in_time_lapses(self):
        initiative = self._lapsed()
        self.assertEqual(initiative.state, "lapsed")
        self.assertEqual(initiative.evaluation_ids.state, "ineligible")
        self.assertEqual(
            initiative.evaluation_ids.refusal_reason, "Not completed in time"
        )
        log = initiative.return_log_ids.filtered(lambda one: one.event == "lapsed")
        self.assertEqual(log.cause_id, self.cause)
        self.assertIn("has lapsed", log.reason)
        self.assertIn("has lapsed", self._notices(initiative)[0].body)
        self.assertFalse(initiative.activity_ids)
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            initiative.with_user(self.officer_a1).action_submit()

    def test_what_was_handed_in_again_does_not_lapse(self):
        self.round.return_days = 10
        initiative = self._returned()
        initiative.with_user(self.officer_a1).action_submit()
        with self._in_days(12):
            self._follow()
        self.assertEqual(initiative.state, "submitted")

    def test_nobody_lapses_a_dossier_by_hand_or_before_its_day(self):
        initiative = self._returned()
        for user in (self.officer_a1, self.movement_user, self.manager_user):
            with self.assertRaisesRegex(UserError, "you cannot move it"):
                initiative.with_user(user).write({"state": "lapsed"})
        with self.assertRaisesRegex(UserError, "has not passed"):
            initiative.sudo().write({"state": "lapsed"})

    def test_a_lapse_is_undone_by_a_manager_with_a_reason(self):
        initiative = self._lapsed()
        self.assertFalse(initiative.with_user(self.movement_user).can_return)
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            initiative.with_user(self.movement_user)._return_to_complete("Xin")
        self._returned(initiative, self.manager_user, reason="Bưu điện chậm")
        self.assertEqual(initiative.state, "returned")
        self.assertEqual(initiative.evaluation_ids.state, "returned")
        self.assertFalse(initiative.date_lapsed)
        log = initiative.return_log_ids.sorted("id")[-1]
        self.assertEqual((log.event, log.reason), ("reopened", "Bưu điện chậm"))
        initiative.with_user(self.officer_a1).action_submit()
        initiative.with_user(self.head_a1).action_endorse()
        self.assertEqual(initiative.evaluation_ids.state, "received")

    def test_overdue_is_told_by_the_organisers_clock(self):
        self.round.return_days = 1
        initiative = self._returned()
        self.assertFalse(initiative.is_overdue)
        with self._in_days(3):
            initiative.invalidate_recordset(["is_overdue"])
            self.assertTrue(initiative.is_overdue)
        # 00:30 of the day after at the organiser's, still the day itself elsewhere
        self.round.sudo().tz = "Asia/Ho_Chi_Minh"
        initiative.sudo().date_return_due = "2033-05-10"
        self.round.sudo().action_close()
        late = initiative.with_context(tz="UTC")
        with freeze_time("2033-05-10 17:30:00"):
            initiative.invalidate_recordset(["is_overdue"])
            self.assertTrue(late.is_overdue)
            with self._refused(UserError, "does not take"):
                late.action_submit()
        with freeze_time("2033-05-10 16:30:00"):
            late.action_submit()

    def test_clients_do_not_write_what_the_job_writes(self):
        initiative = self._returned()
        for name in ("date_lapsed", "date_reminded", "date_return_due"):
            with self.assertRaises(AccessError):
                initiative.with_user(self.manager_user).write({name: Date.today()})

    def test_a_round_gives_at_least_a_day(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.round.return_days = 0
