import base64

from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestWalk(AppraisalCommon):
    """One initiative from draft to verdict, each step by the person it belongs to."""

    def _enter_dossier(self):
        partners = self.env["res.partner"].create(
            [{"name": "Lê Đình Phú"}, {"name": "Vũ Thị Hòa"}]
        )
        Initiative = self.env["emulation.initiative"].with_user(self.officer_a1)
        with Form(Initiative) as form:
            self.assertEqual(form.unit_id, self.commune_a1)
            form.name = "  Đồ gá kẹp  đa vị trí cho máy dập "
            form.round_id = self.round
            form.kind_id = self.env.ref("emulation.initiative_kind_initiative")
            form.field_id = self.env.ref("emulation.field_mechanics")
            form.theme_id = self.env.ref("emulation.theme_nd2")
            for partner, share in zip(partners, (60, 40), strict=True):
                with form.author_ids.new() as author:
                    author.partner_id = partner
                    author.share = share
            form.problem = "Mỗi lần kẹp một phôi"
            form.solution = "Một cữ kẹp giữ bốn phôi"
            form.novelty = "Chưa có trong ngành"
            form.applicability = "Mọi máy dập"
            form.benefit = "420 lên 610 sản phẩm một ca"
            form.benefit_amount = 488000000
            form.benefit_calculation = "1.150 đ × 480.000 − 64 triệu đồng"
            form.date_applied = Date.to_date("2026-01-05")
        initiative = form.record
        initiative.attachment_ids = [
            Command.create({"name": name, "datas": base64.b64encode(b"%PDF-1.4")})
            for name in ("mo-ta.pdf", "xac-nhan.pdf")
        ]
        self._sign_on_paper(initiative)
        return initiative

    def _sign_on_paper(self, initiative):
        """Record the authors' signatures, as the officer does."""
        action = initiative.action_confirm_on_paper()
        dialog = self.env[action["res_model"]].with_user(self.officer_a1)
        with Form(dialog.with_context(**action["context"])) as form:
            form.scan = base64.b64encode(b"%PDF-1.4")
        form.record.action_confirm()

    def test_from_draft_to_verdict(self):
        initiative = self._enter_dossier()
        self.assertEqual(initiative.name, "Đồ gá kẹp đa vị trí cho máy dập")
        self.assertRegex(initiative.code, r"^SK-\d{4}-\d{5}$")
        self.assertFalse(initiative.missing_items)
        owners = set(initiative.attachment_ids.mapped("res_id"))
        self.assertEqual(owners, {initiative.id})

        initiative.action_submit()
        self.assertEqual(initiative.submitted_user_id, self.officer_a1)
        self.assertEqual(initiative.activity_ids.user_id, self.head_a1)

        initiative.with_user(self.head_a1).action_endorse()
        self.assertEqual(initiative.endorsed_user_id, self.head_a1)
        self.assertFalse(initiative.activity_ids)

        evaluation = self.env["emulation.evaluation"].with_user(self.movement_user)
        evaluation = evaluation.search([("initiative_id", "=", initiative.id)])
        with Form(evaluation) as form:
            for index in range(len(evaluation.check_ids)):
                with form.check_ids.edit(index) as check:
                    check.result = "ok"
        evaluation.action_mark_eligible()
        self.assertEqual(initiative.state, "eligible")

        with Form(
            self.env["emulation.session"].with_user(self.movement_user)
        ) as session_form:
            session_form.name = "Phiên 1"
            session_form.council_id = self.council
            session_form.round_id = self.round
        session = session_form.record
        agenda = self.env["emulation.session.agenda"].with_user(self.movement_user)
        with Form(agenda.with_context(default_session_id=session.id)) as agenda_form:
            self.assertEqual(agenda_form.evaluation_ids[:], evaluation)
        agenda_form.record.action_confirm()
        self.assertEqual(initiative.state, "in_appraisal")

        session.action_open()
        self._declare_interests(session)
        for user in self._scoring_users():
            sheet = self.env["emulation.scoresheet"].with_user(user).search([])
            self.assertEqual(sheet.user_id, user, "only one's own sheet is seen")
            with Form(sheet) as sheet_form:
                for index, points in enumerate(DEMO_SCORES["D2"]):
                    with sheet_form.line_ids.edit(index) as line:
                        line.points = points
            sheet.action_submit()

        kept = session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        verdict = kept.evaluation_ids.verdict_id
        self.assertEqual((verdict.score, verdict.rank), (92.0, 1))
        self.assertTrue(verdict.is_pass)
        self.assertEqual(verdict.grade_id.name, "Xuất sắc")
        self.assertRegex(verdict.calculation_text, "92[.,]00")
        self.assertEqual(initiative.state, "in_appraisal", "nothing before a decision")

        self._sign_papers(kept)
        self.assertEqual(initiative.state, "recognised")
        self.assertEqual(initiative.date_recognised, Date.today())
        self.assertTrue(verdict.with_user(self.officer_a1).is_published)
        certificates = self.env["emulation.certificate"].search(
            [("initiative_id", "=", initiative.id)]
        )
        self.assertEqual(
            set(certificates.mapped("holder_name")), {"Lê Đình Phú", "Vũ Thị Hòa"}
        )

    def _sign_papers(self, kept):
        """Draft and sign minutes and decision, each by the person who does."""
        Document = self.env["emulation.document"]
        minutes = Document.browse(kept.action_draft_minutes()["res_id"])
        self.assertEqual(minutes.issuer_ids.mapped("role"), ["secretary", "chair"])
        self.assertIn("92,00", minutes.body)
        minutes.with_user(self.secretary_user).action_sign()
        self.assertFalse(minutes.number, "the chair has yet to sign")
        minutes.with_user(self.chair_user).action_sign()
        self.assertRegex(minutes.reference, r"^01/BB-")
        decision = Document.browse(kept.action_draft_decision()["res_id"])
        self.assertIn(minutes.reference, decision.basis)
        self.assertEqual(decision.issuer_ids.signer_user_id, self.head_province)
        decision.with_user(self.head_province).action_sign()
        self.assertEqual(decision.reference, "01/QĐ-MTTQ-BTT")
        self.assertTrue(decision.pdf_sha256)
        self.assertFalse(decision.is_restricted)
