import base64
import io

import openpyxl

from odoo.fields import Command

from .common_appraisal import AppraisalCommon
from .common_files import PDF


class SheetRecords(AppraisalCommon):
    """Sheets on paper, samples and workbooks, for the permission matrix.

    The roles “user” and “officer” are the clerks of the session on paper.
    """

    @classmethod
    def _add_sheets(cls):
        cls._add_paper()
        cls._add_samples()
        cls._add_files()

    @classmethod
    def _open_for(cls, **vals):
        """Open a session on one dossier, with sheets that nobody has filled in."""
        session = cls._plan_session(cls._eligible("own"))
        session.write(vals)
        session.action_open()
        return session.sudo()

    @classmethod
    def _add_paper(cls):
        clerks = cls.people["user"] | cls.people["officer"]
        cls.paper_session = cls._open_for(
            sheet_medium="paper", clerk_ids=[Command.set(clerks.ids)]
        )
        kept = cls.paper_session.with_user(cls.secretary_user)
        cls.paper_sheet = kept._get_printable_sheets()[0]
        entries = cls.env["emulation.scoresheet.entry"].with_user(cls.people["user"])
        entry = entries._begin(cls.paper_sheet.paper_code)
        cls._add(entries._name, entry)
        cls._add(f"{entries._name}.line", entry.line_ids)
        scans = cls.env["emulation.scoresheet.scan"]
        cls._add(
            scans._name,
            scans.create(
                {
                    "sheet_id": cls.paper_sheet.id,
                    "name": "phieu.pdf",
                    "file": base64.b64encode(PDF),
                }
            ),
        )

    @classmethod
    def _add_samples(cls):
        decided = cls.records["emulation.initiative/published"]["own"]
        cls.sample_session = cls._open_for(
            anchor_ids=[Command.create({"initiative_id": decided.id})]
        )
        anchor = cls.sample_session.anchor_ids
        sheet = anchor.sheet_ids.filtered(lambda one: one.user_id == cls.member1_user)
        cls._add(anchor._name, anchor)
        cls._add(sheet._name, sheet)
        cls._add(f"{sheet._name}.line", sheet.line_ids)

    @classmethod
    def _add_files(cls):
        cls.screen_session = cls._open_for()
        files = cls.env["emulation.scoresheet.file"].with_user(cls.member1_user)
        taken = cls.screen_session.with_user(cls.member1_user)
        file, content = files._prepare(taken)
        cls._add(files._name, file)
        book = openpyxl.load_workbook(io.BytesIO(content))
        book.active["F5"] = 1
        target = io.BytesIO()
        book.save(target)
        cls.sheet_book = target.getvalue()

    # WHAT ITS METHODS NEED

    @classmethod
    def _get_sheet_dialogs(cls):
        upload = {
            "session_id": cls.screen_session.id,
            "file": base64.b64encode(cls.sheet_book),
            "file_name": "phieu.xlsx",
        }
        return {
            "emulation.scoresheet.begin": {"code": cls.paper_sheet.paper_code},
            "emulation.scoresheet.scan.add": {
                "entry_id": cls.records["emulation.scoresheet.entry"]["own"].id,
                "file": base64.b64encode(PDF),
                "file_name": "phieu.pdf",
            },
            "emulation.scoresheet.upload": upload,
        }

    def _ready_emulation_scoresheet_entry_action_confirm(self, entry):
        entry.line_ids.points = 1
        return entry

    def _ready_emulation_scoresheet_entry_action_take_back(self, entry):
        entry.line_ids.points = 1
        entry.state = "confirmed"
        return entry

    def _ready_emulation_scoresheet_entry_action_reopen(self, entry):
        self._ready_emulation_scoresheet_entry_action_take_back(entry)
        entry.state = "agreed"
        return entry

    def _ready_emulation_anchor_sheet_action_submit(self, sheet):
        sheet.line_ids.points = 1
        return sheet

    def _ready_emulation_anchor_sheet_action_reopen(self, sheet):
        sheet.line_ids.points = 1
        sheet.state = "submitted"
        return sheet

    def _ready_emulation_session_action_end_calibration(self, _session):
        sheets = self.sample_session.anchor_ids.sheet_ids
        sheets.line_ids.points = 1
        sheets.state = "submitted"
        return self.sample_session

    def _ready_emulation_session_action_view_samples(self, _session):
        return self.sample_session

    def _ready_emulation_session_action_download_sheets(self, _session):
        return self.screen_session

    def _ready_emulation_session_action_upload_sheets(self, _session):
        return self.screen_session

    def _ready_emulation_session_action_print_sheets(self, _session):
        return self.paper_session

    def _ready_emulation_session_action_print_lists(self, _session):
        return self.paper_session
