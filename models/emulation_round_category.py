from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationRoundCategory(models.Model):
    """A category of a contest: an age group, and what may be entered in it (R92)."""

    _name = "emulation.round.category"
    _description = "Category of a Contest"
    _order = "round_id, sequence, id"

    round_id = fields.Many2one(
        "emulation.round", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    age_from = fields.Integer(
        string="From age", help="Completed years on the reference day; 0 is no limit"
    )
    age_to = fields.Integer(
        string="To age", help="Completed years on the reference day; 0 is no limit"
    )
    kind_ids = fields.Many2many(
        "emulation.initiative.kind",
        string="Kinds of initiative",
        help="Leave empty for every kind of the contest",
    )
    field_ids = fields.Many2many(
        "emulation.field",
        string="Fields",
        help="Leave empty for every field of the contest; includes sub-fields",
    )

    _code_unique = models.UniqueIndex(
        "(round_id, code)", "Another category of this contest already has this code."
    )
    _age_range = models.Constraint(
        "CHECK (age_from >= 0 AND age_to >= 0 AND (age_to = 0 OR age_to >= age_from))",
        "An age group goes from the younger to the older age, both in whole years.",
    )

    @api.depends("name", "age_from", "age_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for category in self:
            ages = category._get_ages_text()
            name = category.name or ""
            category.display_name = f"{name} ({ages})" if ages else name

    def _get_ages_text(self):
        """Return the age group in words, empty without one."""
        self.ensure_one()
        if self.age_from and self.age_to:
            return self.env._(
                "%(low)s to %(high)s years", low=self.age_from, high=self.age_to
            )
        if self.age_to:
            return self.env._("up to %(high)s years", high=self.age_to)
        if self.age_from:
            return self.env._("from %(low)s years", low=self.age_from)
        return ""

    def _has_ages(self):
        self.ensure_one()
        return bool(self.age_from or self.age_to)

    def _takes_age(self, birth_date, day):
        """Return whether who was born on ``birth_date`` is of this group on ``day``."""
        self.ensure_one()
        age = relativedelta(day, birth_date).years
        return age >= self.age_from and (not self.age_to or age <= self.age_to)

    def _takes_field(self, field):
        self.ensure_one()
        accepted = self.field_ids
        return not accepted or bool(
            field.filtered_domain([("id", "child_of", accepted.ids)])
        )


class EmulationRound(models.Model):
    """A contest has an edition, categories and a day on which ages are counted."""

    _inherit = "emulation.round"

    edition_number = fields.Integer(
        string="Edition no.", help="Which time the contest is held, e.g. 6"
    )
    edition_name = fields.Char(
        string="Theme of the edition", help="What this edition is about"
    )
    date_age = fields.Date(
        string="Ages counted on",
        compute="_compute_date_age",
        store=True,
        readonly=False,
        precompute=True,
        help="Reference day for the age groups; the deadline unless another is set",
    )
    category_ids = fields.One2many(
        "emulation.round.category", "round_id", string="Categories", copy=True
    )
    has_categories = fields.Boolean(compute="_compute_has_categories")

    _edition_positive = models.Constraint(
        "CHECK (edition_number >= 0)", "Editions are counted from 1."
    )

    @api.depends("date_close", "kind")
    def _compute_date_age(self):
        for rnd in self:
            rnd.date_age = rnd.kind == "contest" and (rnd.date_age or rnd.date_close)

    @api.depends("category_ids", "kind")
    def _compute_has_categories(self):
        for rnd in self:
            rnd.has_categories = rnd.kind == "contest" and bool(rnd.category_ids)

    @api.depends("name", "edition_number", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rnd in self:
            number = rnd.kind == "contest" and rnd.edition_number
            rnd.display_name = (
                self.env._(
                    "%(name)s (edition %(number)s)", name=rnd.name, number=number
                )
                if number
                else rnd.name
            )

    def _check_open(self):
        for category in self.category_ids:
            if self.kind == "contest" and category._has_ages() and not self.date_age:
                raise UserError(
                    self.env._(
                        "“%(round)s” has age groups: set the day on which ages are "
                        "counted.",
                        round=self.name,
                    )
                )
        return super()._check_open()
