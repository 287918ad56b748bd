from odoo import fields, models

from ..tools.amounts import parse_amount
from ..tools.authors import parse_authors
from ..tools.authors_shares import AuthorsError
from ..tools.text import clean, fold

# What lists write for a result, folded; a grade that is none of these is recognised
REFUSED = {
    "khong", "khong dat", "khong dat yeu cau", "chua dat", "loai",
    "khong cong nhan", "khong duoc cong nhan", "chua cong nhan",
    "not recognised", "not recognized", "no",
}  # fmt: skip
ACCEPTED = {
    "cong nhan", "duoc cong nhan", "dat", "dat yeu cau", "co", "x", "recognised",
    "recognized", "yes",
}  # fmt: skip


class EmulationInitiative(models.Model):
    """What the cells of one row mean."""

    _inherit = "emulation.initiative"

    def _import_past_fault(self, entry, job):
        """Read year, round and result of a list's row."""
        row, year = entry["row"], self._import_year(entry["row"])
        if not year:
            return "past_year", self.env._(
                "“%(title)s”: “%(year)s” is no year. Enter it with four digits, e.g. "
                "%(example)s.",
                title=entry["title"],
                year=row.get("past_year") or "",
                example=job["today"].year - 1,
            )
        entry["year"] = year
        last = job["today"].year - (0 if job["office"] else 1)
        if year > last:
            return "past_year", self.env._(
                "“%(title)s”: a list takes years up to %(last)s, not %(year)s. Enter "
                "the dossiers of this year with the template for drafts.",
                title=entry["title"],
                year=year,
                last=last,
            )
        unit = entry["unit"]
        if unit.date_end and unit.date_end.year < year:
            return "unit_id", self.env._(
                "“%(title)s”: “%(unit)s” ended in %(end)s, before %(year)s. Enter the "
                "code of the unit that followed it.",
                title=entry["title"],
                unit=unit.name,
                end=unit.date_end.year,
                year=year,
            )
        return self._import_past_round_fault(entry, job) or self._import_result_fault(
            entry
        )

    def _import_past_round_fault(self, entry, job):
        """Find the round of a past entry; none is made up where several could be."""
        named = clean(entry["row"].get("round_id"))
        year, unit = entry["year"], entry["unit"]
        key = (year, unit.id, fold(named))
        if key not in job["archives"]:
            found = job["rounds"]._find_past(year, unit, job["rounds"])
            if named:
                found = job["rounds"].filtered(
                    lambda one: (
                        one.year == year
                        and fold(named) in (fold(one.name), fold(one.code))
                    )
                )
            job["archives"][key] = found
        rounds = job["archives"][key]
        values = {"title": entry["title"], "year": year, "round": named}
        if named and len(rounds) != 1:
            return "round_id", self.env._(
                "“%(title)s”: no closed round of %(year)s is called “%(round)s”. Enter "
                "its name or code as in the list of rounds, or leave the cell empty.",
                **values,
            )
        if len(rounds) > 1:
            return "round_id", self.env._(
                "“%(title)s”: several rounds were held in %(year)s (%(rounds)s). Name "
                "the right one in the column “%(field)s”.",
                rounds=", ".join(rounds.mapped("name")),
                field=self._import_label("round_id"),
                **values,
            )
        if not rounds and not job["office"]:
            return "past_year", self.env._(
                "“%(title)s”: the year %(year)s has no round yet. Ask the movement "
                "office to import one entry of that year, or to create its round.",
                **values,
            )
        entry["values"]["round_id"] = rounds.id
        return None

    def _import_result_fault(self, entry):
        """Read how an entry ended: from the column for it, else from the grade."""
        row = entry["row"]
        result, grade = clean(row.get("past_result")), clean(row.get("past_grade"))
        state = result and self._import_choice("past_result", result)
        told = fold(result or grade)
        if not state and told in REFUSED:
            state = "not_recognised"
        elif not state and (told in ACCEPTED or (grade and not result)):
            state = "recognised"
        if not state:
            return "past_result", self.env._(
                "“%(title)s”: the list does not say how it ended (“%(result)s”). Enter "
                "a grade, or in the column “%(field)s” one of: %(choices)s.",
                title=entry["title"],
                result=result,
                field=self._import_label("past_result"),
                choices=self._import_choices("past_result"),
            )
        entry["values"]["state"] = state
        return None

    def _import_draft_fault(self, entry, job):
        """Find the open round of a draft."""
        named = clean(entry["row"].get("round_id"))
        rounds = job["rounds"]
        if named:
            rounds = rounds.filtered(
                lambda one: fold(named) in (fold(one.name), fold(one.code))
            )
        if len(rounds) != 1:
            return "round_id", self.env._(
                "“%(title)s”: enter in the column “%(field)s” the name or code of an "
                "open round (open now: %(rounds)s).",
                title=entry["title"],
                field=self._import_label("round_id"),
                rounds=", ".join(job["rounds"].mapped("name")) or "–",
            )
        if entry["unit"].is_ended:
            return "unit_id", self.env._(
                "“%(title)s”: “%(unit)s” has ended. Enter the code of the unit that "
                "followed it.",
                title=entry["title"],
                unit=entry["unit"].name,
            )
        entry["values"]["round_id"] = rounds.id
        entry["year"] = rounds.year
        return None

    def _import_cells_fault(self, entry, job):
        """Read texts, days and the amount."""
        row, values = entry["row"], entry["values"]
        if fault := self._import_day_fault(row, entry["title"]):
            return fault
        past = ("past_grade", "past_decision_number", "past_decision_date")
        for name, value in row.items():
            field = self._fields.get(name)
            if not field or name in values or not value or name == "author_text":
                continue
            if (name in past) != job["is_past"] and name in past:
                continue
            if field.type == "date":
                values[name] = fields.Date.to_date(value)
            elif field.type in ("char", "text") and field.store and not field.compute:
                values[name] = value
        if row.get("benefit_amount"):
            try:
                values["benefit_amount"] = parse_amount(row["benefit_amount"])
            except ValueError:
                return "benefit_amount", self.env._(
                    "“%(title)s”: “%(amount)s” is no amount in đồng. Enter it in full, "
                    "e.g. 28.800.000, or with its unit, e.g. 28,8 triệu.",
                    title=entry["title"],
                    amount=str(row["benefit_amount"])[:40],
                )
        return None

    def _import_authors_fault(self, entry, job):
        try:
            cell = parse_authors(entry["row"]["author_text"])
        except AuthorsError as error:
            return "author_text", self._import_authors_error(entry, error)
        entry["people"] = [{"author": author} for author in cell.authors]
        job["notes"] += [(code, entry["index"], text) for code, text in cell.notices]
        return None

    def _import_authors_error(self, entry, error):
        """Put the code of an authors' cell that is not understood into words."""
        values = {name: str(value)[:60].strip() for name, value in error.values.items()}
        say = self._import_names_errors(values) | self._import_shares_errors(values)
        return self.env._(
            "“%(title)s”, authors: %(fault)s",
            title=entry["title"],
            fault=say[error.code](),
        )

    def _import_names_errors(self, values):
        """Return what to say of names that are not understood, by code."""
        return {
            "empty": lambda: self.env._("nobody is named. Enter the authors."),
            "too_long": lambda: self.env._(
                "the cell has %(count)s characters, at most %(most)s are read. Enter "
                "only names and shares.",
                **values,
            ),
            "unclear": lambda: self.env._(
                "“%(text)s” is not clear: a name and one share are expected. Put "
                "remarks between brackets, and “;” between the authors.",
                **values,
            ),
            "others": lambda: self.env._(
                "“%(text)s” names nobody. Enter every author by name.", **values
            ),
            "one_word": lambda: self.env._("“%(text)s” is no full name.", **values),
            "born": lambda: self.env._(
                "“%(text)s” contains a date that does not exist.", **values
            ),
            "twice": lambda: self.env._("“%(text)s” stands there twice.", **values),
        }

    def _import_shares_errors(self, values):
        """Return what to say of shares that do not fit, by code."""
        return {
            "share": lambda: self.env._(
                "the share of %(text)s is %(share)s %%. It must lie between 0 and 100.",
                **values,
            ),
            "some": lambda: self.env._(
                "%(text)s has no share, the others have. Enter all of them, or none.",
                **values,
            ),
            "total": lambda: self.env._(
                "the shares add up to %(total)s %%. They must make 100 %%.", **values
            ),
            "count": lambda: self.env._(
                "%(shares)s shares for %(authors)s authors. Enter one for each.",
                **values,
            ),
            "decimals": lambda: self.env._(
                "the share of %(text)s, %(share)s %%, has more than two decimals.",
                **values,
            ),
        }
