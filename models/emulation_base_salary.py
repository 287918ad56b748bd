from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationBaseSalary(models.Model):
    """The statutory base salary of a time (lương cơ sở): dated law.

    Commendation money and remuneration that cannot be counted are multiples of it.
    """

    _name = "emulation.base.salary"
    _description = "Base Salary"
    _order = "date_start desc"
    _rec_name = "amount"

    date_start = fields.Date(string="In force from", required=True)
    amount = fields.Monetary(string="Base salary a month", required=True)
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.ref("base.VND")
    )
    legal_text = fields.Char(help="Number, date and issuer")

    _date_unique = models.UniqueIndex(
        "(date_start)", "Another rate already begins on this day. Correct that one."
    )
    _positive = models.Constraint(
        "CHECK (amount > 0)", "The base salary must be above zero."
    )

    @api.model
    def _find_amount(self, day):
        """Return the base salary in force on ``day`` in whole đồng, 0 if unknown."""
        rate = self.sudo().search(
            [("date_start", "<=", day)], order="date_start desc", limit=1
        )
        return int(rate.amount)

    @api.model
    def _get_amount(self, day):
        """Return the base salary in force on ``day`` in whole đồng.

        :raises UserError: when no rate is known for that day
        """
        amount = self._find_amount(day)
        if not amount:
            raise UserError(
                self.env._(
                    "No base salary is known for %(day)s. A movement manager can enter "
                    "it under Configuration › Base salary.",
                    day=day.strftime("%d/%m/%Y"),
                )
            )
        return amount
