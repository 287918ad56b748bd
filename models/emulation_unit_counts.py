from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class EmulationUnit(models.Model):
    """What this year brought in a unit and below it, at a glance."""

    _inherit = "emulation.unit"

    initiative_count = fields.Integer(
        string="Initiatives this year",
        compute="_compute_initiative_counts",
        help="Dossiers of this year's rounds in this unit and below it, as far as you "
        "may read them",
    )
    recognised_count = fields.Integer(
        string="Recognised this year",
        compute="_compute_initiative_counts",
        help="Initiatives of this year recognised in this unit and below it",
    )

    officer_count = fields.Integer(
        string="People in office",
        compute="_compute_officer_count",
        help="People who act for this unit or a unit below it today",
    )

    @api.depends("parent_path")
    def _compute_officer_count(self):
        """Count the people below each unit once, however many units they serve."""
        today = fields.Date.context_today(self)
        self.env["emulation.unit.officer"].flush_model()
        self.flush_model(["parent_path"])
        rows = self.env.execute_query(
            SQL(
                "SELECT upper_unit.id, COUNT(DISTINCT officer.user_id)"
                " FROM emulation_unit AS upper_unit"
                " JOIN emulation_unit AS lower_unit"
                " ON lower_unit.parent_path LIKE upper_unit.parent_path || '%%'"
                " JOIN emulation_unit_officer AS officer"
                " ON officer.unit_id = lower_unit.id"
                " WHERE upper_unit.id = ANY(%(ids)s)"
                " AND officer.date_start <= %(today)s"
                " AND COALESCE(officer.date_end, %(today)s) >= %(today)s"
                " AND NOT COALESCE(officer.is_void, FALSE)"
                " GROUP BY upper_unit.id",
                ids=self.ids,
                today=today,
            )
        )
        counts = dict(rows)
        for unit in self:
            unit.officer_count = counts.get(unit._origin.id, 0)

    @api.depends_context("uid")
    def _compute_initiative_counts(self):
        """Group once by unit, then sum up along the paths: one query for any number."""
        totals = {unit_id: [0, 0] for unit_id in self._origin.ids}
        Initiative = self.env["emulation.initiative"]
        if totals and Initiative.has_access("read"):
            paths = self.sudo()._origin.mapped("parent_path")
            domain = Domain("year", "=", fields.Date.context_today(self).year)
            domain &= Domain.OR(
                Domain("unit_path", "=like", f"{path}%") for path in paths
            )
            for path, state, count in Initiative._read_group(
                domain, ["unit_path", "state"], ["__count"]
            ):
                for unit_id in map(int, path.strip("/").split("/")):
                    if unit_id in totals:
                        totals[unit_id][0] += count
                        totals[unit_id][1] += count * (state == "recognised")
        for unit in self:
            counts = totals.get(unit._origin.id, (0, 0))
            unit.initiative_count, unit.recognised_count = counts

    def action_open_initiatives(self):
        """Open this year's dossiers of this unit and of the units below it.

        The recognised ones alone where the context says ``emulation_recognised``.
        """
        self.ensure_one()
        recognised = self.env.context.get("emulation_recognised")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_initiative_action"
        )
        return {
            **action,
            "domain": [
                ("unit_id", "child_of", self.id),
                ("year", "=", fields.Date.context_today(self).year),
                *([("state", "=", "recognised")] if recognised else []),
            ],
            "context": {},
            "path": False,
        }

    def action_open_officers(self):
        """Open the list of who acts for this unit and the units below it today."""
        self.ensure_one()
        Officer = self.env["emulation.unit.officer"]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Officers of %(unit)s", unit=self.name),
            "res_model": "emulation.unit.officer",
            "view_mode": "list",
            "domain": list(
                Domain("unit_id", "child_of", self.id) & Officer._get_current_domain()
            ),
            "context": {"create": False},
        }
