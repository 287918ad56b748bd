from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..tools import official
from .document_common import MM, DocumentCase

# Centre of the agency's column, of the nation's, of the page, of the signature (mm)
AGENCY, NATION, PAGE, SIGNATURE = 62, 142, 110, 150
# Centres of two signatures side by side, 4 mm apart
LEFT, RIGHT = 69, 151
# What every paper has in its head: text, size, style, centre of the line
HEAD = (
    ("TỈNH THỬ NGHIỆM", 12, "Bold", AGENCY),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Bold", NATION),
    ("Độc lập - Tự do - Hạnh phúc", 13, "Bold", NATION),
    ("Số:", 13, "", None),
)
PLACE = ("Thử Nghiệm, ngày 05 tháng 3 năm 2020", 13, "Italic", NATION)
SIGNED = (("CHỦ TỊCH", 14, "Bold", SIGNATURE), ("Bà Ký Tên", 14, "Bold", SIGNATURE))
RECIPIENTS = (("Nơi nhận:", 12, "BoldItalic", None), ("- Lưu: VT.", 11, "", None))
# Layout by Decree 30/2020, Annex I and III: kind, what is printed where, what is not
KINDS = {
    "decision": (
        "QĐ",
        (*HEAD, PLACE, ("QUYẾT ĐỊNH", 14, "Bold", PAGE),
         ("Về việc thử", 14, "Bold", PAGE),
         ("Căn cứ Luật A.", 14, "Italic", None), ("QUYẾT ĐỊNH:", 14, "Bold", PAGE),
         ("Điều 1.", 14, "", None), *SIGNED, *RECIPIENTS),
        ("Kính gửi", "V/v"),
    ),
    "plan": (
        "KH",
        (*HEAD, PLACE, ("KẾ HOẠCH", 14, "Bold", PAGE),
         ("Về việc thử", 14, "Bold", PAGE),
         *SIGNED, *RECIPIENTS),
        ("Kính gửi", "V/v", "QUYẾT ĐỊNH"),
    ),
    "report": (
        "BC",
        (*HEAD, PLACE, ("BÁO CÁO", 14, "Bold", PAGE), *SIGNED, *RECIPIENTS),
        ("Kính gửi", "V/v"),
    ),
    "submission": (
        "TTr",
        (*HEAD, PLACE, ("TỜ TRÌNH", 14, "Bold", PAGE),
         ("Về việc thử", 14, "Bold", PAGE),
         ("Kính gửi: Ủy ban tỉnh", 14, "", PAGE), *SIGNED,
         ("- Như trên;", 11, "", None), *RECIPIENTS),
        ("V/v",),
    ),
    "letter": (
        "CV",
        (*HEAD, PLACE, ("V/v Về việc thử", 12, "", AGENCY),
         ("Kính gửi: Ủy ban tỉnh", 14, "", PAGE), *SIGNED,
         ("- Như trên;", 11, "", None), *RECIPIENTS),
        ("CÔNG VĂN", "CV-"),
    ),
    "invitation": (
        "GM",
        (*HEAD, PLACE, ("GIẤY MỜI", 14, "Bold", PAGE), ("Kính gửi:", 14, "", None),
         *SIGNED),
        ("V/v",),
    ),
    "minutes": (
        "BB",
        (*HEAD, ("BIÊN BẢN", 14, "Bold", PAGE), ("THƯ KÝ", 14, "Bold", LEFT),
         ("CHỦ TỌA", 14, "Bold", RIGHT), ("Ông Ghi Chép", 14, "Bold", LEFT),
         ("Bà Ký Tên", 14, "Bold", RIGHT)),
        ("ngày 05 tháng 3", "Kính gửi"),
    ),
}  # fmt: skip
# Urgency: width of its box in mm, 8 mm high, red
STAMPS = {"khan": 20, "thuong_khan": 40, "hoa_toc": 30}


