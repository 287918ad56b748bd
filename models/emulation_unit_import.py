from odoo import api, models

from ..tools.text import code_key

# Columns that name another unit, perhaps one of the same file
LINKS = ("parent_id", "managing_unit_id")
CATALOGUES = ("kind_id", "level_id", "theme_id")
# Entries of a catalogue that a message proposes
SHOWN_CHOICES = 40


class EmulationUnit(models.Model):
    """Units come in from a file, and the same file again updates them (R10)."""

    _name = "emulation.unit"
    _inherit = ["emulation.unit", "emulation.import.mixin"]

    @api.model
    def get_import_templates(self):
        """Offer the templates for units, with headers in the user's language."""
        return self._get_import_files(self.env._("Import template for units"), "units")

    @api.model
    def load(self, fields, data):
        """Import units, recognising those that exist by their code.

        Extends the ORM's ``load`` (same shapes): without an id column, a row
        whose code exists updates that unit; rows may stand in any order. Rows that
        cannot be placed are refused before anything is written, each with the name
        of its unit and the remedy.
        """
        ours = "code" in fields and not self._import_is_resolved()
        if not ours or {"id", ".id"} & set(fields):
            return super().load(fields, data)
        rows = self._import_rows(fields, data)
        known = self._import_known([row["code"] for row in rows if row["code"]])
        self._import_spell(rows, known)
        # A line with nothing but officers continues the unit above it
        heads = [
            index
            for index, row in enumerate(rows)
            if any(value for name, value in row.items() if "/" not in name)
        ]
        first_seen = {}
        for index in heads:
            first_seen.setdefault(rows[index]["code"], index)
        matches = {("emulation.unit", code): [id_] for code, id_ in known.items()}
        faults = self._import_faults(rows, heads, known, first_seen, matches)
        depths = self._import_depths(rows, heads, known, first_seen)
        faults += [
            (index, "parent_id", self._import_circle_error(rows[index]))
            for index in heads
            if depths.get(index) is None and not faults
        ]
        if faults:
            return self._import_refuse(faults)
        order = sorted(heads, key=depths.get)
        return self._import_in_order(fields, data, rows, order, known, matches)

    @api.model
    def _import_spell(self, rows, known):
        """Spell the codes as the unit that has them does, else as the file first did.

        "mttq-35" is the unit MTTQ-35, and no second one.
        """
        spelling = {code_key(code): code for code in known}
        for row in rows:
            if row["code"]:
                row["code"] = spelling.setdefault(code_key(row["code"]), row["code"])
        for row in rows:
            for name in LINKS:
                if row.get(name):
                    row[name] = spelling.get(code_key(row[name]), row[name])

    @api.model
    def _import_in_order(self, fields, data, rows, order, known, matches):
        """Load the rows with higher units first, and answer in the file's order."""
        ends = dict(zip(sorted(order), [*sorted(order)[1:], len(rows)], strict=True))
        lines = [
            line
            for head in order
            for line in range(head, ends[head])
            if any(data[line])
        ]
        self.browse(known.values()).fetch([name for name in fields if "/" not in name])
        resolved = [self._import_values(rows[line], known, matches) for line in lines]
        result = self._import_resolved(fields, [data[line] for line in lines], resolved)
        for message in result["messages"]:
            span = message.get("rows")
            if span and 0 <= span.get("from", -1) < len(lines):
                first, last = lines[span["from"]], lines[span["to"]]
                message["rows"] = {"from": first, "to": last}
                message["record"] = self._import_row_number(first)
        if result["ids"] and len(result["ids"]) == len(order):
            by_head = dict(zip(order, result["ids"], strict=True))
            result["ids"] = [by_head[head] for head in sorted(order)]
        return result

    @api.model
    def _import_values(self, row, known, matches):
        """Return what a row says in values: ids, or the code of a unit to come."""
        values = {"code": row["code"]}
        for name in CATALOGUES:
            if name in row:
                found = row[name] and self._import_matches(name, row[name], matches)
                values[name] = found[0] if found else False
        for name in LINKS:
            if name in row:
                found = matches.get(("emulation.unit", row[name]))
                values[name] = found[0] if found else row[name] or False
        if row["code"] in known:
            values[".id"] = known[row["code"]]
        return values

    @api.model
    def _load_records(self, data_list, update=False):
        """Create the units level by level, so that links to new units have an id."""
        units = self.browse()
        for wave in self._import_waves(data_list):
            self._import_enter_links(wave)
            units += super()._load_records(wave, update)
        return units

    @api.model
    def _import_waves(self, data_list):
        """Cut the rows where one names a unit that the rows before it bring."""
        waves, codes = [[]], set()
        for data in data_list:
            if codes & self._import_pending(data):
                waves.append([])
                codes = set()
            waves[-1].append(data)
            codes.add(data["values"].get("code"))
        return waves

    @api.model
    def _import_pending(self, data):
        """Return the codes by which a row names units not yet created."""
        links = (data["values"].get(name) for name in LINKS)
        return {link for link in links if isinstance(link, str)}

    @api.model
    def _import_enter_links(self, wave):
        """Put ids in the place of codes, now that those units exist."""
        pending = set().union(*map(self._import_pending, wave))
        known = self._import_known(pending) if pending else {}
        for data in wave:
            for name in LINKS:
                link = data["values"].get(name)
                if isinstance(link, str):
                    data["values"][name] = known.get(link, False)

    @api.model
    def _import_known(self, codes):
        """Return the ids of the company's units with one of ``codes``, by code.

        A successor may have taken over the code of an ended unit, or be about to:
        the one in existence today is meant, else the one that goes on.
        """
        units = self.search_fetch(
            [
                ("code_key", "in", [code_key(code) for code in codes]),
                ("company_id", "=", self.env.company.id),
            ],
            ["code", "code_key", "date_start", "date_end"],
        )
        present = units.filtered_domain(self._get_present_domain())
        ended = (units - present).filtered("date_end").sorted("date_end")
        last = [*ended, *(units - present - ended), *present]
        return {unit.code: unit.id for unit in last}

    @api.model
    def _import_depths(self, rows, heads, known, first_seen):
        """Return how many new units of the file stand above each row's unit.

        Rows in a circle get no depth.
        """
        above = {
            index: {
                first_seen[rows[index].get(name)]
                for name in LINKS
                if rows[index].get(name) in first_seen
                and rows[index].get(name) not in known
            }
            for index in heads
        }
        depths, waiting, depth = {}, set(heads), 0
        while waiting:
            ready = {index for index in waiting if above[index] <= depths.keys()}
            if not ready:
                break
            depths.update(dict.fromkeys(ready, depth))
            waiting -= ready
            depth += 1
        return depths

    @api.model
    def _import_faults(self, rows, heads, known, first_seen, matches):
        """Return the faults of the file: (row index, column, message)."""
        faults = []
        for index in heads:
            row = rows[index]
            fault = (
                self._import_code_fault(index, row, first_seen)
                or self._import_missing_fault(row, known)
                or self._import_day_fault(row, row.get("name") or row["code"])
                or self._import_link_fault(row, first_seen, matches)
            )
            if fault:
                faults.append((index, *fault))
        return faults

    def _import_code_fault(self, index, row, first_seen):
        name = row.get("name") or self.env._(
            "row %(row)d", row=self._import_row_number(index)
        )
        if not row["code"]:
            message = self.env._(
                "“%(unit)s” has no code. Enter the official code of the unit, or one "
                "of your own that stays the same in every file.",
                unit=name,
            )
        elif first_seen[row["code"]] != index:
            message = self.env._(
                "“%(unit)s”: the code %(code)s stands in row %(row)d of the file "
                "already. Keep one of the two rows, or correct the code.",
                unit=name,
                code=row["code"],
                row=self._import_row_number(first_seen[row["code"]]),
            )
        else:
            return None
        return "code", message

    def _import_missing_fault(self, row, known):
        if row["code"] in known:
            return None
        for field in ("name", "kind_id", "level_id"):
            if not any(row.get(key) for key in (field, f"{field}/id", f"{field}/.id")):
                return field, self.env._(
                    "“%(unit)s” is new and needs a value in the column “%(field)s”.",
                    unit=row.get("name") or row["code"],
                    field=self._import_label(field),
                )
        return None

    def _import_link_fault(self, row, first_seen, matches):
        for field in CATALOGUES:
            value = row.get(field)
            if value and not self._import_matches(field, value, matches):
                catalogue = self.env[self._fields[field].comodel_name]
                entries = catalogue.search([], limit=SHOWN_CHOICES)
                return field, self.env._(
                    "“%(unit)s”: “%(value)s” is not known as “%(field)s”. Use one of: "
                    "%(choices)s.",
                    unit=row.get("name") or row["code"],
                    value=value,
                    field=self._import_label(field),
                    choices=", ".join(entries.mapped("name")),
                )
        for field in LINKS:
            value = row.get(field)
            if not value or (value in first_seen and value != row["code"]):
                continue
            count = len(self._import_matches(field, value, matches))
            if count != 1 or value == row["code"]:
                return field, self._import_unit_error(field, row, value, count)
        return None

    def _import_unit_error(self, field, row, value, count):
        """Say why the unit named ``value`` cannot be linked to the row's unit."""
        values = {
            "unit": row.get("name") or row["code"],
            "value": value,
            "field": self._import_label(field),
        }
        if value == row["code"]:
            return self.env._(
                "“%(unit)s” stands in its own column “%(field)s” (%(value)s). Enter "
                "the code of another unit.",
                **values,
            )
        if count:
            return self.env._(
                "“%(unit)s”: %(count)d units are called “%(value)s” (column "
                "“%(field)s”). Enter the code of the right one.",
                count=count,
                **values,
            )
        return self.env._(
            "“%(unit)s”: the unit “%(value)s” in the column “%(field)s” is not known. "
            "Enter its code, and give it a row of its own if it is new.",
            **values,
        )

    def _import_circle_error(self, row):
        return self.env._(
            "“%(unit)s” would stand under itself: the columns “%(parent)s” and "
            "“%(managing)s” of the file lead back to it. Correct one of them.",
            unit=row.get("name") or row["code"],
            parent=self._import_label("parent_id"),
            managing=self._import_label("managing_unit_id"),
        )
