import openpyxl
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools import official
from .common_appraisal import DEMO_SCORES, AppraisalCommon

LOW = (5, 5, 5, 5)


@tagged("post_install", "-at_install")
class TestLetter(AppraisalCommon):
    """What authors are told is read by somebody first, and never goes too early."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._judge_two()

    @classmethod
    def _judge_two(cls, embargo=0):
        """Close and decide a session with one dossier recognised, and one not."""
        session = cls._open_session(("Máy gieo hạt", "Lò đốt rác"))
        if embargo:
            day = Date.add(Date.today(), days=embargo)
            session.with_user(cls.movement_user).date_embargo = day
        low = session.evaluation_ids.filtered(
            lambda one: one.initiative_id.name == "Lò đốt rác"
        )
        low.initiative_id.author_ids.partner_id.sudo().write({"email": "x@example.com"})
        for user in cls._scoring_users():
            sheets = cls.env["emulation.scoresheet"].with_user(user)
            for sheet in sheets.search([("session_id", "=", session.id)]):
                points = LOW if sheet.evaluation_id == low else DEMO_SCORES["D2"]
                for line, given in zip(sheet.line_ids, points, strict=True):
                    line.points = given
                sheet.action_submit()
        kept = session.with_user(cls.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        cls._decide(session)
        return kept

    def _prepare(self, session=None, user=None):
        session = (session or self.session).with_user(user or self.secretary_user)
        dialog = Form(
            self.env["emulation.letter.prepare"]
            .with_user(session.env.user)
            .with_context(default_session_id=session.id)
        ).save()
        dialog.action_confirm()
        return session.letter_ids

    def _mails(self):
        return self.env["mail.mail"].search([("email_to", "=", "x@example.com")])

    def test_each_author_gets_the_text_of_the_result(self):
        dialog = Form(
            self.env["emulation.letter.prepare"]
            .with_user(self.secretary_user)
            .with_context(default_session_id=self.session.id)
        )
        self.assertEqual((dialog.author_count, dialog.paper_count), (4, 2))
        letters = self._prepare()
        self.assertEqual(len(letters), 4)
        decision = self.session._get_signed_decision()
        for letter in letters:
            passed = letter.initiative_id.name == "Máy gieo hạt"
            self.assertEqual(letter.state, "draft")
            self.assertEqual(letter.way, "paper" if passed else "email")
            self.assertIn(letter.partner_id.name, letter.body)
            self.assertIn(decision.reference, letter.body)
            self.assertIn(letter.initiative_id.name, letter.subject)
            grade = letter.verdict_id.grade_id.name
            self.assertEqual(passed, grade in letter.body)
        self.assertEqual(len(set(letters.mapped("subject"))), 2)

    def test_nothing_goes_before_it_is_read(self):
        letters = self._prepare()
        with self.assertRaisesRegex(UserError, "cannot move"):
            letters.action_send()
        self.assertFalse(self._mails())
        letters.action_approve()
        self.assertEqual(letters.approved_user_id, self.secretary_user)
        self.assertFalse(self._mails())
        letters.action_send()
        self.assertEqual(set(letters.mapped("state")), {"sent"})
        self.assertTrue(all(letters.mapped("date_sent")))
        self.assertEqual(len(self._mails()), 2)
        with self.assertRaisesRegex(UserError, "cannot move"):
            letters[0].action_reset()

    def test_text_and_address_are_corrected_in_review_alone(self):
        letter = self._prepare()[0]
        letter.write({"body": "<p>Sửa lời</p>", "email": "y@example.com"})
        self.assertEqual(letter.way, "email")
        letter.action_approve()
        with self.assertRaisesRegex(UserError, "Take it back to review"):
            letter.body = "<p>Lén sửa</p>"
        letter.action_reset()
        letter.body = "<p>Sửa nữa<script>alert(1)</script></p>"
        self.assertNotIn("script", letter.body)
        for vals in (
            {"partner_id": self.env.user.partner_id.id},
            {"date_sent": "2020-01-01 00:00:00"},
            {"way": "paper"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                letter.write(vals)
        with self.assertRaises(AccessError):
            letter.unlink()

    def test_nobody_gets_two_letters_about_a_result(self):
        letters = self._prepare()
        with self.assertRaisesRegex(UserError, "have their letters already"):
            self._prepare()
        letters[0].action_cancel()
        self.assertEqual(len(self._prepare().filtered(lambda o: o.state == "draft")), 4)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            letters[0].action_reset()
            self.env.flush_all()

    def test_a_result_without_a_text_gets_no_letter(self):
        dialog = Form(
            self.env["emulation.letter.prepare"]
            .with_user(self.secretary_user)
            .with_context(default_session_id=self.session.id)
        )
        dialog.not_recognised_template_id = self.env["mail.template"]
        dialog.save().action_confirm()
        letters = self.session.letter_ids
        self.assertEqual(letters.initiative_id.mapped("name"), ["Máy gieo hạt"])

    def test_under_embargo_letters_wait_for_the_day(self):
        session = self._judge_two(embargo=5)
        with self.assertRaises(AccessError):
            self._prepare(session, self.movement_user)
        letters = self._prepare(session)
        letters.action_approve()
        with self.assertRaisesRegex(UserError, "go on that day by themselves"):
            letters[0].action_send()
        for user in (self.movement_user, self.manager_user, self.member1_user):
            hidden = self.env["emulation.letter"].with_user(user)
            self.assertFalse(hidden.search_count([("session_id", "=", session.id)]))
            self.assertFalse(session.with_user(user).letter_count)
            with self.assertRaises(AccessError):
                letters.with_user(user).read(["subject"])
        self.assertFalse(self._mails())
        session.sudo().date_public = session._get_today()
        session._publish_results(session._get_signed_decision())
        self.assertEqual(set(letters.mapped("state")), {"sent"})
        self.assertEqual(len(self._mails()), 2)

    def test_who_prepares_and_reads_letters(self):
        for user in (self.member1_user, self.chair_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._prepare(user=user)
        letters = self._prepare(user=self.movement_user)
        self.assertEqual(len(letters), 4)
        self.public = self.env.ref("base.public_user")
        for user in (self.officer_a1, self.leader_user, self.public):
            with self.subTest(user.login), self.assertRaises(AccessError):
                letters.with_user(user).read(["subject"])
        with self.assertRaises(AccessError):
            letters.with_user(self.movement_user).copy()

    def test_a_revoked_decision_holds_its_letters(self):
        letters = self._prepare()
        letters[0].action_approve()
        decision = self.session._get_signed_decision()
        decision.with_user(self.manager_user).action_revoke("Sai thẩm quyền")
        self.assertEqual(set(letters.sudo().mapped("state")), {"cancelled"})

    def test_under_embargo_too_a_revoked_decision_holds_its_letters(self):
        session = self._judge_two(embargo=5)
        letters = self._prepare(session)
        letters[0].action_approve()
        decision = session._get_signed_decision()
        # the embargo hides the paper from all but its makers
        manager = self.env.ref("emulation.group_emulation_manager")
        self.secretary_user.group_ids = [Command.link(manager.id)]
        decision.with_user(self.secretary_user).action_revoke("Sai thẩm quyền")
        self.assertEqual(set(letters.sudo().mapped("state")), {"cancelled"})
        session.sudo().evaluation_ids.verdict_ids.active = False
        with self.assertRaisesRegex(UserError, "stands no more"):
            letters[0].sudo().action_reset()

    def test_a_template_reads_no_more_than_who_uses_it(self):
        template = self.env.ref("emulation.mail_template_recognised").sudo()
        sheet = "object.verdict_id.evaluation_id.sheet_ids[:1].total"
        template.subject = f"Điểm {{{{ {sheet} }}}}"
        letters = self._prepare(user=self.movement_user).sudo()
        for letter in letters:
            total = letter.verdict_id.evaluation_id.sheet_ids[:1].total
            self.assertTrue(total)
            self.assertNotIn(str(total), letter.subject)

    def test_a_text_about_something_else_is_refused(self):
        other = self.env["mail.template"].create(
            {"name": "Khác", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        with self.assertRaisesRegex(UserError, "no text of a letter"):
            self.env["emulation.letter.prepare"].with_user(self.secretary_user).create(
                {"session_id": self.session.id, "returned_template_id": other.id}
            )

    def test_deferral_and_return_have_letters_of_their_own(self):
        session = self._open_session(("Để lại", "Trả lại", "Được công nhận"))
        reasons = {"Để lại": "Cần thử thêm một vụ", "Trả lại": "Thiếu số liệu"}
        due = Date.add(Date.today(), days=20)
        for evaluation in session.sudo().evaluation_ids:
            name = evaluation.initiative_id.name
            if name in reasons:
                self.env["emulation.disposition"].with_user(self.secretary_user).create(
                    {
                        "evaluation_id": evaluation.id,
                        "reason": reasons[name],
                        "outcome": "deferred" if name == "Để lại" else "returned",
                        "date_due": name == "Trả lại" and due,
                    }
                )
        self._decide(self._close(session))
        letters = self._prepare(session.with_user(self.secretary_user))
        self.assertEqual(len(letters), 6)
        for letter in letters:
            reason = reasons.get(letter.initiative_id.name, "")
            self.assertIn(reason, letter.body)
            returned = letter.initiative_id.name == "Trả lại"
            self.assertEqual(returned, bool(letter.due_day))
            self.assertEqual(returned, bool(returned and letter.due_day in letter.body))
        self.assertEqual(len(set(letters.mapped("subject"))), 3)
        with session.with_user(self.secretary_user)._write_results(
            "results.xlsx"
        ) as file:
            rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
        found = {row[2]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
        self.assertIsNone(found["Để lại"]["Score"])
        self.assertEqual(found["Để lại"]["Reason"], reasons["Để lại"])
        self.assertTrue(found["Được công nhận"]["Score"])
        session.with_user(self.secretary_user)._get_results()._check_recomputation()

    def test_letter_on_paper_is_printed(self):
        letter = self._prepare().filtered(lambda one: one.way == "paper")[:1]
        reports = self.env["ir.actions.report"].with_user(self.secretary_user)
        html, _kind = reports._render_qweb_html("emulation.report_letter", letter.ids)
        self.assertIn(letter.partner_id.name, html.decode())
        self.assertIn(self.secretary_user.name, html.decode(), "who signs it")
        self.assertIn("Thử Nghiệm, ngày\u2003 tháng", html.decode())
        letter.with_user(self.secretary_user).action_approve()
        letter.with_user(self.secretary_user).action_send()
        html, _kind = reports._render_qweb_html("emulation.report_letter", letter.ids)
        today = Date.context_today(letter)
        self.assertIn(f"Thử Nghiệm, {official.long_date(today)}", html.decode())
