from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang


class EmulationAwardPrize(models.Model):
    """A grade of a prize (giải nhất, giải A …) by its regulation (R70)."""

    _name = "emulation.award.prize"
    _inherit = ["emulation.law.line.mixin"]
    _description = "Prize of an Award"
    _law_field = "award_id"
    _order = "award_id, sequence, id"

    award_id = fields.Many2one(
        "emulation.award", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        required=True, help="As printed on the certificate, e.g. Giải Nhất"
    )
    recipient_kind_id = fields.Many2one(
        "emulation.recipient.kind",
        string="Given to",
        ondelete="restrict",
        help="Empty: the same for everybody the award is given to",
    )
    number = fields.Integer(
        string="Prizes per edition", default=1, required=True, aggregator=None
    )
    amount = fields.Monetary(string="Amount of each", aggregator=None)
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.ref("base.VND")
    )
    total = fields.Monetary(compute="_compute_total", aggregator=None)
    conditions = fields.Text(help="What an entry needs for this prize, as regulated")

    _name_unique = models.UniqueIndex(
        "(award_id, name, COALESCE(recipient_kind_id, 0))",
        "This prize is already in the list for the same recipients. Change that one.",
    )
    _not_negative = models.Constraint(
        "CHECK (number >= 0 AND amount >= 0)",
        "The number and the amount of prizes are not negative. Correct them.",
    )

    @api.depends("number", "amount")
    def _compute_total(self):
        for prize in self:
            prize.total = prize.number * prize.amount

    @api.depends("name", "recipient_kind_id.name")
    def _compute_display_name(self):
        for prize in self:
            parts = (prize.name, prize.recipient_kind_id.name)
            prize.display_name = " – ".join(filter(None, parts))

    def _get_amount(self, recipient_kind):
        """Return what this prize pays, in whole đồng.

        :param recipient_kind: a record of ``emulation.recipient.kind``
        :raises UserError: when they may not receive it, or no amount is known
        """
        self.ensure_one()
        given_to = self.recipient_kind_id or self.award_id.recipient_kind_ids
        if recipient_kind not in given_to:
            raise UserError(
                self.env._(
                    "“%(prize)s” is not given to “%(kind)s”. Choose another prize.",
                    prize=self.display_name,
                    kind=recipient_kind.name,
                )
            )
        if not self.amount:
            raise UserError(
                self.env._(
                    "How much “%(prize)s” of “%(award)s” pays is not entered. A "
                    "movement manager can make a new version of the award under "
                    "Configuration › Awards, with the amounts of its regulation.",
                    prize=self.display_name,
                    award=self.award_id.display_name,
                )
            )
        return int(self.amount)


class EmulationAward(models.Model):
    """The prizes of an award and what an edition of them costs (R70)."""

    _inherit = "emulation.award"

    prize_ids = fields.One2many(
        "emulation.award.prize", "award_id", string="Prizes", copy=True
    )
    cycle_years = fields.Integer(
        string="Every … years",
        default=1,
        required=True,
        help="An edition every so many years: 1 = yearly",
    )
    conditions = fields.Text(
        help="Who may be proposed and for what, as the text lays it down"
    )
    prize_count = fields.Integer(
        string="Prizes per edition", compute="_compute_prize_budget"
    )
    prize_budget = fields.Monetary(
        string="Money for an edition",
        compute="_compute_prize_budget",
        help="Number of prizes × amount of each",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.ref("base.VND")
    )

    _cycle_positive = models.Constraint(
        "CHECK (cycle_years > 0)", "A cycle is at least one year. Enter 1 or more."
    )

    @api.depends("prize_ids.number", "prize_ids.total")
    def _compute_prize_budget(self):
        for award in self:
            award.prize_count = sum(award.prize_ids.mapped("number"))
            award.prize_budget = sum(award.prize_ids.mapped("total"))

    def _get_faults(self):
        faults = super()._get_faults()
        if self.category != "prize":
            return faults
        if not self.prize_ids and self.track != "central":
            faults.append(
                self.env._(
                    "There is no prize. Enter the prizes of its regulation, how many "
                    "of each and what they pay."
                )
            )
        for prize in self.prize_ids:
            if not prize.number or not prize.amount:
                faults.append(
                    self.env._(
                        "“%(prize)s” has no number or no amount. Enter both as "
                        "regulated.",
                        prize=prize.display_name,
                    )
                )
        return faults

    def _explain_amounts(self, day):
        """A prize pays what its regulation says, whatever the day."""
        if self.category != "prize":
            return super()._explain_amounts(day)
        return [
            self.env._(
                "%(prize)s: %(total)s, a fixed sum",
                prize=prize.display_name,
                total=formatLang(
                    self.env, prize.amount, currency_obj=prize.currency_id
                ),
            )
            for prize in self.prize_ids
        ]
