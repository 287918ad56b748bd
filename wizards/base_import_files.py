import codecs
import csv
import datetime

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..tools.cells import original
from ..tools.sheets import CELL_LENGTH
from ..tools.text import clean, fold

# The day from which Excel counts, and the numbers that can be days of people now living
EXCEL_ZERO = datetime.date(1899, 12, 30)
EXCEL_DAYS = range(5000, 80000)
# Rows of one file, unless the office sets another limit
MOST_ROWS = 20000


class BaseImportImport(models.TransientModel):
    """Answer files that are not what they should be in words, for our models.

    Old formats, other encodings, a title above the header, the same column twice, too
    many rows: each is named with its remedy before a single row is looked at.
    """

    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        """Tell what a trial would enter, and what an import has entered."""
        if self._emulation_is_importable() and not options.get("encoding"):
            options["encoding"] = self._emulation_guess_encoding()
        result = super().execute_import(fields, columns, options, dryrun=dryrun)
        notice = result.pop("emulation_notice", None)
        if notice and dryrun:
            result["messages"] = [{"type": "info", "message": notice}]
        elif notice:
            self.env.user._bus_send(
                "simple_notification",
                {"type": "info", "message": notice, "sticky": True},
            )
        return result

    def _read_file(self, options):
        if not self._emulation_is_importable():
            return super()._read_file(options)
        if not self.file:
            raise ImportValidationError(
                self.env._("The file is empty. Choose the file that holds your rows.")
            )
        try:
            length, rows = super()._read_file(options)
        except ImportValidationError:
            raise
        except (UserError, ValueError, TypeError, csv.Error) as error:
            raise ImportValidationError(
                self.env._(
                    "“%(file)s” cannot be read (%(reason)s). Save it as an Excel "
                    "workbook (.xlsx) or as CSV in UTF-8 and load it again.",
                    file=self.file_name or "",
                    reason=str(error).splitlines()[0][:200],
                )
            ) from error
        self._emulation_check_rows(rows)
        rows = [[original(cell) for cell in row] for row in rows]
        self._emulation_check_lengths(rows)
        if options.get("has_headers"):
            rows = [self._emulation_check_header(rows), *rows[1:]]
        return length, rows

    def _emulation_check_rows(self, rows):
        if not rows:
            raise ImportValidationError(
                self.env._(
                    "The sheet is empty. Enter the header and your rows on it, or "
                    "choose the right sheet of the workbook."
                )
            )
        parameters = self.env["ir.config_parameter"].sudo()
        most = int(parameters.get_param("emulation.import_max_rows") or MOST_ROWS)
        if len(rows) - 1 > most:
            raise ImportValidationError(
                self.env._(
                    "The file has %(count)d rows, at most %(most)d are taken at once. "
                    "Divide it into several files.",
                    count=len(rows) - 1,
                    most=most,
                )
            )

    def _emulation_check_lengths(self, rows):
        """Refuse a cell with more text than a workbook could hold."""
        for row in rows:
            for column, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > CELL_LENGTH:
                    raise ImportValidationError(
                        self.env._(
                            "A cell in the column “%(column)s” (row “%(row)s”) has "
                            "%(count)d characters, at most %(most)d are read. Shorten "
                            "it, or attach the text to the dossier as a file.",
                            column=str(rows[0][column])[:80],
                            row=str(row[0])[:80],
                            count=len(cell),
                            most=CELL_LENGTH,
                        )
                    )

    def _emulation_check_header(self, rows):
        """Return the header with tidy texts; refuse one that is none."""
        header = [clean(cell) for cell in rows[0]]
        filled = [cell for cell in header if cell]
        widest = max(sum(bool(cell) for cell in row) for row in rows[1:20] or [[]])
        if len(filled) <= 1 < widest - 1:
            raise ImportValidationError(
                self.env._(
                    "The first row of the sheet holds “%(text)s” and no header. Delete "
                    "the lines above the header, and undo merged cells in it.",
                    text=(filled or [""])[0][:80],
                )
            )
        seen = {}
        for number, cell in enumerate(header, 1):
            first = seen.setdefault(fold(cell), number)
            if cell and first != number:
                raise ImportValidationError(
                    self.env._(
                        "The header “%(text)s” stands above the columns %(first)d and "
                        "%(second)d. Rename one of them, or delete its column.",
                        text=cell,
                        first=first,
                        second=number,
                    )
                )
        return header

    def _read_xls(self, options):
        try:
            return super()._read_xls(options)
        except ImportError as error:
            if not self._emulation_is_importable():
                raise
            raise ImportValidationError(
                self.env._(
                    "“%(file)s” has the Excel format of before 2007 (.xls), which this "
                    "system does not read. Open it in Excel, save it as an Excel "
                    "workbook (.xlsx) and load that file.",
                    file=self.file_name or "",
                )
            ) from error

    def _read_csv(self, options):
        if self._emulation_is_importable() and not options.get("encoding"):
            options["encoding"] = self._emulation_guess_encoding()
        try:
            return super()._read_csv(options)
        except csv.Error as error:
            if not self._emulation_is_importable():
                raise
            raise ImportValidationError(
                self.env._(
                    "“%(file)s” cannot be read as CSV (%(reason)s): a cell is far too "
                    "long, or a quotation mark is not closed. Correct it, or save the "
                    "file as an Excel workbook.",
                    file=self.file_name or "",
                    reason=error,
                )
            ) from error

    def _emulation_guess_encoding(self):
        """Return the encoding of a CSV file of a Vietnamese office.

        UTF-8 where it is valid, UTF-16 by its mark or its zero bytes, else the old
        Vietnamese code page of Windows: guessing by frequency takes that for French.
        """
        data = self.file or b""
        if data.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        start = data[:400]
        if b"\x00" in start:
            return "utf-16-le" if start[1:2] == b"\x00" else "utf-16-be"
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return "windows-1258"
        return "utf-8"

    def _parse_import_data(self, data, import_fields, options):
        if self._emulation_is_ours():
            self._emulation_read_excel_days(data, import_fields)
        return super()._parse_import_data(data, import_fields, options)

    def _emulation_read_excel_days(self, data, import_fields):
        """Read the days that Excel shows as numbers, such as 45292, in ``data``."""
        own = self.env[self.res_model]._fields
        for index, name in enumerate(import_fields):
            if name not in own or own[name].type != "date":
                continue
            for line in data:
                cell = line[index]
                if isinstance(cell, str) and cell.isdecimal():
                    number = int(cell)
                    if number in EXCEL_DAYS:
                        day = EXCEL_ZERO + datetime.timedelta(days=number)
                        line[index] = fields.Date.to_string(day)

    def _parse_float_from_data(self, data, index, name, options):
        if (
            self._emulation_is_ours()
            and self.env[self.res_model]._import_numbers_as_text
        ):
            return None  # load reads it, and names the row that it cannot read
        return super()._parse_float_from_data(data, index, name, options)
