from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from ..tools import official
from .document_common import MM
from .test_certificate import CertificateCase

# Centres of the agency's column, the nation's, the page and the signature (mm)
AGENCY, NATION, PAGE, SIGNATURE = 62, 142, 110, 150
# Every kind of paper: title, place of the subject, addressees
PAPERS = {
    "QĐ": ("QUYẾT ĐỊNH", PAGE, False),
    "BB": ("BIÊN BẢN", PAGE, False),
    "KH": ("KẾ HOẠCH", PAGE, False),
    "TTr": ("TỜ TRÌNH", PAGE, True),
    "BC": ("BÁO CÁO", PAGE, False),
    "TB": ("THÔNG BÁO", PAGE, False),
    "CV": ("", AGENCY, True),
    "HD": ("HƯỚNG DẪN", PAGE, False),
    "GM": ("GIẤY MỜI", PAGE, True),
    "GCN": ("GIẤY CHỨNG NHẬN", PAGE, False),
}
# Landscape certificate: what is printed, its size (pt), style, centre from the left and
# top of the sign (mm)
LEFT_HALF, RIGHT_HALF, MIDDLE = 87.25, 209.75, 148.5
CERTIFICATE = (
    ("TỈNH THỬ NGHIỆM", 13, "Bold", LEFT_HALF, None),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "Bold", RIGHT_HALF, 24.7),
    ("Độc lập - Tự do - Hạnh phúc", 14, "Bold", RIGHT_HALF, 30.0),
    ("BẰNG KHEN", 38, "Bold", MIDDLE, 56.4),
    ("Tặng", 17, "Italic", MIDDLE, 75.3),
    ("Nguyễn Thị Ánh", 27, "Bold", MIDDLE, 83.6),
    ("Hợp tác xã Thử Nghiệm", 15, "", MIDDLE, 93.9),
    (
        "Đã có thành tích trong phong trào “Hệ thống tưới tiết kiệm nước”",
        16,
        "",
        MIDDLE,
        None,
    ),
    ("Thử Nghiệm, ngày 05 tháng 3 năm 2020", 14, "Italic", RIGHT_HALF - 5, None),
    ("CHỦ TỊCH", 14, "Bold", RIGHT_HALF - 5, None),
    ("Trần Thị Thử Nghiệm", 14, "Bold", RIGHT_HALF - 5, None),
    ("Quyết định số", 11, "", None, None),
    ("Vào sổ vàng số 02/2020", 11, "", None, None),
)


