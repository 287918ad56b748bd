import io

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, freeze_time, tagged

from .document_common import MM, DocumentCase


@tagged("post_install", "-at_install")
class TestDocumentNumber(DocumentCase):
    """A number from a register on paper: it begins a series or follows the last."""

    def _paper(self, number=0, day="2020-03-05", code="QĐ", **vals):
        reason = number and "Sổ giấy năm 2020"
        vals = {"hand_number": number, "hand_reason": reason, **vals}
        return self._create_document(code, date_signed=day, **vals)

    def _sign(self, paper):
        self._sign_dated(paper, self.manager_user)
        return paper.reference

    def test_the_first_number_is_that_of_the_paper_register(self):
        self.assertEqual(self._sign(self._paper(3870)), "3870/QĐ-MTTQ-BTT")
        self.assertEqual(self._sign(self._paper()), "3871/QĐ-MTTQ-BTT")
        self.assertEqual(self._sign(self._paper(3872)), "3872/QĐ-MTTQ-BTT")
        register = self.env["emulation.document.register"].search(
            [("unit_id", "=", self.province.id)]
        )
        self.assertEqual((register.first_number, register.last_number), (3870, 3872))
        # another year and another series begin at 1 as ever
        self.assertEqual(self._sign(self._paper(day="2021-01-01")), "01/QĐ-MTTQ-BTT")
        self.assertEqual(self._sign(self._paper(code="KH")), "01/KH-MTTQ-BTT")

    def test_no_number_twice_no_gap_and_no_day_before_the_last(self):
        self._sign(self._paper(5))
        for number, pattern in (
            (5, "is taken or lies before"),
            (4, "is taken or lies before"),
            (9, "would leave a gap"),
        ):
            with self._refused(UserError, f"{pattern}.*The next number is 6"):
                self._sign(self._paper(number))
        with self._refused(UserError, "was signed on"):
            self._sign(self._paper(6, day="2020-03-04"))
        self.assertEqual(self._sign(self._paper(6)), "06/QĐ-MTTQ-BTT")
        with self._refused(ValidationError, "cannot be negative"):
            self._paper(-1)

    def test_only_a_manager_records_it(self):
        paper = self._paper()
        with self._refused(AccessError, "Only a movement manager"):
            paper.with_user(self.movement_user).hand_number = 7
        with self._refused(AccessError, "Only a movement manager"):
            self.env["emulation.document"].with_user(self.movement_user).create(
                {
                    "kind_id": paper.kind_id.id,
                    "unit_id": self.province.id,
                    "subject": "x",
                    "hand_number": 7,
                }
            )
        paper.with_user(self.manager_user).write(
            {"hand_number": 7, "hand_reason": "Sổ giấy"}
        )
        with self._refused(AccessError, "Only a movement manager"):
            paper.with_user(self.movement_user).date_signed = "2019-03-05"
        with self._refused(AccessError, "Only a movement manager"):
            paper.with_user(self.movement_user).hand_reason = "Khác"
        self.assertEqual(self._sign(paper), "07/QĐ-MTTQ-BTT")
        self.assertFalse(paper.copy().hand_number)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-26 03:00:00")
