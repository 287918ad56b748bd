from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ..tools import official

# The proposal, and the decision that follows it
PROPOSAL, DECISION = "TTr", "QĐ"


class EmulationProposal(models.Model):
    """The two papers of a proposal, and what their signatures bring about.

    The signer's unit must be of the level and kind that may give the award; the
    conditions of every nomination are judged again for the day of the decision. What
    is refused leaves everything as it was.
    """

    _name = "emulation.proposal"
    _inherit = ["emulation.proposal", "emulation.document.source"]

    certificate_count = fields.Integer(compute="_compute_certificate_count")

    @api.depends("state", "nomination_ids.certificate_ids")
    @api.depends_context("uid")
    def _compute_certificate_count(self):
        counts = dict.fromkeys(self.ids, 0)
        groups = self.env["emulation.certificate"]._read_group(
            [("nomination_id.proposal_id", "in", self.ids)],
            ["nomination_id"],
            ["__count"],
        )
        for nomination, count in groups:
            counts[nomination.proposal_id.id] += count
        for proposal in self:
            proposal.certificate_count = counts.get(proposal.id, 0)

    # ACTIONS

    def action_view_certificates(self):
        """Open the certificates of the awards on the list, to print them together."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_certificate_action"
        )
        return {
            **action,
            "name": self.display_name,
            "domain": [("nomination_id.proposal_id", "=", self.id)],
            # one award by one decision: no column tells them apart
            "context": {"emulation_one_decision": True},
            "path": False,
        }

    def action_draft_proposal(self):
        """Draft the proposal (tờ trình) with its list and open it.

        :raises UserError: when nothing is on the list, or it is signed already
        """
        self.ensure_one()
        self._check_preparing()
        self._check_lists_somebody()
        if not self.decider_unit_id and not (self.addressee or "").strip():
            raise UserError(
                self.env._(
                    "Say to whom “%(proposal)s” goes: the unit that decides, or the "
                    "addressee.",
                    proposal=self.name,
                )
            )
        return self._draft_paper(PROPOSAL)

    def action_draft_decision(self):
        """Draft the decision that confers the awards and open it.

        :raises UserError: before the proposal is signed, or where the centre decides
        """
        self.ensure_one()
        if not self._may_prepare() or self.state not in self._get_decidable_states():
            raise UserError(
                self.env._(
                    "The decision on “%(proposal)s” is drafted by the board, once the "
                    "proposal is signed and while it is not decided.",
                    proposal=self.name,
                )
            )
        if self.is_decided_elsewhere or not self.decider_unit_id:
            raise UserError(
                self.env._(
                    "“%(proposal)s” names no unit that decides. What goes to the "
                    "centre is decided there: record its result on the nominations.",
                    proposal=self.name,
                )
            )
        return self._draft_paper(DECISION)

    def _check_lists_somebody(self):
        if not self.nomination_ids:
            raise UserError(
                self.env._(
                    "“%(proposal)s” lists nobody. Add the nominations first.",
                    proposal=self.name,
                )
            )

    def _get_decidable_states(self):
        """Return the states in which the decision may be drafted and signed."""
        return {"proposed"}

    # WHAT A DOCUMENT ASKS OF ITS SOURCE

    def _document_values(self, kind):
        """Return the defaults of the proposal or of the decision."""
        self.ensure_one()
        if kind.code == DECISION:
            return self._decision_values()
        return self._proposal_values()

    def _proposal_values(self):
        to_unit = self.decider_unit_id
        addressee = {"unit_id": to_unit.id} if to_unit else {"name": self.addressee}
        return {
            "unit_id": self.unit_id.id,
            "subject": f"Về việc đề nghị {self._printed_act()}",
            "issuer_ids": [
                Command.create(self.unit_id._get_signature_values(self._get_honoured()))
            ],
            "recipient_ids": [Command.create({**addressee, "is_addressee": True})],
        }

    def _decision_values(self):
        unit = self.decider_unit_id.sudo()
        signer = self.decider_unit_id._get_signature_values(self._get_honoured())
        body_name = " ".join((unit.letterhead or unit.name).split()).upper()
        title = signer.get("head_position") or signer["position"]
        if self.award_id.decider == "government":
            title = "CHỦ TỊCH"
        authority = f"{title} {body_name}"
        if self.award_id.decider == "front":
            authority = f"BAN THƯỜNG TRỰC {body_name}"
            if signer.get("authority") != "kt":
                signer["authority"] = "tm"
            signer["on_behalf"] = "BAN THƯỜNG TRỰC"
        return {
            "unit_id": unit.id,
            "subject": f"Về việc {self._printed_act()}",
            "authority_line": authority,
            "basis": self._decision_basis(),
            "issuer_ids": [Command.create(signer)],
            "recipient_ids": [
                Command.create({"name": name})
                for name in ("Như Điều 3", "Các cá nhân, tập thể có tên tại Điều 1")
            ],
        }

    def _decision_basis(self):
        """Return the legal basis: the law of the award, then the signed proposal."""
        award = self.award_id.sudo()
        day = fields.Date.context_today(self)
        lines = award.legal_text_id._cite_on(day, award.name)
        basis = [f"Căn cứ {line.strip()}" for line in lines]
        paper = self._get_signed(PROPOSAL)
        if paper:
            basis.append(
                f"Xét Tờ trình số {paper.reference} "
                f"{official.long_date(paper.date_signed)} của {self.unit_id.name}"
            )
        return "\n".join(basis)

    def _document_body_template(self, kind):
        """Return the QWeb template of the proposal or of the decision."""
        return {
            PROPOSAL: "emulation.document_body_nomination_proposal",
            DECISION: "emulation.document_body_nomination_decision",
        }[kind.code]

    def _document_check_sign(self, document):
        """Judge whether the paper may be signed as it stands, on its date."""
        self.ensure_one()
        self._check_signers(document)
        day = document.date_signed or fields.Date.context_today(self)
        if not self.nomination_ids:
            raise UserError(
                self.env._(
                    "“%(document)s” honours nobody: its list is empty.",
                    document=document.display_name,
                )
            )
        if document.kind_id.code == DECISION:
            self._check_decision(document, day)
        else:
            self._check_proposal(document, day)
        self.nomination_ids._check_eligible(day)

    def _check_proposal(self, document, day):
        """A proposal rests on what was appraised, or handed in, before it."""
        if self.state != "draft":
            self._raise_signed(document)
        nominations = self.nomination_ids
        days = nominations.mapped(lambda one: one.date_appraised or one.date_submitted)
        latest = max(filter(None, days), default=day)
        if day < latest:
            raise UserError(
                self.env._(
                    "“%(document)s” is dated before %(day)s, on which the last of its "
                    "nominations was appraised. Correct its date.",
                    document=document.display_name,
                    day=format_date(self.env, latest),
                )
            )

    def _check_decision(self, document, day):
        if self.state not in self._get_decidable_states():
            self._raise_signed(document)
        problem = self.award_id._find_decider_problem(document.unit_id)
        if problem:
            raise UserError(
                self.env._(
                    "“%(document)s” cannot be signed. %(problem)s",
                    document=document.display_name,
                    problem=problem,
                )
            )
        if self.date_proposed and day < self.date_proposed:
            raise UserError(
                self.env._(
                    "“%(document)s” is dated before the proposal of %(day)s on which "
                    "it rests. Correct its date.",
                    document=document.display_name,
                    day=format_date(self.env, self.date_proposed),
                )
            )

    def _raise_signed(self, document):
        raise UserError(
            self.env._(
                "“%(document)s” comes too late, or too early: “%(proposal)s” is in the "
                "state “%(state)s”.",
                document=document.display_name,
                proposal=self.name,
                state=self._state_label(self.state),
            )
        )

    def _check_signers(self, document):
        """Nobody signs a paper that honours them."""
        honoured = self._get_honoured(document.issuer_ids.signer_user_id)
        if honoured:
            raise UserError(
                self.env._(
                    "“%(document)s” honours %(names)s, who cannot sign it. A deputy "
                    "signs in their place.",
                    document=document.display_name,
                    names=", ".join(honoured.mapped("name")),
                )
            )

    def _get_honoured(self, users=None):
        """Return those of ``users`` (by default the heads concerned) on the list."""
        if users is None:
            users = (self.unit_id | self.decider_unit_id)._get_heads()
        return users.filtered(
            lambda user: any(
                one.partner_id
                and user.partner_id._emulation_is_one_of(one.sudo().partner_id)
                for one in self.nomination_ids
            )
        )

    def _on_document_signed(self, document):
        """Propose, send, or confer everything on the list."""
        self.ensure_one()
        proposal = self.sudo()
        if document.kind_id.code == DECISION:
            proposal.nomination_ids._confer(document)
            proposal.write({"state": "decided", "date_decided": document.date_signed})
            return
        target = "sent" if self.is_decided_elsewhere else "proposed"
        proposal.nomination_ids.write({"state": target})
        if target == "sent":
            proposal.nomination_ids.date_sent = document.date_signed
        proposal.write({"state": "proposed", "date_proposed": document.date_signed})

    def _on_document_revoked(self, document):
        """Take back what the paper brought about; an award goes with its decision."""
        self.ensure_one()
        proposal = self.sudo()
        if document.kind_id.code == DECISION:
            given = proposal.nomination_ids.filtered(
                lambda one: one.document_id == document and one.state == "conferred"
            )
            given._revoke(document.revoke_reason, document.revoked_by_id)
            proposal.write({"state": "revoked"})
        elif proposal.state == "proposed":
            ready = proposal._get_ready_state()
            waiting = proposal.nomination_ids.filtered(
                lambda one: one.state in ("proposed", "sent")
            )
            waiting.write({"state": ready})
            proposal.write({"state": "draft", "date_proposed": False})
        else:
            raise UserError(
                self.env._(
                    "“%(document)s” led to a decision. Revoke that decision instead.",
                    document=document.display_name,
                )
            )

    def _get_signed(self, kind_code):
        """Return the signed paper of a kind; empty before."""
        return self.sudo().document_ids.filtered(
            lambda paper: paper.kind_id.code == kind_code and paper.state == "signed"
        )[:1]

    # PRINT

    def _printed_act(self):
        return f"tặng {self._quoted(self.award_id.printed_name)} năm {self.year}"

    def _printed_count(self):
        """Return how many are honoured, as papers write numbers."""
        return f"{len(self.nomination_ids):02d}"

    def _printed_total(self, document):
        """Return the sum of the money as ``document`` writes it; empty for none."""
        day = document.date_signed or fields.Date.context_today(self)
        total = sum(int(one._get_amount(day)) for one in self.nomination_ids)
        return f"{total:,}".replace(",", ".") if total else ""
