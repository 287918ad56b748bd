from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_appraisal import DEMO_SCORES, AppraisalCommon

POINTS = DEMO_SCORES["D2"]


@tagged("post_install", "-at_install")
class TestSessionClose(AppraisalCommon):
    """Who closes a session, with whom present, and what a conflict takes away."""

    def _kept(self, session):
        return session.with_user(self.secretary_user)

    # WHO

    def test_only_the_secretary_closes(self):
        session = self._open_session()
        self._score_by_all(session, POINTS)
        self._mark(session, self._scoring_users())
        for user in (self.movement_user, self.manager_user, self.member1_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                session.with_user(user).action_close()
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            session.with_user(self.chair_user).action_close()
        self._kept(session).action_close()
        self.assertEqual(session.closed_user_id, self.secretary_user)
        with self.assertRaisesRegex(UserError, "was closed by secretary_user"):
            self._kept(session).action_close()
        self.assertEqual(len(session.evaluation_ids.sudo().verdict_ids), 1)

    def test_somebody_closes_it_at_this_moment(self):
        session = self._open_session()
        self._score_by_all(session, POINTS)
        self._mark(session, self._scoring_users())
        asked = []

        def taken(records, **options):
            """Answer as the database does when another transaction has the row."""
            asked.append(options)
            return records.browse()

        with patch.object(type(session), "try_lock_for_update", taken):
            with self.assertRaisesRegex(UserError, "being closed by somebody else"):
                self._kept(session).action_close()
        self.assertEqual(asked, [{"allow_referencing": True}])
        self.assertFalse(session.evaluation_ids.sudo().verdict_ids)
        self._kept(session).action_close()

    def test_only_the_secretary_keeps_the_roll(self):
        session = self._open_session()
        for user in (self.chair_user, self.member1_user, self.movement_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                session.with_user(user).action_mark_all_present()
        line = self._kept(session).attendance_ids[0]
        with self.assertRaisesRegex(AccessError, "seats themselves"):
            line.member_id = self.council.member_ids[-1]
        with self.assertRaises(AccessError):
            line.unlink()

    def test_roll_is_fixed_at_the_close(self):
        session = self._close(self._open_session())
        with self.assertRaisesRegex(UserError, "its roll stays as it is"):
            self._kept(session).attendance_ids[0].status = "absent"

    def test_scoring_session_is_called_off_by_its_secretary_alone(self):
        session = self._open_session()
        self._score(session, self.member1_user, POINTS)
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            session.with_user(self.movement_user).action_cancel()
        with self.assertRaisesRegex(UserError, "stays on record"):
            session.with_user(self.movement_user).unlink()
        self._kept(session).action_cancel()

    def test_session_that_is_over_keeps_its_name_and_place(self):
        session = self._close(self._open_session())
        for vals in ({"name": "Khác"}, {"location": "Nơi khác"}):
            for user in (self.secretary_user, self.movement_user):
                with self.subTest(vals), self.assertRaisesRegex(UserError, "is over"):
                    session.with_user(user).write(vals)

    def test_name_and_place_may_change_while_members_score(self):
        session = self._kept(self._open_session())
        session.write({"name": "Phiên 1 (dời phòng)", "location": "Phòng 2"})
        self.assertEqual(session.location, "Phòng 2")

    def test_session_that_began_keeps_council_round_and_day(self):
        session = self._open_session()
        for vals in (
            {"date": "2020-01-01 08:00:00"},
            {"round_id": self._create_round("T-2").id},
            {"council_id": self.council.copy({"name": "Khác"}).id},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "has begun"):
                session.write(vals)

    # QUORUM

    def test_two_thirds_of_the_scoring_members(self):
        session = self._open_session()
        self.assertEqual(session.quorum_text, "0 of 4 present, 3 needed")
        for user in self._scoring_users():
            self._score(session, user, POINTS)
        present = self.chair_user | self.member1_user
        self._mark(session, present | self.secretary_user)
        self._mark(session, self.member2_user, "excused")
        with self.assertRaisesRegex(UserError, "no quorum: 2 of 4 .* 3 are needed"):
            self._kept(session).action_close()
        self.assertEqual(session.state, "scoring")
        self._mark(session, self.member2_user)
        self._kept(session).action_close()
        self.assertEqual(session.state, "closed")

    def test_quorum_of_another_regulation(self):
        regulation = self.round.regulation_id.copy({"code": "QC-ALL"})
        regulation.write({"quorum_num": 1, "quorum_den": 1})
        regulation.action_put_in_force()
        self.round.regulation_id = regulation
        session = self._open_session()
        self._score_by_all(session, POINTS)
        self._mark(session, self._scoring_users() - self.member3_user)
        with self.assertRaisesRegex(UserError, "no quorum: 3 of 4 .* 4 are needed"):
            self._kept(session).action_close()

    # SHEETS

    def test_missing_sheet_of_a_present_member_is_named(self):
        session = self._open_session()
        for user in self._scoring_users() - self.member2_user:
            self._score(session, user, POINTS)
        self._score(session, self.member2_user, POINTS, hand_in=False)
        self._mark(session, self._scoring_users())
        with self.assertRaisesRegex(UserError, "member2_user.*Đồ gá"):
            self._kept(session).action_close()

    def test_draft_of_an_absent_member_is_void(self):
        session = self._open_session()
        for user in self._scoring_users() - self.member2_user:
            self._score(session, user, POINTS)
        self._score(session, self.member2_user, (0, 0, 0, 0), hand_in=False)
        self._mark(session, self._scoring_users() - self.member2_user)
        self._kept(session).action_close()
        verdict = session.evaluation_ids.sudo().verdict_ids
        self.assertEqual(verdict.score, 92, "the blank draft weighs nothing")
        states = session.evaluation_ids.sudo().sheet_ids.mapped("state")
        self.assertEqual(sorted(states), ["submitted"] * 3 + ["voided"])

    def test_too_few_valid_sheets_stop_the_close(self):
        regulation = self.round.regulation_id.copy({"code": "QC-5"})
        regulation.min_valid_sheets = 5
        regulation.action_put_in_force()
        self.round.regulation_id = regulation
        session = self._open_session()
        self._score_by_all(session, POINTS)
        self._mark(session, self._scoring_users())
        with self.assertRaisesRegex(UserError, "has 4 valid score sheets.*asks for 5"):
            self._kept(session).action_close()
        self.assertFalse(session.evaluation_ids.sudo().verdict_ids, "all or nothing")

    # CONFLICTS

    def _author_on_council(self, user, **marks):
        """Return an open session with a dossier of ``user`` under other marks."""
        initiative = self._create_initiative("Của ủy viên")
        author = initiative.sudo().author_ids[0]
        if marks:
            author.partner_id.write(marks)
        else:
            author.partner_id = user.partner_id
        initiative.sudo().author_ids._confirm("paper")
        other = self._create_initiative("Của người khác")
        session = self._plan_session(self._make_eligible(initiative | other))
        session.action_open()
        return session

    def test_author_on_the_council_gets_no_sheet(self):
        user = self.member1_user
        user.partner_id.write(
            {"name": "Trần  Văn Đức", "emulation_birth_date": "1970-02-01"}
        )
        cases = {
            "same contact": {},
            "same person": {
                "name": "tran van duc",
                "emulation_birth_date": "1970-02-01",
            },
            "same e-mail": {"email": "MEMBER1_USER@example.com"},
        }
        for case, marks in cases.items():
            with self.subTest(case):
                session = self._author_on_council(user, **marks)
                own = session.evaluation_ids.filtered(
                    lambda one: one.initiative_id.name == "Của ủy viên"
                )
                self.assertEqual(own.conflict_ids.user_id, user)
                self.assertEqual(own.conflict_ids.kind, "author")
                self.assertNotIn(user, own.sudo().sheet_ids.user_id)
                self.assertIn(
                    user, (session.evaluation_ids - own).sudo().sheet_ids.user_id
                )
                self.assertFalse(own.with_user(user).has_access("read"))

    def test_same_name_born_on_another_day_is_another_person(self):
        user = self.member1_user
        user.partner_id.write({"name": "Tên", "emulation_birth_date": "1970-02-01"})
        session = self._author_on_council(
            user, name="Tên", emulation_birth_date="1971-02-01"
        )
        self.assertFalse(session.evaluation_ids.conflict_ids)

    def test_declared_conflict_voids_the_sheet_and_hides_the_dossier(self):
        session = self._open_session()
        self._score(session, self.member1_user, (0, 0, 0, 0))
        sheet = self._sheet(session, self.member1_user)
        evaluation = sheet.evaluation_id
        self._declare_conflict(sheet)
        self.assertEqual(sheet.sudo().state, "voided")
        for record in (sheet, evaluation, evaluation.sudo().initiative_id):
            record = record.with_user(self.member1_user)
            self.assertFalse(record.has_access("read"), record)
            self.assertFalse(record.search([("id", "=", record.id)]))
        board = session.with_user(self.member1_user).board
        self.assertFalse(board["rows"])
        for user in self._scoring_users() - self.member1_user:
            self._score(session, user, POINTS)
        self._mark(session, self._scoring_users())
        self._kept(session).action_close()
        self.assertEqual(evaluation.sudo().verdict_ids.score, 92)

    def test_a_conflict_is_declared_for_oneself_alone(self):
        session = self._open_session()
        sheet = self._sheet(session, self.member2_user)
        wizard = self.env["emulation.conflict.declare"].with_user(self.member1_user)
        with self.assertRaises(AccessError):
            wizard.create({"sheet_id": sheet.id, "reason": "x"}).action_confirm()
        values = {
            "evaluation_id": sheet.evaluation_id.id,
            "member_id": sheet.member_id.id,
            "reason": "x",
        }
        for user in (self.member1_user, self.secretary_user, self.movement_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["emulation.conflict"].with_user(user).create(values)

    def test_secretary_in_conflict_leaves_the_session_to_the_chair(self):
        session = self._author_on_council(self.secretary_user)
        self._score_by_all(session, POINTS)
        with self.assertRaises(AccessError):
            self._kept(session).action_mark_all_present()
        kept = session.with_user(self.chair_user)
        kept.action_mark_all_present()
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            self._kept(session).action_close()
        kept.action_close()
        self.assertEqual(session.closed_user_id, self.chair_user)
        document = self.env["emulation.document"]
        minutes = document.browse(kept.action_draft_minutes()["res_id"])
        signers = minutes.issuer_ids.signer_user_id
        self.assertNotIn(self.secretary_user, signers | minutes.reader_user_ids)
        self.assertEqual(len(signers), 2)
        for secret in (minutes, session.evaluation_ids.sudo().verdict_ids):
            secret = secret.with_user(self.secretary_user)
            self.assertFalse(secret._filtered_access("read"))
            self.assertFalse(secret.search([("id", "in", secret.ids)]))
        board = session.with_user(self.secretary_user).board
        self.assertFalse(board["shows_results"])

    def test_chair_in_conflict_does_not_deputise(self):
        session = self._author_on_council(self.chair_user)
        self.council.member_ids.filtered(
            lambda one: one.user_id == self.secretary_user
        ).date_end = "2020-12-31"
        self._score_by_all(session, POINTS)
        with self.assertRaises(AccessError):
            session.with_user(self.chair_user).action_mark_all_present()
