from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.text import clean, code_key

# More than any reform has of anything
MANY = 10_001


class EmulationUnitSuccession(models.Model):
    """What must be true before a reform is applied (bad input is named here)."""

    _inherit = "emulation.unit.succession"

    def _check_contents_complete(self):
        """Check one event by itself: its shape, its dates, its units.

        :raises UserError: naming the event, what is wrong and the remedy
        """
        self.ensure_one()
        self._check_shape()
        self._check_new_values()
        for unit in self.predecessor_ids:
            self._check_predecessor(unit)
        for unit in self.line_ids.unit_id:
            self._check_successor(unit)
        for unit in self.new_parent_id | self.new_managing_unit_id:
            unit._check_living()

    def _check_shape(self):
        """Each kind has its number of units concerned and of successors."""
        units_range, lines_range, shape = self._get_shapes()[self.kind]
        fits = len(self.predecessor_ids) in units_range
        if not fits or len(self.line_ids) not in lines_range:
            raise UserError(
                self.env._(
                    "“%(event)s” needs %(shape)s. Complete it, or choose another kind "
                    "of reform.",
                    event=self.display_name,
                    shape=shape,
                )
            )
        self._check_distinct_successors()

    def _get_shapes(self):
        """Return, by kind, how many units and successors there are, and in words."""
        none, one, some, many = range(1), range(1, 2), range(1, MANY), range(2, MANY)
        merge = self.env._("units that merge and one successor")
        split = self.env._("one unit and two successors or more")
        rename = self.env._("one unit and its new name")
        transfer = self.env._("the units and their new higher unit")
        change = self.env._("the units and their new kind or level")
        dissolve = self.env._(
            "the units, and perhaps one unit that takes over their open files"
        )
        found = self.env._("new units and no unit concerned")
        return {
            "merge": (some, one, merge),
            "split": (one, many, split),
            "rename": (one, none, rename),
            "transfer": (some, none, transfer),
            "change": (some, none, change),
            "dissolve": (some, range(2), dissolve),
            "found": (none, some, found),
        }

    def _check_distinct_successors(self):
        """Each successor is named once, by choice or by code."""
        seen = set()
        for line in self.line_ids:
            key = code_key(line.unit_id.code or line.code)
            if key in seen:
                raise UserError(
                    self.env._(
                        "“%(event)s” names the successor “%(unit)s” twice. Keep one "
                        "of the two lines, or enter the other unit.",
                        event=self.display_name,
                        unit=line.display_name,
                    )
                )
            seen.add(key)

    def _check_changes_something(self):
        """Refuse an event after which its units are what they were.

        Judged when its turn comes: an earlier event of the same reform counts.

        :raises UserError: naming the unit, the event and the remedy
        """
        self.ensure_one()
        if self.kind not in ("rename", "transfer", "change"):
            return
        links = self._get_new_links()
        for unit in self.predecessor_ids:
            values = {"event": self.display_name, "unit": unit.name}
            new_name = clean(self.new_name or "") not in ("", unit.name)
            new_short = self.new_short_name and self.new_short_name != unit.short_name
            if self.kind == "transfer":
                new_name = new_short = False
            moved = any(unit[name].id != value for name, value in links.items())
            if not (new_name or new_short or moved):
                raise UserError(
                    self.env._(
                        "“%(event)s” would change nothing on “%(unit)s”: it is so "
                        "already. Correct the new values, or take the unit out.",
                        **values,
                    )
                )
            last = unit.former_name_ids.sorted("date_end")[-1:]
            first = last and fields.Date.add(last.date_end, days=2)
            if self.new_name and self.kind != "transfer" and last and self.date < first:
                raise UserError(
                    self.env._(
                        "“%(event)s”: “%(unit)s” was called “%(name)s” until %(day)s. "
                        "A new name must come into force later; correct the date, or "
                        "undo that renaming first.",
                        name=last.name,
                        day=format_date(self.env, last.date_end),
                        **values,
                    )
                )

    def _check_new_values(self):
        missing = {
            "rename": not (self.new_name or "").strip() and self.env._("the new name"),
            "transfer": not (self.new_parent_id or self.new_managing_unit_id)
            and self.env._("the new higher unit"),
            "change": not (self.new_kind_id or self.new_level_id)
            and self.env._("the new kind or level"),
        }.get(self.kind)
        if missing:
            raise UserError(
                self.env._(
                    "“%(event)s” lacks %(missing)s. Enter it first.",
                    event=self.display_name,
                    missing=missing,
                )
            )
        if self.kind == "change" and self.new_name and len(self.predecessor_ids) > 1:
            raise UserError(
                self.env._(
                    "“%(event)s”: several units cannot all be called “%(name)s”. "
                    "Enter one event for each.",
                    event=self.display_name,
                    name=self.new_name,
                )
            )

    def _check_predecessor(self, unit):
        values = {"unit": unit.name, "event": self.display_name}
        if unit in self.line_ids.unit_id:
            raise UserError(
                self.env._(
                    "“%(unit)s” cannot merge into itself. If it goes on, take it out "
                    "of the units concerned and keep it as the successor.",
                    **values,
                )
            )
        if unit.date_end:
            raise UserError(
                self.env._(
                    "“%(unit)s” ended already, or is to end, on %(day)s. Take it out "
                    "of “%(event)s”, or undo first what ends it.",
                    day=format_date(self.env, unit.date_end),
                    **values,
                )
            )
        if unit.date_start and unit.date_start >= self.date:
            raise UserError(
                self.env._(
                    "“%(unit)s” began on %(day)s: “%(event)s” cannot be earlier or on "
                    "the same day. Correct one of the two dates.",
                    day=format_date(self.env, unit.date_start),
                    **values,
                )
            )

    def _check_successor(self, unit):
        values = {
            "unit": unit.name,
            "event": self.display_name,
            "date": format_date(self.env, self.date),
        }
        if unit.date_end:
            raise UserError(
                self.env._(
                    "“%(unit)s” ended on %(day)s and cannot be a successor from "
                    "%(date)s on. Choose the unit that followed it.",
                    day=format_date(self.env, unit.date_end),
                    **values,
                )
            )
        if unit.date_start and unit.date_start > self.date:
            raise UserError(
                self.env._(
                    "“%(unit)s” began on %(day)s only: it cannot be a successor from "
                    "%(date)s on. Correct one of the two dates.",
                    day=format_date(self.env, unit.date_start),
                    **values,
                )
            )

    def _check_legal_text(self):
        """What was reformed is read by later years: by which paper, they must know."""
        if not (self.legal_text or "").strip():
            raise UserError(
                self.env._(
                    "“%(event)s” names no legal text. Enter the resolution or decision "
                    "that it carries out, then apply it.",
                    event=self.display_name,
                )
            )

    def _check_day_reached(self):
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "“%(event)s” comes into force on %(day)s. Keep it as a draft and "
                    "apply it from that day on.",
                    event=self.display_name,
                    day=format_date(self.env, self.date),
                )
            )

    def _check_ending_once(self):
        """No unit ends twice: neither in two events nor on two days."""
        seen = {}
        for succession in self.filtered(lambda event: event._is_ending()):
            for unit in succession.predecessor_ids:
                other = seen.setdefault(unit, succession)
                if other != succession:
                    raise UserError(
                        self.env._(
                            "“%(unit)s” would end twice: by “%(first)s” and by "
                            "“%(second)s”. A unit that goes to several successors is "
                            "one division.",
                            unit=unit.name,
                            first=other.display_name,
                            second=succession.display_name,
                        )
                    )
