import base64
import io
from unittest.mock import patch

import pdfplumber
import zxingcpp
from docx import Document

from odoo.fields import Date, Datetime
from odoo.tests import Form, HttpCase, freeze_time, tagged

from .common_appraisal import DEMO_SCORES
from .common_award import AwardCommon
from .common_files import SCAN
from .common_portal import PortalCommon
from .common_publication import picture

BOOK = "Gương người Thử Nghiệm đoàn kết sáng tạo"


@tagged("post_install", "-at_install")
class TestWalkCycle(PortalCommon, AwardCommon, HttpCase):
    """A whole cycle: from the round to the published book, each step by its person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a1.document_symbol = "UBND"
        cls.head_a1.emulation_officer_ids.position = "Chủ tịch"
        regulation = cls.env.ref("emulation.regulation_default").copy({"code": "QC-C"})
        regulation.write(
            {
                "ballot_mode": "secret",
                "ballot_num": 1,
                "ballot_den": 2,
                "reviewers_per_dossier": 3,
                "min_valid_sheets": 2,
            }
        )
        cls.regulation = regulation
        regulation.with_user(cls.manager_user).action_put_in_force()

    def _as(self, user, model):
        return self.env[model].with_user(user)

    def _open_action(self, action, user):
        """Open the record that a button leads to, as ``user``."""
        return self._as(user, action["res_model"]).browse(action["res_id"])

    # THE MOVEMENT OFFICE SETS THE YEAR UP

    def _announce_round(self):
        with Form(self._as(self.movement_user, "emulation.round")) as form:
            form.name = "Đợt xét cả chu trình"
            form.code = "T-CYCLE"
            form.movement_id = self.movement
            form.date_close = Date.add(Date.today(), days=20)
            form.rubric_id = self.env.ref("emulation.rubric_initiative")
            form.regulation_id = self.regulation.with_user(self.movement_user)
            form.kind_ids.add(self.env.ref("emulation.initiative_kind_initiative"))
            with form.check_ids.new() as check:
                check.name = "Có xác nhận áp dụng"
        form.record.action_open()
        return form.record

    def _set_up_council(self):
        with Form(self._as(self.movement_user, "emulation.council")) as form:
            form.name = "Hội đồng cả chu trình"
            form.unit_id = self.province
            form.date_start = Date.today()
            form.regulation_id = self.regulation.with_user(self.movement_user)
            for user, role in (
                (self.chair_user, "chair"),
                (self.secretary_user, "secretary"),
                (self.member1_user, "member"),
                (self.member2_user, "member"),
                (self.member3_user, "member"),
            ):
                with form.member_ids.new() as seat:
                    seat.user_id = user
                    seat.role = role
                    seat.is_scoring = role != "secretary"
        council = form.record
        paper = self._open_action(council.action_draft_decision(), self.movement_user)
        paper.basis = "Căn cứ Điều lệ Mặt trận Tổ quốc Việt Nam"
        paper.with_user(self.head_province).action_sign()
        self.assertEqual(council.state, "in_force")
        return council

    # AUTHOR AND UNIT

    def _hand_in_dossiers(self):
        """An author from the portal, and an officer for somebody without account."""
        # the helpers enter dossiers into the round of the class
        type(self).round = self._announce_round()
        own = self._complete_draft(self.author)
        own.with_user(self.author).action_submit()
        self.assertEqual(own.sudo().state, "submitted")
        other = self._create_initiative("Mô hình thùng rác ba ngăn")
        other.with_user(self.officer_a1).action_submit()
        return own.sudo().with_user(self.officer_a1) | other

    def _send_batch(self, dossiers):
        with Form(self._as(self.officer_a1, "emulation.transmittal")) as form:
            form.round_id = self.round.with_user(self.officer_a1)
        batch = form.record
        batch.action_fill()
        self.assertEqual(batch.line_ids.initiative_id, dossiers)
        self.assertFalse(batch.problem_count, batch.line_ids.mapped("problem"))
        batch.with_user(self.head_a1).action_send()
        self.assertEqual(set(dossiers.mapped("state")), {"endorsed"})
        letter = batch.document_ids
        self.assertEqual(letter.reference, "01/TTr-UBND")
        return batch

    # THE COUNCIL

    def _examine(self, dossiers):
        evaluations = self._as(self.movement_user, "emulation.evaluation").search(
            [("initiative_id", "in", dossiers.ids)]
        )
        for evaluation in evaluations:
            with Form(evaluation) as form, form.check_ids.edit(0) as check:
                check.result = "ok"
            evaluation.action_mark_eligible()
        return evaluations

    def _hold_session(self, council, evaluations):
        with Form(self._as(self.movement_user, "emulation.session")) as form:
            form.name = "Phiên cả chu trình"
            form.council_id = council
            form.round_id = self.round
            form.date_embargo = Date.add(Date.today(), days=3)
        session = form.record
        action = session.action_add_dossiers()
        agenda = self._dialog(action, self.movement_user)
        self.assertEqual(set(agenda.evaluation_ids[:].ids), set(evaluations.ids))
        agenda.save().action_confirm()
        self._declare_interests(session)
        kept = session.with_user(self.secretary_user)
        assign = self._dialog(kept.action_assign(), self.secretary_user)
        assign.save().action_confirm()
        kept.action_open()
        for user in self._scoring_users():
            self._score(session, user, DEMO_SCORES["D2"])
        kept.action_mark_all_present()
        for user in self._scoring_users():
            choices = {one.id: "agree" for one in evaluations}
            session.with_user(user).cast_ballots(choices)
        kept.action_close()
        self.assertEqual(kept.state, "closed")
        return kept

    def _decide_session(self, kept):
        """Sign both papers; nothing is told until the embargo is over."""
        self._sign_minutes(kept)
        decision = self._paper(kept.action_draft_decision())
        decision.with_user(self.head_province).action_sign()
        self.assertTrue(decision.pdf_sha256)
        self.assertRegex(decision.reference, r"^\d+/QĐ-MTTQ-BTT$")
        dossiers = kept.sudo().evaluation_ids.initiative_id
        self.assertEqual(set(dossiers.mapped("state")), {"in_appraisal"})
        # the nightly job, as it runs when the embargo is over
        cron = self.env["ir.cron"]
        with (
            freeze_time(Datetime.add(Datetime.now(), days=4)),
            patch.object(type(cron), "_commit_progress"),
        ):
            self.env["emulation.session"]._cron_publish()
        self.assertEqual(set(dossiers.mapped("state")), {"recognised"})
        self.assertEqual(kept.state, "published")
        return kept.sudo()._get_verdicts()

    def _send_letters(self, kept):
        dialog = self._as(self.secretary_user, "emulation.letter.prepare")
        Form(dialog.with_context(default_session_id=kept.id)).save().action_confirm()
        letters = kept.letter_ids
        self.assertEqual(len(letters), 3)
        letters.action_approve()
        letters.action_send()
        self.assertEqual(set(letters.mapped("state")), {"sent"})

    # AWARDS

    def _nominate_in_bulk(self, session, award, kind=None):
        """Nominate out of the session, by the button that stands on it."""
        action = session.with_user(self.movement_user).action_nominate()
        form = self._dialog(action, self.movement_user)
        self.assertEqual(form.session_id, session.with_user(self.movement_user))
        form.award_id = award
        if kind:
            form.recipient_kind_id = kind
        made = form.save().action_confirm()
        found = self._as(self.movement_user, "emulation.nomination").search(
            made["domain"]
        )
        found.action_papers_in_hand()
        found.action_submit()
        return found

    def _confer_all(self, nominations, board, decider, signer=None):
        """Appraise, propose, decide: each by the board and the signers of the track.

        :param signer: signs the proposal; nobody where the Front decides itself
        """
        seen = nominations.with_user(board)
        seen.write({"opinion": "Thành tích rõ ràng"})
        seen.action_appraise()
        proposal = self._open_action(seen.action_open_proposal(), board)
        if signer:
            paper = self._open_action(proposal.action_draft_proposal(), board)
            paper.with_user(signer).action_sign()
            self.assertEqual(set(nominations.mapped("state")), {"proposed"})
        decision = self._open_action(proposal.action_draft_decision(), board)
        decision.with_user(decider).action_sign()
        self.assertEqual(set(nominations.mapped("state")), {"conferred"})
        return decision.sudo()

    def _walk_to_the_centre(self, session):
        nomination = self._nominate_in_bulk(session, self.central)[:1]
        proposal = self._open_action(
            nomination.action_open_proposal(), self.movement_user
        )
        proposal.addressee = "Hội đồng thẩm định sáng tạo Trung ương"
        paper = self._open_action(proposal.action_draft_proposal(), self.movement_user)
        paper.with_user(self.head_province).action_sign()
        self.assertEqual(nomination.state, "sent")
        with Form(nomination) as form:
            form.date_received = Date.today()
            form.central_reference = "861/QĐ-MTTW-BTT"
            form.central_date = Date.today()
        nomination.action_record_result()
        self.assertEqual(nomination.state, "conferred")

    def _check_certificates(self, decision, names):
        """All in one PDF; each code opens its page to anybody."""
        certificates = self._as(self.movement_user, "emulation.certificate").search(
            [("document_id", "=", decision.id)]
        )
        self.assertEqual(sorted(certificates.mapped("holder_name")), sorted(names))
        reports = self.env["ir.actions.report"].with_user(self.movement_user)
        action = certificates.action_print()
        content, _kind = reports._render_qweb_pdf(
            action["report_name"], certificates.ids
        )
        self.authenticate(None, None)
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            self.assertEqual(len(pdf.pages), len(names))
            for page in pdf.pages:
                raster = page.to_image(resolution=150).original.convert("RGB")
                (code,) = zxingcpp.read_barcodes(raster)
                path = code.text.partition(self.base_url())[2] or code.text
                shown = self.url_open(path[path.index("/emulation/") :])
                self.assertEqual(shown.status_code, 200)
                holder = certificates.filtered(
                    lambda one, url=code.text: one.check_url == url
                )
                self.assertIn(holder.holder_name, shown.text)
                self.assertIn(decision.reference, shown.text)
        return certificates

    def _pay(self, nominations):
        payments = self._as(self.finance_user, "emulation.award.payment").search(
            [("nomination_id", "in", nominations.ids)]
        )
        self.assertEqual(len(payments), len(nominations))
        payments.write({"reference": "PC 15"})
        payments.action_pay()
        self.assertEqual(set(payments.mapped("state")), {"paid"})

    def _read_golden_book(self, certificates):
        book = self._as(self.leader_user, "emulation.golden.book").search(
            [("certificate_ids", "in", certificates.ids)]
        )
        self.assertEqual(book.unit_id, self.committee)
        numbers = book.certificate_ids.sorted("golden_number").mapped("golden_number")
        self.assertEqual(numbers, [1, 2, 3])
        report = self.env.ref("emulation.emulation_golden_book_report")
        html = self.env["ir.actions.report"].with_user(self.leader_user)
        content, _kind = html._render_qweb_pdf(report.report_name, book.ids)
        self.assertTrue(content.startswith(b"%PDF"))

    def _read_as_author(self, dossier, decision):
        """The author finds on the portal what became of the dossier."""
        self.authenticate(self.author.login, self.author.login.ljust(8, "x"))
        page = self.url_open(f"/my/initiatives/{dossier.id}").text
        for words in (
            self.merit.printed_name,
            self.front_merit.printed_name,
            decision.reference,
            "/emulation/check/",
        ):
            self.assertIn(words, page)

    # THE BOOK

    def _write_book(self):
        with Form(self._as(self.movement_user, "emulation.publication")) as form:
            form.name = BOOK
            form.unit_id = self.province
            form.foreword = "<p>Lời nói đầu của sách</p>"
        book = form.record
        dialog = self._dialog(book.action_draft_entries(), self.movement_user)
        stories = dialog.save().action_confirm()
        stories = self._as(self.officer_a1, "emulation.publication.entry").search(
            stories["domain"]
        )
        self.assertEqual(len(stories), 2)
        for story in stories:
            with Form(story) as form:
                form.photo = picture()
                form.photo_caption = "Ở xưởng"
                form.consent_date = Date.today()
                form.consent_by = story.recipient_name
                form.consent_file = SCAN
            story.action_propose()
            self.assertFalse(story.missing)
            story.with_user(self.movement_user).action_accept()
        return book, stories

    def _bring_out(self, book, stories):
        book.action_compile()
        manuscript = self.url_open(book.action_export()["url"])
        text = "\n".join(
            one.text for one in Document(io.BytesIO(manuscript.content)).paragraphs
        )
        with Form(book) as form:
            form.publisher = "Nhà xuất bản Thử"
            form.copies = 500
            form.licence = "12/QĐ-STTTT"
            form.date_published = Date.today()
        book.action_publish()
        self.assertEqual(book.state, "published")
        content = base64.b64decode(book.with_user(self.leader_user).booklet)
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            printed = "\n".join(page.extract_text() for page in pdf.pages)
        for words in ("MỤC LỤC", "TRA THEO ĐƠN VỊ", "TRA THEO LĨNH VỰC"):
            self.assertIn(words, printed.upper())
            self.assertIn(words, text.upper())
        for story in stories:
            self.assertIn(story.recipient_name, printed)
            self.assertIn(story.recipient_name, text)

    def test_from_the_round_to_the_published_book(self):
        dossiers = self._hand_in_dossiers()
        self._send_batch(dossiers)
        council = self._set_up_council()
        kept = self._hold_session(council, self._examine(dossiers))
        verdicts = self._decide_session(kept)
        self.assertEqual(set(verdicts.mapped("outcome")), {"recognised"})
        self._send_letters(kept)

        front = self._nominate_in_bulk(kept, self.front_merit)
        self._confer_all(front, self.movement2_user, self.head_province)
        state = self._nominate_in_bulk(kept, self.merit)
        decision = self._confer_all(
            state, self.award_user, self.chairman, signer=self.board_head
        )
        self._walk_to_the_centre(kept)
        names = ["Trần Văn Khiêm", "Lê Văn Thử", "Vũ Thị Thử"]
        certificates = self._check_certificates(decision, names)
        self._read_as_author(dossiers[:1], decision)
        self._pay(front | state)
        self._read_golden_book(certificates)

        book, stories = self._write_book()
        self.authenticate("movement_user", "movement_user")
        self._bring_out(book, stories)
