from odoo import api, fields, models


class EmulationInitiative(models.Model):
    """In a contest a dossier is entered in a category that its authors are of."""

    _inherit = "emulation.initiative"

    category_id = fields.Many2one(
        "emulation.round.category",
        compute="_compute_category_id",
        store=True,
        readonly=False,
        precompute=True,
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

    def _get_category_faults(self):
        """Return ``(code, label)`` of what is wrong with the category, most basic first.

        Ages are judged by the birth dates on the contacts; nobody is told another
        person's age, only who is not of the group.
        """
        self.ensure_one()
        rnd, category = self.round_id, self.category_id
        if not rnd.has_categories:
            return []
        if not category or category.round_id != rnd._origin:
            return [("category", self.env._("the category of the contest"))]
        faults = []
        if category.kind_ids and self.kind_id not in category.kind_ids._origin:
            faults.append(
                ("category_kind", self.env._("a kind that the category accepts"))
            )
        if self.field_id and not category._takes_field(self.field_id):
            faults.append(
                ("category_field", self.env._("a field that the category accepts"))
            )
        return faults + self._get_age_faults()

    def _get_age_faults(self):
        category, day = self.category_id, self.round_id.date_age
        if not category._has_ages() or not day:
            return []
        faults = []
        for author in self.author_ids.partner_id.sudo():
            born = author.emulation_birth_date
            if not born:
                label = self.env._("the birth date of %(author)s", author=author.name)
                faults.append(("birth_date", label))
            elif not category._takes_age(born, day):
                label = self.env._(
                    "authors of the category “%(category)s” on %(day)s (not "
                    "%(author)s)",
                    category=category.display_name,
                    day=fields.Date.to_string(day),
                    author=author.name,
                )
                faults.append(("age", label))
        return faults
