from odoo import api, fields, models
from odoo.tools import format_date


class EmulationInitiative(models.Model):
    """In a contest a dossier is entered in a category that its authors are of."""

    _inherit = "emulation.initiative"

    category_id = fields.Many2one(
        "emulation.round.category",
        compute="_compute_category_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('round_id', '=', round_id)]",
        tracking=True,
        help="Age group or class of the contest; the ages of all authors count",
    )
    has_categories = fields.Boolean(related="round_id.has_categories")

    @api.depends("round_id")
    def _compute_category_id(self):
        for initiative in self:
            same = initiative.category_id.round_id == initiative.round_id
            initiative.category_id = same and initiative.category_id

    @api.model
    def _contents(self):
        return super()._contents() | {"category_id"}

    @api.model
    def _missing_depends(self):
        return [
            *super()._missing_depends(),
            *("category_id", "author_ids.partner_id.emulation_born_on"),
        ]

    def _get_missing_items(self):
        return super()._get_missing_items() + self._get_missing_category()

    def _get_missing_category(self):
        """Return what is wrong with the category of the contest, if it asks for one."""
        self.ensure_one()
        rnd, category = self.round_id, self.category_id
        if not rnd.has_categories:
            return []
        if not category or category.round_id != rnd._origin:
            why = self.env._("the jury compares dossiers within a category")
            label = self.env._("the category of the contest")
            return [self._prepare_item("category_id", label, why)]
        checks = [
            (category.kind_ids and self.kind_id not in category.kind_ids._origin,
             "kind_id", self.env._("a kind that the category accepts")),
            (self.field_id and not category._takes_field(self.field_id),
             "field_id", self.env._("a field that the category accepts")),
        ]  # fmt: skip
        why = self.env._("the contest has another category for it")
        items = [
            self._prepare_item(code, label, why)
            for lacking, code, label in checks
            if lacking
        ]
        return items + self._get_missing_ages()

    def _get_missing_ages(self):
        """Return who is not of the age group, or has no birth date to tell it by.

        Ages are judged by the birth dates on the contacts; nobody is told another
        person's age, only who is not of the group.
        """
        category, day = self.category_id, self.round_id.date_age
        if not category._has_ages() or not day:
            return []
        items, place = [], ("authors", "author_ids")
        for author in self.author_ids.partner_id.sudo():
            born = author.emulation_born_on
            if not born:
                label = self.env._("the birth date of %(author)s", author=author.name)
                why = self.env._("the age group is judged by it")
                items.append(self._prepare_item("birth_date", label, why, *place))
            elif not category._takes_age(born, day):
                label = self.env._(
                    "authors of the category “%(category)s” (not %(author)s)",
                    category=category.display_name,
                    author=author.name,
                )
                why = self.env._(
                    "ages are counted on %(day)s", day=format_date(self.env, day)
                )
                items.append(self._prepare_item("age", label, why, *place))
        return items
