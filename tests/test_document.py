import hashlib
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01")
class TestDocumentSigning(DocumentCase):
    def _registers(self):
        registers = self.env["emulation.document.register"]
        return registers.search([("unit_id", "=", self.province.id)])

    def test_signing_numbers_freezes_and_locks(self):
        document = self._create_document(date_signed="2026-05-25")
        document.with_user(self.movement_user).action_sign()
        self.assertRecordValues(
            document,
            [
                {
                    "state": "signed",
                    "number": 1,
                    "year": 2026,
                    "reference": "01/QĐ-MTTQ-BTT",
                    "date_signed": fields.Date.to_date("2026-05-25"),
                }
            ],
        )
        content = document.pdf_attachment_id.raw
        self.assertEqual(document.pdf_sha256, hashlib.sha256(content).hexdigest())
        self.assertTrue(content.startswith(b"%PDF-"))
        for record, vals in (
            (document, {"subject": "khác"}),
            (document, {"body": "<p>khác</p>"}),
            (document, {"date_signed": "2026-04-01"}),
            (document, {"state": "draft"}),
            (document.issuer_ids, {"signer_name": "Người khác"}),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "01/QĐ"):
                record.write(vals)
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            document.unlink()
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            document.recipient_ids = [(0, 0, {"name": "Thêm"})]
        with self.assertRaisesRegex(AccessError, "01/QĐ"):
            document.with_user(self.manager_user).check_access("write")
        with self.assertRaises(AccessError):
            document.with_user(self.manager_user).pdf_attachment_id.raw = b"forged"

    def test_signed_print_is_the_frozen_file_even_after_a_renaming(self):
        document = self._create_document()
        document.action_sign()
        content = document.pdf_attachment_id.raw
        self.province.write({"name": "Tên khác", "letterhead": "TÊN KHÁC"})
        printed = document.with_user(self.movement_user)._print_pdf()
        self.assertEqual(printed, content)
        self.assertEqual(hashlib.sha256(printed).hexdigest(), document.pdf_sha256)

    def test_altered_file_is_not_served(self):
        document = self._create_document()
        document.action_sign()
        document.pdf_attachment_id.sudo().raw = b"%PDF-forged"
        with self.assertRaisesRegex(UserError, "01/QĐ.*backup"):
            document._print_pdf()

    def test_numbers_run_by_issuer_series_and_year(self):
        self.district_a.document_symbol = "UB"
        days = ["2025-12-30", "2025-12-31", "2026-05-20", "2026-05-20"]
        papers = [self._create_document(date_signed=day) for day in days]
        plan = self._create_document("KH", date_signed="2026-05-20")
        other = self._create_document(unit=self.district_a, date_signed="2026-05-20")
        for paper in [*papers, plan, other]:
            self._sign_dated(paper)
        self.assertEqual([paper.number for paper in papers], [1, 2, 1, 2])
        self.assertEqual((plan.number, other.number), (1, 1))
        registers = self._registers().filtered(lambda row: row.series == "QĐ")
        self.assertEqual(registers.mapped("last_number"), [2, 2])

    def test_eleventh_number_has_no_leading_zero(self):
        self._create_document(date_signed="2026-05-20").action_sign()
        self._registers().last_number = 10
        document = self._create_document(date_signed="2026-05-20")
        document.action_sign()
        self.assertEqual(document.reference, "11/QĐ-MTTQ-BTT")

    def test_date_before_the_last_of_the_series_is_refused(self):
        self._create_document(date_signed="2026-05-10").action_sign()
        early = self._create_document(date_signed="2026-05-09")
        with self.assertRaisesRegex(UserError, "Về việc thử nghiệm.*number 1"):
            early.action_sign()
        self.assertRecordValues(
            early, [{"state": "draft", "number": 0, "pdf_sha256": False}]
        )
        early.date_signed = "2026-05-10"
        early.action_sign()
        self.assertEqual(early.number, 2, "the refused try left no gap")

    @freeze_time("2026-06-01")
    def test_date_to_come_is_refused_and_none_means_today(self):
        document = self._create_document(date_signed="2026-06-03")
        with self.assertRaisesRegex(UserError, "Về việc thử nghiệm.*yet to come"):
            document.action_sign()
        document.date_signed = False
        document.action_sign()
        self.assertEqual(document.date_signed, fields.Date.to_date("2026-06-01"))

    def test_ended_unit_issues_nothing_more(self):
        self.province.date_end = "2026-05-30"
        document = self._create_document(date_signed="2026-05-31")
        with self.assertRaisesRegex(UserError, "Tỉnh Thử Nghiệm.*Về việc thử nghiệm"):
            document.action_sign()
        document.date_signed = "2026-05-30"
        document.action_sign()
        self.assertEqual(document.number, 1)

    def test_incomplete_papers_are_refused_by_name_and_keep_no_number(self):
        cases = (
            ("signer", {"issuer_ids": [self._issuer(self.province, signer_name=" ")]}),
            ("position", {"issuer_ids": [self._issuer(self.province, position="")]}),
            ("TM", {"issuer_ids": [self._issuer(self.province, authority="tm")]}),
            ("a text", {"body": "<p><br></p>"}),
            ("symbol", {"symbol": ""}),
            ("host", {"issuer_ids": [self._issuer(self.district_a)], "symbol": "UB"}),
            ("secretary", {"kind_id": self._kind("BB").id}),
            ("addressee", {"kind_id": self._kind("TTr").id}),
        )
        for word, vals in cases:
            document = self._create_document(**vals)
            with (
                self.subTest(word=word),
                self.assertRaisesRegex(UserError, f"(?s)Về việc thử nghiệm.*{word}"),
            ):
                document.action_sign()
            self.assertFalse(document.number)
            self.assertFalse(document.pdf_attachment_id)
        self.assertFalse(self._registers())

    def test_failure_after_numbering_leaves_nothing(self):
        document = self._create_document()
        with (
            patch.object(type(document), "_print_pdf", side_effect=UserError("no")),
            self.assertRaises(UserError),
        ):
            document.action_sign()
        self.assertEqual((document.state, document.number), ("draft", 0))
        self.assertFalse(self._registers().filtered("last_number"))

    def test_second_signature_at_the_same_moment_is_told_to_wait(self):
        self._create_document(date_signed="2026-05-20").action_sign()
        second = self._create_document(date_signed="2026-05-20")
        register = type(self.env["emulation.document.register"])
        with (
            patch.object(register, "try_lock_for_update", lambda self: self.browse()),
            self.assertRaisesRegex(UserError, "at this moment"),
        ):
            second.action_sign()
        self.assertEqual(second.state, "draft")

    def test_number_is_taken_under_a_row_lock(self):
        self._create_document(date_signed="2026-05-20").action_sign()
        locked = []
        register = type(self.env["emulation.document.register"])
        original = register.try_lock_for_update

        def spy(records, **kwargs):
            locked.append(records.ids)
            return original(records, **kwargs)

        with patch.object(register, "try_lock_for_update", spy):
            self._create_document(date_signed="2026-05-20").action_sign()
        self.assertEqual(len(locked), 1)

    def test_signed_twice_is_refused(self):
        document = self._create_document()
        document.action_sign()
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            document.action_sign()

    def test_system_fields_cannot_be_forged(self):
        Document = self.env["emulation.document"].with_user(self.movement_user)
        base = {
            "kind_id": self._kind("QĐ").id,
            "unit_id": self.province.id,
            "subject": "Về việc giả mạo",
        }
        for vals in (
            {"state": "signed"},
            {"number": 7},
            {"reference": "07/QĐ"},
            {"res_model": "emulation.unit", "res_id": self.province.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                Document.create({**base, **vals})
        document = Document.create(base)
        for vals in ({"state": "signed"}, {"number": 7}, {"res_id": 1}):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(UserError, "Về việc giả mạo"),
            ):
                document.write(vals)

    def test_form_drafts_a_paper(self):
        Document = self.env["emulation.document"].with_user(self.movement_user)
        with Form(Document) as form:
            form.kind_id = self._kind("QĐ")
            form.subject = "Về việc mẫu"
            form.body = "<p>Nội dung</p>"
        document = form.record
        self.assertEqual(document.unit_id, self.province)
        self.assertEqual(document.symbol, "MTTQ-BTT")
        self.assertEqual(document.series, "QĐ")
        self.assertEqual(document.place, "Thử Nghiệm")
        self.assertEqual(document.issuer_ids.unit_id, self.province)
        self.assertEqual(
            document.issuer_ids.letterhead, self.province.letterhead, "copied"
        )

    def test_copy_is_a_draft_with_its_signers(self):
        document = self._create_document()
        document.action_sign()
        copy = document.copy()
        self.assertEqual((copy.state, copy.number), ("draft", 0))
        self.assertFalse(copy.pdf_attachment_id or copy.reference)
        self.assertEqual(copy.issuer_ids.signer_name, "Trần Thị Thử Nghiệm")
        self.assertEqual(copy.symbol, "MTTQ-BTT")


@tagged("post_install", "-at_install")
class TestDocumentRevocation(DocumentCase):
    def _signed(self, **vals):
        document = self._create_document(**vals)
        document.action_sign()
        return document

    def test_manager_revokes_with_a_reason_or_a_signed_document(self):
        document, other = self._signed(), self._signed()
        document.with_user(self.manager_user).action_revoke("Sai thẩm quyền")
        self.assertEqual(document.state, "revoked")
        self.assertEqual(document.revoke_reason, "Sai thẩm quyền")
        self.assertEqual(document.number, 1, "the number stays taken")
        revoking = self._signed(subject="Về việc bãi bỏ")
        action = other.with_user(self.manager_user).action_open_revoke()
        wizard = self.env[action["res_model"]].with_user(self.manager_user)
        with Form(wizard.with_context(**action["context"])) as form:
            form.revoking_document_id = revoking
        form.record.action_confirm()
        self.assertEqual(other.revoked_by_id, revoking)
        self.assertTrue(other.date_revoked)

    def test_refusals(self):
        document, draft = self._signed(), self._create_document()
        manager = document.with_user(self.manager_user)
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            manager.action_revoke()
        for revoking in (draft, document):
            with self.assertRaisesRegex(UserError, "01/QĐ"):
                manager.action_revoke(revoking_document_id=revoking.id)
        with self.assertRaisesRegex(UserError, "Về việc thử nghiệm"):
            draft.with_user(self.manager_user).action_revoke("Lý do")
        with self.assertRaises(AccessError):
            document.with_user(self.movement_user).action_revoke("Lý do")
        self.assertEqual(document.state, "signed")
        manager.action_revoke("Lý do")
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            manager.action_revoke("Lý do")
