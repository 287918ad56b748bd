import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestPdfEngine(DocumentCase):
    def test_network_and_files_are_refused(self):
        for url in (
            "http://example.com/logo.png",
            "file:///etc/passwd",
            "/emulation/static/../__manifest__.py",
            "/base/static/missing.png",
        ):
            document = self._create_document(body=f'<p>a</p><img src="{url}">')
            with self.subTest(url=url), self.assertRaisesRegex(UserError, "Document"):
                document._print_pdf()

    def test_pictures_of_the_house_are_printed(self):
        pixel = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
            "WjR9awAAAABJRU5ErkJggg=="
        )
        document = self._create_document()
        picture = self.env["ir.attachment"].create(
            {
                "name": "seal.png",
                "raw": pixel,
                "res_model": "emulation.document",
                "res_id": document.id,
            }
        )
        document.body = (
            f'<p>a</p><img src="/web/image/{picture.id}-abc/seal.png">'
            '<img src="/web/static/img/placeholder.png">'
        )
        self.assertEqual(len(self._print(document)[0].images), 2)

    def test_picture_of_a_paper_one_may_not_read_is_refused(self):
        secret = self._create_document(is_restricted=True)
        picture = self.env["ir.attachment"].create(
            {
                "name": "secret.png",
                "raw": b"GIF89a",
                "mimetype": "image/png",
                "res_model": "emulation.document",
                "res_id": secret.id,
            }
        )
        document = self._create_document(
            body=f'<p>a</p><img src="/web/image/{picture.id}">'
        )
        with self.assertRaises(UserError):
            document.with_user(self.manager_user)._print_pdf()

    def test_client_is_told_the_engine(self):
        action = self._create_document().action_print()
        self.assertEqual(action["pdf_engine"], "weasyprint")
        self.assertEqual(action["type"], "ir.actions.report")

    def test_other_reports_keep_their_engine(self):
        report = self.env["ir.actions.report"].search(
            [("model", "not like", "emulation.")], limit=1
        )
        self.assertEqual(report.pdf_engine, "wkhtmltopdf")

    def test_several_papers_print_as_one_file(self):
        papers = self._create_document() + self._create_document()
        report = self.env["ir.actions.report"]
        content, kind = report._render_qweb_pdf("emulation.report_document", papers.ids)
        self.assertEqual(kind, "pdf")
        with self._open_pdf(content) as pdf:
            self.assertEqual(len(pdf.pages), 2)

    def test_picture_that_is_too_large_is_refused_by_name(self):
        document = self._create_document()
        picture = self.env["ir.attachment"].create(
            {
                "name": "logo.png",
                "raw": b"\x89PNG\r\n\x1a\n" + b"\0" * 50 * 1024 * 1024,
                "mimetype": "image/png",
                "res_model": "emulation.document",
                "res_id": document.id,
            }
        )
        inline = base64.b64encode(b"\0" * 3 * 1024 * 1024).decode()
        for source, limit in (
            (f"/web/image/{picture.id}", "10"),
            (f"data:image/png;base64,{inline}", "2"),
        ):
            self.env["ir.config_parameter"].sudo().set_param(
                "emulation.print_picture_limit_mb", limit
            )
            document.body = f'<p>a</p><img src="{source}">'
            with self.assertRaisesRegex(UserError, f"more than {limit} MB"):
                document._print_pdf()
