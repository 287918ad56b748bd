import base64

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import human_size

from ..tools import files

# Pictures of a page; a browser shows all of them without running anything
SCAN_TYPES = {files.PDF, "image/jpeg", "image/png"}


class EmulationScoresheetBegin(models.TransientModel):
    """Ask for the code on a paper sheet; a scanner types the address of its QR code."""

    _name = "emulation.scoresheet.begin"
    _description = "Enter a Paper Score Sheet"

    code = fields.Char(
        string="Code on the sheet",
        required=True,
        help="Type the code, or scan the QR code with the cursor in this field",
    )

    def action_open(self):
        """Open the own entry of the sheet with this code.

        :raises UserError: when there is no such sheet for the user to enter
        """
        self.ensure_one()
        entry = self.env["emulation.scoresheet.entry"]._begin(self.code)
        return {
            "type": "ir.actions.act_window",
            "res_model": entry._name,
            "res_id": entry.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }


class EmulationScoresheetScanAdd(models.TransientModel):
    """Add the picture of a paper sheet; who adds it cannot open it again."""

    _name = "emulation.scoresheet.scan.add"
    _description = "Add the Scan of a Paper Score Sheet"

    entry_id = fields.Many2one(
        "emulation.scoresheet.entry", required=True, readonly=True, ondelete="cascade"
    )
    file = fields.Binary(string="Scan or photograph", attachment=False)
    file_name = fields.Char()

    def action_confirm(self):
        """Keep the scan with the sheet, for the secretariat after the close.

        :raises UserError: when it is neither PDF, JPEG nor PNG, or too large
        :raises AccessError: for anybody but the clerk of the entry
        """
        self.ensure_one()
        self.entry_id._check_clerk()
        if not self.file:
            raise UserError(self.env._("Choose the scan or photograph of the sheet."))
        content = base64.b64decode(self.with_context(bin_size=False).file)
        self._check_content(content)
        self.env["emulation.scoresheet.scan"].sudo().create(
            {
                "sheet_id": self.entry_id.sudo().sheet_id.id,
                "name": self.file_name or self.entry_id.code,
                "file": base64.b64encode(content),
                "user_id": self.env.uid,
            }
        )
        self.file = False
        return {"type": "ir.actions.act_window_close"}

    def _check_content(self, content):
        if files.detect(content) not in SCAN_TYPES:
            raise UserError(
                self.env._(
                    "“%(file)s” is neither PDF, JPEG nor PNG. Scan or photograph the "
                    "sheet again.",
                    file=self.file_name or "",
                )
            )
        most = self.env["emulation.scoresheet"]._get_most_megabytes("sheet_scan_mb")
        if most and len(content) > most * 1024 * 1024:
            raise UserError(
                self.env._(
                    "“%(file)s” has %(size)s, at most %(most)s MB are kept. Scan the "
                    "sheet with fewer dots per inch.",
                    file=self.file_name or "",
                    size=human_size(len(content)),
                    most=most,
                )
            )
