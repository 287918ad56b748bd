import base64

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.text import clean

# List of the dossier → its item of the legal form, and what is typed for each line
LINES = {
    "helper_ids": (
        "helpers",
        ("name", "task", "birth_date", "workplace", "job_title", "qualification"),
    ),
    "benefit_ids": ("calculation", ("name", "effect", "quantity", "measure", "price")),
}
# what is typed about an author, and about the guardian of a minor
PERSON_FIELDS = ("birth_date", "workplace", "job_title", "qualification")
GUARDIAN_FIELDS = (
    *("guardian_name", "guardian_relation", "guardian_phone"),
    *("date_guardian_consent", "guardian_consent"),
)
# the lists that are filled in at a step of the form
STEP_LINES = {"idea": ("helper_ids",), "benefits": ("benefit_ids",)}
# more lines than any form has; whoever needs them attaches a file
MOST_LINES = 50


class EmulationInitiative(models.Model):
    """Lists of a draft (helpers, calculation) and its authors, cell by cell.

    A cell is called ``helper_ids-12-task`` by the browser: list, line and field.
    """

    _inherit = "emulation.initiative"

    def _get_step_lines(self, step):
        """Return the lists of a step that the kind of this dossier asks for."""
        return [
            name
            for name in STEP_LINES.get(step, ())
            if self[name] or f",{LINES[name][0]}," in self.asked_items
        ]

    @api.model
    def _get_line_fields(self, name):
        """Return the fields that are typed for each line of a list."""
        return LINES[name][1]

    def _find_cell(self, key):
        """Return the record and the field that a name in the form stands for.

        :param key: name of a field, or ``list-line-field``
        :return: the record (sudo) and the name, or ``None`` where nothing of this
            dossier is filled in by it
        """
        if key in self._draft_fields():
            return self, key
        name, _sign, rest = key.partition("-")
        number, _sign, field = rest.partition("-")
        if name not in (*LINES, "author_ids"):
            return None
        line = self[name].filtered(lambda one: str(one.id) == number)
        if not line or field not in self._get_cell_fields(line):
            return None
        return line, field

    def _list_texts(self, form):
        """Return the texts that a form sent, to be copied from where it is too late."""
        chosen, texts = ("many2one", "many2many", "selection", "boolean"), []
        for key, text in form.items():
            record, name = self.sudo()._find_cell(key) or (self, "")
            if name and record._fields[name].type not in chosen:
                texts.append(text)
        return texts

    def _get_cell_fields(self, line):
        """Return what the author fills in of a line of this dossier."""
        if line._name != "emulation.initiative.author":
            names = {"emulation.initiative.helper": "helper_ids"}
            return LINES[names.get(line._name, "benefit_ids")][1]
        guardian = GUARDIAN_FIELDS if line.is_minor else ()
        return (*self._get_person_fields(line), *guardian)

    def _get_person_fields(self, author):
        """Return what the drafter fills in about an author: not of known people."""
        own = author.partner_id == self.env.user.partner_id
        if author.partner_id.is_company or not (
            own or self._entered_alone(author.partner_id)
        ):
            return ()
        return PERSON_FIELDS

    def _get_asked_authors(self):
        """Return (author line, fields to fill in) for whom anything is asked."""
        asks = ",author_details," in self.asked_items
        pairs = []
        for author in self.author_ids:
            person = self._get_person_fields(author) if asks else ()
            guardian = GUARDIAN_FIELDS if author.is_minor else ()
            if person or guardian:
                pairs.append((author, (*person, *guardian)))
        return pairs

    def _author_add_line(self, name, typed):
        """Add a line to a list of the draft.

        :param name: ``helper_ids`` or ``benefit_ids``
        :param typed: field → text, as a browser sends it
        :raises UserError: naming what is missing or wrong
        """
        self._check_author_edits()
        dossier = self.sudo()
        if len(dossier[name]) >= MOST_LINES:
            raise UserError(
                self.env._(
                    "The list is full with %(count)s lines. Put them together, or "
                    "attach the rest as a file.",
                    count=MOST_LINES,
                )
            )
        line, values = dossier[name].new(), {}
        for field in LINES[name][1]:
            values[field] = line._read_typed(field, typed.get(field))
        values["sequence"] = max(dossier[name].mapped("sequence"), default=0) + 10
        dossier.write({name: [(0, 0, values)]})

    def _author_remove_line(self, name, line_id):
        """Take a line off a list of the draft."""
        self._check_author_edits()
        self.sudo()[name].filtered(lambda line: line.id == line_id).unlink()

    def _author_guardian_paper(self, author_id, name, content):
        """Attach the paper by which the guardian of a minor consents.

        :param name: name of the file as the browser tells it
        :param content: its content (bytes)
        :raises UserError: where the round does not accept such a file
        """
        self._check_author_edits()
        author = self.sudo().author_ids.filtered(lambda one: one.id == author_id)
        name = clean((name or "").replace("\\", "/").rpartition("/")[2])[-200:]
        if not author.is_minor:
            raise UserError(
                self.env._("This author needs no guardian. Reload the page.")
            )
        if not name or not content:
            raise UserError(self.env._("The file is empty. Choose another one."))
        mimetype = self.env["ir.attachment"]._detect_content(content)
        fault = author.initiative_id.round_id._get_file_fault(
            name, mimetype, len(content)
        )
        self._raise_file_faults([fault] if fault else [])
        author.write(
            {"guardian_paper": base64.b64encode(content), "guardian_paper_name": name}
        )


class EmulationInitiativeHelper(models.Model):
    _name = "emulation.initiative.helper"
    _inherit = ["emulation.initiative.helper", "emulation.draft.mixin"]


class EmulationInitiativeBenefit(models.Model):
    _name = "emulation.initiative.benefit"
    _inherit = ["emulation.initiative.benefit", "emulation.draft.mixin"]

    def _get_summary(self):
        """Return the line of the calculation in one line of text."""
        self.ensure_one()
        printed = self.initiative_id._print_number
        sign = "−" if self.effect == "cost" else "+"
        quantity = f"{printed(self.quantity)} {self.measure or ''}".strip()
        return f"{sign} {self.name}: {quantity} × {printed(self.price)}"


class EmulationInitiativeAuthor(models.Model):
    _name = "emulation.initiative.author"
    _inherit = ["emulation.initiative.author", "emulation.draft.mixin"]
