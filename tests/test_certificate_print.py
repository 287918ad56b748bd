import base64
import io

import pdfplumber
import zxingcpp
from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .document_common import MM
from .test_certificate import CertificateCase


def picture(size=(60, 40), colour=(0, 90, 200)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return base64.b64encode(file.getvalue())


@tagged("post_install", "-at_install")
class TestCertificatePrint(CertificateCase):
    """The design of an award: on white paper, on blanks, and as a test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.award = cls.env.ref("emulation.award_bk_front")
        cls.design = cls.award.with_user(cls.manager_user)

    def _print(self, certificates, report="emulation.report_certificate"):
        reports = self.env["ir.actions.report"].with_user(self.manager_user)
        content, _kind = reports._render_qweb_pdf(report, certificates.ids)
        return pdfplumber.open(io.BytesIO(content))

    def _place(self, page, text):
        """Return (x, y) in mm of the first word of ``text``."""
        found = page.search(text)[0]
        return found["x0"] * MM, found["top"] * MM

    def test_qr_code_on_paper_is_read_by_a_reader(self):
        certificates = self.certificate + self._issue(2, holder_name="Người khác")
        with self._print(certificates) as pdf:
            self.assertEqual(len(pdf.pages), 3)
            for page, certificate in zip(pdf.pages, certificates, strict=True):
                raster = page.to_image(resolution=150).original
                read = zxingcpp.read_barcodes(raster.convert("RGB"))
                self.assertEqual([one.text for one in read], [certificate.check_url])

    def test_design_changes_while_the_award_is_in_force(self):
        self.assertEqual(self.award.state, "in_force")
        with Form(self.design) as form:
            form.print_title = "BẰNG KHEN"
            form.print_lead = "Tặng"
            form.print_citation = "Đã có “{title}” xếp loại {grade}"
        self.design.write(
            {
                "print_background": picture(),
                "print_logo": picture(),
                "print_border": "none",
            }
        )
        certificate = self._issue(award_id=self.award.id)
        with self._print(certificate) as pdf:
            page = pdf.pages[0]
            text = page.extract_text()
            self.assertEqual(len(page.images), 2)
        for expected in (
            "BẰNG KHEN",
            "Tặng",
            "Nguyễn Thị Ánh",
            "Đã có “Hệ thống tưới tiết kiệm nước” xếp loại Xuất sắc",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("GIẤY CHỨNG NHẬN", text)
        with self._refused(UserError, "."):
            self.design.printed_name = "Khác"
        with self._refused(AccessError, "."):
            self.award.with_user(self.movement_user).print_title = "Của tôi"

    def test_colour_frame_and_size_are_seen(self):
        certificate = self._issue(award_id=self.award.id)
        painted = {}
        for border in ("double", "line", "none"):
            self.design.write({"print_border": border, "print_accent": "#0000ff"})
            self.design.print_title_size = 50
            with self._print(certificate) as pdf:
                page = pdf.pages[0]
                painted[border] = len(page.rects) + len(page.curves) + len(page.lines)
                title = max(page.chars, key=lambda char: char["size"])
            self.assertAlmostEqual(title["size"], 50, delta=0.5)
            self.assertEqual(tuple(title["non_stroking_color"]), (0, 0, 1))
        self.assertGreater(painted["double"], painted["line"])
        self.assertGreater(painted["line"], painted["none"])

    def test_blank_takes_the_variable_texts_alone_each_at_its_place(self):
        self.design.write(
            {
                "print_width": 365,
                "print_height": 270,
                "print_shift_x": 2,
                "print_shift_y": -3,
                "print_line_ids": [
                    Command.create(
                        {"field": "holder_name", "x": 100, "y": 90, "width": 150,
                         "size": 24, "align": "left", "style": "bold"}
                    ),
                    Command.create(
                        {"field": "decision", "x": 20, "y": 200, "width": 60,
                         "align": "left"}
                    ),
                    Command.create({"field": "qr", "x": 300, "y": 200, "width": 25}),
                ],
                "prints_on_blank": True,
            }
        )  # fmt: skip
        blank = self._issue(award_id=self.award.id)
        with self._print(blank + self.certificate) as pdf:
            page, other = pdf.pages
            self.assertMm(page.width * MM, 365)
            self.assertMm(page.height * MM, 270)
            self.assertMm(other.width * MM, 297)
            words = page.extract_text().split("\n")
            self.assertEqual(
                {"".join(one.split()) for one in words},
                {"NguyễnThịÁnh", self.decision.reference.replace(" ", "")},
            )
            x, y = self._place(page, "Nguyễn")
            self.assertAlmostEqual(x, 102, delta=0.6)
            self.assertTrue(87 <= y <= 90, y)
            char = page.chars[0]
            self.assertAlmostEqual(char["size"], 24, delta=0.2)
            self.assertIn("Bold", char["fontname"])
            read = zxingcpp.read_barcodes(page.to_image(resolution=150).original)
            self.assertEqual(read[0].text, blank.check_url)

    def test_test_print_has_frames_and_crosshairs(self):
        self.design.action_propose_places()
        count = len(self.design.print_line_ids)
        self.assertGreater(count, 5)
        self.design.action_propose_places()
        self.assertEqual(len(self.design.print_line_ids), count)
        self.design.prints_on_blank = True
        action = self.design.action_test_print()
        self.assertEqual(action["report_name"], "emulation.report_award_test")
        with self._print(self.award, "emulation.report_award_test") as pdf:
            text = pdf.pages[0].extract_text()
            marks = len(pdf.pages[0].rects) + len(pdf.pages[0].lines)
        self.assertIn("Thử Nghiệm", text)
        self.assertIn("x 60 · y 85", text)
        self.assertGreater(marks, 2 * (count + 4))
        self.design.prints_on_blank = False
        with self._print(self.award, "emulation.report_award_test") as pdf:
            text = pdf.pages[0].extract_text()
        # without a title of its own: what the award is called on paper
        self.assertIn("BẰNG KHEN\nTặng\n", text)

    def test_what_cannot_be_printed_is_refused(self):
        big = b"A" * (50 * 1024 * 1024 * 4 // 3)
        line = {"field": "title", "x": 10, "y": 10, "width": 50}
        for change, words in (
            ({"print_logo": big}, "Emblem.+50 MB; at most 10 MB"),
            ({"print_background": base64.b64encode(b"<svg/>")}, "JPEG nor a PNG"),
            ({"print_citation": "Vì {titel}"}, "unknown placeholders: titel"),
            ({"print_citation": "Vì {title"}, "unknown placeholders: {"),
            ({"print_width": 20}, "50 to 1000 mm"),
            ({"print_title_size": 3}, "10 to 120 pt"),
            ({"print_accent": "red; }"}, "is no colour"),
            ({"prints_on_blank": True}, "at least one text"),
            ({"print_line_ids": [Command.create({**line, "x": 290})]}, "outside"),
        ):
            with self.subTest(words=words), self._refused(ValidationError, words):
                self.design.write(change)

    def test_long_texts_stay_on_one_page(self):
        certificate = self._issue(
            holder_name="Tập thể cán bộ, công nhân viên Phân xưởng Cơ khí và Lắp ráp",
            title="Giải pháp " + "rất dài về tưới tiết kiệm nước cho cây ăn quả " * 6,
        )
        with self._print(certificate) as pdf:
            self.assertEqual(len(pdf.pages), 1)
            page = pdf.pages[0]
            code = self._place(page, "Mã tra cứu")[1]
            grade = self._place(page, "Xếp loại")[1]
        self.assertLess(grade + 7, code - 12, "the text does not run into the foot")
