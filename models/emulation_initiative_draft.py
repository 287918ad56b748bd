from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.text import clean, fold

# Fields an author fills in, by the step of the form
STEP_FIELDS = {
    "what": (
        *("name", "round_id", "category_id", "kind_id", "unit_id", "field_id"),
        "keywords",
    ),
    "idea": (
        *("problem", "solution", "novelty", "applicability", "date_applied"),
        *("first_use", "conditions"),
    ),
    "benefits": (
        *("benefit", "benefit_amount", "benefit_calculation", "benefit_users"),
        "benefit_social",
    ),
    "legal": (
        *("ip_status", "ip_kind", "ip_number", "ip_date_filed", "ip_date_granted"),
        *("ip_owner", "investor_kind", "investor_name", "movement_ids"),
        "confidential_info",
    ),
}
STEPS = ("what", "idea", "benefits", "legal", "authors", "files", "check")
# What stays as it is once the dossier has been handed in and comes back
FIXED = {"round_id", "category_id", "kind_id", "unit_id"}
# Fields whose item of the legal form has another name
ITEM_OF = {
    "benefit_amount": "calculation",
    "benefit_calculation": "calculation",
    "first_use": "date_applied",
    "investor_kind": "investor",
    "investor_name": "investor",
    "movement_ids": "movements",
    "confidential_info": "confidential",
    **dict.fromkeys(
        (name for name in STEP_FIELDS["legal"] if name.startswith("ip_")), "ip"
    ),
}
# Signs of an id typed in: a table holds no number as long as this
MAX_ID = 10
KEY_LENGTH = 64
# what is asked only after certain answers: to which field, and which ones
NEEDS = {
    **dict.fromkeys(
        ("ip_kind", "ip_number", "ip_date_filed", "ip_owner"),
        ("ip_status", ("filed", "granted", "expired")),
    ),
    "ip_date_granted": ("ip_status", ("granted", "expired")),
    "investor_name": ("investor_kind", ("other",)),
}
# never asked of a kind: they are the dossier itself
ALWAYS = {*STEP_FIELDS["what"]} - {"category_id"}


