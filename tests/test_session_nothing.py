import re

from odoo.tests import tagged

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestSessionNothing(AppraisalCommon):
    """What the papers say when nothing, or not everything, was recognised."""

    def _papers(self, scores):
        session = self._close(self._open_session(["Máy tách hạt"]), scores)
        decision = self._decide(session)
        minutes = session.sudo()._get_signed_minutes()
        return session, self._text(minutes), decision

    def _text(self, document):
        body = re.sub(r"<[^>]+>", " ", str(document.sudo().body))
        return " ".join(body.split())

    def test_nothing_recognised(self):
        session, minutes, decision = self._papers(DEMO_SCORES["D6"])
        self.assertIn("Hội đồng thống nhất không công nhận 01 hồ sơ.", minutes)
        text = self._text(decision)
        self.assertTrue(
            decision.sudo().subject.startswith(
                "Về việc kết quả xét công nhận sáng kiến"
            )
        )
        self.assertIn(
            f"Điều 1. Không công nhận sáng kiến đối với 01 hồ sơ thuộc "
            f"{session.round_id.name}, gồm: - “Máy tách hạt”",
            text,
        )
        self.assertIn("có trách nhiệm thông báo kết quả và lý do", text)
        for wrong in ("00", "Công nhận và xếp loại", "Giấy chứng nhận", "Phụ lục"):
            self.assertNotIn(wrong, text)
        recipients = decision.sudo().recipient_ids.mapped("name")
        self.assertIn("Các tác giả có hồ sơ được xét", recipients)

    def test_something_recognised(self):
        _session, minutes, decision = self._papers(DEMO_SCORES["D2"])
        self.assertIn("thống nhất đề nghị công nhận 01 sáng kiến", minutes)
        text = self._text(decision)
        self.assertIn("Điều 1. Công nhận và xếp loại 01 sáng kiến thuộc", text)
        self.assertIn("được cấp Giấy chứng nhận", text)
        self.assertIn("Danh sách sáng kiến được công nhận và xếp loại", text)
        self.assertTrue(
            decision.sudo().subject.startswith("Về việc công nhận và xếp loại")
        )

    def test_all_deferred(self):
        session = self._close(self._open_session(["Máy tách hạt"]), DEMO_SCORES["D2"])
        verdict = session.sudo()._get_verdicts()
        verdict.write({"outcome": "deferred", "outcome_reason": "Thiếu số liệu"})
        self.assertEqual(
            session.sudo()._printed_conclusion(),
            "chưa đề nghị công nhận sáng kiến nào; chuyển 01 hồ sơ sang đợt xét sau",
        )
        body = self.env["ir.qweb"]._render(
            "emulation.document_body_recognition", {"doc": session.sudo()}
        )
        text = " ".join(re.sub(r"<[^>]+>", " ", str(body)).split())
        self.assertIn("Điều 1. Chưa công nhận sáng kiến nào thuộc", text)
        self.assertIn("Hồ sơ chuyển sang đợt xét sau:", text)
        self.assertNotIn("00", text)
