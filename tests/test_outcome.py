from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon

POINTS = DEMO_SCORES["D2"]
REASON = "Cần thử nghiệm thêm ở một nơi khác"


@tagged("post_install", "-at_install")
class TestOutcome(AppraisalCommon):
    """Recognised or not, deferred, returned: what the council decided, and after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._open_session(("Được công nhận", "Để lại", "Trả lại"))
        evaluations = cls.session.sudo().evaluation_ids
        cls.good, cls.later, cls.back = (
            evaluations.filtered(lambda one, name=name: one.initiative_id.name == name)
            for name in ("Được công nhận", "Để lại", "Trả lại")
        )

    def _dispose(self, evaluation, user=None, **vals):
        dispositions = self.env["emulation.disposition"]
        return dispositions.with_user(user or self.secretary_user).create(
            {"evaluation_id": evaluation.id, "reason": REASON, **vals}
        )

    def _return(self, evaluation, **vals):
        due = Date.add(Date.today(), days=20)
        return self._dispose(evaluation, outcome="returned", date_due=due, **vals)

    def _finish(self):
        self._dispose(self.later)
        self._return(self.back)
        return self._close(self.session, POINTS)

    def _verdict(self, evaluation):
        return evaluation.sudo().verdict_ids

    # WHO RECORDS

    def test_chair_and_secretary_record(self):
        for user in (self.chair_user, self.secretary_user):
            disposition = self._dispose(self.later, user)
            self.assertEqual(disposition.sudo().user_id, user)
            disposition.unlink()
        action = self.later.with_user(self.chair_user).action_dispose()
        form = Form(
            self.env["emulation.disposition"]
            .with_user(self.chair_user)
            .with_context(**action["context"])
        )
        form.outcome = "deferred"
        form.reason = REASON
        self.assertEqual(form.save().evaluation_id, self.later)

    def test_others_do_not(self):
        for user in (self.member1_user, self.movement_user, self.manager_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                self._dispose(self.later, user)
            with self.assertRaises(AccessError):
                self.later.with_user(user).action_dispose()

    def test_chair_in_conflict_with_the_dossier_does_not(self):
        sheet = self.later.sudo().sheet_ids.filtered(
            lambda one: one.user_id == self.chair_user
        )
        self._declare_conflict(sheet)
        with self.assertRaises(AccessError):
            self._dispose(self.later, self.chair_user)

    def test_only_while_the_session_is_open(self):
        self._close(self.session, POINTS)
        with self.assertRaisesRegex(UserError, "is not being appraised now"):
            self._dispose(self.later)

    def test_who_recorded_it_takes_it_back(self):
        standing = self._dispose(self.later)
        kept = self.later.with_user(self.secretary_user).sudo(False)
        self.assertEqual(kept.disposition, "Deferred to the next round")
        with self.assertRaises(AccessError):
            standing.with_user(self.member1_user).action_take_back()
        self.assertTrue(standing.exists())
        standing.with_user(self.chair_user).sudo(False).action_take_back()
        self.assertFalse(standing.exists())
        self.assertFalse(kept.disposition)
        self._finish()
        closed = self.later.sudo().disposition_ids.with_user(self.secretary_user)
        refused = self.assertRaisesRegex(UserError, "only while its session is open")
        with refused, self.cr.savepoint():
            closed.sudo(False).action_take_back()
        self.assertTrue(closed.exists())

    def test_reason_and_day_are_asked_for(self):
        refused = self.assertRaisesRegex(UserError, "prints? the reason")
        with refused, self.cr.savepoint():
            self._dispose(self.later, reason="  ")
        silent = mute_logger("odoo.sql_db")
        with self.assertRaises(IntegrityError), self.cr.savepoint(), silent:
            self._dispose(self.later, outcome="returned")
        refused = self.assertRaisesRegex(UserError, "a day that is past")
        with refused, self.cr.savepoint():
            self._dispose(self.later, outcome="returned", date_due="2020-01-01")

    def test_unknown_to_outsiders_before_publication(self):
        self._dispose(self.later)
        dispositions = self.env["emulation.disposition"]
        outsider = self._create_user("outcome_outsider", "council")
        self.assertFalse(dispositions.with_user(outsider).search([]))
        for user in (self.officer_a1, self.movement_user, self.leader_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                dispositions.with_user(user).search([])
        self.assertEqual(self.later.initiative_id.state, "in_appraisal")

    # THE CLOSE

    def test_close_asks_no_sheets_of_what_is_not_judged(self):
        self._dispose(self.later)
        self._return(self.back)
        for user in self._scoring_users():
            sheets = self.env["emulation.scoresheet"].with_user(user)
            sheet = sheets.search([("evaluation_id", "=", self.good.id)])
            for line, given in zip(sheet.line_ids, POINTS, strict=True):
                line.points = given
            sheet.action_submit()
        kept = self.session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        self.assertEqual(self._verdict(self.good).rank, 1)
        for evaluation, outcome in ((self.later, "deferred"), (self.back, "returned")):
            verdict = self._verdict(evaluation)
            self.assertEqual((verdict.outcome, verdict.score), (outcome, 0))
            self.assertFalse(verdict.is_pass or verdict.grade_id or verdict.calculation)
            self.assertEqual(verdict.outcome_reason, REASON)
        rows = self.env.execute_query(
            SQL(
                "SELECT COUNT(score), COUNT(rank) FROM emulation_verdict WHERE"
                " session_id = %s",
                self.session.id,
            )
        )
        self.assertEqual(rows, [(1, 1)], "no score is not 0")
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_board_shows_them_last_and_without_a_score(self):
        self._finish()
        rows = self.session.with_user(self.secretary_user).board["rows"]
        self.assertEqual(
            [row["id"] for row in rows], [self.good.id, self.later.id, self.back.id]
        )
        self.assertEqual([row["score"] for row in rows], [92, False, False])
        self.assertEqual(rows[1]["grade"], "Deferred to the next round")

    def test_session_that_defers_all(self):
        for evaluation in self.session.sudo().evaluation_ids:
            self._dispose(evaluation)
        kept = self.session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        self.assertEqual(
            set(self.session.sudo().evaluation_ids.verdict_ids.mapped("outcome")),
            {"deferred"},
        )
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_papers_list_each_kind(self):
        self._finish()
        minutes = self._sign_minutes(self.session).sudo()
        for words in (
            "đề nghị công nhận 01 sáng kiến",
            "chuyển 01 hồ sơ sang đợt xét sau",
            "trả lại 01 hồ sơ để bổ sung",
            REASON,
        ):
            self.assertIn(words, minutes.body)
        kept = self.session.with_user(self.secretary_user)
        decision = self.env["emulation.document"].browse(
            kept.action_draft_decision()["res_id"]
        )
        self.assertIn("Hồ sơ trả lại để bổ sung", decision.sudo().body)
        self.assertIn("Để lại", decision.sudo().body)

    # AFTER PUBLICATION

    def test_publication_tells_each_dossier(self):
        self._finish()
        decision = self._decide(self.session)
        states = {
            one: one.sudo().initiative_id.state
            for one in (self.good, self.later, self.back)
        }
        self.assertEqual(list(states.values()), ["recognised", "deferred", "returned"])
        self.assertEqual(self.back.sudo().initiative_id.return_reason, REASON)
        certified = decision.sudo().certificate_ids.initiative_id
        self.assertEqual(certified, self.good.sudo().initiative_id)
        self.assertEqual(self.later.with_user(self.officer_a1).result, "deferred")
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_revoking_the_decision_takes_all_back(self):
        self._finish()
        decision = self._decide(self.session)
        decision.with_user(self.manager_user).action_revoke("Nhầm")
        for one in (self.good, self.later, self.back):
            self.assertEqual(one.sudo().initiative_id.state, "in_appraisal")
            self.assertEqual(one.sudo().state, "scored")
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_returned_dossier_comes_back_as_another_line(self):
        self._finish()
        decision = self._decide(self.session)
        initiative = self.back.sudo().initiative_id
        initiative.with_user(self.officer_a1).action_submit()
        initiative.with_user(self.head_a1).action_endorse()
        lines = initiative.evaluation_ids
        self.assertEqual(len(lines), 2)
        self.assertEqual(sorted(lines.mapped("state")), ["decided", "received"])
        self.assertEqual(self._verdict(self.back).outcome, "returned")
        self.assertFalse(self.env["emulation.invariant"]._find_broken())
        with self.assertRaisesRegex(UserError, "has gone on since|went on to"):
            decision.with_user(self.manager_user).action_revoke("Nhầm")

    # CARRY-OVER

    def _next_round(self, **vals):
        return self._create_round("T-SAU", **vals)

    def test_next_round_takes_what_was_deferred(self):
        self._finish()
        self._decide(self.session)
        initiative = self.later.sudo().initiative_id
        rnd = self._next_round()
        self.assertEqual((initiative.state, initiative.round_id), ("endorsed", rnd))
        lines = initiative.evaluation_ids
        self.assertEqual(sorted(lines.mapped("state")), ["decided", "received"])
        self.assertEqual(self._verdict(self.later).outcome, "deferred", "it stays")
        entry = self.env["emulation.log"].sudo()._get_last(initiative, "carried")
        self.assertIn("T-SAU", entry.text)
        self.assertFalse(self.env["emulation.invariant"]._find_broken())
        self.assertFalse(rnd._get_deferred(), "once")

    def test_round_that_was_open_already_takes_them_by_its_button(self):
        rnd = self._next_round()
        self._finish()
        self._decide(self.session)
        initiative = self.later.sudo().initiative_id
        self.assertEqual(initiative.state, "deferred")
        self.assertEqual(rnd.with_user(self.movement_user).deferred_count, 1)
        with self.assertRaises(AccessError):
            rnd.with_user(self.officer_a1).action_take_deferred()
        action = rnd.with_user(self.movement_user).action_take_deferred()
        self.assertIn("1 carried over", action["params"]["message"])
        self.assertEqual(initiative.round_id, rnd)
        self.assertEqual(rnd.with_user(self.movement_user).deferred_count, 0)

    def test_round_of_another_organiser_or_kind_does_not(self):
        self._finish()
        self._decide(self.session)
        initiative = self.later.sudo().initiative_id
        self._create_round("T-HUYEN", unit_id=self.district_a.id)
        other = self.env["emulation.initiative.kind"].search(
            [("id", "!=", initiative.kind_id.id)], limit=1
        )
        self._create_round("T-LOAI", kind_ids=[(6, 0, other.ids)])
        self.assertEqual(initiative.state, "deferred")

    def test_judged_again_it_keeps_both_results(self):
        self._finish()
        self._decide(self.session)
        initiative = self.later.sudo().initiative_id
        self._next_round()
        line = initiative.evaluation_ids.filtered(lambda one: one.state == "received")
        line = line.with_user(self.movement_user)
        line.action_check_all()
        line.action_mark_eligible()
        session = self._plan_session(line, name="Phiên 2")
        session.action_open()
        self._close(session, POINTS)
        self._decide(session)
        self.assertEqual(initiative.state, "recognised")
        self.assertEqual(
            sorted(initiative.verdict_ids.mapped("outcome")), ["deferred", "recognised"]
        )
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_invariant_bites(self):
        self._finish()
        self._decide(self.session)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE emulation_evaluation SET state = 'received' WHERE id = %s",
                self.later.id,
            )
        )
        self.env.invalidate_all()
        broken = self.env["emulation.invariant"]._find_broken()
        self.assertIn("01_deferred_one_line", broken)
