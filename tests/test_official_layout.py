import re
from datetime import date

from odoo.tests import tagged

from ..tools import official
from .document_common import MM, PANGRAM, DocumentCase

PARAGRAPH = (
    "Phong trào phải được tiến hành thường xuyên, thiết thực, gắn kết các phong trào "
    "thi đua đã và đang phát động trên địa bàn tỉnh, gắn với sự sáng tạo của các cơ "
    "quan, tổ chức, địa phương, đơn vị."
)


@tagged("post_install", "-at_install")
class TestOfficialText(DocumentCase):
    """Wording by Decree 30/2020/NĐ-CP, without a page."""

    def test_day_and_month_are_padded_as_the_decree_says(self):
        for day, expected in (
            (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
            (date(2020, 2, 15), "ngày 15 tháng 02 năm 2020"),
            (date(2020, 1, 9), "ngày 09 tháng 01 năm 2020"),
            (date(2020, 12, 31), "ngày 31 tháng 12 năm 2020"),
        ):
            self.assertEqual(official.long_date(day), expected)

    def test_number_below_ten_is_padded(self):
        self.assertEqual(official.reference(5, "QĐ", "MTTQ-BTT"), "05/QĐ-MTTQ-BTT")
        self.assertEqual(official.reference(10, "QĐ", "UBND"), "10/QĐ-UBND")
        self.assertEqual(official.reference(12, "", "UBND"), "12/UBND")
        self.assertEqual(official.reference(0, "KH", "UBND"), "/KH-UBND")

    def test_signature_prefixes(self):
        cases = (
            (("none", "", "", "CHỦ TỊCH"), ["CHỦ TỊCH"]),
            (
                ("tm", "ỦY BAN NHÂN DÂN", "", "CHỦ TỊCH"),
                ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
            ),
            (
                ("tm", "Ủy ban nhân dân", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            ),
            (
                ("kt", "", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
                ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
            ),
            (("q", "", "", "GIÁM ĐỐC"), ["Q. GIÁM ĐỐC"]),
            (
                ("tl", "", "CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
                ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
            ),
            (
                ("tuq", "", "CHỦ TỊCH", "TRƯỞNG BAN PHONG TRÀO"),
                ["TUQ. CHỦ TỊCH", "TRƯỞNG BAN PHONG TRÀO"],
            ),
        )
        for arguments, expected in cases:
            with self.subTest(arguments=arguments):
                self.assertEqual(official.signature_titles(*arguments), expected)

    def test_basis_and_recipients_end_as_the_decree_says(self):
        lines = official.basis_lines("Căn cứ Luật A;\n\n Căn cứ Nghị định B ")
        self.assertEqual(lines, ["Căn cứ Luật A;", "Căn cứ Nghị định B."])
        self.assertEqual(official.basis_lines(False), [])
        lines = official.recipient_lines(["Các sở"], "VT, BPT", as_above=True)
        self.assertEqual(lines, ["- Như trên;", "- Các sở;", "- Lưu: VT, BPT."])


@tagged("post_install", "-at_install")
class TestOfficialLayout(DocumentCase):
    """Places and sizes read back from the PDF: 0.5 mm and 0.1 pt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decision = cls._create_document(
            subject="Về việc công nhận sáng kiến của phong trào thi đua “Đoàn kết sáng "
            "tạo” tỉnh Thử Nghiệm năm 2020",
            authority_line="BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM TỈNH THỬ NGHIỆM",
            basis="Căn cứ Luật Thi đua, khen thưởng\nTheo đề nghị của Hội đồng",
            body=f"<p>{PARAGRAPH}</p>" * 18 + f"<p>{PANGRAM}</p>",
            urgency="hoa_toc",
            issuer_ids=[
                cls._issuer(
                    cls.province,
                    letterhead="ỦY BAN MTTQ VIỆT NAM\nTỈNH THỬ NGHIỆM",
                    letterhead_superior="CƠ QUAN CẤP TRÊN",
                    authority="tm",
                    on_behalf="BAN THƯỜNG TRỰC",
                    head_position="CHỦ TỊCH",
                    position="PHÓ CHỦ TỊCH",
                )
            ],
            recipient_ids=[(0, 0, {"name": "Các sở, ban, ngành tỉnh"})],
            date_signed="2020-03-05",
        )
        cls._sign_dated(cls.decision)
        cls.pdf = cls._open_pdf(cls.decision.pdf_attachment_id.raw)
        cls.addClassCleanup(cls.pdf.close)
        cls.first, cls.second = cls.pdf.pages[:2]

    def test_page_is_a4_with_margins_20_20_30_20(self):
        for page in self.pdf.pages:
            self.assertMm(page.width * MM, 210)
            self.assertMm(page.height * MM, 297)
            body = [char for char in page.chars if char["top"] * MM > 19]
            self.assertGreaterEqual(min(char["x0"] for char in body) * MM, 29.5)
            self.assertLessEqual(max(char["bottom"] for char in body) * MM, 277.5)
        lines = self.first.extract_text_lines()
        self.assertMm(min(line["x0"] for line in lines) * MM, 30)
        self.assertMm(max(line["x1"] for line in lines) * MM, 190)
        self.assertMm(self.second.extract_text_lines()[1]["top"] * MM, 20.9)

    def test_type_sizes_and_styles(self):
        expected = (
            ("CƠ QUAN CẤP TRÊN", 12, ""),
            ("ỦY BAN MTTQ VIỆT NAM", 12, "Bold"),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Bold"),
            ("Độc lập - Tự do - Hạnh phúc", 13, "Bold"),
            ("Số: 01/QĐ-MTTQ-BTT", 13, ""),
            ("Thử Nghiệm, ngày 05 tháng 3 năm 2020", 13, "Italic"),
            ("HỎA TỐC", 13, "Bold"),
            ("QUYẾT ĐỊNH", 14, "Bold"),
            ("Về việc công nhận sáng kiến", 14, "Bold"),
            ("Căn cứ Luật Thi đua, khen thưởng;", 14, "Italic"),
            ("Phong trào phải được tiến hành", 14, ""),
        )
        self._check_styles(self.first, expected)
        expected = (
            ("TM. BAN THƯỜNG TRỰC", 14, "Bold"),
            ("KT. CHỦ TỊCH", 14, "Bold"),
            ("Trần Thị Thử Nghiệm", 14, "Bold"),
            ("Nơi nhận:", 12, "Bold-Italic"),
            ("- Các sở, ban, ngành tỉnh;", 11, ""),
            ("- Lưu: VT.", 11, ""),
        )
        self._check_styles(self.pdf.pages[-1], expected)

    def _check_styles(self, page, expected):
        for text, size, style in expected:
            with self.subTest(text=text):
                line = self._line(page, text)
                self.assertPt(line["size"], size)
                found = {re.sub(r"[^A-Za-z]", "", font) for font in line["fonts"]}
                self.assertEqual(len(found), 1)
                tail = found.pop().removeprefix(self._family())
                self.assertEqual(tail.replace("Regular", ""), style.replace("-", ""))

    def _family(self):
        families = {
            re.split(r"[-,]|Bold|Italic", char["fontname"].partition("+")[2])[0]
            for page in self.pdf.pages
            for char in page.chars
        }
        self.assertEqual(len(families), 1, f"several families: {families}")
        return families.pop()

    def test_vietnamese_is_set_in_one_family(self):
        text = "".join(page.extract_text() for page in self.pdf.pages)
        for sign in set(PANGRAM) - {" "}:
            self.assertIn(sign, text)
        self.assertTrue(self._family())

    def test_nation_stands_right_and_agency_left_on_one_line(self):
        nation = self._line(self.first, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        agency = self._line(self.first, "CƠ QUAN CẤP TRÊN")
        self.assertMm(nation["top"], agency["top"])
        self.assertMm(nation["top"], 20.5)
        self.assertMm((agency["x0"] + agency["x1"]) / 2, 62)
        self.assertMm((nation["x0"] + nation["x1"]) / 2, 142)
        number = self._line(self.first, "Số: 01/QĐ-MTTQ-BTT")
        place = self._line(self.first, "Thử Nghiệm, ngày 05 tháng 3 năm 2020")
        self.assertMm(number["top"], place["top"])
        self.assertMm((number["x0"] + number["x1"]) / 2, 62)
        self.assertMm((place["x0"] + place["x1"]) / 2, 142)

    def test_rules_have_the_length_of_the_decree(self):
        motto = self._line(self.first, "Độc lập - Tự do - Hạnh phúc")
        left, right, _top = self._rule_below(self.first, motto)
        self.assertMm(left, motto["x0"])
        self.assertMm(right, motto["x1"])
        for text in ("TỈNH THỬ NGHIỆM", "tạo” tỉnh Thử Nghiệm năm 2020"):
            line = self._line(self.first, text.split("tạo” ")[-1])
            left, right, _top = self._rule_below(self.first, line)
            self.assertMm((left + right) / 2, 62 if text.isupper() else 110)
        agency = self._line(self.first, "TỈNH THỬ NGHIỆM")
        left, right, _top = self._rule_below(self.first, agency)
        part = (right - left) / (agency["x1"] - agency["x0"])
        self.assertTrue(1 / 3 <= part <= 1 / 2, part)

    def test_urgency_box_is_30_by_8_mm(self):
        red = [
            rect for rect in self.first.rects if rect["non_stroking_color"] == (1, 0, 0)
        ]
        outer = max(red, key=lambda rect: rect["width"])
        self.assertMm(outer["width"] * MM, 30)
        self.assertMm(outer["height"] * MM, 8)
        self.assertMm((outer["x0"] + outer["x1"]) / 2 * MM, 62)

    def test_body_is_indented_justified_and_spaced(self):
        lines = [
            line
            for line in self.second.extract_text_lines()
            if line["text"].startswith(("Phong trào", "thi đua đã", "thi đua"))
        ]
        starts = [line["x0"] * MM for line in lines if "Phong trào" in line["text"]]
        for start in starts:
            self.assertMm(start, 30 + 12.7)
        texts = self.second.extract_text_lines()
        index = next(
            i for i, line in enumerate(texts) if line["text"].startswith("Phong trào")
        )
        self.assertMm(texts[index]["x1"] * MM, 190)
        pitch = (texts[index + 1]["top"] - texts[index]["top"]) * MM
        gap = (texts[index]["top"] - texts[index - 1]["top"]) * MM
        self.assertGreaterEqual((gap - pitch) / MM, 6 - 0.1)

    def test_page_number_is_in_the_top_margin_from_page_two(self):
        self.assertFalse([char for char in self.first.chars if char["top"] * MM < 19])
        number = self._line(self.second, "2")
        self.assertMm((number["x0"] + number["x1"]) / 2, 110)
        self.assertLess(number["bottom"], 20)
        self.assertPt(number["size"], 13)

    def test_signature_is_in_the_right_half_level_with_recipients(self):
        page = self.pdf.pages[-1]
        title = self._line(page, "TM. BAN THƯỜNG TRỰC")
        name = self._line(page, "Trần Thị Thử Nghiệm")
        recipients = self._line(page, "Nơi nhận:")
        for line in (title, name):
            self.assertGreater(line["x0"], 110)
            self.assertMm((line["x0"] + line["x1"]) / 2, 150)
        self.assertMm(recipients["x0"], 30)
        self.assertMm(recipients["top"], title["top"], "level with the signature")

    def test_signature_never_stands_alone_on_a_page(self):
        for count in range(8, 15):
            body = f"<p>{PARAGRAPH}</p>" * count
            page = self._print(self._create_document(body=body))[-1]
            lines = [line["text"] for line in page.extract_text_lines()]
            start = next(i for i, line in enumerate(lines) if "CHỦ TỊCH" in line)
            with self.subTest(paragraphs=count):
                self.assertIn("đơn vị.", "".join(lines[:start]))

    def test_annex_follows_the_signature_and_counts_its_own_pages(self):
        rows = "".join(f"<tr><td>{n}</td><td>Sáng kiến</td></tr>" for n in range(70))
        annex = (
            '<div class="o_annex"><p class="o_annex_number">Phụ lục</p><table><thead>'
            f"<tr><th>STT</th><th>Tên</th></tr></thead>{rows}</table></div>"
        )
        pages = self._print(
            self._create_document(body=f"{annex}<p>Điều 1. Nội dung.</p>")
        )
        self.assertGreaterEqual(len(pages), 3)
        self.assertIn("Trần Thị Thử Nghiệm", pages[0].extract_text())
        self.assertTrue(pages[1].extract_text().startswith("Phụ lục"))
        self.assertTrue(pages[2].extract_text().startswith("2\nSTT Tên"))

    def test_joint_paper_has_two_agencies_and_two_signatures(self):
        self.district_a.letterhead = "ỦY BAN NHÂN DÂN\nHUYỆN AN"
        self.district_a.document_symbol = "UBND"
        document = self._create_document(
            "KH",
            issuer_ids=[
                self._issuer(self.province, sequence=1, signer_name="Người Chủ Trì"),
                self._issuer(self.district_a, sequence=2, signer_name="Người Phối Hợp"),
            ],
        )
        self.assertEqual(document.symbol, "MTTQ-BTT-UBND")
        page = self._print(document)[-1]
        text = page.extract_text()
        self.assertIn("TỈNH THỬ NGHIỆM -", text)
        self.assertIn("HUYỆN AN", text)
        host = self._line(page, "Người Chủ Trì")
        other = self._line(page, "Người Phối Hợp")
        self.assertMm(host["top"], other["top"])
        self.assertGreater(host["x0"], 110, "the host signs on the right")
        self.assertLess(other["x1"], 110)
        document.host_signs = "left"
        page = self._print(document)[-1]
        self.assertLess(self._line(page, "Người Chủ Trì")["x1"], 110)

    def test_tables_and_long_words_stay_on_the_page(self):
        cells = "".join(
            f'<td style="width: {width}%">{text}</td>'
            for width, text in ((10, "1"), (60, "x" * 300), (30, "Cột ba"))
        )
        body = f"<p>{'y' * 200}</p><table><tr>{cells}</tr></table>"
        page = self._print(self._create_document(body=body))[0]
        self.assertIn("Cột ba", page.extract_text())
        edges = [rect["x1"] for rect in page.rects] + [
            char["x1"] for char in page.chars if char["text"] in "xyCột"
        ]
        self.assertLessEqual(max(edges) * MM, 190.5)

    def test_header_breaks_into_even_lines(self):
        page = self._print(self._create_document())[0]
        text = page.extract_text()
        for line in ("ỦY BAN MẶT TRẬN", "TỔ QUỐC VIỆT NAM", "TỈNH THỬ NGHIỆM"):
            self.assertIn(line, text)
        first = self._line(page, "ỦY BAN MẶT TRẬN")
        second = self._line(page, "TỔ QUỐC VIỆT NAM")
        self.assertLess(first["bottom"], second["bottom"])
        lines = official.balanced_lines("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", 122, 13)
        self.assertEqual(len(lines), 1)
        self.assertEqual(official.balanced_lines("x" * 99, 10), ["x" * 99])
        self.assertEqual(official.balanced_lines("", 10), [])

    def test_names_stand_on_one_line_under_titles_of_any_height(self):
        document = self._create_document(
            issuer_ids=[
                self._issuer(
                    self.province,
                    authority="kt",
                    on_behalf="BAN THƯỜNG TRỰC",
                    head_position="CHỦ TỊCH",
                    position="PHÓ CHỦ TỊCH",
                    signer_name="Người Chủ Trì",
                ),
                self._issuer(self.district_a, sequence=20, signer_name="Người Khác"),
            ]
        )
        page = self._print(document)[-1]
        host, other = (
            self._line(page, name) for name in ("Người Chủ Trì", "Người Khác")
        )
        self.assertMm(host["top"], other["top"])

    def test_quotes_inside_quotes_are_single(self):
        for text, expected in (
            ("gắn “vườn xanh”", "gắn ‘vườn xanh’"),
            ('gắn "vườn xanh"', "gắn ‘vườn xanh’"),
            ("không có", "không có"),
            (False, ""),
        ):
            self.assertEqual(official.inner_quotes(text), expected)

    def test_minutes_have_the_secretary_left_and_the_chair_right(self):
        document = self._create_document(
            "BB",
            issuer_ids=[
                self._issuer(
                    self.province,
                    role="chair",
                    position="CHỦ TỌA",
                    signer_name="Bà Tọa",
                ),
                self._issuer(
                    self.province,
                    role="secretary",
                    position="THƯ KÝ",
                    signer_name="Ông Ký",
                ),
            ],
        )
        page = self._print(document)[-1]
        self.assertLess(self._line(page, "THƯ KÝ")["x1"], 110)
        self.assertGreater(self._line(page, "CHỦ TỌA")["x0"], 110)
        self.assertNotIn("ngày", page.extract_text())

    def test_letter_has_its_subject_under_the_number_and_addressees(self):
        document = self._create_document(
            "CV",
            subject="đăng ký sáng kiến",
            recipient_ids=[
                (0, 0, {"name": "Sở Giáo dục", "is_addressee": True}),
                (0, 0, {"name": "Sở Nội vụ", "is_addressee": True}),
            ],
        )
        document.action_sign()
        self.assertEqual(document.reference, "01/MTTQ-BTT")
        pdf = self._open_pdf(document.pdf_attachment_id.raw)
        self.addCleanup(pdf.close)
        page = pdf.pages[0]
        about = self._line(page, "V/v đăng ký sáng kiến")
        self.assertMm((about["x0"] + about["x1"]) / 2, 62)
        number = self._line(page, "Số: 01/MTTQ-BTT")
        self.assertPt(about["size"], 12)
        gap = (about["top"] - number["bottom"]) / MM
        self.assertAlmostEqual(gap, 6, delta=0.5)
        text = page.extract_text()
        self.assertIn("Kính gửi: - Sở Giáo dục;", text)
        self.assertIn("- Như trên;", text)

    def test_no_single_word_stands_on_the_last_line_of_a_subject(self):
        subject = (
            "Xét, công nhận sáng kiến trong phong trào thi đua “Đoàn kết sáng tạo”"
        )
        page = self._print(self._create_document("HD", subject=subject))[0]
        last = self._line(page, "sáng tạo”")
        title = self._line(page, "Xét, công nhận")
        self.assertGreater(last["top"], title["bottom"] - 1, "two lines")
        text = page.extract_text()
        self.assertNotIn("\ntạo”", text)
        page = self._print(
            self._create_document("CV", subject="đề nghị gửi hồ sơ sáng kiến năm 2019")
        )[0]
        self.assertNotIn("\n2019", page.extract_text())

    def test_who_issued_what_an_annex_comes_with(self):
        self.assertEqual(official.in_words("BAN THƯỜNG TRỰC"), "Ban Thường trực")
        self.assertEqual(official.in_words("ỦY BAN NHÂN DÂN"), "Ủy ban nhân dân")
        document = self._create_document(
            authority_line="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
            issuer_ids=[self._issuer(self.province, position="CHỦ TỊCH")],
        )
        self.assertIn(f"của Chủ tịch {self.province.name})", document._annex_source())
        document.authority_line = False
        self.assertIn(f"của {self.province.name})", document._annex_source())
        document.issuer_ids.write({"authority": "tm", "on_behalf": "BAN THƯỜNG TRỰC"})
        self.assertIn(
            f"của Ban Thường trực {self.province.name})", document._annex_source()
        )
        document.issuer_ids = [self._issuer(self.district_a, sequence=20)]
        self.assertIn(
            f"của {self.province.name} và {self.district_a.name})",
            document._annex_source(),
        )

    def test_single_addressee_stands_on_the_same_line(self):
        names = [(0, 0, {"name": "Ủy ban tỉnh", "is_addressee": True})]
        page = self._print(self._create_document("TTr", recipient_ids=names))[0]
        self.assertIn("Kính gửi: Ủy ban tỉnh", page.extract_text())

    def test_draft_is_marked_and_has_no_number(self):
        document = self._create_document()
        text = self._print(document)[0].extract_text()
        self.assertIn("DỰ THẢO", text)
        self.assertIn("/QĐ-MTTQ-BTT", text)
        self.assertNotIn("01/QĐ", text)
