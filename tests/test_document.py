import hashlib
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCase

TEMPLATE = """
<t t-name="emulation.test_body"><p>Đơn vị: <t t-out="doc.name"/></p></t>
"""


@tagged("post_install", "-at_install")
class TestDocumentSigning(DocumentCase):
    def _registers(self):
        registers = self.env["emulation.document.register"]
        return registers.search([("unit_id", "=", self.province.id)])

    def test_signing_numbers_freezes_and_locks(self):
        document = self._create_document(date_signed="2026-03-05")
        document.with_user(self.movement_user).action_sign()
        self.assertRecordValues(
            document,
            [
                {
                    "state": "signed",
                    "number": 1,
                    "year": 2026,
                    "reference": "01/QĐ-MTTQ-BTT",
                    "date_signed": fields.Date.to_date("2026-03-05"),
                }
            ],
        )
        content = document.pdf_attachment_id.raw
        self.assertEqual(document.pdf_sha256, hashlib.sha256(content).hexdigest())
        self.assertTrue(content.startswith(b"%PDF-"))
        for record, vals in (
            (document, {"subject": "khác"}),
            (document, {"body": "<p>khác</p>"}),
            (document, {"date_signed": "2026-04-01"}),
            (document, {"state": "draft"}),
            (document.issuer_ids, {"signer_name": "Người khác"}),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "01/QĐ"):
                record.write(vals)
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            document.unlink()
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            document.recipient_ids = [(0, 0, {"name": "Thêm"})]
        with self.assertRaisesRegex(AccessError, "01/QĐ"):
            document.with_user(self.manager_user).check_access("write")
        with self.assertRaises(AccessError):
            document.with_user(self.manager_user).pdf_attachment_id.raw = b"forged"

    def test_signed_print_is_the_frozen_file_even_after_a_renaming(self):
        document = self._create_document()
        document.action_sign()
        content = document.pdf_attachment_id.raw
        self.province.write({"name": "Tên khác", "letterhead": "TÊN KHÁC"})
        printed = document.with_user(self.movement_user)._print_pdf()
        self.assertEqual(printed, content)
        self.assertEqual(hashlib.sha256(printed).hexdigest(), document.pdf_sha256)

    def test_altered_file_is_not_served(self):
        document = self._create_document()
        document.action_sign()
        document.pdf_attachment_id.sudo().raw = b"%PDF-forged"
        with self.assertRaisesRegex(UserError, "01/QĐ.*backup"):
            document._print_pdf()

    def test_numbers_run_by_issuer_series_and_year(self):
        self.district_a.document_symbol = "UB"
        days = ["2025-12-30", "2025-12-31", "2026-01-02", "2026-01-02"]
        papers = [self._create_document(date_signed=day) for day in days]
        plan = self._create_document("KH", date_signed="2026-01-02")
        other = self._create_document(unit=self.district_a, date_signed="2026-01-02")
        for paper in [*papers, plan, other]:
            paper.action_sign()
        self.assertEqual([paper.number for paper in papers], [1, 2, 1, 2])
        self.assertEqual((plan.number, other.number), (1, 1))
        registers = self._registers().filtered(lambda row: row.series == "QĐ")
        self.assertEqual(registers.mapped("last_number"), [2, 2])

    def test_eleventh_number_has_no_leading_zero(self):
        self._create_document(date_signed="2026-01-02").action_sign()
        self._registers().last_number = 10
        document = self._create_document(date_signed="2026-01-02")
        document.action_sign()
        self.assertEqual(document.reference, "11/QĐ-MTTQ-BTT")

    def test_date_before_the_last_of_the_series_is_refused(self):
        self._create_document(date_signed="2026-05-10").action_sign()
        early = self._create_document(date_signed="2026-05-09")
        with self.assertRaisesRegex(UserError, "Về việc thử nghiệm.*number 1"):
            early.action_sign()
        self.assertRecordValues(
            early, [{"state": "draft", "number": 0, "pdf_sha256": False}]
        )
        early.date_signed = "2026-05-10"
        early.action_sign()
        self.assertEqual(early.number, 2, "the refused try left no gap")

    @freeze_time("2026-06-01")
    def test_date_to_come_is_refused_and_none_means_today(self):
        document = self._create_document(date_signed="2026-06-03")
        with self.assertRaisesRegex(UserError, "Về việc thử nghiệm.*yet to come"):
            document.action_sign()
        document.date_signed = False
        document.action_sign()
        self.assertEqual(document.date_signed, fields.Date.to_date("2026-06-01"))

    def test_ended_unit_issues_nothing_more(self):
        self.province.date_end = "2025-06-30"
        document = self._create_document(date_signed="2025-07-01")
        with self.assertRaisesRegex(UserError, "Tỉnh Thử Nghiệm.*Về việc thử nghiệm"):
            document.action_sign()
        document.date_signed = "2025-06-30"
        document.action_sign()
        self.assertEqual(document.number, 1)

    def test_incomplete_papers_are_refused_by_name_and_keep_no_number(self):
        cases = (
            ("signer", {"issuer_ids": [self._issuer(self.province, signer_name=" ")]}),
            ("position", {"issuer_ids": [self._issuer(self.province, position="")]}),
            ("TM", {"issuer_ids": [self._issuer(self.province, authority="tm")]}),
            ("a text", {"body": "<p><br></p>"}),
            ("symbol", {"symbol": ""}),
            ("host", {"issuer_ids": [self._issuer(self.district_a)], "symbol": "UB"}),
            ("secretary", {"kind_id": self._kind("BB").id}),
            ("addressee", {"kind_id": self._kind("TTr").id}),
        )
        for word, vals in cases:
            document = self._create_document(**vals)
            with (
                self.subTest(word=word),
                self.assertRaisesRegex(UserError, f"(?s)Về việc thử nghiệm.*{word}"),
            ):
                document.action_sign()
            self.assertFalse(document.number)
            self.assertFalse(document.pdf_attachment_id)
        self.assertFalse(self._registers())

    def test_failure_after_numbering_leaves_nothing(self):
        document = self._create_document()
        with (
            patch.object(type(document), "_print_pdf", side_effect=UserError("no")),
            self.assertRaises(UserError),
        ):
            document.action_sign()
        self.assertEqual((document.state, document.number), ("draft", 0))
        self.assertFalse(self._registers().filtered("last_number"))

    def test_second_signature_at_the_same_moment_is_told_to_wait(self):
        self._create_document(date_signed="2026-01-02").action_sign()
        second = self._create_document(date_signed="2026-01-02")
        register = type(self.env["emulation.document.register"])
        with (
            patch.object(register, "try_lock_for_update", lambda self: self.browse()),
            self.assertRaisesRegex(UserError, "at this moment"),
        ):
            second.action_sign()
        self.assertEqual(second.state, "draft")

    def test_number_is_taken_under_a_row_lock(self):
        self._create_document(date_signed="2026-01-02").action_sign()
        locked = []
        register = type(self.env["emulation.document.register"])
        original = register.try_lock_for_update

        def spy(records, **kwargs):
            locked.append(records.ids)
            return original(records, **kwargs)

        with patch.object(register, "try_lock_for_update", spy):
            self._create_document(date_signed="2026-01-02").action_sign()
        self.assertEqual(len(locked), 1)

    def test_signed_twice_is_refused(self):
        document = self._create_document()
        document.action_sign()
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            document.action_sign()

    def test_system_fields_cannot_be_forged(self):
        Document = self.env["emulation.document"].with_user(self.movement_user)
        base = {
            "kind_id": self._kind("QĐ").id,
            "unit_id": self.province.id,
            "subject": "Về việc giả mạo",
        }
        for vals in (
            {"state": "signed"},
            {"number": 7},
            {"reference": "07/QĐ"},
            {"res_model": "emulation.unit", "res_id": self.province.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                Document.create({**base, **vals})
        document = Document.create(base)
        for vals in ({"state": "signed"}, {"number": 7}, {"res_id": 1}):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(UserError, "Về việc giả mạo"),
            ):
                document.write(vals)

    def test_form_drafts_a_paper(self):
        Document = self.env["emulation.document"].with_user(self.movement_user)
        with Form(Document) as form:
            form.kind_id = self._kind("QĐ")
            form.subject = "Về việc mẫu"
            form.body = "<p>Nội dung</p>"
        document = form.record
        self.assertEqual(document.unit_id, self.province)
        self.assertEqual(document.symbol, "MTTQ-BTT")
        self.assertEqual(document.series, "QĐ")
        self.assertEqual(document.place, "Thử Nghiệm")
        self.assertEqual(document.issuer_ids.unit_id, self.province)
        self.assertEqual(
            document.issuer_ids.letterhead, self.province.letterhead, "copied"
        )

    def test_copy_is_a_draft_with_its_signers(self):
        document = self._create_document()
        document.action_sign()
        copy = document.copy()
        self.assertEqual((copy.state, copy.number), ("draft", 0))
        self.assertFalse(copy.pdf_attachment_id or copy.reference)
        self.assertEqual(copy.issuer_ids.signer_name, "Trần Thị Thử Nghiệm")
        self.assertEqual(copy.symbol, "MTTQ-BTT")


@tagged("post_install", "-at_install")
class TestDocumentRevocation(DocumentCase):
    def _signed(self, **vals):
        document = self._create_document(**vals)
        document.action_sign()
        return document

    def test_manager_revokes_with_a_reason_or_a_signed_document(self):
        document, other = self._signed(), self._signed()
        document.with_user(self.manager_user).action_revoke("Sai thẩm quyền")
        self.assertEqual(document.state, "revoked")
        self.assertEqual(document.revoke_reason, "Sai thẩm quyền")
        self.assertEqual(document.number, 1, "the number stays taken")
        revoking = self._signed(subject="Về việc bãi bỏ")
        action = other.with_user(self.manager_user).action_open_revoke()
        wizard = self.env[action["res_model"]].with_user(self.manager_user)
        with Form(wizard.with_context(**action["context"])) as form:
            form.revoking_document_id = revoking
        form.record.action_confirm()
        self.assertEqual(other.revoked_by_id, revoking)
        self.assertTrue(other.date_revoked)

    def test_refusals(self):
        document, draft = self._signed(), self._create_document()
        manager = document.with_user(self.manager_user)
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            manager.action_revoke()
        for revoking in (draft, document):
            with self.assertRaisesRegex(UserError, "01/QĐ"):
                manager.action_revoke(revoking_document_id=revoking.id)
        with self.assertRaisesRegex(UserError, "Về việc thử nghiệm"):
            draft.with_user(self.manager_user).action_revoke("Lý do")
        with self.assertRaises(AccessError):
            document.with_user(self.movement_user).action_revoke("Lý do")
        self.assertEqual(document.state, "signed")
        manager.action_revoke("Lý do")
        with self.assertRaisesRegex(UserError, "01/QĐ"):
            manager.action_revoke("Lý do")


@tagged("post_install", "-at_install")
class TestDocumentSource(DocumentCase):
    """The protocol between a record and its papers, played by a unit."""

    def setUp(self):
        super().setUp()
        self.calls = []
        calls = self.calls
        self.env["ir.ui.view"].create(
            {
                "name": "emulation.test_body",
                "key": "emulation.test_body",
                "type": "qweb",
                "arch": TEMPLATE,
            }
        )
        unit = type(self.env["emulation.unit"])
        methods = {
            "_document_values": lambda record, kind: {
                "unit_id": record.id,
                "subject": f"Về việc của {record.name}",
                "issuer_ids": [self._issuer(record)],
            },
            "_document_body_template": lambda record, kind: "emulation.test_body",
            "_document_is_restricted": lambda record, kind: kind.code == "BB",
            "_document_check_sign": lambda record, document: calls.append("check"),
            "_on_document_signed": lambda record, document: calls.append(
                (record, document.state, bool(document.pdf_sha256))
            ),
            "_on_document_revoked": lambda record, document: calls.append(
                (record, document.state)
            ),
        }
        for name, method in methods.items():
            self.startPatcher(patch.object(unit, name, method, create=True))

    def _draft(self, code="QĐ", user=None):
        Document = self.env["emulation.document"].with_user(user or self.movement_user)
        return Document._create_from_source(self.province, code)

    def test_source_gives_values_and_text_and_hears_of_signature(self):
        document = self._draft()
        self.assertEqual(document.subject, "Về việc của Tỉnh Thử Nghiệm")
        self.assertEqual(document.drafter_user_id, self.movement_user)
        self.assertIn("Đơn vị: Tỉnh Thử Nghiệm", document.body)
        document.action_sign()
        self.assertEqual(self.calls, ["check", (self.province, "signed", True)])
        document.with_user(self.manager_user).action_revoke("Lý do")
        self.assertEqual(self.calls[-1], (self.province, "revoked"))
        self.assertEqual(document.action_open_source()["res_id"], self.province.id)

    def test_text_is_composed_again_while_a_draft(self):
        document = self._draft()
        document.body = "<p>sửa tay</p>"
        self.province.name = "Tỉnh Đổi Tên"
        document.action_refresh_body()
        self.assertIn("Tỉnh Đổi Tên", document.body)
        document.action_sign()
        with self.assertRaises(AccessError):
            document.action_refresh_body()

    def test_refusal_of_the_source_undoes_the_signature(self):
        document = self._draft()
        unit = type(self.env["emulation.unit"])
        with (
            patch.object(unit, "_on_document_signed", side_effect=UserError("not yet")),
            self.assertRaises(UserError),
        ):
            document.action_sign()
        self.assertEqual((document.state, document.number), ("draft", 0))

    def test_unknown_kind_is_refused_by_name(self):
        with self.assertRaisesRegex(UserError, "XX.*Tỉnh Thử Nghiệm"):
            self._draft("XX")

    def test_text_by_hand_has_no_source_to_compose_from(self):
        with self.assertRaisesRegex(UserError, "by hand"):
            self._create_document().action_refresh_body()

    def test_restricted_paper_of_a_source_is_published_by_it_only(self):
        document = self._draft("BB", self.secretary_user)
        self.assertTrue(document.is_restricted)
        with self.assertRaises(UserError):
            document.is_restricted = False
        document._publish()
        self.assertFalse(document.is_restricted)

    def test_drafter_and_signer_sign_restricted_papers_of_a_source(self):
        document = self._draft("BB", self.secretary_user)
        document.sudo().issuer_ids = [
            (5, 0, 0),
            self._issuer(self.province, role="secretary", position="THƯ KÝ"),
            self._issuer(
                self.province,
                role="chair",
                position="CHỦ TỌA",
                signer_user_id=self.chair_user.id,
            ),
        ]
        self.assertTrue(document.can_sign)
        self.assertFalse(
            document.with_user(self.member1_user).sudo(False).has_access("read")
        )
        document.with_user(self.chair_user).action_sign()
        self.assertEqual(document.state, "signed")


@tagged("post_install", "-at_install")
class TestDocumentAccess(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls._create_document(unit=cls.commune_a1)
        cls.secret = cls._create_document(
            "BB",
            unit=cls.commune_a1,
            is_restricted=True,
            drafter_user_id=cls.secretary_user.id,
            issuer_ids=[cls._issuer(cls.commune_a1, signer_user_id=cls.chair_user.id)],
            reader_user_ids=[(6, 0, cls.member1_user.ids)],
        )

    def _sees(self, user, document):
        Document = self.env["emulation.document"].with_user(user)
        found = Document.search_count([("id", "=", document.id)])
        issuers = self.env["emulation.document.issuer"].with_user(user)
        lines = issuers.search_count([("document_id", "=", document.id)])
        readable = document.with_user(user).has_access("read")
        self.assertEqual(bool(found), readable)
        self.assertEqual(bool(lines), readable, "the signers follow the paper")
        return readable

    def test_who_reads_open_drafts(self):
        for user, expected in (
            (self.officer_a1, True),
            (self.officer_a, True),
            (self.movement_user, True),
            (self.manager_user, True),
            (self.officer_a2, False),
            (self.officer_b1, False),
            (self.chair_user, False),
            (self.leader_user, False),
            (self.internal_user, False),
        ):
            with self.subTest(user=user.login):
                if user == self.internal_user:
                    self.assertFalse(self.open.with_user(user).has_access("read"))
                else:
                    self.assertEqual(self._sees(user, self.open), expected)

    def test_who_reads_restricted_papers(self):
        for user, expected in (
            (self.secretary_user, True),
            (self.chair_user, True),
            (self.member1_user, True),
            (self.member2_user, False),
            (self.officer_a1, False),
            (self.movement_user, False),
            (self.manager_user, False),
            (self.leader_user, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self._sees(user, self.secret), expected)

    def test_reading_ends_with_the_naming(self):
        self.secret.reader_user_ids = False
        self.assertFalse(self._sees(self.member1_user, self.secret))

    def test_restricted_papers_do_not_show_in_groups_or_counts(self):
        Document = self.env["emulation.document"].with_user(self.manager_user)
        groups = Document._read_group([], ["is_restricted"], ["__count"])
        self.assertEqual([flag for flag, _count in groups], [False])

    def test_leader_reads_what_is_signed(self):
        self.commune_a1.document_symbol = "UB"
        self.open.symbol = "UB"
        self.open.action_sign()
        self.assertTrue(self._sees(self.leader_user, self.open))
        self.assertFalse(self.open.with_user(self.leader_user).has_access("write"))

    def test_who_writes_drafts(self):
        for user, expected in (
            (self.officer_a1, True),
            (self.officer_a, True),
            (self.movement_user, True),
            (self.officer_a2, False),
            (self.chair_user, False),
            (self.leader_user, False),
        ):
            with self.subTest(user=user.login):
                access = self.open.with_user(user).has_access("write")
                self.assertEqual(access, expected)
        self.assertTrue(self.secret.with_user(self.secretary_user).has_access("write"))
        self.assertFalse(self.secret.with_user(self.member1_user).has_access("write"))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_officer_drafts_for_own_units_only(self):
        vals = {
            "kind_id": self._kind("KH").id,
            "subject": "Kế hoạch",
            "body": "<p>a</p>",
        }
        Document = self.env["emulation.document"].with_user(self.officer_a)
        self.assertTrue(Document.create({**vals, "unit_id": self.commune_a2.id}))
        with self.assertRaises(AccessError):
            Document.create({**vals, "unit_id": self.commune_b1.id})
        council = self.env["emulation.document"].with_user(self.secretary_user)
        self.assertTrue(council.create({**vals, "unit_id": self.province.id}))
        with self.assertRaises(AccessError):
            council.create(
                {
                    **vals,
                    "unit_id": self.province.id,
                    "drafter_user_id": self.chair_user.id,
                }
            )

    def test_who_signs(self):
        self.open.issuer_ids.signer_user_id = self.head_a1
        for user, expected in (
            (self.movement_user, True),
            (self.manager_user, True),
            (self.head_a1, True),
            (self.officer_a1, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.open.with_user(user).can_sign, expected)
        with self.assertRaisesRegex(AccessError, "Về việc thử nghiệm"):
            self.open.with_user(self.officer_a1).action_sign()

    def test_naming_oneself_signer_of_a_foreign_unit_gives_no_right(self):
        self.open.issuer_ids.signer_user_id = self.officer_b1
        self.assertFalse(self.open.with_user(self.officer_b1).can_sign)
        self.assertFalse(self.secret.with_user(self.chair_user).can_sign)
        self.assertFalse(self.secret.with_user(self.secretary_user).can_sign)

    def test_restricted_papers_have_no_talk(self):
        partner = self.manager_user.partner_id
        with self.assertRaisesRegex(UserError, "restricted"):
            self.secret.with_user(self.secretary_user).message_post(body="Kết quả")
        with self.assertRaisesRegex(UserError, "restricted"):
            self.secret.message_subscribe(partner.ids)
        self.open.with_user(self.officer_a1).message_post(body="Xin góp ý")
        for message in self.open.message_ids:
            self.assertNotIn("Nội dung thử nghiệm", message.body or "")

    def test_lists_take_the_same_queries_for_any_number(self):
        counts = set()
        papers = self.open
        for number in (1, 3, 30):
            while len(papers) < number:
                papers += self._create_document(unit=self.commune_a1)
            Document = self.env["emulation.document"].with_user(self.movement_user)
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._read_list(Document, papers.ids)
                spent = self.env.cr.sql_log_count - before
            counts.add(spent)
        self.assertEqual(len(counts), 1, counts)

    def _read_list(self, model, ids):
        view = self.env.ref("emulation.emulation_document_view_list")
        names = model.get_view(view.id, "list")["models"][model._name]
        specification = {
            name: {"fields": {"display_name": {}}}
            if model._fields[name].type == "many2one"
            else {}
            for name in names
        }
        found = model.web_search_read([("id", "in", ids)], specification)
        self.assertEqual(len(found["records"]), len(ids))


@tagged("post_install", "-at_install")
class TestDocumentDownload(DocumentCase, HttpCase):
    def test_signed_pdf_is_served_to_readers_only(self):
        document = self._create_document(
            is_restricted=True, reader_user_ids=[(6, 0, self.secretary_user.ids)]
        )
        document.action_sign()
        attachment = document.pdf_attachment_id
        content = attachment.raw
        urls = (
            f"/web/content/{attachment.id}",
            f"/web/content?model=emulation.document&id={document.id}&field=pdf_file",
            f"/report/pdf/emulation.report_document/{document.id}",
        )
        for login in ("secretary_user", "manager_user", "officer_a1"):
            self.authenticate(login, login.ljust(8, "x"))
            for url in urls:
                with self.subTest(login=login, url=url), mute_logger("odoo.http"):
                    response = self.url_open(url)
                    if login == "secretary_user":
                        self.assertEqual(response.content, content)
                    else:
                        self.assertNotEqual(response.status_code, 200)
                        self.assertNotIn(b"%PDF", response.content)

    def test_report_downloads_as_pdf(self):
        document = self._create_document()
        document.action_sign()
        self.authenticate("movement_user", "movement_user")
        response = self.url_open(f"/report/pdf/emulation.report_document/{document.id}")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        digest = hashlib.sha256(response.content).hexdigest()
        self.assertEqual(digest, document.pdf_sha256)
