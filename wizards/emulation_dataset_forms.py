from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import forms, forms_home_affairs
from ..tools.form_book import FormBook

FORMS = ("movements", "0602", "0603", "0604", "0605")
NUMBERS = {"movements": "0601"}


class EmulationDatasetExport(models.TransientModel):
    """The yearly statistics of Circular 02/2023/TT-BNV: forms 0601.N to 0605.N.

    Officers report for their own units, the offices for all of them.
    """

    _inherit = "emulation.dataset.export"

    table = fields.Selection(
        selection_add=[
            ("movements", "Form 0601.N: emulation movements"),
            ("0602", "Form 0602.N: awards of the State"),
            ("0603", "Form 0603.N: awards of ministries and provinces"),
            ("0604", "Form 0604.N: bodies working on emulation"),
            ("0605", "Form 0605.N: officials working on emulation"),
        ],
        ondelete=dict.fromkeys(FORMS, "cascade"),
    )
    is_form = fields.Boolean(
        compute="_compute_is_form", export_string_translation=False
    )
    receiver = fields.Char(
        string="Receiving agency", help="Agency that gets the form, printed in its head"
    )

    @api.depends("table")
    def _compute_is_form(self):
        for export in self:
            export.is_form = export.table in FORMS

    @api.depends("table")
    def _compute_dossier_count(self):
        counted = self.filtered(
            lambda one: one.is_form and (one.scope != "unit" or one.unit_id)
        )
        for export in counted:
            export.dossier_count = sum(len(found) for found in export._get_found())
        others = super(EmulationDatasetExport, self - counted)
        return others._compute_dossier_count()

    @api.onchange("table")
    def _onchange_table(self):
        """A form is about one year: propose this one."""
        if self.is_form and not self.year_from and not self.year_to:
            year = fields.Date.context_today(self).year
            self.year_from = self.year_to = year

    def _get_nothing_found(self):
        if not self.is_form:
            return super()._get_nothing_found()
        if self.table == "movements":
            return self.env._(
                "No movement was launched in these years. Choose other years, or enter "
                "the day of its launch on the movement."
            )
        if self.table in ("0602", "0603"):
            return self.env._(
                "No award of this form was conferred in these years. Choose other "
                "years, or say on the award in which column it is counted."
            )
        return self.env._(
            "No unit in reach works on emulation on that day. Choose it under “Works "
            "on emulation as” on the unit."
        )

    # BUSINESS

    def _get_day(self):
        """Return the day on which bodies and officials are counted.

        The last one of the year, or today while that year still runs.
        """
        today = fields.Date.context_today(self)
        return min(today, date(self.year_to, 12, 31)) if self.year_to else today

    def _get_unit_domain(self, path, in_scope):
        """Return the domain of what belongs to the units that are asked about.

        :param path: field with the path of the unit
        :param in_scope: field that says whether the unit is one of the user's
        """
        if self.scope == "unit":
            domain = Domain(path, "=like", f"{self.unit_id.parent_path or '-'}%")
        else:
            domain = Domain.TRUE
        if (
            self.scope == "own"
            or not self.env["emulation.dataset"]._counts_everything()
        ):
            domain &= Domain(in_scope, "=", True)
        return domain

    def _get_found(self):
        """Return the recordsets that the chosen form counts."""
        dataset = self.env["emulation.dataset"]
        years = (self.year_from, self.year_to)
        if self.table == "movements":
            domain = dataset._get_movement_domain(*years) & self._get_unit_domain(
                "standing_unit_id.parent_path", "standing_unit_id.in_scope"
            )
            return (self.env["emulation.movement"].search(domain),)
        if self.table in ("0602", "0603"):
            units = self._get_unit_domain("unit_path", "in_scope")
            return dataset._get_awarded(self.table, units, *years)
        units = self._get_unit_domain("parent_path", "in_scope")
        return (dataset._get_bodies(units, self._get_day()),)

    def _get_form(self, found):
        """Return the form, the rows behind it as (columns, rows), and its remarks."""
        dataset = self.env["emulation.dataset"]
        if self.table == "movements":
            form, missing = dataset._get_movement_form(*found)
            columns = dataset._get_movement_list_columns()
            rows = dataset._iterate_movements(*found)
            return form, (columns, rows), self._get_movement_remarks(missing)
        if self.table in ("0602", "0603"):
            counts = dataset._count_awarded(*found)
            form = dataset._get_award_form(self.table, counts)
            columns = dataset._get_award_list_columns()
            rows = dataset._iterate_awards(*found)
            return form, (columns, rows), self._get_award_remarks()
        (bodies,) = found
        officers = dataset._get_body_officers(bodies, self._get_day())
        form = (
            dataset._get_body_form(bodies)
            if self.table == "0604"
            else dataset._get_official_form(officers)
        )
        columns = dataset._get_body_list_columns()
        rows = dataset._iterate_bodies(bodies, officers)
        return form, (columns, rows), self._get_body_remarks()

    def _fill(self, target):
        if not self.is_form:
            return super()._fill(target)
        form, (columns, rows), remarks = self._get_form(self._get_found())
        if self.file_type != "xlsx":
            return self._fill_plain(target, form)
        book = FormBook(target)
        book.add_form(form, self._get_told())
        add = book.add_sheet(self.env._("What was counted"), columns)
        for row in rows:
            add(row)
        notes = [(self.env._("Notes"), "text", 34), ("", "text", 90)]
        add = book.add_sheet(self.env._("Notes"), notes)
        for line in (*self._get_form_notes(), *remarks):
            add(line)
        book.close()

    def _fill_plain(self, target, form):
        sink = self._get_sink(target)
        columns = [(one, "text", 12) for one in forms.headings(form)]
        add = sink.add_sheet(form.number, columns)
        for label, *cells in forms.grid(form):
            # a dash at the front would be taken for a formula
            add([label.lstrip(" -+"), *cells])
        sink.close()

    def _get_told(self):
        """Return what stands around the table, in Vietnamese as the circular has it."""
        units = self.unit_id if self.scope == "unit" else self.env["emulation.unit"]
        units = units or self.env.user.emulation_unit_ids
        first, last = self.year_from, self.year_to
        if self.table in ("0604", "0605"):
            period = f"Tại thời điểm ngày {self._get_day():%d/%m/%Y}"
        elif first and first == last:
            period = f"Năm {first}"
        else:
            period = f"Từ năm {first or '…'} đến năm {last or '…'}"
        return {
            "issued": forms_home_affairs.ISSUED,
            "due": forms_home_affairs.DUE,
            "reporter": ", ".join(units.mapped("name")) or self.env.company.name,
            "receiver": self.receiver or "",
            "period": period,
            "check": self.env._("Not counted in any line of (0 where the sums agree):"),
        }

    def _get_form_notes(self):
        """Return what the file is, as pairs."""
        told = self._get_told()
        scopes = dict(self._fields["scope"]._description_selection(self.env))
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return [
            (self.env._("Scope"), f"{scopes[self.scope]}: {told['reporter']}"),
            (self.env._("Years"), told["period"]),
            (self.env._("Exported by"), self.env.user.name),
            (self.env._("Exported at"), now.strftime("%d/%m/%Y %H:%M")),
            (
                self.env._("The form"),
                self.env._(
                    "In the shape of the circular. Compare it with the text in force "
                    "before it is signed."
                ),
            ),
        ]

    def _get_movement_remarks(self, missing):
        """Return what could not be counted, and why, as pairs."""
        told = {
            "level": self.env._("Movements without a level, not in the form at all"),
            "scope": self.env._("Movements without a scope"),
            "way": self.env._("Movements not said to be thematic or regular"),
            "end": self.env._("Movements without an end, in no line of duration"),
        }
        return [(told[name], number) for name, number in missing.items() if number]

    def _get_award_remarks(self):
        """Return what is left to be filled in by hand, as pairs."""
        by_hand = self.env._("To be filled in by hand")
        remarks = [
            (
                by_hand,
                self.env._(
                    "The lines by rank of individuals (leaders, entrepreneurs, "
                    "workers): the program does not hold their rank on that day."
                ),
            ),
            (
                self.env._("Earlier awards"),
                self.env._(
                    "Only verified ones. How they were commended is not on record: "
                    "they are in no line of that division."
                ),
            ),
        ]
        if self.table == "0602":
            remarks.append(
                (
                    by_hand,
                    self.env._(
                        "The lines by who put the proposal to the Prime Minister."
                    ),
                )
            )
        unsaid = self.env["emulation.award"].search([("statistic_column", "=", False)])
        if unsaid:
            names = "; ".join(dict.fromkeys(unsaid.mapped("display_name")))
            remarks.append((self.env._("Awards without a column"), names))
        return remarks

    def _get_body_remarks(self):
        """Return what is left to be filled in by hand, as pairs."""
        if self.table == "0604":
            return []
        return [
            (
                self.env._("To be filled in by hand"),
                self.env._(
                    "The program counts by body and role. Sex, age, training and grade "
                    "of officials are not held: add the circular's own lines and codes."
                ),
            )
        ]

    def _check_choices(self):
        if self.is_form and self.year_to and not 1900 <= self.year_to <= 9999:
            raise UserError(self.env._("Enter the year with four digits."))
        return super()._check_choices()

    def _get_file_name(self):
        name = super()._get_file_name()
        if not self.is_form:
            return name
        number = NUMBERS.get(self.table, self.table)
        return name.replace("sang-kien", f"bieu-{number}N")
