from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationRemunerationRule(models.Model):
    """What is owed to authors when nothing is agreed (Decree 13/2012): dated law."""

    _name = "emulation.remuneration.rule"
    _description = "Rule of Remuneration"
    _order = "date_start desc"

    name = fields.Char(required=True, translate=True)
    date_start = fields.Date(string="In force from", required=True)
    rate = fields.Float(
        string="Per cent of the benefit", digits=(5, 2), required=True, aggregator=None
    )
    years = fields.Integer(
        string="Years of application", required=True, aggregator=None
    )
    salary_multiple = fields.Float(
        string="Base salaries",
        digits=(5, 2),
        required=True,
        aggregator=None,
        help="Owed for a year whose benefit cannot be counted in money",
    )
    transfer_rate = fields.Float(
        string="Per cent of a transfer price",
        digits=(5, 2),
        required=True,
        aggregator=None,
    )
    helper_rate = fields.Float(
        string="Per cent for helpers",
        digits=(5, 2),
        required=True,
        aggregator=None,
        help="Of what the authors receive, for those who helped in the first "
        "application; for the first year only",
    )
    months_to_pay = fields.Integer(
        string="Months to pay",
        required=True,
        aggregator=None,
        help="After each year of application, or after the transfer",
    )
    legal_text = fields.Char(help="Number, date and issuer")

    _date_unique = models.UniqueIndex(
        "(date_start)", "Another rule already begins on this day. Correct that one."
    )
    _range = models.Constraint(
        "CHECK (rate > 0 AND rate <= 100 AND years > 0 AND salary_multiple >= 0"
        " AND transfer_rate >= 0 AND transfer_rate <= 100 AND helper_rate >= 0"
        " AND helper_rate <= 100 AND months_to_pay >= 0)",
        "Rates lie between 0 and 100 %, years above zero. Correct the rule.",
    )

    @api.model
    def _get_for(self, day):
        """Return the rule in force on ``day``.

        :raises UserError: when none is known for that day
        """
        rule = self.sudo().search(
            [("date_start", "<=", day)], order="date_start desc", limit=1
        )
        if not rule:
            raise UserError(
                self.env._(
                    "No rule of remuneration is known for %(day)s. A movement manager "
                    "can enter it under Configuration › Rules of remuneration.",
                    day=day.strftime("%d/%m/%Y"),
                )
            )
        return rule
