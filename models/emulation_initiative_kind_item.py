from odoo import api, fields, models

# The items of the legal form (Circular 18/2013, Annex I), in its order
ITEMS = [
    ("author_details", "Birth date, work place, title and qualification of authors"),
    ("problem", "Situation before"),
    ("solution", "The solution"),
    ("novelty", "What is new"),
    ("applicability", "Use and spread"),
    ("date_applied", "Day of the first application or trial"),
    ("conditions", "Conditions needed to apply it"),
    ("helpers", "Helpers in the first application"),
    ("benefit", "Benefits in the author's opinion"),
    ("calculation", "How the sum of the benefit came about"),
    ("benefit_users", "Benefits in the opinion of those who applied it"),
    ("benefit_social", "Social benefit"),
    ("investor", "Investor, if not the author"),
    ("ip", "Industrial property"),
    ("confidential", "Confidential information"),
    ("movements", "Campaigns it belongs to"),
    ("evidence", "Evidence"),
]
REQUIRED = {
    "problem", "solution", "novelty", "applicability", "date_applied", "benefit",
    "calculation", "evidence",
}  # fmt: skip
# What is asked for where a kind does not say otherwise
DEMANDS = {
    item: "required" if item in REQUIRED else "optional" for item, _label in ITEMS
}


class EmulationInitiativeKindItem(models.Model):
    """Whether dossiers of a kind must, may or need not have an item of the form."""

    _name = "emulation.initiative.kind.item"
    _description = "Item Asked of a Kind"
    _order = "kind_id, sequence, id"
    _rec_name = "item"

    kind_id = fields.Many2one(
        "emulation.initiative.kind", required=True, index=True, ondelete="cascade"
    )
    item = fields.Selection(ITEMS, required=True)
    demand = fields.Selection(
        [
            ("required", "Required"),
            ("optional", "Optional"),
            ("omitted", "Not asked"),
        ],
        required=True,
        default="optional",
        help="Required items block the hand-in while they are missing; items not asked "
        "do not appear on the form, and what was typed there is kept",
    )
    sequence = fields.Integer(compute="_compute_sequence", store=True, precompute=True)

    _item_unique = models.UniqueIndex(
        "(kind_id, item)", "This kind already says whether it asks for this item."
    )

    @api.depends("item")
    def _compute_sequence(self):
        order = [item for item, _label in ITEMS]
        for line in self:
            line.sequence = order.index(line.item) if line.item else len(order)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env.registry.clear_cache()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
