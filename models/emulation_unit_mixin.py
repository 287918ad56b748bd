from odoo import api, fields, models
from odoo.fields import Domain

from .emulation_succession_mixin import BY_SUCCESSION


class EmulationUnitMixin(models.AbstractModel):
    """What every record that belongs to a unit shares: the unit, and who is in scope.

    Record rules ask ``in_scope`` (may work on it) or ``in_sight`` (may read it).
    Both are searched at query time from the units the user acts for, so that a
    membership given or taken away takes effect at once: a rule that lists the
    user's units would be cached with the user and go stale.
    """

    _name = "emulation.unit.mixin"
    _inherit = ["emulation.succession.mixin"]
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
    in_scope = fields.Boolean(
        string="In my units",
        compute="_compute_in_scope",
        search="_search_in_scope",
        compute_sudo=True,
        help="The current user acts for this unit or for a unit above it",
    )
    in_sight = fields.Boolean(
        string="Readable by my units",
        compute="_compute_in_sight",
        search="_search_in_sight",
        compute_sudo=True,
        help="In the current user's units or their predecessors, or in a unit they "
        "manage by sector",
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
    @api.depends_context("uid")
    def _compute_in_scope(self):
        prefixes = tuple(self.env.user._emulation_scope_paths())
        for record in self:
            path = record.unit_id.parent_path or ""
            record.in_scope = bool(prefixes) and path.startswith(prefixes)

    @api.depends("unit_id")
    @api.depends_context("uid")
    def _compute_in_sight(self):
        sector_ids = self.env.user._emulation_sector_unit_ids()
        past = tuple(self.env.user._emulation_past_paths())
        for record in self:
            unit = record.unit_id
            record.in_sight = (
                record.in_scope
                or unit.id in sector_ids
                or (bool(past) and (unit.parent_path or "").startswith(past))
            )

    @api.depends("unit_id")
    def _compute_unit_name_then(self):
        former = self.unit_id._get_former_names()
        for record in self:
            unit, day = record.unit_id, record._get_closing_day()
            then = day and unit.id in former and former[unit.id]._name_on(day)
            record.unit_name_then = then or unit.name
            record.is_unit_renamed = bool(then)

    @api.constrains("unit_id")
    def _check_unit_living(self):
        """Nothing new begins in a unit that has ended (R10)."""
        by_reform = self.env.context.get("emulation_reform") is BY_SUCCESSION
        if self._needs_living_unit and not by_reform:
            self.unit_id._check_living()

    def _get_closing_day(self):
        """Return the day this record was closed (a date), ``False`` while open."""
        self.ensure_one()
        return False

    def _search_in_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain.OR(
            Domain("unit_path", "=like", f"{path}%")
            for path in self.env.user._emulation_scope_paths()
        )
        return domain if True in value else ~domain

    def _search_in_sight(self, operator, value):
        if operator != "in":
            return NotImplemented
        user = self.env.user
        domain = Domain.OR(
            Domain("unit_path", "=like", f"{path}%")
            for path in user._emulation_scope_paths() + user._emulation_past_paths()
        )
        sector_ids = user._emulation_sector_unit_ids()
        if sector_ids:
            domain |= Domain("unit_id", "in", sector_ids)
        return domain if True in value else ~domain

    def write(self, vals):
        result = super().write(vals)
        if "unit_id" in vals and not self.env.su:
            # rules judge a record as it was: it must not be pushed out of scope
            self.check_access("write")
        return result
