from odoo import api, fields, models
from odoo.tools import formatLang

from ..tools import money
from ..tools.exact import to_decimal

# Said when an award in force gets an amount it lacked; an object, so that no client
# can say it.
MISSING = object()


class EmulationAwardRate(models.Model):
    """What one kind of recipient is paid with an award: a dated law's line.

    A multiple of the base salary of the day of the decision, or a fixed sum. Exact:
    the fractions of the law are kept as they are written there.
    """

    _name = "emulation.award.rate"
    _inherit = ["emulation.law.line.mixin"]
    _description = "Amount of an Award"
    _law_field = "award_id"
    _order = "award_id, sequence, id"
    _rec_name = "recipient_kind_id"

    award_id = fields.Many2one(
        "emulation.award", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    recipient_kind_id = fields.Many2one(
        "emulation.recipient.kind",
        string="Given to",
        required=True,
        ondelete="restrict",
    )
    basis = fields.Selection(
        [("multiple", "Multiple of the base salary"), ("fixed", "Fixed sum")],
        string="Reckoned as",
        required=True,
        default="multiple",
    )
    multiple = fields.Float(
        digits=(8, 2),
        aggregator=None,
        help="Base salaries that an individual is paid, e.g. 1.5",
    )
    factor = fields.Float(
        string="Multiplied by",
        digits=(8, 2),
        default=1,
        aggregator=None,
        help="What the multiple is multiplied by for this kind, e.g. 2 for collectives",
    )
    amount = fields.Monetary(
        string="Fixed amount", aggregator=None, help="0 when nothing is paid with it"
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.ref("base.VND")
    )
    amount_today = fields.Monetary(
        string="Would pay today", compute="_compute_amount_today", aggregator=None
    )
    is_fixed = fields.Boolean(
        compute="_compute_is_fixed", help="It stands in a law that is in force"
    )

    _kind_unique = models.UniqueIndex(
        "(award_id, recipient_kind_id)",
        "This kind of recipient already has an amount. Change that one.",
    )
    _sound = models.Constraint(
        "CHECK (basis = 'multiple' AND multiple > 0 AND factor > 0"
        " OR basis = 'fixed' AND amount >= 0)",
        "A multiple and its factor are above zero, a fixed sum is not negative. "
        "Correct the amount.",
    )

    @api.depends("basis", "multiple", "factor", "amount", "award_id.rounding")
    def _compute_amount_today(self):
        today = fields.Date.context_today(self)
        base = self.env["emulation.base.salary"]._find_amount(today)
        for rate in self:
            rate.amount_today = rate._apply(base) if base or rate._is_flat() else False

    @api.depends("award_id.state")
    def _compute_is_fixed(self):
        for rate in self:
            rate.is_fixed = bool(rate._origin) and rate.award_id.state != "draft"

    @api.model_create_multi
    def create(self, vals_list):
        if self._only_add_missing(vals_list):
            completing = self.with_context(emulation_missing=MISSING)
            rates = super(EmulationAwardRate, completing).create(vals_list)
            return rates.with_env(self.env)
        return super().create(vals_list)

    @api.model
    def _only_add_missing(self, vals_list):
        """Tell whether these amounts complete awards in force that lack them.

        Nothing was ever computed with an amount that was not there.
        """
        for vals in vals_list:
            award = self.env["emulation.award"].browse(vals.get("award_id"))
            kinds = award.rate_ids.recipient_kind_id.ids
            if award.state != "in_force" or vals.get("recipient_kind_id") in kinds:
                return False
        return bool(vals_list)

    def _is_flat(self):
        return self.basis == "fixed"

    def _apply(self, base):
        """Return the sum in whole đồng, given the base salary in whole đồng."""
        self.ensure_one()
        if self._is_flat():
            return int(self.amount)
        return money.bonus(
            base,
            to_decimal(self.multiple),
            to_decimal(self.factor),
            self.award_id.rounding,
        )

    def _get_amount(self, day):
        """Return the sum in whole đồng for a decision of ``day`` (a date).

        :raises UserError: when no base salary is known for that day
        """
        self.ensure_one()
        if self._is_flat():
            return self._apply(0)
        return self._apply(self.env["emulation.base.salary"]._get_amount(day))

    def _explain(self, day):
        """Return the calculation as a line of text, e.g. for a payout dialog."""
        self.ensure_one()
        kind = self.recipient_kind_id.name
        base = self.env["emulation.base.salary"]._find_amount(day)
        if not base and not self._is_flat():
            return self.env._(
                "%(kind)s: no base salary is known for this day", kind=kind
            )
        total = self._show_money(self._apply(base))
        if self._is_flat():
            return self.env._(
                "%(kind)s: %(total)s, a fixed sum", kind=kind, total=total
            )
        numbers = [self._show_number(self.multiple)]
        if self.factor != 1:
            numbers.append(self._show_number(self.factor))
        return self.env._(
            "%(kind)s: %(numbers)s × %(base)s = %(total)s, rounded up to %(rounding)s",
            kind=kind,
            numbers=" × ".join(numbers),
            base=self._show_money(base),
            total=total,
            rounding=self._show_money(self.award_id.rounding),
        )

    def _show_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _show_number(self, number):
        """Return a multiple without the zeros that nobody writes."""
        exact = to_decimal(number).normalize()
        return formatLang(self.env, number, digits=max(0, -exact.as_tuple().exponent))
