from odoo import api, fields, models
from odoo.fields import Domain


class EmulationUnitName(models.Model):
    """A name that a unit bore in the past (tên gọi cũ; R10).

    Written when a unit is renamed by a reform, never by a correction of a typing
    error: what a reader sees here was official.
    """

    _name = "emulation.unit.name"
    _description = "Former Name of a Unit"
    _order = "unit_id, date_end desc, id desc"

    unit_id = fields.Many2one(
        "emulation.unit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True)
    name = fields.Char(required=True)
    short_name = fields.Char(string="Short name")
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="Until", required=True, help="Last day of this name")

    _date_order = models.Constraint(
        "CHECK (date_start IS NULL OR date_end >= date_start)",
        "A name cannot end before it began. Correct one of the two dates.",
    )

    def _name_on(self, day):
        """Return which of these names of one unit held on ``day``, if any did."""
        for former in self:
            if former.date_end >= day and (former.date_start or day) <= day:
                return former.name
        return False


class EmulationUnit(models.Model):
    _inherit = "emulation.unit"

    former_name_ids = fields.One2many(
        "emulation.unit.name", "unit_id", string="Former names", readonly=True
    )

    @api.depends("name", "short_name", "former_name_ids")
    @api.depends_context("name_at")
    def _compute_display_name(self):
        """Show the present name, or the one of the day in the context ``name_at``."""
        day = self._to_day(self.env.context.get("name_at"))
        names = self._get_names_at(day) if day else {}
        for unit in self:
            unit.display_name = names.get(unit._origin.id) or unit.name

    def _name_at(self, day):
        """Return the name that the unit bore on ``day`` (a date)."""
        self.ensure_one()
        return self._get_names_at(day)[self.id]

    def _get_names_at(self, day):
        """Return ``{unit id: name on that day}`` for the whole recordset."""
        names = {unit.id: unit.name for unit in self._origin}
        for unit_id, former in self._get_former_names().items():
            names[unit_id] = former._name_on(day) or names[unit_id]
        return names

    def _get_former_names(self):
        """Return ``{unit id: former names}``; units never renamed are left out."""
        former = self.env["emulation.unit.name"].sudo()
        return former.search(Domain("unit_id", "in", self.ids)).grouped(
            lambda name: name.unit_id.id
        )

    def _rename(self, name, short_name, day):
        """Give the unit a new name from ``day`` on and keep the old one as history."""
        self.ensure_one()
        last = self.former_name_ids.sorted("date_end")[-1:]
        start = fields.Date.add(last.date_end, days=1) if last else self.date_start
        self.env["emulation.unit.name"].create(
            {
                "unit_id": self.id,
                "name": self.name,
                "short_name": self.short_name,
                "date_start": start,
                "date_end": fields.Date.subtract(day, days=1),
            }
        )
        self.write({"name": name, "short_name": short_name})
