from odoo import api, fields, models
from odoo.fields import Command


class EmulationRoundCheck(models.Model):
    """One point of the checklist by which eligibility is examined."""

    _name = "emulation.round.check"
    _description = "Eligibility Check of a Round"
    _order = "sequence, id"

    round_id = fields.Many2one(
        "emulation.round", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    is_mandatory = fields.Boolean(
        string="Mandatory",
        default=True,
        help="A dossier that misses a mandatory point cannot be declared eligible",
    )
    kind_ids = fields.Many2many(
        "emulation.initiative.kind",
        string="Kinds of initiative",
        help="Leave empty to ask it of every kind",
    )
    why = fields.Text(string="Why it matters")
    item_id = fields.Many2one(
        "emulation.checklist.item",
        string="From the catalogue",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )


class EmulationRound(models.Model):
    """A round takes the points of its organiser's level from the catalogue."""

    _inherit = "emulation.round"

    check_ids = fields.One2many(
        "emulation.round.check", "round_id", string="Eligibility checklist", copy=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        rounds = super().create(vals_list)
        rounds.filtered(lambda one: not one.check_ids)._take_checklist()
        return rounds

    # ACTIONS

    def action_take_checklist(self):
        """Add the points of the catalogue that this round does not have yet."""
        self.check_access("write")
        self._take_checklist()

    # BUSINESS

    def _take_checklist(self):
        for rnd in self:
            level = rnd.unit_id.level_id
            items = self.env["emulation.checklist.item"]._get_for(level, rnd.kind_ids)
            rnd.check_ids = [
                Command.create(item._prepare_check(level))
                for item in items - rnd.check_ids.item_id
            ]

    def _get_checks(self, kind):
        """Return the points that a dossier of ``kind`` is examined by."""
        self.ensure_one()
        return self.check_ids.filtered(
            lambda check: not check.kind_ids or kind in check.kind_ids
        )
