import csv
import datetime
import functools
import io

import openpyxl

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.base_import.models.base_import import ImportValidationError

# As the templates and the messages have it, whatever the language of the clerk
DAY_FORMAT = "%d/%m/%Y"
OTHER_DAY_FORMATS = ("%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BaseImportImport(models.TransientModel):
    """Read office files as offices write them, for the models of this application.

    Rows may be shorter than the header, lines that begin with # are notes, days are
    written dd/mm/yyyy. What cannot be read is left to ``load`` of the model (see
    ``emulation.import.mixin``), which names the unit or person and the row.
    """

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        """Propose dd/mm/yyyy where a day of ours is found and none was chosen."""
        chosen = options.get("date_format")
        preview = super().parse_preview(options, count=count)
        if not chosen and self._emulation_is_importable():
            own = self.env[self.res_model]._fields
            for path in (preview.get("matches") or {}).values():
                if len(path) == 1 and own[path[0]].type == "date":
                    preview["options"]["date_format"] = DAY_FORMAT
        return preview

    def execute_import(self, fields, columns, options, dryrun=False):
        """Let the messages of our models name the rows as the file numbers them."""
        if self._emulation_is_ours():
            numbers = functools.cache(
                functools.partial(self._emulation_row_numbers, fields, dict(options))
            )
            self = self.with_context(emulation_import_rows=numbers)
        return super().execute_import(fields, columns, options, dryrun=dryrun)

    def _emulation_is_importable(self):
        """Return whether the model knows the imports of an office."""
        model = self.env.get(self.res_model)
        return model is not None and hasattr(model, "_import_is_ours")

    def _emulation_is_ours(self):
        return (
            self._emulation_is_importable()
            and self.env[self.res_model]._import_is_ours()
        )

    def _read_file(self, options):
        if not self._emulation_is_importable():
            return super()._read_file(options)
        try:
            result = super()._read_file(options)
        except UserError:
            raise
        except Exception as error:  # noqa: BLE001 readers of files raise anything
            self._emulation_raise_unreadable(error)
        if not result:
            return result
        length, rows = result
        has_header = options.get("has_headers")
        if rows and isinstance(rows[0][0], str):
            # A byte order mark, when the clerk chose the encoding, hides the header
            rows[0] = [rows[0][0].lstrip("\ufeff"), *rows[0][1:]]
        if self._emulation_is_ours():
            rows = rows[:1] + [row for row in rows[1:] if not self._emulation_note(row)]
        if has_header and len(rows) == 1:
            raise ImportValidationError(
                self.env._(
                    "The file has a header and no row below it. Enter your rows on its "
                    "first sheet and load it again."
                )
            )
        width = len(rows[0]) if has_header and rows else max(map(len, rows), default=0)
        return length, [self._emulation_fit(row, width) for row in rows]

    def _emulation_raise_unreadable(self, error):
        """Say in the clerk's language that the file is none that can be read."""
        own_words = isinstance(error, ImportValidationError)
        if own_words and not isinstance(error.__cause__, UnicodeError):
            raise error
        raise ImportValidationError(
            self.env._(
                "“%(file)s” cannot be read as a table. Open it in the spreadsheet, "
                "save it as an Excel workbook (.xlsx) or as CSV in UTF-8, and load it "
                "again.",
                file=self.file_name or "–",
            )
        ) from error

    def _emulation_note(self, row):
        return bool(row) and str(row[0]).lstrip().startswith("#")

    def _emulation_fit(self, row, width):
        """Return the row with as many cells as the header."""
        row = list(row)
        if any(cell not in (None, "") for cell in row[width:]):
            if not self._emulation_is_ours():
                return row
            raise ImportValidationError(
                self.env._(
                    "The row “%(row)s” has more cells than the header. Put a text that "
                    "contains the separator between quotation marks.",
                    row=", ".join(str(cell) for cell in row if cell),
                )
            )
        return row[:width] + [""] * (width - len(row))

    def _parse_import_data(self, data, import_fields, options):
        if self._emulation_is_ours():
            self._emulation_read_days(data, import_fields, options)
        return super()._parse_import_data(data, import_fields, options)

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if field_type == "date" and "/" not in name and self._emulation_is_ours():
            return None  # read above; load names the row whose date cannot be read
        return super()._parse_date_from_data(data, index, name, field_type, options)

    def _emulation_read_days(self, data, import_fields, options):
        """Write the days of a file as the ORM reads them, in ``data`` itself.

        The first format that fits every day of the file is taken: one 31/12 tells
        how 01/02 is meant. Where none fits, unreadable cells stay as they are.
        """
        own = self.env[self.res_model]._fields
        columns = [
            index
            for index, name in enumerate(import_fields)
            if name in own and own[name].type == "date"
        ]
        texts = {
            line[index].strip()
            for line in data
            for index in columns
            if isinstance(line[index], str) and line[index].strip()
        }
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang).date_format
        formats = [options.get("date_format"), DAY_FORMAT, lang, *OTHER_DAY_FORMATS]
        formats = list(dict.fromkeys(filter(None, formats)))
        fitting = next(
            (one for one in formats if all(self._emulation_day(t, one) for t in texts)),
            formats[0],
        )
        days = {
            text: self._emulation_day(text, fitting)
            or self._emulation_day(text, "%Y-%m-%d")
            or text
            for text in texts
        }
        for line in data:
            for index in columns:
                cell = line[index]
                if isinstance(cell, datetime.date):
                    line[index] = fields.Date.to_string(cell)
                elif isinstance(cell, str):
                    line[index] = days.get(cell.strip(), "")

    def _emulation_day(self, text, pattern):
        """Return the day as the ORM writes it, or None."""
        try:
            return fields.Date.to_string(datetime.datetime.strptime(text, pattern))
        except ValueError:
            return None

    def _emulation_row_numbers(self, columns, options):
        """Return the number in the file of each row that reaches ``load``."""
        wanted = [index for index, field in enumerate(columns) if field]
        numbers, header = [], bool(options.get("has_headers"))
        for number, row in enumerate(self._emulation_sheet(options), 1):
            cells = ["" if cell is None else str(cell) for cell in row]
            if not any(map(str.strip, cells)):
                continue
            if header:
                header = False
            elif not self._emulation_note(cells) and any(
                cells[index] for index in wanted if index < len(cells)
            ):
                numbers.append(number)
        return numbers[options.get("skip") or 0 :]

    def _emulation_sheet(self, options):
        """Return the rows of the file with its blank ones, where they can be told."""
        if guess_mimetype(self.file) == XLSX:
            book = openpyxl.load_workbook(
                io.BytesIO(self.file), read_only=True, data_only=True
            )
            sheet = book[options.get("sheet") or book.sheetnames[0]]
            return sheet.iter_rows(values_only=True)
        if options.get("sheet"):
            return self._read_file(options)[1]
        return csv.reader(
            io.StringIO(self.file.decode(options.get("encoding") or "utf-8")),
            quotechar=options["quoting"],
            delimiter=options.get("separator") or ",",
        )
