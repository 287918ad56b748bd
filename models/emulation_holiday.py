from datetime import timedelta

from odoo import api, fields, models


class EmulationHoliday(models.Model):
    """A public holiday: no working day counts on it.

    Those of the solar calendar come back each year; those of the lunar calendar and
    the days the Government moves are entered year by year.
    """

    _name = "emulation.holiday"
    _description = "Public Holiday"
    _order = "date_start desc, id desc"

    name = fields.Char(required=True, translate=True)
    date_start = fields.Date(string="First day", required=True)
    date_end = fields.Date(string="Last day", help="Empty when it is one day")
    is_yearly = fields.Boolean(
        string="Every year", help="Comes back on the same days of the solar calendar"
    )

    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "A holiday cannot end before it begins. Correct one of the two dates.",
    )

    @api.model
    def _get_days(self, start, end):
        """Return the set of holidays from ``start`` to ``end``, both included."""
        found = set()
        for holiday in self.sudo().search([("date_start", "<=", end)]):
            length = (
                (holiday.date_end or holiday.date_start) - holiday.date_start
            ).days
            years = (
                range(start.year - 1, end.year + 1)
                if holiday.is_yearly
                else [holiday.date_start.year]
            )
            for year in years:
                # 29 February becomes the 28th where there is none
                first = fields.Date.add(
                    holiday.date_start, years=year - holiday.date_start.year
                )
                found.update(first + timedelta(days=n) for n in range(length + 1))
        return {day for day in found if start <= day <= end}
