from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from .emulation_succession_mixin import BY_SUCCESSION


class EmulationUnitSuccession(models.Model):
    """How a reform is carried out: what ends, what begins, what moves."""

    _inherit = "emulation.unit.succession"

    # PLAN

    @api.model
    def _get_followers(self):
        """Return the names of the models whose records follow a reform."""
        return sorted(
            name
            for name, model in self.env.registry.items()
            if not model._abstract
            and not model._transient
            and hasattr(model, "_succession_open_domain")
        )

    def _plan_moves(self):
        """Write down what will happen to each open record; keep what was decided.

        One search per model for all events of a day.

        :return: the moves, of all events
        """
        Move = self.env["emulation.unit.succession.move"]
        decided = {
            (
                *(move.succession_id, move.res_model, move.res_id),
                *(move.field_name, move.from_unit_id),
            ): move.line_id
            for move in self.move_ids
        }
        self.move_ids.unlink()
        vals_list = []
        for day, events in self.grouped("date").items():
            by_unit = {
                unit.id: event
                for event in events
                if event._is_ending()
                for unit in event.predecessor_ids
            }
            if by_unit:
                for model in self._get_followers():
                    vals_list += self._plan_model(model, day, by_unit, decided)
        return Move.create(vals_list)

    def _plan_model(self, model, day, by_unit, decided):
        Model = self.env[model].with_context(active_test=False)
        is_open = Domain(Model._succession_open_domain(day))
        if is_open.is_false():
            return []
        successors = {}
        if model == "emulation.unit":
            # what ends together with the unit above stays under it in history
            is_open &= Domain("id", "not in", list(by_unit))
            successors = {
                event: event.line_ids._find_units(by_unit)
                for event in set(by_unit.values())
            }
        vals_list = []
        for name in Model._succession_fields:
            records = Model.search(is_open & Domain(name, "in", list(by_unit)))
            for record in records:
                # a list of units may hold several that end
                for unit in record[name].filtered(lambda one: one.id in by_unit):
                    event = by_unit[unit.id]
                    line = decided.get((event, model, record.id, name, unit))
                    line = line or event.line_ids[:1]
                    heir = record.env["emulation.unit"]
                    if record._is_above(successors.get(event, {}), name, line):
                        # never under itself: it rises to the unit above
                        line, heir = line.browse(), unit._get_upper(name, by_unit)
                    elif not line and Model._succession_rises:
                        heir = unit._get_upper("parent_id", by_unit)
                    vals_list.append(
                        event._get_move_vals(record, name, unit, line, heir)
                    )
        return vals_list

    def _get_move_vals(self, record, name, unit, line, heir):
        """Return what becomes of one open record that belongs to ``unit``."""
        self.ensure_one()
        return {
            "succession_id": self.id,
            "res_model": record._name,
            "res_id": record.id,
            "record_name": record._succession_name(),
            "field_name": name,
            "effect": record._succession_effect(self),
            "from_unit_id": unit.id,
            "line_id": line.id,
            "to_unit_id": heir.id,
        }

    def _check_heirs(self):
        """Refuse a dissolution that would leave open records without a unit."""
        for succession in self.filtered(lambda event: not event.line_ids):
            orphans = succession.move_ids.filtered(
                lambda move: move.effect == "move" and not move.to_unit_id
            )
            if orphans:
                raise UserError(
                    self.env._(
                        "“%(event)s” would leave %(count)s open records without a "
                        "unit, e.g. “%(record)s” (%(type)s). Enter the unit that "
                        "takes them over as its successor.",
                        event=succession.display_name,
                        count=len(orphans),
                        record=orphans[0].record_name,
                        type=orphans[0].model_name,
                    )
                )

    # APPLY

    def _apply(self):
        """Carry out the events day by day, in one transaction."""
        events = self.sudo().with_context(
            tracking_disable=True, emulation_reform=BY_SUCCESSION
        )
        events = events.sorted(lambda event: (event.date, event.sequence, event.id))
        events._check_ending_once()
        marks = self._get_marks()
        for _day, group in events.grouped("date").items():
            group._apply_day()
        events.write(
            {
                "applied_user_id": self.env.uid,
                "date_applied": fields.Datetime.now(),
                "marks": marks,
            }
        )
        self._forget_sight()

    def _apply_day(self):
        """What ends, ends first: its code is free for the successor."""
        ending = self.filtered(lambda event: event._is_ending())
        for event in self:
            event._check_contents_complete()
        moves = ending._plan_moves()
        ending._check_heirs()
        for event in self:
            event._remember()
        ending.predecessor_ids.write(
            {"date_end": fields.Date.subtract(self[0].date, days=1)}
        )
        self.line_ids._link_or_found()
        for event in self:
            event._check_changes_something()
            getattr(event, f"_apply_{event.kind}")()
        moves._carry_out()

    def _remember(self):
        """Keep what the event changes on its units, so that it can be undone."""
        links = self._get_new_links()
        self.former_values = {
            str(unit.id): {
                "name": unit.name,
                "short_name": unit.short_name,
                **{name: unit[name].id for name in links},
            }
            for unit in self.predecessor_ids
        }

    def _get_new_links(self):
        """Return what a transfer or a change writes on the units that go on."""
        self.ensure_one()
        names = {
            "transfer": ("parent_id", "managing_unit_id"),
            "change": ("kind_id", "level_id"),
        }.get(self.kind, ())
        values = {name: self[f"new_{name}"].id for name in names}
        return {name: value for name, value in values.items() if value}

    def _apply_merge(self):
        for unit in self.predecessor_ids:
            unit.successor_ids = [
                Command.link(successor.id) for successor in self.line_ids.unit_id
            ]

    def _apply_split(self):
        self._apply_merge()

    def _apply_dissolve(self):
        self._apply_merge()

    def _apply_found(self):
        """The lines are founded already: a foundation has nothing else to do."""

    def _apply_rename(self):
        self.predecessor_ids._rename(self.new_name, self.new_short_name, self.date)

    def _apply_transfer(self):
        self.predecessor_ids.write(self._get_new_links())

    def _apply_change(self):
        self.predecessor_ids.write(self._get_new_links())
        if self.new_name:
            self._apply_rename()

    # WHAT CAME AFTER

    @api.model
    def _get_marks(self):
        """Return the last id of every model that follows reforms.

        What has a higher one was entered after the reform, whatever the clock.
        """
        self.env.flush_all()
        marks = {}
        for name in self._get_followers():
            table = SQL.identifier(self.env[name]._table)
            rows = self.env.execute_query(SQL("SELECT MAX(id) FROM %s", table))
            marks[name] = rows[0][0] or 0
        return marks

    @api.model
    def _forget_sight(self):
        """Drop what the transaction remembers of units, scopes and sight."""
        self.env.flush_all()
        self.env.invalidate_all()
