import base64

from odoo.fields import Command, Date

from .common_files import SCAN
from .permission_recognition import PermissionRecognition

# (model, method) → the key of the records it is called on, where these are others
# than those the model's own block is about
RECORDS = {
    (
        "emulation.initiative.adoption",
        "action_open_verify",
    ): "emulation.initiative.adoption/claimed",
    ("emulation.initiative", "action_view_adoptions"): "emulation.initiative/published",
    ("emulation.initiative.followup", "action_answer"): "emulation.initiative.followup",
    ("emulation.document", "action_open_revoke"): "emulation.document/signed",
    ("emulation.document", "action_revoke"): "emulation.document/signed",
    ("emulation.document", "action_acknowledge"): "emulation.document/signed",
    ("emulation.document", "action_open_file_copy"): "emulation.document/signed",
    ("emulation.document", "action_verify"): "emulation.document/signed",
    ("emulation.document", "action_open_source"): "emulation.document/restricted",
    ("emulation.document", "action_refresh_body"): "emulation.document/restricted",
    ("emulation.unit.succession", "action_undo"): "emulation.unit.succession/applied",
    ("emulation.initiative", "action_endorse"): "emulation.initiative/submitted",
    ("emulation.initiative", "action_open_endorse"): "emulation.initiative/submitted",
    ("emulation.transmittal", "action_receive"): "emulation.transmittal/sent",
    ("emulation.nomination", "action_appraise"): "emulation.nomination/submitted",
    ("emulation.nomination", "action_open_refuse"): "emulation.nomination/submitted",
    ("emulation.nomination", "action_open_return"): "emulation.nomination/submitted",
    ("emulation.nomination", "action_open_proposal"): "emulation.nomination/submitted",
    ("emulation.nomination", "action_open_revoke"): "emulation.nomination/conferred",
    (
        "emulation.nomination",
        "action_record_result",
    ): "emulation.nomination/submitted",
    ("emulation.nomination", "action_revoke"): "emulation.nomination/conferred",
    (
        "emulation.initiative",
        "action_open_put_forward",
    ): "emulation.initiative/submitted",
    ("emulation.initiative", "action_return"): "emulation.initiative/submitted",
    ("emulation.round", "action_open"): "emulation.round/draft",
    ("emulation.session", "action_close"): "emulation.session/scoring",
    ("emulation.session", "action_view_sheets"): "emulation.session/scoring",
    ("emulation.session", "action_view_documents"): "emulation.session/closed",
    ("emulation.session", "action_nominate"): "emulation.session/published",
    ("emulation.session", "action_view_nominations"): "emulation.session/published",
    ("emulation.session", "action_end_call"): "emulation.session/scoring",
    ("emulation.session", "action_open_ballot"): "emulation.session/scoring",
    ("emulation.session", "action_open_room"): "emulation.session/scoring",
    ("emulation.session", "action_order_agenda"): "emulation.session/scoring",
    ("emulation.session", "cast_ballots"): "emulation.session/scoring",
    ("emulation.session", "get_ballot_paper"): "emulation.session/scoring",
    ("emulation.session", "get_room_board"): "emulation.session/scoring",
    ("emulation.session", "action_open_reopen"): "emulation.session/closed",
    ("emulation.evaluation", "action_call"): "emulation.evaluation/scoring",
    ("emulation.evaluation", "action_dispose"): "emulation.evaluation/scoring",
    ("emulation.evaluation", "action_move_up"): "emulation.evaluation/scoring",
    (
        "emulation.session.attendance",
        "action_leave",
    ): "emulation.session.attendance/scoring",
    (
        "emulation.session.attendance",
        "action_come_back",
    ): "emulation.session.attendance/scoring",
    ("emulation.session", "action_draft_minutes"): "emulation.session/closed",
    ("emulation.session", "action_draft_decision"): "emulation.session/closed",
    ("emulation.session", "action_export_results"): "emulation.session/closed",
    ("emulation.session", "action_export_justification"): "emulation.session/closed",
    ("emulation.session", "action_export_calculation"): "emulation.session/closed",
}
# (model, method) → what a client sends beside the ids, or a function that tells
# it from the records and the relation
ARGUMENTS = {
    ("emulation.certificate", "action_revoke"): ["Ghi sai tên"],
    ("emulation.document", "action_revoke"): ["Ban hành nhầm"],
    ("emulation.nomination", "action_revoke"): lambda records, relation: [
        "Kê khai sai",
        records["emulation.document/signed"]["own"].id,
    ],
    ("emulation.initiative", "search_similar"): ["Sáng kiến own"],
    ("emulation.session", "cast_ballots"): lambda records, relation: [
        # not the one that is deferred
        {records["emulation.evaluation/scoring"]["below"].id: "agree"}
    ],
    ("emulation.scoresheet", "enter"): ["remark", "Cần bổ sung số liệu", ""],
    ("emulation.scoresheet.entry", "enter"): ["remark", "Chữ khó đọc", ""],
    ("emulation.anchor.sheet", "enter"): ["remark", "Mẫu tốt", ""],
    ("emulation.initiative", "get_passages"): lambda records, relation: [
        records["emulation.initiative/submitted"][relation].id
    ],
}
# Dialogs that are about records of several units
DIALOGS_OF_UNITS = {
    "emulation.nomination.answer",
    "emulation.initiative.endorse",
    "emulation.initiative.forward",
    "emulation.initiative.revive",
    "emulation.initiative.withdraw",
    "emulation.initiative.return",
    "emulation.share.paper",
}


