from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Year of a series that runs on from year to year
RUNNING = 0


class EmulationUnit(models.Model):
    _inherit = "emulation.unit"

    golden_book_series = fields.Selection(
        [("year", "Begins anew each year"), ("running", "Runs on")],
        string="Numbers of the golden book",
        required=True,
        default="year",
        help="How certificates issued by this unit are numbered (sổ vàng)",
    )


class EmulationGoldenBook(models.Model):
    """Run of numbers of the certificates of one issuer (sổ vàng).

    Numbers are taken when certificates are issued, without a gap: the row is locked
    meanwhile, and what fails gives its numbers back.
    """

    _name = "emulation.golden.book"
    _description = "Golden Book"
    _order = "year desc, unit_id, id"

    unit_id = fields.Many2one(
        "emulation.unit", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    year = fields.Integer(readonly=True, aggregator=None, help="0: it runs on")
    last_number = fields.Integer(required=True, readonly=True, aggregator="sum")
    certificate_ids = fields.One2many("emulation.certificate", "golden_book_id")

    _series_unique = models.UniqueIndex("(unit_id, year)")

    @api.depends("unit_id", "year")
    def _compute_display_name(self):
        for book in self:
            name = book.unit_id.name or ""
            book.display_name = f"{name} – {book.year}" if book.year else name

    def action_view_certificates(self):
        """Open the certificates entered in this book, in the order of their numbers."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_certificate_action"
        )
        return {
            **action,
            "name": self.display_name,
            "domain": [("golden_book_id", "=", self.id)],
            "path": False,
        }

    def action_print(self):
        """Print the register with all its certificates."""
        report = self.env.ref("emulation.emulation_golden_book_report")
        return report.report_action(self)

    @api.model
    def _take_numbers(self, unit, year, count):
        """Take the next ``count`` numbers of a unit's book, in one go.

        :return: the book, and the first of the numbers
        :raises UserError: when other certificates are being entered at this moment
        """
        year = RUNNING if unit.golden_book_series == "running" else year
        book = self.sudo()._find_or_create(unit, year)
        if not book.try_lock_for_update():
            raise UserError(
                self.env._(
                    "Other certificates are being entered in the golden book "
                    "“%(book)s” at this moment. Try again in a few seconds.",
                    book=book.display_name,
                )
            )
        book.invalidate_recordset(["last_number"])
        first = book.last_number + 1
        book.last_number += count
        return book, first

    @api.model
    def _find_or_create(self, unit, year):
        domain = [("unit_id", "=", unit.id), ("year", "=", year)]
        if book := self.search(domain):
            return book
        # Two first ones at once: the second waits here and is retried
        self.env.cr.execute(
            SQL(
                "INSERT INTO emulation_golden_book"
                " (unit_id, company_id, year, last_number,"
                "  create_uid, write_uid, create_date, write_date)"
                " VALUES (%(unit)s, %(company)s, %(year)s, 0, %(uid)s, %(uid)s,"
                "  now() at time zone 'utc', now() at time zone 'utc')"
                " ON CONFLICT DO NOTHING",
                unit=unit.id,
                company=unit.company_id.id,
                year=year,
                uid=self.env.uid,
            ),
            log_exceptions=False,
        )
        return self.search(domain)

    def _printed_rows(self):
        """Return the certificates of the book that the user may read, by number."""
        self.ensure_one()
        return self.certificate_ids.sorted("golden_number")


class EmulationCertificate(models.Model):
    """Every certificate has its number in the golden book of who issues it."""

    _inherit = "emulation.certificate"

    golden_book_id = fields.Many2one(
        "emulation.golden.book",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    golden_number = fields.Integer(
        string="Golden-book number", readonly=True, copy=False, aggregator=None
    )
    golden_reference = fields.Char(
        string="No. in the golden book",
        compute="_compute_golden_reference",
        store=True,
        help="Number and year, as printed; empty on certificates issued before there "
        "was a golden book",
    )

    _golden_unique = models.UniqueIndex(
        "(golden_book_id, golden_number) WHERE golden_book_id IS NOT NULL",
        "Another certificate already has this number in the golden book. Issue it "
        "again.",
    )

    @api.depends("golden_book_id", "golden_number")
    def _compute_golden_reference(self):
        for certificate in self:
            book, number = certificate.golden_book_id, certificate.golden_number
            year = f"/{book.year}" if book.year else ""
            certificate.golden_reference = f"{number:02d}{year}" if book else False

    @api.model
    def _issue(self, document, vals_list):
        """Enter what is issued in the golden book, in the order of the list."""
        certificates = super()._issue(document, vals_list)
        if certificates:
            paper = document.sudo()
            book, first = self.env["emulation.golden.book"]._take_numbers(
                paper.unit_id, paper.date_signed.year, len(certificates)
            )
            for number, certificate in enumerate(certificates.sudo(), start=first):
                certificate.write({"golden_book_id": book.id, "golden_number": number})
        return certificates
