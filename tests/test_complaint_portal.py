import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, freeze_time, tagged

from .common_portal import PortalCommon

TEXT = "Hội đồng chưa xem xác nhận áp dụng tại ba xã"
LOW = (5, 5, 5, 5)


@tagged("post_install", "-at_install")
class TestComplaintPortal(PortalCommon, HttpCase):
    """An author disputes a result from home, and reads the answer there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = cls._complete_draft()
        draft.action_submit()
        cls.dossier = draft.sudo()
        cls.dossier.with_user(cls.head_a1).action_endorse()
        evaluation = cls.dossier.evaluation_ids.with_user(cls.movement_user)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        cls.sitting = cls._plan_session(evaluation)
        cls.sitting.action_open()

    def _decided(self):
        self._close(self.sitting, LOW)
        self._decide(self.sitting)
        return self.dossier.with_user(self.author)

    def _complain(self, token):
        return self.url_open(
            f"/my/initiatives/{self.dossier.id}/complain",
            data={"csrf_token": token, "reason": TEXT},
        )

    def test_from_the_result_to_the_answer(self):
        self._decided()
        self.authenticate(self.author.login, self.author.login.ljust(8, "x"))
        path = f"/my/initiatives/{self.dossier.id}"
        page = self.url_open(path)
        self.assertIn("You do not agree with the result?", page.text)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        page = self._complain(token)
        self.assertIn("Your complaint has been recorded", page.text)
        complaint = self.dossier.verdict_ids.complaint_ids
        self.assertEqual(complaint.text, TEXT)
        self.assertEqual(complaint.partner_id, self.author.partner_id)
        self.assertIn("You are answered by", page.text)
        self.assertNotIn("You do not agree with the result?", page.text)
        # a second tap is answered in words, and what was typed comes back
        page = self._complain(token)
        self.assertIn("a complaint is being handled", page.text)
        self.assertIn(TEXT, page.text)
        handled = complaint.with_user(self.movement_user)
        self.assertFalse(handled.can_edit)
        with Form(handled) as form:
            for name in ("text", "partner_id", "date_received", "verdict_id"):
                with self.assertRaisesRegex(AssertionError, "readonly"):
                    setattr(form, name, False)
        with self.assertRaisesRegex(UserError, "stays"):
            handled.text = "Tôi rút lại"
        handled.answer = "Hồ sơ không có xác nhận nào"
        self.assertNotIn(handled.answer, self.url_open(path).text)
        handled.action_refuse()
        self.assertIn(handled.answer, self.url_open(path).text)

    def test_nothing_to_dispute_before_the_result_is_told(self):
        self._close(self.sitting, LOW)
        mine = self.dossier.with_user(self.author)
        self.assertFalse(mine._get_disputable())
        with self.assertRaisesRegex(UserError, "cannot be disputed here"):
            mine._author_complain(TEXT)

    def test_clock_of_a_client_gives_no_day_more(self):
        """In time is who complains by the clock of the round (Việt Nam, UTC+7)."""
        self.round.tz = "Asia/Ho_Chi_Minh"
        mine = self._decided().with_context(tz="Pacific/Pago_Pago")
        until = self.dossier.sudo().verdict_ids._get_dispute_until()
        with freeze_time(f"{until} 16:30:00"):
            self.assertTrue(mine._get_disputable())
        with freeze_time(f"{until} 17:30:00"):
            self.assertFalse(mine._get_disputable())

    def test_only_authors_with_words_in_time(self):
        mine = self._decided()
        with self.assertRaises(AccessError):
            self.dossier.with_user(self.stranger)._author_complain(TEXT)
        with self.assertRaisesRegex(UserError, "Say what is disputed"):
            mine._author_complain(" \n ")
        self.env.cr.execute(
            "UPDATE emulation_session SET date_public = date_public - 40 WHERE id = %s",
            self.sitting.ids,
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "the time is over"):
            mine._author_complain(TEXT)
        self.assertFalse(self.dossier.verdict_ids.complaint_ids)
