import tempfile

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.sheets import SHEET_ROWS, CsvFile, Workbook


class EmulationDatasetExport(models.TransientModel):
    """Ask for a data set: whose dossiers, which years, which results (R32, R62)."""

    _name = "emulation.dataset.export"
    _description = "Export a Data Set"

    scope = fields.Selection(
        [
            ("own", "My units with all below"),
            ("unit", "One unit with all below"),
            ("all", "Everything I may read"),
        ],
        required=True,
        default=lambda self: self._default_scope(),
    )
    unit_id = fields.Many2one("emulation.unit", ondelete="cascade")
    year_from = fields.Integer(
        string="From year", help="Year of the round; empty for the first there is"
    )
    year_to = fields.Integer(string="To year", help="Empty for the last there is")
    content = fields.Selection(
        [
            ("recognised", "Recognised"),
            ("decided", "Recognised or not"),
            ("handed_in", "Handed in, whatever became of it"),
            ("all", "All, drafts and withdrawn ones too"),
        ],
        string="Dossiers",
        required=True,
        default="recognised",
    )
    applied_year = fields.Integer(
        string="Applied in the year",
        help="Only what was in use in this year: first applied in it or before, or "
        "used by a unit that says so; empty for all",
    )
    file_type = fields.Selection(
        [
            ("xlsx", "Excel workbook (.xlsx)"),
            ("csv_semicolon", "CSV with semicolons (Vietnamese Excel)"),
            ("csv_comma", "CSV with commas"),
        ],
        string="File",
        required=True,
        default="xlsx",
    )
    dossier_count = fields.Integer(
        string="Dossiers found", compute="_compute_dossier_count"
    )

    @api.model
    def _default_scope(self):
        """Propose what is the user's work: the whole jurisdiction, or own units."""
        user = self.env.user
        office = user.has_group("emulation.group_emulation_movement")
        return "own" if user.emulation_unit_ids and not office else "all"

    @api.depends("scope", "unit_id", "year_from", "year_to", "content", "applied_year")
    @api.depends_context("uid")
    def _compute_dossier_count(self):
        for export in self:
            ready = export.scope != "unit" or export.unit_id
            export.dossier_count = ready and self.env[
                "emulation.initiative"
            ].search_count(export._get_domain())

    # ACTIONS

    def action_export(self):
        """Download the data set.

        :raises UserError: where nothing is found, or a choice is missing
        """
        self.ensure_one()
        self._check_choices()
        return {
            "type": "ir.actions.act_url",
            "url": f"/emulation/dataset/{self.id}",
            "target": "download",
        }

    # BUSINESS

    def _check_choices(self):
        """Raise unless this is the user's own question and has an answer."""
        self.ensure_one()
        if self.create_uid != self.env.user:
            raise AccessError(
                self.env._("This data set was asked for by another user.")
            )
        self.env["emulation.initiative"].check_access("read")
        if self.scope == "unit" and not self.unit_id:
            raise UserError(
                self.env._("Choose the unit whose dossiers you want, or another scope.")
            )
        if self.year_from and self.year_to and self.year_from > self.year_to:
            raise UserError(
                self.env._(
                    "The years run from %(first)s to %(last)s. Exchange them.",
                    first=self.year_from,
                    last=self.year_to,
                )
            )
        if not self.dossier_count:
            raise UserError(self._get_nothing_found())
        if self.file_type == "xlsx" and self.dossier_count >= SHEET_ROWS:
            raise UserError(
                self.env._(
                    "%(count)s dossiers are more than a sheet holds. Choose CSV, or "
                    "fewer years.",
                    count=self.dossier_count,
                )
            )

    def _get_nothing_found(self):
        """Return what to say when nothing answers the question."""
        return self.env._(
            "No dossier that you may read answers this question. Choose other "
            "years, another scope, or other dossiers."
        )

    def _get_domain(self):
        """Return the domain of the choice; the user's rules apply besides."""
        self.ensure_one()
        domain = Domain.TRUE
        if self.scope == "own":
            domain &= Domain("in_scope", "=", True)
        elif self.scope == "unit":
            path = self.unit_id.parent_path or "-"
            domain &= Domain("unit_path", "=like", f"{path}%")
        if self.year_from:
            domain &= Domain("year", ">=", self.year_from)
        if self.year_to:
            domain &= Domain("year", "<=", self.year_to)
        domain &= self._get_content_domain()
        if self.applied_year:
            domain &= self._get_applied_domain(self.applied_year)
        return domain

    def _get_content_domain(self):
        """Return the domain of the results that are asked for; none while none is."""
        domains = {
            "recognised": Domain("state", "=", "recognised"),
            "decided": Domain("state", "in", ("recognised", "not_recognised")),
            "handed_in": Domain("state", "not in", ("draft", "withdrawn")),
            "all": Domain.TRUE,
        }
        return domains.get(self.content, Domain.FALSE)

    @api.model
    def _get_applied_domain(self, year):
        """Return the domain of what was in use in ``year``.

        By what the dossiers say, which know no end, or by a use that a unit claims.
        """
        first, last = f"{year}-01-01", f"{year}-12-31"
        used = (
            Domain("state", "in", ("claimed", "verified"))
            & Domain("date_start", "<=", last)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", first))
        )
        return Domain("date_applied", "<=", last) | Domain("adoption_ids", "any", used)

    def _write_file(self):
        """Return an open temporary file with the data set, at its beginning.

        Bounded memory: rows go to disk as they are read, authors are counted.
        """
        self._check_choices()
        target = tempfile.TemporaryFile()
        try:
            self._fill(target)
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return target

    def _fill(self, target):
        dataset = self.env["emulation.dataset"]
        domain = self._get_domain()
        columns = dataset._get_columns(domain)
        sink = self._get_sink(target)
        add = sink.add_sheet(self.env._("Data"), [one[:3] for one in columns])
        people, count = {}, 0
        for initiative, row in dataset._iterate(domain, columns):
            add(row)
            count += 1
            dataset._count_people(initiative, people)
        if self.file_type == "xlsx":
            self._add_more_sheets(sink, people, count)
        sink.close()

    def _get_sink(self, target):
        """Return what writes rows to ``target`` in the chosen kind of file."""
        if self.file_type == "xlsx":
            return Workbook(target)
        return CsvFile(target, ";" if self.file_type == "csv_semicolon" else ",")

    def _add_more_sheets(self, book, people, count):
        """Add the authors, each once, and what the numbers mean."""
        dataset = self.env["emulation.dataset"]
        add = book.add_sheet(self.env._("Authors"), dataset._get_people_columns())
        persons = 0
        for row in dataset._iterate_people(people):
            add(row)
            persons += 1
        self._add_notes(book, count, persons)

    def _add_notes(self, book, count, persons):
        """Add the sheet that says what the file is."""
        notes = [(self.env._("Notes"), "text", 34), ("", "text", 90)]
        add = book.add_sheet(self.env._("Notes"), notes)
        for line in self._get_notes(count, persons):
            add(line)

    def _get_notes(self, count, persons):
        """Return what the sheet of notes says, as pairs."""
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("scope", "content")
        }
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        units = self.unit_id if self.scope == "unit" else self.env["emulation.unit"]
        if self.scope == "own":
            units = self.env.user.emulation_unit_ids
        whose = ", ".join(units.mapped("name"))
        years = f"{self.year_from or '…'} – {self.year_to or '…'}"
        return [
            (
                self.env._("Scope"),
                ": ".join(filter(None, (labels["scope"][self.scope], whose))),
            ),
            (self.env._("Years"), years),
            (self.env._("Dossiers"), labels["content"][self.content]),
            (self.env._("Applied in the year"), self.applied_year or "–"),
            (self.env._("Number of dossiers"), count),
            (self.env._("Number of authors"), persons),
            (self.env._("Exported by"), self.env.user.name),
            (self.env._("Exported at"), now.strftime("%d/%m/%Y %H:%M")),
            *self._get_meanings(),
        ]

    @api.model
    def _get_meanings(self):
        """Return what the numbers mean, as pairs."""
        return [
            (
                self.env._("Rights"),
                self.env._(
                    "Only what this user may read at that hour; nobody else's file."
                ),
            ),
            (
                self.env._("Results"),
                self.env._(
                    "Published results alone, one column for each level that decided."
                ),
            ),
            (
                self.env._("As listed"),
                self.env._(
                    "Taken from imported lists of past years, without examination or "
                    "score in this system."
                ),
            ),
            (
                self.env._("Authors"),
                self.env._(
                    "The sheet of authors counts every person once: contacts with the "
                    "same name and birth date, e-mail or telephone are one person."
                ),
            ),
            (
                self.env._("Claimed benefit"),
                self.env._("Money in one year of application as the authors state it."),
            ),
        ]

    def _get_file_name(self):
        """Return the name of the file, without blanks and signs."""
        ending = "xlsx" if self.file_type == "xlsx" else "csv"
        day = fields.Date.context_today(self)
        return f"sang-kien-{day:%Y%m%d}.{ending}"
