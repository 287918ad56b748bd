"""Score sheets as a workbook that is filled in offline, and reading it back.

Every cell but the points and the reasons is locked. What comes back is compared cell
by cell with what went out; formulas are never evaluated, and an archive that unpacks
to more than a workbook of this kind could hold is not opened.
"""

import re
import zipfile
from io import BytesIO
from typing import NamedTuple

import openpyxl
import xlsxwriter

from . import files
from .cells import neutral, original

#: Of the layout: files of another layout are not read
VERSION = 1
XLSX = files.OOXML + "spreadsheetml.sheet"
ID_CELL = "B2"
FIRST_ROW = 5
#: What such a workbook could hold at most, unpacked; parts, rows and columns
MOST_UNPACKED = 32 * 1024 * 1024
MOST_PARTS = 100
MOST_ROWS = 20000
MOST_COLUMNS = 26
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
WIDTHS = (13, 34, 24, 48, 9, 9, 40)
LOCKED = {"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#F2F2F2"}
OPEN = {"text_wrap": True, "valign": "top", "border": 1, "locked": False}


class SheetBookError(Exception):
    """The file is not one that can be read; ``kind`` says why.

    "type", "bomb", "broken": not a plain workbook of a sensible size; "foreign": a
    workbook of somebody else; "changed": ``cells`` were edited outside the open ones.
    """

    def __init__(self, kind, cells=()):
        super().__init__(kind)
        self.kind = kind
        self.cells = cells


class Row(NamedTuple):
    """One row to fill in: five texts, the maximum of points or ``None``, the reason.

    A row without maximum takes a remark only. ``key`` comes back with the answer.
    """

    key: str
    texts: tuple
    most: float | None
    points: float | None
    note: str


class Entry(NamedTuple):
    """What stands in a row that came back; ``fault`` is "formula", "number" or ""."""

    row: int
    key: str
    points: float | None
    note: str
    fault: str


def write(title, form_id, labels, rows, password):
    """Return the workbook and the layout to compare it with when it comes back.

    :param title: name of the session, in the first row
    :param form_id: signed text that tells whose form this is
    :param labels: dict with "sheet", "id", "help", "fault" and "columns" (7 headers)
    :param rows: list of :class:`Row`
    :param password: of the protection of the sheet
    :return: ``(content in bytes, {"sheet", "cells", "rows"})``
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(labels["sheet"])
    locked, is_open = book.add_format(LOCKED), book.add_format(OPEN)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    cells = {}

    def put(row, column, value, style):
        value = neutral(value) if isinstance(value, str) else value
        sheet.write(row, column, value, style)
        cells[_name(row, column)] = _plain(value)

    put(0, 0, title, bold)
    put(1, 0, labels["id"], bold)
    put(1, 1, form_id, bold)
    put(2, 0, labels["help"], None)
    for column, label in enumerate(labels["columns"]):
        put(FIRST_ROW - 2, column, label, bold)
    keys = {}
    for number, one in enumerate(rows, FIRST_ROW - 1):
        keys[str(number + 1)] = [one.key, one.most is not None]
        for column, text in enumerate((*one.texts, one.most)):
            put(number, column, "" if text is None else text, locked)
        if one.most is None:
            sheet.write_blank(number, 5, None, locked)
        else:
            _open_points(sheet, number, one, is_open, labels)
        sheet.write_string(number, 6, neutral(one.note or ""), is_open)
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.protect(password, {"format_columns": True, "format_rows": True})
    book.close()
    cells = {name: value for name, value in cells.items() if value}
    return target.getvalue(), {"sheet": labels["sheet"], "cells": cells, "rows": keys}


def _open_points(sheet, number, row, style, labels):
    if row.points is None:
        sheet.write_blank(number, 5, None, style)
    else:
        sheet.write_number(number, 5, row.points, style)
    sheet.data_validation(
        number,
        5,
        number,
        5,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": row.most,
            "error_title": labels["sheet"],
            "error_message": labels["fault"] % f"{row.most:g}",
        },
    )


def read_id(content):
    """Return the text that tells whose form a file is.

    :raises SheetBookError: when the file is none of ours
    """
    book = _open(content)
    if len(book.worksheets) != 1:
        raise SheetBookError("foreign")
    for row in _rows(book.worksheets[0]):
        for cell in row:
            if _coordinate(cell) == ID_CELL and isinstance(cell.value, str):
                return cell.value.strip()
    raise SheetBookError("foreign")


def read(content, layout):
    """Return the list of :class:`Entry` of a file.

    :param layout: what ``write`` returned for it
    :raises SheetBookError: when anything but points and reasons was changed
    """
    book = _open(content)
    sheets = book.worksheets
    if len(sheets) != 1 or sheets[0].title != layout["sheet"]:
        raise SheetBookError("changed", [one.title for one in sheets])
    left, changed, found = dict(layout["cells"]), [], {}
    for row in _rows(sheets[0]):
        for cell in row:
            name = _coordinate(cell)
            if not name or cell.value in (None, ""):
                continue
            column, number = name[0], name[1:]
            key, takes_points = layout["rows"].get(number, (None, False))
            if key and (column == "G" or (column == "F" and takes_points)):
                found.setdefault(number, {})[column] = cell
            elif left.pop(name, None) != _plain(cell.value):
                changed.append(name)
    changed += left
    if changed:
        raise SheetBookError("changed", sorted(changed, key=_place))
    return [
        _entry(int(number), key, found.get(number, {}))
        for number, (key, _takes) in layout["rows"].items()
    ]


def _entry(number, key, cells):
    points, note = cells.get("F"), cells.get("G")
    fault, given = "", None
    if any(cell is not None and cell.data_type == "f" for cell in (points, note)):
        return Entry(number, key, None, "", "formula")
    if points is not None:
        given, fault = _number(points.value)
    text = "" if note is None else str(original(str(note.value))).strip()
    return Entry(number, key, given, text, fault)


def _number(value):
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            return None, "number"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None, "number"
    # nan and the infinities are no points
    return (float(value), "") if abs(value) < 1e6 else (None, "number")


def _open(content):
    if files.detect(content) != XLSX:
        raise SheetBookError("type")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
                raise SheetBookError("bomb")
            for part in parts:
                with package.open(part) as file:
                    text = file.read(part.file_size + 1)
                    # a part that declares less than it holds, or entities
                    if len(text) > part.file_size or _ENTITIES.search(text[:4096]):
                        raise SheetBookError("bomb")
        return openpyxl.load_workbook(BytesIO(content), read_only=True)
    except SheetBookError:
        raise
    # whatever an edited archive makes the library stumble over
    except Exception as error:  # noqa: BLE001
        raise SheetBookError("broken") from error


def _rows(sheet):
    try:
        # what the file says of its own size counts nothing
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows()):
            if number >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise SheetBookError("bomb")
            yield row
    except SheetBookError:
        raise
    except Exception as error:  # noqa: BLE001
        raise SheetBookError("broken") from error


def _coordinate(cell):
    return getattr(cell, "coordinate", "")


def _name(row, column):
    return f"{chr(65 + column)}{row + 1}"


def _place(name):
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    return int(digits or 0), letters


def _plain(value):
    """Return a value as it is compared: numbers and line ends as any program has it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    text = str(value).replace("\r\n", "\n").replace("_x000D_", "")
    return "\n".join(line.strip() for line in text.splitlines()).strip()
