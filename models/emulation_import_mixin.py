from odoo import api, fields, models

from ..tools.text import clean, fold

# More messages than this nobody reads at once
SHOWN_FAULTS = 50


class EmulationImportMixin(models.AbstractModel):
    """What the imports of an office share: templates, matching, errors by row.

    A model reads its rows as text, finds out what each one means in a few queries
    for the whole file, and refuses the file with one message per faulty row before
    anything is written. What is resolved goes past the ORM's own search for names,
    which asks the database for every cell.
    """

    _name = "emulation.import.mixin"
    _description = "Imported from Office Files"

    # Whether ``load`` itself reads the numbers of a file, as text with any separators
    _import_numbers_as_text = False

    @api.model
    def _get_import_files(self, label, stem):
        """Return the templates to offer, with headers in the user's language.

        Either language maps by itself: the Vietnamese headers are known to the
        import (data/emulation_import_data.xml).

        :param label: what the template is for, translated
        :param stem: beginning of the file names under static/xls
        """
        lang = "vi" if (self.env.lang or "").startswith("vi") else "en"
        path = f"/emulation/static/xls/{stem}_import_template_{lang}"
        return [
            {"label": f"{label} (Excel)", "template": f"{path}.xlsx"},
            {"label": f"{label} (CSV)", "template": f"{path}.csv"},
        ]

    @api.model
    def _import_is_ours(self):
        """Return whether a file for this model is one of this application's."""
        return True

    @api.model
    def _import_is_resolved(self):
        """Return whether the rows are understood already (``_import_resolved``)."""
        return self.env.context.get("emulation_import_resolved") is not None

    @api.model
    def _import_row_number(self, index):
        """Return the number that the file gives to the row at ``index`` of the data.

        Headers, blank lines and notes count; rows from elsewhere begin with 1.
        """
        numbers = self.env.context.get("emulation_import_rows")
        numbers = numbers() if numbers else []
        return numbers[index] if index < len(numbers) else index + 1

    @api.model
    def _import_rows(self, fields, data):
        """Return the rows as dicts column → tidy text."""
        return [
            {
                field: clean(value) if isinstance(value, str) else value or ""
                for field, value in zip(fields, line, strict=False)
            }
            for line in data
        ]

    @api.model
    def _import_refuse(self, faults):
        """Return the answer of ``load`` for a file that is refused.

        :param faults: list of (row index, column, message)
        """
        messages = [
            {
                "type": "error",
                "message": message,
                # The dialog prints this number before the message
                "record": self._import_row_number(index),
                "rows": {"from": index, "to": index},
                "field": field,
                # Below a column the dialog would leave out all but the numbers of
                # the rows, as soon as there are two: this is no column of the file
                "field_path": [],
            }
            for index, field, message in sorted(faults)[:SHOWN_FAULTS]
        ]
        if len(faults) > SHOWN_FAULTS:
            summary = self.env._(
                "%(count)d rows of the file cannot be imported; the first %(shown)d "
                "are named below. Correct them and load the file again.",
                count=len(faults),
                shown=SHOWN_FAULTS,
            )
            messages.insert(0, {"type": "error", "message": summary})
        return {"ids": False, "messages": messages, "nextrow": 0}

    @api.model
    def _import_refuse_without(self, name):
        """Return the answer of ``load`` for a file that lacks a column it needs."""
        message = self.env._(
            "The file has no column “%(field)s”. Add it, or choose this field for the "
            "column that holds it.",
            field=self._import_label(name),
        )
        messages = [{"type": "error", "message": message}]
        return {"ids": False, "messages": messages, "nextrow": 0}

    @api.model
    def _import_resolved(self, fields, data, resolved):
        """Load a file whose rows have been understood, all of it in one go.

        :param fields: columns as in ``load``
        :param data: rows as in ``load``
        :param resolved: one dict per row: field → value to write, ``.id`` → id of
            the record to update, if any
        """
        names = {name for values in resolved for name in values}
        plain = [index for index, name in enumerate(fields) if name not in names]
        # The dialog cuts files into parts of 2,000 rows: a trial run would then
        # not know the rows of the part before.
        importer = self.with_context(
            emulation_import_resolved=resolved,
            _import_limit=None,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
        )
        result = importer.load(
            [fields[index] for index in plain],
            [[line[index] for index in plain] for line in data],
        )
        messages = result["messages"]
        texts = {message["message"] for message in messages[1:]}
        if messages and messages[0]["message"] in texts:
            # the refusal of the whole, which the ORM gives the number of its first row
            del messages[0]
        for message in messages:
            span = message.get("rows")
            if span and 0 <= span.get("from", -1) < len(data):
                # what the records themselves refuse is numbered as the rest
                message["record"] = self._import_row_number(span["from"])
        return result

    @api.model
    def _convert_records(self, records, **kwargs):
        resolved = self.env.context.get("emulation_import_resolved")
        converted = super()._convert_records(records, **kwargs)
        for dbid, xid, values, info in converted:
            if resolved:
                ready = dict(resolved[info["rows"]["from"]])
                dbid = ready.pop(".id", dbid)
                values.update(ready)
                # An empty cell erases no value that is required, nor its default
                for name in list(values):
                    empty = values[name] is False or values[name] == ""
                    if empty and self._fields[name].required:
                        del values[name]
            yield dbid, xid, values, info

    def _load_records_create(self, vals_list):
        if not self.env.context.get("emulation_import_resolved"):
            return super()._load_records_create(vals_list)
        # A new record has no history to track
        importer = self.with_context(tracking_disable=True)
        records = super(EmulationImportMixin, importer)._load_records_create(vals_list)
        return records.with_env(self.env)

    def _load_records_write(self, values):
        """Write only what differs: the same file again costs next to nothing."""
        if self.env.context.get("emulation_import_resolved"):
            values = {
                name: value
                for name, value in values.items()
                if name != "id" and not self._import_is_same(name, value)
            }
            if not values:
                return None
        return super()._load_records_write(values)

    def _import_is_same(self, name, value):
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return False
        old = field.convert_to_cache(self[name], self)
        return old == field.convert_to_cache(value, self, validate=False)

    @api.model
    def _import_label(self, field):
        """Return the translated label of a column."""
        return self.fields_get([field], ["string"])[field]["string"]

    @api.model
    def _import_day_fault(self, row, who):
        """Return (column, message) for the first day of a row that is none, or None.

        :param who: whom or what the row is about, for the message
        """
        for name, value in row.items():
            if name not in self._fields or self._fields[name].type != "date":
                continue
            try:
                fields.Date.to_date(value or None)
            except ValueError:
                return name, self.env._(
                    "“%(name)s”: “%(day)s” in the column “%(field)s” is no date. Enter "
                    "the date as dd/mm/yyyy, e.g. 31/12/2026.",
                    name=who,
                    day=value,
                    field=self._import_label(name),
                )
        return None

    @api.model
    def _import_matches(self, field, value, matches):
        """Return the ids a cell may mean, remembered in ``matches`` for the file.

        :param field: name of the many2one field of the column
        :param value: text of the cell: a code, or an exact name
        :param matches: dict shared by the rows of one file
        """
        comodel = self._fields[field].comodel_name
        key = (comodel, value)
        if key not in matches:
            found = self.env[comodel].name_search(value, operator="=", limit=2)
            matches[key] = [row[0] for row in found]
        return matches[key]

    @api.model
    def _import_choice(self, field, value):
        """Return the key of a selection that a cell means, or None.

        The key itself and the labels in every installed language are understood.
        """
        wanted = fold(value)
        for lang, _name in self.env["res.lang"].get_installed():
            env = self.with_context(lang=lang).env
            for key, label in self._fields[field]._description_selection(env):
                if wanted in (fold(key), fold(label)):
                    return key
        return None

    @api.model
    def _import_choices(self, field):
        """Return the labels of a selection, for a message."""
        selection = self._fields[field]._description_selection(self.env)
        return ", ".join(label for _key, label in selection)
