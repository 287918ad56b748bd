from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain


class EmulationSession(models.Model):
    """The papers of a session: its minutes, and the decision that publishes it.

    What a signed decision does to the dossiers happens here, through the hooks
    that ``emulation.document`` calls on the record a paper belongs to.
    """

    _inherit = "emulation.session"

    document_ids = fields.One2many(
        "emulation.document",
        "res_id",
        string="Papers",
        domain=[("res_model", "=", "emulation.session")],
    )
    document_count = fields.Integer(compute="_compute_document_count")
    can_draft_papers = fields.Boolean(compute="_compute_can_draft_papers")

    @api.depends("document_ids")
    def _compute_document_count(self):
        for session in self:
            session.document_count = len(session.document_ids)

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

    def action_view_documents(self):
        """Open the papers of this session."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_document_action"
        )
        own = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": own, "context": {}}

    def _draft_paper(self, kind_code):
        self.ensure_one()
        if not self.can_draft_papers:
            raise UserError(
                self.env._(
                    "The papers of “%(session)s” are drafted by its secretary, once "
                    "it is closed.",
                    session=self.name,
                )
            )
        standing = self.document_ids.filtered(
            lambda paper: paper.kind_id.code == kind_code and paper.state != "revoked"
        )
        document = standing[:1] or self.env["emulation.document"]._create_from_source(
            self, kind_code
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.document",
            "res_id": document.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

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

    @api.model
    def _document_reader_domain(self, user):
        """Return the domain of the sessions whose restricted papers ``user`` reads."""
        return Domain("is_secretariat", "=", True)

    def _on_document_signed(self, document):
        """Publish the results by the signed decision; minutes change nothing."""
        self.ensure_one()
        if document.kind_id.code != "QĐ":
            return
        session = self.sudo()
        if session.state != "closed":
            raise UserError(
                self.env._(
                    "The results of “%(session)s” are already published. Revoke the "
                    "earlier decision first.",
                    session=self.name,
                )
            )
        verdicts = self.env["emulation.verdict"].sudo()
        verdicts = verdicts.search([("session_id", "=", self.id)])
        verdicts._publish(document.date_signed)
        session.write({"state": "published"})
        session.document_ids.write({"is_restricted": False})

    def _on_document_revoked(self, document):
        """Withdraw the publication when its decision is revoked."""
        self.ensure_one()
        if document.kind_id.code != "QĐ" or self.state != "published":
            return
        verdicts = self.env["emulation.verdict"].sudo()
        verdicts.search([("session_id", "=", self.id)])._unpublish()
        self.sudo().write({"state": "closed"})

    def _minutes_values(self):
        members = self.sudo().council_id._get_members(self._get_day())
        chair = members.filtered(lambda one: one.role == "chair")[:1]
        secretary = members.filtered(lambda one: one.role == "secretary")[:1]
        unit = self.council_id.unit_id
        return {
            "unit_id": unit.id,
            "subject": "Họp %s xét, đánh giá sáng kiến – %s"
            % (self.council_id.name, self.round_id.name),
            "issuer_ids": [
                Command.create(
                    {
                        "unit_id": unit.id,
                        "sequence": number,
                        "position": position,
                        "signer_user_id": member.user_id.id,
                        "signer_name": member.user_id.name,
                    }
                )
                for number, (member, position) in enumerate(
                    [(secretary, "THƯ KÝ"), (chair, "CHỦ TỌA")], start=1
                )
            ],
        }

    def _decision_values(self):
        unit = self.round_id.unit_id
        head = unit.sudo().officer_ids.filtered(
            lambda one: one.role == "head" and one._is_current(fields.Date.today())
        )[:1]
        minutes = self.document_ids.filtered(
            lambda paper: paper.kind_id.code == "BB" and paper.state == "signed"
        )[:1]
        basis = (self.round_id.basis or "").splitlines()
        if minutes:
            basis.append(
                "Biên bản số %s ngày %s của %s"
                % (
                    minutes.reference,
                    minutes.date_signed.strftime("%d/%m/%Y"),
                    self.council_id.name,
                )
            )
        return {
            "unit_id": unit.id,
            "subject": "Công nhận và xếp loại sáng kiến – %s" % self.round_id.name,
            "basis": "\n".join(line for line in basis if line.strip()),
            "issuer_ids": [
                Command.create(
                    {
                        "unit_id": unit.id,
                        "position": head.position,
                        "signer_user_id": head.user_id.id,
                        "signer_name": head.user_id.name,
                    }
                )
            ],
        }

    def _get_day(self):
        """Return the day of the session in the user's time zone."""
        return fields.Datetime.context_timestamp(self, self.date).date()
