from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .emulation_succession_mixin import BY_SUCCESSION

# What a unit is: it changes by a reform, with a date and a legal text
IDENTITY = ("name", "parent_id", "kind_id", "level_id")
# Said by a correction at work; an object, so that no client can say it.
BY_CORRECTION = object()
# Who acts for a unit is entered with it and says nothing of its past
NO_PAST = {"emulation.unit.officer", "emulation.unit.name"}


class EmulationUnit(models.Model):
    """What a unit is changes by a reform as soon as anything belongs to it (R10).

    A name, a place in the tree, a kind or level that is simply overwritten would be
    overwritten in every closed record too. Who has just entered a unit corrects it
    freely; a typing error found later is a manager's to correct, with a reason.
    """

    _inherit = "emulation.unit"

    is_in_use = fields.Boolean(
        string="In use",
        compute="_compute_is_in_use",
        help="Units, dossiers, people or other records belong to it: what it is "
        "changes by a reform",
    )

    def _compute_is_in_use(self):
        used = self._origin._get_used()
        for unit in self:
            unit.is_in_use = unit._origin in used

    def write(self, vals):
        if not self._is_identity_free():
            # who may not write at all is told that, and nothing of the unit
            self.check_access("write")
            self._check_identity(self._clean_vals(vals))
        return super().write(vals)

    def action_open_correction(self):
        """Open the dialog by which a manager corrects an error of entry.

        :raises AccessError: for anybody but a movement manager
        """
        self.ensure_one()
        self._check_corrector()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct an Error: %(unit)s", unit=self.name),
            "res_model": "emulation.unit.correction",
            "view_mode": "form",
            "target": "new",
            "context": {"default_unit_id": self.id},
        }

    def _check_corrector(self):
        if self.env.user.has_group("emulation.group_emulation_manager"):
            return
        raise AccessError(
            self.env._(
                "Only a movement manager corrects what “%(unit)s” is. Ask one to do "
                "it.",
                unit=self.name,
            )
        )

    def _correct(self, vals, reason):
        """Correct an error of entry; the reason and what changed stay in the chatter.

        :param vals: new values of ``name``, ``parent_id``, ``kind_id``, ``level_id``
        :param reason: what was wrong, in words
        :raises UserError: without a reason, or when nothing would change
        """
        self.ensure_one()
        self._check_corrector()
        changes = self._get_identity_changes(self._clean_vals(vals))
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Write down what was wrong with “%(unit)s”: the reason is kept "
                    "with the unit.",
                    unit=self.name,
                )
            )
        if not changes:
            raise UserError(
                self.env._(
                    "“%(unit)s” is so already. Enter what is to be corrected.",
                    unit=self.name,
                )
            )
        before = {name: self._get_shown(name) for name in changes}
        correction = self.with_context(
            emulation_correction=BY_CORRECTION, tracking_disable=True
        )
        correction.write(changes)
        for name, was in before.items():
            self._message_log(
                body=self.env._(
                    "Error corrected, %(field)s: %(before)s → %(after)s. %(reason)s",
                    field=self._import_label(name),
                    before=was,
                    after=self._get_shown(name),
                    reason=reason.strip(),
                )
            )

    def _get_shown(self, name):
        value = self[name]
        value = value.name if isinstance(value, models.BaseModel) else value
        return value or "–"

    def _is_identity_free(self):
        """Return whether a reform, a correction or the application itself writes."""
        context = self.env.context
        return (
            self.env.su
            or context.get("emulation_reform") is BY_SUCCESSION
            or context.get("emulation_correction") is BY_CORRECTION
        )

    def _get_identity_changes(self, vals):
        """Return those of ``vals`` that would make another unit of this one."""
        self.ensure_one()
        return {
            name: vals[name]
            for name in IDENTITY
            if name in vals and not self._import_is_same(name, vals[name])
        }

    def _check_identity(self, vals):
        """Refuse to overwrite what a unit in use is.

        :raises UserError: naming the unit and both remedies
        """
        self._check_new_parent(vals)
        changing = self.filtered(lambda unit: unit._get_identity_changes(vals))
        for unit in changing._get_used():
            name = next(iter(unit._get_identity_changes(vals)))
            raise UserError(unit._explain_identity(name))

    def _explain_identity(self, name):
        """Return why the field ``name`` of this unit is not simply overwritten."""
        return self.env._(
            "“%(unit)s” is in use: its “%(field)s” changes by a reform, which keeps "
            "what it was (Organisation › Reforms). An error of entry is corrected by "
            "a movement manager with a reason: button “Correct an error” on the unit.",
            unit=self.name,
            field=self._import_label(name),
        )

    def _get_used(self):
        """Return those of these units that anything belongs to, in one query."""
        if not self.ids:
            return self.browse()
        self.env.flush_all()
        used = [
            SQL("EXISTS (SELECT FROM %s WHERE %s = unit.id)", table, column)
            for table, column in self._get_links_to_units()
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT unit.id FROM emulation_unit AS unit "
                "WHERE unit.id = ANY(%s) AND (%s)",
                self.ids,
                SQL(" OR ").join(used),
            )
        )
        found = {row[0] for row in rows}
        return self.filtered(lambda unit: unit.id in found)

    @api.model
    def _get_links_to_units(self):
        """Return the (table, column) pairs by which records belong to a unit."""
        links = set()
        for name, model in self.env.registry.items():
            if (
                model._abstract
                or model._transient
                or not model._auto
                or name in NO_PAST
            ):
                continue
            for field in model._fields.values():
                if field.comodel_name != self._name or not field.store:
                    continue
                if field.type == "many2one":
                    links.add((model._table, field.name))
                elif field.type == "many2many":
                    links.add((field.relation, field.column2))
        return [
            (SQL.identifier(one), SQL.identifier(two)) for one, two in sorted(links)
        ]

    # IMPORT

    @api.model
    def _import_faults(self, rows, heads, known, first_seen, matches):
        """Add the rows that would make other units of those that are in use."""
        faults = super()._import_faults(rows, heads, known, first_seen, matches)
        if self._is_identity_free():
            return faults
        faulty = {index for index, _field, _message in faults}
        # together, so that they are read together
        units = {unit.id: unit for unit in self.browse(known.values())}
        changes = {}
        for index in heads:
            unit = units.get(known.get(rows[index]["code"]))
            if unit and index not in faulty:
                change = self._import_identity_change(rows[index], unit, matches)
                if change:
                    changes[index] = (unit, change)
        used = self.union(*(unit for unit, _field in changes.values()))._get_used()
        return faults + [
            (index, field, unit._import_identity_error(rows[index], field))
            for index, (unit, field) in changes.items()
            if unit in used
        ]

    @api.model
    def _import_identity_change(self, row, unit, matches):
        """Return the column by which a row would make another unit of ``unit``."""
        for name in IDENTITY:
            value = row.get(name)
            if name not in row or (not value and self._fields[name].required):
                continue
            if name == "name":
                differs = value != unit.name
            else:
                found = value and self._import_matches(name, value, matches)
                differs = (found[0] if found else value or False) != unit[name].id
            if differs:
                return name
        return None

    def _import_identity_error(self, row, name):
        return self.env._(
            "“%(unit)s” is in use, and the file gives it another “%(field)s”: "
            "“%(value)s” instead of “%(present)s”. Such a change is a reform, which "
            "keeps what it was (Organisation › Reforms; many at once come in from one "
            "file there): apply it, then import this file again. An error of entry is "
            "corrected by a movement manager with a reason (button “Correct an error” "
            "on the unit). Or put the present value in the file.",
            unit=self.name,
            field=self._import_label(name),
            value=row[name] or "–",
            present=self._get_shown(name),
        )
