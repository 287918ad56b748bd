import base64

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import human_size


class EmulationScoresheetUpload(models.TransientModel):
    """Take a workbook of score sheets back: first look, then enter all or nothing."""

    _name = "emulation.scoresheet.upload"
    _description = "Upload Score Sheets"

    session_id = fields.Many2one("emulation.session", required=True, readonly=True)
    file = fields.Binary(string="Filled in workbook", attachment=False)
    file_name = fields.Char()
    state = fields.Selection(
        [("choose", "Choose the file"), ("look", "Look at the differences")],
        default="choose",
        readonly=True,
    )
    fault_text = fields.Text(string="To correct in the file", readonly=True)
    line_ids = fields.One2many(
        "emulation.scoresheet.upload.line", "upload_id", string="Differences"
    )
    line_count = fields.Integer(string="Entries", readonly=True)

    # ACTIONS

    def action_look(self):
        """Compare the file with what is on the server; nothing is entered yet.

        :raises UserError: when the file is not one the user may hand back now
        """
        self.ensure_one()
        content = self._get_content()
        file = self.env["emulation.scoresheet.file"]._find(content, self.session_id)
        faults, lines = self._compare(file, file._read(content))
        self.write(
            {
                "state": "look",
                "fault_text": "\n".join(faults),
                "line_count": len(lines),
                "line_ids": [Command.clear(), *map(Command.create, lines)],
            }
        )
        return self._reopen()

    def action_apply(self):
        """Enter all differences that were looked at, or none of them.

        :raises UserError: when the file has faults, holds nothing new, was taken in
            meanwhile, or somebody changed the same sheets since the look
        """
        self.ensure_one()
        if self.state == "choose":
            self.action_look()
        if self.fault_text or not self.line_ids:
            raise UserError(
                self.env._(
                    "There is nothing to enter. Correct what is listed in the file, or "
                    "fill in more points, and upload it again."
                )
            )
        content = self._get_content()
        file = self.env["emulation.scoresheet.file"]._find(content, self.session_id)
        # two windows with one file: the second finds it taken, or taken in
        file.sudo().lock_for_update()
        for line in self.line_ids:
            line._enter()
        file.sudo().date_applied = fields.Datetime.now()
        self.write({"file": False, "line_ids": [Command.clear()]})
        return self.session_id.action_view_sheets()

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        self.write({"state": "choose", "file": False, "fault_text": False})
        self.line_ids.unlink()
        return self._reopen()

    # BUSINESS

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Upload my score sheets"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _get_content(self):
        if not self.file:
            raise UserError(self.env._("Choose the workbook that you filled in."))
        content = base64.b64decode(self.with_context(bin_size=False).file)
        most = self.env["emulation.scoresheet"]._get_most_megabytes("sheet_file_mb")
        if most and len(content) > most * 1024 * 1024:
            raise UserError(
                self.env._(
                    "“%(file)s” has %(size)s, at most %(most)s MB are read. Upload the "
                    "file that you downloaded here.",
                    file=self.file_name or "",
                    size=human_size(len(content)),
                    most=most,
                )
            )
        return content

    def _compare(self, file, entries):
        """Return ``(faults, values of lines)`` of the entries of a file.

        An empty cell says nothing: what is on the server stays.
        """
        sheets = self.env["emulation.scoresheet"].browse(file.sudo().layout["sheets"])
        lines = {line.id: line for line in sheets.line_ids}
        faults, values = [], []
        for entry in entries:
            kind, _slash, number = entry.key.partition("/")
            if kind == "remark":
                sheet = sheets.filtered(lambda one, n=number: one.id == int(n))
                found = [("remark", sheet, sheet, entry.note)] if entry.note else []
            else:
                line = lines[int(number)]
                found = [("note", line, line.sheet_id, entry.note)]
                found = found if entry.note else []
                if entry.points is not None:
                    found.append(("points", line, line.sheet_id, entry.points))
            fault = entry.fault and self._describe_fault(entry)
            fault = fault or self._get_range_fault(entry, found)
            new = [one for one in found if self._is_new(*one)]
            closed = new and new[0][2].state != "draft"
            if fault or closed:
                faults.append(fault or self._describe_closed(entry, new[0][2]))
                continue
            values += [self._prepare_line(entry, *one) for one in new]
        return faults, values

    def _is_new(self, name, place, sheet, value):
        stands = place._read_entry(name)
        if name == "points":
            # a blank is not the same as 0 points
            return stands is False or round(stands, 2) != value
        return stands != value

    def _prepare_line(self, entry, name, place, sheet, value):
        stands = place._read_entry(name)
        line = place if name != "remark" else place.line_ids.browse()
        return {
            "sheet_id": sheet.id,
            "line_id": line.id,
            "name": name,
            "row": entry.row,
            "dossier": sheet._get_dossier_name(),
            "place": line.criterion_id.name or self.env._("Remarks"),
            "stands": "" if stands is False else str(stands),
            "value": str(value),
            "stands_shown": self._show(name, stands),
            "value_shown": self._show(name, value),
        }

    def _show(self, name, value):
        if name != "points":
            return value or "–"
        return "–" if value is False else f"{value:g}"

    def _describe_fault(self, entry):
        if entry.fault == "formula":
            return self.env._(
                "Row %(row)s: there is a formula. Enter the number itself.",
                row=entry.row,
            )
        return self.env._(
            "Row %(row)s: the points are not a number. Enter e.g. 12 or 12.5.",
            row=entry.row,
        )

    def _describe_closed(self, entry, sheet):
        return self.env._(
            "Row %(row)s: the sheet for “%(dossier)s” is handed in. Take it back first "
            "to change it.",
            row=entry.row,
            dossier=sheet._get_dossier_name(),
        )

    def _get_range_fault(self, entry, found):
        for name, place, sheet, value in found:
            if name != "points":
                continue
            if not 0 <= value <= place.max_points:
                return self.env._(
                    "Row %(row)s: “%(criterion)s” of “%(dossier)s” takes from 0 to "
                    "%(most)s points, not %(points)s.",
                    row=entry.row,
                    criterion=place.criterion_id.name,
                    dossier=sheet._get_dossier_name(),
                    most=f"{place.max_points:g}",
                    points=f"{value:g}",
                )
            if abs(round(value, 2) - value) > 1e-9:
                return self.env._(
                    "Row %(row)s: points have at most two decimals, not %(points)s.",
                    row=entry.row,
                    points=f"{value:g}",
                )
        return ""


