from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .document_common import DocumentCase

TEMPLATE = """
<t t-name="emulation.test_body"><p>Đơn vị: <t t-out="doc.name"/></p></t>
"""


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
        with self.assertRaises(AccessError):
            document.action_sign()
        document.with_user(self.manager_user).action_sign()
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
        document.with_user(self.manager_user).action_sign()
        with self.assertRaises(AccessError):
            document.action_refresh_body()

    def test_refusal_of_the_source_undoes_the_signature(self):
        document = self._draft()
        unit = type(self.env["emulation.unit"])
        with (
            patch.object(unit, "_on_document_signed", side_effect=UserError("not yet")),
            self.assertRaises(UserError),
        ):
            document.with_user(self.manager_user).action_sign()
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

    def test_signers_alone_sign_restricted_papers_of_a_source(self):
        document = self._draft("BB", self.secretary_user)
        document.sudo().issuer_ids = [
            (5, 0, 0),
            self._issuer(
                self.province,
                role="secretary",
                position="THƯ KÝ",
                signer_user_id=self.member2_user.id,
            ),
            self._issuer(
                self.province,
                role="chair",
                position="CHỦ TỌA",
                signer_user_id=self.chair_user.id,
            ),
        ]
        self.assertFalse(document.can_sign, "the drafter is not a signer")
        self.assertFalse(
            document.with_user(self.member1_user).sudo(False).has_access("read")
        )
        document.with_user(self.chair_user).action_sign()
        document.with_user(self.member2_user).action_sign()
        self.assertEqual(document.state, "signed")
