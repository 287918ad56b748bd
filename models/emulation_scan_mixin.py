import base64
import binascii

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import human_size

from ..tools import pictures, scans


class EmulationScanMixin(models.AbstractModel):
    """Scans that prove something: known by content, changed on their record alone.

    A name and what a client says of a file count nothing; what a browser would run
    is neither a PDF nor a picture. Whoever may write the record does not get past
    its rules by writing the file behind it.
    """

    _name = "emulation.scan.mixin"
    _description = "Has Scans of Papers"

    # Binary field that holds a scan → field with the name of the file
    _scan_fields = {}

    @api.constrains(lambda self: tuple(self._scan_fields))
    def _check_scans(self):
        """Refuse what is no PDF that opens and no JPEG or PNG picture.

        Judged as it is stored, by whatever way it came: a context gives values too.
        """
        for record in self.sudo().with_context(bin_size=False):
            for name, name_field in record._scan_fields.items():
                if record[name]:
                    record._check_scan(name, record[name_field])

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_scan_sizes(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_scan_sizes(vals)
        return super().write(vals)

    @api.model
    def _check_scan_sizes(self, vals):
        """Refuse what is too large before it is decoded or stored."""
        most = self._get_scan_limit()
        for name in self._scan_fields.keys() & vals.keys() if most else ():
            size = pictures.size_of(vals[name])
            if size > most * pictures.MEGABYTE + 2:
                raise ValidationError(
                    self.env._(
                        "“%(scan)s” has %(size)s; at most %(most)s MB are taken. Scan "
                        "the paper with fewer dots per inch and choose it again.",
                        scan=self._fields[name]._description_string(self.env),
                        size=human_size(size),
                        most=most,
                    )
                )

    def _check_scan(self, name, file_name):
        fault = scans.find_fault(self._read_scan(name))
        words = {
            "scan": self._fields[name]._description_string(self.env),
            "file": file_name or self.env._("no name"),
            "record": self.display_name,
        }
        if fault == "kind":
            raise ValidationError(
                self.env._(
                    "“%(record)s”: the file given as “%(scan)s” (%(file)s) is neither "
                    "PDF, JPEG nor PNG, whatever its name says. Scan or photograph "
                    "the paper and choose that file.",
                    **words,
                )
            )
        if fault:
            raise ValidationError(
                self.env._(
                    "“%(record)s”: the file given as “%(scan)s” (%(file)s) cannot be "
                    "opened: it is damaged, too large in dots, or locked by a "
                    "password. Scan the paper again.",
                    **words,
                )
            )

    def _read_scan(self, name):
        """Return the content of a scan in bytes, empty when it is broken."""
        self.ensure_one()
        try:
            return base64.b64decode(self.with_context(bin_size=False)[name] or b"")
        except (binascii.Error, ValueError):
            return b""

    @api.model
    def _get_scan_limit(self):
        """Return the most megabytes of a scan; 0 is no limit."""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("emulation.scan_max_mb") or 0)


class IrAttachment(models.Model):
    """The file behind a scan is no way around the rules of its record."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._check_no_scan()
        return files

    def write(self, vals):
        self._check_no_scan()
        result = super().write(vals)
        self._check_no_scan()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_scan(self):
        self._check_no_scan()

    def _check_no_scan(self):
        """Refuse a client that writes the file itself; its record is superuser."""
        for file in self.sudo() if not self.env.su else ():
            model = self.env.get(file.res_model) if file.res_field else None
            if model is not None and file.res_field in getattr(
                model, "_scan_fields", ()
            ):
                raise AccessError(
                    self.env._(
                        "“%(file)s” is changed on the record it proves, by whoever "
                        "may change that record.",
                        file=file.name,
                    )
                )
