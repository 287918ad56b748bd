from odoo import api, models

from ..tools.text import fold


class ResPartner(models.Model):
    """Authors come in from a file; who is known already is not entered twice (R12).

    Only in the list of people of this application (context ``emulation_people``):
    other imports of contacts go their usual way.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "emulation.import.mixin"]

    @api.model
    def get_import_templates(self):
        """Offer the templates for authors, with headers in the user's language."""
        if not self._import_is_ours():
            return super().get_import_templates()
        return self._get_import_files(
            self.env._("Import template for authors"), "authors"
        )

    @api.model
    def _import_is_ours(self):
        return bool(self.env.context.get("emulation_people"))

    @api.model
    def load(self, fields, data):
        """Import authors and experts, recognising those who are known.

        Extends the ORM's ``load`` (same shapes). A row is the person with the same
        name and birth date, e-mail or telephone, or without any of these the person
        of that name in the same unit. Faulty rows are refused before anything is
        written, each with the name and the remedy.
        """
        ours = self._import_is_ours() and not self._import_is_resolved()
        if not ours or "name" not in fields or {"id", ".id"} & set(fields):
            return super().load(fields, data)
        rows = self._import_rows(fields, data)
        resolved = [{"is_company": False} for _row in rows]
        faults, matches = [], {}
        for index, row in enumerate(rows):
            fault = self._import_cells_fault(row, resolved[index], matches)
            if fault:
                faults.append((index, *fault))
        faults = faults or self._import_find_people(rows, resolved)
        if faults:
            return self._import_refuse(faults)
        return self._import_resolved(fields, data, resolved)

    def _import_cells_fault(self, row, values, matches):
        """Enter what the cells mean in ``values``; return the first fault, or None."""
        if not row["name"]:
            return "name", self.env._(
                "A row has no name. Enter the full name of the person, or delete it."
            )
        if fault := self._import_day_fault(row, row["name"]):
            return fault
        for field in ("emulation_unit_id", "emulation_category_id"):
            text = row.get(field)
            if field not in row:
                continue
            found = text and self._import_matches(field, text, matches)
            if text and len(found) != 1:
                return field, self.env._(
                    "“%(person)s”: “%(value)s” is not known as “%(field)s”, or not the "
                    "only one of that name. Enter its code.",
                    person=row["name"],
                    value=text,
                    field=self._import_label(field),
                )
            values[field] = found[0] if found else False
        text = row.get("emulation_residence")
        if text:
            values["emulation_residence"] = self._import_choice(
                "emulation_residence", text
            )
            if not values["emulation_residence"]:
                return "emulation_residence", self.env._(
                    "“%(person)s”: “%(value)s” is no residence. Use one of: "
                    "%(choices)s.",
                    person=row["name"],
                    value=text,
                    choices=self._import_choices("emulation_residence"),
                )
        return None

    @api.model
    def _import_find_people(self, rows, resolved):
        """Enter in ``resolved`` the contacts that the rows are; return the faults."""
        drafts = [self._import_draft(row) for row in rows]
        marks = [draft._emulation_identity() for draft in drafts]
        known = self._import_known_people(rows, drafts)
        by_mark, by_name = {}, {}
        for person in known:
            for mark in person._emulation_identity():
                by_mark.setdefault(mark, self.browse())
                by_mark[mark] |= person
            key = (fold(person.name), person.emulation_unit_id.id)
            by_name[key] = by_name.get(key, self.browse()) | person
        faults, seen = [], {}
        for index, row in enumerate(rows):
            people = self.browse().union(
                *(by_mark.get(mark, self.browse()) for mark in marks[index])
            )
            if not marks[index]:
                unit_id = resolved[index].get("emulation_unit_id", False)
                people = by_name.get((fold(row["name"]), unit_id), people)
            keys = marks[index] or {(fold(row["name"]), row.get("emulation_unit_id"))}
            fault = self._import_person_fault(row, people, keys, seen)
            if fault:
                faults.append((index, *fault))
            elif people:
                resolved[index][".id"] = people.id
            for key in keys:
                seen.setdefault(key, index)
        return faults

    @api.model
    def _import_draft(self, row):
        """Return the row as a contact that is never saved, to compare it."""
        return self.new(
            {
                "name": row["name"],
                "emulation_born_on": row.get("emulation_birth_date") or False,
                "email": row.get("email"),
                "phone": row.get("phone"),
            }
        )

    @api.model
    def _import_known_people(self, rows, drafts):
        """Return the contacts that any row may mean, in one query."""
        emails = [draft.email_normalized for draft in drafts if draft.email_normalized]
        phones = [
            draft.emulation_phone_key for draft in drafts if draft.emulation_phone_key
        ]
        return self.search(
            [
                ("is_company", "=", False),
                "|",
                ("emulation_search_text", "in", [fold(row["name"]) for row in rows]),
                "|",
                ("email_normalized", "in", emails),
                ("emulation_phone_key", "in", phones),
            ]
        )

    def _import_person_fault(self, row, people, keys, seen):
        twice = [seen[key] for key in keys if key in seen]
        if twice:
            return "name", self.env._(
                "“%(person)s” is the same person as in row %(row)d of the file. Keep "
                "one of the two rows.",
                person=row["name"],
                row=self._import_row_number(min(twice)),
            )
        if len(people) > 1:
            return "name", self.env._(
                "“%(person)s” may be %(people)s: %(count)d contacts have this birth "
                "date, e-mail or telephone. Merge them first, or complete the row.",
                person=row["name"],
                people=", ".join(people.mapped("name")),
                count=len(people),
            )
        if people and fold(people.name) != fold(row["name"]):
            return "name", self.env._(
                "“%(person)s” has the e-mail or telephone of “%(other)s”. Correct the "
                "name if they are one person, else leave that cell empty.",
                person=row["name"],
                other=people.name,
            )
        if people and not people.has_access("write"):
            return "name", self.env._(
                "“%(person)s” is known already and kept by others (an account, or "
                "another unit). Take the row out of the file.",
                person=row["name"],
            )
        return None
