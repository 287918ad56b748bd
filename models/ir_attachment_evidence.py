import sys
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import consteq
from odoo.tools.mimetypes import guess_mimetype

from ..tools.files import MACRO, detect, is_active
from ..tools.packages import Limits, find_fault
from ..tools.text import clean
from .base import OURS

DOSSIER = "emulation.initiative"
# where a file hangs, and who reads it although it hangs there
HOME = ("res_model", "res_id", "res_field")
OPENED = ("public", "access_token")
UNKNOWN = "application/octet-stream"
MEGABYTE = 1024 * 1024
# limit → its parameter
PACKAGE_LIMITS = {
    "size": "max_mb",
    "entries": "max_entries",
    "ratio": "max_ratio",
    "depth": "max_depth",
}
# Said by what tidies a file itself; an object, so that no client can say it.
TIDYING = object()


class IrAttachment(models.Model):
    """Files of a dossier: known by content, read by whoever reads the dossier."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        offered = self.default_get([*HOME, *OPENED])
        vals_list = [self._tidy_upload({**offered, **vals}, vals) for vals in vals_list]
        files = super().create(vals_list)
        uploads = files.filtered(lambda file: file._is_evidence())
        uploads._tidy_evidence()
        if not self.env.su:
            for file in uploads:
                self.env[DOSSIER]._check_upload(
                    file.res_id, file.name, file.mimetype, file.file_size
                )
        return files

    def write(self, vals):
        evidence = self.sudo().filtered(lambda file: file._is_evidence())
        if evidence and not self.env.su and vals.keys() & {"public", "access_token"}:
            raise AccessError(
                self.env._(
                    "“%(file)s” is read by those who may read its dossier. It cannot "
                    "be published by a link of its own.",
                    file=evidence[0].name,
                )
            )
        tidying = self.env.context.get("emulation_evidence") is TIDYING
        moving = (
            not self.env.su
            and vals.keys() & {"res_model", "res_id", "res_field"}
            and DOSSIER in {vals.get("res_model"), *self.sudo().mapped("res_model")}
        )
        if moving:
            vals = {**vals, "public": False, "access_token": False}
        result = super().write(vals)
        if moving:
            self._check_moved()
        if not tidying and vals.keys() & {"raw", "datas", "mimetype", "name"}:
            evidence._tidy_evidence()
        return result

    def _check_moved(self):
        """Judge files that a client hangs on a dossier as if uploaded to it."""
        moved = self.sudo().filtered(lambda file: file._is_evidence())
        moved._tidy_evidence()
        for file in moved:
            dossier = self.env[DOSSIER].browse(file.res_id).exists()
            dossier.check_access("write")
            dossier._check_editable({"attachment_ids"})
            dossier._check_upload(file.res_id, file.name, file.mimetype, file.file_size)

    def _is_evidence(self):
        """Return whether this file hangs on a dossier, or is uploaded for one."""
        self.ensure_one()
        return self.res_model == DOSSIER and not self.res_field

    @api.model
    def _tidy_upload(self, told, given):
        """Return the values of a new file of ours as they may be stored.

        What a context or a personal default adds is said openly, and so judged like
        the rest. The house takes none of it: a file of its own hangs where it says.

        :param told: the values with the defaults, of which every user may keep some
        :param given: the values of the call alone
        """
        if not (told.get("res_model") or "").startswith(OURS):
            return given
        if self.env.su:
            told = {**dict.fromkeys(told.keys() - given.keys(), False), **given}
        if told.get("res_model") == DOSSIER and not told.get("res_field"):
            told |= dict.fromkeys(OPENED, False)
        return told

    def _tidy_evidence(self):
        """Store the name composed and trimmed, and the type that the content has."""
        for file in self.sudo():
            vals = {"name": clean(file.name), "mimetype": file._detect_mimetype()}
            vals = {name: value for name, value in vals.items() if file[name] != value}
            if vals:
                # not a change by anybody: what is in the file has always been so
                file.with_context(emulation_evidence=TIDYING).write(vals)

    def _detect_mimetype(self):
        """Return the media type that the content of this file has."""
        self.ensure_one()
        return self._detect_content(self.sudo().raw or b"")

    @api.model
    def _detect_content(self, content):
        """Return the media type that ``content`` (bytes) has, or what is wrong with it.

        A package that hides a program or unpacks without end has a type that no round
        accepts (``tools.packages``).
        """
        mimetype = detect(content) or guess_mimetype(content, default=UNKNOWN)
        if mimetype != MACRO:
            mimetype = find_fault(content, self._get_package_limits()) or mimetype
        return UNKNOWN if is_active(mimetype) else mimetype

    @api.model
    def _get_package_limits(self):
        """Return what packages may unpack to, as the parameters say; 0 is no limit."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        told = {
            name: int(get_param(f"emulation.package_{key}") or 0) or sys.maxsize
            for name, key in PACKAGE_LIMITS.items()
        }
        return Limits(**{**told, "size": told["size"] * MEGABYTE})

    def _can_return_content(self, field_name=None, access_token=None):
        """A file of a dossier is read by right, or with the token of the dossier."""
        file = self.sudo()
        if not file._is_evidence():
            return super()._can_return_content(field_name, access_token)
        dossier = self.env[DOSSIER].browse(file.res_id).exists()
        if not dossier:
            # not saved with a form yet: its uploader's alone
            self.check_access("read")
        elif not (access_token and _is_token_of(dossier, access_token)):
            # not what the file says of itself, as “public”, but what the dossier does
            dossier.check_access("read")
        return True

    @api.autovacuum
    def _gc_orphan_uploads(self):
        """Delete files uploaded for a dossier that was never saved."""
        parameters = self.env["ir.config_parameter"].sudo()
        hours = parameters.get_param("emulation.upload_keep_hours")
        limit = fields.Datetime.now() - timedelta(hours=int(hours or 24))
        orphans = self.sudo().search(
            [
                ("res_model", "=", DOSSIER),
                ("res_id", "in", (0, False)),
                ("create_date", "<", limit),
            ],
            limit=1000,
        )
        orphans.unlink()


def _is_token_of(dossier, access_token):
    """Return whether the dossier itself is open to whoever has this token."""
    own = "access_token" in dossier._fields and dossier.sudo().access_token
    return bool(own) and consteq(own, access_token)


class IrBinary(models.AbstractModel):
    """What a browser would run is handed out as mere bytes, whatever it asks for."""

    _inherit = "ir.binary"

    def _get_stream_from(
        self, record, field_name="raw", filename=None, filename_field="name",
        mimetype=None, default_mimetype="application/octet-stream",
    ):  # fmt: skip
        evidence = record._name == "ir.attachment" and record.sudo()._is_evidence()
        if evidence:
            # the address of a file does not decide what it is
            mimetype = None
        stream = super()._get_stream_from(
            record, field_name, filename, filename_field, mimetype, default_mimetype
        )
        if evidence and is_active(stream.mimetype):
            stream.mimetype = default_mimetype
        return stream
