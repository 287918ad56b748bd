import base64
import io
import math
import re
from unittest.mock import patch

import qrcode
from lxml import html
from qrcode.image.svg import SvgPathImage

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools import codes
from .document_common import MM, DocumentCase


class CertificateCase(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decision = cls._create_document(date_signed="2020-03-05")
        cls._sign_dated(cls.decision)
        cls.holder = cls.env["res.partner"].create(
            {
                "name": "Nguyễn Thị Ánh",
                "email": "anh.private@example.com",
                "phone": "0900111222",
            }
        )
        cls.certificate = cls._issue()

    @classmethod
    def _issue(cls, count=1, **vals):
        values = {
            "partner_id": cls.holder.id,
            "holder_name": "Nguyễn Thị Ánh",
            "title": "Hệ thống tưới tiết kiệm nước",
            "grade_name": "Xuất sắc",
            "share": 60,
            "unit_name": "Hợp tác xã Thử Nghiệm",
            **vals,
        }
        Certificate = cls.env["emulation.certificate"]
        return Certificate._issue(cls.decision, [dict(values) for _n in range(count)])


@tagged("post_install", "-at_install")
class TestCertificate(CertificateCase):
    def test_codes_are_long_random_and_easy_to_read(self):
        bits = codes.PUBLIC_LENGTH * math.log2(len(set(codes.ALPHABET)))
        self.assertGreaterEqual(bits, 128)
        drawn = {codes.random_code(codes.PUBLIC_LENGTH) for _n in range(2000)}
        self.assertEqual(len(drawn), 2000)
        for code in {*drawn, self.certificate.code}:
            self.assertRegex(code, r"^[2-9A-Z]{4}(-[2-9A-Z]{4}){6}$")
            self.assertFalse(set(code) & set("01OILUV"))

    def test_code_of_the_first_years_is_still_found(self):
        self.certificate.sudo().code = "ABCD-EFGH-JKMN"
        found = self.env["emulation.certificate"]._find_by_code("abcdefghjkmn")
        self.assertEqual(found, self.certificate)

    def test_code_is_found_however_it_is_typed(self):
        code = self.certificate.code
        Certificate = self.env["emulation.certificate"].with_user(self.internal_user)
        for typed in (
            code,
            code.lower(),
            code.replace("-", ""),
            f"  {code.replace('-', ' ')} ",
            code.replace("-", "–"),
        ):
            with self.subTest(typed=typed):
                self.assertEqual(Certificate._find_by_code(typed).code, code)
        for typed in ("", False, code[:-1], code + "A", "%", "____-____-____"):
            with self.subTest(typed=typed):
                self.assertFalse(Certificate._find_by_code(typed))

    def test_taken_code_is_drawn_again(self):
        drawn = [self.certificate.code, "ABCD-EFGH-2345-6789-ABCD-EFGH-JKMN"]
        with patch.object(codes, "random_code", side_effect=drawn):
            self.assertEqual(self._issue().code, drawn[1])
        with (
            patch.object(codes, "random_code", return_value=self.certificate.code),
            self.assertRaisesRegex(UserError, "Try again"),
        ):
            self._issue()

    def test_only_a_signed_decision_gives_certificates(self):
        draft = self._create_document(subject="Về việc chưa ký")
        with self.assertRaisesRegex(UserError, "Về việc chưa ký"):
            self.env["emulation.certificate"]._issue(
                draft, [{"holder_name": "A", "title": "B"}]
            )
        self.assertFalse(draft.certificate_ids)
        self.assertEqual(self.certificate.date_issued, self.decision.date_signed)

    def test_nobody_writes_certificates_by_hand(self):
        for user in (self.manager_user, self.movement_user, self.officer_a1):
            record = self.certificate.with_user(user)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(record.has_access(operation), (user.login, operation))

    def test_certificates_follow_the_rights_of_their_decision(self):
        for user, expected in (
            (self.manager_user, True),
            (self.movement_user, True),
            (self.leader_user, True),
            (self.officer_a1, False),
            (self.member1_user, False),
        ):
            with self.subTest(user=user.login):
                record = self.certificate.with_user(user)
                self.assertEqual(record.has_access("read"), expected)

    def test_only_a_manager_revokes_and_says_why(self):
        manager = self.certificate.with_user(self.manager_user)
        with self.assertRaisesRegex(AccessError, self.certificate.code):
            self.certificate.with_user(self.movement_user).action_revoke("Lý do")
        with self.assertRaisesRegex(UserError, self.certificate.code):
            manager.action_revoke(" ")
        draft = self._create_document()
        with self.assertRaisesRegex(UserError, self.certificate.code):
            manager.action_revoke(revoking_document_id=draft.id)
        self.assertEqual(self.certificate.state, "valid")
        manager.action_revoke("Không phải tác giả")
        self.assertEqual(self.certificate.state, "revoked")
        self.assertTrue(self.certificate.date_revoked)
        with self.assertRaisesRegex(UserError, "already"):
            manager.action_revoke("Lại")

    def test_revoked_decision_takes_its_certificates_along(self):
        self.decision.with_user(self.manager_user).action_revoke("Sai sót")
        self.assertEqual(self.certificate.state, "revoked")
        self.assertEqual(self.certificate.revoke_reason, "Sai sót")

    def test_page_is_a4_landscape_with_all_that_counts(self):
        certificates = self.certificate + self._issue(2, share=0, grade_name=False)
        report = self.env["ir.actions.report"].with_user(self.movement_user)
        content, kind = report._render_qweb_pdf(
            "emulation.report_certificate", certificates.ids
        )
        self.assertEqual(kind, "pdf")
        with self._open_pdf(content) as pdf:
            self.assertEqual(len(pdf.pages), 3, "one page each, one file")
            page = pdf.pages[0]
            self.assertMm(page.width * MM, 297)
            self.assertMm(page.height * MM, 210)
            text = page.extract_text()
            for expected in (
                "GIẤY CHỨNG NHẬN",
                "Nguyễn Thị Ánh",
                "Hệ thống tưới tiết kiệm nước",
                "Xuất sắc",
                "60 %",
                "01/QĐ-MTTQ-BTT",
                "ngày 05 tháng 3 năm 2020",
                self.certificate.code,
            ):
                self.assertIn(expected, text)
            families = {
                re.split("[-,]", char["fontname"].partition("+")[2])[0]
                for char in page.chars
            }
            self.assertEqual(len(families), 1)

    def test_qr_code_holds_the_public_address(self):
        base = self.env["ir.config_parameter"].get_param("web.base.url")
        url = f"{base}/emulation/check/{self.certificate.code}"
        self.assertEqual(self.certificate.check_url, url)
        level = qrcode.constants.ERROR_CORRECT_M
        code = qrcode.QRCode(
            error_correction=level, border=0, image_factory=SvgPathImage
        )
        code.add_data(url)
        stream = io.BytesIO()
        code.make_image().save(stream)
        uri = self.certificate._qr_data_uri()
        self.assertTrue(uri.startswith("data:image/svg+xml;base64,"))
        drawn = base64.b64decode(uri.partition(",")[2])
        self.assertEqual(drawn, stream.getvalue())

    def test_list_takes_the_same_queries_for_any_number(self):
        counts = set()
        Certificate = self.env["emulation.certificate"].with_user(self.movement_user)
        specification = {
            "code": {},
            "holder_name": {},
            "state": {},
            "document_id": {"fields": {"display_name": {}}},
        }
        for number in (1, 3, 30):
            missing = number - Certificate.search_count([])
            if missing > 0:
                self._issue(missing)
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                Certificate.web_search_read([], specification, limit=number)
                spent = self.env.cr.sql_log_count - before
            counts.add(spent)
        self.assertEqual(len(counts), 1, counts)


@tagged("post_install", "-at_install")
class TestCheckPage(CertificateCase, HttpCase):
    def _get(self, path, **kwargs):
        response = self.url_open(path, **kwargs)
        self.assertEqual(response.headers["X-Robots-Tag"], "noindex, nofollow")
        page = html.fromstring(response.text)
        self.assertEqual(
            page.xpath("//meta[@name='robots']/@content"), ["noindex, nofollow"]
        )
        text = " ".join(page.xpath("//div[@id='wrap']")[0].text_content().split())
        return response, text

    def test_valid_certificate_shows_what_is_printed_and_nothing_else(self):
        response, text = self._get(f"/emulation/check/{self.certificate.code}")
        self.assertEqual(response.status_code, 200)
        for expected in (
            "valid",
            "Nguyễn Thị Ánh",
            "Hệ thống tưới tiết kiệm nước",
            "Xuất sắc",
            "60 %",
            "Hợp tác xã Thử Nghiệm",
            "01/QĐ-MTTQ-BTT",
            "2020",
            self.certificate.code,
        ):
            self.assertIn(expected, text)
        for secret in ("anh.private@example.com", "0900111222", "partner_id"):
            self.assertNotIn(secret, response.text)
        self.assertNotRegex(response.text, r"emulation\.certificate|data-oe-id")

    def test_typed_code_is_tolerated(self):
        typed = self.certificate.code.lower().replace("-", " ")
        response, text = self._get(f"/emulation/check?code={typed}")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Nguyễn Thị Ánh", text)

    def test_unknown_code_is_a_friendly_404(self):
        response, text = self._get("/emulation/check/ABCD-EFGH-JKMN")
        self.assertEqual(response.status_code, 404)
        self.assertIn("ABCD-EFGH-JKMN", text)
        self.assertIn("check the characters", text)
        response, text = self._get("/emulation/check?code=%3Cscript%3Ealert(1)")
        self.assertEqual(response.status_code, 404)
        self.assertNotIn("<script>alert(1)", response.text)

    def test_form_without_a_code(self):
        response, text = self._get("/emulation/check")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Code on the certificate", text)

    def test_revoked_certificate_says_so_and_why(self):
        revoking = self._create_document(subject="Về việc thu hồi")
        revoking.action_sign()
        self.certificate.with_user(self.manager_user).action_revoke(
            "Không phải tác giả", revoking.id
        )
        _response, text = self._get(f"/emulation/check/{self.certificate.code}")
        self.assertIn("REVOKED", text)
        self.assertIn(revoking.reference, text)
        self.assertIn("Không phải tác giả", text)
        self.assertNotIn("is valid", text)

    def test_all_of_the_decision_but_what_is_restricted(self):
        path = f"/emulation/check/{self.certificate.code}"
        _response, text = self._get(path)
        decision = self.decision.sudo()
        for expected in (
            decision.subject,
            decision.issuer_ids.signer_name,
            self.certificate.golden_reference,
            "Issued on",
        ):
            self.assertIn(expected, text)
        self.env.cr.execute(
            "UPDATE emulation_document SET is_restricted = TRUE WHERE id = %s",
            [decision.id],
        )
        self.env.invalidate_all()
        _response, text = self._get(path)
        self.assertNotIn(decision.subject, text)

    def test_unknown_and_malformed_codes_are_told_alike(self):
        answers, spent = set(), set()
        Certificate = self.env["emulation.certificate"]
        codes_tried = ("ABCD-EFGH-JKMN-PQRS-TWXY-Z234-5678", "khong phai ma", "0" * 28)
        for code in codes_tried:
            response, text = self._get(f"/emulation/check?code={code}")
            self.assertEqual(response.status_code, 404)
            answers.add(text.replace(code, "…"))
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(Certificate._find_by_code(code))
            spent.add(self.env.cr.sql_log_count - before)
        self.assertEqual(len(answers), 1)
        self.assertEqual(spent, {1})

    def test_who_tries_codes_has_to_wait(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("emulation.check_misses", "3")
        good = f"/emulation/check/{self.certificate.code}"
        for _try in range(3):
            self.assertEqual(self._get("/emulation/check/SAI")[0].status_code, 404)
            if _try < 2:
                self.assertEqual(self._get(good)[0].status_code, 200)
        for path in (good, "/emulation/check/SAI"):
            response, text = self._get(path)
            self.assertEqual(response.status_code, 429)
            self.assertIn("Wait ten minutes", text)
            self.assertNotIn("Nguyễn Thị Ánh", text)
        self.assertEqual(self._get("/emulation/check")[0].status_code, 200)
        misses = self.env["emulation.check.miss"].sudo().search([])
        self.assertEqual(len(misses), 3)
        self.assertNotIn("127.0.0.1", misses[0].source)
        misses.date = fields.Datetime.subtract(fields.Datetime.now(), minutes=11)
        self.assertEqual(self._get(good)[0].status_code, 200)
        misses.date = fields.Datetime.subtract(fields.Datetime.now(), hours=25)
        misses._gc_old()
        self.assertFalse(misses.exists())
        parameters.set_param("emulation.check_misses", "0")
        for _try in range(4):
            self._get("/emulation/check/SAI")
        self.assertEqual(self._get(good)[0].status_code, 200)

    def test_neighbours_in_a_network_count_together(self):
        misses = self.env["emulation.check.miss"]
        one, other, far = (
            misses._get_source(address)
            for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")
        )
        self.assertEqual(one, other)
        self.assertNotEqual(one, far)
        self.assertNotEqual(
            misses._get_source("192.0.2.1"), misses._get_source("192.0.2.2")
        )

    def test_page_offers_both_languages(self):
        path = f"/emulation/check/{self.certificate.code}"
        self.env["res.lang"]._activate_lang("vi_VN")
        vietnamese = {"Accept-Language": "vi-VN,vi;q=0.9"}
        page = html.fromstring(self.url_open(path, headers=vietnamese).text)
        self.assertEqual(page.xpath("//nav[@aria-label]//a/text()"), ["English"])
        link = page.xpath("//nav[@aria-label]//a/@href")[0]
        page = html.fromstring(self.url_open(link, headers=vietnamese).text)
        self.assertIn("This certificate is valid.", page.text_content())
        self.assertIn(self.certificate.code, page.text_content())
        self.assertEqual(page.xpath("//form//input[@name='l']/@value"), ["en"])
        self.assertEqual(page.xpath("//nav[@aria-label]//a/text()"), ["Tiếng Việt"])

    def test_vietnamese_browser_gets_vietnamese(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        headers = {"Accept-Language": "vi-VN,vi;q=0.9"}
        path = f"/emulation/check/{self.certificate.code}"
        response, _text = self._get(path, headers=headers)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(html.fromstring(response.text).get("lang").startswith("vi"))

    @mute_logger("odoo.http")
    def test_posting_is_not_offered(self):
        response = self.url_open("/emulation/check", data={"code": "x"})
        self.assertIn(response.status_code, (400, 405))