@tagged("post_install", "-at_install")
class TestOfficialTable(CertificateCase):
    """Measured positions of all papers, the annex of a list and the certificate."""

    def _fonts(self, line):
        fonts = {font.replace("-", "") for font in line["fonts"]}
        return {name for name in ("Bold", "Italic") if all(name in f for f in fonts)}

    def _check(self, page, text, size, style, centre):
        line = self._line(page, text)
        self.assertPt(line["size"], size)
        self.assertEqual("".join(sorted(self._fonts(line))), style)
        if centre:
            self.assertMm((line["x0"] + line["x1"]) / 2, centre)
        return line

    # EVERY KIND OF PAPER

    def test_every_kind_of_paper_is_in_the_table(self):
        shipped = self.env["ir.model.data"].search(
            [("module", "=", "emulation"), ("model", "=", "emulation.document.kind")]
        )
        kinds = self.env["emulation.document.kind"].browse(shipped.mapped("res_id"))
        self.assertEqual(set(kinds.mapped("code")), set(PAPERS))

    def test_every_kind_keeps_margins_sizes_and_places(self):
        for code, (title, centre, addressed) in PAPERS.items():
            with self.subTest(kind=code):
                self._check_paper(code, title, centre, addressed)

    def _check_paper(self, code, title, centre, addressed):
        long = "<p>" + "Phong trào thi đua được tổ chức ở các cấp. " * 90 + "</p>"
        paper = self._create_document(
            code,
            subject="Về việc thử",
            body=long,
            date_signed=date(2020, 3, 5),
            recipient_ids=[
                Command.create({"name": "Ủy ban tỉnh", "is_addressee": addressed})
            ],
        )
        if code == "BB":
            self._give_minutes_signers(paper)
        self._sign_dated(paper)
        pdf = self._open_pdf(paper.pdf_attachment_id.raw)
        self.addCleanup(pdf.close)
        page, second = pdf.pages[:2]
        self.assertMm(page.width * MM, 210)
        self.assertMm(page.height * MM, 297)
        self._check(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Bold", NATION)
        self._check(page, "Độc lập - Tự do - Hạnh phúc", 13, "Bold", NATION)
        self._check(page, "TỈNH THỬ NGHIỆM", 12, "Bold", AGENCY)
        self._check(page, "Số:", 13, "", None)
        self._check(
            page, "Về việc thử", 14 if title else 12, "Bold" if title else "", None
        )
        about = self._line(page, "Về việc thử" if title else "V/v Về việc thử")
        self.assertMm((about["x0"] + about["x1"]) / 2, centre)
        if title:
            self._check(page, title, 14, "Bold", PAGE)
        if code != "BB":
            place = "Thử Nghiệm, ngày 05 tháng 3 năm 2020"
            self._check(page, place, 13, "Italic", NATION)
        if addressed:
            self._check(page, "Kính gửi: Ủy ban tỉnh", 14, "", PAGE)
        self._check_text(page, second)
        self._check_signatures(code, second)

    def _give_minutes_signers(self, paper):
        for role, signer in (("secretary", "Ông Ghi Chép"), ("chair", "Bà Chủ Tọa")):
            line = self._issuer(self.province, role=role, signer_name=signer)
            paper.issuer_ids = [line]
        paper.issuer_ids.filtered(lambda one: one.role == "issuer").unlink()

    def _check_signatures(self, code, page):
        if code == "BB":
            self._check(page, "Ông Ghi Chép", 14, "Bold", 69)
            self._check(page, "Bà Chủ Tọa", 14, "Bold", 151)
        else:
            self._check(page, "CHỦ TỊCH", 14, "Bold", SIGNATURE)
            self._check(page, "Trần Thị Thử Nghiệm", 14, "Bold", SIGNATURE)
        self._check(page, "Nơi nhận:", 12, "BoldItalic", None)

    def _check_text(self, page, second):
        """Margins 30 and 20 mm, first line 12.7 mm in, number on top from page 2."""
        line = self._line(page, "Phong trào thi đua được")
        self.assertPt(line["size"], 14)
        self.assertMm(line["x0"], 30 + 12.7)
        text = page.crop((0, line["top"] / MM, page.width, page.height))
        self.assertMm(min(char["x0"] for char in text.chars) * MM, 30)
        inked = [char for char in text.chars if char["text"].strip()]
        self.assertMm(max(char["x1"] for char in inked) * MM, 190)
        self.assertLess(max(char["bottom"] for char in inked) * MM, 277.5)
        number = second.crop((0, 0, second.width, 20 / MM)).chars
        self.assertEqual("".join(char["text"] for char in number), "2")
        self.assertPt(number[0]["size"], 13)
        self.assertMm((number[0]["x0"] + number[0]["x1"]) / 2 * MM, PAGE)
        top = page.crop((0, 0, page.width, 19.5 / MM)).extract_text().strip()
        self.assertEqual(top, "", "no number on the first page")

    # LIST ANNEX

    def test_annex_upright_and_turned(self):
        cells = "".join(
            f"<tr><td>{n}</td><td>Đơn vị số {n}</td></tr>" for n in range(1, 90)
        )
        head = "<thead><tr><th>STT</th><th>Tên đơn vị</th></tr></thead>"
        table = f"<table>{head}<tbody>{cells}</tbody></table>"
        for turned, (wide, high), left, centre, top in (
            (False, (210, 297), 30, 110, 20),
            (True, (297, 210), 20, 148.5, 30),
        ):
            paper = self._create_document(
                date_signed=date(2020, 3, 5),
                annex_ids=[
                    Command.create(
                        {"title": "Danh sách", "body": table, "is_landscape": turned}
                    )
                ],
            )
            self._sign_dated(paper)
            pdf = self._open_pdf(paper.pdf_attachment_id.raw)
            self.addCleanup(pdf.close)
            first, second = pdf.pages[1:3]
            with self.subTest(turned=turned):
                self.assertMm(first.width * MM, wide)
                self.assertMm(first.height * MM, high)
                self._check(first, "Phụ lục", 14, "Bold", centre)
                self._check(first, "DANH SÁCH", 14, "Bold", centre)
                self._check(first, "(Kèm theo Quyết định", 14, "Italic", None)
                edges = [rect["x0"] for rect in first.rects + first.lines]
                self.assertMm(min(edges) * MM, left)
                self.assertGreater(self._line(first, "Phụ lục")["top"], top - 0.5)
                self.assertNotIn("\n1\n", first.extract_text()[:12])
                number = second.crop((0, 0, second.width, top / MM)).chars
                self.assertEqual("".join(char["text"] for char in number), "2")
                self.assertPt(number[0]["size"], 13)
                middle = (number[0]["x0"] + number[0]["x1"]) / 2 * MM
                self.assertMm(middle, centre)
                self.assertIn("STT Tên đơn vị", second.extract_text(), "head again")

    # CERTIFICATE

    def _certificate_page(self):
        award = self.env.ref("emulation.award_bk_front")
        award.with_user(self.manager_user).write(
            {
                "print_title": "BẰNG KHEN",
                "print_lead": "Tặng",
                "print_citation": "Đã có thành tích trong phong trào “{title}”",
            }
        )
        certificate = self._issue(award_id=award.id)
        report = self.env["ir.actions.report"].with_user(self.movement_user)
        content, _kind = report._render_qweb_pdf(
            "emulation.report_certificate", certificate.ids
        )
        pdf = self._open_pdf(content)
        self.addCleanup(pdf.close)
        self.assertEqual(len(pdf.pages), 1)
        return certificate, pdf.pages[0]

    def test_certificate(self):
        certificate, page = self._certificate_page()
        self.assertMm(page.width * MM, 297)
        self.assertMm(page.height * MM, 210)
        for text, size, style, centre, top in CERTIFICATE:
            with self.subTest(text=text):
                line = self._check(page, text, size, style, centre)
                if top:
                    self.assertMm(line["top"], top)
        self._check_order(page)
        code = self._line(page, certificate.code)
        self.assertPt(code["size"], 9)
        self.assertMm(code["x0"], 53)

    def _check_order(self, page):
        """Nothing overlaps: from the nation's name to the name of the signer."""
        lines = [
            self._line(page, text)
            for text in (
                "Độc lập", "BẰNG KHEN", "Tặng", "Nguyễn Thị Ánh", "Hợp tác xã",
                "Đã có thành tích", "Thử Nghiệm, ngày", "CHỦ TỊCH", "Trần Thị Thử",
            )
        ]  # fmt: skip
        for above, below in zip(lines, lines[1:], strict=False):
            self.assertLess(above["top"], below["top"])
            if above["size"] < 30:
                self.assertLessEqual(above["bottom"], below["top"] + 1)
        place, title, name = lines[-3:]
        self.assertGreater(name["top"] - title["bottom"], 15, "room to sign and seal")
        self.assertEqual(
            official.long_date(date(2020, 3, 5)), "ngày 05 tháng 3 năm 2020"
        )
        self.assertLess(place["bottom"], title["top"] + 1)

    def test_frame_and_code_of_the_certificate(self):
        """Frame 9 mm from the edge; a square code of 24 mm inside it, on the left."""
        _certificate, page = self._certificate_page()
        shapes = page.rects + page.curves + page.lines
        red = [
            one for one in shapes
            if one.get("non_stroking_color") and one["non_stroking_color"][0] > 0.6
            and one["non_stroking_color"][-1] < 0.2
        ]  # fmt: skip
        self.assertMm(min(one["x0"] for one in red) * MM, 9)
        self.assertMm(max(one["x1"] for one in red) * MM, 288)
        self.assertMm(min(one["top"] for one in red) * MM, 9)
        self.assertMm(max(one["bottom"] for one in red) * MM, 201)
        code = [
            one for one in page.rects
            if one["x1"] - one["x0"] < 24 / MM and one["x0"] > 24 / MM
            and one["x1"] < 52 / MM and 160 / MM < one["top"] < 192 / MM
        ]  # fmt: skip
        left, right = min(o["x0"] for o in code) * MM, max(o["x1"] for o in code) * MM
        top, low = min(o["top"] for o in code) * MM, max(o["bottom"] for o in code) * MM
        self.assertMm(right - left, 24)
        self.assertMm(low - top, 24)
        self.assertMm(left, 26)
        self.assertLess(low, 201 - 2.2, "inside the frame")
