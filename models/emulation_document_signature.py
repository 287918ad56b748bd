import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, is_html_empty


class EmulationDocument(models.Model):
    """Signing and revoking: the only two steps in the life of a paper."""

    _inherit = "emulation.document"

    # a paper is replaced by the signature of another, never by a step of its own
    _TRANSITIONS = {
        "draft": {"signed"},
        "signed": {"revoked"},
        "replaced": set(),
        "revoked": set(),
    }

    can_sign = fields.Boolean(compute="_compute_can_transition")
    can_revoke = fields.Boolean(compute="_compute_can_transition")

    @api.depends(
        "state", "is_restricted", "issuer_ids.is_agreed", "issuer_ids.signer_user_id"
    )
    @api.depends_context("uid")
    def _compute_can_transition(self):
        for document in self:
            may = document._judge("signed") is None
            document.can_sign = may and document._is_my_turn()
            document.can_revoke = document._judge("revoked") is None

    def action_sign(self):
        """Sign for oneself, or record the signatures of the units one acts for.

        With the last signature the paper takes its number, its PDF is frozen and it
        has its effects; all or nothing.

        :raises AccessError: when the user may neither sign nor record signatures
        :raises UserError: when the paper is not ready, naming what is missing, or
            when only others have yet to sign
        """
        for document in self:
            document._check_transition("signed")
            document._check_my_turn()
            date = document._check_ready_to_sign()
            document._lines_of(self.env.user)._agree()
            if all(document.sudo().issuer_ids.mapped("is_agreed")):
                document._sign(date)
        return True

    def action_open_revoke(self):
        """Open the question why, and by which document, this one is revoked."""
        self.ensure_one()
        self._check_transition("revoked")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke %(document)s", document=self.reference),
            "res_model": "emulation.revocation",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_id": self.id},
        }

    def action_revoke(self, reason=None, revoking_document_id=None):
        """Revoke signed papers and what they brought about.

        :param reason: why, in words
        :param revoking_document_id: id of the signed paper that revokes them
        :raises UserError: when neither a reason nor a signed paper is given
        """
        revoking = self.browse(revoking_document_id or ())
        revoking.check_access("read")
        for document in self:
            document._check_transition("revoked")
            document._check_revoking(revoking, reason)
            # The law of the record decides about the effects, not the user's rights
            document_sudo = document.sudo()
            document_sudo._write_system(
                {
                    "state": "revoked",
                    "revoked_by_id": revoking.id,
                    "revoke_reason": (reason or "").strip(),
                    "date_revoked": fields.Date.context_today(document),
                }
            )
            document_sudo.certificate_ids._revoke(reason, revoking)
            document_sudo._call_source("_on_document_revoked", document_sudo)
            document._log_revocation()
        return True

    def _judge(self, target):
        """Return why the current user may not bring the paper to ``target``.

        The one judge of state, asked by buttons and by actions alike: ``None`` when
        allowed, otherwise an exception to raise.
        """
        self.ensure_one()
        names = dict(self._fields["state"]._description_selection(self.env))
        if target not in self._TRANSITIONS[self.state]:
            return UserError(
                self.env._(
                    "“%(document)s” is in state “%(state)s”, which cannot become "
                    "“%(target)s”.",
                    document=self.display_name,
                    state=names[self.state],
                    target=names[target],
                )
            )
        if target == "signed":
            allowed = self._may_sign(self.env.user)
        else:
            allowed = self.env.user.has_group("emulation.group_emulation_manager")
        if allowed or self.env.su:
            return None
        return AccessError(
            self.env._(
                "You may not change “%(document)s” to “%(target)s”. Ask its signer, "
                "who is head or deputy head of the issuing unit, or a movement officer "
                "of that unit for signing and a movement manager for revoking.",
                document=self.display_name,
                target=names[target],
            )
        )

    def _may_sign(self, user):
        """Return whether ``user`` signs on any line, or may record a signature."""
        return any(line._may_agree(user) for line in self.sudo().issuer_ids)

    def _lines_of(self, user):
        """Return the lines not yet signed that ``user`` signs or records."""
        pending = self.sudo().issuer_ids.filtered(lambda line: not line.is_agreed)
        own = pending.filtered(lambda line: self.env.su or line._may_agree(user))
        return own.with_env(self.env)

    def _is_my_turn(self):
        """Return whether there is something to sign here, or only to number."""
        pending = self.sudo().issuer_ids.filtered(lambda line: not line.is_agreed)
        return not pending or bool(self._lines_of(self.env.user))

    def _check_my_turn(self):
        self.ensure_one()
        if not self._is_my_turn():
            pending = self.sudo().issuer_ids.filtered(lambda line: not line.is_agreed)
            raise UserError(
                self.env._(
                    "You have signed “%(document)s” already. It waits for the "
                    "signature of: %(signers)s.",
                    document=self.display_name,
                    signers=self._signers_in_words(pending),
                )
            )

    def _check_ready_to_sign(self):
        """Refuse a paper that is not fit to be signed as it stands.

        :return: the date it will carry
        """
        self.ensure_one()
        self._check_complete()
        date = self.date_signed or self._get_signing_day()
        self._check_date(date)
        document = self.sudo()
        document._check_generated()
        document._call_source("_document_check_sign", document)
        return date

    def _check_transition(self, target):
        self.check_access("read")
        for document in self:
            if error := document._judge(target):
                raise error

    def _check_complete(self):
        """Refuse a paper that lacks what Decree 30/2020 requires on it."""
        self.ensure_one()
        missing = None
        if is_html_empty(self.body):
            missing = self.env._("a text")
        elif not self.unit_id.document_symbol or not self.symbol:
            missing = self.env._(
                "the symbol of “%(unit)s” (document symbol of the unit)",
                unit=self.unit_id.name,
            )
        elif not self.series:
            missing = self.env._("a series of numbers")
        elif self.unit_id not in self.issuer_ids.unit_id:
            missing = self.env._(
                "its host “%(unit)s” among the issuers", unit=self.unit_id.name
            )
        elif self.layout == "minutes" and not {"secretary", "chair"} <= set(
            self.issuer_ids.mapped("role")
        ):
            missing = self.env._("a secretary and a chair among the issuers")
        elif self.has_addressee and not self.recipient_ids.filtered("is_addressee"):
            missing = self.env._("an addressee (Kính gửi) among the recipients")
        if missing:
            raise UserError(
                self.env._(
                    "“%(document)s” cannot be signed: it lacks %(missing)s. Complete "
                    "it, then sign again.",
                    document=self.display_name,
                    missing=missing,
                )
            )
        self.issuer_ids._check_can_sign()

    def _get_signing_day(self):
        """Return today by the user's own clock: a client names no other in between."""
        return fields.Date.context_today(self.with_context(tz=None))

    def _check_date(self, date):
        """Refuse a day that is to come, or on which an issuer was no more."""
        if date > self._get_signing_day():
            raise UserError(
                self.env._(
                    "“%(document)s” is dated %(date)s, which is yet to come. Sign it "
                    "on that day, or correct the date.",
                    document=self.display_name,
                    date=format_date(self.env, date),
                )
            )
        for unit in self.issuer_ids.unit_id:
            if unit.date_end and unit.date_end < date:
                raise UserError(
                    self.env._(
                        "“%(unit)s” ended on %(end)s and cannot issue “%(document)s” "
                        "on %(date)s. Choose its successor, or correct the date.",
                        unit=unit.name,
                        end=format_date(self.env, unit.date_end),
                        document=self.display_name,
                        date=format_date(self.env, date),
                    )
                )

    def _check_revoking(self, revoking, reason):
        self.ensure_one()
        if not revoking and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why “%(document)s” is revoked, or choose the signed document "
                    "that revokes it.",
                    document=self.display_name,
                )
            )
        if revoking and (revoking.state != "signed" or revoking == self):
            raise UserError(
                self.env._(
                    "“%(revoking)s” cannot revoke “%(document)s”: it must be another "
                    "document, and signed. Sign it first.",
                    revoking=revoking.display_name,
                    document=self.display_name,
                )
            )

    def _sign(self, date):
        """Number, freeze and tell the source. The transaction keeps it in one piece."""
        self.ensure_one()
        document = self.sudo()
        document.recipient_ids._keep_groups(date)
        document._take_number(date)
        document._restore_generated()
        document._keep_plain()
        document._freeze()
        self._replace_former()
        document._deliver()
        document._call_source("_on_document_signed", document)
        self._log_signature()

    def _freeze(self):
        """Print once and keep the very bytes, with their SHA-256."""
        self.ensure_one()
        self.invalidate_recordset(["reference"])
        content = self._print_pdf()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.reference.replace('/', '-')}-{self.year}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._write_system(
            {
                "pdf_attachment_id": attachment.id,
                "pdf_sha256": hashlib.sha256(content).hexdigest(),
            }
        )

    def _frozen_pdf(self):
        """Return the attachment of a signed paper, having checked its bytes.

        :raises UserError: when the stored file is not the one that was signed
        """
        self.ensure_one()
        attachment = self.pdf_attachment_id
        if attachment:
            content = attachment.raw or b""
            if hashlib.sha256(content).hexdigest() != self.pdf_sha256:
                raise UserError(
                    self.env._(
                        "The stored PDF of “%(document)s” is not the one that was "
                        "signed. Restore the file from a backup.",
                        document=self.display_name,
                    )
                )
        return attachment

    def _publish(self):
        """Lift the restriction: called by the source when its result is published."""
        self._write_system({"is_restricted": False})
        self.sudo()._deliver()
