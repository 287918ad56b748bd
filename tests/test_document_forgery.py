from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestDocumentForgery(DocumentCase):
    """Attempts to speak for an agency without holding an office in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a1.document_symbol = "UB"
        cls.district_a.document_symbol = "UBH"
        cls.deputy_a1 = cls._create_user(
            "deputy_a1", "officer", cls.commune_a1, "deputy"
        )
        cls.head_a = cls._create_user("head_a", "officer", cls.district_a, "head")
        cls.movement_b = cls._create_user("movement_b", "movement", cls.district_b)

    def _draft(self, user, unit=None, issuers=None, **vals):
        unit = unit or self.commune_a1
        lines = issuers or [self._line(unit, user)]
        values = {
            "kind_id": self._kind("QĐ").id,
            "unit_id": unit.id,
            "subject": "Về việc thử giả mạo",
            "body": "<p>Điều 1.</p>",
            "issuer_ids": lines,
            **vals,
        }
        return self.env["emulation.document"].with_user(user).create(values)

    def _line(self, unit, user=None, **vals):
        values = {"unit_id": unit.id, "position": "CHỦ TỊCH", **vals}
        if user:
            values["signer_user_id"] = user.id
        return (0, 0, values)

    def _refused(self, attempt):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            attempt()

    # WHO SIGNS

    def test_mere_officer_signs_nothing(self):
        paper = self._draft(self.officer_a1)
        self.assertFalse(paper.can_sign)
        self._refused(paper.action_sign)
        self._refused(paper.issuer_ids.action_agree)
        self.assertEqual(paper.state, "draft")

    def test_officer_above_signs_nothing_below(self):
        paper = self._draft(self.officer_a)
        self._refused(paper.action_sign)

    def test_head_and_deputy_sign_as_named(self):
        for user in (self.head_a1, self.deputy_a1):
            with self.subTest(user.login):
                paper = self._draft(
                    self.officer_a1, issuers=[self._line(self.commune_a1, user)]
                )
                other = (self.head_a1 | self.deputy_a1) - user
                self._refused(paper.with_user(other).action_sign)
                paper.with_user(user).action_sign()
                self.assertEqual(paper.state, "signed")
                self.assertEqual(paper.issuer_ids.agreed_user_id, user)

    def test_former_head_signs_no_more(self):
        paper = self._draft(
            self.officer_a1, issuers=[self._line(self.commune_a1, self.head_a1)]
        )
        self.commune_a1.officer_ids.filtered(
            lambda line: line.user_id == self.head_a1
        ).date_end = "2020-01-01"
        self._refused(paper.with_user(self.head_a1).action_sign)

    def test_movement_officer_records_in_scope_only(self):
        paper = self._draft(
            self.officer_a1,
            issuers=[self._line(self.commune_a1, signer_name="Người Ký")],
        )
        self.assertFalse(paper.with_user(self.movement_b).can_sign)
        self._refused(paper.with_user(self.movement_b).action_sign)
        self._refused(paper.issuer_ids.with_user(self.movement_b).action_agree)
        paper.with_user(self.movement_user).action_sign()
        self.assertEqual(paper.state, "signed")

    def test_drafter_records_no_restricted_paper(self):
        paper = self._draft(
            self.movement_user,
            unit=self.province,
            issuers=[self._line(self.province, signer_name="Người Ký")],
            is_restricted=True,
        )
        self._refused(paper.action_sign)
        paper.sudo().reader_user_ids = self.movement_user
        paper.drafter_user_id = self.manager_user
        self._refused(paper.action_sign)

    # JOINT PAPERS

    def test_joint_paper_waits_for_every_agency(self):
        paper = self._draft(
            self.officer_a1,
            issuers=[
                self._line(self.commune_a1, self.head_a1),
                self._line(self.district_a, self.head_a, sequence=20),
            ],
        )
        paper.with_user(self.head_a1).action_sign()
        self.assertEqual((paper.state, paper.number), ("draft", 0))
        self.assertEqual(paper.pending_signers, self.head_a.name)
        self.assertFalse(paper.with_user(self.head_a1).can_sign)
        with self.assertRaisesRegex(UserError, "head_a"):
            paper.with_user(self.head_a1).action_sign()
        to_sign = [
            (
                "issuer_ids",
                "any",
                [
                    ("signer_user_id", "=", self.head_a.id),
                    ("is_agreed", "=", False),
                ],
            )
        ]
        Document = self.env["emulation.document"].with_user(self.head_a)
        self.assertIn(paper, Document.search(to_sign))
        self.assertTrue(paper.with_user(self.head_a).can_sign)
        paper.with_user(self.head_a).action_sign()
        self.assertEqual(paper.reference, "01/QĐ-UB-UBH")

    def test_agreed_lines_are_numbered_by_the_next_press(self):
        paper = self._draft(
            self.officer_a1,
            issuers=[
                self._line(self.commune_a1, self.head_a1),
                self._line(self.district_a, self.head_a, sequence=20),
            ],
        )
        for line, user in zip(
            paper.issuer_ids, (self.head_a1, self.head_a), strict=True
        ):
            self.assertFalse(line.with_user(self.officer_a1).can_agree)
            self.assertTrue(line.with_user(user).can_agree)
            line.with_user(user).action_agree()
            self.assertFalse(line.with_user(user).can_agree)
        self.assertEqual(paper.state, "draft")
        self._refused(paper.with_user(self.officer_a1).action_sign)
        paper.with_user(self.head_a).action_sign()
        self.assertEqual(paper.state, "signed")

    def test_name_of_another_agency_is_no_signature(self):
        paper = self._draft(
            self.head_a1,
            issuers=[
                self._line(self.commune_a1, self.head_a1),
                self._line(self.district_b, signer_name="Chủ tịch huyện"),
            ],
        )
        paper.action_sign()
        self.assertEqual(paper.state, "draft")
        self._refused(paper.action_sign)
        other = paper.issuer_ids.filtered(lambda line: line.unit_id == self.district_b)
        self._refused(other.action_agree)
        other.with_user(self.head_a1).signer_user_id = self.head_a1
        self._refused(other.action_agree)

    def test_agreement_is_not_entered_by_hand(self):
        line = self._line(self.district_b, signer_name="X", is_agreed=True)
        own = self._line(self.commune_a1, self.head_a1)
        self._refused(lambda: self._draft(self.head_a1, issuers=[own, line]))
        paper = self._draft(self.head_a1)
        Issuer = self.env["emulation.document.issuer"].with_user(self.head_a1)
        values = {"document_id": paper.id, **self._line(self.district_b)[2]}
        forging = Issuer.with_context(default_is_agreed=True)
        self._refused(lambda: forging.create(values))
        for vals in (
            {"is_agreed": True},
            {"agreed_user_id": self.head_a1.id},
            {"date_agreed": "2020-01-01"},
        ):
            self._refused(lambda vals=vals: paper.issuer_ids.write(vals))
            nested = [(1, paper.issuer_ids.id, vals)]
            self._refused(lambda nested=nested: paper.write({"issuer_ids": nested}))

    def test_any_change_takes_signatures_back(self):
        def sign_first(user):
            paper = self._draft(
                self.officer_a1,
                issuers=[
                    self._line(self.commune_a1, user),
                    self._line(self.district_a, self.head_a, sequence=20),
                ],
                recipient_ids=[(0, 0, {"name": "Các xã"})],
            )
            paper.with_user(user).action_sign()
            self.assertTrue(paper.issuer_ids[0].is_agreed)
            return paper

        for change in (
            lambda paper: paper.write({"body": "<p>Khác</p>"}),
            lambda paper: paper.write({"recipient_ids": [(0, 0, {"name": "Ai đó"})]}),
            lambda paper: paper.recipient_ids.write({"name": "Ai đó"}),
            lambda paper: paper.recipient_ids.unlink(),
            lambda paper: paper.issuer_ids[1].write({"position": "KHÁC"}),
            lambda paper: paper.issuer_ids[1].unlink(),
            lambda paper: paper.write({"date_signed": "2020-01-01"}),
        ):
            paper = sign_first(self.head_a1)
            change(paper)
            self.assertFalse(any(paper.issuer_ids.mapped("is_agreed")))
        copy = sign_first(self.head_a1).copy()
        self.assertFalse(any(copy.issuer_ids.mapped("is_agreed")))
        paper = sign_first(self.head_a1)
        paper.message_post(body="Xin ý kiến")
        self.assertTrue(paper.issuer_ids[0].is_agreed, "talk changes nothing")

    # WHAT IS PRINTED OF AN AGENCY

    def test_identity_comes_from_the_unit(self):
        lines = (
            {"letterhead": "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH THỬ NGHIỆM"},
            {"letterhead_superior": "TRUNG ƯƠNG"},
            {"signer_name": "Trần Văn Giả"},
        )
        for user in (self.officer_a1, self.head_a1, self.movement_user):
            for vals in lines:
                with self.subTest(user=user.login, vals=vals):
                    line = self._line(self.commune_a1, self.head_a1, **vals)
                    self._refused(
                        lambda user=user, line=line: self._draft(user, issuers=[line])
                    )
                    paper = self._draft(
                        user, issuers=[self._line(self.commune_a1, self.head_a1)]
                    )
                    issuer = paper.issuer_ids
                    self._refused(lambda i=issuer, vals=vals: i.write(vals))
            for vals in ({"symbol": "MTTQ-BTT"}, {"series": "MTTQ"}):
                with self.subTest(user=user.login, vals=vals):
                    self._refused(lambda u=user, vals=vals: self._draft(u, **vals))
                    paper = self._draft(user)
                    self._refused(lambda p=paper, vals=vals: p.write(vals))
        Document = self.env["emulation.document"].with_user(self.officer_a1)
        forging = Document.with_context(default_series="X", default_symbol="MTTQ-BTT")
        self._refused(
            lambda: forging.create(
                {
                    "kind_id": self._kind("QĐ").id,
                    "unit_id": self.commune_a1.id,
                    "subject": "x",
                }
            )
        )

    def test_manager_may_override_the_header_but_not_the_series(self):
        paper = self._draft(self.manager_user, unit=self.province)
        paper.issuer_ids.letterhead = "TÊN RÚT GỌN"
        paper.issuer_ids.signer_name = "Tên Trên Giấy"
        paper.symbol = "MTTQ"
        self._refused(lambda: paper.write({"series": "X"}))
        paper.action_sign()
        self.assertEqual(paper.reference, "01/QĐ-MTTQ")
        self.assertEqual(paper.issuer_ids.letterhead, "TÊN RÚT GỌN")

    def test_draft_follows_a_renamed_unit_and_signed_paper_does_not(self):
        signed, draft = self._draft(self.head_a1), self._draft(self.head_a1)
        signed.action_sign()
        self.commune_a1.write({"letterhead": "TÊN MỚI", "document_symbol": "MOI"})
        self.assertEqual(draft.issuer_ids.letterhead, "TÊN MỚI")
        self.assertEqual(draft.symbol, "MOI")
        self.assertEqual(signed.issuer_ids.letterhead, "XÃ AN MỘT")
        self.assertEqual(signed.symbol, "UB")

    def test_form_of_an_officer_is_not_in_the_way(self):
        Document = self.env["emulation.document"].with_user(self.officer_a1)
        with Form(Document) as form:
            form.kind_id = self._kind("KH")
            form.subject = "Kế hoạch"
            form.body = "<p>Nội dung</p>"
            with form.issuer_ids.new() as line:
                line.unit_id = self.commune_a1
                line.position = "CHỦ TỊCH"
                line.signer_user_id = self.head_a1
        form.record.with_user(self.head_a1).action_sign()
        self.assertEqual(form.record.reference, "01/KH-UB")

    # NUMBERS

    def test_no_second_paper_of_one_number_and_symbol(self):
        first = self._draft(self.head_a1)
        first.action_sign()
        letters = self.env["emulation.document.kind"].create(
            {"name": "Khác", "code": "KHAC", "series": "KHAC", "layout": "letter"}
        )
        self.env["emulation.document.kind"].search(
            [("code", "=", "CV")]
        ).has_addressee = False
        cv = self._draft(self.head_a1, kind_id=self._kind("CV").id)
        cv.action_sign()
        twin = self._draft(self.head_a1, kind_id=letters.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation) as caught:
            with self.env.cr.savepoint():
                twin.action_sign()
                self.env.flush_all()
        self.assertIn("reference_unique", str(caught.exception))

    # MENUS

    def _menus(self, user):
        root = self.env.ref("emulation.menu_emulation_documents")
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        names = menus.filtered(lambda menu: menu.id in visible)
        return {name for name in names.mapped("name") if names}

    def test_menus_show_what_is_of_use(self):
        self.assertFalse(self._menus(self.finance_user))
        self.assertFalse(self._menus(self.award_user))
        self.assertEqual(
            self._menus(self.member1_user), {"Documents", "For My Signature"}
        )
        self.assertIn("Certificates", self._menus(self.leader_user))
        self.assertIn("Registers", self._menus(self.movement_user))

    def test_council_members_draft_nothing_by_hand(self):
        plain = new_test_user(
            self.env, login="plain_c", groups="emulation.group_emulation_council"
        )
        for user in (plain, self.secretary_user, self.leader_user):
            Document = self.env["emulation.document"].with_user(user)
            self.assertFalse(Document.has_access("create"), user.login)
