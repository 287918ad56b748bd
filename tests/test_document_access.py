import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCase


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
        with self.assertRaises(AccessError):
            council.create({**vals, "unit_id": self.province.id})

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
