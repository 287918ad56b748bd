import json
import tempfile

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.sheets import Workbook

#: The tables of a session, by the names of their addresses
RESULT_TABLES = ("results.xlsx", "justification.xlsx", "calculation.json")


class EmulationSession(models.Model):
    """The results of a session as tables: on paper, in Excel, and to be computed again.

    Everything is read with the rights of the user who asks: before publication the
    secretariat, afterwards whoever may read the results. No table names who gave what.
    """

    _inherit = "emulation.session"

    has_results = fields.Boolean(
        compute="_compute_has_results", help="The current user may read its results"
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_has_results(self):
        groups = self.env["emulation.verdict"]
        readable = {}
        if groups.has_access("read"):
            readable = groups._read_group(
                [("session_id", "in", self.ids), ("active", "=", True)],
                ["session_id"],
            )
        sessions = {session.id for (session,) in readable}
        for session in self:
            session.has_results = session.id in sessions

    # ACTIONS

    def action_export_results(self):
        """Download the summary table (xlsx).

        :raises UserError: where there is no result that the user may read
        """
        return self._download("results.xlsx")

    def action_export_justification(self):
        """Download how each result came about: sheets, steps, law (xlsx)."""
        return self._download("justification.xlsx")

    def action_export_calculation(self):
        """Download the calculations in the form that computes them again (json)."""
        return self._download("calculation.json")

    def _download(self, part):
        self.ensure_one()
        self._get_results()
        return {
            "type": "ir.actions.act_url",
            "url": f"/emulation/session/{self.id}/{part}",
            "target": "download",
        }

    # BUSINESS

    def _get_results(self):
        """Return the results of the session that the user may read, by rank.

        :raises UserError: where there is none
        """
        self.ensure_one()
        results = self.env["emulation.verdict"].search(
            [("session_id", "=", self.id), ("active", "=", True)], order="rank, id"
        )
        if not results:
            raise UserError(
                self.env._(
                    "“%(session)s” has no results that you may read. Its secretariat "
                    "reads them once it is closed, others once they are published.",
                    session=self.name,
                )
            )
        return results

    def _write_results(self, part):
        """Return an open temporary file with one of the tables, at its beginning.

        :param part: one of ``RESULT_TABLES``
        :raises UserError: where the user may read no result of the session
        """
        results = self._get_results()
        target = tempfile.TemporaryFile()
        if part == "calculation.json":
            target.write(self._as_calculations(results).encode())
        else:
            self._fill_book(Workbook(target), part, results)
        target.seek(0)
        return target

    def _fill_book(self, book, part, results):
        self._add_result_sheet(book, results)
        if part == "justification.xlsx":
            self._add_points_sheet(book, results)
            self._add_steps_sheet(book, results)
            self._add_law_sheet(book, results)
        book.close()

    def _add_result_sheet(self, book, results):
        columns = self._get_result_columns()
        add = book.add_sheet(self.env._("Results"), [column[:3] for column in columns])
        for verdict in results:
            add([read(verdict) for *_head, read in columns])

    @api.model
    def _get_result_columns(self):
        """Return the columns of the summary as (header, kind, width, reader)."""

        return [
            (self.env._("Rank"), "plain", 6, lambda one: one.rank or None),
            (self.env._("Code"), "text", 14, lambda one: one.initiative_id.code),
            (self.env._("Title"), "text", 46, lambda one: one.initiative_id.name),
            (
                self.env._("Authors"),
                "text",
                30,
                lambda one: one.initiative_id.author_names,
            ),
            (self.env._("Unit"), "text", 28, lambda one: one.unit_name_then),
            (self.env._("Field"), "text", 22, lambda one: one.field_id.name),
            (self.env._("Sheets"), "plain", 8, lambda one: one._count_sheets()[0]),
            (self.env._("Left out"), "plain", 8, lambda one: len(one._get_left_out())),
            (
                self.env._("Score"),
                "points",
                8,
                lambda one: None if one.is_disposed else one.score,
            ),
            (
                self.env._("If all were equally harsh"),
                "points",
                11,
                lambda one: one.normal_score if one.normal_sheets else None,
            ),
            (self.env._("Grade"), "text", 14, lambda one: one.grade_id.name),
            (self.env._("Result"), "text", 18, lambda one: one._show_outcome()),
            (self.env._("Reason"), "text", 24, lambda one: one.outcome_reason),
            (self.env._("Ballot"), "text", 24, lambda one: one.ballot_text),
            (
                self.env._("Zone of doubt"),
                "text",
                10,
                lambda one: one.is_doubtful and self.env._("Yes"),
            ),
            (self.env._("Tie decided by"), "text", 20, lambda one: one.tie_note),
        ]

    def _add_points_sheet(self, book, results):
        """Add a line per sheet and criterion; sheets go by number, not by name."""

        add = book.add_sheet(
            self.env._("Sheets"),
            [
                (self.env._("Code"), "text", 14),
                (self.env._("Sheet"), "plain", 7),
                (self.env._("Criterion"), "text", 12),
                (self.env._("Name of the criterion"), "text", 40),
                (self.env._("Most points"), "points", 9),
                (self.env._("Points"), "points", 9),
                (self.env._("Total"), "points", 9),
                (self.env._("Does not count because"), "text", 26),
            ],
        )
        for verdict in results:
            criteria = verdict._get_sheet_criteria()
            left_out = verdict._get_left_out()
            sheets = verdict._get_step("sheets").get("sheets", ())
            for sheet in sheets if verdict._shows_sheets() else ():
                for code, name, most in criteria:
                    add(
                        [
                            verdict.initiative_id.code,
                            sheet["key"],
                            code,
                            name,
                            float(most),
                            float(verdict._exact(sheet["points"][code])),
                            float(verdict._exact(sheet["total"])),
                            left_out.get(sheet["key"]),
                        ]
                    )

    def _add_steps_sheet(self, book, results):
        """Add the steps of each calculation in words, and the code that checks it."""

        add = book.add_sheet(
            self.env._("How it was computed"),
            [
                (self.env._("Code"), "text", 14),
                (self.env._("Title"), "text", 46),
                (self.env._("Step"), "plain", 6),
                (self.env._("What was done"), "text", 90),
                (self.env._("Check code"), "text", 20),
            ],
        )
        for verdict in results:
            dossier = verdict.initiative_id
            lines = verdict._explain_steps(verdict._get_shown_steps())
            for number, line in enumerate(lines, start=1):
                code = number == 1 and verdict._get_shown_code()
                add([dossier.code, dossier.name, number, line, code])

    def _add_law_sheet(self, book, results):
        """Add the law that the results rest on, and its texts."""

        add = book.add_sheet(
            self.env._("Law"),
            [
                (self.env._("Code"), "text", 14),
                (self.env._("Law applied to the dossier"), "text", 90),
            ],
        )
        for verdict in results:
            for law in verdict._get_laws():
                add([verdict.initiative_id.code, law])

    @api.model
    def _as_calculations(self, results):
        """Return the steps of all results as JSON text.

        What the reader sees in full, ``tools.scoring.replay`` computes again.
        """
        return json.dumps(
            [
                {
                    "code": verdict.initiative_id.code,
                    "check_code": verdict._get_shown_code(),
                    "steps": verdict._get_shown_steps(),
                }
                for verdict in results
            ],
            ensure_ascii=False,
            indent=1,
        )

    def _get_results_name(self, part):
        """Return a name for a file with one of the tables, e.g. “Phiên 1 - …”."""
        titles = {
            "results.xlsx": self.env._("results"),
            "justification.xlsx": self.env._("justification"),
            "calculation.json": self.env._("calculation"),
        }
        return f"{self.name} - {titles[part]}.{part.rpartition('.')[2]}"
