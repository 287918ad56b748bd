from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon

HANOI = "Asia/Ho_Chi_Minh"


class LateCommon(AppraisalCommon):
    """A round whose deadline is 17:00 on 20 February 2033 in Hà Nội."""

    def setUp(self):
        super().setUp()
        self._at("2033-02-01 03:00:00")
        self.round.write(
            {
                "date_open": "2033-01-10",
                "date_close": "2033-02-20",
                "time_close": 17,
                "tz": HANOI,
            }
        )
        self.draft = self._create_initiative("Còn viết dở")

    def _at(self, moment_text):
        frozen = freeze_time(moment_text)
        frozen.start()
        self.addCleanup(frozen.stop)

    def _extend(self, user, **vals):
        vals = {"date_close": "2033-03-05", "reason": "Bão số 3", **vals}
        wizard = self.env["emulation.round.extend"].with_user(user)
        wizard.create({"round_id": self.round.id, **vals}).action_confirm()

    def _except(self, user=None, **vals):
        vals = {
            "round_id": self.round.id,
            "unit_id": self.commune_a1.id,
            "datetime_until": "2033-03-10 10:00:00",
            "reason": "Mất điện ba ngày",
            **vals,
        }
        exceptions = self.env["emulation.round.exception"]
        return exceptions.with_user(user or self.manager_user).create(vals)


@tagged("post_install", "-at_install")
class TestRoundExtension(LateCommon):
    """A deadline that the units know moves by an extension, with its reason."""

    def test_extension_by_the_movement_office(self):
        self.assertTrue(self.round.with_user(self.movement_user).can_extend)
        wizard = self.env["emulation.round.extend"].with_user(self.movement_user)
        with Form(wizard.with_context(default_round_id=self.round.id)) as form:
            self.assertEqual(form.time_close, 17, "the same hour is proposed")
            form.date_close = "2033-03-05"
            form.reason = "Bão số 3"
        form.record.action_confirm()
        self.assertEqual(self.round.datetime_close, datetime(2033, 3, 5, 10))
        extension = self.round.extension_ids
        self.assertEqual(extension.user_id, self.movement_user)
        self.assertEqual(
            (str(extension.date_old), extension.time_old, str(extension.date_new)),
            ("2033-02-20", 17, "2033-03-05"),
        )
        told = self.round.message_ids[0]
        self.assertIn("Bão số 3", told.body)
        self.assertRegex(told.body, "17:00 on .*20.*2033.*17:00 on .*2033")
        self.assertIn(self.officer_a1.partner_id, told.partner_ids, "has a draft")
        self.assertNotIn(self.officer_b1.partner_id, told.partner_ids)
        self._at("2033-03-01 03:00:00")
        self.draft.action_submit()

    def test_the_deadline_does_not_move_in_silence(self):
        rnd = self.round.with_user(self.movement_user)
        for vals in (
            {"date_close": "2033-02-25"},
            {"date_close": "2033-02-10"},
            {"time_close": 24},
            {"tz": "UTC"},
        ):
            with self.subTest(vals), self._refused(UserError, "Use “Extend”"):
                rnd.write(vals)
        rnd.write({"date_close": "2033-02-20", "name": "Tên khác"})
        prepared = self.round.copy({"code": "T-P"}).with_user(self.movement_user)
        prepared.date_close = "2033-02-25"

    def test_an_extension_is_later_and_gives_a_reason(self):
        for vals, words in (
            ({"date_close": "2033-02-19"}, "Choose a later one"),
            ({"date_close": "2033-02-20"}, "Choose a later one"),
            ({"reason": "  "}, "the reason for it"),
            ({"time_close": 0}, "between 00:01 and 24:00"),
        ):
            with self.subTest(vals), self._refused(UserError, words):
                self._extend(self.movement_user, **vals)
        self.assertFalse(self.round.extension_ids)
        self.assertEqual(str(self.round.date_close), "2033-02-20")
        self._extend(self.movement_user, date_close="2033-02-20", time_close=20)
        self.assertEqual(self.round.datetime_close, datetime(2033, 2, 20, 13))

    def test_after_the_close_a_manager_extends_and_so_reopens(self):
        self._at("2033-02-21 03:00:00")
        self.env["emulation.round"]._cron_close_rounds()
        self.assertFalse(self.round.with_user(self.movement_user).can_extend)
        with self._refused(UserError, "movement manager has to reopen"):
            self._extend(self.movement_user)
        with self._refused(UserError, "Choose a later one"):
            self._extend(self.manager_user, date_close="2033-02-20", time_close=24)
        self._extend(self.manager_user)
        self.assertEqual(self.round.state, "open")
        self.assertTrue(self.round._takes())
        self.round.action_close()
        self.round.action_finish()
        with self._refused(UserError, "cannot extend"):
            self._extend(self.manager_user)

    def test_units_extend_nothing(self):
        self.assertFalse(self.round.with_user(self.officer_a1).can_extend)
        with self.assertRaises(AccessError):
            self._extend(self.officer_a1)
        with self.assertRaises(UserError):
            self.round.with_user(self.officer_a1)._extend(
                datetime(2033, 3, 5).date(), 17, "tự gia hạn"
            )

    def test_an_extension_stays_on_record(self):
        self._extend(self.movement_user)
        for extension in (
            self.round.extension_ids,
            self.round.extension_ids.with_user(self.manager_user),
        ):
            with self._refused(AccessError, ""):
                extension.reason = "khác"
            with self._refused(AccessError, ""):
                extension.unlink()
        with self.assertRaises(AccessError):
            self.round.extension_ids.with_user(self.manager_user).copy()


