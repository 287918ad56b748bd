from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestRoundReminder(AppraisalCommon):
    """Late units are urged by official letters, drafted from the round (R20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communes = cls.commune_a1 | cls.commune_a2 | cls.commune_b1
        cls.level = cls.env.ref("emulation.unit_level_commune")

    def _dialog(self, user=None, **vals):
        rnd = self.round.with_user(user or self.movement_user)
        action = rnd.action_open_remind()
        dialog = self.env[action["res_model"]].with_user(rnd.env.user)
        with Form(dialog.with_context(**action["context"])) as form:
            form.level_ids.add(self.level)
            for name, value in vals.items():
                setattr(form, name, value)
        return form.record

    def _papers(self, action):
        papers = self.env["emulation.document"]
        if action.get("res_id"):
            return papers.browse(action["res_id"])
        return papers.search(action["domain"])

    def test_late_are_those_that_sent_nothing(self):
        self.assertEqual(self._dialog().unit_ids, self.communes)
        self._create_initiative("Nộp").action_submit()
        self.assertEqual(self._dialog().unit_ids, self.communes - self.commune_a1)
        late = self._dialog(lateness="batch")
        self.assertEqual(late.unit_ids, self.communes, "a dossier is no batch")

    def test_an_office_is_urged_and_not_its_place(self):
        office = self._create_unit(
            "T35B1U", "Ủy ban xã Bình Một", "front", "commune", self.commune_b1
        )
        for lateness in ("dossier", "batch"):
            units = self._dialog(lateness=lateness).unit_ids
            self.assertIn(office, units)
            self.assertNotIn(self.commune_b1, units)

    def test_nobody_is_late_without_a_deadline(self):
        self.assertTrue(self.round.with_user(self.movement_user).can_remind)
        self.env.cr.execute(
            "UPDATE emulation_round SET kind = 'standing', date_close = NULL"
            " WHERE id = %s",
            [self.round.id],
        )
        self.round.invalidate_recordset()
        self.assertFalse(self.round.with_user(self.movement_user).can_remind)
        with self._refused(UserError, "nobody is late"):
            self.round.with_user(self.movement_user).action_open_remind()

    def test_one_letter_to_all_lists_them(self):
        paper = self._papers(self._dialog().action_confirm())
        self.assertEqual(paper.kind_id.code, "CV")
        self.assertEqual(paper.unit_id, self.round.unit_id)
        addressees = paper.recipient_ids.filtered("is_addressee")
        self.assertEqual(addressees.unit_id, self.communes)
        self.assertIn(self.round.name, paper.subject)
        self.assertIn("chưa gửi hồ sơ nào", paper.body)
        self.assertTrue(
            all(name in paper.annex_ids.body for name in self.communes.mapped("name"))
        )
        self.assertEqual(self.round.with_user(self.movement_user).reminder_count, 1)
        shown = self.round.with_user(self.movement_user).action_view_reminders()
        self.assertEqual(self._papers(shown), paper)

    def test_a_letter_to_each(self):
        dialog = self._dialog(way="each", date_reply=Date.today() + timedelta(days=3))
        papers = self._papers(dialog.action_confirm())
        self.assertEqual(len(papers), 3)
        self.assertEqual(
            papers.recipient_ids.filtered("is_addressee").unit_id, self.communes
        )
        self.assertFalse(papers.annex_ids)
        paper = papers.filtered(
            lambda one: self.commune_b1 in one.recipient_ids.unit_id
        )
        self.assertIn(self.commune_b1.name, paper.body)
        self.province.document_symbol = "MTTQ-BTT"
        paper.issuer_ids.write({"signer_name": "Bà Thử", "position": "CHỦ TỊCH"})
        paper.with_user(self.manager_user).action_sign()
        self.assertEqual(paper.delivery_ids.unit_id, self.commune_b1)

    def test_who_has_sent_meanwhile_is_not_urged(self):
        paper = self._papers(self._dialog().action_confirm())
        self._create_initiative("Nộp").action_submit()
        paper.issuer_ids.write({"signer_name": "Bà Thử", "position": "CHỦ TỊCH"})
        with self._refused(UserError, f"{self.commune_a1.name} sent in the meantime"):
            paper.with_user(self.manager_user).action_sign()

    def test_refusals(self):
        dialog = self._dialog()
        dialog.unit_ids |= self.round.unit_id
        with self._refused(UserError, "not late in"):
            dialog.action_confirm()
        dialog.unit_ids = False
        with self._refused(UserError, "No unit is chosen"):
            dialog.action_confirm()
        passed = self._dialog(date_reply=Date.today() - timedelta(days=1))
        with self._refused(UserError, "has passed"):
            passed.action_confirm()
        for user in (self.officer_a1, self.head_a1, self.leader_user):
            with self._refused(AccessError, "."):
                self._dialog(user)
        self.assertFalse(self.round.with_user(self.officer_a1).can_remind)
        with self._refused(AccessError, "."):
            self.env["emulation.round.reminder"].with_user(self.officer_a1).search([])

    def test_the_text_says_whether_the_deadline_has_passed(self):
        paper = self._papers(self._dialog().action_confirm())
        self.assertNotIn("quá thời hạn", paper.body)
        self.env.cr.execute(
            "UPDATE emulation_round SET date_open = '2020-01-01',"
            " date_close = '2020-02-01' WHERE id = %s",
            [self.round.id],
        )
        self.round.invalidate_recordset()
        paper = self._papers(self._dialog().action_confirm())
        self.assertIn("quá thời hạn", paper.body)
        self.assertIn("trước ngày 01 tháng 02 năm 2020", paper.body)
