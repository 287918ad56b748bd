from odoo import api, fields, models

from ..tools.text import clean, fold

# Columns without which a file says nothing of an award
NEEDED = ("award_id", "year", "decision_reference", "decision_date")
# Columns that name who is honoured: one of them in each row
RECIPIENTS = ("partner_id", "recipient_unit_id", "recipient_name")


class EmulationAwardRecord(models.Model):
    """Lists of earlier titles come in from a file; the scans are added afterwards.

    An award is named as the office calls it or by its code: the version of the day of
    the decision is meant. The same row again changes what it brought, as long as
    nobody has verified it.
    """

    _name = "emulation.award.record"
    _inherit = ["emulation.award.record", "emulation.import.mixin"]

    @api.model
    def get_import_templates(self):
        """Offer the templates for earlier awards, headers in the user's language."""
        return self._get_import_files(
            self.env._("Import template for earlier awards"), "awards"
        )

    @api.model
    def load(self, fields, data):
        """Import earlier awards, each row told by award, year and recipient.

        Extends the ORM's ``load`` (same shapes). Faulty rows are refused before
        anything is written, each with the recipient and the remedy.
        """
        known = {"id", ".id"} & set(fields) or any("/" in name for name in fields)
        if known or self._import_is_resolved():
            return super().load(fields, data)
        for name in NEEDED:
            if name not in fields:
                return self._import_refuse_without(name)
        if not set(RECIPIENTS) & set(fields):
            return self._import_refuse_without("recipient_name")
        rows = self._import_rows(fields, data)
        job = {
            "awards": self._import_awards(),
            "people": self._import_people(rows),
            "matches": {},
            "seen": {},
        }
        faults, resolved = [], []
        for index, row in enumerate(rows):
            values = {}
            fault = self._import_understand(index, row, values, job)
            if fault:
                faults.append((index, *fault))
            resolved.append(values)
        faults += self._import_find_known(resolved, faults)
        if faults:
            return self._import_refuse(faults)
        return self._import_resolved(fields, data, resolved)

    # WHAT CELLS MAY MEAN

    @api.model
    def _import_awards(self):
        """Return the versions of each award by whatever it is called, folded."""
        named = {}
        awards = self.env["emulation.award"].with_context(active_test=False)
        for lang, _name in self.env["res.lang"].get_installed():
            for award in awards.with_context(lang=lang).search(
                [("state", "!=", "draft")]
            ):
                for text in {award.code, award.name, award.printed_name}:
                    named.setdefault(fold(text or ""), set()).add(award.code)
        return named

    @api.model
    def _import_people(self, rows):
        """Return the people that the cells name: folded name or e-mail → contacts."""
        texts = {row["partner_id"] for row in rows if row.get("partner_id")}
        people = self.env["res.partner"].search(
            [
                ("is_company", "=", False),
                "|",
                ("name", "in", list(texts)),
                ("email_normalized", "in", [text.lower() for text in texts]),
            ]
        )
        found = {}
        for person in people:
            for text in filter(None, {person.name, person.email_normalized}):
                key = fold(text)
                found[key] = found.get(key, people.browse()) | person
        return found

    # ONE ROW

    def _import_understand(self, index, row, values, job):
        """Enter in ``values`` what a row means; return (column, message) of a fault."""
        who = next((row[name] for name in RECIPIENTS if row.get(name)), "")
        if not who:
            return "recipient_name", self.env._(
                "Row %(row)d names nobody. Enter the person, the collective, or the "
                "name as it stands on the decision.",
                row=self._import_row_number(index),
            )
        empty = next((name for name in NEEDED if not clean(str(row[name]))), None)
        if empty:
            return empty, self.env._(
                "“%(name)s” needs a value in the column “%(field)s”.",
                name=who,
                field=self._import_label(empty),
            )
        return (
            self._import_day_fault(row, who)
            or self._import_year_fault(row, values, who)
            or self._import_award_fault(row, values, who, job)
            or self._import_person_fault(row, values, who, job)
            or self._import_units_fault(row, values, who, job)
            or self._import_twice_fault(index, row, values, who, job)
        )

    def _import_year_fault(self, row, values, who):
        year = str(row["year"]).removesuffix(".0")
        day = fields.Date.to_date(row["decision_date"])
        if not year.isdecimal() or not 1945 <= int(year) <= 2200:
            return "year", self.env._(
                "“%(name)s”: “%(year)s” is no year. Enter it with four digits.",
                name=who,
                year=year,
            )
        if not int(year) <= day.year or day > fields.Date.context_today(self):
            return "decision_date", self.env._(
                "“%(name)s”: the decision is older than the year of the award, or "
                "dated in the future. Correct one of the two.",
                name=who,
            )
        values["year"] = int(year)
        return None

    def _import_award_fault(self, row, values, who, job):
        codes = job["awards"].get(fold(row["award_id"]), set())
        if len(codes) != 1:
            return "award_id", self.env._(
                "“%(name)s”: the award “%(award)s” is not in the catalogue, or its "
                "name is that of several. Enter its code (Commendation › Awards).",
                name=who,
                award=row["award_id"],
            )
        key = (*codes, row["decision_date"])
        if key not in job["matches"]:
            awards = self.env["emulation.award"]
            day = fields.Date.to_date(row["decision_date"])
            versions = awards.with_context(active_test=False).search(
                [("code", "=", key[0]), ("state", "!=", "draft")],
                order="date_start, id",
            )
            held = versions.filtered(lambda one: one._is_in_force(day))
            # decided before the oldest law on record: the oldest stands for it
            job["matches"][key] = (held or versions)[:1].id
        values["award_id"] = job["matches"][key]
        return None

    def _import_person_fault(self, row, values, who, job):
        text = row.get("partner_id")
        people = job["people"].get(fold(text), ()) if text else ()
        if text and len(people) != 1:
            if people:
                return "partner_id", self.env._(
                    "%(count)d people are called “%(name)s”. Enter the e-mail of the "
                    "right one.",
                    count=len(people),
                    name=text,
                )
            return "partner_id", self.env._(
                "Nobody is called “%(name)s” or has this e-mail. Enter this person "
                "first (Organisation › Authors and experts), or write the name into "
                "the column “%(field)s” alone.",
                name=text,
                field=self._import_label("recipient_name"),
            )
        if text:
            values["partner_id"] = people.id
        return None

    def _import_units_fault(self, row, values, who, job):
        for name in ("recipient_unit_id", "unit_id"):
            text = row.get(name)
            found = text and self._import_matches(name, text, job["matches"])
            if text and len(found) != 1:
                return name, self.env._(
                    "“%(name)s”: the unit “%(unit)s” is not known, or several are "
                    "called so. Enter its code.",
                    name=who,
                    unit=text,
                )
            if text:
                values[name] = found[0]
        if not values.get("unit_id") and not self._default_unit_id():
            return "unit_id", self.env._(
                "“%(name)s”: say in the column “%(field)s” which unit records it.",
                name=who,
                field=self._import_label("unit_id"),
            )
        if values.get("partner_id") and values.get("recipient_unit_id"):
            return "recipient_unit_id", self.env._(
                "“%(name)s” is named beside a collective. An award is for one of the "
                "two: empty the other cell.",
                name=who,
            )
        return None

    def _import_twice_fault(self, index, row, values, who, job):
        name = clean(row.get("recipient_name") or "")
        if not values.get("partner_id") and not values.get("recipient_unit_id"):
            values["recipient_name"] = name
        award = self.env["emulation.award"].browse(values["award_id"])
        key = (award.code, values["year"], *self._import_key(values, name))
        first = job["seen"].setdefault(key, index)
        if first != index:
            return "award_id", self.env._(
                "“%(name)s” has this award of %(year)d in row %(row)d of the file "
                "already. Keep one of the two rows.",
                name=who,
                year=values["year"],
                row=self._import_row_number(first),
            )
        return None

    @api.model
    def _import_key(self, values, name):
        """Return what tells one recipient from another."""
        person, unit = values.get("partner_id"), values.get("recipient_unit_id")
        return person or 0, unit or 0, "" if person or unit else fold(name)

    def _import_stored_key(self):
        """Return award, year and recipient of a record, as :meth:`_import_key`."""
        names = ("partner_id", "recipient_unit_id")
        recipient = {name: self[name].id for name in names}
        key = self._import_key(recipient, self.recipient_name)
        return (self.award_id.id, self.year, *key)

    # THE WHOLE FILE

    @api.model
    def _import_find_known(self, resolved, faults):
        """Mark rows that are on record; return faults for those that are verified."""
        refused = {index for index, *_ in faults}
        rows = {
            index: values
            for index, values in enumerate(resolved)
            if index not in refused
        }
        stored = self.search(
            [
                ("award_id", "in", [one["award_id"] for one in rows.values()]),
                ("year", "in", [one["year"] for one in rows.values()]),
            ]
        )
        known = {one._import_stored_key(): one for one in stored}
        found = []
        for index, values in rows.items():
            name = values.get("recipient_name") or ""
            key = (values["award_id"], values["year"], *self._import_key(values, name))
            record = known.get(key)
            if record and record.is_verified:
                fault = self.env._(
                    "“%(record)s” is verified and stays as it is. Take the row out.",
                    record=record.display_name,
                )
                found.append((index, "award_id", fault))
            elif record:
                values[".id"] = record.id
        return found
