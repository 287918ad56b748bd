import io

import openpyxl

from odoo.tests import BaseCase, tagged

from ..tools import forms, forms_home_affairs
from ..tools.form_book import FormBook

TOLD = {
    "issued": forms_home_affairs.ISSUED,
    "due": forms_home_affairs.DUE,
    "reporter": "Ủy ban tỉnh",
    "receiver": "",
    "period": "Năm 2020",
    "check": "Chưa tính",
}
LAUNCHED = {
    ("total", "", "central"): 1, ("scope", "national", "central"): 1,
    ("band", "one", "central"): 1, ("way", "regular", "central"): 1,
    ("total", "", "province"): 2, ("scope", "local", "province"): 1,
    ("scope", "cluster", "province"): 1, ("band", "under_1", "province"): 1,
    ("way", "thematic", "province"): 2,
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestForms(BaseCase):
    """Forms 0601.N to 0605.N: the circular's lines, codes and sums."""

    def _codes(self, form):
        return [line.code for line in form.lines if line.code]

    def _line(self, form, code):
        return next(one for one in form.lines if one.code == code)

    def _sheet(self, form):
        target = io.BytesIO()
        book = FormBook(target)
        book.add_form(form, TOLD)
        book.close()
        return openpyxl.load_workbook(target).worksheets[0]

    def test_every_form_has_a_letter_and_a_heading_for_each_column(self):
        for form in (
            forms_home_affairs.movements({}),
            forms_home_affairs.state_awards({}, {"0602.2": ["Hạng Nhất", "Hạng Ba"]}),
            forms_home_affairs.province_awards({}),
            forms_home_affairs.bodies({}),
            forms_home_affairs.officials({}),
        ):
            with self.subTest(form=form.number):
                self.assertEqual(len(form.letters), form.width)
                taken = [
                    (head.row + down, head.column + right)
                    for head in form.heads
                    for down in range(head.rows)
                    for right in range(head.columns)
                ]
                self.assertEqual(len(taken), len(set(taken)), "cells overlap")
                deep = max(row for row, _column in taken) + 1
                self.assertEqual(len(taken), deep * form.width, "cells are left out")
                for row in forms.grid(form):
                    self.assertEqual(len(row), form.width)
                self.assertEqual([d for _l, d in forms.differences(form) if d], [])

    def test_codes_are_the_circulars(self):
        self.assertEqual(
            self._codes(forms_home_affairs.movements({})),
            [f"{number:02d}" for number in range(1, 13)],
        )
        self.assertEqual(
            self._codes(forms_home_affairs.state_awards({}, {})),
            ["1", "2", "3", *(str(number) for number in range(6, 22))],
        )
        self.assertEqual(
            self._codes(forms_home_affairs.province_awards({})),
            [f"{number:02d}" for number in range(1, 18)],
        )
        self.assertEqual(
            self._codes(forms_home_affairs.bodies({})), ["01", "02", "03", "04", "05"]
        )

    def test_movements_and_what_is_in_no_line(self):
        form = forms_home_affairs.movements(LAUNCHED)
        self.assertEqual(self._line(form, "01").cells, (1, 2, 0))
        self.assertEqual(self._line(form, "04").cells, (0, 1, 0))
        self.assertEqual(forms.total(self._line(form, "11")), 2)
        self.assertEqual([d for _label, d in forms.differences(form)], [0, 1, 0])

    def test_state_awards_have_a_column_each_and_two_sides(self):
        counts = {
            ("0602.2", "Huân chương A", "person", "service"): 2,
            ("0602.2", "Huân chương B", "enterprise", ""): 1,
            ("0602.6", "Cờ", "collective", "regular"): 3,
            ("0602.7", "Bằng khen", "person", "thematic"): 5,
            ("0602.7", "Bằng khen", "household", "thematic"): 1,
        }
        names = {"0602.2": ["Huân chương A", "Huân chương B"]}
        form = forms_home_affairs.state_awards(counts, names)
        self.assertEqual(self._line(form, "1").cells[:4], (0, 2, 1, 0))
        self.assertEqual(forms.total(self._line(form, "1")), 12)
        self.assertEqual(forms.total(self._line(form, "6")), 4)
        self.assertEqual(forms.total(self._line(form, "7")), 1)
        self.assertEqual(forms.total(self._line(form, "8")), 1)
        self.assertEqual(forms.total(self._line(form, "9")), 7)
        self.assertEqual(forms.total(self._line(form, "16")), 6)
        self.assertIsNone(forms.total(self._line(form, "10")), "filled in by hand")
        self.assertEqual([d for _label, d in forms.differences(form)], [0, 1])
        heads = {head.text for head in form.heads}
        self.assertIn("Huân chương B", heads)
        place = form.letters.index("6")
        self.assertEqual(self._line(form, "1").cells[place - form.first], 3)

    def test_sheet_has_head_merged_headings_and_sums_that_hold(self):
        sheet = self._sheet(forms_home_affairs.movements(LAUNCHED))
        text = [cell.value for row in sheet for cell in row if cell.value is not None]
        for told in (
            "Biểu số: 0601.N/BNV-TĐKT",
            forms_home_affairs.ISSUED,
            "Ngày nhận báo cáo: ngày 15 tháng 12 năm báo cáo",
            "Đơn vị báo cáo: Ủy ban tỉnh",
            "Đơn vị nhận báo cáo: ………………",
            "SỐ PHONG TRÀO THI ĐUA",
            "Năm 2020",
            "Đơn vị tính: Phong trào",
            "(Ký, họ tên, đóng dấu)",
        ):
            self.assertIn(told, text)
        merged = {str(one) for one in sheet.merged_cells.ranges}
        self.assertIn("D8:F8", merged, "the levels under one heading")
        self.assertIn("B8:B9", merged)
        top = next(row[0].row for row in sheet if row[0].value == "Tổng số")
        self.assertEqual(sheet.cell(top, 3).value, f"=SUM(D{top}:F{top})")
        numbers = [sheet.cell(top, column).value for column in (4, 5, 6)]
        self.assertEqual(numbers, [1, 2, 0])
        checks = [
            row[1].value
            for row in sheet
            if row[0].value and str(row[1].value).startswith(f"=C{top}-SUM(")
        ]
        self.assertEqual(len(checks), 3)
        self.assertEqual(
            checks[0],
            f"=C{top}-SUM(" + ",".join(f"C{top + line}" for line in (2, 3, 4, 5)) + ")",
        )
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)

    def test_no_cell_is_a_formula_but_the_sums(self):
        form = forms_home_affairs.state_awards(
            {("0602.9", "=cmd|'/C calc'!A0", "person", ""): 1},
            {"0602.9": ["=cmd|'/C calc'!A0"]},
        )
        formulas = [
            cell.value
            for row in self._sheet(form)
            for cell in row
            if cell.data_type == "f"
        ]
        self.assertTrue(formulas)
        for one in formulas:
            self.assertRegex(one, r"^=(\w+-)?SUM\([A-Z0-9:,]+\)$")
