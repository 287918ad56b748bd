from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from .common_appraisal import DEMO_SCORES
from .test_unit_recognition import RecognitionCommon


class TransmittalCommon(RecognitionCommon):
    """A district whose head sends what its communes and itself have handed in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.district_a.document_symbol = "HND"
        cls.head_a = cls._create_user("head_a", "officer", cls.district_a, "head")
        line = cls.head_a.emulation_officer_ids
        line.position = "Chủ tịch"

    @classmethod
    def _submit_in_district(cls, name, **vals):
        return cls._submit(name, unit=cls.district_a, user=cls.officer_a, **vals)

    @classmethod
    def _create_batch(cls, initiatives=None, **vals):
        lines = [Command.create({"initiative_id": one.id}) for one in initiatives or ()]
        return (
            cls.env["emulation.transmittal"]
            .with_user(vals.pop("user", cls.officer_a))
            .create(
                {
                    "unit_id": cls.district_a.id,
                    "round_id": cls.round.id,
                    "line_ids": lines,
                    **vals,
                }
            )
        )


@tagged("post_install", "-at_install")
class TestTransmittal(TransmittalCommon):
    """A whole batch sent in one act, received, and followed to its results (R90)."""

    def test_head_endorses_and_sends_all_with_a_numbered_letter(self):
        waiting = self._submit_in_district("Một") | self._submit_in_district("Hai")
        endorsed = self._create_initiative("Ba")
        self._endorse(endorsed)
        batch = self._create_batch()
        batch.action_fill()
        self.assertEqual(batch.line_ids.initiative_id, waiting | endorsed)
        self.assertFalse(batch.problem_count)
        batch.with_user(self.head_a).action_send()
        self.assertEqual(batch.state, "sent")
        self.assertEqual(
            (batch.sent_user_id, batch.date_sent), (self.head_a, Date.today())
        )
        self.assertEqual(set(waiting.mapped("state")), {"endorsed"})
        self.assertEqual(waiting.evaluation_ids.mapped("state"), ["received"] * 2)
        letter = batch.document_ids
        self.assertEqual((letter.state, letter.kind_id.code), ("signed", "TTr"))
        self.assertEqual(letter.reference, "01/TTr-HND")
        self.assertEqual(letter.recipient_ids.unit_id, self.province)
        for one in waiting | endorsed:
            self.assertIn(one.code, letter.body)
            self.assertIn(one.name, letter.body)
        self.assertTrue(letter.pdf_attachment_id)
        told = batch.message_ids[0]
        self.assertIn("sends 3 dossiers", told.body)
        self.assertIn(self.movement_user.partner_id, told.notified_partner_ids)

    def test_each_problem_is_told_and_nothing_is_sent(self):
        fine = self._submit_in_district("Đủ")
        draft = self._create_initiative("Nháp", problem=False)
        other_head = self._submit("Chờ xã")
        recognised_kind = self.env.ref("emulation.initiative_kind_topic")
        recognised_kind.unit_act = "recognise"
        must = self._submit_in_district("Đề tài", kind_id=recognised_kind.id)
        batch = self._create_batch(fine | draft | other_head | must)
        problems = {line.initiative_id: line.problem for line in batch.line_ids}
        self.assertFalse(problems[fine])
        self.assertIn("Draft: the situation before", problems[draft])
        self.assertIn("Waits for the endorsement of head_a1", problems[other_head])
        self.assertIn("Must be recognised", problems[must])
        self.assertEqual(batch.problem_count, 3)
        with self._refused(UserError, "(?s)cannot be sent.*Nháp.*Chờ xã.*Đề tài"):
            batch.with_user(self.head_a).action_send()
        self.assertEqual((batch.state, fine.state), ("draft", "submitted"))
        batch.line_ids.filtered(
            lambda line: line.initiative_id in draft | other_head
        ).unlink()
        batch.write({"decision_number": "8/QĐ-HND", "decision_date": Date.today()})
        batch.with_user(self.head_a).action_send()
        self.assertEqual(must.unit_decision_number, "8/QĐ-HND")
        self.assertEqual(fine.unit_decision_number, "8/QĐ-HND")
        self.assertIn("8/QĐ-HND", batch.document_ids.body)
        self.assertIn("02 hồ sơ đã được công nhận", batch.document_ids.body)

    def test_a_failing_dossier_leaves_everything_as_it_was(self):
        one, other = self._submit_in_district("Một"), self._submit_in_district("Hai")
        batch = self._create_batch(one | other)
        batch.write({"decision_number": "8", "decision_date": "2025-01-01"})
        with self._refused(UserError, "first applied on"):
            batch.with_user(self.head_a).action_send()
        self.assertEqual((one | other).mapped("state"), ["submitted"] * 2)
        self.assertFalse(batch.document_ids)
        self.district_a.document_symbol = False
        batch.write({"decision_number": False, "decision_date": False})
        with self._refused(UserError, "lacks the symbol of “Huyện An”"):
            batch.with_user(self.head_a).action_send()
        self.assertEqual(one.state, "submitted")
        batch.letter = "none"
        batch.with_user(self.head_a).action_send()
        self.assertEqual((batch.state, one.state), ("sent", "endorsed"))
        self.assertFalse(batch.document_ids)

    def test_an_official_letter_read_before_it_is_sent(self):
        batch = self._create_batch(self._submit_in_district("Một"), letter="CV")
        opened = batch.action_draft_letter()
        letter = self.env["emulation.document"].browse(opened["res_id"])
        self.assertEqual(batch.action_draft_letter()["res_id"], letter.id)
        with self._refused(UserError, "send the batch"):
            letter.with_user(self.head_a).action_sign()
        late = self._submit_in_district("Thêm sau")
        batch.line_ids = [Command.create({"initiative_id": late.id})]
        batch.with_user(self.head_a).action_send()
        self.assertEqual(batch.document_ids, letter)
        self.assertEqual(letter.reference, "01/HND")
        self.assertIn("Thêm sau", letter.body)

    def test_a_deputy_signs_for_the_head(self):
        deputy = self._create_user("deputy_a", "officer", self.district_a, "deputy")
        batch = self._create_batch(self._submit_in_district("Một"))
        batch.with_user(deputy).action_send()
        issuer = batch.document_ids.issuer_ids
        self.assertEqual(issuer.signer_user_id, deputy)
        self.assertEqual(
            issuer._signature_titles(), ["KT. CHỦ TỊCH", "PHÓ THỦ TRƯỞNG ĐƠN VỊ"]
        )

    def test_who_may_send(self):
        batch = self._create_batch(self._submit_in_district("Một"))
        for user in (self.officer_a, self.movement_user, self.head_province):
            with self.subTest(user.login):
                self.assertFalse(batch.with_user(user).can_send)
                with self._refused(UserError, "you cannot move it"):
                    batch.with_user(user).action_send()
        for user in (self.officer_b1, self.head_a1, self.leader_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                batch.with_user(user).action_send()
        with self._refused(AccessError, "set by the workflow alone"):
            batch.date_sent = Date.today()
        self.assertEqual(batch.state, "draft")

    def test_the_list_takes_own_dossiers_of_the_round_once(self):
        one = self._submit_in_district("Một")
        elsewhere = self._create_initiative(
            "Huyện khác", self.commune_b1, user=self.officer_b1
        )
        other_round = self._create_initiative(
            "Đợt khác", round_id=self._create_round("T-2").id
        )
        with self.assertRaises(AccessError):
            self._create_batch(elsewhere)
        with self._refused(UserError, "not a dossier of that unit"):
            self._create_batch(elsewhere, user=self.movement_user)
        with self._refused(UserError, "not a dossier of that unit"):
            self._create_batch(other_round)
        batch = self._create_batch(one)
        second = self._create_batch()
        second.action_fill()
        self.assertFalse(second.line_ids)
        batch.with_user(self.head_a).action_send()
        with self._refused(UserError, "has been sent and stays"):
            batch.line_ids.unlink()
        with self._refused(UserError, "has been sent and stays"):
            batch.letter = "CV"
        with self._refused(UserError, "has been sent and stays"):
            batch.unlink()
        with self._refused(UserError, "lists no dossier"):
            second.with_user(self.head_a).action_send()

    def test_what_was_not_handed_in_is_not_overlooked(self):
        self._create_initiative("Chưa nộp")
        batch = self._create_batch()
        self.assertEqual(batch.unsent_count, 1)
        action = batch.action_view_unsent()
        found = self.env["emulation.initiative"].search(action["domain"])
        self.assertEqual(found.mapped("name"), ["Chưa nộp"])

    def test_chosen_in_the_list_of_dossiers(self):
        chosen = self._submit_in_district("Một") | self._submit("Hai")
        mine = chosen.with_user(self.officer_a)
        batch = self.env["emulation.transmittal"].browse(
            mine.action_open_transmittal()["res_id"]
        )
        self.assertEqual(batch.unit_id, self.district_a)
        self.assertEqual(batch.line_ids.initiative_id, chosen)
        other = self._create_initiative(
            "Đợt khác", round_id=self._create_round("T-2").id
        )
        with self.assertRaisesRegex(UserError, "goes to one round"):
            (mine | other.with_user(self.officer_a)).action_open_transmittal()
        with self.assertRaisesRegex(UserError, "one of your units"):
            mine.with_user(self.officer_a2).action_open_transmittal()

    # RECEIPT

    def test_received_with_a_remark_per_line(self):
        one, other = self._submit_in_district("Một"), self._submit_in_district("Hai")
        batch = self._create_batch(one | other)
        with self._refused(AccessError, "entered by the organiser"):
            batch.line_ids[0].remark = "Tự ghi"
        batch.with_user(self.head_a).action_send()
        with self._refused(AccessError, "entered by the organiser"):
            batch.line_ids[0].receipt = "accepted"
        received = batch.with_user(self.movement_user)
        with Form(received) as form:
            with form.line_ids.edit(1) as line:
                line.receipt = "returned"
        with self._refused(UserError, "say in the remark"):
            received.action_receive()
        received.line_ids[1].remark = "Thiếu xác nhận áp dụng"
        received.action_receive()
        self.assertEqual(batch.state, "partly_returned")
        self.assertEqual(batch.received_user_id, self.movement_user)
        self.assertEqual(batch.line_ids.mapped("receipt"), ["accepted", "returned"])
        self.assertEqual((one.state, other.state), ("endorsed", "returned"))
        self.assertEqual(other.return_reason, "Thiếu xác nhận áp dụng")
        self.assertTrue(other.date_return_due)
        told = batch.message_ids[0]
        self.assertIn("1 dossiers accepted, 1 returned", told.body)
        self.assertIn(self.head_a.partner_id, told.notified_partner_ids)
        # completed, it goes on another list
        other.with_user(self.officer_a).action_submit()
        second = self._create_batch()
        second.action_fill()
        self.assertEqual(second.line_ids.initiative_id, other)

    def test_the_unit_answers_itself_by_no_default(self):
        """A context or a value kept for new forms is no way around the organiser."""
        dossier = self._submit_in_district("Một")
        lines = self.env["emulation.transmittal.line"].with_user(self.officer_a)
        own = {"transmittal_id": self._create_batch().id, "initiative_id": dossier.id}
        for field, value in (("receipt", "returned"), ("remark", "Tự trả lại")):
            with self.subTest(field):
                with self._refused(AccessError, "entered by the organiser"):
                    lines.with_context(**{f"default_{field}": value}).create(own)
                kept = self.env["ir.default"].with_user(self.officer_a)
                kept.set(lines._name, field, value, user_id=True)
                with self._refused(AccessError, "entered by the organiser"):
                    lines.create(own)
                with self._refused(AccessError, "entered by the organiser"):
                    self._create_batch(dossier)
                kept.discard_values(lines._name, field, [value])
        self.assertEqual(lines.create(own).receipt, "waiting")

    def test_received_whole_by_the_movement_office_only(self):
        batch = self._create_batch(self._submit_in_district("Một"))
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            batch.with_user(self.movement_user).action_receive()
        batch.with_user(self.head_a).action_send()
        for user in (self.officer_a, self.head_a):
            with self._refused(UserError, "you cannot move it"):
                batch.with_user(user).action_receive()
        batch.with_user(self.movement_user).action_receive()
        self.assertEqual(
            (batch.state, batch.line_ids.receipt), ("received", "accepted")
        )

    # OUTCOME

    def test_outcome_is_shown_once_published(self):
        names = ("Được", "Không được")
        one, other = (self._submit_in_district(name) for name in names)
        batch = self._create_batch(one | other)
        batch.with_user(self.head_a).action_send()
        evaluations = (one | other).sudo().evaluation_ids
        evaluations = evaluations.with_user(self.movement_user)
        evaluations.action_check_all()
        evaluations.action_mark_eligible()
        session = self._plan_session(evaluations)
        session.action_open()
        for user in self._scoring_users():
            for sheet in session.sudo().evaluation_ids.sheet_ids.with_user(user):
                if sheet.sudo().user_id != user:
                    continue
                points = DEMO_SCORES["D4"]
                if sheet.sudo().evaluation_id.initiative_id == other:
                    points = (2, 1, 1, 1)
                for line, given in zip(sheet.line_ids, points, strict=True):
                    line.points = given
                sheet.action_submit()
        kept = session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        lines = batch.line_ids
        self.assertEqual(lines.mapped("result"), [False, False])
        self.assertFalse(lines.grade_id)
        self.assertEqual(batch.recognised_count, 0)
        decision = self._decide(session)
        self.assertEqual(lines.mapped("result"), ["recognised", "not_recognised"])
        self.assertTrue(lines[0].grade_id)
        self.assertEqual(lines[0].decision_reference, decision.reference)
        self.assertEqual(batch.recognised_count, 1)

    # SCALE

    def test_two_hundred_in_one_act_ask_the_database_hardly_more(self):
        numbers = {}
        for count in (20, 200):
            template = self._create_initiative(
                f"Gốc {count}", self.district_a, user=self.officer_a
            )
            copies = template.sudo()
            copies = copies.create(
                [
                    template.sudo().copy_data()[0] | {"name": f"Lô {count} số {number}"}
                    for number in range(count)
                ]
            )
            copies.author_ids.sudo().is_confirmed = True
            for one in copies:
                one.attachment_ids = template.attachment_ids
            copies.write({"state": "submitted"})
            copies.sudo().submitted_user_id = self.officer_a
            batch = self._create_batch(copies, letter="none")
            sending = batch.with_user(self.head_a)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            sending.action_send()
            self.env.flush_all()
            numbers[count] = self.cr.sql_log_count - before
            self.assertEqual(set(copies.mapped("state")), {"endorsed"})
        more = numbers[200] - numbers[20]
        self.assertLess(more / 180, 3, f"queries by size of the batch: {numbers}")
