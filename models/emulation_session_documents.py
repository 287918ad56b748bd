from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools import official


class EmulationSession(models.Model):
    """The papers of a session: its minutes, and the decision that publishes it.

    What a signed decision does to the dossiers happens here, through the hooks
    that ``emulation.document`` calls on the record a paper belongs to.
    """

    _name = "emulation.session"
    _inherit = ["emulation.session", "emulation.document.source"]

    can_draft_papers = fields.Boolean(compute="_compute_can_draft_papers")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_draft_papers(self):
        for session in self:
            closed = session.state in ("closed", "published")
            session.can_draft_papers = closed and session._may_keep()

    # ACTIONS

    def action_draft_minutes(self):
        """Draft the minutes of the closed session and open them."""
        return self._draft_paper("BB")

    def action_draft_decision(self):
        """Draft the decision on recognition and open it (R45)."""
        return self._draft_paper("QĐ")

    def _draft_paper(self, kind_code):
        if not self.can_draft_papers:
            raise UserError(
                self.env._(
                    "The papers of “%(session)s” are drafted by its secretary, once "
                    "it is closed.",
                    session=self.name,
                )
            )
        return super()._draft_paper(kind_code)

    def _find_begun(self, kind_code):
        """Of a session there is one paper of a kind; a signed one is opened as well."""
        return self.sudo().document_ids.filtered(
            lambda paper: paper.kind_id.code == kind_code and paper.state != "revoked"
        )[:1]

    # WHAT A DOCUMENT ASKS OF ITS SOURCE

    def _document_values(self, kind):
        """Return the defaults of a paper of ``kind`` drawn from this session."""
        self.ensure_one()
        if kind.code == "BB":
            return self._minutes_values()
        return self._decision_values()

    def _document_body_template(self, kind):
        """Return the QWeb template that composes the body of a paper of ``kind``."""
        return {
            "BB": "emulation.document_body_minutes",
            "QĐ": "emulation.document_body_recognition",
        }[kind.code]

    def _document_is_restricted(self, kind):
        """Results stay with the secretariat and the signers until published."""
        return True

    def _document_check_sign(self, document):
        """A paper about a session is not older than the session (R44)."""
        day = document.date_signed
        if day and day < self._get_day():
            raise UserError(
                self.env._(
                    "“%(document)s” is dated before the session it reports. Correct "
                    "its date.",
                    document=document.display_name,
                )
            )
        if document.kind_id.code == "QĐ":
            self._check_unpublished()
            self._check_founded(document)

    def _on_document_signed(self, document):
        """Publish the results by the signed decision; minutes change nothing."""
        self.ensure_one()
        if document.kind_id.code != "QĐ":
            return
        self._check_unpublished()
        self._publish_results(document)

    def _publish_results(self, decision):
        """Let everybody concerned read the results of a signed ``decision``."""
        self._get_verdicts()._publish(decision.date_signed)
        self.sudo().write({"state": "published"})
        self.document_ids._publish()

    def _on_document_revoked(self, document):
        """Withdraw the publication when its decision is revoked."""
        self.ensure_one()
        if document.kind_id.code != "QĐ" or self.state != "published":
            return
        self._get_verdicts()._unpublish()
        self.sudo().write({"state": "closed"})

    def _check_unpublished(self):
        if self.state != "closed":
            raise UserError(
                self.env._(
                    "The results of “%(session)s” are already published. Revoke the "
                    "earlier decision first.",
                    session=self.name,
                )
            )

    def _check_founded(self, decision):
        """A decision rests on signed minutes and names its legal basis (R45)."""
        lacking = None
        if not self._get_signed_minutes():
            lacking = self.env._("minutes signed by the secretary and the chair")
        elif not (decision.basis or "").strip():
            lacking = self.env._("a legal basis")
        if lacking:
            raise UserError(
                self.env._(
                    "“%(document)s” cannot be signed: “%(session)s” lacks "
                    "%(lacking)s. Complete this first.",
                    document=decision.display_name,
                    session=self.name,
                    lacking=lacking,
                )
            )

    def _get_signed_minutes(self):
        return self.sudo().document_ids.filtered(
            lambda paper: paper.kind_id.code == "BB" and paper.state == "signed"
        )[:1]

    def _get_signed_decision(self):
        """Return the decision on recognition that stands; empty before."""
        return self.sudo().document_ids.filtered(
            lambda paper: paper.kind_id.code == "QĐ" and paper.state == "signed"
        )[:1]

    def _minutes_values(self):
        council = self.council_id.sudo()
        members = council._get_members(self._get_day())
        secretary, chair = self._get_minutes_signers(members)
        letterhead = {
            "letterhead_superior": council.unit_id.letterhead,
            "letterhead": council.name.upper(),
        }
        return {
            "unit_id": council.unit_id.id,
            "subject": f"Họp xét, đánh giá sáng kiến – {self.round_id.name}",
            **self._minutes_series(council),
            "reader_user_ids": [Command.set(self._get_keepers(members).user_id.ids)],
            "issuer_ids": [
                Command.create(
                    {
                        "unit_id": council.unit_id.id,
                        "sequence": number,
                        "role": role,
                        "position": title,
                        "signer_user_id": member.user_id.id,
                        **letterhead,
                    }
                )
                for number, (role, title, member) in enumerate(
                    [
                        ("secretary", "THƯ KÝ", secretary),
                        ("chair", "CHỦ TỌA", chair),
                    ],
                    start=1,
                )
            ],
        }

    def _minutes_series(self, council):
        """Return symbol and series of a council that issues papers of its own.

        Without a symbol of its own its minutes run with the unit's: two runs under
        one symbol would give two papers the same number.
        """
        symbol = council.document_symbol
        if not symbol or symbol == council.unit_id.document_symbol:
            return {}
        return {"symbol": symbol, "series": f"BB-{symbol}"}

    def _decision_values(self):
        unit = self.round_id.sudo().unit_id
        today = fields.Date.context_today(self)
        head = unit.officer_ids.filtered(
            lambda one: one.role == "head" and one._is_current(today)
        )[:1]
        members = self.council_id._get_members(self._get_day())
        body_name = " ".join((unit.letterhead or unit.name).split())
        return {
            "unit_id": unit.id,
            "subject": f"Về việc {self._printed_act()} – {self.round_id.name}",
            "authority_line": f"BAN THƯỜNG TRỰC {body_name.upper()}",
            "basis": self._decision_basis(),
            "reader_user_ids": [Command.set(self._get_keepers(members).user_id.ids)],
            "issuer_ids": [
                Command.create(
                    {
                        "unit_id": unit.id,
                        "authority": "tm",
                        "on_behalf": "BAN THƯỜNG TRỰC",
                        "position": (head.position or "").upper(),
                        "signer_user_id": head.user_id.id,
                    }
                )
            ],
            "recipient_ids": [
                Command.create({"name": name})
                for name in ("Như Điều 3", f"Các tác giả {self._printed_authors()}")
            ],
        }

    def _decision_basis(self):
        """Return the legal basis, one text a line: the round's, then the minutes.

        The law of the day of the session counts: a text replaced since is cited.

        :raises UserError: when a text of the round was not in force on that day
        """
        rnd = self.round_id.sudo()
        lines = rnd.basis_ids._cite_on(self._get_day(), rnd.name)
        lines += (rnd.basis or "").splitlines()
        minutes = self._get_signed_minutes()
        if minutes:
            lines.append(
                f"Biên bản số {minutes.reference} "
                f"{official.long_date(minutes.date_signed)} của {self.council_id.name}"
            )
        return "\n".join(f"Căn cứ {line.strip()}" for line in lines if line.strip())

    def _get_keepers(self, members):
        """Return the members who keep the session and are in no conflict with it."""
        keepers = members.filtered(lambda one: one.role != "member")
        conflicted = self._get_conflicted_users()
        return keepers.filtered(lambda one: one.user_id not in conflicted)

    def _get_minutes_signers(self, members):
        """Return ``(secretary, chair)`` for the minutes, nobody in conflict.

        Where a secretary or the chair is an author of a dossier, another member who
        was present acts in their place.
        """
        conflicted = self._get_conflicted_users()
        able = members.filtered(lambda one: one.user_id not in conflicted)
        roles = {
            role: able.filtered(lambda one, r=role: one.role == r)
            for role in ("secretary", "vice", "chair")
        }
        chair = (roles["chair"] | roles["vice"])[:1]
        deputies = roles["vice"] | (able & self._get_present())
        secretary = (roles["secretary"] | deputies - chair)[:1]
        return secretary, chair

    def _printed_act(self):
        """Return what the decision is about; nothing may have been recognised."""
        if self._get_verdicts().filtered("is_pass"):
            return "công nhận và xếp loại sáng kiến"
        return "kết quả xét công nhận sáng kiến"

    def _printed_authors(self):
        """Return which authors get the decision."""
        if self._get_verdicts().filtered("is_pass"):
            return "có tên trong danh sách"
        return "có hồ sơ được xét"

    def _printed_day(self):
        """Return the day of the session as papers write it."""
        return official.long_date(self._get_day())

    def _printed_close(self):
        """Return when the session ended, in words; empty when that is not known."""
        if not self.date_closed or self.date_closed < self.date:
            return ""
        closed = fields.Datetime.context_timestamp(self, self.date_closed)
        same_day = closed.date() == self._get_day()
        day = "cùng ngày" if same_day else official.long_date(closed.date())
        return f"{closed:%H} giờ {closed:%M} phút, {day}"

    def _printed_rubrics(self):
        """Return the names of the rubrics that the dossiers were scored by."""
        return ", ".join(self.sudo().evaluation_ids.rubric_id.mapped("name"))

    def _printed_conclusion(self):
        """Return how many dossiers passed and, if any, how many did not."""
        verdicts = self._get_verdicts()
        count = {
            outcome: len(group)
            for outcome, group in verdicts.grouped("outcome").items()
        }
        passed, failed = count.get("recognised", 0), count.get("not_recognised", 0)
        deferred, returned = count.get("deferred", 0), count.get("returned", 0)
        parts = []
        if passed:
            parts.append(f"đề nghị công nhận {passed:02d} sáng kiến")
        if failed:
            parts.append(f"không công nhận {failed:02d} hồ sơ")
        if deferred:
            parts.append(f"chuyển {deferred:02d} hồ sơ sang đợt xét sau")
        if returned:
            parts.append(f"trả lại {returned:02d} hồ sơ để bổ sung")
        if not passed and not failed:
            parts.insert(0, "chưa đề nghị công nhận sáng kiến nào")
        return "; ".join(parts)

    def _get_verdicts(self):
        """Return the results of the session in rank order, for its papers.

        Those that stand, also when a client asks for archived records: what a
        reopening gave up is never published.
        """
        verdicts = self.env["emulation.verdict"].sudo().with_context(active_test=True)
        return verdicts.search([("session_id", "=", self.id)], order="rank, id")

    def _get_day(self):
        """Return the day of the session in the user's time zone."""
        return fields.Datetime.context_timestamp(self, self.date).date()
