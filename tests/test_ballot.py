from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_ballot import POINTS, BallotCommon


@tagged("post_install", "-at_install")
class TestBallot(BallotCommon):
    """Members vote once, in person; the count decides at the close (R45)."""

    def test_roll_is_not_shortened_once_somebody_has_voted(self):
        """Fewer present need fewer votes: who has voted was there."""
        self._ask_for_ballot()
        session = self._open_voting()
        for user in self._scoring_users() - self.member3_user:
            self._vote(session, user)
        self._vote(session, self.member3_user, "disagree")
        self._mark(session, self.member3_user, "absent")
        words = "voted on .* and are not there by the roll: member3"
        with self._refused(UserError, words):
            self._finish(session)
        self.assertFalse(session.sudo().evaluation_ids.verdict_ids)
        self._mark(session, self.member3_user, "present")
        self.assertEqual(self._finish(session).ballot_disagree, 1)

    # WHAT THE REGULATION SAYS

    def test_without_a_ballot_the_score_decides(self):
        session = self._open_voting()
        self.assertFalse(session.with_user(self.member1_user).can_vote)
        with self.assertRaisesRegex(UserError, "asks for no ballot"):
            self._vote(session, self.member1_user)
        verdict = self._finish(session)
        self.assertEqual(verdict.outcome, "recognised")
        self.assertFalse(verdict.ballot_text)

    def test_enough_votes_recognise(self):
        self._ask_for_ballot()
        session = self._open_voting()
        for user in self._scoring_users() - self.member3_user:
            self._vote(session, user)
        self._vote(session, self.member3_user, "disagree")
        verdict = self._finish(session)
        self.assertEqual(verdict.outcome, "recognised")
        self.assertEqual(
            (verdict.ballot_agree, verdict.ballot_disagree, verdict.ballot_needed),
            (3, 1, 3),
        )
        told = verdict.with_user(self.secretary_user).ballot_text
        self.assertIn("3 for, 1 against, 0 blank; 3 needed", told)

    def test_too_few_votes_keep_a_good_score_from_passing(self):
        self._ask_for_ballot()
        session = self._open_voting()
        for user in self.chair_user | self.member1_user:
            self._vote(session, user)
        for user in self.member2_user | self.member3_user:
            self._vote(session, user, "disagree")
        verdict = self._finish(session)
        self.assertEqual(verdict.outcome, "not_recognised")
        self.assertFalse(verdict.is_pass)
        self.assertEqual(verdict.score, 92)
        self.assertFalse(verdict.grade_id.is_pass, "no grade that it has not earned")
        self.assertIn("Not recognised by the ballot", verdict.calculation_text)
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def test_a_vote_does_not_lift_a_low_score(self):
        self._ask_for_ballot()
        session = self._open_voting()
        for user in self._scoring_users():
            self._vote(session, user)
        self._score_by_all(session, (1, 1, 1, 1))
        session.with_user(self.secretary_user).action_close()
        self.assertEqual(session.sudo().evaluation_ids.verdict_ids.outcome,
                         "not_recognised")  # fmt: skip

    def _decided(self, present, choices, **vals):
        """Return outcome and votes needed of one dossier voted on by ``present``."""
        self._ask_for_ballot(**vals)
        session = self._open_voting()
        self._mark(session, self._scoring_users() - present, "absent")
        for user, choice in zip(present, choices, strict=True):
            self._vote(session, user, choice)
        for user in present:
            self._score(session, user, POINTS)
        session.with_user(self.secretary_user).action_close()
        verdict = session.sudo().evaluation_ids.verdict_ids
        return verdict.outcome, verdict.ballot_needed

    def test_base_appointed(self):
        three = self.chair_user | self.member1_user | self.member2_user
        self.assertEqual(
            self._decided(three, ("agree", "agree", "blank")), ("not_recognised", 3)
        )

    def test_base_present(self):
        three = self.chair_user | self.member1_user | self.member2_user
        self.assertEqual(
            self._decided(three, ("agree", "agree", "blank"), ballot_base="present"),
            ("recognised", 2),
        )

    def test_base_valid(self):
        three = self.chair_user | self.member1_user | self.member2_user
        self.assertEqual(
            self._decided(three, ("agree", "blank", "blank"), ballot_base="valid"),
            ("recognised", 1),
        )

    def test_other_ratio(self):
        three = self.chair_user | self.member1_user | self.member2_user
        ratio = {"ballot_num": 1, "ballot_den": 2}
        self.assertEqual(
            self._decided(three, ("agree", "agree", "blank"), **ratio),
            ("recognised", 2),
        )

    def test_only_blank_votes_recognise_nothing(self):
        three = self.chair_user | self.member1_user | self.member2_user
        outcome, needed = self._decided(three, ("blank",) * 3, ballot_base="valid")
        self.assertEqual(outcome, "not_recognised")
        self.assertGreater(needed, 0)

    def test_ratio_out_of_range_is_refused(self):
        law = self.env.ref("emulation.regulation_default").copy({"code": "QC-X"})
        refused = self.assertRaises(IntegrityError)
        with refused, self.cr.savepoint(), mute_logger("odoo.sql_db"):
            law.write({"ballot_num": 4, "ballot_den": 3})
            law.flush_recordset()

    def test_hint(self):
        law = self._ask_for_ballot()
        self.assertIn("2/3 of all members, e.g. 8 of 11", law.ballot_hint)
        self.assertFalse(self.env.ref("emulation.regulation_default").ballot_hint)

    # WHO

    def test_only_who_is_present_votes(self):
        self._ask_for_ballot()
        session = self._open_voting()
        self._mark(session, self.member1_user, "absent")
        for user in (self.member1_user, self.secretary_user):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(
                    AccessError, "Only voting members who are present"
                ),
            ):
                self._vote(session, user)
        outsider = self._create_user("ballot_outsider", "council")
        for user in (outsider, self.movement_user, self.officer_a1):
            with self.subTest(user.login), self.assertRaises(UserError):
                self._vote(session, user)
        self.assertFalse(self._box(session))

    def test_who_is_out_of_the_room_does_not_vote(self):
        self._ask_for_ballot()
        session = self._open_voting()
        kept = session.with_user(self.secretary_user)
        line = kept.attendance_ids.filtered(
            lambda one: one.member_id.user_id == self.member1_user
        )
        line.action_leave()
        with self.assertRaisesRegex(UserError, "out of the room"):
            self._vote(session, self.member1_user)
        line.action_come_back()
        self._vote(session, self.member1_user)
        self.assertEqual(len(self._box(session)), 1)

    def test_excluded_member_does_not_vote(self):
        self._ask_for_ballot()
        session = self._open_voting(("Một", "Hai"))
        sheet = self._sheet(session, self.member1_user)
        own = sheet.evaluation_id
        self._declare_conflict(sheet)
        paper = session.with_user(self.member1_user).get_ballot_paper()
        self.assertNotIn(own.id, [row["id"] for row in paper["rows"]])
        self.assertEqual(len(paper["rows"]), 1)
        with self.assertRaisesRegex(AccessError, "not yours to vote on"):
            self._vote(session, self.member1_user)
        self._vote(
            session, self.member1_user, "agree", session.sudo().evaluation_ids - own
        )

    def test_once(self):
        self._ask_for_ballot()
        session = self._open_voting()
        self._vote(session, self.member1_user)
        with self.assertRaisesRegex(UserError, "You have voted on .* already"):
            self._vote(session, self.member1_user, "disagree")
        self.assertEqual(self._box(session).mapped("choice"), ["agree"])
        paper = session.with_user(self.member1_user).get_ballot_paper()
        self.assertEqual([row["has_voted"] for row in paper["rows"]], [True])
        self.assertNotIn("agree", str(paper))

    def test_my_work_counts_where_a_vote_is_missing(self):
        self._ask_for_ballot()
        session = self._open_voting()
        sessions = self.env["emulation.session"].with_user(self.member1_user)
        waiting = [("waits_for_my_vote", "=", True)]
        self.assertIn(session, sessions.search(waiting))
        self.assertTrue(session.with_user(self.member1_user).waits_for_my_vote)
        self._vote(session, self.member1_user)
        self.assertNotIn(session, sessions.search(waiting))
        self.assertFalse(
            sessions.with_user(self.secretary_user).search(
                [*waiting, ("id", "=", session.id)]
            )
        )

    def test_not_before_and_not_after(self):
        self._ask_for_ballot()
        initiative = self._create_initiative()
        session = self._plan_session(self._make_eligible(initiative))
        session.with_user(self.secretary_user).action_mark_all_present()
        with self.assertRaisesRegex(UserError, "is not open"):
            self._vote(session, self.member1_user)
        session.action_open()
        session.with_user(self.secretary_user).action_mark_all_present()
        for user in self._scoring_users():
            self._vote(session, user)
        self._finish(session)
        with self.assertRaisesRegex(UserError, "is not open"):
            self._vote(session, self.member1_user)

    def test_what_is_no_vote_is_refused(self):
        self._ask_for_ballot()
        session = self._open_voting().with_user(self.member1_user)
        one = session.sudo().evaluation_ids.id
        for votes in ({}, {one: "yes"}, {"x": "agree"}, [1], None, {one: ["agree"]}):
            with (
                self.subTest(votes),
                self.assertRaisesRegex(UserError, "Mark at least"),
            ):
                session.cast_ballots(votes)
        with self.assertRaises(AccessError):
            session.cast_ballots({one: "agree", 10**9: "agree"})
        self.assertFalse(self._box(session), "all or nothing")

    def test_missing_votes_stop_the_close_by_name(self):
        self._ask_for_ballot()
        session = self._open_voting()
        for user in self._scoring_users() - self.member2_user:
            self._vote(session, user)
        self._score_by_all(session, POINTS)
        with self.assertRaisesRegex(UserError, "(?s)not voted .*member2_user.*: 1"):
            session.with_user(self.secretary_user).action_close()
        self._vote(session, self.member2_user, "blank")
        session.with_user(self.secretary_user).action_close()

    def test_conflict_found_after_the_vote_holds_it_again(self):
        self._ask_for_ballot()
        session = self._open_voting(("Một", "Hai"))
        for user in self._scoring_users():
            self._vote(session, user)
        sheet = self._sheet(session, self.member1_user)
        spoilt = sheet.evaluation_id
        self._declare_conflict(sheet)
        box = self._box(session)
        self.assertNotIn(spoilt, box.evaluation_id)
        self.assertEqual(len(box), 4, "the other dossier keeps its votes")
        marks = self._roll(session).filtered(lambda one: one.evaluation_id == spoilt)
        self.assertEqual(marks.mapped("has_voted"), [False] * 3)
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    # OPEN

    def test_open_ballot_keeps_names_for_the_keepers(self):
        self._ask_for_ballot("open")
        session = self._open_voting()
        for user in self._scoring_users() - self.member3_user:
            self._vote(session, user)
        self._vote(session, self.member3_user, "disagree")
        verdict = self._finish(session)
        told = verdict.with_user(self.secretary_user).ballot_text
        self.assertIn("Disagree: member3_user", told)
        self._decide(session)
        minutes = session.sudo().document_ids.filtered(
            lambda one: one.kind_id.code == "BB"
        )
        self.assertIn("không tán thành: member3_user", minutes.body)
        for user in (self.officer_a1, self.movement_user):
            told = verdict.with_user(user).ballot_text
            self.assertIn("3 for", told)
            self.assertNotIn("member3_user", told)

    def test_minutes_count_a_secret_ballot(self):
        self._ask_for_ballot()
        session = self._open_voting()
        for user in self._scoring_users():
            self._vote(session, user)
        self._finish(session)
        body = self._sign_minutes(session).sudo().body
        self.assertIn("bằng phiếu kín", body)
        self.assertIn("Số phiếu cần", body)
