from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL, ormcache


class ResUsers(models.Model):
    _inherit = "res.users"

    emulation_unit_ids = fields.Many2many(
        "emulation.unit",
        string="Acts for units",
        compute="_compute_emulation_unit_ids",
        inverse="_inverse_emulation_unit_ids",
        search="_search_emulation_unit_ids",
        compute_sudo=True,
        help="The units this user acts for today. Adding one begins an assignment "
        "today, removing one ends it.",
    )
    emulation_officer_ids = fields.One2many(
        "emulation.unit.officer",
        "user_id",
        string="Assignments to units",
        groups="emulation.group_emulation_user",
    )

    # Works in the offices, not on the portal. Asked for every field of every record
    # that is read: hence no method, whose answer takes longer than the value itself.
    emulation_is_internal = fields.Boolean(
        compute="_compute_emulation_is_internal",
        compute_sudo=True,
        export_string_translation=False,
    )

    @api.depends("emulation_officer_ids.date_start", "emulation_officer_ids.date_end")
    def _compute_emulation_unit_ids(self):
        Officer = self.env["emulation.unit.officer"].sudo()
        current = Officer._get_current_domain() & Domain("user_id", "in", self.ids)
        groups = Officer._read_group(current, ["user_id"], ["unit_id:recordset"])
        units = {user.id: unit.ids for user, unit in groups}
        for user in self:
            user.emulation_unit_ids = [Command.set(units.get(user.id, []))]

    def _inverse_emulation_unit_ids(self):
        Officer = self.env["emulation.unit.officer"]
        today = fields.Date.context_today(self)
        for user in self:
            current = Officer.search(
                Officer._get_current_domain() & Domain("user_id", "=", user.id)
            )
            wanted = user.emulation_unit_ids
            begun_today = current.filtered(lambda line: line.date_start >= today)
            leaving = current.filtered(lambda line, w=wanted: line.unit_id not in w)
            (leaving & begun_today).unlink()
            (leaving - begun_today).date_end = fields.Date.subtract(today, days=1)
            Officer.create(
                [
                    {"user_id": user.id, "unit_id": unit.id}
                    for unit in wanted - current.unit_id
                ]
            )

    @api.depends("all_group_ids")
    def _compute_emulation_is_internal(self):
        for user in self:
            user.emulation_is_internal = user._is_internal()

    @api.model
    def _search_emulation_unit_ids(self, operator, value):
        Officer = self.env["emulation.unit.officer"]
        today = Officer._get_current_domain()
        if operator == "in" and False in value:
            # acting for none today, whatever went before
            others = [one for one in value if one]
            return ~Domain("emulation_officer_ids", "any", today) | Domain(
                "emulation_unit_ids", "in", others
            )
        officers = Domain("unit_id", operator, value) & today
        return Domain("emulation_officer_ids", "any", officers)

    def _emulation_scope_paths(self):
        """Return the tree paths of the units the user acts for, outermost only."""
        return self._emulation_reach()[0]

    def _emulation_past_paths(self):
        """Return the tree paths of the units that the user's units came out of.

        Whoever acts for a successor reads the history of its predecessors (R10).
        """
        return self._emulation_reach()[1]

    def _emulation_sector_unit_ids(self):
        """Return the ids of the units that the user's units manage by sector.

        Managed at any remove (a department manages a school through the office
        below it), with everything inside the managed units (R75), by the units
        themselves or by their predecessors, and the predecessors of the managed.
        """
        return self._emulation_reach()[2]

    def _emulation_scope_domain(self, path):
        """Return the domain of the records the user works on.

        :param path: the field with the path of the record's unit in the tree
        """
        return Domain.OR(
            Domain(path, "=like", f"{prefix}%")
            for prefix in self._emulation_scope_paths()
        )

    def _emulation_sight_domain(self, path):
        """Return the domain of the records the user reads.

        For whoever manages units by sector it lists the paths: a condition that an
        index alone can answer, which prefixes beside a list are not. They go as one
        array: hundreds of values one by one cost more than the search itself.

        :param path: the field with the path of the record's unit in the tree
        """
        if listed := self._emulation_reach()[3]:
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s = ANY(%s::varchar[])",
                    model._field_to_sql(alias, path, query),
                    f"{{{','.join(listed)}}}",
                ),
                predicate=lambda record: record[path] in listed,
            )
        return Domain.OR(
            Domain(path, "=like", f"{prefix}%")
            for prefix in self._emulation_scope_paths() + self._emulation_past_paths()
        )

    def _emulation_reach(self):
        """Return scope paths, past paths, sector unit ids and the paths in sight.

        The last only for whoever manages units by sector. Remembered for a day.

        Every rule asks for them, several times a request. Whatever changes an
        assignment or the trees forgets them at once (``_forget_scopes``).
        """
        self.ensure_one()
        return self._find_reach(fields.Date.context_today(self))

    @ormcache("self.id", "day")
    def _find_reach(self, day):
        user = self.sudo()
        paths = user._find_scope_paths()
        past = user.env["emulation.unit"]._get_predecessor_paths(paths)
        sector_ids = user._find_sector_unit_ids()
        listed = user._find_listed_paths([*paths, *past], sector_ids)
        return tuple(paths), tuple(past), sector_ids, listed

    def _find_scope_paths(self):
        paths = sorted(self.emulation_unit_ids.mapped("parent_path"))
        outermost = []
        for path in paths:
            if not outermost or not path.startswith(outermost[-1]):
                outermost.append(path)
        return outermost

    def _find_listed_paths(self, prefixes, sector_ids):
        """Return the path of every unit in sight, if any is so by sector."""
        if not sector_ids:
            return {}
        sight = Domain("id", "in", sector_ids) | Domain.OR(
            Domain("parent_path", "=like", f"{prefix}%") for prefix in prefixes
        )
        Unit = self.env["emulation.unit"].with_context(active_test=False)
        units = Unit.search_fetch(sight, ["parent_path"])
        return dict.fromkeys(units.mapped("parent_path"))

    def _find_sector_unit_ids(self):
        units = self.emulation_unit_ids
        if not units:
            return frozenset()
        self.env["emulation.unit"].flush_model(
            ["sector_path", "parent_path", "successor_ids"]
        )
        rows = self.env.execute_query(
            SQL(
                "WITH RECURSIVE own AS ("
                " SELECT id FROM emulation_unit WHERE id = ANY(%s)"
                " UNION"
                " SELECT rel.predecessor_id FROM own"
                " JOIN emulation_unit_successor_rel AS rel"
                " ON rel.successor_id = own.id"
                "), seen AS ("
                " SELECT inner_unit.id FROM emulation_unit AS managed"
                " JOIN emulation_unit AS inner_unit"
                " ON inner_unit.parent_path LIKE managed.parent_path || '%%'"
                " WHERE managed.id NOT IN (SELECT id FROM own)"
                " AND managed.sector_path LIKE ANY (ARRAY("
                "  SELECT sector_path || '%%' FROM emulation_unit"
                "  WHERE id IN (SELECT id FROM own)))"
                " UNION"
                " SELECT below.id FROM seen"
                " JOIN emulation_unit_successor_rel AS rel"
                " ON rel.successor_id = seen.id"
                " JOIN emulation_unit AS past ON past.id = rel.predecessor_id"
                " JOIN emulation_unit AS below"
                " ON below.parent_path LIKE past.parent_path || '%%'"
                ") SELECT id FROM seen",
                units.ids,
            )
        )
        return frozenset(row[0] for row in rows)

    def _emulation_check_has_unit(self):
        """Refuse what is done for a unit to whoever acts for none today.

        :raises UserError: naming the units that the user acted for before
        """
        self.ensure_one()
        user = self.sudo()
        units = user.emulation_unit_ids
        if units and any(not unit.is_ended for unit in units):
            return
        former = units or user.emulation_officer_ids.unit_id
        if not former:
            raise UserError(
                self.env._(
                    "%(user)s acts for no unit yet. Ask the movement manager to "
                    "enter this user among the officers of a unit.",
                    user=self.name,
                )
            )
        raise UserError(
            self.env._(
                "%(user)s acts for no unit in existence: %(units)s ended or the "
                "assignment did. Ask the movement manager for an assignment to the "
                "unit that took over.",
                user=self.name,
                units=", ".join(former.mapped("name")),
            )
        )
