from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date


class EmulationDocumentRegister(models.Model):
    """Run of numbers of one issuer, year and series (sổ đăng ký văn bản).

    Decree 30/2020/NĐ-CP, article 15: numbers start at 01 on 1 January, without a
    gap, in the order of the dates. The row is locked while a number is taken.
    """

    _name = "emulation.document.register"
    _description = "Document Register"
    _order = "year desc, unit_id, series, id"

    unit_id = fields.Many2one(
        "emulation.unit", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    series = fields.Char(required=True, readonly=True)
    last_number = fields.Integer(required=True, readonly=True, aggregator="sum")
    date_last = fields.Date(string="Date of the last number", readonly=True)

    _series_unique = models.UniqueIndex("(unit_id, year, series)")

    @api.depends("unit_id", "year", "series")
    def _compute_display_name(self):
        for register in self:
            register.display_name = (
                f"{register.unit_id.name} – {register.series} {register.year}"
            )

    @api.model
    def _take_number(self, unit, series, date, paper):
        """Take the next number of a series for a paper of that date.

        :param unit: the unit whose series it is
        :param series: code of the series
        :param date: date printed on the paper
        :param paper: name of the paper, for messages
        :return: the number, from 1
        :raises UserError: when the last number of the series has a later date, or
            when another paper of the series is being numbered at this moment
        """
        register = self.sudo()._find_or_create(unit, series, date.year)
        if not register.try_lock_for_update():
            raise UserError(
                self.env._(
                    "Another document of the series “%(series)s” is being signed at "
                    "this moment. Sign “%(document)s” again in a few seconds.",
                    series=register.display_name,
                    document=paper,
                )
            )
        register.invalidate_recordset(["last_number", "date_last"])
        if register.date_last and date < register.date_last:
            raise UserError(
                self.env._(
                    "“%(document)s” is dated %(date)s, but number %(number)s of "
                    "“%(series)s” was signed on %(last)s. Date it on or after that "
                    "day.",
                    document=paper,
                    date=format_date(self.env, date),
                    number=register.last_number,
                    series=register.display_name,
                    last=format_date(self.env, register.date_last),
                )
            )
        register.write({"last_number": register.last_number + 1, "date_last": date})
        return register.last_number

    @api.model
    def _find_or_create(self, unit, series, year):
        domain = [
            ("unit_id", "=", unit.id),
            ("year", "=", year),
            ("series", "=", series),
        ]
        register = self.search(domain)
        if register:
            return register
        # Two first papers of a year at once: the second waits here and is retried
        self.env.cr.execute(
            SQL(
                "INSERT INTO emulation_document_register"
                " (unit_id, company_id, year, series, last_number,"
                "  create_uid, write_uid, create_date, write_date)"
                " VALUES (%(unit)s, %(company)s, %(year)s, %(series)s, 0,"
                "  %(uid)s, %(uid)s, now() at time zone 'utc',"
                "  now() at time zone 'utc')"
                " ON CONFLICT DO NOTHING",
                unit=unit.id,
                company=unit.company_id.id,
                year=year,
                series=series,
                uid=self.env.uid,
            ),
            log_exceptions=False,
        )
        return self.search(domain)
