import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import tagged

from .common_award import AwardCommon
from .common_files import DOCX, HTML, MACROS


@tagged("post_install", "-at_install")
class TestNominationBoard(AwardCommon):
    """Who appraises, and what goes back with what is returned: nothing of the board."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()

    def _submit(self, user=None, **vals):
        nomination = self._nominate(self.verdict, user, **vals)
        nomination.action_submit()
        return nomination

    def _return(self, nomination, reason="Thiếu báo cáo", user=None):
        user = user or self.award_user
        action = nomination.with_user(user).action_open_return()
        dialog = self._dialog(action, user)
        dialog.reason = reason
        dialog.save().action_confirm()

    # WHAT IS RETURNED

    def test_what_the_board_entered_does_not_go_back_with_it(self):
        self._force(self.merit, needs_ballot=True)
        nomination = self._submit(self.officer_a1)
        entered = {
            "opinion": "Chưa đủ thuyết phục",
            "votes_for": 8,
            "votes_present": 9,
            "votes_appointed": 11,
            "minutes_reference": "12/BB",
            "minutes_date": "2026-01-05",
        }
        nomination.with_user(self.award_user).write(entered)
        self._return(nomination)
        self.assertEqual(nomination.state, "draft")
        for name in (*entered, "date_due"):
            self.assertFalse(nomination[name], name)
        self.assertEqual(nomination.refuse_reason, "Thiếu báo cáo")
        history = "".join(nomination.sudo().message_ids.mapped("body"))
        for words in ("Chưa đủ thuyết phục", "12/BB", "05/01/2026", "Votes for: 8"):
            self.assertIn(words, history)
        # what was entered is told to nobody by mail
        note = nomination.sudo().message_ids.filtered(
            lambda one: "Chưa đủ thuyết phục" in one.body
        )
        self.assertFalse(note.notified_partner_ids)
        # who may read the nomination may read its history, and nobody else
        seen = self.env["mail.message"].with_user(self.award2_user)
        self.assertTrue(seen.search([("id", "=", note.id)]))
        other = self.env["mail.message"].with_user(self.officer_b1)
        self.assertFalse(other.search([("id", "=", note.id)]))
        # handed in again, it starts afresh
        nomination.action_submit()
        self.assertFalse(nomination.refuse_reason)
        self.assertTrue(nomination.date_due)
        with self._refused(UserError, "Write the opinion of the board"):
            nomination.with_user(self.award_user).action_appraise()

    def test_what_was_not_appraised_leaves_no_word(self):
        nomination = self._submit()
        self._return(nomination)
        history = "".join(nomination.sudo().message_ids.mapped("body"))
        self.assertNotIn("Entered by the board", history)

    # PAPERS OF THE DOSSIER

    def test_papers_are_known_by_content_and_freeze_with_the_nomination(self):
        nomination = self._nominate(self.verdict, self.officer_a1)
        paper = nomination.item_ids[0].with_user(self.officer_a1)
        for content, name, pattern in (
            (HTML, "bao-cao.pdf", "another type of file than “bao-cao.pdf”"),
            (MACROS, "bao-cao.docx", "saved without macros"),
            (DOCX, "bao-cao.pdf", "the right name for “bao-cao.pdf”"),
        ):
            with self._refused(ValidationError, f"“Báo cáo thành tích” of.*{pattern}"):
                paper.write({"file": base64.b64encode(content), "file_name": name})
        paper.write({"file": base64.b64encode(DOCX), "file_name": "bao-cao.docx"})
        nomination.action_submit()
        file = self.env["ir.attachment"].search(
            [("res_model", "=", paper._name), ("res_id", "=", paper.id),
             ("res_field", "=", "file")]
        )  # fmt: skip
        with self._refused(AccessError, "changed on the record it proves"):
            file.with_user(self.officer_a1).raw = DOCX + b" "
        with self._refused(UserError, "stays as it is"):
            paper.file = False

    # WHO APPRAISES

    def _assert_concerned(self, nomination, user):
        board = nomination.with_user(user)
        for can in ("can_appraise", "can_refuse", "can_return"):
            self.assertFalse(board[can], can)
        with self._refused(AccessError, "never by who entered it"):
            board.opinion = "Xứng đáng"
        nomination.sudo().opinion = "Xứng đáng"
        with self._refused(UserError, "cannot move"):
            board.action_appraise()
        with self._refused(UserError, "cannot move"):
            board.action_open_return()
        answer = self.env["emulation.nomination.answer"].with_user(user)
        answer = answer.create(
            {"nomination_ids": nomination.ids, "outcome": "refuse", "reason": "Không"}
        )
        with self._refused(UserError, "cannot move"):
            answer.action_confirm()

    def test_who_entered_it_does_not_appraise_it(self):
        """Somebody else hands in what one has prepared: it stays one's own."""
        nomination = self._nominate(
            self.verdict, self.movement_user, award_id=self.front_merit.id
        )
        nomination.with_user(self.movement2_user).action_submit()
        for user in (self.movement_user, self.movement2_user):
            self._assert_concerned(nomination, user)
        third = self._create_user("movement3", "movement", self.province)
        self._appraise(nomination, third)

    def test_a_second_account_of_who_entered_it(self):
        nomination = self._submit(self.officer_a1)
        self.officer_a1.partner_id.phone = "0912345678"
        self.award_user.partner_id.phone = "+84 912 345 678"
        self._assert_concerned(nomination, self.award_user)
        self._appraise(nomination, self.award2_user)

    def test_a_second_contact_of_the_nominee(self):
        nomination = self._submit(self.officer_a1)
        nomination.partner_id.email = "mot.nguoi@example.com"
        self.award_user.partner_id.email = "Mot.Nguoi@example.com"
        self._assert_concerned(nomination, self.award_user)
        self._appraise(nomination, self.award2_user)

    def _nominate_unit(self, unit):
        return self._submit(
            self.officer_a1,
            recipient_kind_id=self.collective.id,
            partner_id=False,
            recipient_unit_id=unit.id,
        )

    def test_the_people_of_a_nominated_unit(self):
        """Its officers, and whoever works there; those of other units appraise."""
        nomination = self._nominate_unit(self.board_unit)
        self._assert_concerned(nomination, self.award_user)
        self.award2_user.partner_id.emulation_unit_id = self.board_unit
        self._assert_concerned(nomination, self.award2_user)
        self.award2_user.partner_id.emulation_unit_id = self.department
        self._appraise(nomination, self.award2_user)

    def test_leaving_the_office_for_a_day_changes_nothing(self):
        nomination = self._nominate_unit(self.board_unit)
        line = self.board_unit.officer_ids.filtered(
            lambda one: one.user_id == self.award_user
        )
        line.date_end = Date.today()
        self._assert_concerned(nomination, self.award_user)
        line.date_end = Date.subtract(Date.today(), days=400)
        self._appraise(nomination, self.award_user)

    # DATES

    def test_no_proposal_is_older_than_what_it_rests_on(self):
        nomination = self._submit()
        self._appraise(nomination)
        nomination.sudo().date_appraised = Date.today()
        proposal = (
            self.env["emulation.proposal"]
            .with_user(self.award_user)
            .create(
                {
                    "award_id": self.merit.id,
                    "year": nomination.year,
                    "unit_id": self.board_unit.id,
                }
            )
        )
        proposal.action_fill()
        paper = self._paper(proposal.action_draft_proposal())
        paper.date_signed = Date.subtract(Date.today(), days=1)
        with self._refused(UserError, "of its nominations was appraised|in the year"):
            paper.with_user(self.board_head).action_sign()
        paper.date_signed = Date.today()
        paper.with_user(self.board_head).action_sign()
        self.assertEqual(proposal.state, "proposed")
