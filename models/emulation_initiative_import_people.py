from collections import defaultdict

from odoo import api, models

from ..tools.text import fold
from .res_partner_succession import AS_OF_THEN

# A name as common as this in a message needs no longer list
SHOWN_PEOPLE = 3


class EmulationInitiative(models.Model):
    """Who the authors of a list are: known people, or new ones of the unit.

    The same name and birth date is one person anywhere; without a birth date the
    name tells a person only within the unit, and only where one person has it.
    """

    _inherit = "emulation.initiative"

    @api.model
    def _import_find_authors(self, job):
        """Enter in ``job`` the contact of every author of a new entry, or a new one."""
        new = [entry for entry in job["entries"] if not entry["known"]]
        people = [(entry, person) for entry in new for person in entry["people"]]
        names = {fold(person["author"].name) for _entry, person in people}
        known = self.env["res.partner"].search_fetch(
            [("is_company", "=", False), ("emulation_search_text", "in", list(names))],
            ["name", "emulation_search_text", "emulation_unit_id"],
        )
        job["people"] = known.grouped("emulation_search_text")
        job["newcomers"] = {}
        births = defaultdict(set)
        for entry, person in people:
            author = person["author"]
            if born := author.birth_date or author.birth_year:
                births[entry["unit"].id, fold(author.name)].add(born)
        for entry, person in people:
            fault = self._import_person(entry, person, births, job)
            if fault:
                job["faults"].append((entry["index"], "author_text", fault))

    def _import_person(self, entry, person, births, job):
        """Find one author; return why nobody certain is found, or None."""
        author, unit = person["author"], entry["unit"]
        name = fold(author.name)
        told = births[unit.id, name]
        born = author.birth_date or author.birth_year
        if not born and len(told) == 1:
            # elsewhere in the file the same name of this unit has its birth
            born = next(iter(told))
        elif not born and told:
            return self._import_births_error(entry, author, told)
        found = self._import_find_person(name, born, unit, job)
        if len(found) > 1:
            return self._import_namesakes_error(entry, author, found)
        if found:
            person["partner"] = found
            return None
        everywhere = born and not isinstance(born, int)
        key = (name, born, 0 if everywhere else unit.id)
        newcomer = {
            "author": author,
            "unit": unit,
            "born": born if everywhere else None,
        }
        person["newcomer"] = job["newcomers"].setdefault(key, newcomer)
        return None

    @api.model
    def _import_find_person(self, name, born, unit, job):
        """Return the contacts that an author may be.

        :param name: folded name
        :param born: date, year, or None where the file says nothing
        """
        namesakes = job["people"].get(name, self.env["res.partner"])
        if born and not isinstance(born, int):
            same = namesakes.filtered(lambda one: one.sudo().emulation_born_on == born)
            if same:
                return same
        colleagues = namesakes.filtered(lambda one: one.emulation_unit_id == unit)
        if not born:
            return colleagues
        year = born if isinstance(born, int) else None
        return colleagues.filtered(
            lambda one: (
                not one.sudo().emulation_born_on
                or one.sudo().emulation_born_on.year == year
            )
        )

    def _import_births_error(self, entry, author, told):
        years = sorted(one if isinstance(one, int) else one.year for one in told)
        return self.env._(
            "“%(title)s”: several people of “%(unit)s” in the file are called "
            "“%(person)s” (born %(years)s). Add the year of birth in brackets.",
            title=entry["title"],
            unit=entry["unit"].name,
            person=author.name,
            years=", ".join(map(str, years)),
        )

    def _import_namesakes_error(self, entry, author, found):
        described = [
            f"{one.name} ({one.emulation_birth_date or '–'}, "
            f"{one.emulation_unit_id.name or '–'})"
            for one in found[:SHOWN_PEOPLE]
        ]
        return self.env._(
            "“%(title)s”: “%(person)s” may be %(people)s. Add the date of birth in "
            "brackets after the name, or merge these contacts if they are one person.",
            title=entry["title"],
            person=author.name,
            people="; ".join(described),
        )

    @api.model
    def _import_create_people(self, job):
        """Create the people whom nobody knows yet, each once, as of their unit."""
        newcomers = list(job["newcomers"].values())
        partners = self.env["res.partner"].with_context(
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            emulation_people=AS_OF_THEN,
        )
        created = partners.create(
            [
                {
                    "name": one["author"].name,
                    "is_company": False,
                    "emulation_unit_id": one["unit"].id,
                    "emulation_birth_date": one["born"],
                }
                for one in newcomers
            ]
        )
        for newcomer, partner in zip(newcomers, created, strict=True):
            newcomer["partner"] = partner
        for entry in job["entries"]:
            for person in entry["people"]:
                if "newcomer" in person:
                    person["partner"] = person["newcomer"]["partner"]
