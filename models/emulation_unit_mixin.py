from odoo import api, fields, models

from .emulation_succession_mixin import BY_SUCCESSION


class EmulationUnitMixin(models.AbstractModel):
    """What every record that belongs to a unit shares: the unit, and who is in scope.

    Record rules ask ``in_scope`` (may work on it) or ``in_sight`` (may read it).
    """

    _name = "emulation.unit.mixin"
    _inherit = [
        "emulation.locked.mixin",
        "emulation.reach.mixin",
        "emulation.succession.mixin",
    ]
    _description = "Belongs to a Unit"

    # Whether a record can only be entered for a unit in existence today
    _needs_living_unit = True

    def _default_unit_id(self):
        units = self.env.user.emulation_unit_ids
        return units if len(units) == 1 else units.browse()

    unit_id = fields.Many2one(
        "emulation.unit",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_unit_id(),
        domain="[('is_ended', '=', False)]",
    )
    unit_path = fields.Char(
        compute="_compute_unit_path",
        store=True,
        precompute=True,
        export_string_translation=False,
        help="Copy of the unit's path in the tree, for fast scope filters",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    unit_name_then = fields.Char(
        string="Unit (name at the time)",
        compute="_compute_unit_name_then",
        compute_sudo=True,
        help="The unit as it was called when the record was closed; its present name "
        "while it is open",
    )

    is_unit_renamed = fields.Boolean(
        compute="_compute_unit_name_then",
        compute_sudo=True,
        help="The unit has another name today than when the record was closed",
    )

    # A move of a unit rewrites the paths of its subtree in one statement
    # (emulation.unit._rewrite_unit_paths), hence no dependency on parent_path.
    @api.depends("unit_id")
    def _compute_unit_path(self):
        for record in self:
            record.unit_path = record.unit_id.sudo().parent_path

    @api.depends("unit_id")
    def _compute_unit_name_then(self):
        days = {record: record._get_closing_day() for record in self}
        closed = self.filtered(days.get)
        former = closed.unit_id._get_former_names() if closed else {}
        for record in self:
            unit, day = record.unit_id, days[record]
            then = day and unit.id in former and former[unit.id]._name_on(day)
            record.unit_name_then = then or unit.name
            record.is_unit_renamed = bool(then)

    @api.constrains("unit_id")
    def _check_unit_living(self):
        """Nothing new begins in a unit that has ended (R10)."""
        by_reform = self.env.context.get("emulation_reform") is BY_SUCCESSION
        if self._needs_living_unit and not by_reform:
            self.unit_id._check_living()

    def _add_precomputed_values(self, vals_list):
        """Look the paths up for all at once: a record made up for each costs more."""
        named = [vals for vals in vals_list if vals.get("unit_id")]
        units = self.env["emulation.unit"].sudo()
        units = units.browse({vals["unit_id"] for vals in named})
        paths = {unit.id: unit.parent_path for unit in units}
        for vals in named:
            vals["unit_path"] = paths[vals["unit_id"]]
        return super()._add_precomputed_values(vals_list)

    def _get_closing_day(self):
        """Return the day this record was closed (a date), ``False`` while open."""
        self.ensure_one()
        return False

    def write(self, vals):
        result = super().write(vals)
        if "unit_id" in vals and not self.env.su:
            # rules judge a record as it was: it must not be pushed out of scope
            self.check_access("write")
        return result
