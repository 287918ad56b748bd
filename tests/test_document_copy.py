import base64
import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestDocumentCopy(DocumentCase):
    """The scan of a signed paper stands beside the frozen PDF, never in its place."""

    def setUp(self):
        super().setUp()
        self.paper = self._create_document()
        self.paper.action_sign()
        self.frozen = self.paper.pdf_attachment_id.raw
        # any PDF will do: another paper as it prints
        self.scan = self._create_document(subject="Bản quét")._print_pdf()

    def _file(self, content=None, user=None, kind="scan", reason=None, name="scan.pdf"):
        paper = self.paper.with_user(user or self.movement_user)
        return paper._file_copy(kind, content or self.scan, name, reason)

    def test_dialog_files_a_copy_and_leaves_the_frozen_pdf(self):
        action = self.paper.with_user(self.movement_user).action_open_file_copy()
        dialog = self.env[action["res_model"]].with_user(self.movement_user)
        with Form(dialog.with_context(**action["context"])) as form:
            form.file = base64.b64encode(self.scan).decode()
        form.record.action_confirm()
        copy = self.paper.copy_ids
        self.assertEqual(copy.sha256, hashlib.sha256(self.scan).hexdigest())
        self.assertEqual(copy.attachment_id.raw, self.scan)
        self.assertEqual(copy.user_id, self.movement_user)
        self.assertEqual(self.paper.pdf_attachment_id.raw, self.frozen)
        entry = self.env["emulation.log"].search(
            [("event", "=", "filed"), ("res_id", "=", self.paper.id)]
        )
        self.assertIn(copy.sha256, entry.text)

    def test_a_second_copy_needs_its_reason_and_keeps_the_first(self):
        first = self._file()
        again = self._create_document(subject="Bản quét đủ trang")._print_pdf()
        with self._refused(UserError, "Say why another one is filed"):
            self._file(again)
        with self._refused(UserError, "is filed already"):
            self._file(reason="Lần nữa")
        second = self._file(again, reason="Bản trước thiếu trang")
        self.paper.invalidate_recordset()
        self.assertEqual(self.paper.copy_ids, second + first)
        self.assertEqual((first.is_current, second.is_current), (False, True))
        self.assertEqual(first.attachment_id.raw, self.scan)

    def test_a_copy_is_not_exchanged(self):
        copy = self._file()
        for record in (copy, copy.attachment_id):
            held = record.with_user(self.manager_user)
            for attempt in (
                lambda held=held: held.write({"name": "khác"}),
                lambda held=held: held.unlink(),
            ):
                with self._refused((AccessError, UserError), "."):
                    attempt()
        with self._refused(AccessError, "."):
            copy.with_user(self.manager_user).create(
                {
                    "document_id": self.paper.id,
                    "kind": "scan",
                    "attachment_id": copy.attachment_id.id,
                    "name": "giả.pdf",
                    "sha256": "0",
                    "date": copy.date,
                    "user_id": self.manager_user.id,
                }
            )

    @mute_logger("pypdf._reader")
    def test_only_a_pdf_that_opens_is_filed(self):
        locked = self._locked_pdf()
        for content, pattern in (
            (b"<html>%PDF-1.4</html>", "is not a PDF"),
            (b"\x89PNG\r\n\x1a\n0000", "is not a PDF"),
            (b"%PDF-1.7\nnothing", "cannot be opened"),
            (locked, "cannot be opened"),
        ):
            with self.subTest(content=content[:12]), self._refused(UserError, pattern):
                self._file(content)
        with self._refused(UserError, "holds no digital signature"):
            self._file(kind="digital")
        self.env["ir.config_parameter"].sudo().set_param(
            "emulation.signed_copy_limit_mb", "1"
        )
        with self._refused(UserError, "larger than 1 MB"):
            self._file(self.scan + b"\0" * 1024 * 1024)
        self.assertFalse(self.paper.copy_ids)

    def _locked_pdf(self):
        import io

        import pypdf

        writer = pypdf.PdfWriter()
        writer.add_blank_page(100, 100)
        writer.encrypt("bí mật")
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()

    def test_digitally_signed_copy(self):
        signed = self.scan + b"\n/ByteRange [0 10 20 30]\n"
        self.assertEqual(self._file(signed, kind="digital").kind, "digital")

    def test_who_files(self):
        paper = self._create_document(
            unit=self.commune_a1,
            recipient_ids=[Command.create({"unit_id": self.commune_b1.id})],
        )
        draft = paper.with_user(self.officer_a1)
        self.assertFalse(draft.can_file_copy)
        with self._refused(UserError, "is a draft"):
            draft.action_open_file_copy()
        self.commune_a1.document_symbol = "UBND"
        paper.symbol = "UBND"
        paper.action_sign()
        self.assertTrue(paper.with_user(self.officer_a1).can_file_copy)
        with self._refused(AccessError, "are filed by an officer"):
            paper.with_user(self.officer_b1)._file_copy("scan", self.scan, "x.pdf")
        with self._refused(AccessError, "."):
            paper.with_user(self.finance_user).action_open_file_copy()
        paper.with_user(self.officer_a1)._file_copy("scan", self.scan, "x.pdf")
        # the unit it was sent to reads the copy too
        paper.copy_ids.with_user(self.officer_b1).check_access("read")
        action = paper.copy_ids.with_user(self.officer_b1).action_open()
        self.assertIn(str(paper.copy_ids.attachment_id.id), action["url"])
        with self._refused(AccessError, "."):
            paper.copy_ids.with_user(self.officer_a2).check_access("read")

    def test_verification_names_the_file_that_was_changed(self):
        copy = self._file()
        paper = self.paper.with_user(self.leader_user)
        told = paper.action_verify()["params"]
        self.assertEqual(told["type"], "success")
        self.assertEqual(told["message"], "Signed PDF: unchanged; scan.pdf: unchanged")
        copy.attachment_id.sudo().raw = self.frozen
        told = paper.action_verify()["params"]
        self.assertEqual(told["type"], "danger")
        self.assertEqual(told["message"], "Signed PDF: unchanged; scan.pdf: CHANGED")
        self.paper.pdf_attachment_id.sudo().raw = self.scan
        self.assertIn("Signed PDF: CHANGED", paper.action_verify()["params"]["message"])
        with self._refused(UserError, "no file to verify"):
            self._create_document().with_user(self.movement_user).action_verify()
