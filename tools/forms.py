"""Statistical forms as the circular prints them: what stands in which cell.

Without the ORM and without a file. A form is a heading of merged cells, a row of
letters and numbers for the columns, and lines with a code each. The total of a line is
the sum of its cells; the lines of a division together make the first line, which
:func:`differences` checks. ``None`` in a cell leaves it to be filled in by hand.
"""

from typing import NamedTuple


class Head(NamedTuple):
    """A cell of the heading, from ``row`` and ``column`` (from 0) over so many."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


class Line(NamedTuple):
    """A line: its label, code, unit of measure and cells (without the total).

    ``division`` numbers the division whose lines add up to the total; ``None`` for a
    line that is part of another one, or is not counted by the program.
    """

    label: str
    code: str = ""
    measure: str = ""
    cells: tuple = ()
    division: int | None = None


class Form(NamedTuple):
    """A form: its head, its heading, its lines; the first line is the total."""

    number: str
    title: str
    heads: tuple
    letters: tuple
    lines: tuple
    measure: str = ""
    has_measures: bool = False
    has_total: bool = True
    #: labels of the divisions, by number
    divisions: dict = {}

    @property
    def first(self):
        """Return the column of the first cell, after label, code, measure and total."""
        return 2 + self.has_measures + self.has_total

    @property
    def width(self):
        return self.first + len(self.lines[0].cells)


def total(line):
    """Return the sum of a line; ``None`` where nothing of it is counted."""
    counted = [cell for cell in line.cells if cell is not None]
    return sum(counted) if counted else None


def grid(form):
    """Return the lines of a form as rows of values, label first."""
    return [
        [
            line.label,
            line.code,
            *([line.measure] if form.has_measures else []),
            *([total(line)] if form.has_total else []),
            *(line.cells or (None,) * (form.width - form.first)),
        ]
        for line in form.lines
    ]


def headings(form):
    """Return one heading for each column, what is merged above it joined."""
    names = [[] for _column in range(form.width)]
    for head in sorted(form.heads):
        for column in range(head.column, head.column + head.columns):
            names[column].append(head.text)
    return [" – ".join(filter(None, one)) for one in names]


def differences(form):
    """Return how much each division falls short of the total, as (label, number).

    Only of the divisions that are counted at all; 0 where the sums agree.
    """
    whole = total(form.lines[0]) or 0
    found = []
    for number, label in sorted(form.divisions.items()):
        lines = [line for line in form.lines if line.division == number]
        if any(total(line) is not None for line in lines):
            parts = sum(total(line) or 0 for line in lines)
            found.append((label, whole - parts))
    return found
