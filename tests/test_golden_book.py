import io

import pdfplumber
from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_certificate import CertificateCase


@tagged("post_install", "-at_install")
class TestGoldenBook(CertificateCase):
    """Numbers of the golden book: in order, without gap, one series per issuer."""

    def test_numbers_run_on_within_issuer_and_year(self):
        more = self._issue(3)
        book = self.certificate.golden_book_id
        self.assertEqual((book.unit_id, book.year), (self.province, 2020))
        self.assertEqual(
            (self.certificate + more).mapped("golden_number"), [1, 2, 3, 4]
        )
        self.assertEqual(self.certificate.golden_reference, "01/2020")
        other = self._create_document(
            unit=self._front("Ủy ban khác", "T99"), date_signed="2020-03-06"
        )
        self._sign_dated(other)
        vals = {"holder_name": "A", "title": "B"}
        theirs = self.env["emulation.certificate"]._issue(other, [vals])
        self.assertEqual(theirs.golden_reference, "01/2020")
        self.assertNotEqual(theirs.golden_book_id, book)
        later = self._create_document(date_signed="2021-01-08")
        self._sign_dated(later)
        next_year = self.env["emulation.certificate"]._issue(later, [vals])
        self.assertEqual(next_year.golden_reference, "01/2021")

    def _front(self, name, code):
        return self._create_unit(
            code, name, "front", "district", self.province, document_symbol=code,
            place_name="Thử", letterhead=name.upper(),
        )  # fmt: skip

    def test_series_that_runs_on_knows_no_year(self):
        unit = self._front("Ủy ban nối tiếp", "T98")
        unit.with_user(self.manager_user).golden_book_series = "running"
        references = []
        for day in ("2020-05-01", "2021-05-01"):
            paper = self._create_document(unit=unit, date_signed=day)
            self._sign_dated(paper)
            vals = [{"holder_name": "A", "title": "B"}]
            issued = self.env["emulation.certificate"]._issue(paper, vals)
            references.append(issued.golden_reference)
        self.assertEqual(references, ["01", "02"])

    def test_what_fails_gives_its_numbers_back(self):
        with mute_logger("odoo.sql_db"), self._refused(CheckViolation, "share"):
            self._issue(2, share=400)
        self.assertEqual(self._issue().golden_number, 2)

    def test_book_is_locked_while_numbers_are_taken(self):
        book = self.certificate.golden_book_id
        cls = type(book)
        locked = cls.try_lock_for_update
        self.addCleanup(setattr, cls, "try_lock_for_update", locked)
        cls.try_lock_for_update = lambda self, **_options: self.browse()
        with self._refused(UserError, "Other certificates are being entered"):
            self._issue()
        cls.try_lock_for_update = locked
        self.assertEqual(self._issue().golden_number, 2)

    def test_register_is_read_and_printed(self):
        revoked = self._issue(holder_name="Người bị thu hồi")
        revoked.with_user(self.manager_user).action_revoke("Sai")
        book = self.certificate.golden_book_id
        for user, reads in (
            (self.movement_user, True),
            (self.leader_user, True),
            (self.officer_a1, False),
            (self.member1_user, False),
        ):
            self.assertEqual(book.with_user(user).has_access("read"), reads, user.login)
            self.assertFalse(book.with_user(user).has_access("write"))
        action = book.with_user(self.leader_user).action_view_certificates()
        found = self.env["emulation.certificate"].search(action["domain"])
        self.assertEqual(found, self.certificate + revoked)
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.leader_user)
            ._render_qweb_pdf("emulation.report_golden_book", book.ids)
        )
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            text = pdf.pages[0].extract_text()
        for expected in (
            "SỔ VÀNG",
            "01/2020",
            "02/2020",
            "Đã thu hồi",
            "Nguyễn Thị Ánh",
        ):
            self.assertIn(expected, text)

    def test_gap_is_found_by_the_nightly_check(self):
        self._issue(2)
        invariants = self.env["emulation.invariant"]
        self.assertNotIn("18_golden_numbers", str(invariants._find_broken()))
        self.certificate.sudo().golden_number = 7
        self.env.flush_all()
        self.assertIn("18_golden_numbers", str(invariants._find_broken()))
        self.certificate.sudo().golden_number = 1
