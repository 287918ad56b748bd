import io
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open
from odoo.tools.pdf import PdfFileWriter

from ..tools import weasy

STATIC_PATH = re.compile(r"^/(?P<module>\w+)/static/[^?#]+$")
IMAGE_PATH = re.compile(r"^/web/(?:image|content)/(?P<id>\d+)(?:-\w*)?(?:/[^?#]*)?$")


class IrActionsReport(models.Model):
    """Reports whose PDF is laid out by WeasyPrint, to the millimetre.

    wkhtmltopdf as packaged by distributions shrinks type and knows no page margins
    boxes; an official paper (Decree 30/2020) is measured. A report opts in by
    ``pdf_engine``; all others stay with Odoo's engine. WeasyPrint needs no web
    server to print, so these reports print in tests too.
    """

    _inherit = "ir.actions.report"

    pdf_engine = fields.Selection(
        [
            ("wkhtmltopdf", "wkhtmltopdf (ordinary reports)"),
            ("weasyprint", "WeasyPrint (official documents)"),
        ],
        string="PDF engine",
        required=True,
        default="wkhtmltopdf",
        help="WeasyPrint lays out pages by CSS, with exact sizes; the report must "
        "bring its own styles and may use only files of this database",
    )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"pdf_engine"}

    def report_action(self, docids, data=None, config=True):
        """Return the action; the client skips its wkhtmltopdf check for our engine."""
        weasyprint = self.pdf_engine == "weasyprint"
        action = super().report_action(docids, data, config and not weasyprint)
        if weasyprint:
            action["pdf_engine"] = self.pdf_engine
        return action

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        if self._get_report(report_ref).pdf_engine != "weasyprint":
            return super()._pre_render_qweb_pdf(report_ref, res_ids, data)
        if isinstance(res_ids, int):
            res_ids = [res_ids]
        streams = self._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        return streams, "pdf"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if report.pdf_engine != "weasyprint":
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        data = {**(data or {}), "report_type": "pdf"}
        records = self.env[report.model].browse(dict.fromkeys(res_ids or []))
        records.check_access("read")
        if not self._keeps_records_apart(report):
            content = self._render_weasyprint(report, records.ids, data)
            key = records.id if len(records) == 1 else False
            return {key: self._as_stream(content)}
        streams = {}
        for record in records:
            stored = record._frozen_pdf() if hasattr(record, "_frozen_pdf") else None
            attachment = stored or report.retrieve_attachment(record)
            if stored or (attachment and report.attachment_use):
                content = attachment.raw
            else:
                content = self._render_weasyprint(report, record.ids, data)
            streams[record.id] = self._as_stream(content, attachment)
        return streams

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        report = self
        if self._get_report(report_ref).pdf_engine == "weasyprint":
            report = self.with_context(emulation_whole_files=True)
        return super(IrActionsReport, report)._render_qweb_pdf(
            report_ref, res_ids, data
        )

    @api.model
    def _merge_pdfs(self, streams, *args, **kwargs):
        """Join whole files: page by page, links within a book lead nowhere."""
        if not self.env.context.get("emulation_whole_files"):
            return super()._merge_pdfs(streams, *args, **kwargs)
        writer = PdfFileWriter()
        for stream in streams:
            writer.append(stream)
        result = io.BytesIO()
        streams.append(result)
        writer.write(result)
        return result

    @api.model
    def _keeps_records_apart(self, report):
        """Return whether each record is laid out by itself, with pages from 1.

        So it is where the file of a record is kept: by the report, or by the record
        itself (``_frozen_pdf``). Elsewhere a batch is one text, which is many times
        faster: a ceremony prints hundreds of certificates.
        """
        return bool(report.attachment) or hasattr(self.env[report.model], "_frozen_pdf")

    @api.model
    def _as_stream(self, content, attachment=None):
        return {"stream": io.BytesIO(content), "attachment": attachment}

    def _render_weasyprint(self, report, ids, data):
        """Return the PDF of the report's HTML for these records."""
        text = self._render_qweb_html(report.report_name, ids, data=dict(data))[0]
        limit = self._get_picture_limit()
        try:
            return weasy.to_pdf(
                text.decode(), self._read_for_report, limit * 1024 * 1024
            )
        except weasy.OversizedFileError as error:
            raise UserError(
                self.env._(
                    "“%(report)s” brings a picture of more than %(limit)s MB "
                    "(%(url)s). Make it smaller: 300 dots an inch are enough for "
                    "print.",
                    report=report.name,
                    limit=limit,
                    url=error,
                )
            ) from None
        except weasy.ForbiddenAddressError as error:
            raise UserError(
                self.env._(
                    "“%(report)s” refers to “%(url)s”, which may not be printed: only "
                    "pictures you can read in this database are. Put the picture "
                    "itself into the text, then print again.",
                    report=report.name,
                    url=error.url,
                )
            ) from None

    @api.model
    def _get_picture_limit(self):
        """Return the largest picture of a report in MB, 0 for none (a parameter)."""
        parameter = self.env["ir.config_parameter"].sudo()
        return int(parameter.get_param("emulation.print_picture_limit_mb", "10"))

    @api.model
    def _read_for_report(self, path):
        """Return the content behind a path of this database, ``None`` if refused.

        Static files of installed modules, and attachments that the current user may
        read: nothing that printing would show to a person who could not open it.
        """
        if match := STATIC_PATH.match(path):
            installed = match["module"] in self.env.registry._init_modules
            if not installed or ".." in path:
                return None
            try:
                with file_open(path[1:], "rb") as file:
                    return file.read()
            except (FileNotFoundError, ValueError):
                return None
        if match := IMAGE_PATH.match(path):
            attachment = self.env["ir.attachment"].browse(int(match["id"])).exists()
            if attachment and attachment.has_access("read"):
                is_image = (attachment.mimetype or "").startswith("image/")
                return attachment.raw if is_image else None
        return None