class TestDocumentDates(DocumentCase):
    """No paper is dated into a year that is over, nor far back, nor ahead."""

    def _dated(self, day, **vals):
        return self._create_document(date_signed=day, **vals)

    def _sign(self, paper, user=None):
        paper.with_user(user or self.movement_user).action_sign()

    def test_a_year_that_is_over_takes_no_new_paper(self):
        """Neither where it has no register yet, nor after its last number."""
        kept = self._dated("2025-12-20")
        self._sign_dated(kept)
        for day in ("2025-12-31", "2024-05-05"):
            paper = self._dated(day)
            with self._refused(UserError, "thử nghiệm.*in the year it is signed"):
                self._sign(paper)
            with self._refused(UserError, "in the year it is signed"):
                paper.issuer_ids.with_user(self.movement_user).action_agree()
            with self._refused(UserError, "in the year it is signed"):
                self._sign(paper, self.manager_user)
        registers = self.env["emulation.document.register"].search(
            [("unit_id", "=", self.province.id)]
        )
        self.assertEqual(registers.mapped("year"), [2025], "no try leaves a register")

    def test_how_far_back_is_the_office_s_to_say(self):
        paper = self._dated("2026-10-26")
        with self._refused(UserError, "at most 30 days back.*paper register"):
            self._sign(paper)
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("emulation.backdate_days", "31")
        self._sign(paper)
        parameters.set_param("emulation.backdate_days", "0")
        self._sign(self._dated("2026-11-01"))
        with self._refused(UserError, "in the year it is signed"):
            self._sign(self._dated("2025-11-26"))

    def test_a_paper_register_takes_its_reason_and_its_date(self):
        paper = self._dated("2018-12-27", hand_number=3870)
        with self._refused(UserError, "Why it is recorded now.*3870"):
            self._sign(paper, self.manager_user)
        paper.with_user(self.manager_user).hand_reason = "Sổ giấy 2018"
        # whoever drafts it takes the number of that book to no other day
        drafter = paper.with_user(self.movement_user)
        for vals in (
            {"date_signed": "2017-01-01"},
            {"kind_id": self._kind("KH").id},
            {"hand_reason": "Vì"},
            {"hand_number": 1},
        ):
            with self._refused(AccessError, "Only a movement manager"):
                drafter.write(vals)
        self._sign(paper, self.manager_user)
        self.assertEqual(paper.reference, "3870/QĐ-MTTQ-BTT")
        entry = self.env["emulation.log"].search(
            [("res_model", "=", paper._name), ("res_id", "=", paper.id)]
        )
        self.assertIn("paper register: Sổ giấy 2018", entry.text)
        self.assertEqual(paper._book_row(True)[-1], "Ghi theo sổ giấy: Sổ giấy 2018")
        late = self._dated("2018-12-26", hand_number=3871, hand_reason="Sổ giấy 2018")
        with self._refused(UserError, "number 3870.*was signed on"):
            self._sign(late, self.manager_user)
        ahead = self._dated("2027-01-01", hand_number=1, hand_reason="Sổ giấy 2027")
        with self._refused(UserError, "yet to come"):
            self._sign(ahead, self.manager_user)

    def test_the_form_offers_it_for_papers_of_a_record_too(self):
        """What was signed on paper in December is entered in January."""
        paper = self._dated("2025-12-31")
        paper._write_system({"res_model": "emulation.unit", "res_id": self.province.id})
        self.assertFalse(paper.with_user(self.movement_user).can_number_by_hand)
        with Form(paper.with_user(self.manager_user)) as form:
            form.hand_number = 91
            form.hand_reason = "Sổ giấy 2025"
        self.assertEqual((paper.hand_number, paper.hand_reason), (91, "Sổ giấy 2025"))

    def test_no_context_puts_the_clock_forward_or_back(self):
        self.movement_user.tz = "Asia/Ho_Chi_Minh"
        for zone, now in (
            ("Pacific/Kiritimati", "2026-12-31 15:00:00"),
            ("Pacific/Midway", "2027-01-01 03:00:00"),
        ):
            with freeze_time(now):
                paper = self._create_document(
                    date_signed="2027-01-01" if "Kiri" in zone else "2026-12-31"
                )
                refused = "yet to come" if "Kiri" in zone else "in the year"
                with self._refused(UserError, refused):
                    paper.with_user(self.movement_user).with_context(
                        tz=zone
                    ).action_sign()
                paper.date_signed = False
                self._sign(paper)
        self.assertEqual(str(paper.date_signed), "2027-01-01")


@tagged("post_install", "-at_install")
class TestDocumentReplacement(DocumentCase):
    """One paper takes the place of another by its signature."""

    def _signed(self, **vals):
        paper = self._create_document(date_signed="2020-03-05", **vals)
        self._sign_dated(paper)
        return paper

    def test_chain_of_replacements(self):
        first = self._signed()
        second = self._create_document(replaces_id=first.id)
        self.assertEqual(first.state, "signed", "a draft replaces nothing")
        second.with_user(self.manager_user).action_sign()
        self.assertEqual((first.state, first.replaced_by_id), ("replaced", second))
        self.assertEqual(first.date_replaced, second.date_signed)
        self.assertTrue(first.pdf_attachment_id.raw)
        third = self._create_document(replaces_id=second.id)
        third.action_sign()
        self.assertEqual(second.replaced_by_id, third)
        log = self.env["emulation.log"].search([("event", "=", "replaced")])
        self.assertEqual(set(log.mapped("res_id")), {first.id, second.id})
        with self._refused(UserError, "cannot become"):
            first.with_user(self.manager_user).action_revoke("Lý do")
        third.with_user(self.manager_user).action_revoke("Lý do")
        self.assertEqual(second.state, "replaced", "nothing comes back by itself")

    def test_refusals(self):
        held = self._signed()
        draft = self._create_document()
        gone = self._signed()
        gone.with_user(self.manager_user).action_revoke("Lý do")
        self.district_a.document_symbol = "UBND"
        foreign = self._signed(unit=self.district_a)
        secret = self._signed(is_restricted=True)
        for former, pattern in (
            (draft, "it is not in force"),
            (gone, "it is not in force"),
            (foreign, "it is a paper of “Huyện An”"),
            (secret, "it is not published yet"),
        ):
            later = self._create_document(replaces_id=former.id)
            with self._refused(UserError, pattern):
                later.action_sign()
        early = self._create_document(
            "KH", replaces_id=held.id, date_signed="2020-03-04"
        )
        with self._refused(UserError, "later than this one"):
            self._sign_dated(early)
        one, two = (self._create_document(replaces_id=held.id) for _number in "12")
        one.action_sign()
        with self._refused(UserError, "it is not in force"):
            two.action_sign()

    def test_what_had_effects_is_revoked_instead(self):
        paper = self._signed()
        paper._write_system({"res_model": "emulation.unit", "res_id": self.province.id})
        later = self._create_document(replaces_id=paper.id)
        with self._refused(UserError, "it had effects on records"):
            later.action_sign()

    def test_a_paper_out_of_sight_is_not_named(self):
        secret = self._create_document(is_restricted=True)
        paper = self._create_document(unit=self.commune_a1)
        with self._refused(AccessError, "."):
            paper.with_user(self.officer_a1).replaces_id = secret
        with self._refused(UserError, "cannot be entered by hand"):
            paper.with_user(self.officer_a1).replaced_by_id = paper


