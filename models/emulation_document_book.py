import tempfile

from odoo import api, fields, models
from odoo.tools import format_date

from ..tools.sheets import Workbook

# Columns of the register by Decree 30/2020/NĐ-CP, Annex IV: heading, kind of the cell
# in a workbook, its width in signs
COLUMNS = [
    ("Số, ký hiệu văn bản", "text", 22),
    ("Ngày tháng văn bản", "date", 14),
    ("Tên loại và trích yếu nội dung văn bản", "text", 60),
    ("Người ký", "text", 24),
    ("Nơi nhận văn bản", "text", 36),
    ("Đơn vị, người nhận bản lưu", "text", 20),
    ("Số lượng bản", "plain", 10),
    ("Ghi chú", "text", 26),
]


class EmulationDocument(models.Model):
    """What the register says of a paper beside what stands on it."""

    _inherit = "emulation.document"

    copies = fields.Integer(
        string="Number of copies",
        aggregator="sum",
        help="How many copies are issued, for the register",
    )

    def _book_row(self, is_readable):
        """Return the cells of this paper in the register (see ``COLUMNS``)."""
        self.ensure_one()
        if not is_readable:
            hidden = "(Văn bản chưa công bố)"
            return [self.reference, self.date_signed, hidden, "", "", "", "", ""]
        names = self.recipient_ids.sorted(lambda line: not line.is_addressee)
        signers = self._signature_issuers().mapped("signer_name")
        kind = "" if self.layout == "letter" else self.kind_id.name
        return [
            self.reference,
            self.date_signed,
            " ".join(filter(None, (kind, " ".join(self.subject.split())))),
            ", ".join(filter(None, signers)),
            "; ".join(filter(None, names.mapped("name"))),
            self.archive or "VT",
            self.copies or "",
            self._book_note(),
        ]

    def _book_note(self):
        """Return what became of the paper since."""
        if self.state == "revoked":
            by = self.revoked_by_id.reference
            day = format_date(self.env, self.date_revoked, date_format="dd/MM/yyyy")
            return f"Thu hồi ngày {day}" + (f" theo số {by}" if by else "")
        if self.state == "replaced":
            return f"Được thay thế bởi số {self.replaced_by_id.reference}"
        if self.hand_number and self.hand_reason:
            return f"Ghi theo sổ giấy: {self.hand_reason}"
        return ""


class EmulationDocumentRegister(models.Model):
    """The register as a book: one a unit and year, with all its series."""

    _inherit = "emulation.document.register"

    def action_print_book(self):
        """Print the registers of these units and years as books, landscape A4."""
        self.check_access("read")
        report = self.env.ref("emulation.emulation_document_register_report")
        return report.report_action(self)

    def action_export_book(self):
        """Download the register of this unit and year as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/emulation/register/{self.id}",
            "target": "download",
        }

    def _get_books(self):
        """Return the books of these registers: those of one unit and year together."""
        books = []
        for register in self.sorted(lambda one: (-one.year, one.unit_id.id)):
            key = (register.unit_id, register.year)
            if key not in [(book[0].unit_id, book[0].year) for book in books]:
                book = self.search(
                    [("unit_id", "=", key[0].id), ("year", "=", key[1])],
                    order="series, id",
                )
                books.append(book)
        return books

    @api.model
    def _book_headings(self):
        return [heading for heading, _kind, _width in COLUMNS]

    def _book_rows(self):
        """Return the rows of one register in the order of its numbers.

        A paper the reader may not read shows its number and date alone.
        """
        self.ensure_one()
        papers = self._book_papers()
        readable = self.env["emulation.document"].search([("id", "in", papers.ids)])
        return [paper._book_row(paper.id in readable._ids) for paper in papers]

    def _book_papers(self):
        return (
            self.env["emulation.document"]
            .sudo()
            .search(
                [
                    ("unit_id", "=", self.unit_id.id),
                    ("year", "=", self.year),
                    ("series", "=", self.series),
                    ("number", ">", 0),
                ],
                order="number",
            )
        )

    def _write_book(self):
        """Return an open temporary workbook with the book, at its beginning.

        :raises AccessError: for whoever may not read the register
        """
        self.ensure_one()
        self.check_access("read")
        target = tempfile.TemporaryFile()
        try:
            sink = Workbook(target)
            for register in self._get_books()[0]:
                add = sink.add_sheet(register.series[:31], COLUMNS)
                for row in register._book_rows():
                    add(row)
            sink.close()
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return target

    def _get_book_name(self):
        """Return the name of the file, without blanks and signs."""
        self.ensure_one()
        return f"so-van-ban-{self.unit_id.code}-{self.year}.xlsx"
