from odoo import models


class EmulationDocument(models.Model):
    """Every signature and every revocation is kept in the log (invariant 16)."""

    _inherit = "emulation.document"

    def _log_signature(self):
        """Log the number, the signers and, sealed, the very bytes of the paper."""
        self.ensure_one()
        document = self.sudo()
        signers = document.issuer_ids.mapped(lambda line: line.signer_user_id.name)
        text = self.env._(
            "No. %(reference)s signed: %(signers)s",
            reference=document.reference,
            signers=", ".join(filter(None, signers)) or self.env.user.name,
        )
        if document.hand_number:
            recorded = self.env._(
                "Recorded from a paper register: %s", document.hand_reason
            )
            text = f"{text}. {recorded}"
        self.env["emulation.log"]._append(
            self, "signed", text, {"pdf_sha256": document.pdf_sha256}
        )

    def _log_copy(self, copy):
        """Log that a copy with signatures was filed, and seal its very bytes."""
        self.ensure_one()
        text = self.env._(
            "No. %(reference)s: signed copy “%(file)s” filed, SHA-256 %(digest)s. "
            "%(reason)s",
            reference=self.reference,
            file=copy.name,
            digest=copy.sha256,
            reason=copy.reason or "",
        ).strip()
        self.env["emulation.log"]._append(
            self, "filed", text, {"copy_sha256": copy.sha256}
        )

    def _log_replacement(self):
        """Log by which paper this one was replaced."""
        self.ensure_one()
        document = self.sudo()
        text = self.env._(
            "No. %(reference)s replaced by %(later)s",
            reference=document.reference,
            later=document.replaced_by_id.display_name,
        )
        self.env["emulation.log"]._append(self, "replaced", text)

    def _log_revocation(self):
        """Log by which paper, or why, the document is no longer valid."""
        self.ensure_one()
        document = self.sudo()
        revoking = document.revoked_by_id
        reason = document.revoke_reason or ""
        if revoking:
            text = self.env._(
                "No. %(reference)s revoked by %(revoking)s. %(reason)s",
                reference=document.reference,
                revoking=revoking.display_name,
                reason=reason,
            ).strip()
        else:
            text = self.env._(
                "No. %(reference)s revoked: %(reason)s",
                reference=document.reference,
                reason=reason,
            )
        self.env["emulation.log"]._append(self, "revoked", text)
