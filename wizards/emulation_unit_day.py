from odoo import api, fields, models
from odoo.tools import format_date

# How many days of reforms the dialog offers, the latest first
REFORMS_OFFERED = 6


class EmulationUnitDay(models.TransientModel):
    """Ask for a day, and show the units as they stood on it (R10)."""

    _name = "emulation.unit.day"
    _description = "Units on a Day"

    day = fields.Date(required=True, default=lambda self: self._default_day())
    reform_days = fields.Char(string="Reforms of units", compute="_compute_reform_days")

    @api.model
    def _default_day(self):
        """Propose the day before the last reform: what it changed is what is asked."""
        days = self._get_reform_days(limit=1)
        if not days:
            return fields.Date.context_today(self)
        return fields.Date.subtract(days[0], days=1)

    @api.depends("day")
    def _compute_reform_days(self):
        days = self._get_reform_days(limit=REFORMS_OFFERED)
        self.reform_days = " · ".join(format_date(self.env, day) for day in days)

    @api.model
    def _get_reform_days(self, limit):
        """Return the days on which reforms took effect, the latest first."""
        today = fields.Date.context_today(self)
        groups = self.env["emulation.unit.succession"]._read_group(
            [("state", "=", "applied"), ("date", "<=", today)],
            ["date:day"],
            order="date:day DESC",
            limit=limit,
        )
        return [day for (day,) in groups]

    def action_show(self):
        """Open the units that existed on the day, called and placed as on that day."""
        self.ensure_one()
        view_ids = [
            (self.env.ref(f"emulation.emulation_unit_view_past_{kind}").id, kind)
            for kind in ("list", "hierarchy", "form")
        ]
        search = self.env.ref("emulation.emulation_unit_view_past_search")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Units on %(day)s", day=format_date(self.env, self.day)),
            "res_model": "emulation.unit",
            "view_mode": "list,hierarchy,form",
            "views": view_ids,
            "search_view_id": [search.id, "search"],
            "domain": [("existing_on", "=", fields.Date.to_string(self.day))],
            "context": {
                "name_at": fields.Date.to_string(self.day),
                # the past is looked at: nothing here is to be changed by mistake
                "create": False,
                "edit": False,
                "delete": False,
            },
            "help": self.env._("No unit is known to have existed on that day."),
        }
