import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import official

# Set by signing, revoking and composing only, never by a client
SYSTEM_FIELDS = {
    "state",
    "number",
    "year",
    "reference",
    "res_model",
    "res_id",
    "pdf_attachment_id",
    "pdf_sha256",
    "revoked_by_id",
    "revoke_reason",
    "date_revoked",
    "is_edited",
    "replaced_by_id",
    "date_replaced",
}
# What a signed paper still takes: the talk about it
OPEN_FIELDS = {"message_ids", "message_follower_ids"}


class EmulationDocument(models.Model):
    """An official paper (văn bản): drafted, signed once, perhaps revoked.

    Signing takes the number, prints the paper once and for all and has the effects
    that the record it belongs to gives it; see the source protocol in
    ``emulation.document.source``. Discussion goes through the chatter, except for
    restricted papers: these have none, because a mail reaches people whom no rule
    stops. No field is tracked: results would be copied into messages.
    """

    _name = "emulation.document"
    _description = "Official Document"
    _inherit = ["emulation.unit.mixin", "mail.thread"]
    _mail_post_access = "read"
    _order = "date_signed desc, year desc, number desc, id desc"
    _rec_names_search = ["reference", "subject"]
    _check_company_auto = True

    kind_id = fields.Many2one(
        "emulation.document.kind", required=True, index=True, ondelete="restrict"
    )
    layout = fields.Selection(related="kind_id.layout")
    has_addressee = fields.Boolean(related="kind_id.has_addressee")
    unit_id = fields.Many2one(
        string="Host unit", help="The unit whose series gives the number"
    )
    series = fields.Char(
        compute="_compute_series",
        store=True,
        readonly=False,
        precompute=True,
        help="Run of numbers, given by the kind of document. An advisory council that "
        "may issue papers has its own",
    )
    symbol = fields.Char(
        compute="_compute_symbol",
        store=True,
        readonly=False,
        copy=False,
        help="Abbreviation of the issuers after the number, e.g. UBND-UBMTTQ",
    )
    subject = fields.Text(
        required=True, help="Summary printed under the title (trích yếu)"
    )
    state = fields.Selection(
        [
            ("draft", "Draft paper"),
            ("signed", "Signed"),
            ("replaced", "Replaced"),
            ("revoked", "Revoked"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    number = fields.Integer(readonly=True, copy=False, aggregator=None)
    year = fields.Integer(readonly=True, copy=False, aggregator=None)
    reference = fields.Char(
        string="Number and symbol", readonly=True, copy=False, index="trigram"
    )
    date_signed = fields.Date(
        string="Date of the paper",
        copy=False,
        help="Printed on the paper. Leave empty for the day it is signed",
    )
    place = fields.Char(
        compute="_compute_place", store=True, readonly=False, precompute=True
    )
    issuer_ids = fields.One2many(
        "emulation.document.issuer", "document_id", string="Issuers", copy=True
    )
    host_signs = fields.Selection(
        [("right", "On the right"), ("left", "On the left")],
        string="Host signs",
        required=True,
        default="right",
        help="Place of the host's signature on a paper of two agencies",
    )
    recipient_ids = fields.One2many(
        "emulation.document.recipient", "document_id", string="Recipients", copy=True
    )
    authority_line = fields.Char(
        help="Who decides, printed above the legal basis of a decision, "
        "e.g. BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM TỈNH HÀ NAM"
    )
    basis = fields.Text(
        string="Legal basis",
        help="One text per line, e.g. Căn cứ Luật Thi đua, khen thưởng",
    )
    body = fields.Html(sanitize_overridable=False, help="The text of the paper")
    drafter_user_id = fields.Many2one(
        "res.users",
        string="Drafter",
        required=True,
        index=True,
        copy=False,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    archive = fields.Char(
        default="VT",
        help="Last line of the recipients: who keeps the original, e.g. VT, BPT",
    )
    drafter_mark = fields.Char(help="Initials of the drafter and number of copies")
    urgency = fields.Selection(
        [
            ("khan", "Urgent"),
            ("thuong_khan", "Very urgent"),
            ("hoa_toc", "Immediate"),
        ],
    )
    res_model = fields.Char(readonly=True, copy=False)
    res_id = fields.Many2oneReference(
        string="Belongs to",
        model_field="res_model",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    pdf_attachment_id = fields.Many2one(
        "ir.attachment", string="Signed PDF", readonly=True, copy=False
    )
    pdf_file = fields.Binary(string="PDF", compute="_compute_pdf_file")
    pdf_sha256 = fields.Char(string="SHA-256 of the PDF", readonly=True, copy=False)
    is_restricted = fields.Boolean(
        string="Restricted",
        help="Until published, only the drafter, the signers and the readers named "
        "see this document",
    )
    reader_user_ids = fields.Many2many(
        "res.users",
        "emulation_document_reader_rel",
        string="Also readable by",
        copy=False,
    )
    can_see_restricted = fields.Boolean(
        string="My papers",
        compute="_compute_can_see_restricted",
        search="_search_can_see_restricted",
        compute_sudo=True,
        help="The current user drafts, signs or is named as a reader",
    )
    revoked_by_id = fields.Many2one(
        "emulation.document",
        string="Revoked by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    revoke_reason = fields.Text(readonly=True, copy=False)
    date_revoked = fields.Date(readonly=True, copy=False)
    certificate_ids = fields.One2many(
        "emulation.certificate", "document_id", string="Certificates"
    )
    certificate_count = fields.Integer(compute="_compute_certificate_count")

    _number_unique = models.UniqueIndex(
        "(unit_id, series, year, number) WHERE number > 0",
        "This number of the series is already taken.",
    )
    _reference_unique = models.UniqueIndex(
        "(unit_id, year, reference) WHERE reference IS NOT NULL",
        "Another document of this unit has the same number and symbol this year. Give "
        "both kinds of document the same series.",
    )
    _source = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")

    @api.depends("kind_id")
    def _compute_series(self):
        for document in self:
            document.series = document.kind_id.series

    @api.depends("issuer_ids.unit_id.document_symbol", "unit_id.document_symbol")
    def _compute_symbol(self):
        for document in self:
            kept = document._keeps_identity() and document.symbol
            document.symbol = kept or document._unit_symbol()

    @api.depends("unit_id")
    def _compute_place(self):
        for document in self:
            document.place = document.unit_id.place_name

    @api.depends("pdf_attachment_id")
    def _compute_pdf_file(self):
        for document in self:
            content = document.pdf_attachment_id.raw
            document.pdf_file = base64.b64encode(content) if content else False

    @api.depends("drafter_user_id", "issuer_ids.signer_user_id", "reader_user_ids")
    @api.depends_context("uid")
    def _compute_can_see_restricted(self):
        user = self.env.user
        for document in self:
            document.can_see_restricted = user in (
                document.drafter_user_id
                | document.issuer_ids.signer_user_id
                | document.reader_user_ids
            )

    def _search_can_see_restricted(self, operator, value):
        if operator != "in":
            return NotImplemented
        uid = self.env.uid
        signs = Domain("signer_user_id", "=", uid)
        domain = (
            Domain("drafter_user_id", "=", uid)
            | Domain("issuer_ids", "any!", signs)
            | Domain("reader_user_ids", "in", [uid])
        )
        return domain if True in value else ~domain

    @api.depends("certificate_ids")
    def _compute_certificate_count(self):
        counts = dict(
            self.env["emulation.certificate"]._read_group(
                [("document_id", "in", self.ids)], ["document_id"], ["__count"]
            )
        )
        for document in self:
            document.certificate_count = counts.get(document._origin, 0)

    @api.depends("reference", "state", "kind_id", "subject")
    def _compute_display_name(self):
        for document in self:
            name = document.reference or document.kind_id.name or ""
            subject = " ".join((document.subject or "").split())
            document.display_name = f"{name} – {subject}" if subject else name

    @api.model_create_multi
    def create(self, vals_list):
        # a context or a personal default would fill them in as well
        offered = self.default_get(list(SYSTEM_FIELDS))
        for vals in vals_list:
            self._check_system_fields({**offered, **vals})
        documents = super().create(vals_list)
        for document in documents.filtered(lambda document: not document.issuer_ids):
            document.issuer_ids = [fields.Command.create(document._issuer_values())]
        return documents

    def write(self, vals):
        # a client can forge the context, but never be superuser
        system = self.env.su and self.env.context.get("emulation_system_write")
        if vals.keys() - OPEN_FIELDS and not system:
            self._check_is_draft()
            self._check_system_fields(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self._check_is_draft()

    def _check_access(self, operation):
        """A signed paper and the files on it are read-only, for whoever it may be."""
        result = super()._check_access(operation)
        if result or self.env.su or operation not in ("write", "unlink"):
            return result
        signed = self.sudo().filtered(lambda document: document.state != "draft")
        if not signed:
            return None
        message = signed[0]._signed_message()
        return self.browse(signed.ids), lambda: AccessError(message)

    def _check_is_draft(self):
        """Refuse a change to a paper that has been signed."""
        for document in self.sudo():
            if document.state != "draft":
                raise UserError(document._signed_message())

    def _signed_message(self):
        return self.env._(
            "“%(document)s” is signed and cannot be changed. Draft a new document that "
            "amends or revokes it.",
            document=self.display_name,
        )

    @api.model
    def _check_system_fields(self, vals):
        """Refuse what only the application itself may set: number, state, source."""
        if self.env.su:
            return
        forged = {
            name
            for name in SYSTEM_FIELDS & vals.keys()
            if vals[name] or any(document[name] for document in self)
        }
        if vals.get("state") == "draft":
            forged.discard("state")
        lifted = "is_restricted" in vals and any(
            document.is_restricted and document.res_model and not vals["is_restricted"]
            for document in self
        )
        if forged or lifted:
            names = forged or {"is_restricted"}
            labels = [
                self._fields[name]._description_string(self.env) for name in names
            ]
            raise UserError(
                self.env._(
                    "%(fields)s of %(documents)s cannot be entered by hand. Use the "
                    "buttons of the document, such as Sign and Revoke.",
                    fields=", ".join(sorted(labels)),
                    documents=", ".join(self.mapped("display_name"))
                    or self.env._("a new document"),
                )
            )

    def _issuer_values(self):
        """Return the first issuer of a new paper: its unit and the unit's head."""
        self.ensure_one()
        head = self.unit_id.head_user_id
        return {"unit_id": self.unit_id.id, "signer_user_id": head.id}

    def _write_system(self, vals):
        """Write past the lock of signed papers: for signing and revoking only."""
        return self.sudo().with_context(emulation_system_write=True).write(vals)

    def message_post(self, **kwargs):
        """Refuse talk about a restricted paper: a mail would reach its followers."""
        self._check_not_restricted()
        return super().message_post(**kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Refuse followers of a restricted paper (see ``message_post``)."""
        if set(partner_ids or ()) - set(self.env.user.partner_id.ids):
            self._check_not_restricted()
        return super().message_subscribe(partner_ids, subtype_ids)

    def _check_not_restricted(self):
        for document in self.sudo().filtered("is_restricted"):
            raise UserError(
                self.env._(
                    "“%(document)s” is restricted: messages about it would leave the "
                    "circle of its readers. Wait until it is published.",
                    document=document.display_name,
                )
            )

    def _printed_reference(self):
        """Return number and symbol as printed; a draft has no number yet."""
        self.ensure_one()
        return self.reference or official.reference(
            0, self.kind_id._printed_code(), self.symbol
        )
