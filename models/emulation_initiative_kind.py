from odoo import api, fields, models, tools
from odoo.fields import Domain

from .emulation_initiative_kind_item import DEMANDS, ITEMS


class EmulationInitiativeKind(models.Model):
    """What is handed in: initiative, invention, new idea, model … (R5)."""

    _name = "emulation.initiative.kind"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Kind of Initiative"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    requires_application = fields.Boolean(
        string="Must have been applied",
        compute="_compute_requires_application",
        inverse="_inverse_requires_application",
        store=True,
        readonly=False,
        help="An initiative must have been applied or tried out before it can be "
        "recognised (Decree 13/2012, Article 3); a new idea need not.",
    )
    excludes_protected = fields.Boolean(
        string="Not if protected",
        help="A solution that is under the protection of a title (patent, utility "
        "solution …) cannot be one of this kind (Decree 13/2012, Article 3)",
    )
    item_ids = fields.One2many(
        "emulation.initiative.kind.item",
        "kind_id",
        string="What is asked for",
        copy=True,
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "Another kind already has this code.")

    @api.depends("item_ids.item", "item_ids.demand")
    def _compute_requires_application(self):
        for kind in self:
            demand = kind._get_demands()["date_applied"]
            kind.requires_application = demand == "required"

    def _inverse_requires_application(self):
        for kind in self:
            demand = "required" if kind.requires_application else "optional"
            kind._set_demand("date_applied", demand)

    @api.model_create_multi
    def create(self, vals_list):
        kinds = super().create(vals_list)
        kinds._complete_items()
        return kinds

    # BUSINESS

    def _get_demands(self):
        """Return ``{item: demand}`` for all items, also those without a line."""
        kind = self.sudo()
        if not isinstance(kind.id, int):  # on a form, its lines not stored yet
            return kind._read_demands()
        return dict(kind._get_stored_demands())

    @tools.ormcache("self.id")
    def _get_stored_demands(self):
        return self._read_demands()

    def _read_demands(self):
        lines = {line.item: line.demand for line in self.item_ids}
        return {**DEMANDS, **{item: one for item, one in lines.items() if item}}

    def _set_demand(self, item, demand):
        line = self.item_ids.filtered(lambda one: one.item == item)
        if line:
            line.demand = demand
        else:
            self.env["emulation.initiative.kind.item"].create(
                {"kind_id": self.id, "item": item, "demand": demand}
            )

    def _complete_items(self):
        """Give every kind a line for each item, so that a manager sees them all.

        Run at each update as well: what a later version asks for has a line too, and
        kinds of before there were lines keep saying whether they must be applied.
        """
        lines = []
        for kind in self:
            needed = "required" if kind.requires_application else "optional"
            demands = {**DEMANDS, "date_applied": needed}
            known = set(kind.item_ids.mapped("item"))
            lines += [
                {"kind_id": kind.id, "item": item, "demand": demands[item]}
                for item, _label in ITEMS
                if item not in known
            ]
        self.env["emulation.initiative.kind.item"].create(lines)

    @api.model
    def _complete_all_items(self):
        self.with_context(active_test=False).search(Domain.TRUE)._complete_items()
