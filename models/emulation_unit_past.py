from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EmulationUnit(models.Model):
    """The units as they stood on a day: name, place in the tree, kind and level (R10).

    The day is the one of the context ``name_at``, today without it. What a reform
    changed later is read back from its events; what was corrected by hand is not, for
    it was never official.
    """

    _inherit = "emulation.unit"

    name_on = fields.Char(
        string="Name on the day",
        compute="_compute_name_on",
    )
    parent_on_id = fields.Many2one(
        "emulation.unit",
        string="Higher unit on the day",
        compute="_compute_past_links",
        search="_search_parent_on_id",
    )
    kind_on_id = fields.Many2one(
        "emulation.unit.kind",
        string="Kind on the day",
        compute="_compute_past_links",
    )
    level_on_id = fields.Many2one(
        "emulation.unit.level",
        string="Level on the day",
        compute="_compute_past_links",
    )
    child_on_ids = fields.One2many(
        "emulation.unit",
        string="Lower units on the day",
        compute="_compute_child_on_ids",
    )
    child_on_count = fields.Integer(
        string="Units directly below", compute="_compute_child_on_ids"
    )
    became = fields.Char(
        string="Is today",
        compute="_compute_became",
        help="What the unit is called now, or what it became",
    )

    @api.depends("name", "former_name_ids")
    @api.depends_context("name_at")
    def _compute_name_on(self):
        names = self._get_names_at(self._get_day_asked())
        for unit in self:
            unit.name_on = names.get(unit._origin.id) or unit.name

    @api.depends("parent_id", "kind_id", "level_id", "date_start", "date_end")
    @api.depends_context("name_at")
    def _compute_past_links(self):
        day = self._get_day_asked()
        past = self._get_past_links(day)
        for unit in self:
            links = past.get(unit._origin.id, {})
            parent = self.browse(links.get("parent_id", unit.parent_id.id) or ())
            unit.parent_on_id = parent if parent._existed_on(day) else False
            unit.kind_on_id = links.get("kind_id", unit.kind_id.id)
            unit.level_on_id = links.get("level_id", unit.level_id.id)

    @api.depends_context("name_at")
    def _compute_child_on_ids(self):
        day = self._get_day_asked()
        lower = self.search(
            Domain("existing_on", "in", [day]) & Domain("parent_on_id", "in", self.ids)
        )
        by_parent = lower.grouped("parent_on_id")
        for unit in self:
            unit.child_on_ids = by_parent.get(unit._origin, self.browse())
            unit.child_on_count = len(unit.child_on_ids)

    @api.depends("name", "name_on", "date_end", "successor_ids")
    @api.depends_context("name_at")
    def _compute_became(self):
        """Say what changed since; what is called as it was needs no second name."""
        for unit in self:
            successors = unit.is_ended and unit._get_living_successors()
            if successors:
                # the names of today, whatever day the reader asked about
                unit.became = ", ".join(successors.sudo().mapped("name"))
            elif unit.is_ended:
                unit.became = self.env._("No longer exists")
            else:
                unit.became = unit.name != unit.name_on and unit.name

    def _search_parent_on_id(self, operator, value):
        """Find the units below given ones on the day, or those that had none above."""
        if operator == "any":
            # said by a name that is typed
            value = self.search(value).ids
        elif operator != "in":
            return NotImplemented
        day = self._get_day_asked()
        past = self.sudo()._get_past_links(day)
        moved = {
            unit_id: links["parent_id"]
            for unit_id, links in past.items()
            if "parent_id" in links
        }
        existed = self.sudo()._search([("existing_on", "in", [day])])
        wanted = {one for one in value if one}
        elsewhere = [unit_id for unit_id, above in moved.items() if above in wanted]
        unmoved = Domain("id", "not in", list(moved))
        found = (unmoved & Domain("parent_id", "in", list(wanted))) | Domain(
            "id", "in", elsewhere
        )
        if False in value:
            above = self.browse(filter(None, set(moved.values())))
            gone = {unit.id for unit in above if not unit._existed_on(day)}
            rootless = [
                unit_id for unit_id, up in moved.items() if not up or up in gone
            ]
            found |= Domain("id", "in", rootless)
            found |= unmoved & (
                Domain("parent_id", "=", False) | Domain("parent_id", "not in", existed)
            )
        return found

    # BUSINESS

    @api.model
    def _get_day_asked(self):
        """Return the day of the context ``name_at``, or today."""
        day = self._to_day(self.env.context.get("name_at"))
        return day or fields.Date.context_today(self)

    @api.model
    def _to_day(self, value):
        """Read a date that a client gave; nothing stays nothing.

        :raises UserError: for what is no date
        """
        try:
            return fields.Date.to_date(value or None)
        except (TypeError, ValueError):
            raise UserError(
                self.env._("“%(text)s” is no date: give it as 2025-06-30.", text=value)
            ) from None

    def _existed_on(self, day):
        """Return whether the unit existed on ``day``; an empty one did not."""
        return bool(self) and (
            (self.date_start or day) <= day <= (self.date_end or day)
        )

    @api.model
    def _get_past_links(self, day):
        """Return ``{unit id: {field: id}}`` of what reforms after ``day`` changed.

        Of several, the first one after the day says what held on it: in three
        queries for any number of units.
        """
        later = Domain("state", "=", "applied") & Domain("date", ">", day)
        past = {}
        events = self.env["emulation.unit.succession"].sudo().search(later)
        moves = (
            self.env["emulation.unit.succession.move"]
            .sudo()
            .search_fetch(
                [
                    ("succession_id", "in", events.ids),
                    ("res_model", "=", "emulation.unit"),
                    ("field_name", "=", "parent_id"),
                ],
                ["succession_id", "res_id", "from_unit_id"],
            )
            .grouped("succession_id")
        )
        order = events.sorted(lambda event: (event.date, event.sequence, event.id))
        # the later ones first, so that the first one has the last word
        for event in reversed(order):
            for move in moves.get(event, ()):
                past.setdefault(move.res_id, {})["parent_id"] = move.from_unit_id.id
            for unit_id, former in (event.former_values or {}).items():
                links = {
                    name: former[name]
                    for name in ("parent_id", "kind_id", "level_id")
                    if name in former
                }
                past.setdefault(int(unit_id), {}).update(links)
        return past

    # ACTIONS

    def action_open_today(self):
        """Open the unit as it is today, where it can be corrected."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("emulation.emulation_unit_view_form").id, "form")],
            "context": {"name_at": False},
        }
