from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon

LOW = (5, 5, 5, 5)
TEXT = "Hội đồng chưa xem bản xác nhận áp dụng tại ba xã."


@tagged("post_install", "-at_install")
class TestComplaint(AppraisalCommon):
    """A result is disputed, looked at by others, and never overwritten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._open_session(("Lò đốt rác",))
        cls._close(cls.session, LOW)
        cls.decision = cls._decide(cls.session)
        cls.verdict = cls.session.sudo()._get_verdicts()
        cls.dossier = cls.verdict.initiative_id
        cls.author = cls.dossier.author_ids.partner_id[0]
        cls.author.email = "tacgia@example.com"

    @classmethod
    def _create_other_council(cls, first_member=None):
        """A council of other people; ``first_member`` also sat in the first session."""
        users = [
            first_member or cls._create_user("second_1", "council", cls.province),
            *(
                cls._create_user(f"second_{one}", "council", cls.province)
                for one in (2, 3)
            ),
        ]
        cls.second_secretary = cls._create_user("second_s", "council", cls.province)
        council = cls.env["emulation.council"].create(
            {
                "name": "Hội đồng phúc khảo",
                "unit_id": cls.province.id,
                "date_start": "2020-01-01",
                "decision_reference": "13/QĐ-MTTQ-BTT ngày 05/3/2020",
                "member_ids": [
                    *(
                        Command.create(
                            {"user_id": user.id, "role": "member" if index else "chair"}
                        )
                        for index, user in enumerate(users)
                    ),
                    Command.create(
                        {
                            "user_id": cls.second_secretary.id,
                            "role": "secretary",
                            "is_scoring": False,
                        }
                    ),
                ],
            }
        )
        council.action_put_in_force()
        return council, users

    def _complain(self, user=None, **vals):
        return (
            self.env["emulation.complaint"]
            .with_user(user or self.officer_a1)
            .create(
                {
                    "verdict_id": self.verdict.id,
                    "partner_id": self.author.id,
                    "text": TEXT,
                    **vals,
                }
            )
        )

    def _refused(self, words, **vals):
        """Try to complain with ``vals``; it is refused in ``words``."""
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            self._complain(**vals)

    def _accept(self):
        complaint = self._complain().with_user(self.movement_user)
        complaint.action_accept()
        return complaint

    def _review(self, complaint, points):
        """Let another council look at the dossier, and sign its decision."""
        council, users = self._create_other_council()
        evaluation = complaint.review_evaluation_id.with_user(self.movement_user)
        session = self._plan_session(evaluation, council_id=council.id, name="Phiên 2")
        session.action_open()
        for user in users:
            self._score(session, user, points)
        kept = session.with_user(self.second_secretary)
        kept.action_mark_all_present()
        kept.action_close()
        with patch.multiple(
            type(self), secretary_user=self.second_secretary, chair_user=users[0]
        ):
            return session, self._decide(session)

    # COMING IN

    def test_an_officer_enters_what_the_author_writes(self):
        form = Form(self.env["emulation.complaint"].with_user(self.officer_a1))
        form.verdict_id = self.verdict
        form.partner_id = self.author
        form.text = TEXT
        complaint = form.save()
        self.assertEqual(complaint.unit_id, self.commune_a1)
        self.assertTrue(complaint.is_in_time)
        law = self.verdict.regulation_id
        self.assertEqual(
            complaint.date_until,
            Date.add(self.decision.date_signed, days=law.complaint_days),
        )
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._complain()

    def test_the_office_opens_an_empty_form(self):
        for user in (self.movement_user, self.manager_user):
            form = Form(self.env["emulation.complaint"].with_user(user))
            self.assertFalse(form.can_accept)
            form.verdict_id = self.verdict
            self.assertTrue(form.can_accept)

    def test_what_is_not_a_complaint_is_refused(self):
        stranger = self.env["res.partner"].create({"name": "Người ngoài"})
        self._refused("is not an author", partner_id=stranger.id)
        self._refused("Say what is disputed", text="  ")
        for day in (Date.add(Date.today(), days=1), "2019-01-01"):
            with self.subTest(day):
                self._refused("after its result", date_received=day)

    def test_a_result_not_told_cannot_be_disputed(self):
        secret = self._close(self._open_session(("Còn kín",)), LOW)
        hidden = secret.sudo()._get_verdicts()
        author = hidden.initiative_id.author_ids.partner_id[0]
        with self.assertRaises(UserError):
            self._complain(verdict_id=hidden.id, partner_id=author.id)

    def test_who_enters_and_reads(self):
        for user in (self.officer_b1, self.member1_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._complain(user)
        complaint = self._complain()
        for user in (self.officer_a1, self.movement_user):
            self.assertEqual(complaint.with_user(user).text, TEXT)
        for user in (self.officer_b1, self.member1_user, self.leader_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                complaint.with_user(user).read(["text"])
        with self.assertRaises(AccessError):
            complaint.unlink()
        with self.assertRaises(AccessError):
            complaint.review_verdict_id = self.verdict

    # REFUSED, WITHDRAWN

    def test_what_is_late_is_refused_with_a_reason(self):
        law = self.verdict.regulation_id
        self.env.cr.execute(
            "UPDATE emulation_document SET date_signed = date_signed - 40"
            " WHERE id = %s",
            self.decision.ids,
        )
        self.env.cr.execute(
            "UPDATE emulation_session SET date_public = date_public - 40 WHERE id = %s",
            self.session.ids,
        )
        self.env.invalidate_all()
        complaint = self._complain().with_user(self.movement_user)
        self.assertFalse(complaint.is_in_time)
        with self.assertRaisesRegex(UserError, "might be disputed until"):
            complaint.action_accept()
        with self.assertRaisesRegex(UserError, "Say in the answer why"):
            complaint.action_refuse()
        complaint.answer = f"Quá hạn {law.complaint_days} ngày."
        complaint.action_refuse()
        self.assertEqual(complaint.state, "refused")
        self.assertEqual(complaint.date_answered, Date.today())
        told = self.env["mail.message"].sudo().search([("body", "like", "Quá hạn")])
        self.assertEqual(told.partner_ids, self.author)

    def test_regulation_says_how_long(self):
        regulation = self.verdict.regulation_id.copy(
            {"code": "QC-K", "complaint_days": 0, "complaint_answer_days": 7}
        )
        self.env.cr.execute(
            "UPDATE emulation_verdict SET regulation_id = %s WHERE id = %s",
            (regulation.id, self.verdict.id),
        )
        self.env.invalidate_all()
        complaint = self._complain()
        self.assertFalse(complaint.date_until)
        self.assertEqual(complaint.date_answer_due, Date.add(Date.today(), days=7))
        self.assertIn("cannot be disputed", regulation.complaint_hint)
        with self.assertRaisesRegex(UserError, "Refuse it with this reason"):
            complaint.with_user(self.movement_user).action_accept()

    def test_only_others_handle_it(self):
        complaint = self._complain()
        for user in (self.officer_a1, self.head_a1, self.member1_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                complaint.with_user(user).action_accept()
        self.dossier.sudo().author_ids[1].partner_id.email = self.movement_user.email
        self.assertTrue(self.movement_user.email)
        with self.assertRaisesRegex(UserError, "cannot move"):
            complaint.with_user(self.movement_user).action_accept()
        complaint.with_user(self.manager_user).action_accept()

    def test_only_who_handles_it_answers(self):
        complaint = self._complain()
        for user in (self.officer_a1, self.head_a1):
            with self.subTest(user.login), self.assertRaises(AccessError):
                complaint.with_user(user).answer = "Đã được giải quyết"
        handled = complaint.with_user(self.manager_user)
        handled.answer = "Không có căn cứ"
        handled.action_refuse()
        with self.assertRaises(AccessError):
            handled.answer = "Có căn cứ"
        with self.assertRaises(AccessError):
            self._complain(self.officer_a1, answer="Đã được giải quyết")

    def test_the_author_may_withdraw_it(self):
        complaint = self._accept()
        evaluation = complaint.sudo().review_evaluation_id
        council, _users = self._create_other_council()
        self._plan_session(
            evaluation.with_user(self.movement_user), council_id=council.id
        )
        complaint.with_user(self.officer_a1).action_withdraw()
        self.assertEqual(evaluation.state, "withdrawn")
        self.assertFalse(evaluation.session_id)
        self.assertEqual(self.dossier.state, "not_recognised")
        self._complain()

    # ANOTHER SESSION

    def test_first_result_stands_while_others_look(self):
        complaint = self._accept()
        evaluation = complaint.sudo().review_evaluation_id
        self.assertEqual(evaluation.state, "eligible")
        self.assertEqual(evaluation.round_id, self.verdict.round_id)
        with self.assertRaisesRegex(UserError, "takes no part"):
            self._plan_session(evaluation.with_user(self.movement_user))
        self.assertEqual(self.dossier.state, "not_recognised")
        with self.assertRaisesRegex(UserError, "stays as it came in"):
            complaint.text = "Khác"

    def test_member_of_the_first_session_is_found_under_a_second_account(self):
        complaint = self._accept()
        double = self._create_user("double", "council", self.province)
        double.partner_id.email = self.member1_user.email
        council, _users = self._create_other_council(double)
        with self.assertRaisesRegex(UserError, "takes no part"):
            self._plan_session(
                complaint.review_evaluation_id.with_user(self.movement_user),
                council_id=council.id,
            )

    def test_another_result_holds_and_the_first_one_stays(self):
        complaint = self._accept()
        session, decision = self._review(complaint, DEMO_SCORES["D2"])
        self.assertEqual(complaint.state, "decided")
        self.assertEqual(self.dossier.state, "recognised")
        second = session.sudo()._get_verdicts()
        self.assertEqual(complaint.sudo().review_verdict_id, second)
        self.assertTrue(second.is_published)
        # the first result is what it was
        self.assertTrue(self.verdict.is_published)
        self.assertEqual(self.verdict.outcome, "not_recognised")
        self.assertEqual(self.verdict.score, 20)
        certificates = self.dossier.sudo().certificate_ids
        self.assertEqual(certificates.document_id, decision)
        self.assertIn("another result", complaint.answer)

    def test_certificates_of_a_result_that_falls_are_revoked(self):
        good = self._close(self._open_session(("Máy tốt",)), DEMO_SCORES["D2"])
        self._decide(good)
        verdict = good.sudo()._get_verdicts()
        first = verdict.initiative_id.sudo().certificate_ids
        complaint = self._complain(
            verdict_id=verdict.id,
            partner_id=verdict.initiative_id.author_ids.partner_id[0].id,
        ).with_user(self.movement_user)
        complaint.action_accept()
        self._review(complaint, LOW)
        self.assertEqual(set(first.mapped("state")), {"revoked"})
        self.assertTrue(all("complaint" in one.revoke_reason for one in first))
        self.assertEqual(verdict.initiative_id.state, "not_recognised")
        self.assertEqual(len(verdict.initiative_id.sudo().certificate_ids), len(first))

    def test_revoking_the_second_decision_lets_the_first_result_stand(self):
        complaint = self._accept()
        _session, decision = self._review(complaint, DEMO_SCORES["D2"])
        decision.with_user(self.manager_user).action_revoke("Sai căn cứ")
        self.assertEqual(complaint.state, "accepted")
        self.assertFalse(complaint.sudo().review_verdict_id)
        self.assertEqual(self.dossier.state, "not_recognised")

    def test_second_session_reads_what_is_disputed(self):
        complaint = self._accept()
        council, users = self._create_other_council()
        evaluation = complaint.review_evaluation_id.with_user(self.movement_user)
        self._plan_session(evaluation, council_id=council.id).action_open()
        self.assertEqual(evaluation.with_user(users[0]).complaint_text, TEXT)
        with self.assertRaises(AccessError):
            evaluation.with_user(self.member1_user).read(["complaint_text"])
