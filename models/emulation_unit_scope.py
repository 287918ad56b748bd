from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# What the reach of a user follows from
REACH_FIELDS = {"parent_id", "managing_unit_id", "successor_ids", "predecessor_ids"}


class EmulationUnit(models.Model):
    """Who acts for a unit, and the paths that carry this to its records."""

    _inherit = "emulation.unit"

    in_scope = fields.Boolean(
        string="One of my units",
        compute="_compute_in_scope",
        search="_search_in_scope",
        help="The current user acts for this unit or for a unit above it",
    )
    in_sight = fields.Boolean(
        string="Readable by my units",
        compute="_compute_in_sight",
        search="_search_in_sight",
        help="One of the current user's units or of their predecessors, or a unit they "
        "manage by sector",
    )

    @api.depends("parent_path")
    @api.depends_context("uid")
    def _compute_in_scope(self):
        prefixes = tuple(self.env.user._emulation_scope_paths())
        for unit in self:
            path = unit.parent_path or ""
            unit.in_scope = bool(prefixes) and path.startswith(prefixes)

    @api.depends("in_scope", "sector_path")
    @api.depends_context("uid")
    def _compute_in_sight(self):
        sector_ids = self.env.user._emulation_sector_unit_ids()
        past = tuple(self.env.user._emulation_past_paths())
        for unit in self:
            unit.in_sight = (
                unit.in_scope
                or unit.id in sector_ids
                or (bool(past) and (unit.parent_path or "").startswith(past))
            )

    def _search_in_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain.OR(
            Domain("parent_path", "=like", f"{path}%")
            for path in self.env.user._emulation_scope_paths()
        )
        return domain if True in value else ~domain

    def _search_in_sight(self, operator, value):
        if operator != "in":
            return NotImplemented
        user = self.env.user
        domain = Domain.OR(
            Domain("parent_path", "=like", f"{path}%")
            for path in user._emulation_scope_paths() + user._emulation_past_paths()
        )
        domain |= Domain("id", "in", user._emulation_sector_unit_ids())
        return domain if True in value else ~domain

    @api.model_create_multi
    def create(self, vals_list):
        units = super().create(vals_list)
        self.env["emulation.unit.officer"]._forget_scopes()
        return units

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & REACH_FIELDS:
            self.env["emulation.unit.officer"]._forget_scopes()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["emulation.unit.officer"]._forget_scopes()
        return result

    def _is_acting(self, user=None):
        """Return whether ``user`` (default: the current one) acts for this unit.

        A user acts for the units assigned to them and for all units below these.
        """
        self.ensure_one()
        paths = (user or self.env.user)._emulation_scope_paths()
        return bool(paths) and self.sudo().parent_path.startswith(tuple(paths))

    def _rewrite_unit_paths(self):
        """Copy the paths of the moved subtrees to the records that belong to them."""
        self.flush_model(["parent_id", "parent_path"])
        self.invalidate_model(["in_scope", "in_sight"])
        moved = self.sudo().search([("id", "child_of", self.ids)])
        for model_name, model in self.env.registry.items():
            if model._abstract or not model._auto or "unit_path" not in model._fields:
                continue
            records = self.env[model_name]
            records.flush_model(["unit_id", "unit_path"])
            self.env.execute_query(
                SQL(
                    "UPDATE %(table)s AS record SET unit_path = unit.parent_path "
                    "FROM emulation_unit AS unit "
                    "WHERE unit.id = record.unit_id AND unit.id IN %(ids)s "
                    "RETURNING record.id",
                    table=SQL.identifier(records._table),
                    ids=tuple(moved.ids),
                )
            )
            records.invalidate_model(["unit_path", "in_scope", "in_sight"])
