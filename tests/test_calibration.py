from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestCalibration(AppraisalCommon):
    """Samples that all score first: anonymous, shown afterwards, counting nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decided = cls._create_initiative("Sáng kiến năm trước")
        cls._decide_quietly(cls.decided)
        cls.sitting = cls._plan_session(
            cls._make_eligible(cls._create_initiative("Sáng kiến năm nay"))
        )
        cls.sitting.anchor_ids = [Command.create({"initiative_id": cls.decided.id})]
        cls.anchor = cls.sitting.anchor_ids
        cls.sitting.action_open()
        cls.kept = cls.sitting.with_user(cls.secretary_user)
        cls.sheet = cls._sheet(cls.sitting, cls.member1_user)

    @classmethod
    def _decide_quietly(cls, initiative):
        """Let a dossier be one that was decided years ago."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE emulation_initiative SET state = 'recognised' WHERE id = %s",
            [initiative.id],
        )
        cls.env.invalidate_all()

    def _own_sample(self, user):
        samples = self.env["emulation.anchor.sheet"].with_user(user)
        return samples.search([("session_id", "=", self.sitting.id)])

    def _score_sample(self, user, points):
        sample = self._own_sample(user)
        for line, given in zip(sample.line_ids, points, strict=True):
            sample.enter("points", given, line._read_entry("points"), line.id)
        sample.action_submit()
        return sample

    def _score_samples(self, first=(20, 24, 28, 30)):
        for user, novelty in zip(self._scoring_users(), first, strict=True):
            self._score_sample(user, (novelty, 20, 20, 10))

    def test_the_sheets_open_after_the_samples(self):
        line = self.sheet.line_ids[0]
        self.assertFalse(self.sheet.can_submit)
        for act in (
            lambda: self.sheet.enter("points", 1, False, line.id),
            lambda: line.write({"points": 1}),
            self.sitting.with_user(self.member1_user).action_download_sheets,
        ):
            with self.assertRaisesRegex(UserError, "Score the samples"):
                act()
        self._score_samples()
        self.kept.action_end_calibration()
        self.env.invalidate_all()
        self.sheet.enter("points", 1, False, line.id)
        self.assertTrue(self.sheet.can_submit)

    def test_the_spread_is_shown_to_all_without_names(self):
        self._score_samples()
        as_member = self.anchor.with_user(self.member1_user)
        self.assertFalse(as_member.spread, "not before the end")
        self.kept.action_end_calibration()
        self.env.invalidate_all()
        for user in self._scoring_users() | self.secretary_user:
            spread = self.anchor.with_user(user).spread
            self.assertEqual(spread[0]["points"], [20, 24, 28, 30])
            self.assertEqual((spread[0]["median"], spread[0]["most"]), (26, 30))
            self.assertTrue(spread[0]["bands"]["bands"])
            self.assertEqual(
                set(spread[0]), {"id", "name", "most", "points", "median", "bands"}
            )
        self.assertFalse(self.anchor.with_user(self.movement_user).spread)

    def test_each_reads_own_points_only(self):
        self._score_samples()
        sample = self._own_sample(self.member1_user)
        self.assertEqual(len(sample), 1)
        admin = self.env.ref("base.user_admin")
        others = self.member2_user | self.chair_user | self.secretary_user | admin
        for moment in ("before", "after"):
            for user in others | self.movement_user | self.manager_user:
                for record in (sample, sample.line_ids):
                    with self.subTest(f"{moment} {user.login} {record._name}"):
                        self._assert_hidden(record.with_user(user))
            if moment == "before":
                self.kept.action_end_calibration()
                self.env.invalidate_all()

    def _assert_hidden(self, record):
        with (
            mute_logger(
                "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"
            ),
            self.assertRaises(AccessError),
        ):
            record.read()
        for ask in (record.search, record.search_count):
            try:
                self.assertFalse(ask([("id", "in", record.ids)]))
            except AccessError:
                continue

    def test_too_few_sheets_would_tell_names(self):
        for user in (self.chair_user, self.member1_user):
            self._score_sample(user, (20, 20, 20, 10))
        with self.assertRaisesRegex(UserError, "fewer than 3 members"):
            self.kept.action_end_calibration()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.sitting.sudo().regulation_id.copy({"calibration_min_sheets": 2})

    def test_the_regulation_says_from_how_many_sheets(self):
        self._score_samples()
        self.env.cr.execute(
            "UPDATE emulation_regulation SET calibration_min_sheets = 5 WHERE id = %s",
            [self.sitting.sudo().regulation_id.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "fewer than 5 members"):
            self.kept.action_end_calibration()
        self.assertIn("5 sheets", self.sitting.sudo().regulation_id.calibration_hint)

    def test_who_is_present_scores_the_samples(self):
        self._mark(self.sitting, self.member1_user)
        for user in self._scoring_users() - self.member1_user:
            self._score_sample(user, (20, 20, 20, 10))
        with self.assertRaisesRegex(UserError, "have not scored the samples.*member1"):
            self.kept.action_end_calibration()

    def test_only_the_secretary_ends_it_and_once(self):
        self._score_samples()
        for user in (self.chair_user, self.member1_user, self.movement_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.sitting.with_user(user).action_end_calibration()
        self.kept.action_end_calibration()
        with self.assertRaisesRegex(UserError, "no samples under way"):
            self.kept.action_end_calibration()
        with self.assertRaises(AccessError):
            self.kept.write({"date_calibrated": False})

    def test_a_sample_is_fixed_afterwards(self):
        sample = self._score_sample(self.member1_user, (20, 20, 20, 10))
        with self.assertRaisesRegex(UserError, "handed in or calibration is over"):
            sample.enter("points", 1, 20, sample.line_ids[0].id)
        sample.action_reopen()
        sample.action_submit()
        for user in self._scoring_users() - self.member1_user:
            self._score_sample(user, (20, 20, 20, 10))
        self.kept.action_end_calibration()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            sample.action_reopen()

    def test_samples_are_chosen_while_planned_among_decided_dossiers(self):
        with self.assertRaisesRegex(UserError, "samples stay as they are"):
            self.anchor.with_user(self.movement_user).unlink()
        late = self._make_eligible(self._create_initiative("Phiên sau"))
        other = self._plan_session(late, name="Phiên 2")
        past = self._create_initiative("Sáng kiến năm kia")
        self._decide_quietly(past)
        other.anchor_ids = [Command.create({"initiative_id": past.id})]
        with self.assertRaisesRegex(UserError, "samples stay as they are"):
            other.anchor_ids.with_user(self.movement_user).session_id = self.sitting
        with self.assertRaisesRegex(UserError, "not decided yet"):
            self.env["emulation.anchor"].create(
                {"session_id": other.id, "initiative_id": late.initiative_id.id}
            )

    def test_an_author_gets_no_sample_of_their_own(self):
        late = self._make_eligible(self._create_initiative("Phiên sau"))
        other = self._plan_session(late, name="Phiên 2")
        mine = self._create_initiative("Của ủy viên", authors=[("Ủy viên", 100)])
        mine.sudo().author_ids.partner_id = self.member2_user.partner_id
        self._decide_quietly(mine)
        other.anchor_ids = [Command.create({"initiative_id": mine.id})]
        other.action_open()
        sheets = other.anchor_ids.sudo().sheet_ids
        self.assertEqual(sheets.user_id, self._scoring_users() - self.member2_user)

    def test_samples_count_for_nothing(self):
        self._score_samples((0, 0, 0, 0))
        self.kept.action_end_calibration()
        self.env.invalidate_all()
        self._close(self.sitting, DEMO_SCORES["D2"])
        verdicts = self.sitting.sudo().evaluation_ids.verdict_ids
        self.assertEqual(verdicts.mapped("score"), [92])
        self.assertEqual(self.decided.state, "recognised")
        self.assertFalse(self.decided.sudo().evaluation_ids)

    def test_without_samples_nothing_waits(self):
        session = self._open_session(("Không có mẫu",))
        self.assertFalse(session.is_calibrating)
        self._sheet(session, self.member1_user).line_ids[0].points = 1
