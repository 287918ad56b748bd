from odoo import api, fields, models

from ..tools.text import fold


class EmulationUnitOfficer(models.Model):
    """Officers come in from a file: who acts for which unit, in which role.

    Accounts are never opened by a file: a row names somebody who has one, by login
    or e-mail. The same file again changes the assignments it brought.
    """

    _name = "emulation.unit.officer"
    _inherit = ["emulation.unit.officer", "emulation.import.mixin"]

    @api.model
    def get_import_templates(self):
        """Offer the templates for officers, with headers in the user's language."""
        return self._get_import_files(
            self.env._("Import template for officers"), "officers"
        )

    @api.model
    def load(self, fields, data):
        """Import assignments of users to units.

        Extends the ORM's ``load`` (same shapes). A row that names the same user,
        unit and role as an assignment of the same time updates it. Faulty rows are
        refused before anything is written, each with the person and the remedy.
        """
        known = {"id", ".id"} & set(fields) or any("/" in name for name in fields)
        if known or self._import_is_resolved():
            return super().load(fields, data)
        for name in ("user_id", "unit_id"):
            if name not in fields:
                return self._import_refuse_without(name)
        rows = self._import_rows(fields, data)
        people = self._import_people(rows)
        matches, seen, faults, resolved = {}, {}, [], []
        for index, row in enumerate(rows):
            fault = (
                self._import_user_fault(index, row, people)
                or self._import_unit_fault(row, matches)
                or self._import_role_fault(row)
                or self._import_day_fault(row, row.get("user_name") or row["user_id"])
            )
            if fault:
                faults.append((index, *fault))
                continue
            values = {
                "user_id": people[fold(row["user_id"])].id,
                "unit_id": self._import_matches("unit_id", row["unit_id"], matches)[0],
            }
            if row.get("role"):
                values["role"] = self._import_choice("role", row["role"])
            key = (values["user_id"], values["unit_id"], values.get("role"))
            key += (row.get("date_start"),)
            if key in seen:
                fault = self._import_twice_error(row, seen[key])
                faults.append((index, "user_id", fault))
            seen.setdefault(key, index)
            resolved.append(values)
        if faults:
            return self._import_refuse(faults)
        self._import_find_lines(rows, resolved)
        return self._import_resolved(fields, data, resolved)

    @api.model
    def _import_people(self, rows):
        """Return the users that the rows name: folded login or e-mail → user."""
        texts = {row["user_id"] for row in rows if row["user_id"]}
        texts |= {text.lower() for text in texts}
        users = self.env["res.users"].search(
            [
                ("share", "=", False),
                "|",
                ("login", "in", list(texts)),
                ("email_normalized", "in", list(texts)),
            ]
        )
        people = {}
        for user in users:
            if user.email_normalized:
                people.setdefault(fold(user.email_normalized), user)
        # A login is one person's own, an e-mail may be shared: the login decides
        people.update({fold(user.login): user for user in users})
        return people

    def _import_user_fault(self, index, row, people):
        name = row.get("user_name")
        if not row["user_id"]:
            return "user_id", self.env._(
                "“%(person)s” has no login. Enter the login or e-mail of the account.",
                person=name
                or self.env._("row %(row)d", row=self._import_row_number(index)),
            )
        user = people.get(fold(row["user_id"]))
        if not user:
            return "user_id", self.env._(
                "Nobody has the login or e-mail %(login)s (%(person)s). Correct it, or "
                "invite this person first: Configuration › Users and roles.",
                login=row["user_id"],
                person=name or "–",
            )
        if name and fold(name) != fold(user.name):
            return "user_name", self.env._(
                "The login %(login)s belongs to %(user)s, not to %(person)s. Correct "
                "the login or the name.",
                login=row["user_id"],
                user=user.name,
                person=name,
            )
        return None

    def _import_unit_fault(self, row, matches):
        values = {"person": row.get("user_name") or row["user_id"]}
        if not row["unit_id"]:
            return "unit_id", self.env._(
                "“%(person)s” has no unit. Enter the code of the unit this person "
                "acts for.",
                **values,
            )
        values["unit"] = row["unit_id"]
        found = self._import_matches("unit_id", row["unit_id"], matches)
        if len(found) > 1:
            return "unit_id", self.env._(
                "“%(person)s”: %(count)d units are called “%(unit)s”. Enter the code "
                "of the right one.",
                count=len(found),
                **values,
            )
        if not found:
            return "unit_id", self.env._(
                "“%(person)s”: the unit “%(unit)s” is not known. Enter its code, or "
                "import the units first.",
                **values,
            )
        unit = self.env["emulation.unit"].browse(found)
        values["unit"] = unit.name
        if unit.is_ended and not row.get("date_end"):
            return "unit_id", self.env._(
                "“%(person)s”: “%(unit)s” has ended. Enter the code of the unit that "
                "followed it, or the last day of the assignment.",
                **values,
            )
        return None

    def _import_role_fault(self, row):
        value = row.get("role")
        if value and not self._import_choice("role", value):
            return "role", self.env._(
                "“%(person)s”: “%(role)s” is no role in a unit. Use one of: "
                "%(choices)s.",
                person=row.get("user_name") or row["user_id"],
                role=value,
                choices=self._import_choices("role"),
            )
        return None

    def _import_twice_error(self, row, first):
        return self.env._(
            "“%(person)s” stands in row %(row)d of the file already, with the same "
            "unit and role. Keep one of the two rows.",
            person=row.get("user_name") or row["user_id"],
            row=self._import_row_number(first),
        )

    @api.model
    def _import_find_lines(self, rows, resolved):
        """Enter in ``resolved`` the assignments that the rows update."""
        lines = self.search(
            [
                ("user_id", "in", [values["user_id"] for values in resolved]),
                ("unit_id", "in", [values["unit_id"] for values in resolved]),
            ]
        )
        own = lines.grouped(lambda one: (one.user_id.id, one.unit_id.id, one.role))
        today = fields.Date.context_today(self)
        for row, values in zip(rows, resolved, strict=True):
            key = (values["user_id"], values["unit_id"], values.get("role", "officer"))
            start = fields.Date.to_date(row.get("date_start") or None)
            end = fields.Date.to_date(row.get("date_end") or None)
            for line in own.get(key, ()):
                begins_before = not end or line.date_start <= end
                if begins_before and (
                    not line.date_end or line.date_end >= (start or today)
                ):
                    values[".id"] = line.id
            # Without a first day the assignment begins today, or goes on
            line = self.browse(values.get(".id"))
            values["date_start"] = start or line.date_start or today