class EmulationInitiative(models.Model):
    """A draft as its author fills it in on the portal, piece by piece.

    Nothing typed is lost or overwritten: each field is saved on its own, against the
    text its author had before their eyes.
    """

    _name = "emulation.initiative"
    _inherit = ["emulation.initiative", "emulation.draft.mixin"]

    draft_key = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        export_string_translation=False,
        help="Of the form by which it was begun on the portal",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"draft_key"}

    @api.model
    def _draft_fields(self):
        """Return the fields an author may fill in."""
        return {name for names in STEP_FIELDS.values() for name in names}

    def _get_told_fields(self):
        """Return the fields of the form that are filled in, in its order."""
        names = [
            self._get_told_as(name)
            for step in STEP_FIELDS
            for name in self._get_step_fields(step)
        ]
        return [name for name in names if name and self[name] and name != "name"]

    def _get_step_fields(self, step):
        """Return the fields of a step that this dossier asks for."""
        return [name for name in STEP_FIELDS.get(step, ()) if self._asks_field(name)]

    def _get_steps(self):
        """Return the steps of the form in which this dossier is asked something."""
        told = [step for step in STEPS if step not in STEP_FIELDS]
        return [step for step in STEPS if step in told or self._get_step_fields(step)]

    @api.model
    def _get_needs(self, name):
        """Return the field and its answers that make another field of sense."""
        return NEEDS.get(name, ("", ()))

    def _asks_field(self, name):
        """Return whether the kind, or a contest, asks for a field of the form."""
        if name == "category_id":
            return self.has_categories
        if name == "movement_ids" and not (self[name] or self._get_offered(name)):
            return False
        if name in ("benefit_amount", "benefit_calculation") and self.benefit_ids:
            # the lines make the sum, and explain it
            return name == "benefit_calculation" and bool(self[name])
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
        again = self._find_begun(typed)
        if again:
            return again
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
                "draft_key": self._read_key(typed),
                "author_ids": [
                    Command.create({"partner_id": partner.id, "share": 100})
                ],
            }
        )
        dossier._check_round_takes()
        dossier.sudo(False).check_access("write")
        return dossier.sudo(False)

    @api.model
    def _read_key(self, typed):
        return clean(typed.get("draft_key"))[:KEY_LENGTH] or False

    @api.model
    def _find_begun(self, typed):
        """Return the draft that the same form has begun already, or none.

        One form makes one draft, however often it is sent: by several taps, a reload,
        or the way back. What was changed in it since is saved to the draft.
        """
        key = self._read_key(typed)
        if not key:
            return self.browse()
        # a second tap waits for the first, and finds what it made
        self.env.user.sudo().partner_id._lock_rows()
        domain = [
            ("draft_key", "=", key),
            ("create_uid", "=", self.env.uid),
            ("state", "=", "draft"),
        ]
        begun = self.sudo().search(domain, limit=1).sudo(False)
        told = {name: typed[name] for name in STEP_FIELDS["what"] if name in typed}
        if begun and (told := {name: text for name, text in told.items() if text}):
            marks = {name: begun.sudo()._get_mark(name) for name in told}
            errors = begun._author_save(told, marks)["errors"]
            if errors:
                raise UserError("\n".join(errors.values()))
        return begun

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

        :param typed: name of a field or cell (:meth:`_find_cell`) → text, as a
            browser sends it
        :param marks: the same → mark of the text the author had before
            (:meth:`_get_mark`); another one means that somebody saved in between
        :return: dict with ``saved`` (field → its new mark), ``conflicts`` (field →
            text and mark that are stored, nothing was changed), ``errors``
            (field → what is wrong), ``shown`` (what the page shows anew) and
            ``notice`` (:meth:`_get_intake_notice`)
        :raises UserError: where the dossier is filled in no more
        """
        self._check_author_edits()
        dossier, answer = self.sudo(), {"saved": {}, "conflicts": {}, "errors": {}}
        for key, text in typed.items():
            cell = dossier._find_cell(key)
            fixed = key in FIXED and dossier.state == "returned"
            if cell and not fixed:
                kind, told = dossier._save_cell(*cell, text, marks.get(key))
                answer[kind][key] = told
        answer["shown"] = {"benefit_formula": dossier.benefit_formula or ""}
        answer["notice"] = self._get_intake_notice()
        return answer

    def _save_cell(self, record, name, text, known):
        """Save one text into a field of the dossier or of one of its lines.

        :param known: the mark of what the author had before
        :return: where it belongs in the answer of :meth:`_author_save`, and what
            stands there
        """
        mark = record._get_mark(name)
        try:
            value = record._read_typed(name, text)
        except UserError as error:
            return "errors", error.args[0]
        if not record._differs(name, value):
            return "saved", mark
        if known != mark:
            return "conflicts", {"value": record._show_typed(name), "mark": mark}
        problem = record._try_save(name, value)
        if problem:
            return "errors", problem
        return "saved", record._get_mark(name)

    def _save_typed(self, name, value):
        before = self.unit_id
        result = super()._save_typed(name, value)
        if name == "round_id":
            self._check_round_takes()
        elif name == "unit_id":
            self.theme_id = self._theme_of(value)
            self._follow_unit(before)
        elif name == "investor_kind":
            self._propose_investor()
        elif name == "confidential_info":
            # on the portal the text alone says that there is something confidential
            self.is_confidential = bool(value)
        return result

    def _read_choice(self, field, label, text):
        """Return the id of a choice that is offered; nothing else is accepted."""
        offered = self._get_offered(field.name)
        chosen = offered.filtered(lambda one: str(one.id) == text)
        if field.name == "unit_id" and text.isdecimal() and len(text) < MAX_ID:
            domain = [*self._get_unit_domain(), ("id", "=", int(text))]
            chosen = self.env["emulation.unit"].sudo().search(domain)
        current = self[field.name]
        if not chosen and (not current or str(current.id) != text):
            raise self._prepare_not_offered(label)
        return (chosen or current).id

    def _read_choices(self, field, label, text):
        """Return the ids of what is offered, or was chosen before; nothing else."""
        offered = self._get_offered(field.name) | self[field.name]
        chosen = {part.strip() for part in text.split(",")} - {""}
        ids = [one.id for one in offered if str(one.id) in chosen]
        if len(ids) < len(chosen):
            raise self._prepare_not_offered(label)
        return ids

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
        if name == "movement_ids":
            return self._get_campaigns()
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
