from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Set by signing only, never by a client
AGREEMENT_FIELDS = {"is_agreed", "date_agreed", "agreed_user_id"}
# Who the source named on its paper, and under which header
SOURCE_FIELDS = {"document_id", "unit_id", "role", "letterhead", "letterhead_superior"}


class EmulationDocumentIssuer(models.Model):
    """Who puts their name to a paper: each signer agrees, then it is numbered.

    The right comes from the office a person holds today, not from being named on a
    line: whoever drafts a paper names the signers.
    """

    _inherit = "emulation.document.issuer"

    is_agreed = fields.Boolean(
        string="Signed",
        readonly=True,
        copy=False,
        help="Agrees with the paper as it stands; any later change takes this back",
    )
    date_agreed = fields.Datetime(string="Signed on", readonly=True, copy=False)
    agreed_user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The signer, or the movement officer who recorded the signature",
    )
    can_agree = fields.Boolean(compute="_compute_can_agree")

    @api.depends("is_agreed", "signer_user_id", "unit_id", "document_id.state")
    @api.depends_context("uid")
    def _compute_can_agree(self):
        for issuer in self:
            pending = issuer.document_id.state == "draft" and not issuer.is_agreed
            issuer.can_agree = pending and issuer._may_agree(self.env.user)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            offered = self.default_get(list(AGREEMENT_FIELDS))
            for vals in vals_list:
                self._check_agreement_fields({**offered, **vals})
        issuers = super().create(vals_list)
        if not self.env.su:
            issuers._check_lines_of_source()
            issuers._check_identity(SOURCE_FIELDS | {"signer_name"})
        issuers.document_id._withdraw_agreements()
        return issuers

    def write(self, vals):
        system = self.env.su and self.env.context.get("emulation_system_write")
        if system:
            return super().write(vals)
        if not self.env.su:
            self._check_agreement_fields(vals)
            self._check_given_by_source(vals)
        documents = self.document_id
        result = super().write(vals)
        if not self.env.su:
            self._check_identity(vals.keys())
        (documents | self.document_id)._withdraw_agreements()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_source(self):
        if not self.env.su:
            self._check_lines_of_source()
        self.document_id._withdraw_agreements()

    def action_agree(self):
        """Record that the signers of these lines agree with the paper as it stands.

        The paper takes its number with ``action_sign``, once all have agreed.

        :raises AccessError: when the user neither signs nor records for these units
        :raises UserError: when the paper is not ready, naming what is missing
        """
        for issuer in self:
            document = issuer.document_id
            document.check_access("read")
            document._check_is_draft()
            if not (self.env.su or issuer._may_agree(self.env.user)):
                raise AccessError(
                    self.env._(
                        "You may not sign “%(document)s” for “%(unit)s”. Its head or "
                        "deputy head named as the signer does, or a movement officer "
                        "of that unit records it.",
                        document=document.display_name,
                        unit=issuer.sudo().unit_id.name,
                    )
                )
            document._check_ready_to_sign()
            issuer._agree()
        return True

    def _may_agree(self, user):
        """Return whether ``user`` signs on this line, or may record its signature.

        Minutes of a council are signed by those who sat, and by nobody for them. Of
        other papers the signer is head or deputy of the unit today; a movement
        officer records signatures for units of their scope. Whoever drafts a
        restricted paper, or one drawn from a record, signs it only as its signer.
        """
        self.ensure_one()
        issuer = self.sudo()
        document = issuer.document_id
        signs = issuer.signer_user_id == user
        if document.res_model and issuer.role != "issuer":
            return signs
        if signs and user in issuer.unit_id._get_heads():
            return True
        drafters = document.drafter_user_id | document.create_uid
        if (document.res_model or document.is_restricted) and user in drafters:
            return False
        if user.has_group("emulation.group_emulation_manager"):
            return True
        is_movement = user.has_group("emulation.group_emulation_movement")
        return is_movement and bool(issuer.unit_id) and issuer.unit_id._is_acting(user)

    def _agree(self):
        """Mark these lines as signed, and the paper as changed by it.

        The paper's own row is written too: a change of its text at the same moment
        then waits for this transaction and is tried again on what it left.
        """
        system = self.sudo().with_context(emulation_system_write=True)
        system.write(
            {
                "is_agreed": True,
                "date_agreed": fields.Datetime.now(),
                "agreed_user_id": self.env.user.id,
            }
        )
        self.document_id._write_system({"state": "draft"})

    @api.model
    def _check_agreement_fields(self, vals):
        if any(vals.get(name) for name in AGREEMENT_FIELDS):
            raise UserError(
                self.env._(
                    "That somebody has signed cannot be entered by hand. Use the "
                    "button Sign of the document."
                )
            )

    def _check_lines_of_source(self):
        """Refuse more or fewer signers than the record of the paper named."""
        for document in self.sudo().document_id.filtered("res_model"):
            raise UserError(
                self.env._(
                    "The signers of “%(document)s” come from the record it belongs "
                    "to: no line can be added or removed.",
                    document=document.display_name,
                )
            )

    def _check_given_by_source(self, vals):
        """Refuse to give a line of such a paper to somebody who may not sign it."""
        signer = self.env["res.users"].browse(vals.get("signer_user_id") or ())
        for issuer in self.sudo():
            document = issuer.document_id
            if not document.res_model:
                continue
            renamed = "signer_user_id" in vals and signer != issuer.signer_user_id
            heads = issuer.unit_id._get_heads()
            stranger = renamed and (issuer.role != "issuer" or signer not in heads)
            if stranger or SOURCE_FIELDS & vals.keys():
                raise UserError(
                    self.env._(
                        "The signers of “%(document)s” come from the record it belongs "
                        "to. Only a head or deputy head of “%(unit)s” can sign in the "
                        "place of another.",
                        document=document.display_name,
                        unit=issuer.unit_id.name,
                    )
                )

    def _check_identity(self, names):
        """Refuse a header that is not the unit's, or a name that is not the signer's.

        A movement manager may write both otherwise.
        """
        if self.env.user.has_group("emulation.group_emulation_manager"):
            return
        touched = {"letterhead", "letterhead_superior", "unit_id"} & set(names)
        for issuer in self.sudo():
            wrong_name = issuer.signer_user_id and (
                issuer.signer_name != issuer.signer_user_id.name
            )
            header = (issuer.letterhead, issuer.letterhead_superior or "")
            wrong_header = touched and header != issuer._unit_letterhead()
            if wrong_header or (wrong_name and "signer_name" in names):
                raise UserError(
                    self.env._(
                        "The header and the name of the signer for “%(unit)s” on "
                        "“%(document)s” come from the unit and from the user: they "
                        "cannot be written otherwise. Correct them there, or leave the "
                        "user empty for a signer without an account.",
                        unit=issuer.unit_id.name,
                        document=issuer.document_id.display_name,
                    )
                )


