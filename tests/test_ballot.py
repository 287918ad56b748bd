from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon

POINTS = DEMO_SCORES["D2"]


class BallotCommon(AppraisalCommon):
    """A session under a regulation that asks for a ballot."""

    @classmethod
    def _ask_for_ballot(cls, mode="secret", **vals):
        regulation = cls.env.ref("emulation.regulation_default").copy(
            {"code": f"QC-{mode}"}
        )
        regulation.write({"ballot_mode": mode, **vals})
        regulation.action_put_in_force()
        cls.round.regulation_id = regulation
        return regulation

    @classmethod
    def _open_voting(cls, names=("Đồ gá kẹp đa vị trí",)):
        session = cls._open_session(names)
        session.with_user(cls.secretary_user).action_mark_all_present()
        return session

    @classmethod
    def _vote(cls, session, user, choice="agree", evaluations=None):
        evaluations = evaluations or session.sudo().evaluation_ids
        session.with_user(user).cast_ballots({one.id: choice for one in evaluations})

    @classmethod
    def _finish(cls, session):
        cls._score_by_all(session, POINTS)
        session.with_user(cls.secretary_user).action_close()
        return session.sudo().evaluation_ids.verdict_ids

    @classmethod
    def _box(cls, session):
        box = cls.env["emulation.ballot"].sudo()
        return box.search([("evaluation_id", "in", session.sudo().evaluation_ids.ids)])

    @classmethod
    def _roll(cls, session):
        roll = cls.env["emulation.ballot.roll"].sudo()
        return roll.search([("evaluation_id", "in", session.sudo().evaluation_ids.ids)])


@tagged("post_install", "-at_install")
class TestBallot(BallotCommon):
    """Members vote once, in person; the count decides at the close (R45)."""

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
        self.assertIn("3 for, 1 against, 0 blank; 3 needed", verdict.ballot_text)

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


