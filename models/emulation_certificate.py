from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..tools import codes, official, qr

CODE_TRIES = 20
CODE_LENGTHS = (codes.LENGTH, codes.PUBLIC_LENGTH)


class EmulationCertificate(models.Model):
    """Certificate given by a signed decision; anybody can check it by its code.

    Everything printed is copied here at issue: a certificate is the paper of its
    day. Nobody writes one by hand; a decision brings it about and a revocation ends
    it.
    """

    _name = "emulation.certificate"
    _description = "Certificate"
    _order = "date_issued desc, id desc"
    _rec_name = "code"
    _rec_names_search = ["code", "holder_name", "title"]

    code = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._new_code(),
        help="Printed with the QR code; found on the public page",
    )
    document_id = fields.Many2one(
        "emulation.document",
        string="Decision",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="document_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Holder",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    holder_name = fields.Char(string="Name on the certificate", required=True)
    title = fields.Char(required=True, help="What is recognised")
    grade_name = fields.Char(string="Grade")
    share = fields.Float(
        string="Share (%)", digits=(16, 2), aggregator=None, help="0 to 100"
    )
    unit_name = fields.Char(string="Unit")
    date_issued = fields.Date(required=True)
    issuer_names = fields.Text(
        string="Issued by",
        compute="_compute_signed_by",
        store=True,
        help="The agencies at the head of the decision, one a line",
    )
    signer_names = fields.Char(
        string="Signed by", compute="_compute_signed_by", store=True
    )
    state = fields.Selection(
        [("valid", "Valid"), ("revoked", "Revoked")],
        required=True,
        default="valid",
        readonly=True,
        copy=False,
        index=True,
    )
    revoke_reason = fields.Text(readonly=True, copy=False)
    revoking_document_id = fields.Many2one(
        "emulation.document",
        string="Revoked by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    date_revoked = fields.Date(readonly=True, copy=False)
    check_url = fields.Char(string="Public address", compute="_compute_check_url")
    can_revoke = fields.Boolean(compute="_compute_can_revoke")

    _code_unique = models.UniqueIndex(
        "(code)", "Another certificate already has this code. Issue it again."
    )
    _share_range = models.Constraint(
        "CHECK (share >= 0 AND share <= 100)",
        "The share of a holder lies between 0 and 100 %.",
    )
    _revoked_with_reason = models.Constraint(
        "CHECK (state = 'valid' OR revoke_reason <> ''"
        " OR revoking_document_id IS NOT NULL)",
        "A certificate is revoked with a reason or by a document.",
    )

    # Not of what the decision says later: the paper names who signed it
    @api.depends("document_id")
    def _compute_signed_by(self):
        for decision, certificates in self.grouped("document_id").items():
            agencies = decision._header_issuers().mapped("letterhead")
            signers = decision._signature_issuers().mapped("signer_name")
            certificates.issuer_names = "\n".join(
                " ".join((name or "").upper().split()) for name in agencies
            )
            certificates.signer_names = ", ".join(filter(None, signers))

    @api.depends("code")
    def _compute_check_url(self):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        for certificate in self:
            certificate.check_url = f"{base}/emulation/check/{certificate.code}"

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_revoke(self):
        manager = self.env.user.has_group("emulation.group_emulation_manager")
        for certificate in self:
            certificate.can_revoke = manager and certificate.state == "valid"

    @api.depends("code", "holder_name")
    def _compute_display_name(self):
        for certificate in self:
            certificate.display_name = f"{certificate.code} – {certificate.holder_name}"

    def action_print(self):
        """Print the certificates as one PDF, a page each."""
        report = self.env.ref("emulation.emulation_certificate_report")
        return report.report_action(self)

    def action_open_check_page(self):
        """Open the public page that this certificate's QR code leads to."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.check_url, "target": "new"}

    def action_open_revoke(self):
        """Open the question why this certificate is revoked."""
        self.ensure_one()
        self._check_can_revoke()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke %(code)s", code=self.code),
            "res_model": "emulation.revocation",
            "view_mode": "form",
            "target": "new",
            "context": {"default_certificate_id": self.id},
        }

    def action_revoke(self, reason=None, revoking_document_id=None):
        """Revoke valid certificates; the public page says so from now on.

        :param reason: why, in words
        :param revoking_document_id: id of the signed document that revokes them
        :raises AccessError: for anybody but a movement manager
        :raises UserError: when already revoked, or without reason and document
        """
        self._check_can_revoke()
        revoking = self.env["emulation.document"].browse(revoking_document_id or ())
        revoking.check_access("read")
        for certificate in self:
            if revoking and revoking.state != "signed":
                raise UserError(
                    self.env._(
                        "“%(document)s” is not signed, so it cannot revoke "
                        "certificate %(code)s. Sign it first.",
                        document=revoking.display_name,
                        code=certificate.code,
                    )
                )
            if not revoking and not (reason or "").strip():
                raise UserError(
                    self.env._(
                        "Say why certificate %(code)s is revoked, or choose the signed "
                        "document that revokes it.",
                        code=certificate.code,
                    )
                )
        self.sudo()._revoke(reason, revoking)
        return True

    @api.model
    def _issue(self, document, vals_list):
        """Create certificates for a signed decision.

        :param document: one signed document
        :param vals_list: list of dicts with ``holder_name`` and ``title``, and, where
            there are, ``partner_id``, ``grade_name``, ``share``, ``unit_name``
        :return: the certificates, in the user's environment
        :raises UserError: when the document is not signed
        """
        document.ensure_one()
        if document.sudo().state != "signed":
            raise UserError(
                self.env._(
                    "Certificates are issued for a signed document; “%(document)s” is "
                    "not. Sign it first.",
                    document=document.display_name,
                )
            )
        issued = {
            "document_id": document.id,
            "date_issued": document.sudo().date_signed,
        }
        certificates = self.sudo().create([{**vals, **issued} for vals in vals_list])
        return certificates.with_env(self.env)

    @api.model
    def _new_code(self):
        """Return a code that no certificate has."""
        for _try in range(CODE_TRIES):
            code = codes.random_code(codes.PUBLIC_LENGTH)
            if not self.sudo().search_count([("code", "=", code)], limit=1):
                return code
        raise UserError(
            self.env._(
                "No free certificate code was found in %(tries)s tries. Try again.",
                tries=CODE_TRIES,
            )
        )

    @api.model
    def _find_by_code(self, text):
        """Return the certificate whose code a person typed; rights do not matter.

        What cannot be a code is looked for as well: it takes as long as a code that
        nobody has. Certificates of the first years have codes of twelve signs.
        """
        code = codes.normalised(text, CODE_LENGTHS)
        known = [("code", "=", code or "-")]
        shown = self._checked_fields()
        return self.sudo().search_fetch(known, shown, limit=1, order="id")

    @api.model
    def _checked_fields(self):
        """Return the fields that the public page shows: no others are read."""
        return [
            "award_id", "citation", "code", "date_issued", "date_revoked",
            "document_id", "golden_reference", "grade_name", "holder_name",
            "issuer_names", "nomination_id", "revoke_reason", "revoking_document_id",
            "share", "signer_names", "state", "title", "unit_name",
        ]  # fmt: skip

    def _fetch_decision(self):
        """Return the decision, with what the public page shows of it."""
        shown = ["date_signed", "is_restricted", "reference", "subject"]
        self.document_id.fetch(shown)
        return self.document_id

    def _shown_date(self, day):
        """Return a date for the public page, in the form of its language."""
        return format_date(self.env, day)

    def _check_can_revoke(self):
        for certificate in self:
            if not self.env.user.has_group("emulation.group_emulation_manager"):
                raise AccessError(
                    self.env._(
                        "Only a movement manager may revoke certificate %(code)s.",
                        code=certificate.code,
                    )
                )
            if certificate.state != "valid":
                raise UserError(
                    self.env._(
                        "Certificate %(code)s is already revoked.",
                        code=certificate.code,
                    )
                )

    def _revoke(self, reason, revoking):
        """End the valid ones among these certificates."""
        self.filtered(lambda certificate: certificate.state == "valid").write(
            {
                "state": "revoked",
                "revoke_reason": (reason or "").strip(),
                "revoking_document_id": revoking.id,
                "date_revoked": fields.Date.context_today(self),
            }
        )

    def _printed_decision_date(self):
        """Return the date of the decision in words, as on the paper."""
        return official.long_date(self.document_id.sudo().date_signed)

    def _printed_title(self):
        """Return what is recognised, as it stands between quotation marks."""
        return official.inner_quotes(self.title)

    def _printed_share(self):
        """Return the share with a decimal comma and no idle zeros."""
        return f"{self.share:.2f}".rstrip("0").rstrip(".").replace(".", ",")

    def _qr_data_uri(self):
        """Return the QR code of the public address as an SVG ``data:`` URI."""
        self.ensure_one()
        return qr.data_uri(self.check_url)