class EmulationScoresheetUploadLine(models.TransientModel):
    """A difference between file and server, looked at before it is entered."""

    _name = "emulation.scoresheet.upload.line"
    _description = "Difference of an Uploaded Score Sheet"
    _order = "row, id"

    upload_id = fields.Many2one(
        "emulation.scoresheet.upload", required=True, index=True, ondelete="cascade"
    )
    sheet_id = fields.Many2one("emulation.scoresheet", required=True, readonly=True)
    line_id = fields.Many2one("emulation.scoresheet.line", readonly=True)
    name = fields.Char(readonly=True)
    row = fields.Integer(readonly=True)
    dossier = fields.Char(readonly=True)
    place = fields.Char(string="Criterion", readonly=True)
    stands = fields.Char(readonly=True)
    value = fields.Char(readonly=True)
    stands_shown = fields.Char(string="On the server", readonly=True)
    value_shown = fields.Char(string="In the file", readonly=True)

    def _enter(self):
        """Enter the difference as its member does on the screen.

        :raises UserError: when somebody changed the place since the look
        """
        self.ensure_one()
        value, stands = self.value, self.stands or ""
        if self.name == "points":
            value, stands = float(value), float(stands) if stands else False
        answer = self.sheet_id.enter(self.name, value, stands, self.line_id.id)
        if not answer["is_saved"]:
            raise UserError(
                self.env._(
                    "“%(dossier)s”, %(place)s: changed on the server since you looked. "
                    "Nothing was entered. Look at the differences again.",
                    dossier=self.dossier,
                    place=self.place,
                )
            )
