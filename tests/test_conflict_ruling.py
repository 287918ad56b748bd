from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestConflictRuling(AppraisalCommon):
    """The chair decides what the regulation leaves open, with a reason, for good."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vice_user = cls._create_user("vice_user", "council")
        cls.council.member_ids = [
            Command.create(
                {"user_id": cls.vice_user.id, "role": "vice", "is_scoring": False}
            )
        ]
        law = cls.env.ref("emulation.regulation_default").copy(
            {"code": "QC-CHAIR", "conflict_unit_level": "chair"}
        )
        law.action_put_in_force()
        cls.round.regulation_id = law
        cls.member1 = cls._seat_of(cls.member1_user)
        cls.member1.unit_id = cls.commune_a1
        cls.session = cls._open_session()
        cls.evaluation = cls.session.evaluation_ids
        cls.conflict = cls.evaluation.sudo().conflict_ids

    @classmethod
    def _seat_of(cls, user):
        return cls.council.member_ids.filtered(lambda one: one.user_id == user)

    def _clear(self, user, conflict=None, reason="Cơ quan lớn, không làm việc chung"):
        conflict = (conflict or self.conflict).with_user(user)
        context = conflict.action_rule_clear()["context"]
        form = Form(
            self.env["emulation.conflict.rule"].with_user(user).with_context(**context)
        )
        form.reason = reason
        return form.save().action_confirm()

    def test_until_the_chair_decides_it_is_a_conflict(self):
        self.assertEqual(self.conflict.level, "chair")
        self.assertFalse(self._sheet(self.session, self.member1_user))
        evaluations = self.env["emulation.evaluation"].with_user(self.member1_user)
        self.assertNotIn(self.evaluation.id, evaluations.search([]).ids)

    def test_one_click_keeps_the_member_out(self):
        listed = self.env["emulation.conflict"].with_user(self.chair_user)
        waiting = listed.search([("level", "=", "chair")])
        self.assertEqual(waiting, self.conflict)
        self.assertTrue(waiting.can_rule)
        waiting.action_rule_conflict()
        self.assertEqual(self.conflict.level, "excluded")
        self.assertEqual(self.conflict.ruling_user_id, self.chair_user)
        self.assertEqual(self.conflict.ruling_reason, "Same unit")
        self.assertFalse(self._sheet(self.session, self.member1_user))
        self.assertFalse(listed.search_count([("level", "=", "chair")]))

    def test_the_other_click_lets_the_member_score(self):
        self._clear(self.chair_user)
        self.assertEqual(self.conflict.level, "noted")
        self.assertEqual(
            self.conflict.ruling_reason, "Cơ quan lớn, không làm việc chung"
        )
        sheet = self._sheet(self.session, self.member1_user)
        self.assertEqual(sheet.state, "draft")
        self.assertEqual(
            sheet.with_user(self.member1_user).problem, "Kẹp từng phôi một"
        )

    def test_a_reason_is_asked(self):
        context = self.conflict.with_user(self.chair_user).action_rule_clear()
        rule = self.env["emulation.conflict.rule"].with_user(self.chair_user)
        with self.assertRaises(AssertionError):
            Form(rule.with_context(**context["context"])).save()

    def test_the_ruling_survives_another_search(self):
        self._clear(self.chair_user)
        self.evaluation._find_conflicts(self.session)
        self.member1.unit_id = False
        self.member1.unit_id = self.commune_a1
        self.assertEqual(self.conflict.exists().level, "noted")
        self.assertEqual(self.conflict.ruling, "clear")

    def test_a_pinned_conflict_survives_its_ground(self):
        self.conflict.with_user(self.chair_user).action_rule_conflict()
        self.member1.unit_id = False
        self.assertEqual(self.conflict.exists().level, "excluded")
        self.assertFalse(self._sheet(self.session, self.member1_user))

    def test_a_new_ground_is_decided_anew(self):
        self._clear(self.chair_user)
        sheet = self._sheet(self.session, self.member1_user)
        self._declare_conflict(sheet, "Vừa biết tác giả là em họ")
        self.assertIn(self.member1, self.evaluation._get_excluded_members())
        self.assertEqual(self.conflict.level, "noted")

    def test_what_a_member_says_again_undoes_the_ruling(self):
        self._clear(self.chair_user)
        self._declare_conflict(self._sheet(self.session, self.member1_user))
        declared = self.evaluation.sudo().conflict_ids - self.conflict
        self._clear(self.chair_user, declared)
        sheet = self._sheet(self.session, self.member1_user)
        self._declare_conflict(sheet, "Nay lại là thông gia")
        self.assertEqual((declared.level, declared.ruling), ("excluded", False))

    def test_only_the_chair_decides(self):
        for user in (
            self.secretary_user | self.vice_user | self.member2_user | self.member1_user
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.conflict.with_user(user).action_rule_conflict()
        for user in self.movement_user | self.manager_user:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.conflict.with_user(user).action_rule_conflict()
        self.assertEqual(self.conflict.level, "chair")

    def test_the_conflict_of_the_chair_goes_to_the_vice_chair(self):
        chair = self._seat_of(self.chair_user)
        chair.unit_id = self.commune_a1
        own = self.evaluation.sudo().conflict_ids - self.conflict
        self.assertEqual((own.member_id, own.level), (chair, "chair"))
        for conflict in own | self.conflict:
            with self.assertRaises(AccessError):
                conflict.with_user(self.chair_user).action_rule_conflict()
        self.assertTrue(own.with_user(self.vice_user).can_rule)
        self._clear(self.vice_user, own)
        self.assertEqual(own.level, "noted")
        # now the chair may decide on the others again
        self.conflict.with_user(self.chair_user).action_rule_conflict()
        self.assertEqual(self.conflict.level, "excluded")

    def test_nobody_decides_on_themselves_under_a_second_account(self):
        """The vice chair in conflict gives way as well, to the secretary."""
        (self._seat_of(self.chair_user) | self._seat_of(self.vice_user)).write(
            {"unit_id": self.commune_a1.id}
        )
        judges = self.evaluation._get_conflict_judges(self.member1)
        self.assertEqual(judges, self.secretary_user)

    def test_authorship_cannot_be_decided_away(self):
        author = self.evaluation.initiative_id.sudo().author_ids.partner_id[0]
        author.phone = "0912 000 222"
        self.member1_user.partner_id.phone = "0912000222"
        own = self.evaluation.sudo().conflict_ids
        self.assertEqual(own.kind, "author")
        with self.assertRaisesRegex(UserError, "is an author"):
            self._clear(self.chair_user, own)
        with self.assertRaises(UserError):
            own.with_user(self.chair_user)._rule("clear", "Cho qua")
        self.assertEqual(own.level, "excluded")

    def test_the_chair_lays_down_what_nobody_told(self):
        action = self.session.with_user(self.chair_user).action_rule_on_member()
        rule = self.env["emulation.conflict.rule"].with_user(self.chair_user)
        form = Form(rule.with_context(**action["context"]))
        form.evaluation_id = self.evaluation.with_user(self.chair_user)
        form.member_id = self._seat_of(self.member2_user)
        form.reason = "Có đơn phản ánh là họ hàng"
        form.save().action_confirm()
        self.assertFalse(self._sheet(self.session, self.member2_user))
        pinned = self.evaluation.sudo().conflict_ids - self.conflict
        self.assertEqual((pinned.kind, pinned.ruling), ("pinned", "conflict"))

    def test_a_clearing_without_ground_is_refused(self):
        rule = self.env["emulation.conflict.rule"].with_user(self.chair_user)
        rule = rule.create(
            {
                "session_id": self.session.id,
                "evaluation_id": self.evaluation.id,
                "member_id": self._seat_of(self.member2_user).id,
                "ruling": "clear",
                "reason": "Không sao",
            }
        )
        with self.assertRaisesRegex(UserError, "nothing to decide"):
            rule.action_confirm()

    def test_a_seat_of_another_council_is_refused(self):
        other = self.council.copy({"name": "Hội đồng khác"})
        rule = self.env["emulation.conflict.rule"].with_user(self.chair_user)
        rule = rule.create(
            {
                "session_id": self.session.id,
                "evaluation_id": self.evaluation.id,
                "member_id": other.member_ids[-1].id,
                "reason": "Nhầm",
            }
        )
        with self.assertRaisesRegex(UserError, "does not sit on the council"):
            rule.action_confirm()

    def test_after_the_close_nothing_is_decided(self):
        self._close(self.session)
        with self.assertRaisesRegex(UserError, "are final"):
            self.conflict.with_user(self.chair_user).action_rule_conflict()

    def test_nobody_writes_a_conflict_past_the_buttons(self):
        for user in self.chair_user | self.member1_user | self.manager_user:
            conflict = self.conflict.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                conflict.write({"level": "noted", "ruling": "clear"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                conflict.unlink()

    def test_the_ruling_is_in_the_log(self):
        self._clear(self.chair_user)
        entry = self.env["emulation.log"]._get_last(self.evaluation, "pinned")
        self.assertIn("không làm việc chung", entry.text)
        self.assertEqual(entry.user_id, self.chair_user)

    def test_the_chair_finds_it_on_the_first_screen(self):
        sections = self.env["emulation.my.work"].with_user(self.chair_user)
        cards = {
            card["key"]: card["count"]
            for section in sections.get_counters()["sections"]
            for card in section["cards"]
        }
        self.assertEqual(cards["to_rule"], 1)
        self._clear(self.chair_user)
        cards = [
            card["key"]
            for section in sections.get_counters()["sections"]
            for card in section["cards"]
        ]
        self.assertNotIn("to_rule", cards)
