from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EmulationInitiativeBenefit(models.Model):
    """One line of the calculation of the money a solution brings in a year."""

    _name = "emulation.initiative.benefit"
    _inherit = ["emulation.dossier.line.mixin"]
    _description = "Line of the Benefit Calculation"
    _order = "initiative_id, sequence, id"
    _dossier_field = "benefit_ids"

    sequence = fields.Integer(default=10)
    name = fields.Char(string="What for", required=True)
    effect = fields.Selection(
        [("gain", "Saved or earned"), ("cost", "Spent on it")],
        required=True,
        default="gain",
    )
    quantity = fields.Float(required=True, default=1, digits=(16, 2), aggregator=None)
    measure = fields.Char(help="E.g. working day, product, tonne")
    price = fields.Monetary(string="Per measure", required=True, aggregator=None)
    amount = fields.Monetary(compute="_compute_amount", store=True, precompute=True)
    currency_id = fields.Many2one(related="initiative_id.currency_id")

    _not_negative = models.Constraint(
        "CHECK (quantity >= 0 AND price >= 0)",
        "Quantity and price are not negative; what was spent is marked as such.",
    )

    @api.depends("effect", "quantity", "price", "initiative_id.currency_id")
    def _compute_amount(self):
        for line in self:
            sign = -1 if line.effect == "cost" else 1
            amount = sign * line.quantity * line.price
            currency = line.initiative_id.currency_id
            line.amount = currency.round(amount) if currency else amount


class EmulationInitiative(models.Model):
    """Money benefits with their calculation: lines, or a text beside the sum."""

    _inherit = "emulation.initiative"

    benefit_ids = fields.One2many(
        "emulation.initiative.benefit",
        "initiative_id",
        string="Calculation of the benefit",
        copy=True,
    )
    benefit_amount = fields.Monetary(
        compute="_compute_benefit_amount",
        store=True,
        readonly=False,
        help="Money saved or earned in one year of application, if it can be counted; "
        "the total of the calculation where there is one",
    )
    benefit_calculation = fields.Text(
        string="Calculation in words",
        help="How the sum came about, if not by the lines above",
    )
    benefit_formula = fields.Char(compute="_compute_benefit_formula")

    @api.depends("benefit_ids.amount")
    def _compute_benefit_amount(self):
        for initiative in self:
            lines = initiative.benefit_ids
            typed = initiative.benefit_amount
            initiative.benefit_amount = sum(lines.mapped("amount")) if lines else typed

    @api.depends("benefit_ids.amount", "currency_id")
    @api.depends_context("lang")
    def _compute_benefit_formula(self):
        for initiative in self:
            terms = [
                f"{'−' if line.effect == 'cost' else '+'} "
                f"{initiative._print_number(line.quantity)} {line.measure or ''} × "
                f"{initiative._print_number(line.price)}".replace("  ", " ")
                for line in initiative.benefit_ids
            ]
            initiative.benefit_formula = False
            if terms:
                formula = " ".join(terms).removeprefix("+ ")
                total = initiative._print_number(initiative.benefit_amount)
                initiative.benefit_formula = f"{formula} = {total}"

    def _print_number(self, number):
        """Return a number in the user's language, without needless decimals."""
        lang = self.env["res.lang"]._lang_get(self.env.lang or self.env.user.lang)
        digits = 0 if number == int(number) else 2
        return lang.format(f"%.{digits}f", number, grouping=True)

    @api.constrains("benefit_amount", "benefit_ids")
    def _check_benefit_amount(self):
        """A sum is what its calculation makes it."""
        for initiative in self:
            lines = initiative.benefit_ids
            total = sum(lines.mapped("amount"))
            difference = initiative.benefit_amount - total
            if lines and not initiative.currency_id.is_zero(difference):
                raise ValidationError(
                    self.env._(
                        "“%(initiative)s”: the calculation of the benefit makes "
                        "%(total)s, not %(amount)s. Correct a line of it, or remove "
                        "the lines and explain the sum in words.",
                        initiative=initiative.display_name,
                        total=initiative._print_number(total),
                        amount=initiative._print_number(initiative.benefit_amount),
                    )
                )

    @api.model
    def _contents(self):
        return super()._contents() | {"benefit_ids", "benefit_calculation"}

    @api.model
    def _missing_depends(self):
        return [*super()._missing_depends(), "benefit_ids", "benefit_amount"]

    def _has_item(self, code):
        if code == "calculation" and (self.benefit_ids or not self.benefit_amount):
            return True
        return super()._has_item(code)
