from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..tools import scoring
from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestAppraisal(AppraisalCommon):
    """From the checklist to the verdict: what stops a step, and what it computes."""

    # ELIGIBILITY

    def test_each_point_not_fulfilled_is_named(self):
        evaluation = self._endorse(self._create_initiative())
        self.assertEqual(evaluation.checks_done, "0/2")
        with self.assertRaisesRegex(UserError, "Points not fulfilled:\n- Có xác nhận"):
            evaluation.action_mark_eligible()
        evaluation.check_ids.result = "missing"
        with self.assertRaisesRegex(UserError, "Points not fulfilled"):
            evaluation.action_mark_eligible()
        evaluation.check_ids.filtered("is_mandatory").result = "ok"
        evaluation.action_mark_eligible()
        self.assertEqual(evaluation.examined_user_id, self.movement_user)
        with self.assertRaisesRegex(UserError, "already examined"):
            evaluation.check_ids.result = "na"

    def test_an_author_does_not_examine(self):
        initiative = self._create_initiative()
        author = initiative.sudo().author_ids[0].partner_id
        author.email = self.movement_user.email
        evaluation = self._endorse(initiative)
        self.assertFalse(evaluation.can_examine)
        with self.assertRaisesRegex(UserError, "it is your own"):
            evaluation.action_check_all()
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            evaluation.action_mark_eligible()
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            initiative.with_user(self.movement_user)._return_to_complete("x")
        evaluation.with_user(self.manager_user).action_check_all()
        evaluation.with_user(self.manager_user).action_mark_eligible()

    def test_refused_dossier_says_why(self):
        evaluation = self._endorse(self._create_initiative())
        context = evaluation.action_refuse()["context"]
        wizard = self.env["emulation.initiative.return"].with_user(self.movement_user)
        with Form(wizard.with_context(**context)) as form:
            form.outcome = "refuse"
            form.reason = "Trùng giải pháp đã công nhận"
        form.record.action_confirm()
        self.assertEqual(evaluation.state, "ineligible")
        self.assertEqual(evaluation.refusal_reason, "Trùng giải pháp đã công nhận")
        self.assertEqual(evaluation.initiative_id.state, "ineligible")
        with self.assertRaisesRegex(UserError, "not waiting for an examination"):
            form.record.action_confirm()

    def test_next_dossier_to_examine(self):
        first = self._endorse(self._create_initiative("Một"))
        second = self._endorse(self._create_initiative("Hai"))
        self.assertEqual(first.action_open_next()["res_id"], second.id)
        (first | second).action_check_all()
        second.action_mark_eligible()
        self.assertFalse(first.action_open_next()["res_id"], "back to the list")

    # AGENDA

    def _agenda(self, session, evaluations):
        wizard = self.env["emulation.session.agenda"].with_user(self.movement_user)
        return wizard.create(
            {
                "session_id": session.id,
                "evaluation_ids": [Command.set(evaluations.ids)],
            }
        )

    def test_the_only_council_in_office_is_preset(self):
        councils = self.env["emulation.council"].search([("state", "=", "in_force")])
        (councils - self.council).action_end()
        sessions = self.env["emulation.session"].with_user(self.movement_user)
        self.assertEqual(Form(sessions).council_id, self.council)
        self.council.copy({"name": "Hội đồng hai"}).action_put_in_force()
        self.assertFalse(Form(sessions).council_id)

    def test_agenda_takes_eligible_dossiers_of_the_round(self):
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        other_round = self._create_round("T-OTHER")
        foreign = self._create_initiative("Đợt khác", round_id=other_round.id)
        with self.assertRaisesRegex(UserError, "belongs to another round"):
            self._agenda(session, self._make_eligible(foreign)).action_confirm()
        waiting = self._endorse(self._create_initiative("Chưa xét"))
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            self._agenda(session, waiting).action_confirm()
        empty = self._agenda(session, waiting)
        empty.evaluation_ids = False
        with self.assertRaisesRegex(UserError, "at least one eligible dossier"):
            empty.action_confirm()

    def test_agenda_closes_when_scoring_begins(self):
        session = self._open_session()
        late = self._make_eligible(self._create_initiative("Đến muộn"))
        with self.assertRaisesRegex(UserError, "scoring has begun"):
            self._agenda(session, late).action_confirm()

    def test_empty_agenda_or_council_not_in_office(self):
        values = {"council_id": self.council.id, "round_id": self.round.id}
        Session = self.env["emulation.session"].with_user(self.movement_user)
        session = Session.create({**values, "name": "Trống"})
        with self.assertRaisesRegex(UserError, "agenda of “Trống” is empty"):
            session.action_open()
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        self.council.action_end()
        with self.assertRaisesRegex(UserError, "not in office"):
            session.action_open()

    def test_council_takes_office_complete(self):
        council = self.council.copy({"name": "Khóa mới"})
        council.member_ids.filtered(lambda one: one.role == "chair").role = "member"
        with self.assertRaisesRegex(UserError, "exactly one chair"):
            council.with_user(self.movement_user).action_put_in_force()
        with self.assertRaisesRegex(UserError, "two chairs"):
            council.member_ids[:2].role = "chair"

    def test_session_called_off_frees_its_dossiers(self):
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        evaluation = session.evaluation_ids
        session.action_cancel()
        self.assertEqual(evaluation.state, "eligible")
        self.assertEqual(evaluation.initiative_id.state, "eligible")
        self._plan_session(evaluation, name="Phiên 2").action_open()
        self.assertTrue(self._sheet(evaluation.session_id, self.chair_user))

    def test_roll_is_that_of_the_day_of_opening(self):
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        members = self.council.member_ids
        left = members.filtered(lambda one: one.user_id == self.member3_user)
        left.date_end = "2020-12-31"
        newcomer = self._create_user("newcomer", "council")
        self.council.member_ids = [Command.create({"user_id": newcomer.id})]
        session.action_open()
        self._declare_interests(session)
        roll = session.attendance_ids.member_id
        self.assertNotIn(left, roll)
        self.assertIn(newcomer, roll.user_id)
        self.assertFalse(self._sheet(session, self.member3_user))
        self.assertTrue(self._sheet(session, newcomer))

    def test_other_council_other_roll(self):
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        other = self.council.copy({"name": "Hội đồng khác"})
        other.member_ids.filtered(lambda one: one.role == "member")[1:].unlink()
        other.action_put_in_force()
        session.council_id = other
        self.assertEqual(session.attendance_ids.member_id, other.member_ids)

    # DEMO RESULTS

    def test_demo_scores(self):
        """D2 … D6 of the demo data, by real sheets."""
        expected = {
            "D2": (92.0, "Xuất sắc", True, 1),
            "D4": (85.0, "Tốt", True, 2),
            "D6": (48.0, "Không công nhận", False, 3),
        }
        session = self._open_session(names=("D6", "D2", "D4"))
        for user in self._scoring_users():
            sheets = self.env["emulation.scoresheet"].with_user(user)
            for sheet in sheets.search([("session_id", "=", session.id)]):
                points = DEMO_SCORES[sheet.name]
                for line, given in zip(sheet.line_ids, points, strict=True):
                    line.points = given
                sheet.action_submit()
        self._mark(session, self._scoring_users())
        session.with_user(self.secretary_user).action_close()
        verdicts = session.evaluation_ids.sudo().verdict_ids
        found = {
            one.initiative_id.name: (
                one.score,
                one.grade_id.name,
                one.is_pass,
                one.rank,
            )
            for one in verdicts
        }
        self.assertEqual(found, expected)

    def test_mean_of_unequal_sheets_and_replay(self):
        session = self._open_session()
        given = {
            self.chair_user: (30, 30, 25, 15),
            self.member1_user: (20, 20.5, 15, 10),
            self.member2_user: (0, 0, 0, 0),
            self.member3_user: (10, 12, 9.25, 5),
        }
        for user, points in given.items():
            self._score(session, user, points)
        self._mark(session, self._scoring_users())
        session.with_user(self.secretary_user).action_close()
        verdict = session.evaluation_ids.sudo().verdict_ids
        # (100 + 65.5 + 0 + 36.25) / 4 = 50.4375
        self.assertEqual(verdict.score, 50.44)
        self.assertTrue(verdict.is_doubtful, "0.44 above the pass mark")
        result = scoring.replay(verdict.calculation["steps"])
        self.assertEqual(float(result.score), verdict.score)
        self.assertEqual(result.passed, verdict.is_pass)
        names = [user.name for user in given]
        self.assertFalse(any(name in str(verdict.calculation) for name in names))

    def test_ties_by_the_keys_of_the_regulation(self):
        """Equal scores: efficiency decides; equal sheets share the rank."""
        session = self._open_session(names=("A", "B", "C"))
        points = {"A": (25, 20, 20, 10), "B": (20, 25, 20, 10), "C": (20, 25, 20, 10)}
        for user in self._scoring_users():
            for sheet in self.env["emulation.scoresheet"].with_user(user).search([]):
                for line, given in zip(sheet.line_ids, points[sheet.name], strict=True):
                    line.points = given
                sheet.action_submit()
        self._mark(session, self._scoring_users())
        session.with_user(self.secretary_user).action_close()
        verdicts = session.evaluation_ids.sudo().verdict_ids
        ranks = {one.initiative_id.name: one.rank for one in verdicts}
        self.assertEqual(ranks, {"A": 3, "B": 1, "C": 1})
        last = verdicts.filtered(lambda one: one.rank == 3)
        self.assertEqual(last.tie_note, "Hiệu quả")

    def test_revoked_decision_takes_results_back(self):
        session = self._close(self._open_session())
        decision = self._decide(session)
        verdict = session.evaluation_ids.sudo().verdict_ids
        self.assertTrue(verdict.with_user(self.officer_a1).is_published)
        with self.assertRaises(AccessError):
            decision.with_user(self.head_province).action_revoke("Sai tên")
        decision.with_user(self.manager_user).action_revoke("Sai tên tác giả")
        self.assertEqual(session.state, "closed")
        self.assertEqual(verdict.initiative_id.state, "in_appraisal")
        self.assertFalse(verdict.with_user(self.officer_a1).has_access("read"))