@tagged("post_install", "-at_install")
@freeze_time("2020-03-05")
class TestOfficialKinds(DocumentCase):
    """The picture of every kind of paper: what stands where, of which size."""

    def _paper(self, code, **vals):
        signer = {"position": "CHỦ TỊCH", "signer_name": "Bà Ký Tên"}
        issuers = [self._issuer(self.province, **signer)]
        if code == "BB":
            issuers = [
                self._issuer(
                    self.province, role="chair", **{**signer, "position": "CHỦ TỌA"}
                ),
                self._issuer(
                    self.province,
                    role="secretary",
                    position="THƯ KÝ",
                    signer_name="Ông Ghi Chép",
                ),
            ]
        values = {
            "subject": "Về việc thử",
            "date_signed": date(2020, 3, 5),
            "body": "<p>Điều 1. Nội dung.</p>",
            "issuer_ids": issuers,
            "basis": "Căn cứ Luật A" if code == "QĐ" else False,
            "recipient_ids": [
                Command.create({"name": "Ủy ban tỉnh", "is_addressee": True})
            ]
            if code in ("TTr", "CV", "GM")
            else [],
            **vals,
        }
        return self._create_document(code, **values)

    def test_each_kind_as_the_decree_prints_it(self):
        for name, (code, expected, absent) in KINDS.items():
            paper = self._paper(code)
            paper.action_sign()
            pdf = self._open_pdf(paper.pdf_attachment_id.raw)
            self.addCleanup(pdf.close)
            page = pdf.pages[0]
            for text, size, style, centre in expected:
                with self.subTest(kind=name, text=text):
                    self._check_line(page, text, size, style, centre)
            for text in absent:
                with self.subTest(kind=name, absent=text):
                    self.assertNotIn(text, page.extract_text())

    def _check_line(self, page, text, size, style, centre):
        line = self._line(page, text)
        self.assertPt(line["size"], size)
        found = {font.replace("-", "") for font in line["fonts"]}
        for name in ("Bold", "Italic"):
            has = all(name in font for font in found)
            self.assertEqual(has, name in style, found)
        if centre:
            self.assertMm((line["x0"] + line["x1"]) / 2, centre)

    def test_stamps_of_urgency_and_the_mark_of_a_draft(self):
        for urgency, width in STAMPS.items():
            page = self._print(self._paper("KH", urgency=urgency))[0]
            red = [r for r in page.rects if r["non_stroking_color"] == (1, 0, 0)]
            box = max(red, key=lambda rect: rect["width"])
            with self.subTest(urgency=urgency):
                self.assertMm(box["width"] * MM, width)
                self.assertMm(box["height"] * MM, 8)
                draft = self._mark(page)
                self.assertGreater(draft["top"], box["bottom"] * MM, "below the stamp")
                self.assertPt(draft["size"], 13)
                self.assertMm((draft["x0"] + draft["x1"]) / 2, AGENCY)
        paper = self._paper("KH")
        paper.action_sign()
        pdf = self._open_pdf(paper.pdf_attachment_id.raw)
        self.addCleanup(pdf.close)
        self.assertNotIn("DỰ THẢO", pdf.pages[0].extract_text())

    def _mark(self, page):
        """Return the line DỰ THẢO of the head, not the pale one across the page."""
        head = page.crop((30 / MM, 20 / MM, 94 / MM, 90 / MM))
        head = head.filter(lambda one: one.get("upright", True))
        return self._line(head, "DỰ THẢO")

    def test_other_position_stands_between_signature_and_name(self):
        for others in ([], [self._issuer(self.district_a, sequence=20)]):
            chair = self._issuer(
                self.province,
                authority="tm",
                on_behalf="HỘI ĐỒNG",
                position="CHỦ TỊCH",
                other_position="Giám đốc Sở",
                signer_name="Bà Ký Tên",
            )
            page = self._print(self._paper("QĐ", issuer_ids=[chair, *others]))[-1]
            title = self._line(page, "CHỦ TỊCH")
            other = self._line(page, "GIÁM ĐỐC SỞ")
            name = self._line(page, "Bà Ký Tên")
            self.assertGreater(other["top"] - title["bottom"], 20)
            self.assertLess(0, name["top"] - other["top"])
            self.assertLess(name["top"] - other["bottom"], 5)
            self.assertPt(other["size"], 14)

    def test_order_may_pass_to_a_deputy_and_authorisation_may_not(self):
        self.assertEqual(
            official.signature_titles(
                "tl", "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"
            ),
            ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        )
        self.assertEqual(
            official.signature_titles("tuq", "CHỦ TỊCH", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
            ["TUQ. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        )

    def test_authorisation_is_written_and_ends(self):
        values = {
            "authority": "tuq",
            "head_position": "CHỦ TỊCH",
            "position": "TRƯỞNG BAN",
        }
        for extra, pattern in (
            ({}, "Enter the number of the paper that authorises"),
            ({"authorisation": "05/GUQ-MTTQ"}, "and its last day"),
            (
                {"authorisation": "05/GUQ-MTTQ", "date_authorised_until": "2020-03-04"},
                "ended on 04/03/2020",
            ),
        ):
            paper = self._paper(
                "KH", issuer_ids=[self._issuer(self.province, **values, **extra)]
            )
            with self._refused(UserError, pattern):
                paper.action_sign()
        paper.issuer_ids.date_authorised_until = "2020-03-05"
        paper.action_sign()
        self.assertEqual(paper.state, "signed")

    def test_a_joint_plan_stands_as_the_plan_of_2018(self):
        """Two agencies in the head, the host first; its signature on the right (R1)."""
        self.district_a.letterhead = "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM"
        self.district_a.document_symbol = "UBND"
        plan = self._paper(
            "KH",
            unit=self.district_a,
            basis="Thực hiện Đề án số 15/ĐA\nCăn cứ nội dung Phong trào như sau:",
            recipient_ids=[
                Command.create({"name": name})
                for name in ("Văn phòng Chính phủ", "Các sở, ban, ngành tỉnh")
            ],
            archive="VP UBND tỉnh, VP & Ban Phong trào MTTQ tỉnh",
            issuer_ids=[
                self._issuer(
                    self.district_a,
                    sequence=1,
                    authority="kt",
                    on_behalf="ỦY BAN NHÂN DÂN TỈNH",
                    head_position="CHỦ TỊCH",
                    position="PHÓ CHỦ TỊCH",
                    signer_name="Ông Chủ Nhà",
                ),
                self._issuer(
                    self.province,
                    sequence=2,
                    authority="tm",
                    on_behalf="ỦY BAN MTTQ VIỆT NAM TỈNH HÀ NAM",
                    signer_name="Bà Mặt Trận",
                ),
            ],
        )
        plan.with_user(self.manager_user).write(
            {
                "symbol": "UBND-UBMTTQ",
                "hand_number": 3870,
                "hand_reason": "Sổ giấy 2020",
            }
        )
        plan.with_user(self.manager_user).action_sign()
        self.assertEqual(plan.reference, "3870/KH-UBND-UBMTTQ")
        pdf = self._open_pdf(plan.pdf_attachment_id.raw)
        self.addCleanup(pdf.close)
        page = pdf.pages[-1]
        for above, below in (
            ("TỈNH HÀ NAM -", "TỈNH THỬ NGHIỆM"),
            ("TM. ỦY BAN NHÂN DÂN TỈNH", "KT. CHỦ TỊCH"),
            ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ):
            self.assertLess(
                self._line(page, above)["top"], self._line(page, below)["top"]
            )
        host, other = (self._line(page, n) for n in ("Ông Chủ Nhà", "Bà Mặt Trận"))
        self.assertMm(host["top"], other["top"])
        self.assertMm((host["x0"] + host["x1"]) / 2, RIGHT)
        self.assertMm((other["x0"] + other["x1"]) / 2, LEFT)
        text = " ".join(page.extract_text().split())
        self.assertIn("như sau: ", text)
        self.assertIn("- Lưu: VP UBND tỉnh, VP & Ban Phong trào MTTQ tỉnh.", text)
        self.assertTrue(text.endswith("MTTQ tỉnh."), "the archive comes last")
