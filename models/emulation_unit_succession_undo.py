from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..tools.text import clean
from .emulation_succession_mixin import BY_SUCCESSION


class EmulationUnitSuccession(models.Model):
    """How a reform is undone, as long as nothing was built on it."""

    _inherit = "emulation.unit.succession"

    def _undo(self):
        """Undo the events, the last first, in one transaction.

        Whatever was built on them refuses it; the transaction leaves no trace.
        """
        events = self.sudo().with_context(
            tracking_disable=True, emulation_reform=BY_SUCCESSION
        )
        events = events.sorted(lambda event: (event.date, event.sequence, event.id))
        for event in events:
            event._check_not_followed(events)
        for group in reversed(events.grouped("date").values()):
            group._undo_day()
        events._check_uppers_go_on()
        events.write(
            {"undone_user_id": self.env.uid, "date_undone": fields.Datetime.now()}
        )
        self._forget_sight()

    def _undo_day(self):
        """Records go back, new units go, then what ended exists again."""
        self.move_ids._check_unchanged()
        self.move_ids._take_back()
        for event in self[::-1]:
            getattr(event, f"_undo_{event.kind}")()
        self._check_nothing_built()
        founded = self._get_founded()
        ending = self.filtered(lambda event: event._is_ending())
        for unit in ending.predecessor_ids:
            unit._check_code_free(founded)
        # What a code stood for is looked up again if the event is entered anew
        self.line_ids.filtered("code").write({"unit_id": False, "is_founded": False})
        self._unlink_founded(founded)
        ending.predecessor_ids.write({"date_end": False})

    def _check_not_followed(self, together):
        """Refuse where a later reform rests on the same units."""
        units = self.predecessor_ids | self.line_ids.unit_id
        later = self.search(
            Domain("state", "=", "applied")
            & Domain("id", "not in", together.ids)
            & (
                Domain("predecessor_ids", "in", units.ids)
                | Domain("line_ids.unit_id", "in", units.ids)
            )
        ).filtered(lambda event: self._is_before(event))
        if later:
            raise UserError(
                self.env._(
                    "“%(event)s” cannot be undone: “%(later)s” was built on it. Undo "
                    "that one first, or both together.",
                    event=self.display_name,
                    later=later[0].display_name,
                )
            )

    def _is_before(self, other):
        """Return whether ``other`` was applied after this event, or rests on it."""
        if other._get_founded() & (self.predecessor_ids | self.line_ids.unit_id):
            return False
        rests = self._get_founded() & (other.predecessor_ids | other.line_ids.unit_id)
        return bool(rests) or (other.date_applied, other.date, other.id) > (
            self.date_applied,
            self.date,
            self.id,
        )

    def _check_nothing_built(self):
        """Refuse where a successor has got records of its own since.

        The records that moved are back already: whatever a founded unit still has
        is its own, and of a unit that existed before, whatever is newer.
        """
        founded = self._get_founded()
        for events in self.grouped(lambda event: str(event.marks)).values():
            marks = events[0].marks or {}
            successors = events.line_ids.unit_id
            born = successors._get_born_by_reform()
            for model in self._get_followers():
                Model = self.env[model].with_context(active_test=False)
                later = Domain("id", ">", marks.get(model, 0))
                ours = founded.ids if model == "emulation.unit" else []
                ours += born[model].mapped("new_res_id") if model in born else []
                for name in Model._succession_fields:
                    own = Model.search(
                        (
                            Domain(name, "in", (successors & founded).ids)
                            | (Domain(name, "in", successors.ids) & later)
                        )
                        & Domain("id", "not in", ours),
                        limit=1,
                    )
                    if own:
                        self._raise_built(own, (own[name] & successors)[:1])

        for model, name, condition in self._get_other_links():
            Model = self.env[model].with_context(active_test=False)
            own = Model.search(
                Domain(name, "in", founded.ids) & Domain(condition), limit=1
            )
            if own:
                self._raise_built(own, (own[name] & founded)[:1])

    @api.model
    def _get_other_links(self):
        """Return what else may rest on a unit: ``[(model, field, domain)]``."""
        event, line = "emulation.unit.succession", "emulation.unit.succession.line"
        draft, of_draft = ("state", "=", "draft"), ("succession_id.state", "=", "draft")
        return [
            (event, "predecessor_ids", [draft]),
            (event, "new_parent_id", [draft]),
            (event, "new_managing_unit_id", [draft]),
            (line, "unit_id", [of_draft]),
            (line, "parent_id", [of_draft]),
            (line, "managing_unit_id", [of_draft]),
            *self._get_lasting_links(),
        ]

    @api.model
    def _get_lasting_links(self):
        """Return the stored links to a unit that no reform moves, of every model.

        The database would refuse the deletion in its own words, or drop the entry of
        a list without any.
        """
        followers = self._get_followers()
        links = []
        for name, model in sorted(self.env.registry.items()):
            history = name.startswith("emulation.unit.succession")
            if model._abstract or model._transient or not model._auto or history:
                continue
            moved = ("emulation.unit", "emulation.unit.name")
            fields_moved = model._succession_fields if name in followers else ()
            links += [
                (name, field.name, [])
                for field in model._fields.values()
                if field.comodel_name == "emulation.unit"
                and field.type in ("many2one", "many2many")
                and field.store
                and name not in moved
                and (field.type == "many2many" or field.name not in fields_moved)
            ]
        return links

    def _raise_built(self, record, unit):
        event = self.filtered(lambda event: unit in event.line_ids.unit_id)[:1]
        raise UserError(
            self.env._(
                "“%(event)s” cannot be undone: “%(unit)s” has got “%(record)s” "
                "(%(type)s) since.",
                event=event.display_name,
                unit=unit.name,
                record=record.display_name,
                type=self.env["ir.model"]._get(record._name).name,
            )
        )

    def _get_founded(self):
        """Return the units that these events founded."""
        return self.line_ids.filtered("is_founded").unit_id

    @api.model
    def _unlink_founded(self, units):
        """Delete the units that the events founded, the lowest first."""
        for unit in units.sorted(lambda one: -one.parent_path.count("/")):
            unit.unlink()

    # BY KIND

    def _undo_merge(self):
        for unit in self.predecessor_ids:
            unit.successor_ids = [Command.clear()]

    def _undo_split(self):
        self._undo_merge()

    def _undo_dissolve(self):
        self._undo_merge()

    def _undo_found(self):
        """The units it founded are deleted with those of the other events."""

    def _undo_rename(self):
        self._check_as_made({"name": clean(self.new_name)})
        self.predecessor_ids.former_name_ids.filtered(
            lambda name: name.date_end == fields.Date.subtract(self.date, days=1)
        ).unlink()
        self._restore()

    def _undo_transfer(self):
        self._restore()

    def _undo_change(self):
        if self.new_name:
            self._undo_rename()
        else:
            self._restore()

    def _check_as_made(self, made):
        """Refuse where a unit that went on is not what the event made it.

        :param made: what the event wrote on its units, as ids and texts
        """
        for unit in self.predecessor_ids:
            for name, value in made.items():
                field, now = unit._fields[name], unit[name]
                if (now.id if field.relational else now) != value:
                    raise UserError(
                        self.env._(
                            "“%(event)s” cannot be undone: “%(unit)s” was changed "
                            "since: %(field)s. Enter a new event for what is right.",
                            event=self.display_name,
                            unit=unit.name,
                            field=field._description_string(self.env),
                        )
                    )

    def _restore(self):
        """Write the former values back on the units that went on."""
        self._check_as_made(self._get_new_links())
        for unit in self.predecessor_ids:
            values = (self.former_values or {}).get(str(unit.id))
            if values:
                unit.write(values)

    def _check_uppers_go_on(self):
        """Refuse to bring a unit back under one that another reform ended."""
        for event in self:
            for unit in event.predecessor_ids.filtered(lambda one: not one.is_ended):
                uppers = unit.parent_id | unit.managing_unit_id
                for upper in uppers.filtered("is_ended"):
                    raise UserError(
                        self.env._(
                            "“%(event)s” cannot be undone: “%(unit)s” would come back "
                            "under “%(upper)s”, which ended on %(day)s. Undo that end "
                            "as well.",
                            event=event.display_name,
                            unit=unit.name,
                            upper=upper.name,
                            day=format_date(self.env, upper.date_end),
                        )
                    )
