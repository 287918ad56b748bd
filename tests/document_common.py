import io

import pdfplumber

from odoo.tests import freeze_time

from .common import EmulationCommon

MM = 25.4 / 72
# Every letter and tone of Vietnamese: a face that lacks one betrays itself
PANGRAM = (
    "Ạ Ả Ã À Á Ă Ắ Ằ Ẳ Ẵ Ặ Â Ấ Ầ Ẩ Ẫ Ậ Đ È É Ẻ Ẽ Ẹ Ê Ế Ề Ể Ễ Ệ Ì Í Ỉ Ĩ Ị Ò Ó Ỏ Õ "
    "Ọ Ô Ố Ồ Ổ Ỗ Ộ Ơ Ớ Ờ Ở Ỡ Ợ Ù Ú Ủ Ũ Ụ Ư Ứ Ừ Ử Ữ Ự Ỳ Ý Ỷ Ỹ Ỵ ạ ả ã à á ă ắ ằ ẳ "
    "ẵ ặ â ấ ầ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ế ề ể ễ ệ ì í ỉ ĩ ị ò ó ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ "
    "ờ ở ỡ ợ ù ú ủ ũ ụ ư ứ ừ ử ữ ự "
    "ỳ ý ỷ ỹ ỵ “Đoàn kết sáng tạo” – 0123456789 … /"
)


class DocumentCase(EmulationCommon):
    """Papers to sign, and a ruler to measure them with."""

    @classmethod
    def _kind(cls, code):
        return cls.env["emulation.document.kind"].search([("code", "=", code)])

    @classmethod
    def _create_document(cls, code="QĐ", unit=None, **vals):
        """Create a paper that is ready to be signed; ``vals`` may spoil it."""
        unit = unit or cls.province
        values = {
            "kind_id": cls._kind(code).id,
            "unit_id": unit.id,
            "subject": "Về việc thử nghiệm",
            "body": "<p>Điều 1. Nội dung thử nghiệm.</p>",
            "drafter_user_id": cls.movement_user.id,
            "issuer_ids": [cls._issuer(unit)],
            **vals,
        }
        return cls.env["emulation.document"].create(values)

    @classmethod
    def _sign_dated(cls, document, user=None):
        """Sign a paper on the very day it is dated."""
        with freeze_time(document.date_signed):
            document.with_user(user or cls.env.user).sudo(not user).action_sign()

    @classmethod
    def _issuer(cls, unit, **vals):
        values = {
            "unit_id": unit.id,
            "position": "CHỦ TỊCH",
            "signer_name": "Trần Thị Thử Nghiệm",
            **vals,
        }
        return (0, 0, values)

    @classmethod
    def _open_pdf(cls, content):
        return pdfplumber.open(io.BytesIO(content))

    def _print(self, document):
        """Return the pages of a paper as it would be printed now."""
        pdf = self._open_pdf(document._print_pdf())
        self.addCleanup(pdf.close)
        return pdf.pages

    def _line(self, page, text):
        """Return the place in mm, type size and fonts of the line with ``text``."""
        words = page.search(text, regex=False, return_chars=True)
        self.assertTrue(words, f"“{text}” is not on page {page.page_number}")
        found = words[0]
        return {
            **{key: found[key] * MM for key in ("x0", "x1", "top", "bottom")},
            "size": found["chars"][0]["size"],
            "fonts": {char["fontname"].partition("+")[2] for char in found["chars"]},
        }

    def _rules(self, page):
        """Return the thin horizontal rules of a page as (x0, x1, top) in mm."""
        return [
            (rect["x0"] * MM, rect["x1"] * MM, rect["top"] * MM)
            for rect in page.rects
            if rect["height"] * MM < 0.5 and rect["width"] * MM > 5
        ]

    def _rule_below(self, page, line):
        """Return the first rule within 6 mm below a line."""
        rules = [
            rule
            for rule in self._rules(page)
            if 0 <= rule[2] - line["bottom"] < 6
            and rule[0] < (line["x0"] + line["x1"]) / 2 < rule[1]
        ]
        self.assertTrue(rules, "no rule below the line")
        return min(rules, key=lambda rule: rule[2])

    def assertMm(self, value, expected, message=None):
        self.assertAlmostEqual(value, expected, delta=0.5, msg=message)

    def assertPt(self, value, expected, message=None):
        self.assertAlmostEqual(value, expected, delta=0.1, msg=message)
