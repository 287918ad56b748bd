"""Write tables into files row by row, with the memory of one row."""

import csv
import datetime
import io

import xlsxwriter

from .cells import neutral

#: What one cell of a workbook holds (characters), and a sheet (rows)
CELL_LENGTH = 32767
SHEET_ROWS = 1048576
HEADER = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE7F0"}
FORMATS = {
    "text": {"text_wrap": True, "valign": "top"},
    "date": {"num_format": "dd/mm/yyyy", "valign": "top"},
    "number": {"num_format": "#,##0", "valign": "top"},
    "plain": {"num_format": "0", "valign": "top"},
    "points": {"num_format": "0.00", "valign": "top"},
}


class Workbook:
    """An Excel workbook on a file: sheets with a frozen header, real dates, numbers."""

    #: Rows go to disk one by one; cells that span rows need the whole sheet
    memory_of_a_row = True

    def __init__(self, target):
        self.book = xlsxwriter.Workbook(
            target,
            {
                "constant_memory": self.memory_of_a_row,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.formats = {
            name: self.book.add_format(one)
            for name, one in {**FORMATS, "header": HEADER}.items()
        }

    def add_sheet(self, title, columns):
        """Return a function that adds a row to a new sheet.

        :param columns: list of (header, kind, width in characters); the kinds are
            the keys of ``FORMATS``
        """
        sheet = self.book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for index, (_header, kind, width) in enumerate(columns):
            sheet.set_column(index, index, width, self.formats[kind])
        self._write(sheet, 0, [header for header, _kind, _width in columns], "header")
        if columns:
            sheet.autofilter(0, 0, 0, len(columns) - 1)
        kinds = [kind for _header, kind, _width in columns]
        last = 0

        def add(row):
            nonlocal last
            last += 1
            self._write(sheet, last, row, kinds)

        return add

    def _write(self, sheet, number, row, kinds):
        for column, value in enumerate(row):
            kind = kinds if isinstance(kinds, str) else kinds[column]
            style = self.formats[kind]
            if value is None or value is False or value == "":
                sheet.write_blank(number, column, None, style)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(number, column, value, style)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, column, value, style)
            else:
                text = neutral(str(value))[:CELL_LENGTH]
                sheet.write_string(number, column, text, style)

    def close(self):
        """Finish the file."""
        self.book.close()


class CsvFile:
    """A CSV file in UTF-8 with the mark that Excel wants, dates as dd/mm/yyyy.

    With the semicolon of Vietnamese Excel decimals have a comma.
    """

    def __init__(self, target, separator):
        self.target = io.TextIOWrapper(
            target, encoding="utf-8-sig", newline="", write_through=True
        )
        self.separator = separator
        self.rows = csv.writer(self.target, delimiter=separator)

    def add_sheet(self, _title, columns):
        """Return a function that adds a row; the header is written at once."""
        self.rows.writerow([neutral(header) for header, _kind, _width in columns])
        return lambda row: self.rows.writerow([self._text(value) for value in row])

    def _text(self, value):
        if value is None or value is False:
            return ""
        if isinstance(value, datetime.date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, float):
            text = str(int(value)) if value == int(value) else f"{value:.2f}"
            return text.replace(".", ",") if self.separator == ";" else text
        return neutral(value)

    def close(self):
        """Finish the text and leave the file open."""
        self.target.flush()
        self.target.detach()
