from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import official


class EmulationDocumentIssuer(models.Model):
    """Agency that issues a paper, and the person who signs for it.

    A joint paper has several, in the order of its header. Minutes have a secretary
    and a chair. What is printed is copied here, so that a unit renamed later does
    not reach into old papers.
    """

    _name = "emulation.document.issuer"
    _description = "Document Issuer"
    _order = "document_id, sequence, id"

    document_id = fields.Many2one(
        "emulation.document", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    unit_id = fields.Many2one(
        "emulation.unit", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(
        [("issuer", "Issuer"), ("secretary", "Secretary"), ("chair", "Chair")],
        required=True,
        default="issuer",
        help="Secretary and chair sign minutes, left and right",
    )
    letterhead = fields.Text(
        compute="_compute_letterhead",
        store=True,
        readonly=False,
        precompute=True,
        help="Agency as printed in the header, one line each",
    )
    letterhead_superior = fields.Text(
        compute="_compute_letterhead",
        store=True,
        readonly=False,
        precompute=True,
        help="Superior agency, printed above in regular type, one line each",
    )
    authority = fields.Selection(
        [
            ("none", "In own name"),
            ("tm", "TM. (for a collective body)"),
            ("q", "Q. (acting head)"),
            ("kt", "KT. (deputy for the head)"),
            ("tl", "TL. (by order)"),
            ("tuq", "TUQ. (by written authorisation)"),
        ],
        required=True,
        default="none",
        string="Signs",
    )
    on_behalf = fields.Char(
        string="On behalf of",
        help="Collective body after TM., e.g. ỦY BAN NHÂN DÂN TỈNH",
    )
    head_position = fields.Char(
        string="In place of",
        help="Position after KT., TL. or TUQ., e.g. CHỦ TỊCH",
    )
    position = fields.Char(help="Position of the person who signs, e.g. PHÓ CHỦ TỊCH")
    other_position = fields.Char(
        help="Another position of the person who signs, printed above the name, e.g. "
        "PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH of the chair of a council",
    )
    authorisation = fields.Char(
        string="Authorised by",
        help="Number and date of the paper that authorises whoever signs TUQ.",
    )
    date_authorised_until = fields.Date(
        string="Authorised until", help="Last day of the authorisation"
    )
    signer_user_id = fields.Many2one(
        "res.users",
        string="User of the signer",
        index="btree_not_null",
        ondelete="restrict",
        help="May sign this document, and reads it even when it is restricted",
    )
    signer_name = fields.Char(
        compute="_compute_signer_name",
        store=True,
        readonly=False,
        precompute=True,
        help="Name printed under the signature, without titles",
    )
    signature_text = fields.Text(compute="_compute_signature_text")

    @api.depends("unit_id.letterhead", "unit_id.letterhead_superior", "unit_id.name")
    def _compute_letterhead(self):
        for issuer in self:
            if issuer._origin and issuer.document_id._keeps_identity():
                issuer.letterhead = issuer.letterhead
                issuer.letterhead_superior = issuer.letterhead_superior
            else:
                header = issuer._unit_letterhead()
                issuer.letterhead, issuer.letterhead_superior = header

    @api.depends("signer_user_id")
    def _compute_signer_name(self):
        for issuer in self:
            issuer.signer_name = issuer.signer_user_id.name or issuer.signer_name

    @api.depends(
        *("authority", "on_behalf", "head_position", "position", "other_position"),
        "signer_name",
    )
    def _compute_signature_text(self):
        for issuer in self:
            names = filter(None, (issuer.other_position, issuer.signer_name or "…"))
            lines = [*issuer._signature_titles(), *names]
            issuer.signature_text = "\n".join(lines)

    @api.depends("unit_id", "signer_name")
    def _compute_display_name(self):
        for issuer in self:
            names = filter(None, (issuer.unit_id.name, issuer.signer_name))
            issuer.display_name = ": ".join(names)

    @api.model_create_multi
    def create(self, vals_list):
        issuers = super().create(vals_list)
        issuers.document_id._check_is_draft()
        return issuers

    def write(self, vals):
        self.document_id._check_is_draft()
        result = super().write(vals)
        self.document_id._check_is_draft()
        if "document_id" in vals:
            # a signer reads the paper: nobody moves a line into one they cannot write
            self.document_id.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self.document_id._check_is_draft()

    def _unit_letterhead(self):
        """Return ``(letterhead, superior agency)`` as the unit has them now."""
        self.ensure_one()
        unit = self.unit_id
        header = unit.letterhead or (unit.name or "").upper()
        return header, unit.letterhead_superior or ""

    def _signature_titles(self):
        """Return the lines printed above the signature (TM., KT., position)."""
        self.ensure_one()
        return official.signature_titles(
            self.authority, self.on_behalf, self.head_position, self.position
        )

    def _check_can_sign(self):
        """Refuse to sign while a signature would be printed without its person."""
        for issuer in self:
            document = issuer.document_id
            if not (issuer.signer_name or "").strip():
                raise UserError(
                    self.env._(
                        "“%(document)s” has no signer for “%(unit)s”. Enter the name "
                        "of the person who signs, then sign again.",
                        document=document.display_name,
                        unit=issuer.unit_id.name,
                    )
                )
            needs_head = issuer.authority in ("kt", "tl", "tuq")
            if (
                (issuer.authority == "tm" and not issuer.on_behalf)
                or (needs_head and not (issuer.head_position or issuer.on_behalf))
                or not issuer.position
            ):
                raise UserError(
                    self.env._(
                        "The signature of %(signer)s on “%(document)s” is incomplete. "
                        "Enter the position, and for whom it is signed after TM., "
                        "KT., TL. or TUQ.",
                        signer=issuer.signer_name,
                        document=document.display_name,
                    )
                )
            if issuer.authority == "tuq":
                issuer._check_authorised()

    def _check_authorised(self):
        """Refuse TUQ. without its paper, or after its last day (NĐ 30/2020, art. 13).

        An authorisation is written and limited in time.
        """
        self.ensure_one()
        document = self.document_id
        day = document.date_signed or fields.Date.context_today(self)
        if not self.authorisation or not self.date_authorised_until:
            raise UserError(
                self.env._(
                    "%(signer)s signs “%(document)s” by authorisation (TUQ.). Enter "
                    "the number of the paper that authorises them, and its last day.",
                    signer=self.signer_name,
                    document=document.display_name,
                )
            )
        if self.date_authorised_until < day:
            raise UserError(
                self.env._(
                    "The authorisation of %(signer)s (%(paper)s) ended on %(day)s, "
                    "before the date of “%(document)s”. Have it renewed, or let "
                    "somebody else sign.",
                    signer=self.signer_name,
                    paper=self.authorisation,
                    day=format_date(self.env, self.date_authorised_until),
                    document=document.display_name,
                )
            )
