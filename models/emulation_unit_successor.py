from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..tools.text import fold
from .emulation_succession_mixin import BY_SUCCESSION


class EmulationUnit(models.Model):
    """A unit that ended has successors, or was dissolved (R10)."""

    _name = "emulation.unit"
    _inherit = ["emulation.unit", "emulation.succession.mixin"]

    _succession_fields = ("parent_id", "managing_unit_id")
    _succession_rises = True

    successor_ids = fields.Many2many(
        "emulation.unit",
        "emulation_unit_successor_rel",
        "predecessor_id",
        "successor_id",
        string="Successors",
        readonly=True,
        copy=False,
    )
    predecessor_ids = fields.Many2many(
        "emulation.unit",
        "emulation_unit_successor_rel",
        "successor_id",
        "predecessor_id",
        string="Predecessors",
        readonly=True,
        copy=False,
        help="The units this one came out of; its officers read their history",
    )
    existing_on = fields.Date(
        string="In existence on",
        compute="_compute_existing_on",
        search="_search_existing_on",
        help="Search for the units that existed on a day",
    )

    succession_ids = fields.Many2many(
        "emulation.unit.succession",
        string="Reforms",
        compute="_compute_succession_ids",
        help="The events by which this unit came to be, changed or ended",
    )

    def _compute_succession_ids(self):
        Succession = self.env["emulation.unit.succession"]
        applied = Domain("state", "=", "applied")
        concerned = Succession.search(
            applied
            & (
                Domain("predecessor_ids", "in", self.ids)
                | Domain("line_ids.unit_id", "in", self.ids)
            )
        )
        for unit in self:
            unit.succession_ids = concerned.filtered(
                lambda event, unit=unit._origin: (
                    unit in event.predecessor_ids | event.line_ids.unit_id
                )
            )

    @api.depends(
        "former_name_ids.name", "former_name_ids.short_name",
        "predecessor_ids.name", "predecessor_ids.short_name",
    )  # fmt: skip
    def _compute_search_text(self):
        """A unit is also found by what it was called, and by what it came out of."""
        result = super()._compute_search_text()
        for unit in self:
            past = []
            for source in (unit.former_name_ids, unit.predecessor_ids):
                past += source.mapped("name") + source.mapped("short_name")
            if any(past):
                words = (unit.search_text, fold(" ".join(filter(None, past))))
                unit.search_text = " ".join(words)
        return result

    def _compute_existing_on(self):
        # Only a question to be searched; a unit has no one day of its own
        self.existing_on = False

    def _search_existing_on(self, operator, value):
        if operator != "in":
            return NotImplemented
        days = [self._to_day(day) for day in value if day]
        return Domain.OR(
            (Domain("date_start", "=", False) | Domain("date_start", "<=", day))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", day))
            for day in days
        )

    @api.constrains("parent_id", "managing_unit_id")
    def _check_upper_units_living(self):
        """Nothing is built on a unit that has ended; history stays as it was."""
        if self.env.context.get("emulation_reform") is BY_SUCCESSION:
            return
        living = self.filtered(lambda unit: not unit.date_end)
        (living.parent_id | living.managing_unit_id)._check_living()

    @api.model_create_multi
    def create(self, vals_list):
        # a context or a personal default would name some as well
        offered = self.default_get(["successor_ids", "predecessor_ids"])
        for vals in vals_list:
            self._check_succession_fields({**offered, **vals})
        units = super().create(vals_list)
        units.filtered("date_end")._record_end_by_hand()
        return units

    def write(self, vals):
        self._check_succession_fields(vals)
        if (
            "date_end" not in vals
            or self.env.context.get("emulation_reform") is BY_SUCCESSION
        ):
            return super().write(vals)
        day = fields.Date.to_date(vals["date_end"]) or False
        changing = self.filtered(lambda unit: unit.date_end != day)
        changing._forget_end_by_hand()
        result = super().write(vals)
        changing.filtered("date_end")._record_end_by_hand()
        return result

    def unlink(self):
        """Delete with a unit the dissolution that its last day stands for."""
        events = (
            self.env["emulation.unit.succession"]
            .sudo()
            .search([("predecessor_ids", "in", self.ids), ("is_by_hand", "=", True)])
        )
        result = super().unlink()
        events.invalidate_recordset(["predecessor_ids"])
        events.filtered(lambda event: not event.predecessor_ids).unlink()
        return result

    @api.model
    def _check_succession_fields(self, vals):
        """Refuse successors written from outside a reform."""
        if {"successor_ids", "predecessor_ids"} & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._(
                    "Successors come from a reform alone: enter it under "
                    "Organisation › Reforms."
                )
            )

    def _forget_end_by_hand(self):
        """Drop the dissolutions that an end entered by hand stands for.

        A unit may come in with its last day from a file; one in existence ends by a
        reform, because somebody must say where its open records go.

        :raises UserError: where a reform ends the unit, or ended it
        """
        living = self.filtered(lambda unit: not unit.date_end)
        if living and not self.env.su:
            raise UserError(
                self.env._(
                    "“%(unit)s” ends by a reform, which says where its open records "
                    "go. Enter a merger, a division or a dissolution under "
                    "Organisation › Reforms.",
                    unit=living[0].name,
                )
            )
        Succession = self.env["emulation.unit.succession"].sudo()
        ending = Succession.search(
            [
                ("predecessor_ids", "in", self.filtered("date_end").ids),
                ("state", "=", "applied"),
                ("kind", "in", Succession._ending_kinds()),
            ]
        )
        for succession in ending.filtered(lambda event: not event.is_by_hand):
            raise UserError(
                self.env._(
                    "“%(unit)s” ended by a reform: %(event)s. Undo that reform to "
                    "change the day.",
                    unit=(succession.predecessor_ids & self)[:1].name,
                    event=succession.display_name,
                )
            )
        ending.unlink()

    def _record_end_by_hand(self):
        """Write down as a dissolution what ended by a date entered or imported."""
        self.env["emulation.unit.succession"].sudo().create(
            [
                {
                    "kind": "dissolve",
                    "state": "applied",
                    "is_by_hand": True,
                    "date": fields.Date.add(unit.date_end, days=1),
                    "predecessor_ids": [fields.Command.set(unit.ids)],
                    "company_id": unit.company_id.id,
                    "note": self.env._("The last day was entered on the unit itself."),
                }
                for unit in self
            ]
        )

    @api.model
    def _succession_open_domain(self, day):
        """Lower and managed units in existence."""
        return Domain("date_end", "=", False)

    def _is_above(self, successors, name, line):
        """A successor itself, or a unit between it and the one that ends."""
        if self in successors.values():
            return True
        upper = successors.get(line, self.browse())
        while upper and upper != self:
            upper = upper[name]
        return bool(upper)

    def _get_upper(self, name, leaving):
        """Return the nearest unit above that goes on, in the tree of field ``name``.

        :param leaving: ids of the units that end on the same day
        """
        self.ensure_one()
        upper = self[name]
        while upper and (upper.id in leaving or upper.date_end):
            upper = upper[name]
        return upper

    def _get_living_successors(self):
        """Return the units in existence that these came to be, at any remove."""
        found, seen, waiting = self.browse(), self.browse(), self.sudo()
        while waiting:
            seen |= waiting
            following = waiting.successor_ids - seen
            found |= following.filtered(lambda unit: not unit.is_ended)
            waiting = following.filtered("is_ended")
        return found.with_env(self.env)

    def _check_living(self):
        """Refuse to enter anything new for a unit that has ended.

        :raises UserError: naming the unit, its last day and its successors
        """
        for unit in self.sudo():
            if not unit.is_ended:
                continue
            successors = unit._get_living_successors()
            day = format_date(self.env, unit.date_end)
            if successors:
                raise UserError(
                    self.env._(
                        "“%(unit)s” ended on %(day)s. Choose its successor: "
                        "%(successors)s.",
                        unit=unit.name,
                        day=day,
                        successors=", ".join(successors.mapped("name")),
                    )
                )
            raise UserError(
                self.env._(
                    "“%(unit)s” ended on %(day)s and has no successor. Choose another "
                    "unit, or ask the movement office which one took over its work.",
                    unit=unit.name,
                    day=day,
                )
            )

    def _get_born_by_reform(self):
        """Return ``{model: moves}`` of what reforms began anew in these units."""
        moves = self.env["emulation.unit.succession.move"].search(
            [("to_unit_id", "in", self.ids), ("new_res_id", "!=", 0)]
        )
        return moves.grouped("res_model")

    def _check_code_free(self, leaving):
        """Refuse to bring a unit back whose code another one holds by now.

        :param leaving: the units that go in the same step
        """
        self.ensure_one()
        holder = self.search(
            [
                ("code", "=", self.code),
                ("company_id", "=", self.company_id.id),
                ("date_end", "=", False),
                ("id", "not in", (self | leaving).ids),
            ],
            limit=1,
        )
        if holder:
            raise UserError(
                self.env._(
                    "“%(unit)s” cannot exist again: its code %(code)s belongs to "
                    "“%(holder)s”. Undo the event that founded that unit as well.",
                    unit=self.name,
                    code=self.code,
                    holder=holder.name,
                )
            )

    @api.model
    def _get_predecessor_paths(self, paths):
        """Return the tree paths of what came before the units below ``paths``.

        Predecessors at any remove, and the predecessors of whatever stood below
        them, in one query.
        """
        if not paths:
            return []
        self.env["emulation.unit"].flush_model(["parent_path", "successor_ids"])
        rows = self.env.execute_query(
            SQL(
                "WITH RECURSIVE link AS ("
                " SELECT successor.parent_path AS path, past.id,"
                "  past.parent_path AS past_path"
                " FROM emulation_unit_successor_rel AS rel"
                " JOIN emulation_unit AS successor ON successor.id = rel.successor_id"
                " JOIN emulation_unit AS past ON past.id = rel.predecessor_id"
                "), past AS ("
                " SELECT id, past_path FROM link WHERE path LIKE ANY(%s)"
                " UNION"
                " SELECT link.id, link.past_path FROM past JOIN link"
                " ON link.path LIKE past.past_path || '%%'"
                ") SELECT past_path FROM past ORDER BY past_path",
                [f"{path}%" for path in paths],
            )
        )
        return [row[0] for row in rows]
