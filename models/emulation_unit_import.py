from odoo import api, fields, models

from ..tools.text import clean


class EmulationUnit(models.Model):
    """Units come in from a file, and the same file again updates them (R10)."""

    _inherit = "emulation.unit"

    @api.model
    def get_import_templates(self):
        """Offer the template with headers in the user's language.

        Either one maps by itself in every language: the Vietnamese headers are
        known to the import (data/emulation_import_data.xml).
        """
        lang = "vi" if (self.env.lang or "").startswith("vi") else "en"
        return [
            {
                "label": self.env._("Import template for units"),
                "template": f"/emulation/static/xls/units_import_template_{lang}.xlsx",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Import units, recognising those that exist by their code.

        Extends the ORM's ``load`` (same shapes): without an id column, a row
        whose code exists updates that unit. Rows that cannot be placed are refused
        before anything is written, each with the name of its unit and the remedy.
        """
        if "code" not in fields or {"id", ".id"} & set(fields):
            return super().load(fields, data)
        rows = [dict(zip(fields, row, strict=False)) for row in data]
        for row in rows:
            row["code"] = clean(row["code"])
        known = self._get_import_known([row["code"] for row in rows if row["code"]])
        messages = self._get_import_errors(rows, known)
        if messages:
            return {"ids": False, "messages": messages, "nextrow": 0}
        importer = self.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
        return super(EmulationUnit, importer).load(
            [*fields, ".id"],
            [
                [*line, str(known.get(row["code"], ""))]
                for line, row in zip(data, rows, strict=True)
            ],
        )

    @api.model
    def _get_import_known(self, codes):
        """Return ``{code: unit id}``; the unit in existence before an ended one."""
        units = self.search(
            [("code", "in", codes), ("company_id", "=", self.env.company.id)]
        )
        far = fields.Date.to_date("9999-12-31")
        return {
            unit.code: unit.id
            for unit in units.sorted(lambda unit: unit.date_end or far)
        }

    @api.model
    def _get_import_errors(self, rows, known):
        """Return the messages for the import dialog, one per faulty row.

        :param rows: list of dicts column → text
        :param known: dict code → id of the units that exist
        """
        first_seen = {}
        matches = {}
        messages = []
        for index, row in enumerate(rows):
            # A line with nothing but officers continues the unit above it
            if not any(value for key, value in row.items() if "/" not in key):
                continue
            error = (
                self._get_import_code_error(index, row, first_seen)
                or self._get_import_missing_error(row, known)
                or self._get_import_link_error(row, first_seen, matches)
            )
            if error:
                field, message = error
                messages.append(
                    {
                        "type": "error",
                        "message": message,
                        "record": index,
                        "rows": {"from": index, "to": index},
                        "field": field,
                        "field_path": [field],
                    }
                )
            first_seen.setdefault(row["code"], index)
        return messages

    def _get_import_code_error(self, index, row, first_seen):
        name = row.get("name") or self.env._("row %(row)d", row=index + 1)
        if not row["code"]:
            message = self.env._(
                "“%(unit)s” has no code. Enter the official code of the unit, or one "
                "of your own that stays the same in every file.",
                unit=name,
            )
        elif row["code"] in first_seen:
            message = self.env._(
                "“%(unit)s”: the code %(code)s stands in row %(row)d of the file "
                "already. Keep one of the two rows, or correct the code.",
                unit=name,
                code=row["code"],
                row=first_seen[row["code"]] + 1,
            )
        else:
            return None
        return "code", message

    def _get_import_missing_error(self, row, known):
        if row["code"] in known:
            return None
        for field in ("name", "kind_id", "level_id"):
            if not any(row.get(key) for key in (field, f"{field}/id", f"{field}/.id")):
                return field, self.env._(
                    "“%(unit)s” is new and needs a value in the column “%(field)s”.",
                    unit=row.get("name") or row["code"],
                    field=self._get_import_label(field),
                )
        return None

    def _get_import_link_error(self, row, first_seen, matches):
        for field in ("kind_id", "level_id", "theme_id"):
            value = clean(row.get(field))
            if value and not self._get_import_matches(field, value, matches):
                entries = self.env[self._fields[field].comodel_name].search(
                    [], limit=50
                )
                return field, self.env._(
                    "“%(unit)s”: “%(value)s” is not known as “%(field)s”. Use one of: "
                    "%(choices)s.",
                    unit=row.get("name") or row["code"],
                    value=value,
                    field=self._get_import_label(field),
                    choices=", ".join(entries.mapped("name")),
                )
        for field in ("parent_id", "managing_unit_id"):
            value = clean(row.get(field))
            if not value or (value in first_seen and value != row["code"]):
                continue
            count = len(self._get_import_matches(field, value, matches))
            if count != 1 or value == row["code"]:
                return field, self._get_import_unit_error(field, row, value, count)
        return None

    def _get_import_unit_error(self, field, row, value, count):
        """Say why the unit named ``value`` cannot be linked to the row's unit."""
        values = {
            "unit": row.get("name") or row["code"],
            "value": value,
            "field": self._get_import_label(field),
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
            "Enter its code, and put its own row above this one if it is new.",
            **values,
        )

    def _get_import_matches(self, field, value, matches):
        """Return what an import finds for ``value``, remembered in ``matches``."""
        key = (self._fields[field].comodel_name, value)
        if key not in matches:
            matches[key] = self.env[key[0]].name_search(value, operator="=", limit=2)
        return matches[key]

    def _get_import_label(self, field):
        return self.fields_get([field], ["string"])[field]["string"]
