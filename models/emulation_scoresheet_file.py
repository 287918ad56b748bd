from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq, hmac

from ..tools import codes, sheet_book

SCOPE = "emulation-score-sheets"


class EmulationScoresheetFile(models.Model):
    """A workbook of score sheets that a member took along to fill in offline.

    It keeps what went out, never what was given: whose sheets, under which rubric, and
    the text of every locked cell. A file is taken in once.
    """

    _name = "emulation.scoresheet.file"
    _description = "Score Sheets to Fill In Offline"
    _order = "id desc"
    _rec_name = "code"

    code = fields.Char(required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    session_id = fields.Many2one(
        "emulation.session",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True)
    version = fields.Char(required=True, readonly=True)
    layout = fields.Json(required=True, readonly=True)
    date_applied = fields.Datetime(string="Taken in on", readonly=True)

    _code_unique = models.UniqueIndex("(code)", "Another file already has this code.")

    @api.model
    def _prepare(self, session):
        """Return ``(file, content)``: a workbook of the user's open sheets.

        :raises UserError: when the session is not being scored, or nothing is open
        """
        sheets = session._get_sheets_to_take_along()
        code = codes.random_code()
        version = self._get_version(sheets)
        content, layout = sheet_book.write(
            session.name,
            self._sign(code, self.env.uid, session.id, version),
            self._get_labels(),
            [row for sheet in sheets for row in sheet._get_book_rows()],
            code,
        )
        file = self.sudo().create(
            {
                "code": code,
                "user_id": self.env.uid,
                "session_id": session.id,
                "version": version,
                "layout": {**layout, "sheets": sheets.ids},
            }
        )
        return file.sudo(False), content

    @api.model
    def _find(self, content, session):
        """Return the file that ``content`` is, if the user may take it in now.

        :raises UserError: naming what is wrong with it and what to do
        """
        text = self._read_id(content)
        code = codes.normalised(text.partition("/")[0])
        file = self.sudo().search([("code", "=", code or "-")])
        signature = file and file._sign(
            file.code, file.user_id.id, file.session_id.id, file.version
        )
        if not file or not consteq(signature, text):
            raise UserError(
                self.env._(
                    "The form id in cell %(cell)s is not one given by this system: it "
                    "was changed, or the file is another one. Download your sheets "
                    "again and copy your points into that file.",
                    cell=sheet_book.ID_CELL,
                )
            )
        file._check_usable(session)
        return file

    @api.model
    def _read_id(self, content):
        try:
            return sheet_book.read_id(content)
        except sheet_book.SheetBookError as error:
            raise UserError(self._explain(error)) from None

    def _read(self, content):
        """Return the entries of the file (see ``sheet_book.read``)."""
        self.ensure_one()
        try:
            return sheet_book.read(content, self.sudo().layout)
        except sheet_book.SheetBookError as error:
            raise UserError(self._explain(error)) from None

    @api.model
    def _explain(self, error):
        """Return the sentence for a ``SheetBookError``."""
        if error.kind == "changed":
            return self.env._(
                "The file was changed outside the cells for points and reasons: "
                "%(cells)s. Download your sheets again and copy your points into that "
                "file.",
                cells=", ".join(error.cells[:10]),
            )
        return {
            "type": self.env._(
                "This is not an Excel workbook without macros (.xlsx). Save the "
                "downloaded file in its own format and upload it again."
            ),
            "bomb": self.env._(
                "The file holds far more than your score sheets. Upload the file that "
                "you downloaded here."
            ),
            "broken": self.env._(
                "The file cannot be read. Open it in Excel, save it as an Excel "
                "workbook (.xlsx) and upload it again."
            ),
            "foreign": self.env._(
                "This workbook was not downloaded here. Download your sheets, fill in "
                "that file and upload it."
            ),
        }[error.kind]

    def _check_usable(self, session):
        """Refuse a file of another person, session or version, or one taken in."""
        self.ensure_one()
        if self.user_id != self.env.user:
            raise AccessError(
                self.env._(
                    "These are the sheets of another member: nobody fills in for "
                    "another. Download your own."
                )
            )
        if self.session_id != session:
            raise UserError(
                self.env._(
                    "The file holds your sheets of “%(session)s”. Upload it there.",
                    session=self.session_id.name,
                )
            )
        session._check_takes_sheets()
        if self.date_applied:
            raise UserError(
                self.env._(
                    "This file was already taken in on %(moment)s. To change points, "
                    "correct them on the screen or download your sheets again.",
                    moment=self._format_moment(self.date_applied),
                )
            )
        sheets = self.env["emulation.scoresheet"].sudo().browse(self.layout["sheets"])
        if self._get_version(sheets.exists()) != self.version:
            raise UserError(
                self.env._(
                    "Since this file was downloaded your sheets or their criteria have "
                    "changed. Download them again and copy your points into that file."
                )
            )

    def _format_moment(self, moment):
        local = fields.Datetime.context_timestamp(self, moment)
        return f"{local:%d/%m/%Y %H:%M}"

    @api.model
    def _get_version(self, sheets):
        """Return a mark of what is filled in: layout, sheets, criteria and limits."""
        parts = [str(sheet_book.VERSION)]
        standing = sheets.sudo().filtered(lambda one: one.state != "voided")
        for sheet in standing.sorted("id"):
            lines = sheet.line_ids.sorted("id")
            marks = (f"{one.criterion_id.id}:{one.max_points:g}" for one in lines)
            parts.append(f"{sheet.id}({sheet.user_id.id},{','.join(marks)})")
        return self._hash(";".join(parts))

    @api.model
    def _sign(self, code, user_id, session_id, version):
        """Return the form id: code, version of the layout and signature."""
        message = repr((code, user_id, session_id, version))
        return f"{code}/{sheet_book.VERSION}/{self._hash(message)}"

    @api.model
    def _hash(self, message):
        return hmac(self.env(su=True), SCOPE, message)[:32]

    @api.model
    def _get_labels(self):
        return {
            "sheet": self.env._("Score sheets"),
            "id": self.env._("Form id"),
            "help": self.env._(
                "Fill in the white cells only: points and, where you like, a reason. "
                "What you leave empty stays as it is on the server."
            ),
            "fault": self.env._("Points from 0 to %s."),
            "columns": [
                self.env._("Code"),
                self.env._("Dossier"),
                self.env._("Criterion"),
                self.env._("What deserves how many points"),
                self.env._("Maximum"),
                self.env._("Points"),
                self.env._("Reason, remark"),
            ],
        }


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    def _get_sheets_to_take_along(self):
        """Return the user's own sheets of this session that are not handed in.

        :raises UserError: when there is none
        """
        self.ensure_one()
        self._check_takes_sheets()
        sheets = self.env["emulation.scoresheet"].search(
            [
                ("session_id", "=", self.id),
                ("user_id", "=", self.env.uid),
                ("state", "=", "draft"),
            ]
        )
        if not sheets:
            raise UserError(
                self.env._(
                    "You have no sheet to fill in for “%(session)s”. Take back a sheet "
                    "that you want to change first.",
                    session=self.name,
                )
            )
        return sheets

    def _check_takes_sheets(self):
        """Refuse files before scoring opens and after the close."""
        if self.sudo().state != "scoring":
            raise UserError(
                self.env._(
                    "“%(session)s” is not being scored: sheets are neither taken along "
                    "nor handed back. Ask the secretary if there is a mistake.",
                    session=self.sudo().name,
                )
            )

    def action_download_sheets(self):
        """Take the own open sheets along as an Excel workbook, to fill in offline.

        :raises UserError: when none is open, or the session is not being scored
        """
        self.ensure_one()
        self._get_sheets_to_take_along()
        return {
            "type": "ir.actions.act_url",
            "url": f"/emulation/sheets/{self.id}",
            "target": "download",
        }

    def action_upload_sheets(self):
        """Open the dialog that takes a filled in workbook back."""
        self.ensure_one()
        self._check_takes_sheets()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Upload my score sheets"),
            "res_model": "emulation.scoresheet.upload",
            "view_mode": "form",
            "target": "new",
            "context": {"default_session_id": self.id},
        }


class EmulationScoresheet(models.Model):
    _inherit = "emulation.scoresheet"

    @api.model
    def _get_most_megabytes(self, name):
        """Return how large a file with sheets may be; 0 is no limit.

        :param name: ``sheet_file_mb`` or ``sheet_scan_mb``, set under Limits
        """
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(f"emulation.{name}") or 0)

    def _get_book_rows(self):
        """Return the rows of this sheet in a workbook: criteria, then the remark."""
        self.ensure_one()
        about = self._describe_dossier()
        title = (about["code"], about["name"])
        rows = []
        for line in self.line_ids:
            criterion = line.criterion_id
            texts = (*title, criterion.name, criterion._get_scale())
            given = line.points if line.is_scored else None
            rows.append(
                sheet_book.Row(
                    f"line/{line.id}",
                    tuple(text or "" for text in texts),
                    line.max_points,
                    given,
                    line.note or "",
                )
            )
        last = (*title, self.env._("Remarks"), "")
        key = f"remark/{self.id}"
        return [*rows, sheet_book.Row(key, last, None, None, self.remark or "")]
