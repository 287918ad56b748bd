from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestCouncilDecision(AppraisalCommon):
    """Decisions set up a council and change it; who sat when stays provable."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newcomer = cls._create_user("newcomer", "council")
        cls.draft = cls.council.copy(
            {
                "name": "Hội đồng nhiệm kỳ sau",
                "decision_reference": False,
                "regulation_id": cls.env.ref("emulation.regulation_default").id,
            }
        ).with_user(cls.movement_user)

    def _paper(self, record, basis="Căn cứ Điều lệ Mặt trận Tổ quốc Việt Nam"):
        action = record.with_user(self.movement_user).action_draft_decision()
        paper = self.env["emulation.document"].browse(action["res_id"])
        if record._name == "emulation.council":
            paper.with_user(self.movement_user).basis = basis
        return paper

    def _set_up(self):
        paper = self._paper(self.draft)
        paper.with_user(self.head_province).action_sign()
        return paper

    def _seat(self, council, user):
        return council.sudo().member_ids.filtered(lambda one: one.user_id == user)

    def _change(self, **vals):
        """Return a change as the movement officer enters it: one for another."""
        change = self.env["emulation.council.change"].with_user(self.movement_user)
        form = Form(change.with_context(default_council_id=self.draft.id))
        form.date = Date.add(Date.today(), days=1)
        form.reason = "Nghỉ hưu theo chế độ"
        with form.line_ids.new() as line:
            line.member_id = self._seat(self.draft, self.member1_user)
            line.user_id = self.newcomer
        change = form.save()
        change.write(vals)
        return change

    # SETTING UP

    def test_the_signature_puts_the_council_in_office(self):
        paper = self._paper(self.draft)
        self.assertEqual(paper.unit_id, self.province)
        self.assertIn("Thành lập Hội đồng nhiệm kỳ sau", paper.subject)
        self.assertIn("CHỦ TỊCH ỦY BAN MẶT TRẬN TỔ QUỐC", paper.authority_line)
        for words in ("gồm 05 thành viên", "Chủ tịch Hội đồng", "Quy chế hoạt động"):
            self.assertIn(words, paper.body)
        self.assertEqual(self.draft.state, "draft")
        paper.with_user(self.head_province).action_sign()
        self.assertEqual(self.draft.state, "in_force")
        self.assertIn(paper.reference, self.draft.decision_reference)
        self.assertEqual(
            set(self.draft.sudo().member_ids.mapped("start_reference")),
            {self.draft.decision_reference},
        )

    def test_an_open_draft_is_opened_again(self):
        self.assertEqual(self._paper(self.draft), self._paper(self.draft))

    def test_the_level_of_the_signer_is_that_of_the_council(self):
        paper = self._paper(self.draft)
        self.district_a.document_symbol = "MTTQ"
        paper.sudo().issuer_ids = [
            Command.create(
                {
                    "unit_id": self.district_a.id,
                    "position": "CHỦ TỊCH",
                    "signer_name": "Trần Thị Thử Nghiệm",
                }
            )
        ]
        with self.assertRaisesRegex(UserError, "at that level only"):
            paper.sudo().action_sign()
        self.assertEqual(self.draft.state, "draft")

    def test_a_decision_rests_on_the_law(self):
        paper = self._paper(self.draft, basis=False)
        with self.assertRaisesRegex(UserError, "names no legal basis"):
            paper.with_user(self.head_province).action_sign()
        paper.unlink()
        text = self.env["emulation.legal.text"].search([], limit=1)
        self.draft.basis_ids = text
        action = self.draft.action_draft_decision()
        paper = self.env["emulation.document"].browse(action["res_id"])
        self.assertIn(text.citation, paper.basis)
        paper.with_user(self.head_province).action_sign()

    def test_a_council_without_chair_is_not_set_up(self):
        self._seat(self.draft, self.chair_user).role = "member"
        paper = self._paper(self.draft)
        with self.assertRaisesRegex(UserError, "exactly one chair"):
            paper.with_user(self.head_province).action_sign()

    def test_the_list_in_the_decision_is_nobody_s_to_edit(self):
        paper = self._paper(self.draft)
        paper.sudo().body = paper.body.replace("member1_user", "Người khác")
        with self.assertRaises(UserError):
            paper.with_user(self.head_province).action_sign()

    def test_others_draft_no_decision(self):
        for user in self.officer_a1 | self.chair_user | self.secretary_user:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.draft.with_user(user).action_draft_decision()

    def test_a_revoked_decision_takes_the_council_out_of_office(self):
        paper = self._set_up()
        paper.with_user(self.manager_user).action_revoke("Sai danh sách")
        self.assertEqual(self.draft.state, "draft")
        with self.assertRaises(UserError):
            self.council.with_user(self.movement_user).write({"state": "draft"})

    def test_a_decided_council_is_changed_by_decisions_alone(self):
        self._set_up()
        seat = self._seat(self.draft, self.member1_user).with_user(self.movement_user)
        with self.assertRaisesRegex(UserError, "laid down by a signed decision"):
            seat.date_end = Date.today()
        with self.assertRaisesRegex(UserError, "laid down by a signed decision"):
            seat.unlink()
        with self.assertRaisesRegex(UserError, "laid down by a signed decision"):
            self.draft.member_ids = [Command.create({"user_id": self.newcomer.id})]
        with self.assertRaisesRegex(UserError, "is decided already"):
            self.draft.action_draft_decision()

    # CHANGING

    def test_a_change_takes_over_role_and_seat(self):
        self._set_up()
        place = self.draft.sudo().seat_ids[0]
        self._seat(self.draft, self.member1_user).seat_id = place
        change = self._change()
        self.assertEqual(change.line_ids.seat_id, place)
        self.assertEqual(change.line_ids.role, "member")

    def test_the_signature_changes_the_seats(self):
        self._set_up()
        change = self._change()
        paper = self._paper(change)
        for words in ("Thôi tham gia", "Tham gia Hội đồng", "Nghỉ hưu theo chế độ"):
            self.assertIn(words, paper.body)
        self.assertIn("về việc thành lập Hội đồng", paper.basis)
        self.assertEqual(change.state, "draft")
        paper.with_user(self.head_province).action_sign()
        self.assertEqual(change.state, "applied")
        left = self._seat(self.draft, self.member1_user)
        came = self._seat(self.draft, self.newcomer)
        self.assertEqual(left.date_end, Date.today())
        self.assertEqual(left.end_reason, "Nghỉ hưu theo chế độ")
        self.assertIn(paper.reference, left.end_reference)
        self.assertEqual(came.date_start, Date.add(Date.today(), days=1))
        self.assertEqual(came, change.sudo().line_ids.new_member_id)
        self.assertIn(paper.reference, came.start_reference)

    def test_a_decision_signed_elsewhere_is_named(self):
        self._set_up()
        change = self._change()
        with self.assertRaisesRegex(UserError, "the amending decision"):
            change.action_apply()
        # which seat came of it is told by the change alone
        change.line_ids.new_member_id = self._seat(self.draft, self.member1_user)
        self.assertFalse(change.line_ids.new_member_id)
        change.decision_reference = "15/QĐ-MTTQ-BTT ngày 02/6/2026"
        change.action_apply()
        self.assertTrue(self._seat(self.draft, self.newcomer))
        for write in (
            lambda: change.write({"reason": "Khác"}),
            lambda: change.line_ids.write({"role": "vice"}),
            lambda: self._change().line_ids.write({"change_id": change.id}),
            change.unlink,
        ):
            with self.assertRaisesRegex(UserError, "is in effect"):
                write()

    def test_no_default_fills_the_seat_of_a_change(self):
        change = self._change()
        seat = self._seat(self.draft, self.member2_user)
        lines = self.env["emulation.council.change.line"].with_user(self.movement_user)
        line = lines.with_context(default_new_member_id=seat.id).create(
            {"change_id": change.id, "member_id": seat.id}
        )
        self.assertFalse(line.new_member_id)

    def test_a_change_without_names_is_refused(self):
        self._set_up()
        change = self._change(decision_reference="15/QĐ")
        change.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "who comes and who leaves"):
            change.action_apply()

    def test_the_council_is_never_left_without_chair(self):
        self._set_up()
        change = self._change(decision_reference="15/QĐ")
        change.line_ids.write(
            {"member_id": self._seat(self.draft, self.chair_user).id, "user_id": False}
        )
        with self.assertRaisesRegex(UserError, "would have no chair"):
            with self.cr.savepoint():
                change.action_apply()
        self.env.invalidate_all()
        change.line_ids.write({"user_id": self.newcomer.id, "role": "chair"})
        change.action_apply()

    def test_who_has_sat_did_sit(self):
        change = self.env["emulation.council.change"].with_user(self.movement_user)
        change = change.create(
            {
                "council_id": self.council.id,
                "date": Date.subtract(Date.today(), days=2),
                "reason": "Chuyển công tác",
                "decision_reference": "15/QĐ",
                "line_ids": [
                    Command.create(
                        {"member_id": self._seat(self.council, self.member1_user).id}
                    )
                ],
            }
        )
        self._close(self._open_session())
        with self.assertRaisesRegex(UserError, "sat in “Phiên 1”"):
            change.action_apply()
        change.date = Date.add(Date.today(), days=1)
        change.action_apply()

    def test_nobody_changes_their_own_seat(self):
        self._set_up()
        both = self._create_user("both", "movement council", self.province)
        change = self._change(decision_reference="15/QĐ")
        change.line_ids.write({"user_id": both.id, "is_scoring": False})
        with self.assertRaisesRegex(AccessError, "by somebody else"):
            change.with_user(both).action_apply()
        change.action_apply()

    def test_a_change_in_effect_is_not_revoked(self):
        self._set_up()
        paper = self._paper(self._change())
        paper.with_user(self.head_province).action_sign()
        with self.assertRaisesRegex(UserError, "Make another change"):
            paper.with_user(self.manager_user).action_revoke("Nhầm")

    # WHO SAT WHEN

    def test_members_on_a_day(self):
        self._set_up()
        self._paper(self._change()).with_user(self.head_province).action_sign()
        for day, expected in ((0, self.member1_user), (1, self.newcomer)):
            question = self.env["emulation.council.day"].with_user(self.leader_user)
            form = Form(question.with_context(default_council_id=self.draft.id))
            form.date = Date.add(Date.today(), days=day)
            users = form.member_ids[:].user_id
            both = self.member1_user | self.newcomer
            self.assertEqual(users & both, expected)
            self.assertEqual(form.count_text, "5 members, 4 of them score")