@tagged("post_install", "-at_install")
class TestBallotSecrecy(BallotCommon):
    """Nobody, the superuser included, can link a ballot with a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._ask_for_ballot()
        cls.session = cls._open_voting(tuple(f"Sáng kiến {n}" for n in range(6)))
        cls.before = {}
        for number, user in enumerate(cls._scoring_users()):
            choice = ("agree", "disagree", "blank", "agree")[number]
            cls._vote(cls.session, user, choice)
        cls.before = {one.id: one.key for one in cls._box(cls.session)}
        cls._score_by_all(cls.session, POINTS)

    def _close_it(self):
        self.session.with_user(self.secretary_user).action_close()

    def test_a_ballot_has_no_user_and_no_time(self):
        columns = {
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT column_name FROM information_schema.columns WHERE"
                    " table_name IN ('emulation_ballot', 'emulation_ballot_roll')"
                )
            )
        }
        self.assertFalse(
            columns
            & {"create_uid", "write_uid", "create_date", "write_date", "user_id"}
        )
        self.assertFalse(self._box(self.session).member_id)
        self.assertNotIn("mail.thread", self.env["emulation.ballot"]._inherit or ())

    def test_ids_and_keys_are_new_after_the_close(self):
        self._close_it()
        after = {one.id: one.key for one in self._box(self.session)}
        self.assertEqual(len(after), 24)
        self.assertFalse(set(after) & set(self.before))
        self.assertFalse(set(after.values()) & set(self.before.values()))

    def test_one_transaction_wrote_all_of_it(self):
        self._close_it()
        self.env.flush_all()
        for table in ("emulation_ballot", "emulation_ballot_roll"):
            rows = self.env.execute_query(
                SQL(
                    "SELECT COUNT(DISTINCT xmin::text) FROM %s WHERE evaluation_id"
                    " = ANY(%s)",
                    SQL.identifier(table),
                    self.session.sudo().evaluation_ids.ids,
                )
            )
            self.assertEqual(rows, [(1,)], table)

    def _read_order(self):
        """Return the choices of each dossier as ids, table and key give them."""
        rows = self.env.execute_query(
            SQL(
                "SELECT evaluation_id, choice FROM emulation_ballot WHERE"
                " evaluation_id = ANY(%s) ORDER BY id",
                self.session.sudo().evaluation_ids.ids,
            )
        )
        order = {}
        for evaluation, choice in rows:
            order.setdefault(evaluation, []).append(choice)
        return order

    def test_order_of_ids_is_not_the_order_of_voters(self):
        self._close_it()
        told = {tuple(choices) for choices in self._read_order().values()}
        self.assertGreater(len(told), 1, "six dossiers in the same order: not shaken")
        roll = self._roll(self.session).sorted("id")
        seats = {}
        for line in roll:
            seats.setdefault(line.evaluation_id, []).append(line.member_id.id)
        self.assertGreater(len({tuple(one) for one in seats.values()}), 1)

    def test_nobody_reads_ballots(self):
        for when in ("before", "after"):
            for user in (
                *(self.member1_user, self.secretary_user, self.chair_user),
                *(self.manager_user, self.movement_user, self.leader_user),
            ):
                box = self.env["emulation.ballot"].with_user(user)
                for question in (
                    lambda box=box: box.search([]),
                    lambda box=box: box.search_count([]),
                    lambda box=box: box.formatted_read_group([], ["choice"]),
                    lambda box=box: box.browse(next(iter(self.before))).read(),
                    lambda box=box: box.create({"choice": "agree"}),
                ):
                    with (
                        self.subTest(f"{user.login} {when}"),
                        self.assertRaises(AccessError),
                    ):
                        question()
            if when == "before":
                self._close_it()

    def test_the_roll_is_kept_by_the_ballot_alone(self):
        line = self._roll(self.session)[0]
        for user in (self.secretary_user, self.member1_user):
            for attempt in (
                lambda one: one.write({"has_voted": False}),
                lambda one: one.unlink(),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    attempt(line.with_user(user))

    def test_count_is_seen_by_nobody_before_the_close(self):
        told = str(self.session.with_user(self.secretary_user).get_room_board())
        for word in ("agree", "disagree", "blank"):
            self.assertNotIn(word, told)
        self.assertFalse(self.session.sudo().evaluation_ids.verdict_ids)

    def test_no_message_log_or_activity_of_a_vote(self):
        logs = self.env["emulation.log"].sudo().search([])
        before = self.env["mail.message"].sudo().search_count([])
        session = self._open_voting(("Thêm",))
        count = self.env["mail.message"].sudo().search_count([])
        self.assertGreater(count, before)
        entries = self.env["emulation.log"].sudo().search([]) - logs
        notes, tasks = self._count_notices()
        self._vote(session, self.member1_user)
        self.assertEqual(self.env["mail.message"].sudo().search_count([]), count)
        self.assertEqual(self._count_notices(), (notes, tasks))
        self.assertEqual(self.env["emulation.log"].sudo().search([]) - logs, entries)

    def _count_notices(self):
        """Return how many notices of the bus and activities there are."""
        self.env.flush_all()
        # the bus writes when the transaction is about to end
        self.env.cr.precommit.run()
        bus, activities = self.env["bus.bus"], self.env["mail.activity"]
        return bus.sudo().search_count([]), activities.sudo().search_count([])

    def test_board_tells_who_voted_and_never_how(self):
        board = self.session.with_user(self.secretary_user).get_room_board()
        self.assertEqual({row["votes"] for row in board["rows"]}, {"4/4"})
        self._close_it()
        board = self.session.with_user(self.secretary_user).get_room_board()
        for word in ("agree", "disagree", "blank", "grade"):
            self.assertNotIn(word, str(board))

    def test_single_vote_is_not_counted_out(self):
        self._close_it()
        verdict = self.session.sudo().evaluation_ids.verdict_ids[0]
        verdict.write({"ballot_agree": 1, "ballot_disagree": 0, "ballot_blank": 0})
        self.assertFalse(verdict._shows_count())
        self.assertIn("the count is not shown", verdict.ballot_text)
        self.assertNotIn("1 for", verdict.ballot_text)
        self.assertEqual(verdict._show_votes(), "…")

    def test_board_and_table_tell_the_votes_after_the_close(self):
        kept = self.session.with_user(self.secretary_user)
        self.assertFalse(kept.board["shows_votes"])
        self._close_it()
        self.env.invalidate_all()
        verdicts = self.session.sudo().evaluation_ids.verdict_ids
        agree = {verdict.id: verdict.ballot_agree for verdict in verdicts}
        self.assertTrue(kept.board["shows_votes"])
        for row in kept.board["rows"]:
            self.assertEqual(row["votes"], f"{agree[row['verdict_id']]}/4")
        report = self.env.ref("emulation.emulation_summary_report")
        page = self.env["ir.actions.report"].with_user(self.secretary_user)
        page = page._render_qweb_html(report.report_name, self.session.ids)[0].decode()
        self.assertIn("Tán thành", page)
        self.assertIn(kept.board["rows"][0]["votes"], page)

    def test_invariants_bite(self):
        self._close_it()
        self.assertFalse(self.env["emulation.invariant"]._find_broken())
        one = self.session.sudo().evaluation_ids[0]
        seat = self._roll(self.session).member_id[0]
        for code, statement, args in (
            (
                "07_ballots_are_marks",
                "DELETE FROM emulation_ballot WHERE evaluation_id = %s",
                (one.id,),
            ),
            (
                "07_secret_ballot_names_nobody",
                "UPDATE emulation_ballot SET member_id = %s WHERE evaluation_id = %s",
                (seat.id, one.id),
            ),
            (
                "07_vote_of_excluded_member",
                "INSERT INTO emulation_conflict (evaluation_id, member_id, level, kind,"
                " reason, date) VALUES (%s, %s, 'excluded', 'declared', 'x', NOW())",
                (one.id, seat.id),
            ),
            (
                "08_quorum_held",
                "UPDATE emulation_verdict SET quorum_present = 0 WHERE"
                " evaluation_id = %s",
                (one.id,),
            ),
        ):
            with self.subTest(code):
                savepoint = self.env.cr.savepoint()
                self.env.cr.execute(SQL(statement, *args))
                self.env.invalidate_all()
                self.assertIn(code, self.env["emulation.invariant"]._find_broken())
                savepoint.close(rollback=True)
                self.env.invalidate_all()
