from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.money import portion, split
from ..tools.scoring import to_decimal

# What follows from the schedule and the benefit, and is never typed
LOCKED = {"remuneration_id", "kind", "number", "amount", "helper_amount", "date_due"}


class EmulationRemunerationYear(models.Model):
    """A year of application, or one transfer, and what is owed for it."""

    _name = "emulation.remuneration.year"
    _description = "Year of Remuneration"
    _order = "remuneration_id, kind, number, id"
    _rec_name = "date"

    remuneration_id = fields.Many2one(
        "emulation.remuneration", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("application", "Year of application"), ("transfer", "Transfer")],
        required=True,
        default="transfer",
    )
    number = fields.Integer(string="Year", aggregator=None)
    date = fields.Date(
        string="Ends on", compute="_compute_date", store=True, readonly=False,
        help="Last day of the year of application, or the day the transfer was paid",
    )  # fmt: skip
    date_due = fields.Date(string="To pay by", compute="_compute_date_due", store=True)
    is_uncountable = fields.Boolean(
        string="Cannot be counted",
        help="The benefit cannot be told in money: base salaries are owed instead",
    )
    benefit = fields.Monetary(
        string="Benefit or price",
        help="What the application brought in this year, or the price of the transfer",
    )
    amount = fields.Monetary(
        string="For the authors", compute="_compute_amount", store=True
    )
    helper_amount = fields.Monetary(
        string="For helpers", compute="_compute_amount", store=True
    )
    currency_id = fields.Many2one(related="remuneration_id.currency_id")
    company_id = fields.Many2one(related="remuneration_id.company_id", store=True)
    line_ids = fields.One2many(
        "emulation.remuneration.line", "year_id", string="Payments"
    )

    _not_negative = models.Constraint(
        "CHECK (benefit >= 0)", "A benefit is not negative: nothing is owed for a loss."
    )

    @api.depends("remuneration_id.date_start", "number", "kind")
    def _compute_date(self):
        for year in self:
            start = year.remuneration_id.date_start
            if year.kind == "application" and start:
                end = fields.Date.add(start, years=year.number)
                year.date = fields.Date.subtract(end, days=1)
            else:
                year.date = year.date

    @api.depends("date", "remuneration_id.rule_id.months_to_pay")
    def _compute_date_due(self):
        for year in self:
            months = year.remuneration_id.rule_id.months_to_pay
            year.date_due = year.date and fields.Date.add(year.date, months=months)

    @api.depends("benefit", "is_uncountable", "date", "kind", "number")
    def _compute_amount(self):
        for year in self:
            rule = year.remuneration_id.rule_id
            year.amount = year._get_owed(rule) if year.date and rule else 0
            first = year.kind == "application" and year.number == 1
            share = to_decimal(rule.helper_rate) if first else 0
            year.helper_amount = portion(int(year.amount), share)

    def _get_owed(self, rule):
        """Return what is owed to all authors, in whole đồng."""
        if self.kind == "transfer":
            return portion(int(self.benefit), to_decimal(rule.transfer_rate))
        if self.is_uncountable:
            salary = self.env["emulation.base.salary"]._get_amount(self.date)
            return portion(salary, to_decimal(rule.salary_multiple) * 100)
        rate = to_decimal(self.remuneration_id.rate)
        return portion(int(self.benefit), rate)

    @api.model_create_multi
    def create(self, vals_list):
        typed = LOCKED - {"remuneration_id", "kind"}
        # a context or a personal default would type them as well
        offered = self.default_get([*typed])
        for vals in vals_list:
            self._check_typed({**offered, **vals}, typed)
        years = super().create(vals_list)
        years._check_not_received()
        years._check_open()
        years._draw_up()
        return years

    def write(self, vals):
        self._check_typed(vals, LOCKED)
        if vals.keys() & {"benefit", "is_uncountable", "date", "number", "kind"}:
            self._check_not_received()
            self._check_open()
        result = super().write(vals)
        self._draw_up()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        self._check_not_received()
        self._check_open()

    def _check_not_received(self):
        """Leave what is owed to an author to somebody else: it follows from a sum."""
        for schedule in self.remuneration_id:
            if not self.env.su and schedule._is_received_by(self.env.user):
                raise AccessError(
                    self.env._(
                        "You are an author of “%(initiative)s”: a colleague enters the "
                        "years of the remuneration that you receive.",
                        initiative=schedule.display_name,
                    )
                )

    def _check_typed(self, vals, locked):
        """Refuse amounts and years that a client types over what was reckoned."""
        if not self.env.su and locked & vals.keys():
            raise AccessError(
                self.env._(
                    "What is owed follows from the schedule and the benefit of the "
                    "year. Enter the benefit instead."
                )
            )

    def _check_open(self):
        """Refuse changes to what has been paid, and outside a schedule in force."""
        for year in self:
            name = year.remuneration_id.display_name
            if any(line.state == "paid" for line in year.line_ids):
                raise UserError(
                    self.env._(
                        "The remuneration of this year for “%(initiative)s” has been "
                        "paid in part and stays as it is. Take the payment back first.",
                        initiative=name,
                    )
                )
            if year.remuneration_id.state != "agreed" and not self.env.su:
                raise UserError(
                    self.env._(
                        "Put the schedule for “%(initiative)s” in force first.",
                        initiative=name,
                    )
                )

    def _draw_up(self):
        """Divide what is owed among the authors; paid years are left alone."""
        for year in self.sudo():
            if any(line.state == "paid" for line in year.line_ids):
                continue
            authors = year.remuneration_id.initiative_id.author_ids
            shares = [to_decimal(author.share) for author in authors]
            parts = split(int(year.amount), shares) if shares else []
            wanted = [
                {
                    "partner_id": author.partner_id.id,
                    "share": author.share,
                    "amount": part,
                }
                for author, part in zip(authors, parts, strict=False)
                if part
            ]
            if year.helper_amount:
                wanted.append({"is_helpers": True, "amount": year.helper_amount})
            year.line_ids.unlink()
            year.line_ids.create([{"year_id": year.id, **values} for values in wanted])