@tagged("post_install", "-at_install")
class TestRoundException(LateCommon):
    """A late dossier is refused in clear words, or admitted by a named exception."""

    def setUp(self):
        super().setUp()
        self._at("2033-02-21 03:00:00")
        self.env["emulation.round"]._cron_close_rounds()

    def test_a_late_dossier_is_told_why_and_whom_to_ask(self):
        with self._refused(
            UserError, "Còn viết dở.*17:00 on .*2033.*Tỉnh Thử Nghiệm.*exception"
        ):
            self.draft.action_submit()

    def test_exception_of_a_unit_holds_for_those_below(self):
        exception = self._except(unit_id=self.district_a.id)
        self.assertEqual(exception.user_id, self.manager_user)
        self.assertIn("Mất điện", self.round.message_ids[0].body)
        self.assertIn("Mất điện ba ngày", self.draft.exception_note)
        self.draft.action_submit()
        self.assertEqual(self.draft.sudo().exception_id, exception)
        self.assertIn("manager_user", self.draft.exception_note)
        self._create_initiative("Nhập muộn", self.commune_a2, user=self.officer_a2)
        with self._refused(UserError, "deadline was"):
            self._create_initiative("Khác", self.commune_b1, user=self.officer_b1)

    def test_the_round_is_offered_to_the_excepted_unit_alone(self):
        self._except()
        for user, offered in (
            (self.officer_a1, True),
            (self.officer_a, True),
            (self.officer_a2, False),
            (self.officer_b1, False),
        ):
            rnd = self.round.with_user(user)
            with self.subTest(user.login):
                self.assertEqual(rnd.is_taking, offered)
                found = rnd.search([("is_taking", "=", True)])
                self.assertEqual(rnd in found, offered)

    def test_exception_of_one_dossier(self):
        other = self.draft.sudo().copy({"name": "Hồ sơ thứ hai"})
        exception = self._except(unit_id=False, initiative_id=self.draft.id)
        self.assertIn("Mất điện", self.draft.message_ids[0].body)
        self.assertFalse(self.round.with_user(self.officer_a1).is_taking)
        self.draft.action_submit()
        self.assertEqual(self.draft.sudo().exception_id, exception)
        self.assertFalse(self.round._takes(other))

    def test_what_came_in_time_needs_no_exception(self):
        self._extend(self.manager_user)
        self._except()
        self.draft.action_submit()
        self.assertFalse(self.draft.sudo().exception_id)
        self.assertFalse(self.draft.exception_note)

    def test_it_ends_by_its_hour(self):
        exception = self._except()
        self._at("2033-03-10 10:00:00")
        exception.invalidate_recordset()
        self.assertEqual(exception.status, "past")
        with self._refused(UserError, "deadline was"):
            self.draft.action_submit()

    def test_it_is_revoked_with_a_reason(self):
        exception = self._except()
        wizard = self.env["emulation.round.exception.revoke"]
        for user in (self.movement_user, self.officer_a1):
            with self.subTest(user.login), self.assertRaises(AccessError):
                wizard.with_user(user).create(
                    {"exception_id": exception.id, "reason": "x"}
                )
        wizard = wizard.with_user(self.manager_user)
        blank = wizard.create({"exception_id": exception.id, "reason": " "})
        with self._refused(UserError, "Give a reason"):
            blank.action_confirm()
        wizard.create(
            {"exception_id": exception.id, "reason": "Nhầm xã"}
        ).action_confirm()
        self.assertEqual(exception.status, "revoked")
        self.assertEqual(exception.revoked_user_id, self.manager_user)
        self.assertIn("Nhầm xã", self.round.message_ids[0].body)
        with self._refused(UserError, "deadline was"):
            self.draft.action_submit()
        with self._refused(UserError, "still holds"):
            exception._revoke("lần nữa")

    def test_only_managers_grant(self):
        for user in (self.movement_user, self.officer_a1, self.secretary_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._except(user)
        exception = self._except()
        self.assertTrue(exception.with_user(self.movement_user).has_access("read"))
        self.assertFalse(exception.with_user(self.officer_a1).has_access("read"))

    def test_it_stays_as_granted(self):
        exception = self._except(user_id=self.leader_user.id)
        self.assertEqual(
            exception.user_id, self.manager_user, "nobody signs for others"
        )
        for one in (exception, exception.sudo()):
            with self._refused(AccessError, ""):
                one.datetime_until = "2034-01-01 00:00:00"
            with self._refused(AccessError, ""):
                one.unlink()
        with self.assertRaises(AccessError):
            exception.write({"date_revoked": False, "revoke_reason": "x"})

    def test_exceptions_that_make_no_sense(self):
        elsewhere = self._create_round("T-ELSE", date_close="2033-12-01")
        foreign = self._create_initiative("Ở đợt khác", round_id=elsewhere.id)
        for vals, words in (
            ({"datetime_until": "2033-02-01 00:00:00"}, "has not passed"),
            ({"reason": " "}, "needs a reason"),
            ({"initiative_id": foreign.id}, "another round"),
        ):
            with self.subTest(vals), self._refused(UserError, words):
                self._except(**vals)
        self.round.action_finish()
        with self._refused(UserError, "finished"):
            self._except()

    def test_the_button_opens_the_form_with_the_round(self):
        rnd = self.round.with_user(self.manager_user)
        self.assertTrue(rnd.can_except)
        self.assertFalse(self.round.with_user(self.movement_user).can_except)
        action = rnd.action_make_exception()
        exceptions = self.env["emulation.round.exception"].with_user(self.manager_user)
        with Form(exceptions.with_context(**action["context"])) as form:
            self.assertEqual(form.round_id, self.round)
            form.initiative_id = self.draft
            form.datetime_until = "2033-03-10 10:00:00"
            form.reason = "Ốm"
        self.assertTrue(self.round._takes(self.draft))
