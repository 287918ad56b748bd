from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..tools.text import clean, clean_lines, fold
from .emulation_initiative import TITLE_LENGTH

# Columns by which a file is one of ours; a list of past years has the first
PAST_COLUMN = "past_year"
NEEDED = {"name", "author_text", "unit_id"}
LINKED = ("kind_id", "field_id", "theme_id")
# Columns of text taken as they are, lines and all
TEXTS = (
    "keywords", "problem", "solution", "novelty", "applicability", "benefit",
    "past_grade", "past_decision_number",
)  # fmt: skip


class EmulationInitiative(models.Model):
    """Dossiers come in from a file: lists of past years, and drafts for a round.

    A list (with a year) brings entries that have ended, the other file (with a round)
    drafts that are still to be completed. The same file again changes nothing: an
    entry is known by its unit, year and title.
    """

    _name = "emulation.initiative"
    _inherit = ["emulation.initiative", "emulation.import.mixin"]

    # Amounts are read here, with the row's number in the message
    _import_numbers_as_text = True

    @api.model
    def get_import_templates(self):
        """Offer the templates for lists and for drafts, headers in the user's words."""
        return [
            *self._get_import_files(
                self.env._("Import template for lists of past years"), "lists"
            ),
            *self._get_import_files(
                self.env._("Import template for drafts of a round"), "dossiers"
            ),
        ]

    @api.model
    def load(self, fields, data):
        """Import dossiers from a list of past years or as drafts for a round.

        Extends the ORM's ``load`` (same shapes). Every row is understood first; faulty
        ones refuse the file before anything is written, each with its title and the
        remedy. The answer carries ``emulation_notice``, what was or would be entered.
        """
        ours = {"author_text", PAST_COLUMN} & set(fields)
        if not ours or {"id", ".id"} & set(fields):
            return super().load(fields, data)
        if missing := NEEDED - set(fields):
            return self._import_refuse_all(self._import_columns_error(missing))
        rows = self._import_rows(fields, data)
        job = self._import_start(rows, PAST_COLUMN in fields)
        for index, row in enumerate(rows):
            fault = self._import_understand(index, row, job)
            if fault:
                job["faults"].append((index, *fault))
        if not job["faults"]:
            self._import_find_known(job)
            self._import_find_authors(job)
        if job["faults"]:
            return self._import_refuse(job["faults"])
        return self._import_enter(job)

    @api.model
    def _import_rows(self, fields, data):
        """Keep the lines of an authors' cell and of long texts."""
        rows = super()._import_rows(fields, data)
        for row, line in zip(rows, data, strict=True):
            for name, value in zip(fields, line, strict=False):
                if name in ("author_text", *TEXTS):
                    row[name] = clean_lines(value)
        return rows

    @api.model
    def _import_start(self, rows, is_past):
        """Return what is known of the whole file, found in a few questions."""
        texts = {row.get("unit_id") for row in rows if row.get("unit_id")}
        return {
            "is_past": is_past,
            "office": self.env.user.has_group("emulation.group_emulation_movement"),
            "units": self._import_units(texts),
            "rounds": self._import_rounds(rows, is_past),
            "today": fields.Date.context_today(self),
            "matches": {}, "seen": {}, "faults": [], "entries": [],
            "archives": {}, "notes": [],
        }  # fmt: skip

    @api.model
    def _import_units(self, texts):
        """Return the units that cells name, by text: by code, else by exact name."""
        Unit = self.env["emulation.unit"]
        by_code = Unit._import_known(texts)
        known = {code.lower(): id_ for code, id_ in by_code.items()}
        found = {
            text: Unit.browse(known[text.lower()])
            for text in texts
            if text.lower() in known
        }
        rest = texts - found.keys()
        named = Unit.search(
            [("name", "in", list(rest)), ("company_id", "=", self.env.company.id)]
        )
        by_name = named.grouped("name")
        for text in rest:
            units = by_name.get(text, Unit)
            living = units.filtered(lambda one: not one.date_end)
            found[text] = living if len(living) == 1 else units
        return found

    @api.model
    def _import_rounds(self, rows, is_past):
        """Return the rounds that the rows may lie in."""
        domain = [("company_id", "=", self.env.company.id)]
        if is_past:
            years = {year for row in rows if (year := self._import_year(row))}
            domain += [("year", "in", list(years)), ("state", "in", ("closed", "done"))]
        else:
            domain += [("state", "=", "open")]
        rounds = self.env["emulation.round"].search(domain)
        rounds.unit_id.parent_id.fetch(["parent_path"])
        return rounds

    @api.model
    def _import_year(self, row):
        text = str(row.get(PAST_COLUMN) or "").removesuffix(".0")
        return int(text) if text.isdecimal() and 1945 <= int(text) <= 2200 else None

    # ONE ROW

    def _import_understand(self, index, row, job):
        """Enter what a row says in ``job``; return (column, message) of a fault."""
        title = clean(row["name"])
        who = title or self.env._("row %(row)d", row=self._import_row_number(index))
        entry = {"index": index, "row": row, "values": {"name": title}, "title": who}
        for read in (
            self._import_title_fault,
            self._import_unit_fault,
            self._import_past_fault if job["is_past"] else self._import_draft_fault,
            self._import_links_fault,
            self._import_cells_fault,
            self._import_authors_fault,
            self._import_twice_fault,
        ):
            fault = read(entry, job)
            if fault:
                return fault
        job["entries"].append(entry)
        return None

    def _import_title_fault(self, entry, job):
        title = entry["values"]["name"]
        if not title:
            return "name", self.env._(
                "%(row)s has no title. Enter it, or delete the row.", row=entry["title"]
            )
        entry["title"] = title if len(title) <= 80 else f"{title[:80]}…"
        if len(title) > TITLE_LENGTH:
            try:
                self.new({"name": title})._check_name()
            except (UserError, ValidationError) as error:
                return "name", str(error)
        return None

    def _import_unit_fault(self, entry, job):
        text = clean(entry["row"].get("unit_id"))
        units = job["units"].get(text, self.env["emulation.unit"]) if text else None
        values = {"title": entry["title"], "unit": text}
        if not text:
            return "unit_id", self.env._(
                "“%(title)s” has no unit. Enter the code of the unit of its authors.",
                **values,
            )
        if not units:
            return "unit_id", self.env._(
                "“%(title)s”: the unit “%(unit)s” is not known. Enter its code or its "
                "exact name, or import the units first.",
                **values,
            )
        if len(units) > 1:
            return "unit_id", self.env._(
                "“%(title)s”: %(count)d units are called “%(unit)s”. Enter the code of "
                "the right one.",
                count=len(units),
                **values,
            )
        values["unit"] = units.name
        paths = tuple(self.env.user._emulation_scope_paths())
        mine = bool(paths) and (units.parent_path or "").startswith(paths)
        if not job["office"] and not mine:
            return "unit_id", self.env._(
                "“%(title)s”: you do not act for “%(unit)s”. Take the row out, or ask "
                "the movement office to import it.",
                **values,
            )
        entry["values"]["unit_id"] = units.id
        entry["unit"] = units
        return None

    def _import_links_fault(self, entry, job):
        row, values = entry["row"], entry["values"]
        for field in LINKED:
            text = clean(row.get(field))
            if not text and field == "theme_id" and entry["unit"].theme_id:
                continue
            found = text and self._import_matches(field, text, job["matches"])
            if text and len(found) != 1:
                choices = self.env[self._fields[field].comodel_name].search(
                    [], limit=30
                )
                return field, self.env._(
                    "“%(title)s”: “%(value)s” is not known as “%(field)s”. Use one of: "
                    "%(choices)s.",
                    title=entry["title"],
                    value=text,
                    field=self._import_label(field),
                    choices=", ".join(choices.mapped("name")),
                )
            if not text:
                return field, self.env._(
                    "“%(title)s” needs a value in the column “%(field)s”.",
                    title=entry["title"],
                    field=self._import_label(field),
                )
            values[field] = found[0]
        return None

    def _import_twice_fault(self, entry, job):
        """Refuse a title that stands in the file twice for one unit and year."""
        values = entry["values"]
        entry["key"] = (values["unit_id"], entry["year"], fold(values["name"]))
        first = job["seen"].setdefault(entry["key"], entry["index"])
        if first != entry["index"]:
            return "name", self.env._(
                "“%(title)s” stands in row %(row)d of the file already, with the same "
                "unit and year. Keep one of the two rows.",
                title=entry["title"],
                row=self._import_row_number(first),
            )
        return None

    # THE WHOLE FILE

    @api.model
    def _import_find_known(self, job):
        """Mark the entries that are known: same unit, year and title."""
        entries = job["entries"]
        stored = self.with_context(active_test=False).search_fetch(
            [
                ("unit_id", "in", list({one["values"]["unit_id"] for one in entries})),
                ("year", "in", list({one["year"] for one in entries})),
                ("state", "!=", "withdrawn"),
            ],
            ["name", "unit_id", "year", "is_past", "state"],
        )
        known = {}
        for initiative in stored.sorted("is_past"):
            key = (initiative.unit_id.id, initiative.year, fold(initiative.name))
            known[key] = initiative
        for entry in entries:
            entry["known"] = known.get(entry["key"], self.browse())
        if job["is_past"]:
            self._import_compare_known(job)

    @api.model
    def _import_enter(self, job):
        """Write what the file says, all or nothing, and answer as ``load`` does."""
        try:
            with self.env.cr.savepoint():
                ids = self._import_write(job)
        except (UserError, ValidationError) as error:
            return self._import_refuse_all(str(error))
        return {
            "ids": ids,
            "messages": [],
            "nextrow": 0,
            "emulation_notice": self._import_notice(job),
        }

    @api.model
    def _import_refuse_all(self, message):
        """Return the answer of ``load`` where no single row is to blame."""
        return {
            "ids": False,
            "messages": [{"type": "error", "message": message}],
            "nextrow": 0,
        }

    @api.model
    def _import_columns_error(self, missing):
        return self.env._(
            "The file has no column for: %(columns)s. Choose these fields above the "
            "columns of the file, or take the headers of the template.",
            columns=", ".join(sorted(map(self._import_label, missing))),
        )

    @api.model
    def _import_write(self, job):
        """Create people, rounds and dossiers; return the ids in the file's order."""
        self._import_create_people(job)
        new = [entry for entry in job["entries"] if not entry["known"]]
        if job["is_past"]:
            self._import_create_archives(job, new)
        for entry in new:
            entry["values"]["author_ids"] = [
                Command.create(
                    {
                        "partner_id": person["partner"].id,
                        "share": float(person["author"].share),
                        "sequence": 10 * number,
                        **self._import_author_values(person["author"], job),
                    }
                )
                for number, person in enumerate(entry["people"], 1)
            ]
        values = [entry["values"] for entry in new]
        if job["is_past"]:
            created = self._create_past(values)
            for entry in job["entries"]:
                if entry["known"] and entry.get("changes"):
                    entry["known"]._correct_past(entry["changes"])
        else:
            quietly = self.with_context(tracking_disable=True, mail_create_nolog=True)
            created = quietly.create(values)
        for entry, initiative in zip(new, created, strict=True):
            entry["known"] = initiative
            entry["is_new"] = True
        self.env.flush_all()
        return [entry["known"].id for entry in job["entries"]]

    @api.model
    def _import_author_values(self, author, job):
        """Return what a line of authors says beside the person and the share."""
        values = {}
        if job["is_past"]:
            # signed on the paper of that year
            values["is_confirmed"] = True
        if author.representative:
            values["contribution"] = self.env._(
                "Represented by %(person)s", person=author.representative
            )
        return values
