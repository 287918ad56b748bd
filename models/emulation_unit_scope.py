from odoo import api, fields, models
from odoo.tools import SQL

# What the reach of a user follows from
REACH_FIELDS = {"parent_id", "managing_unit_id", "successor_ids", "predecessor_ids"}


class EmulationUnit(models.Model):
    """Who acts for a unit, and the paths that carry this to its records."""

    _name = "emulation.unit"
    _inherit = ["emulation.unit", "emulation.reach.mixin"]
    _reach_path = "parent_path"
    _reach_dependency = "parent_path"

    in_scope = fields.Boolean(string="One of my units")

    def _get_reach_unit(self):
        return self

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