@tagged("post_install", "-at_install")
class TestDocumentBook(DocumentCase, HttpCase):
    """The register as a book: landscape, one a unit and year, and as a workbook."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.papers = cls.env["emulation.document"]
        for number in range(3):
            cls.papers += cls._create_document(
                subject=f"Về việc thử {number}",
                date_signed="2020-03-05",
                copies=12,
                archive="VT, BPT",
                recipient_ids=[Command.create({"name": "Các sở, ban, ngành tỉnh"})],
            )
        cls.papers += cls._create_document(
            "BC", subject="Điều mật", date_signed="2020-03-06", is_restricted=True
        )
        for paper in cls.papers:
            cls._sign_dated(paper)
        cls.papers[1].with_user(cls.manager_user).action_revoke("Nhầm")
        later = cls._create_document(replaces_id=cls.papers[2].id)
        later.action_sign()
        cls.registers = cls.env["emulation.document.register"].search(
            [("unit_id", "=", cls.province.id), ("year", "=", 2020)]
        )

    def test_book_prints_landscape_with_its_columns(self):
        report = self.env["ir.actions.report"].with_user(self.movement_user)
        content, _kind = report._render_qweb_pdf(
            "emulation.report_document_register", self.registers[:1].ids
        )
        pdf = self._open_pdf(content)
        self.addCleanup(pdf.close)
        page = pdf.pages[0]
        self.assertMm(page.width * MM, 297)
        text = page.extract_text()
        self.assertIn("SỔ ĐĂNG KÝ VĂN BẢN ĐI\nNăm 2020", text)
        self.assertIn("Sổ QĐ – từ số 1 đến số 3", text)
        self.assertIn("Sổ BC – từ số 1 đến số 1", text)
        rows = [
            [(cell or "").replace("\n", " ") for cell in row]
            for table in page.extract_tables()
            for row in table
        ]
        self.assertEqual(
            rows[0],
            [
                *("Số, ký hiệu văn bản", "Ngày tháng văn bản"),
                "Tên loại và trích yếu nội dung văn bản",
                *("Người ký", "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu"),
                *("Số lượng bản", "Ghi chú"),
            ],
        )
        found = {row[0].replace(" ", ""): row for row in rows}
        first = found["01/QĐ-MTTQ-BTT"]
        self.assertEqual(first[1], "05/03/2020")
        self.assertIn("Về việc thử 0", first[2])
        self.assertEqual(first[4:7], ["Các sở, ban, ngành tỉnh", "VT, BPT", "12"])
        self.assertIn("Thu hồi ngày", found["02/QĐ-MTTQ-BTT"][7])
        self.assertIn("Được thay thế bởi", found["03/QĐ-MTTQ-BTT"][7])

    def test_restricted_paper_shows_its_number_alone(self):
        register = self.registers.filtered(lambda one: one.series == "BC")
        (row,) = register.with_user(self.manager_user)._book_rows()
        self.assertEqual(row[0], "01/BC-MTTQ-BTT")
        self.assertNotIn("Điều mật", str(row))
        self.assertIn("Điều mật", str(register._book_rows()))

    def test_workbook(self):
        self.authenticate("movement_user", "movement_user")
        action = self.registers[0].with_user(self.movement_user).action_export_book()
        response = self.url_open(action["url"])
        self.assertEqual(response.status_code, 200)
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        self.assertEqual(sorted(book.sheetnames), ["BC", "QĐ"])
        rows = list(book["QĐ"].values)
        self.assertEqual(len(rows), 4)
        self.assertEqual(rows[1][0], "01/QĐ-MTTQ-BTT")
        self.assertEqual(rows[1][1].date().isoformat(), "2020-03-05")
        self.assertEqual(rows[1][6], 12)

    def test_who_prints(self):
        for user in (self.officer_a1, self.leader_user):
            with self._refused(AccessError, "."):
                self.registers.with_user(user).action_print_book()
        self.authenticate("officer_a1", "officer_a1")
        self.assertEqual(
            self.url_open(f"/emulation/register/{self.registers[0].id}").status_code,
            404,
        )
        self.assertEqual(self.url_open("/emulation/register/0").status_code, 404)

    def test_rows_cost_the_same_queries_for_any_number(self):
        register = self.registers.filtered(lambda one: one.series == "QĐ")
        counts = []
        for _round in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            register.with_user(self.movement_user)._book_rows()
            counts.append(self.env.cr.sql_log_count - before)
            for _number in range(20):
                self._sign_dated(self._create_document(date_signed="2020-03-06"))
        self.assertLessEqual(counts[1], counts[0])
