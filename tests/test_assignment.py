from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Datetime
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon
from .law_common import LawCommon


@tagged("post_install", "-at_install")
class TestReviewLaw(LawCommon):
    """What the regulation says of reviewers."""

    def test_too_few_reviewers_cannot_be_put_in_force(self):
        regulation = self._create_regulation(reviewers_per_dossier=2)
        self.assertRegex(regulation.review_hint, "With 2 reviewers no dossier")
        with self.assertRefused(UserError, "With 2 reviewers no dossier"):
            regulation.action_put_in_force()
        regulation.min_valid_sheets = 2
        self.assertRegex(regulation.review_hint, "^2 members score each dossier")
        regulation.action_put_in_force()

    def test_ready_regulations_are_sound(self):
        for name in ("trimmed", "outlier", "two_reviewers"):
            regulation = self.env.ref(f"emulation.regulation_{name}")
            with self.subTest(name):
                self.assertTrue(regulation.note)
                regulation.with_user(self.manager_user).action_put_in_force()


@tagged("post_install", "-at_install")
class TestAssignments(AppraisalCommon):
    """A session in which two members review each dossier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.regulation = cls.env.ref("emulation.regulation_default").copy(
            {
                "code": "QC-PB",
                "reviewers_per_dossier": 2,
                "min_valid_sheets": 2,
                "quorum_num": 1,
                "review_days": 5,
                "reminder_days": 2,
            }
        )
        cls.regulation.action_put_in_force()
        cls.round = cls._create_round("PB-2026", regulation_id=cls.regulation.id)
        cls.mechanics = cls.env.ref("emulation.field_mechanics")
        cls._member(cls.member1_user).expertise_ids = cls.mechanics
        initiatives = cls.env["emulation.initiative"]
        for number in range(4):
            initiatives |= cls._create_initiative(f"Sáng kiến {number}")
        cls.session = cls._plan_session(
            cls._make_eligible(initiatives), date=Datetime.add(Datetime.now(), days=20)
        )
        cls.kept = cls.session.with_user(cls.secretary_user)
        cls.evaluations = cls.session.sudo().evaluation_ids

    @classmethod
    def _member(cls, user):
        return cls.council.member_ids.filtered(lambda one: one.user_id == user)

    def _share_out(self, user=None, seed=5):
        session = self.session.with_user(user or self.secretary_user)
        wizard = self.env["emulation.session.assign"].with_user(session.env.user)
        wizard = wizard.create({"session_id": session.id, "seed": seed})
        return wizard.action_confirm()

    def _change(self, evaluation, member=None, line=None, user=None):
        wizard = self.env["emulation.assignment.change"]
        wizard.with_user(user or self.secretary_user).create(
            {
                "session_id": self.session.id,
                "evaluation_id": evaluation.id,
                "member_id": member and member.id,
                "assignment_id": line and line.id,
                "reason": "Đi công tác",
            }
        ).action_confirm()

    def _pairs(self):
        lines = self.session.sudo().assignment_ids
        return {
            (one.evaluation_id, one.member_id) for one in lines if not one.is_dropped
        }

    def test_each_dossier_gets_two_and_loads_are_even(self):
        action = self._share_out()
        lines = self.env["emulation.assignment"].search(action["domain"])
        self.assertEqual(len(lines), 8)
        loads = [len(of) for of in lines.grouped("member_id").values()]
        self.assertEqual(loads, [2] * 4)
        mine = lines.filtered(lambda one: one.user_id == self.member1_user)
        self.assertRegex(
            mine[0].why_text,
            "^Expert in the field. 4 members without conflict, 1 of them experts; "
            "reviews 2 dossiers.",
        )
        self.assertEqual(self.kept.assignment_count, 8)
        self.session.action_open()
        sheets = self.evaluations.sheet_ids
        self.assertEqual(
            {(one.evaluation_id, one.member_id) for one in sheets}, self._pairs()
        )
        self.assertEqual(set(lines.mapped("sheet_state")), {"draft"})

    def test_who_has_not_declared_counts_no_reviews(self):
        self._share_out()
        newcomer = self._create_user("newcomer", "council")
        seat = {"user_id": newcomer.id, "role": "secretary", "is_scoring": False}
        self.council.with_user(self.movement_user).member_ids = [Command.create(seat)]
        mine = self.session.with_user(newcomer)
        lines = self.env["emulation.assignment"].with_user(newcomer)
        listed = mine.action_view_assignments()["domain"]
        self.assertEqual((mine.assignment_count, len(lines.search(listed))), (0, 0))
        self._declare_interests(self.session, newcomer)
        self.env.invalidate_all()
        self.assertEqual((mine.assignment_count, len(lines.search(listed))), (8, 8))

    def test_same_seed_same_reviewers(self):
        self._share_out()
        first = self._pairs()
        self._share_out(seed=0)
        self.assertTrue(self.session.assignment_seed)
        self._share_out()
        self.assertEqual(self._pairs(), first)
        self.assertEqual(self.session.assignment_seed, 5)
        with self.assertRaises(UserError):
            self.session.with_user(self.secretary_user).assignment_seed = 7

    def test_everyone_scores_where_the_regulation_names_nobody(self):
        self.session.reviewers_per_dossier = 0
        self.assertFalse(self.kept.can_assign)
        with self.assertRaisesRegex(UserError, "can be shared out"):
            self._share_out()
        self.session.action_open()
        self.assertEqual(len(self.evaluations.sheet_ids), 16)

    def test_opening_waits_for_the_reviewers(self):
        self.assertTrue(self.kept.can_assign)
        with self.assertRaisesRegex(
            UserError, "(?s)fewer than 2 reviewers.*Sáng kiến 3"
        ):
            self.session.action_open()

    def test_conflict_is_never_assigned(self):
        member = self._member(self.member2_user)
        for evaluation in self.evaluations[:3]:
            self.env["emulation.conflict"]._declare(
                evaluation, member, "declared", "Anh em"
            )
        self._share_out()
        of = [evaluation for evaluation, one in self._pairs() if one == member]
        self.assertEqual(of, [self.evaluations[3]])

    def test_shortage_names_the_dossiers(self):
        for user in self.chair_user | self.member1_user | self.member2_user:
            self.env["emulation.conflict"]._declare(
                self.evaluations[1], self._member(user), "declared", "Anh em"
            )
        with self.assertRaisesRegex(UserError, "Sáng kiến 1: 1 free") as refusal:
            with self.cr.savepoint():
                self._share_out()
        self.assertNotIn("Sáng kiến 2", str(refusal.exception))
        self.assertFalse(self._pairs())

    def test_changes_by_hand_survive_the_next_run(self):
        self._share_out()
        evaluation = self.evaluations[0]
        lines = evaluation.assignment_ids
        others = self.session.sudo()._get_reviewers() - lines.member_id
        dropped = lines[0].member_id
        self._change(evaluation, others[0], lines[0])
        self._change(evaluation, others[1])
        with self.assertRaisesRegex(UserError, "already reviews"):
            self._change(evaluation, others[1])
        self._share_out(seed=9)
        pairs = self._pairs()
        self.assertIn((evaluation, others[0]), pairs)
        self.assertIn((evaluation, others[1]), pairs)
        self.assertNotIn((evaluation, dropped), pairs)
        line = evaluation.assignment_ids.filtered(
            lambda one: one.member_id == others[0]
        )
        self.assertEqual((line.origin, line.why_text), ("replacement", "Đi công tác"))

    def test_only_who_can_score_is_added(self):
        self._share_out()
        evaluation = self.evaluations[0]
        member = (
            self.session.sudo()._get_reviewers() - evaluation.assignment_ids.member_id
        )[0]
        self.env["emulation.conflict"]._declare(evaluation, member, "declared", "Em")
        with self.assertRaisesRegex(UserError, "conflict of interest.*another member"):
            self._change(evaluation, member)
        with self.assertRaisesRegex(UserError, "no scoring seat"):
            self._change(evaluation, self._member(self.secretary_user))

    def test_member_who_drops_out_is_replaced_while_scoring(self):
        self._share_out()
        self.session.action_open()
        evaluation = self.evaluations[0]
        line, other = evaluation.assignment_ids
        sheet = evaluation.sheet_ids.filtered(
            lambda one: one.member_id == line.member_id
        )
        messages = self.env["mail.message"].search_count([])
        self._change(evaluation, line=line)
        self.assertEqual(sheet.state, "voided")
        self.assertTrue(line.is_dropped)
        current = evaluation.assignment_ids.filtered(lambda one: not one.is_dropped)
        self.assertEqual(len(current), 2)
        self.assertNotIn(line.member_id, current.member_id)
        new = evaluation.sheet_ids.filtered(lambda one: one.state == "draft")
        self.assertEqual(new.member_id, current.member_id)
        self.assertEqual(self.env["mail.message"].search_count([]), messages + 1)
        self.assertFalse(line.with_user(self.secretary_user).can_replace)
        self._score(self.session, other.user_id, DEMO_SCORES["D2"])
        with self.assertRaisesRegex(UserError, "nobody to replace"):
            self._change(evaluation, line=other)

    def test_reopening_gives_no_sheet_back_to_who_dropped_out(self):
        self._share_out()
        self.session.action_open()
        evaluation = self.evaluations[0]
        line = evaluation.assignment_ids[0]
        dropped = evaluation.sheet_ids.filtered(
            lambda one: one.member_id == line.member_id
        )
        self._change(evaluation, line=line)
        self._score_by_all(self.session, DEMO_SCORES["D2"])
        self.kept.action_mark_all_present()
        self.kept.action_close()
        reopen = self.env["emulation.session.reopen"].with_user(self.manager_user)
        reopen.create(
            {"session_id": self.session.id, "reason": "Nhầm phiếu"}
        ).action_confirm()
        self.assertEqual(self.session.state, "scoring")
        self.assertEqual(dropped.state, "voided")

    def test_result_comes_from_the_reviewers_alone(self):
        self._share_out()
        self.session.action_open()
        for user in self._scoring_users():
            self._score(self.session, user, DEMO_SCORES["D2"])
        self.kept.action_mark_all_present()
        self.kept.action_close()
        verdicts = self.evaluations.verdict_ids
        self.assertEqual(len(verdicts), 4)
        steps = verdicts[0].calculation["steps"]
        self.assertEqual(len(steps[1]["sheets"]), 2)

    def test_who_may_share_out(self):
        for user in self.member1_user | self.leader_user | self.officer_a1:
            with self.subTest(user.login), self.assertRaises(AccessError):
                with mute_logger("odoo.addons.base.models.ir_rule"):
                    self._share_out(user)
        self._share_out(self.movement_user)
        self.session.action_open()
        with self.assertRaises(AccessError):
            self._change(self.evaluations[0], user=self.movement_user)
        with self.assertRaises(AccessError):
            self.session.with_user(self.member1_user).action_assign()
        with self.assertRaisesRegex(UserError, "has begun"):
            self.session.with_user(self.movement_user).reviewers_per_dossier = 3

    def test_who_reads_the_list(self):
        self._share_out()
        domain = [("session_id", "=", self.session.id)]
        lines = self.env["emulation.assignment"]
        for user in self.secretary_user | self.movement_user | self.chair_user:
            self.assertEqual(lines.with_user(user).search_count(domain), 8)
        own = lines.with_user(self.member1_user).search(domain)
        self.assertEqual(own.user_id, self.member1_user)
        for user in self.leader_user | self.officer_a1:
            with self.assertRaises(AccessError):
                lines.with_user(user).search(domain)
        with self.assertRaises(AccessError):
            own.reason = "Đổi"

    def test_members_see_nothing_of_dossiers_in_conflict(self):
        self._share_out()
        evaluation = self.evaluations[0]
        self.env["emulation.conflict"]._declare(
            evaluation, self._member(self.chair_user), "declared", "Em"
        )
        lines = self.env["emulation.assignment"].with_user(self.chair_user)
        self.assertFalse(lines.search([("evaluation_id", "=", evaluation.id)]))

    def test_cancelled_session_forgets_its_reviewers(self):
        self._share_out()
        self.session.action_cancel()
        self.assertFalse(self.session.sudo().assignment_ids)

    def test_too_few_for_the_regulation(self):
        with self.assertRaisesRegex(UserError, "1 reviewers are too few"):
            with self.cr.savepoint():
                self.session.reviewers_per_dossier = 1

    # WHEN

    def test_sheets_are_due_by_the_regulation(self):
        self._share_out()
        with freeze_time(Datetime.now()):
            self.session.action_open()
            due = Datetime.add(Datetime.now(), days=5)
            sheet = self._sheet(self.session, self.member1_user)
            self.assertEqual(sheet.date_due, due)
        self.session.sudo().date = Datetime.add(Datetime.now(), days=1)
        self.assertEqual(sheet.date_due, self.session.date)

    def _remind(self):
        self.env["emulation.session"]._cron_remind_reviewers()
        domain = [("subject", "ilike", f"“{self.session.name}”"),
                  ("subject", "ilike", "Sheets to hand in")]  # fmt: skip
        return self.env["mail.message"].search(domain).notified_partner_ids

    def test_open_sheets_are_reminded_of_once(self):
        self._share_out()
        self.session.action_open()
        self.assertFalse(self._remind())
        self._score(self.session, self.member1_user, DEMO_SCORES["D2"])
        with freeze_time(Datetime.add(Datetime.now(), days=4)):
            late = self._scoring_users() - self.member1_user
            self.assertEqual(self._remind(), late.partner_id)
            count = self.env["mail.message"].search_count([])
            self._remind()
            self.assertEqual(self.env["mail.message"].search_count([]), count)

    def test_no_reminder_where_the_regulation_wants_none(self):
        self._share_out()
        self.session.action_open()
        self.env.cr.execute(
            "UPDATE emulation_regulation SET reminder_days = 0 WHERE id = %s",
            [self.regulation.id],
        )
        self.env.invalidate_all()
        with freeze_time(Datetime.add(Datetime.now(), days=4)):
            self.assertFalse(self._remind())

    def test_expertise_of_a_related_field(self):
        child = self.mechanics.create(
            {"name": "CNC", "code": "CK-CNC", "parent_id": self.mechanics.id}
        )
        twin = self.mechanics.create(
            {"name": "Weld", "code": "CK-HAN", "parent_id": self.mechanics.id}
        )
        member, evaluation = self._member(self.member2_user), self.evaluations[0]
        evaluation.initiative_id.field_id = child
        for expertise, expected in (
            (self.mechanics, {(evaluation.id, member.id): 0}),
            (twin, {(evaluation.id, member.id): 1}),
            (self.mechanics.browse(), {}),
        ):
            member.expertise_ids = [Command.set(expertise.ids)]
            self.assertEqual(evaluation._get_expertise(member), expected)
