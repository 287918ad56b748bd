from odoo.tests import HttpCase, tagged

from .common_appraisal import DEMO_SCORES
from .common_ballot import BallotCommon


@tagged("post_install", "-at_install")
class TestSessionTours(BallotCommon, HttpCase):
    """A whole session with a secret ballot, in a browser: secretary, chair, members."""

    def test_session_with_a_secret_ballot(self):
        self._ask_for_ballot("secret", ballot_num=1, ballot_den=2)
        session = self._open_session(("Sáng kiến Một", "Sáng kiến Hai", "Sáng kiến Ba"))
        session.sudo().name = "Phiên phiếu kín"
        first = session.sudo().evaluation_ids.sorted("id")[0]
        self._declare_conflict(
            first.sheet_ids.filtered(lambda one: one.user_id == self.member3_user)
        )
        self._walk("emulation_session_secretary_opens", "secretary_user")
        # back in the room for the vote
        session.with_user(self.secretary_user).action_end_call()
        for login in ("chair_user", "member1_user", "member2_user"):
            self._walk("emulation_session_member_votes", login)
        self._walk("emulation_session_member_in_conflict_votes", "member3_user")
        self._score_by_all(session, DEMO_SCORES["D2"])
        self._walk("emulation_session_secretary_closes", "secretary_user")
        outcomes = {
            one.initiative_id.name: one.outcome
            for one in session.sudo().evaluation_ids.verdict_ids
        }
        self.assertEqual(
            outcomes,
            {
                "Sáng kiến Một": "recognised",
                "Sáng kiến Hai": "not_recognised",
                "Sáng kiến Ba": "deferred",
            },
        )
        self.assertEqual(session.closed_user_id, self.secretary_user)
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def _walk(self, tour, login):
        self.start_tour("/odoo/emulation-sessions", tour, login=login)