class EmulationDocument(models.Model):
    """How far the signing of a paper has come."""

    _inherit = "emulation.document"

    pending_signers = fields.Char(
        compute="_compute_pending_signers",
        help="Who has yet to sign a paper that somebody has signed already",
    )

    @api.depends("state", "issuer_ids.is_agreed", "issuer_ids.signer_name")
    def _compute_pending_signers(self):
        for document in self:
            issuers = document.issuer_ids
            agreed = issuers.filtered("is_agreed")
            pending = document.state == "draft" and agreed and issuers - agreed
            words = document._signers_in_words(pending) if pending else False
            document.pending_signers = words

    def write(self, vals):
        result = super().write(vals)
        system = self.env.su and self.env.context.get("emulation_system_write")
        if not system and vals.keys() - {"message_ids", "message_follower_ids"}:
            self._withdraw_agreements()
        return result

    def _withdraw_agreements(self):
        """Take back what was agreed: the paper is no longer the one they read.

        The row of the paper is written for changes of its lines as well, so that
        nobody agrees at the same moment with the lines as they were.
        """
        drafts = self.sudo().filtered(lambda paper: paper.state == "draft")
        agreed = drafts.issuer_ids.filtered("is_agreed")
        agreed.with_context(emulation_system_write=True).write(
            dict.fromkeys(AGREEMENT_FIELDS, False)
        )
        drafts._write_system({"state": "draft"})

    def _signers_in_words(self, issuers):
        return ", ".join(line.signer_name or line.unit_id.name for line in issuers)
