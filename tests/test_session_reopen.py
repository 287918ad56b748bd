from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .common_appraisal import DEMO_SCORES
from .common_ballot import BallotCommon

POINTS = DEMO_SCORES["D2"]


@tagged("post_install", "-at_install")
class TestSessionReopen(BallotCommon):
    """A manager opens a closed session again; what followed is void, and on record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._close(cls._open_session())
        cls.evaluation = cls.session.sudo().evaluation_ids

    def _reopen(self, user=None, reason="Nhầm phiếu của hai hồ sơ"):
        session = self.session.with_user(user or self.manager_user)
        wizard = self.env["emulation.session.reopen"].with_user(session.env.user)
        wizard.create({"session_id": session.id, "reason": reason}).action_confirm()

    def test_only_a_manager(self):
        for user in (self.secretary_user, self.chair_user, self.movement_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._reopen(user)
            with self.assertRaises(AccessError):
                self.session.with_user(user).action_open_reopen()
            self.assertFalse(self.session.with_user(user).can_reopen)
        self.assertTrue(self.session.with_user(self.manager_user).can_reopen)
        self._reopen()
        self.assertEqual(self.session.state, "scoring")

    def test_not_without_a_reason_nor_past_the_dialog(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self._reopen(reason=" ")
        with self.assertRaises(UserError):
            self.session.with_user(self.manager_user).write({"state": "scoring"})
        with self.assertRaises(AccessError):
            self.session.with_user(self.manager_user).write({"reopen_reason": "x"})

    def test_what_followed_is_void(self):
        verdict = self.evaluation.verdict_ids
        kept = self.session.with_user(self.secretary_user)
        minutes = kept.action_draft_minutes()["res_id"]
        self._reopen()
        self.assertFalse(verdict.active, "archived")
        self.assertEqual(verdict.score, 92, "never overwritten")
        self.assertFalse(self.evaluation.verdict_ids)
        self.assertFalse(self.env["emulation.document"].sudo().browse(minutes).exists())
        self.assertFalse(self.session.date_closed)
        self.assertEqual(self.evaluation.state, "scoring")
        entry = self.env["emulation.log"].sudo()._get_last(self.session, "reopened")
        self.assertIn("Nhầm phiếu", entry.text)
        self.assertEqual(entry.user_id, self.manager_user)
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_closed_once_more_with_other_points(self):
        self._reopen()
        sheet = self._sheet(self.session, self.member1_user)
        sheet.action_reopen()
        self._score(self.session, self.member1_user, DEMO_SCORES["D6"])
        self.session.with_user(self.secretary_user).action_close()
        verdict = self.evaluation.verdict_ids
        self.assertLess(verdict.score, 92)
        both = verdict.with_context(active_test=False).search(
            [("evaluation_id", "=", self.evaluation.id)]
        )
        self.assertEqual(len(both), 2)
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_what_was_given_up_is_never_published_or_printed(self):
        """Whoever asks for archived records as well gets the results that stand."""
        first = self.evaluation.verdict_ids
        self._reopen()
        for user in self._scoring_users():
            self._sheet(self.session, user).action_reopen()
        session = self.session.with_context(active_test=False)
        self._close(session, DEMO_SCORES["D6"])
        second = self.evaluation.verdict_ids
        self.assertEqual(session._get_verdicts(), second)
        asked = self.evaluation.with_context(active_test=False)
        self.assertEqual((asked.verdict_ids, asked.verdict_id), (second, second))
        self.assertEqual(asked.initiative_id.verdict_ids, second)
        decision = self._decide(session)
        self.assertFalse(first.is_published)
        self.assertTrue(second.is_published)
        self.assertNotIn("92,00", decision.body)
        dossier = self.evaluation.initiative_id
        self.assertEqual(dossier.state, "not_recognised")
        self.assertFalse(dossier.certificate_ids)

    def test_lists_and_exports_leave_out_what_was_given_up(self):
        first = self.evaluation.verdict_ids
        self._reopen()
        # as if it had been told before reopening left a decision no way back
        first.sudo().write({"is_published": True})
        session = self.session.sudo().with_context(active_test=False)
        self.assertFalse(session.has_results)
        with self.assertRaisesRegex(UserError, "no results that you may read"):
            session.action_export_results()
        dataset = self.env["emulation.dataset"].with_context(active_test=False)
        dossier = self.evaluation.initiative_id
        self.assertFalse(dataset.sudo()._fetch(dossier))
        self.assertFalse(dataset.sudo()._get_levels([("id", "=", dossier.id)]))

    def test_archived_results_are_nobodys_to_read(self):
        verdict = self.evaluation.verdict_ids
        own = [("id", "=", verdict.id)]
        results = verdict.sudo(False).with_context(active_test=False)
        keepers = (self.secretary_user, self.chair_user)
        for user in keepers:
            self.assertTrue(results.with_user(user).search(own), user.login)
        self._reopen()
        for user in (*keepers, self.movement_user, self.member1_user):
            self.assertFalse(results.with_user(user).search(own), user.login)

    def test_signed_minutes_are_revoked_with_the_reason(self):
        minutes = self._sign_minutes(self.session).sudo()
        number = minutes.reference
        self._reopen()
        self.assertEqual((self.session.state, minutes.state), ("scoring", "revoked"))
        self.assertEqual(minutes.revoke_reason, "Nhầm phiếu của hai hồ sơ")
        # the number stays used: the series has no gap
        self.assertEqual(minutes.reference, number)
        self.assertFalse(self.session._get_signed_minutes())

    def test_signed_decision_stands_in_the_way(self):
        self.session.sudo().date_embargo = Date.add(Date.today(), days=5)
        self._decide(self.session)
        self.assertEqual(self.session.state, "closed")
        with self.assertRaisesRegex(UserError, "is signed. Revoke it first"):
            self._reopen()
        self.assertEqual(self.session.state, "closed")

    def test_published_session_is_not_opened(self):
        self._decide(self.session)
        with self.assertRaises(UserError):
            self._reopen()

    def test_manager_in_conflict_does_not(self):
        self.manager_user.group_ids += self.env.ref("emulation.group_emulation_council")
        seat = self.env["emulation.council.member"].create(
            {
                "council_id": self.council.id,
                "user_id": self.manager_user.id,
                "is_scoring": False,
            }
        )
        self.env["emulation.conflict"].create(
            {
                "evaluation_id": self.evaluation.id,
                "member_id": seat.id,
                "reason": "Người thân",
            }
        )
        with self.assertRaises(AccessError):
            self._reopen()

    def test_all_vote_again(self):
        self._ask_for_ballot()
        session = self._open_voting(("Khác",))
        for user in self._scoring_users():
            self._vote(session, user)
        self._finish(session)
        session.with_user(self.manager_user)._reopen("Nhầm")
        self.assertFalse(self._box(session))
        self.assertFalse(any(self._roll(session).mapped("has_voted")))
        for user in self._scoring_users():
            self._vote(session, user, "disagree")
        session.with_user(self.secretary_user).action_close()
        self.assertEqual(
            session.sudo().evaluation_ids.verdict_ids.outcome, "not_recognised"
        )
