import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.text import fold

# Fields an author fills in, by the step of the form
STEP_FIELDS = {
    "what": (
        *("name", "round_id", "category_id", "kind_id", "unit_id", "field_id"),
        "keywords",
    ),
    "idea": (
        *("problem", "solution", "novelty", "applicability", "date_applied"),
        "conditions",
    ),
    "benefits": (
        *("benefit", "benefit_amount", "benefit_calculation", "benefit_users"),
        "benefit_social",
    ),
}
STEPS = ("what", "idea", "benefits", "authors", "files", "check")
# What stays as it is once the dossier has been handed in and comes back
FIXED = {"round_id", "category_id", "kind_id", "unit_id"}
# Fields whose item of the legal form has another name
ITEM_OF = {"benefit_amount": "calculation", "benefit_calculation": "calculation"}
# Signs of an id typed in: a table holds no number as long as this
MAX_ID = 10
# never asked of a kind: they are the dossier itself
ALWAYS = {*STEP_FIELDS["what"]} - {"category_id"}


class EmulationInitiative(models.Model):
    """A draft as its author fills it in on the portal, piece by piece.

    Nothing typed is lost or overwritten: each field is saved on its own, against the
    text its author had before their eyes.
    """

    _inherit = "emulation.initiative"

    @api.model
    def _draft_fields(self):
        """Return the fields an author may fill in."""
        return {name for names in STEP_FIELDS.values() for name in names}

    def _get_told_fields(self):
        """Return the fields of the form that are filled in, in its order."""
        return [
            name
            for step in ("what", "idea", "benefits")
            for name in self._get_step_fields(step)
            if self[name] and name != "name"
        ]

    def _get_step_fields(self, step):
        """Return the fields of a step that this dossier asks for."""
        return [name for name in STEP_FIELDS.get(step, ()) if self._asks_field(name)]

    def _asks_field(self, name):
        """Return whether the kind, or a contest, asks for a field of the form."""
        if name == "category_id":
            return self.has_categories
        return name in ALWAYS or f",{ITEM_OF.get(name, name)}," in self.asked_items

    # ENTERING

    @api.model
    def _author_create(self, typed):
        """Create a draft of the current user, who is its first author.

        :param typed: field name → text, as a browser sends it
        :return: the draft, with the rights of its author
        :raises UserError: naming what is missing or wrong
        """
        self.check_access("create")
        draft = self.sudo().new()
        values, errors = {}, []
        for name in STEP_FIELDS["what"]:
            try:
                values[name] = draft._read_typed(name, typed.get(name))
            except UserError as error:
                errors.append(error.args[0])
        for name in ("round_id", "kind_id", "unit_id", "field_id", "name"):
            if name in values and not values[name]:
                label = self._fields[name]._description_string(self.env)
                errors.append(self.env._("Please fill in: %(field)s.", field=label))
        if errors:
            raise UserError("\n".join(errors))
        values["theme_id"] = self._theme_of(values["unit_id"])
        partner = self.env.user.partner_id
        dossier = self.sudo().create(
            {
                **values,
                "author_ids": [
                    Command.create({"partner_id": partner.id, "share": 100})
                ],
            }
        )
        dossier._check_round_takes()
        dossier.sudo(False).check_access("write")
        return dossier.sudo(False)

    @api.model
    def _theme_of(self, unit_id):
        """Return the id of the content that a unit, or one above it, belongs to."""
        unit = self.env["emulation.unit"].sudo().browse(unit_id)
        while unit and not unit.theme_id:
            unit = unit.parent_id
        theme = unit.theme_id or self.env["emulation.theme"].sudo().search([], limit=1)
        return theme.id

    def _author_save(self, typed, marks):
        """Save what the author has typed, field by field.

        :param typed: field name → text, as a browser sends it
        :param marks: field name → mark of the text the author had before
            (:meth:`_get_mark`); another one means that somebody saved in between
        :return: dict with ``saved`` (field → its new mark), ``conflicts`` (field →
            text and mark that are stored, nothing was changed) and ``errors``
            (field → what is wrong)
        """
        self.ensure_one()
        self.check_access("write")
        dossier, answer = self.sudo(), {"saved": {}, "conflicts": {}, "errors": {}}
        for name in self._draft_fields() & typed.keys():
            if name in FIXED and dossier.state == "returned":
                continue
            mark = dossier._get_mark(name)
            try:
                value = dossier._read_typed(name, typed[name])
            except UserError as error:
                answer["errors"][name] = error.args[0]
                continue
            if not dossier._differs(name, value):
                answer["saved"][name] = mark
            elif marks.get(name) != mark:
                shown = dossier._show_typed(name)
                answer["conflicts"][name] = {"value": shown, "mark": mark}
            elif problem := dossier._try_save(name, value):
                answer["errors"][name] = problem
            else:
                answer["saved"][name] = dossier._get_mark(name)
        return answer

    def _try_save(self, name, value):
        """Write one value; return what is wrong with it, or nothing."""
        try:
            with self.env.cr.savepoint():
                self.write({name: value})
                if name == "round_id":
                    self._check_round_takes()
                if name == "unit_id":
                    self.theme_id = self._theme_of(value)
        except UserError as error:
            self.invalidate_recordset()
            return error.args[0]
        return None

    def _differs(self, name, value):
        stored = self[name]
        field = self._fields[name]
        if field.type == "many2one":
            stored = stored.id
        return (stored or False) != (value or False)

    def _show_typed(self, name):
        """Return the stored value as the browser shows it in its input."""
        value, kind = self[name], self._fields[name].type
        if kind == "many2one":
            return str(value.id or "")
        if kind == "monetary":
            return f"{value:.0f}" if value else ""
        if kind == "date":
            return fields.Date.to_string(value) if value else ""
        return value or ""

    def _get_mark(self, name):
        """Return a short mark that changes with the stored value of a field."""
        text = self._show_typed(name)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _read_typed(self, name, text):
        """Return the value of a field from the text a browser sends.

        :raises UserError: in words, where the text cannot be one
        """
        field = self._fields[name]
        text = str(text or "").replace("\x00", "").strip()
        label = field._description_string(self.env)
        if field.type in ("char", "text"):
            return text.replace("\r\n", "\n")
        if not text:
            return False
        if field.type == "many2one":
            return self._read_choice(field, label, text)
        if field.type == "date":
            try:
                return fields.Date.to_date(text)
            except ValueError:
                raise UserError(
                    self.env._("%(field)s: choose a day.", field=label)
                ) from None
        return self._read_amount(label, text)

    def _read_amount(self, label, text):
        digits = text.replace(".", "").replace(",", "").replace(" ", "")
        if not digits.isdecimal() or len(digits) > 15:
            raise UserError(
                self.env._(
                    "%(field)s: write the sum in figures alone, e.g. 28.800.000.",
                    field=label,
                )
            )
        return float(digits)

    def _read_choice(self, field, label, text):
        """Return the id of a choice that is offered; nothing else is accepted."""
        offered = self._get_offered(field.name)
        chosen = offered.filtered(lambda one: str(one.id) == text)
        if field.name == "unit_id" and text.isdecimal() and len(text) < MAX_ID:
            domain = [*self._get_unit_domain(), ("id", "=", int(text))]
            chosen = self.env["emulation.unit"].sudo().search(domain)
        current = self[field.name]
        if not chosen and (not current or str(current.id) != text):
            raise UserError(
                self.env._("%(field)s: choose one of those offered.", field=label)
            )
        return (chosen or current).id

    def _get_offered(self, name):
        """Return the records among which an author chooses, as superuser."""
        rounds = self.env["emulation.round"].sudo()
        if name == "round_id":
            return rounds.search(
                [("is_taking", "=", True), ("company_id", "in", self.env.companies.ids)]
            )
        if name == "kind_id":
            return (
                self.round_id.sudo().kind_ids or self._get_offered("round_id").kind_ids
            )
        if name == "category_id":
            return self.round_id.sudo().category_ids
        if name == "field_id":
            return self.env["emulation.field"].sudo().search([("active", "=", True)])
        return self.env["emulation.unit"].sudo()

    @api.model
    def _get_unit_domain(self):
        return [
            ("is_ended", "=", False),
            ("company_id", "in", self.env.companies.ids),
        ]

    @api.model
    def _search_units(self, text, limit=12):
        """Return units found by words without diacritics: id, name, where it lies."""
        if not fold(text):
            return []
        found = (
            self.env["emulation.unit"]
            .sudo()
            .name_search(text, self._get_unit_domain(), limit=limit)
        )
        units = self.env["emulation.unit"].sudo().browse([one[0] for one in found])
        return [
            {"id": unit.id, "name": unit.name, "place": unit.parent_id.name or ""}
            for unit in units
        ]

    @api.model
    def _get_hints(self):
        """Return field → (what is asked, an example), in words that need no manual."""
        return {
            "name": (
                self.env._("What it does, and for what. One line."),
                self.env._("e.g. Drip irrigation by SMS for a banana garden"),
            ),
            "keywords": (
                self.env._("Words people would search for, separated by commas."),
                self.env._("e.g. irrigation, SMS, banana"),
            ),
            "problem": (
                self.env._("How was it done before, and what was wrong with it?"),
                self.env._(
                    "e.g. Watering by hand took 12 working days a month and still "
                    "left dry patches"
                ),
            ),
            "solution": (
                self.env._(
                    "How does it work? Step by step, so that somebody else could do "
                    "the same."
                ),
                self.env._(
                    "e.g. 1. A pump fills the tank at night. 2. A message from the "
                    "telephone opens the valve…"
                ),
            ),
            "novelty": (
                self.env._("What is different from what was known or done before?"),
                self.env._("e.g. The valve is opened by a message instead of by hand"),
            ),
            "applicability": (
                self.env._("Where is it used, since when, and where else could it be?"),
                self.env._(
                    "e.g. 14 households since March; any garden with a pump can use it"
                ),
            ),
            "date_applied": (
                self.env._("The day it was used or tried for the first time."),
                "",
            ),
            "benefit": (
                self.env._("What became better? Before and after, in figures."),
                self.env._("e.g. 12 working days a month before, none now"),
            ),
            "conditions": (
                self.env._("What does it take: people, equipment, money, season?"),
                self.env._("e.g. A pump, a mobile network; 9.5 million once"),
            ),
            "benefit_calculation": (
                self.env._("How does the sum come about? Each figure with its source."),
                self.env._("e.g. 12 days × 12 months × 200.000 = 28.800.000"),
            ),
            "benefit_users": (
                self.env._("What do those who use it say? Name them."),
                self.env._("e.g. Mr. Vũ Văn Bình (Nhân Hậu): no dry patches any more"),
            ),
            "benefit_social": (
                self.env._(
                    "For health, safety, environment, order: what has no price."
                ),
                self.env._("e.g. Nobody carries water uphill any more"),
            ),
            "benefit_amount": (
                self.env._("Money saved or earned in one year, if it can be counted."),
                self.env._("e.g. 28.800.000"),
            ),
        }