class PermissionCalls(PermissionRecognition):
    """What a public method needs before it can be called with success."""

    def _get_ready(self, model, method, relation):
        """Return the record on which somebody with the right succeeds.

        Nothing for a dialog, which the caller opens: see :meth:`_get_dialog_values`.
        """
        if self._is_recordless(self.env.registry[model]):
            return self.env[model]
        key = RECORDS.get((model, method), model)
        record = self.records[key][relation].sudo()
        name = f"_ready_{model}_{method}".replace(".", "_")
        return getattr(self, name, lambda one: one)(record)

    def _ready_emulation_initiative_followup_action_answer(self, followup):
        followup.usage = "full"
        return followup

    def _ready_emulation_need_action_reopen(self, need):
        need.state = "closed"
        return need

    def _ready_emulation_publication_entry_action_accept(self, story):
        story.state = "proposed"
        return story

    def _ready_emulation_publication_entry_action_return(self, story):
        story.state = "proposed"
        story.return_note = "Viết rõ hơn"
        return story

    def _ready_emulation_publication_action_compile(self, book):
        story = self.records["emulation.publication.entry"]["own"].sudo()
        accepted = story.copy({"publication_id": book.id, "initiative_id": False})
        accepted.write(
            {
                "consent_date": "2020-01-05",
                "consent_by": "Người được viết",
                "consent_file": SCAN,
            }
        )
        accepted.action_propose()
        accepted.action_accept()
        return book

    def _ready_emulation_publication_action_reopen(self, book):
        self._ready_emulation_publication_action_compile(book).action_compile()
        return book

    def _ready_emulation_publication_action_publish(self, book):
        imprint = {"publisher": "Nhà xuất bản", "copies": 9, "licence": "1/QĐ"}
        book.write({**imprint, "date_published": "2020-05-05"})
        return self._ready_emulation_publication_action_reopen(book)

    def _ready_emulation_letter_action_reset(self, letter):
        letter.state = "approved"
        return letter

    _ready_emulation_letter_action_send = _ready_emulation_letter_action_reset

    def _ready_emulation_remuneration_line_action_take_back(self, line):
        line.state = "paid"
        return line

    def _ready_emulation_rubric_opinion_action_answer(self, opinion):
        opinion.stance = "agree"
        return opinion

    def _ready_emulation_rubric_action_send_for_opinions(self, rubric):
        draft = rubric.copy({"date_opinions_due": Date.add(Date.today(), days=1)})
        draft.opinion_ids = [Command.create({"unit_id": self.province.id})]
        return draft

    def _ready_emulation_rubric_action_close_opinions(self, rubric):
        draft = self._ready_emulation_rubric_action_send_for_opinions(rubric)
        draft.action_send_for_opinions()
        draft.opinion_summary = "Đồng ý"
        return draft

    def _shared_session(self):
        """Return the planned session, its dossiers to be shared out."""
        session = self.records["emulation.session"]["own"].sudo()
        session.reviewers_per_dossier = 3
        return session

    def _has_relations(self, model, method):
        """Return whether the method is called on records of several units."""
        if self._is_recordless(self.env.registry[model]):
            return model in DIALOGS_OF_UNITS
        return len(self.records[RECORDS.get((model, method), model)]) > 1

    def _get_dialog_values(self, model, relation):
        """Return what a client fills into a dialog; the record is of ``relation``."""
        find = {name: records.get(relation) for name, records in self.records.items()}
        if model == "emulation.initiative.forward":
            higher = self.records["emulation.round"]["above"]
            dossier = self._ready_emulation_initiative_action_open_put_forward(
                find["emulation.initiative/submitted"].sudo()
            )
            return {
                "initiative_ids": [Command.set(dossier.ids)],
                "round_id": higher.id,
            }
        if model == "emulation.initiative.revive":
            dossier = self._ready_emulation_initiative_action_open_revive(
                find["emulation.initiative"].sudo()
            )
            return {
                "initiative_ids": [Command.set(dossier.ids)],
                "round_id": self.round.id,
            }
        own = {name: records["own"] for name, records in self.records.items()}
        tomorrow = Date.add(Date.today(), days=1)
        return {
            **self._get_sheet_dialogs(),
            "emulation.adoption.verify": {
                "adoption_id": own["emulation.initiative.adoption/claimed"].id,
                "outcome": "reject",
                "findings": "Chưa thấy áp dụng",
            },
            "emulation.conflict.declare": {
                "sheet_id": own["emulation.scoresheet"].id,
                "reason": "Là anh em với tác giả",
            },
            "emulation.conflict.rule": {
                "session_id": own["emulation.session/scoring"].id,
                "evaluation_id": own["emulation.evaluation/scoring"].id,
                "member_id": own["emulation.scoresheet"].member_id.id,
                "reason": "Có đơn phản ánh",
            },
            "emulation.interest.declare": {
                "session_id": self._ask_again(own["emulation.session"]).id,
                "line_ids": [
                    Command.create(
                        {"evaluation_id": own["emulation.evaluation/planned"].id}
                    )
                ],
            },
            "emulation.publication.draft": {
                "publication_id": own["emulation.publication"].id,
                "entry_ids": [Command.set(own["emulation.initiative/published"].ids)],
            },
            "emulation.letter.prepare": {
                "session_id": own["emulation.session/published"].id
            },
            "emulation.evaluation.anonymise": {
                "evaluation_id": own["emulation.evaluation/planned"].id
            },
            "emulation.session.assign": {"session_id": self._shared_session().id},
            "emulation.assignment.change": {
                "session_id": self._shared_session().id,
                "evaluation_id": own["emulation.evaluation/planned"].id,
                "member_id": self._get_seat(self.chair_user).id,
                "reason": "Đi công tác",
            },
            "emulation.dataset.export": {"scope": "all", "content": "decided"},
            "emulation.initiative.endorse": {
                "initiative_ids": [
                    Command.set(find["emulation.initiative/submitted"].ids)
                ],
                "act": "recognise",
                "number": "15/QĐ-UBND",
                "date": Date.today(),
            },
            "emulation.initiative.withdraw": {
                "initiative_ids": [Command.set(find["emulation.initiative"].ids)],
                "reason": "Thử thêm một vụ",
            },
            "emulation.initiative.return": {
                "initiative_ids": [
                    Command.set(find["emulation.initiative/submitted"].ids)
                ],
                "reason": "Thiếu xác nhận áp dụng",
            },
            "emulation.movement.phase.close": {
                "phase_id": own["emulation.movement.phase"].id,
                "name": "Giai đoạn sau",
            },
            "emulation.person.merge": {
                "partner_ids": [
                    Command.set(
                        (
                            self.records["res.partner"]["own"]
                            | self.records["res.partner"]["sibling"]
                        ).ids
                    )
                ],
            },
            "emulation.prior.art.record": {
                "initiative_id": own["emulation.initiative/submitted"].id,
                "other_id": own["emulation.initiative/published"].id,
                "relation": "new",
            },
            "emulation.revocation": {
                "document_id": own["emulation.document/signed"].id,
                "reason": "Ban hành nhầm",
            },
            "emulation.document.copy.file": {
                "document_id": own["emulation.document/signed"].id,
                "file": base64.b64encode(
                    own["emulation.document/signed"].pdf_attachment_id.raw
                ),
                "reason": "Bản rõ hơn",
            },
            "emulation.round.remind": {"round_id": own["emulation.round"].id},
            "emulation.nomination.answer": {
                "nomination_ids": [
                    Command.set(find["emulation.nomination/submitted"].ids)
                ],
                "reason": "Chưa đủ điều kiện",
            },
            "emulation.nomination.propose": self._get_propose_dialog(),
            "emulation.round.exception.revoke": {
                "exception_id": own["emulation.round.exception"].id,
                "reason": "Nhầm đơn vị",
            },
            "emulation.round.extend": {
                "round_id": own["emulation.round"].id,
                "date_close": Date.add(Date.today(), days=60),
                "reason": "Bão",
            },
            "emulation.session.agenda": {
                "session_id": own["emulation.session"].id,
                "evaluation_ids": [
                    Command.set(own["emulation.evaluation/eligible"].ids)
                ],
            },
            "emulation.session.reopen": {
                "session_id": own["emulation.session/closed"].id,
                "reason": "Nhầm phiếu",
            },
            "emulation.share.paper": {
                "initiative_id": find["emulation.initiative"].id,
                "author_ids": [Command.set(find["emulation.initiative.author"].ids)],
                "scan": base64.b64encode(b"%PDF-1.4"),
            },
            "emulation.unit.correction": {
                "unit_id": own["emulation.unit"].id,
                "name": "Xã Sửa Lỗi",
                "reason": "Gõ nhầm dấu",
            },
            "emulation.unit.day": {"day": "2020-01-01"},
            "emulation.user.invite": {
                "name": "Cán bộ Mới",
                "login": "moi@example.com",
                "office_role": "officer",
                "unit_id": self.district_a.id,
                "date_start": tomorrow,
            },
        }[model]

    def _ready_emulation_initiative_action_open_put_forward(self, initiative):
        """A unit has recognised it: it may go on to a higher round."""
        if initiative.state == "submitted":
            initiative._keep_unit_decision({"number": "9", "date": Date.today()})
            initiative.write({"state": "endorsed"})
        return initiative

    def _ready_emulation_initiative_transfer_action_decline(self, transfer):
        transfer.answer = "Không thuộc địa bàn"
        return transfer

    def _ready_emulation_initiative_action_open_revive(self, initiative):
        initiative.write({"state": "withdrawn"})
        return initiative

    def _ready_emulation_initiative_action_view_unit_decision(self, initiative):
        initiative.unit_decision_attachment_id = initiative.attachment_ids[:1]
        return initiative

    def _ask_for_ballot(self, session):
        """A law in force does not change: the world is told another one."""
        self.env.cr.execute("UPDATE emulation_regulation SET ballot_mode = 'secret'")
        self.env.invalidate_all()
        return session

    _ready_emulation_session_action_open_ballot = _ask_for_ballot
    _ready_emulation_session_cast_ballots = _ask_for_ballot
    _ready_emulation_session_get_ballot_paper = _ask_for_ballot

    def _ready_emulation_session_attendance_action_come_back(self, line):
        line._leave()
        return line

    def _ask_again(self, session):
        """Let the members be asked for their interests once more."""
        session = session.sudo()
        session.evaluation_ids.declaration_line_ids.is_current = False
        return session

    _ready_emulation_session_action_declare_interests = _ask_again

    def _ready_emulation_council_action_end(self, council):
        council.action_put_in_force()
        return council

    def _ready_emulation_evaluation_action_mark_eligible(self, evaluation):
        evaluation.with_user(self.movement_user).action_check_all()
        return evaluation

    def _ready_emulation_initiative_action_send_share_links(self, initiative):
        initiative._renew_shares("Thử")
        return initiative

    def _ready_emulation_movement_action_start(self, movement):
        return movement.copy({"code": "M-MOI", "date_start": "2020-01-01"})

    def _ready_emulation_movement_action_reopen(self, movement):
        movement.action_close()
        return movement

    def _ready_emulation_round_action_finish(self, rnd):
        rnd.action_close()
        return rnd

    def _ready_emulation_scoresheet_action_submit(self, sheet):
        sheet.with_user(sheet.user_id).action_reopen()
        return sheet

    _ready_emulation_scoresheet_enter = _ready_emulation_scoresheet_action_submit

    def _ready_new_version(self, law):
        return law.copy({"date_start": Date.add(Date.today(), days=1)})

    _ready_emulation_rubric_action_put_in_force = _ready_new_version
    _ready_emulation_regulation_action_put_in_force = _ready_new_version
    _ready_emulation_award_action_put_in_force = _ready_new_version

    def _ready_emulation_person_duplicate_action_merge(self, duplicate):
        same = [("kind", "=", duplicate.kind), ("mark", "=", duplicate.mark)]
        return duplicate.search(same)

    def _ready_res_partner_action_emulation_merge(self, partner):
        return partner | self.records["res.partner/account"]["own"]
