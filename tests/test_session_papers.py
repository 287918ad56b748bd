from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common_secrecy import SCORE_PRINTED, SecrecyCommon


@tagged("post_install", "-at_install")
class TestSessionPapers(SecrecyCommon):
    """Minutes and decision as the secretary would like to have them alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls.minutes.with_user(cls.secretary_user)
        cls.deputy = cls._create_user("deputy_t35", "officer", cls.province, "deputy")

    def _decide(self):
        kept = self.sitting.with_user(self.secretary_user)
        action = kept.action_draft_decision()
        return self.env["emulation.document"].browse(action["res_id"]).sudo(False)

    def _sign_minutes(self):
        self.draft.action_sign()
        self.minutes.with_user(self.chair_user).action_sign()

    def _refused(self, attempt, words=""):
        refused = self.assertRaisesRegex(UserError, words)
        with refused, self.env.cr.savepoint():
            attempt()

    # WHO

    def test_minutes_need_the_secretary_and_the_chair(self):
        self.draft.action_sign()
        self.assertEqual((self.draft.state, self.draft.number), ("draft", 0))
        self.assertEqual(self.draft.pending_signers, self.chair_user.name)
        self._refused(self.draft.action_sign, "waits for .* chair_user")
        self.assertFalse(self.draft.pdf_attachment_id)
        chair_line = self.draft.issuer_ids.filtered(lambda line: line.role == "chair")
        self._refused(chair_line.action_agree)
        self.minutes.with_user(self.chair_user).action_sign()
        self.assertEqual(self.draft.state, "signed")
        users = self.draft.issuer_ids.agreed_user_id
        self.assertEqual(users, self.secretary_user | self.chair_user)

    def test_chair_may_sign_first(self):
        self.minutes.with_user(self.chair_user).action_sign()
        self.assertEqual(self.draft.state, "draft")
        self.draft.action_sign()
        self.assertEqual(self.draft.state, "signed")

    def test_change_after_the_chair_has_signed_takes_it_back(self):
        self.minutes.with_user(self.chair_user).action_sign()
        self.draft.body = str(self.draft.body) + "<p>Thêm vào sau</p>"
        self.draft.action_sign()
        self.assertEqual(self.draft.state, "draft")

    def test_drafter_does_not_sign_the_decision(self):
        self._sign_minutes()
        decision = self._decide().with_user(self.secretary_user)
        self.assertFalse(decision.can_sign)
        self._refused(decision.action_sign)
        line = decision.issuer_ids
        for signer in (self.secretary_user, self.chair_user, self.member1_user):
            self._refused(lambda who=signer: line.write({"signer_user_id": who.id}))
        self._refused(lambda: line.write({"role": "secretary"}))
        self._refused(lambda: line.unlink())
        self._refused(lambda: line.write({"unit_id": self.commune_a1.id}))
        self._refused(lambda: line.write({"signer_name": "Người Khác"}))
        self._refused(lambda: decision.write({"issuer_ids": [(0, 0, {"unit_id": 1})]}))
        self.assertFalse(self.sitting.sudo().state == "published")
        decision.with_user(self.head_province).action_sign()
        self.assertEqual(self.sitting.state, "published")

    def test_movement_officer_who_keeps_the_session_does_not_record(self):
        """Drafting and recording are two hands, also where one has both rights."""
        self.secretary_user.group_ids += self.env.ref(
            "emulation.group_emulation_movement"
        )
        self.secretary_user.emulation_unit_ids = self.province
        self._sign_minutes()
        decision = self._decide().with_user(self.secretary_user)
        self._refused(decision.action_sign)
        self._refused(lambda: decision.write({"drafter_user_id": self.chair_user.id}))

    def test_deputy_signs_in_the_place_of_the_head(self):
        self._sign_minutes()
        decision = self._decide()
        self._refused(decision.with_user(self.deputy).action_sign)
        decision.with_user(self.secretary_user).issuer_ids.write(
            {
                "signer_user_id": self.deputy.id,
                "authority": "kt",
                "head_position": "CHỦ TỊCH",
                "position": "PHÓ CHỦ TỊCH",
            }
        )
        self._refused(decision.with_user(self.head_province).action_sign)
        decision.with_user(self.deputy).action_sign()
        self.assertEqual(decision.state, "signed")

    def test_what_the_session_decided_stays(self):
        for vals in (
            {"kind_id": self.env.ref("emulation.document_kind_qd").id},
            {"unit_id": self.commune_a1.id},
            {"symbol": "MTTQ"},
            {"series": "QĐ"},
            {"drafter_user_id": self.chair_user.id},
            {"reader_user_ids": [(4, self.member1_user.id)]},
            {"is_restricted": False},
        ):
            with self.subTest(vals):
                self._refused(lambda vals=vals: self.draft.write(vals))
        self.assertNotIn(self.member1_user, self.minutes.reader_user_ids)

    def test_council_with_a_symbol_has_a_series_of_its_own(self):
        self.assertEqual((self.minutes.symbol, self.minutes.series), ("MTTQ-BTT", "BB"))
        self.minutes.unlink()
        self.council.document_symbol = "HĐTĐST"
        kept = self.sitting.with_user(self.secretary_user)
        minutes = self.env["emulation.document"].browse(
            kept.action_draft_minutes()["res_id"]
        )
        found = minutes.sudo().read(["symbol", "series"])[0]
        self.assertEqual((found["symbol"], found["series"]), ("HĐTĐST", "BB-HĐTĐST"))
        self.province.document_symbol = "KHAC"
        self.assertEqual(minutes.sudo().symbol, "HĐTĐST", "a source's symbol stays")

    # WHEN

    def test_decision_needs_signed_minutes(self):
        decision = self._decide()
        head = decision.with_user(self.head_province)
        self._refused(head.action_sign, "minutes signed by")
        self._refused(head.issuer_ids.action_agree, "minutes signed by")
        self.draft.action_sign()
        self._refused(head.action_sign, "minutes signed by")
        self.minutes.with_user(self.chair_user).action_sign()
        head.action_sign()
        self.assertEqual(head.state, "signed")

    def test_decision_needs_a_legal_basis(self):
        self._sign_minutes()
        decision = self._decide()
        decision.with_user(self.secretary_user).basis = " \n "
        self._refused(decision.with_user(self.head_province).action_sign, "legal basis")

    # WHAT

    def test_results_are_not_edited(self):
        body = str(self.draft.body)
        self.assertIn("o_generated", body)
        table = body[body.rindex("<table") : body.rindex("</table>") + 8]
        forgeries = {
            "points": body.replace(SCORE_PRINTED, "99,99"),
            "removed": body.replace(table, ""),
            "unmarked": body.replace(table, table.replace("o_generated", "x")),
            "twice": body.replace(table, table + table),
            "hidden": body.replace(table, f'<div style="display:none">{table}</div>'),
            "off the page": body.replace(
                table, f'<div class="watermark">{table}</div>'
            ),
            "added row": body.replace(
                table, table.replace("</tbody>", "<tr><td>2</td></tr></tbody>")
            ),
        }
        for name, forged in forgeries.items():
            with self.subTest(name):
                self.assertNotEqual(forged, body)
                self.draft.body = forged
                self._refused(self.draft.action_sign, "Compose the text again")
        self.draft.action_refresh_body()
        self._sign_minutes()

    def test_text_around_the_results_is_the_secretarys(self):
        body = str(self.draft.body).replace("III. KẾT LUẬN", "III. KẾT LUẬN CHUNG")
        styled = body.replace(
            SCORE_PRINTED, f'<p style="color:white">\ufeff{SCORE_PRINTED}</p>'
        )
        self.draft.body = styled
        self._sign_minutes()
        self.assertIn("KẾT LUẬN CHUNG", self.minutes.body)
        self.assertIn(SCORE_PRINTED, self.minutes.body)
        self.assertNotIn("white", self.minutes.body, "the looks are the template's")

    def test_minutes_say_when_they_ended_and_name_no_zero(self):
        text = self.draft.body
        self.assertIn("Phiên họp kết thúc vào hồi", text)
        self.assertIn("cùng ngày", text)
        self.assertNotIn("00 hồ sơ", text)
        closed = self.sitting.sudo()
        closed.date_closed = "2033-02-05 03:07:00"
        self.assertEqual(
            closed.with_context(tz="Asia/Ho_Chi_Minh")._printed_close(),
            "10 giờ 07 phút, ngày 05 tháng 02 năm 2033",
        )

    # THE READERS OF A PUBLISHED DECISION

    def test_units_concerned_read_the_decision_once_published(self):
        self._sign_minutes()
        decision = self._decide()
        for user in (self.officer_a1, self.head_a1, self.officer_a):
            self.assertFalse(decision.with_user(user).has_access("read"))
        decision.with_user(self.head_province).action_sign()
        for user, expected in (
            (self.officer_a1, True),
            (self.officer_a, True),
            (self.officer_a2, False),
            (self.officer_b1, False),
            (self.officer_sector, False),
            (self.member1_user, False),
            (self.finance_user, False),
        ):
            with self.subTest(user.login):
                paper = decision.with_user(user)
                self.assertEqual(paper.has_access("read"), expected)
                found = paper.search_count([("id", "=", paper.id)])
                self.assertEqual(bool(found), expected)
                pdf = decision.pdf_attachment_id.with_user(user)
                self.assertEqual(pdf.has_access("read"), expected)
                lines = decision.sudo().issuer_ids.with_user(user)
                self.assertEqual(lines.has_access("read"), expected)
                self.assertFalse(self.minutes.with_user(user).has_access("read"))
        paper = decision.with_user(self.officer_a1)
        self.assertTrue(paper.read(["pdf_file"])[0]["pdf_file"])
        self.assertTrue(paper._print_pdf().startswith(b"%PDF"))
        self.assertEqual(Form(paper).subject, decision.subject)
        self.assertFalse(paper.has_access("write"))

    def test_recompose_is_offered_to_those_who_write(self):
        self._sign_minutes()
        decision = self._decide()
        self.assertTrue(decision.with_user(self.secretary_user).can_refresh_body)
        self.assertFalse(decision.with_user(self.head_province).can_refresh_body)
