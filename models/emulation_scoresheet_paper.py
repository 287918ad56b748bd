from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import codes, qr


class EmulationScoresheet(models.Model):
    """A sheet that its member fills in on paper and clerks enter.

    It is handed in when two clerks agree on what the paper says; what each of them
    entered stays with them.
    """

    _inherit = "emulation.scoresheet"

    paper_code = fields.Char(
        readonly=True,
        copy=False,
        help="Random code on the printed sheet, also in its QR code",
    )
    is_on_paper = fields.Boolean(compute="_compute_is_on_paper")
    scan_ids = fields.One2many("emulation.scoresheet.scan", "sheet_id")

    _paper_code_unique = models.UniqueIndex(
        "(paper_code) WHERE paper_code IS NOT NULL",
        "Another sheet already has this code.",
    )

    @api.depends("session_id.sheet_medium")
    def _compute_is_on_paper(self):
        for sheet in self:
            sheet.is_on_paper = sheet.sudo().session_id.sheet_medium == "paper"

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"paper_code"}

    def _may_move(self, target):
        if not super()._may_move(target):
            return False
        # what stands on paper is handed in by the clerks who agree on it
        return not self.is_on_paper

    def _check_writable(self):
        result = super()._check_writable()
        if not self.env.su and any(self.mapped("is_on_paper")):
            raise UserError(
                self.env._(
                    "“%(session)s” scores on paper: fill in your printed sheets and "
                    "give them to the secretary.",
                    session=self.sudo().session_id[:1].name,
                )
            )
        return result

    def _ensure_paper_codes(self):
        for sheet in self.sudo().filtered(lambda one: not one.paper_code):
            sheet.paper_code = codes.random_code()

    def _paper_url(self):
        """Return the address in the QR code: it opens the entry of this sheet."""
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        return f"{base}/emulation/paper/{self.paper_code}"

    def _paper_qr(self):
        return qr.data_uri(self._paper_url())

    def _printed_points(self, points):
        """Return points with a decimal comma and no idle zeros."""
        return f"{points:g}".replace(".", ",")

    @api.model
    def _find_by_paper_code(self, text):
        """Return the sheet (sudo) whose printed code ``text`` is, or holds at its end.

        A scanner types the whole address of the QR code.
        """
        code = codes.normalised((text or "").rstrip("/").rpartition("/")[2])
        return self.sudo().search([("paper_code", "=", code)]) if code else self.sudo()

    def _take_from_paper(self, entry):
        """Take over what two clerks agree on, and hand the sheet in."""
        self.ensure_one()
        sheet = self.sudo()
        given = {line.criterion_id: line.points for line in entry.sudo().line_ids}
        for line in sheet.line_ids:
            line.points = given[line.criterion_id]
        sheet.remark = entry.sudo().remark
        sheet.write({"state": "submitted"})

    def _give_back_to_paper(self):
        """Open the sheet again: the clerks look at the paper once more."""
        self.sudo().write({"state": "draft"})


class EmulationScoresheetScan(models.Model):
    """The picture of a paper sheet: of the secretariat alone, and after the close."""

    _name = "emulation.scoresheet.scan"
    _description = "Scan of a Paper Score Sheet"
    _order = "id"

    sheet_id = fields.Many2one(
        "emulation.scoresheet", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True)
    name = fields.Char(required=True, readonly=True)
    file = fields.Binary(attachment=True, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Added by", readonly=True, default=lambda self: self.env.uid
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Scans are added on the entry of the sheet by its clerk.")
            )
        return super().create(vals_list)
