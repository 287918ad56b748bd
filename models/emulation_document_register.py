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
    first_number = fields.Integer(
        required=True,
        readonly=True,
        default=1,
        aggregator=None,
        help="More than 1 where the numbers before stand in a register on paper",
    )
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
    def _take_number(self, unit, series, date, paper, by_hand=0):
        """Take the next number of a series for a paper of that date.

        :param unit: the unit whose series it is
        :param series: code of the series
        :param date: date printed on the paper
        :param paper: name of the paper, for messages
        :param by_hand: the number it has in a register on paper, 0 for the next one
        :return: the number, from 1
        :raises UserError: when the last number of the series has a later date, when
            the number by hand would leave a gap or exists, or when another paper of
            the series is being numbered at this moment
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
        register.invalidate_recordset(["first_number", "last_number", "date_last"])
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
        number = register._next_number(by_hand, paper)
        register.write({"last_number": number, "date_last": date})
        return number

    def _next_number(self, by_hand, paper):
        """Return the number that follows; by hand none other, save the very first."""
        self.ensure_one()
        following = self.last_number + 1
        if not by_hand or by_hand == following:
            return following
        if not self.date_last:
            self.first_number = by_hand
            return by_hand
        if by_hand < following:
            reason = self.env._("that number is taken or lies before the series")
        else:
            reason = self.env._(
                "that would leave a gap; record the papers in between first"
            )
        raise UserError(
            self.env._(
                "“%(document)s” cannot have number %(number)s of “%(series)s”: "
                "%(reason)s. The next number is %(next)s.",
                document=paper,
                number=by_hand,
                series=self.display_name,
                reason=reason,
                next=following,
            )
        )

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
                " (unit_id, company_id, year, series, first_number, last_number,"
                "  create_uid, write_uid, create_date, write_date)"
                " VALUES (%(unit)s, %(company)s, %(year)s, %(series)s, 1, 0,"
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
