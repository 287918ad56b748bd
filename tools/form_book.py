"""Write statistical forms into a workbook, ready to print and to sign."""

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from .cells import neutral
from .forms import differences, grid, total
from .sheets import Workbook

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
STYLES = {
    "plain": {},
    "bold": {"bold": True},
    "italic": {"italic": True},
    "centre": {"align": "center"},
    "bold_centre": {"bold": True, "align": "center"},
    "italic_centre": {"italic": True, "align": "center"},
    "italic_right": {"italic": True, "align": "right"},
    "title": {"bold": True, "align": "center", "font_size": 14, "text_wrap": True},
    "head": {"bold": True, "align": "center", "text_wrap": True, "border": 1},
    "label": {"text_wrap": True, "border": 1},
    "label_bold": {"text_wrap": True, "border": 1, "bold": True},
    "code": {"align": "center", "border": 1, "text_wrap": True},
    "number": {"align": "center", "border": 1, "num_format": "#,##0"},
    "number_bold": {
        "align": "center", "border": 1, "num_format": "#,##0", "bold": True,
    },
    "check": {"italic": True, "font_color": "#7F7F7F", "font_size": 10},
}  # fmt: skip
WIDTHS = {"label": 46, "code": 8, "measure": 12, "total": 11}
#: The sums of a form as big as the page allows, in characters
PAGE, SMALLEST = 120, 8


class FormBook(Workbook):
    """A workbook of forms; sheets of plain tables can follow them."""

    memory_of_a_row = False

    def __init__(self, target):
        super().__init__(target)
        self.styles = {
            name: self.book.add_format({**FONT, **style})
            for name, style in STYLES.items()
        }

    def add_form(self, form, told):
        """Add a form as a sheet.

        :param form: :class:`~.forms.Form`
        :param told: texts around the table: "issued", "due", "reporter", "receiver",
            "period", and "check" that introduces the sums that were checked
        """
        sheet = self.book.add_worksheet(form.number.partition("/")[0])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        self._set_widths(sheet, form)
        top = self._write_head(sheet, form, told)
        first = self._write_headings(sheet, form, top)
        self._write_lines(sheet, form, first)
        sheet.freeze_panes(first, 1)
        sheet.repeat_rows(top, first - 1)
        after = self._write_signatures(sheet, form, first + len(form.lines) + 1)
        self._write_checks(sheet, form, told, first, after + 1)

    def _set_widths(self, sheet, form):
        names = ["label", "code"]
        names += ["measure"] if form.has_measures else []
        names += ["total"] if form.has_total else []
        for column, name in enumerate(names):
            sheet.set_column(column, column, WIDTHS[name])
        counted = form.width - form.first
        left = PAGE - sum(WIDTHS[name] for name in names)
        wide = min(24, max(SMALLEST, left // max(1, counted)))
        sheet.set_column(form.first, form.width - 1, wide)

    def _write_head(self, sheet, form, told):
        """Write what stands above the table; return the first row of the table."""
        last, middle = form.width - 1, max(1, form.width // 2)
        left = (
            (f"Biểu số: {form.number}", "bold"),
            (told["issued"], "plain"),
            (told["due"], "plain"),
        )
        for row, (text, style) in enumerate(left):
            sheet.write_string(row, 0, text, self.styles[style])
        for row, (label, name) in enumerate(
            (("Đơn vị báo cáo", "reporter"), ("Đơn vị nhận báo cáo", "receiver"))
        ):
            text = neutral(f"{label}: {told[name] or '………………'}")
            self._merge(sheet, row, middle, row, last, text, "centre")
        self._merge(sheet, 4, 0, 4, last, form.title, "title")
        sheet.set_row(4, 42 if len(form.title) > 70 else 21)
        self._merge(sheet, 5, 0, 5, last, told["period"], "italic_centre")
        if not form.measure:
            return 7
        text = f"Đơn vị tính: {form.measure}"
        self._merge(sheet, 6, 0, 6, last, text, "italic_right")
        return 7

    def _write_headings(self, sheet, form, top):
        deep = max(head.row + head.rows for head in form.heads)
        for head in form.heads:
            row = top + head.row
            self._merge(
                sheet, row, head.column, row + head.rows - 1,
                head.column + head.columns - 1, neutral(head.text), "head",
            )  # fmt: skip
        for row in range(top, top + deep):
            sheet.set_row(row, 48 if deep <= 2 and row == top + deep - 1 else 34)
        column = 0
        while column < form.width:
            wide = 1
            while column + wide < form.width and not form.letters[column + wide]:
                wide += 1
            self._merge(
                sheet, top + deep, column, top + deep, column + wide - 1,
                form.letters[column], "head",
            )  # fmt: skip
            column += wide
        return top + deep + 1

    def _write_lines(self, sheet, form, first):
        for number, (line, cells) in enumerate(
            zip(form.lines, grid(form), strict=True)
        ):
            row = first + number
            bold = not number or not line.code and not line.cells
            style = "label_bold" if bold else "label"
            sheet.write_string(row, 0, line.label, self.styles[style])
            for column, value in enumerate(cells[1:], start=1):
                self._write_cell(sheet, form, line, row, column, value, not number)
            sheet.set_row(row, 34 if len(line.label) > WIDTHS["label"] + 4 else 18)

    def _write_cell(self, sheet, form, line, row, column, value, bold):
        style = self.styles["number_bold" if bold else "number"]
        if isinstance(value, str):
            sheet.write_string(row, column, value, self.styles["code"])
        elif value is None:
            sheet.write_blank(row, column, None, style)
        elif form.has_total and column == form.first - 1:
            cells = xl_range(row, form.first, row, form.width - 1)
            sheet.write_formula(row, column, f"=SUM({cells})", style, value)
        else:
            sheet.write_number(row, column, value, style)

    def _write_signatures(self, sheet, form, row):
        """Write where the form is signed; return the last row used."""
        last, middle = form.width - 1, max(1, form.width // 2)
        for offset, left, right, style in (
            (0, "", "………, ngày …… tháng …… năm ………", "italic_centre"),
            (1, "Người lập biểu", "Thủ trưởng đơn vị", "bold_centre"),
            (2, "(Ký, họ tên)", "(Ký, họ tên, đóng dấu)", "italic_centre"),
        ):
            if left:
                self._merge(
                    sheet, row + offset, 0, row + offset, middle - 1, left, style
                )
            self._merge(sheet, row + offset, middle, row + offset, last, right, style)
        return row + 6

    def _write_checks(self, sheet, form, told, first, row):
        """Write what each division lacks to the total, as formulas: 0 if it agrees."""
        style = self.styles["check"]
        column = form.first - 1 if form.has_total else form.first
        whole = xl_rowcol_to_cell(first, column)
        numbers = {label: number for number, label in form.divisions.items()}
        found = differences(form)
        if found:
            sheet.write_string(row, 0, told["check"], style)
        for offset, (label, lacking) in enumerate(found, start=1):
            cells = ",".join(
                xl_rowcol_to_cell(first + place, column)
                for place, line in enumerate(form.lines)
                if line.division == numbers[label] and total(line) is not None
            )
            sheet.write_string(row + offset, 0, label, style)
            formula = f"={whole}-SUM({cells})"
            sheet.write_formula(row + offset, 1, formula, style, lacking)

    def _merge(self, sheet, row, column, last_row, last_column, text, style):
        style = self.styles[style]
        if (row, column) == (last_row, last_column):
            sheet.write_string(row, column, text, style)
        else:
            sheet.merge_range(row, column, last_row, last_column, text, style)
