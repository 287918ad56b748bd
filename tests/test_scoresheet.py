from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestScoresheet(AppraisalCommon):
    """A member's sheet: theirs alone, complete when handed in, fixed at the close."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._open_session()
        cls.sheet = cls._sheet(cls.session, cls.member1_user)

    def test_one_blank_sheet_for_each_scoring_member(self):
        sheets = self.session.evaluation_ids.sudo().sheet_ids
        self.assertEqual(sheets.user_id, self._scoring_users())
        self.assertEqual(set(sheets.mapped("progress")), {"0/4"})

    def test_points_lie_between_0_and_the_maximum(self):
        line = self.sheet.line_ids[0]
        for points in (30.01, 31, -0.01, -5):
            with (
                self.subTest(points),
                self.assertRaisesRegex(UserError, "takes from 0 to 30 points"),
            ):
                line.points = points
        line.points = 30
        self.assertEqual(self.sheet.total, 30)

    def test_blanks_are_named_and_0_counts_as_given(self):
        self.sheet.line_ids[:2].points = 0
        with self.assertRaisesRegex(
            UserError, "lacks points for: Khả năng áp dụng, Phạm vi ảnh hưởng"
        ):
            self.sheet.action_submit()
        self.sheet.line_ids[2:].points = 0
        self.sheet.action_submit()
        self.assertEqual(self.sheet.total, 0)
        self.assertTrue(self.sheet.date_submitted)

    def test_handed_in_sheet_is_taken_back_to_change(self):
        self._score(self.session, self.member1_user, DEMO_SCORES["D2"])
        with self.assertRaisesRegex(UserError, "Take it back before"):
            self.sheet.line_ids[0].points = 1
        with self.assertRaisesRegex(UserError, "Take it back before"):
            self.sheet.remark = "Thêm"
        self.sheet.action_reopen()
        self.assertFalse(self.sheet.date_submitted)
        self.sheet.line_ids[0].points = 26
        self.sheet.action_submit()
        self.assertEqual(self.sheet.total, 91)

    def test_next_sheet(self):
        self.assertFalse(self.sheet.action_next()["res_id"], "back to the list")
        late = self._make_eligible(self._create_initiative("Phiên sau"))
        self._plan_session(late, name="Phiên 2").action_open()
        self.assertNotEqual(self.sheet.action_next()["res_id"], self.sheet.id)

    def test_a_second_sheet_is_impossible(self):
        values = {
            "evaluation_id": self.sheet.evaluation_id.id,
            "member_id": self.sheet.member_id.id,
        }
        with self.assertRaises(AccessError):
            self.env["emulation.scoresheet"].with_user(self.member1_user).create(values)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["emulation.scoresheet"].create(values)

    def test_a_sheet_keeps_its_criteria(self):
        line = self.sheet.line_ids[0]
        with self.assertRaises(AccessError):
            line.unlink()
        with self.assertRaises(AccessError):
            self.sheet.line_ids = [Command.clear()]
        with self.assertRaises(AccessError):
            self.sheet.line_ids = [Command.create({"criterion_id": 1, "points": 9})]
        with self.assertRaises(AccessError):
            self.sheet.unlink()
        other = self.env.ref("emulation.rubric_initiative_abc").criterion_ids[0]
        for vals in (
            {"criterion_id": other.id},
            {"sheet_id": self._sheet(self.session, self.member2_user).id},
            {"user_id": self.member2_user.id},
        ):
            with self.subTest(vals), self.assertRaisesRegex(AccessError, "criterion"):
                line.write(vals)

    def test_a_sheet_stays_with_its_member(self):
        for vals in (
            {"user_id": self.member2_user.id},
            {"member_id": self._sheet(self.session, self.member2_user).member_id.id},
            {"total": 100},
            {"session_id": False},
            {"number": 1},
            {"date_submitted": False},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.sheet.write(vals)
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            self.sheet.write({"state": "voided"})

    def test_nobody_fills_in_for_another(self):
        line = self.sheet.line_ids[0]
        users = self.member2_user | self.chair_user | self.secretary_user
        for user in users | self.movement_user | self.manager_user:
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    line.with_user(user).points = 1
                with self.assertRaises(AccessError):
                    self.sheet.with_user(user).remark = "x"
                with self.assertRaises(AccessError):
                    self.sheet.with_user(user).action_submit()
        with self.assertRaises(AccessError):
            self._sheet(self.session, self.member2_user).line_ids = [
                Command.update(line.id, {"points": 1})
            ]

    def test_no_sheets_before_scoring(self):
        late = self._make_eligible(self._create_initiative("Phiên sau"))
        session = self._plan_session(late, name="Phiên 2")
        self.assertFalse(self._sheet(session, self.member1_user))

    def test_no_change_after_the_close(self):
        self._close(self.session)
        with self.assertRaisesRegex(UserError, "is closed"):
            self.sheet.line_ids[0].points = 1
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            self.sheet.action_reopen()
        wizard = self.env["emulation.conflict.declare"].with_user(self.member1_user)
        values = {"sheet_id": self.sheet.id, "reason": "x"}
        with self.assertRaisesRegex(UserError, "is closed"):
            wizard.create(values).action_confirm()

    def test_the_form_gives_points(self):
        with Form(self.sheet) as form:
            with form.line_ids.edit(0) as line:
                line.points = 27.5
        self.assertEqual(self.sheet.progress, "1/4")
        self._score(self.session, self.member1_user, DEMO_SCORES["D2"])
        with self.assertRaises(AssertionError, msg="locked"):
            with Form(self.sheet) as form:
                form.remark = "x"
