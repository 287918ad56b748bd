from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon

POINTS = DEMO_SCORES["D2"]


@tagged("post_install", "-at_install")
class TestSessionRoom(AppraisalCommon):
    """Who is in the room for which dossier, and what its screen shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._open_session(("Một", "Hai", "Ba"))
        cls.kept = cls.session.with_user(cls.secretary_user)
        cls.kept.action_mark_all_present()
        cls.one, cls.two, cls.three = cls.session.sudo().evaluation_ids.sorted("id")

    def _line(self, user):
        return self.kept.attendance_ids.filtered(
            lambda line: line.member_id.user_id == user
        )

    def _conflict(self, user, evaluation):
        sheet = evaluation.sudo().sheet_ids.filtered(lambda one: one.user_id == user)
        self._declare_conflict(sheet)

    def _as_keeper(self, evaluation):
        return evaluation.with_user(self.secretary_user).sudo(False)

    # LEAVING AND COMING

    def test_leaving_and_coming_back_have_their_times(self):
        line = self._line(self.member1_user)
        line.action_leave()
        self.assertTrue(line.is_away)
        with self.assertRaisesRegex(UserError, "is not in the room"):
            line.action_leave()
        line.action_come_back()
        self.assertFalse(line.is_away)
        with self.assertRaisesRegex(UserError, "has not left"):
            line.action_come_back()
        absence = line.absence_ids
        self.assertTrue(absence.time_left and absence.time_back)
        silent = mute_logger("odoo.sql_db")
        with self.assertRaises(IntegrityError), self.cr.savepoint(), silent:
            absence.time_back = Datetime.subtract(absence.time_left, hours=1)
            absence.flush_recordset()

    def test_only_the_keeper_notes_it(self):
        line = self._line(self.member1_user)
        for user in (self.member1_user, self.chair_user, self.movement_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user).action_leave()
        line.action_leave()
        absence = line.absence_ids
        for user in (self.member1_user, self.chair_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                absence.with_user(user).time_back = Datetime.now()
        with self.assertRaises(AccessError):
            absence.evaluation_id = self.one

    # CALLING UP

    def test_call_sends_out_who_is_in_conflict_and_lets_them_in_again(self):
        self._conflict(self.member1_user, self.one)
        line = self._line(self.member1_user)
        self._as_keeper(self.one).action_call()
        self.assertTrue(line.is_away)
        self._as_keeper(self.two).action_call()
        self.assertFalse(line.is_away)
        self._as_keeper(self.one).action_call()
        self.kept.action_end_call()
        self.assertFalse(line.is_away)
        self.assertFalse(self.session.sudo().current_evaluation_id)

    def test_who_left_by_themselves_stays_out(self):
        line = self._line(self.member1_user)
        line.action_leave()
        self._as_keeper(self.one).action_call()
        self._as_keeper(self.two).action_call()
        self.assertTrue(line.is_away)

    def test_only_the_keeper_calls(self):
        for user in (self.member2_user, self.chair_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.one.with_user(user).sudo(False).action_call()
        self._close(self.session, POINTS)
        with self.assertRaisesRegex(UserError, "is not sitting"):
            self._as_keeper(self.one).action_call()

    def test_excluded_member_does_not_see_who_left_for_what(self):
        self._conflict(self.member1_user, self.one)
        self._conflict(self.member2_user, self.one)
        self._as_keeper(self.one).action_call()
        absences = self.env["emulation.session.absence"]
        self.assertFalse(absences.with_user(self.member1_user).search([]))
        self.assertEqual(len(absences.with_user(self.member3_user).search([])), 2)

    def test_minutes_say_who_was_outside_for_what(self):
        self._conflict(self.member1_user, self.one)
        self._as_keeper(self.one).action_call()
        self.kept.action_end_call()
        self._close(self.session, POINTS)
        minutes = self.env["emulation.document"].browse(
            self.kept.action_draft_minutes()["res_id"]
        )
        body = str(minutes.sudo().body)
        self.assertRegex(body, r"ra khỏi phòng từ \d\d giờ \d\d đến \d\d giờ \d\d")
        self.assertIn("khi xét hồ sơ “Một”", body)

    # QUORUM OF A DOSSIER

    def test_excluded_members_are_out_of_the_base(self):
        self.assertEqual(self.one._get_quorum(), (4, 4, 3))
        self._conflict(self.member1_user, self.one)
        self.assertEqual(self.one._get_quorum(), (3, 3, 2))
        self.assertEqual(self.two._get_quorum(), (4, 4, 3))

    def _was_outside(self, users, evaluation):
        """Tell that ``users`` were outside while ``evaluation`` was called up."""
        for user in users:
            line = self._line(user)
            line.action_leave()
            line.action_come_back()
            line.absence_ids.write(
                {
                    "time_left": Datetime.subtract(Datetime.now(), hours=3),
                    "time_back": Datetime.subtract(Datetime.now(), hours=1),
                }
            )
        self._as_keeper(evaluation).action_call()
        evaluation.date_called = Datetime.subtract(Datetime.now(), hours=2)

    def test_who_was_outside_when_it_was_called_does_not_count(self):
        self._was_outside(self.member1_user, self.one)
        self.assertEqual(self.one._get_quorum(), (3, 4, 3))
        self.assertEqual(self.two._get_quorum(), (4, 4, 3))

    def test_dossier_without_quorum_stops_the_close(self):
        self._was_outside(self.member1_user | self.member2_user, self.two)
        self._score_by_all(self.session, POINTS)
        with self.assertRaisesRegex(UserError, "“.*Hai.*” has no quorum: 2 of 4"):
            self.kept.action_close()
        self.env["emulation.disposition"].with_user(self.secretary_user).create(
            {"evaluation_id": self.two.id, "reason": "Không đủ số thành viên"}
        )
        self.kept.action_close()
        self.assertEqual(self.two.verdict_ids.outcome, "deferred")
        self.assertEqual(self.one.verdict_ids.quorum_present, 4)

    # AGENDA

    def test_order_lets_few_leave(self):
        self._conflict(self.member1_user, self.one)
        self._conflict(self.member1_user, self.three)
        self.assertEqual(self.session.walk_count, 3)
        self.kept.action_order_agenda()
        self.assertEqual(self.session.sudo()._get_agenda()[0], self.two)
        self.assertEqual(self.session.walk_count, 1)

    def test_order_by_hand(self):
        self._as_keeper(self.three).action_move_up()
        order = self.session.sudo()._get_agenda()
        self.assertEqual(order.ids, [self.one.id, self.three.id, self.two.id])
        self._as_keeper(self.one).action_move_up()
        self.assertEqual(self.session.sudo()._get_agenda()[0], self.one)

    def test_who_orders_the_agenda(self):
        self.session.with_user(self.movement_user).action_order_agenda()
        for user in (self.member1_user, self.chair_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.session.with_user(user).action_order_agenda()
            with self.assertRaises(AccessError):
                self.two.with_user(user).sudo(False).action_move_up()
        self._close(self.session, POINTS)
        with self.assertRaisesRegex(UserError, "its agenda stays"):
            self.kept.action_order_agenda()

    # THE SCREEN

    def test_board_shows_progress_alone(self):
        self._score(self.session, self.member1_user, POINTS)
        self._as_keeper(self.two).action_call()
        board = self.kept.get_room_board()
        self.assertEqual(board["current"], self.two.id)
        self.assertEqual([row["sheets"] for row in board["rows"]], ["1/4"] * 3)
        self.assertIn("4 of 4 present", board["quorum"])
        self.assertIn("have not handed in", board["hindrances"][0])
        told = [
            {name: value for name, value in one.items() if name not in ("id", "code")}
            for one in board["rows"] + board["members"]
        ]
        for secret in ("92", "27", "total", "score"):
            self.assertNotIn(secret, str(told))

    def test_board_is_silent_on_what_the_reader_is_kept_from(self):
        self._conflict(self.member1_user, self.two)
        self._as_keeper(self.two).action_call()
        board = self.session.with_user(self.member1_user).get_room_board()
        self.assertNotIn("Hai", str(board))
        self.assertFalse(board["current"])
        self.assertFalse(board["hindrances"])
        board = self.kept.get_room_board()
        row = next(one for one in board["rows"] if one["id"] == self.two.id)
        self.assertEqual(row["outside"], self.member1_user.mapped("name"))
        member = next(one for one in board["members"] if "member1" in one["name"])
        self.assertEqual(member["status"], "away")

    def test_agenda_marks_what_is_before_the_council(self):
        self._as_keeper(self.two).action_call()
        agenda = self.kept.evaluation_ids.sorted("id")
        self.assertEqual(agenda.mapped("is_called"), [False, True, False])
        self._as_keeper(self.three).action_call()
        self.assertEqual(agenda.mapped("is_called"), [False, False, True])
        self.kept.action_end_call()
        self.assertFalse(any(agenda.mapped("is_called")))

    def test_who_reads_no_dossier_reads_nobody_s_progress(self):
        for evaluation in (self.one, self.two, self.three):
            self._conflict(self.member1_user, evaluation)
        board = self.session.with_user(self.member1_user).get_room_board()
        self.assertEqual((board["rows"], board["members"]), ([], []))
        self.assertTrue(self.kept.get_room_board()["members"])

    def test_board_is_for_the_council(self):
        outsider = self._create_user("room_outsider", "council")
        for user in (outsider, self.movement_user, self.leader_user, self.officer_a1):
            for attempt in ("get_room_board", "action_open_room"):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    getattr(self.session.with_user(user), attempt)()

    def test_nothing_stands_in_the_way(self):
        self._score_by_all(self.session, POINTS)
        self.assertFalse(self.kept.get_room_board()["hindrances"])
