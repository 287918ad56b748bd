from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_ballot import POINTS, BallotCommon


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
