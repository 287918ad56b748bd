import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.files import PDF, detect
from ..tools.scans import count_pages

KINDS = [
    ("scan", "Scan of the signed paper"),
    ("digital", "Digitally signed copy"),
]
# What every digital signature in a PDF says about the bytes it covers
SIGNATURE = b"/ByteRange"


class EmulationDocumentCopy(models.Model):
    """A copy of a paper with its signatures: scanned, or digitally signed.

    It stands beside the PDF that the system froze, which nobody touches. A copy is
    never exchanged: a better one is filed beside it with a reason, and the log keeps
    the SHA-256 of each.
    """

    _name = "emulation.document.copy"
    _inherit = ["emulation.append.only.mixin"]
    _description = "Signed Copy of a Paper"
    _order = "document_id, id desc"
    _rec_name = "name"

    document_id = fields.Many2one(
        "emulation.document",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment",
        string="File",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    name = fields.Char(string="File name", required=True, readonly=True)
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    reason = fields.Char(
        readonly=True, help="Why another copy is filed beside the earlier one"
    )
    date = fields.Datetime(string="Filed on", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Filed by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    is_current = fields.Boolean(
        string="Latest", compute="_compute_is_current", compute_sudo=True
    )

    @api.depends("document_id.copy_ids")
    def _compute_is_current(self):
        for copy in self:
            copy.is_current = copy == copy.document_id.copy_ids.sorted("id")[-1:]

    @api.model
    def _unchangeable(self):
        return self.env._(
            "A signed copy is neither exchanged nor deleted. File a better one beside "
            "it, with the reason."
        )

    def action_open(self):
        """Open the file."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.sudo().attachment_id.id}?download=true",
            "target": "download",
        }

    def _is_intact(self):
        """Return whether the stored bytes are still those that were filed."""
        self.ensure_one()
        content = self.sudo().attachment_id.raw or b""
        return hashlib.sha256(content).hexdigest() == self.sha256


class EmulationDocument(models.Model):
    """Filing the copy with signatures, and proving that no file was exchanged."""

    _inherit = "emulation.document"

    copy_ids = fields.One2many(
        "emulation.document.copy", "document_id", string="Signed copies"
    )
    can_file_copy = fields.Boolean(compute="_compute_can_file_copy")

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can_file_copy(self):
        for document in self:
            document.can_file_copy = (
                document.state != "draft" and document._may_file_copy()
            )

    # ACTIONS

    def action_open_file_copy(self):
        """Open the dialog that files a scan or a digitally signed copy."""
        self.ensure_one()
        self._check_may_file_copy()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signed copy of %(document)s", document=self.reference),
            "res_model": "emulation.document.copy.file",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_id": self.id},
        }

    def action_verify(self):
        """Compute the SHA-256 of every file again and say which are as they were."""
        self.ensure_one()
        self.check_access("read")
        checks = self._verify()
        if not checks:
            raise UserError(
                self.env._(
                    "“%(document)s” has no file to verify: it is not signed yet.",
                    document=self.display_name,
                )
            )
        intact = all(good for _name, good in checks)
        words = {True: self.env._("unchanged"), False: self.env._("CHANGED")}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if intact else "danger",
                "sticky": not intact,
                "title": self.env._("Verified by SHA-256"),
                "message": "; ".join(f"{name}: {words[good]}" for name, good in checks),
            },
        }

    # BUSINESS

    def _verify(self):
        """Return ``[(name of the file, whether its bytes are unchanged), …]``."""
        self.ensure_one()
        document = self.sudo()
        checks = []
        if document.pdf_sha256:
            content = document.pdf_attachment_id.raw or b""
            good = hashlib.sha256(content).hexdigest() == document.pdf_sha256
            checks.append((self.env._("Signed PDF"), good))
        for copy in document.copy_ids:
            checks.append((copy.name, copy._is_intact()))
        return checks

    def _may_file_copy(self):
        """Return whether the user keeps the papers of the issuing unit."""
        self.ensure_one()
        user = self.env.user
        if self.env.su or user.has_group("emulation.group_emulation_manager"):
            return True
        officer = user.has_group("emulation.group_emulation_officer")
        return officer and self.sudo().unit_id._is_acting(user)

    def _check_may_file_copy(self):
        self.ensure_one()
        self.check_access("read")
        if self.state == "draft":
            raise UserError(
                self.env._(
                    "“%(document)s” is a draft: a copy with signatures is filed once "
                    "it is signed.",
                    document=self.display_name,
                )
            )
        if not self._may_file_copy():
            raise AccessError(
                self.env._(
                    "Copies of “%(document)s” are filed by an officer of “%(unit)s”.",
                    document=self.display_name,
                    unit=self.sudo().unit_id.name,
                )
            )

    def _file_copy(self, kind, content, name, reason=None):
        """Keep a copy with signatures beside the frozen PDF, and log its SHA-256.

        :param kind: ``scan`` or ``digital``
        :param content: the file, in bytes
        :param name: what it is called
        :param reason: why another one is filed; required where there is one
        :raises AccessError: for whoever keeps no papers of the unit
        :raises UserError: when it is no readable PDF, is filed already, or lacks its
            reason
        """
        self._check_may_file_copy()
        self._check_copy(kind, content, name)
        digest = hashlib.sha256(content).hexdigest()
        document = self.sudo()
        if digest in document.copy_ids.mapped("sha256"):
            raise UserError(self.env._("“%(file)s” is filed already.", file=name))
        if document.copy_ids and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "“%(document)s” has a signed copy already. Say why another one is "
                    "filed beside it.",
                    document=self.display_name,
                )
            )
        copy = document._store_copy(
            content,
            {
                "kind": kind,
                "name": name,
                "sha256": digest,
                "reason": (reason or "").strip(),
            },
        )
        self._log_copy(copy)
        return copy

    def _store_copy(self, content, vals):
        """Create the record of a copy with its file, filed by the user now."""
        attachment = self.env["ir.attachment"].create(
            {
                "name": vals["name"],
                "raw": content,
                "mimetype": PDF,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return self.env["emulation.document.copy"].create(
            {
                **vals,
                "document_id": self.id,
                "attachment_id": attachment.id,
                "date": fields.Datetime.now(),
                "user_id": self.env.user.id,
            }
        )

    def _check_copy(self, kind, content, name):
        """Refuse what is no PDF that opens, is too large, or lacks its signature."""
        limit = self._get_copy_limit()
        reason = None
        if limit and len(content) > limit * 1024 * 1024:
            reason = self.env._("it is larger than %(limit)s MB", limit=limit)
        elif detect(content) != PDF:
            reason = self.env._("it is not a PDF")
        elif not count_pages(content):
            reason = self.env._("it cannot be opened, or is locked by a password")
        elif kind == "digital" and SIGNATURE not in content:
            reason = self.env._(
                "it holds no digital signature; file it as a scan instead"
            )
        if reason:
            raise UserError(
                self.env._(
                    "“%(file)s” cannot be filed as a copy of “%(document)s”: "
                    "%(reason)s.",
                    file=name,
                    document=self.display_name,
                    reason=reason,
                )
            )

    @api.model
    def _get_copy_limit(self):
        """Return the largest copy in MB, 0 for none (a parameter)."""
        parameter = self.env["ir.config_parameter"].sudo()
        return int(parameter.get_param("emulation.signed_copy_limit_mb", "50"))
