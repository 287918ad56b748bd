from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.text import code_key

# What decides who has a code, and when
HOLDING = {"code", "date_start", "date_end", "company_id"}


class Holder(NamedTuple):
    """Who has a code from one day to another, both included."""

    code: str
    company_id: int
    name: str
    first: date
    last: date

    @property
    def key(self):
        """What is compared of a code."""
        return code_key(self.code)

    def meets(self, other):
        """Return whether both have the same code on the same day."""
        same = (self.key, self.company_id) == (other.key, other.company_id)
        return same and self.first <= other.last and other.first <= self.last


class EmulationUnit(models.Model):
    """A code is held by one unit on a day, and may pass to another one (R10).

    The successor of an ended unit may take its code over, as the statistics office
    does, also on a day to come: what counts are the days from today on.
    """

    _inherit = "emulation.unit"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_codes([self._get_holder(vals) for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        if HOLDING & vals.keys():
            units = self.sudo()
            self._check_codes([unit._get_holder(vals) for unit in units])
        return super().write(vals)

    def _get_holder(self, vals):
        """Return what ``vals`` would make of this unit, or of a new one.

        A first day that nobody knows is today: before, nobody else is in the way.
        """
        values = {name: vals.get(name, self[name]) for name in (*HOLDING, "name")}
        today = fields.Date.context_today(self)
        company = values["company_id"]
        if isinstance(company, models.BaseModel):
            company = company.id
        return Holder(
            code=values["code"] or "",
            company_id=company or self.env.company.id,
            name=values["name"] or "–",
            first=max(
                fields.Date.to_date(values["date_start"] or None) or today, today
            ),
            last=fields.Date.to_date(values["date_end"] or None) or date.max,
        )

    def _check_codes(self, holders):
        """Say which unit holds a code; the unique index is the last guard.

        :param holders: what the units of ``self``, or new ones, are to hold
        :raises ValidationError: naming both units and the remedy
        """
        today = fields.Date.context_today(self)
        by_key = {}
        for holder in holders:
            if holder.key and holder.last >= today:
                others = by_key.setdefault(holder.key, [])
                self._check_code_apart(holder, others)
                others.append(holder)
        taken = self.sudo().search(
            Domain("code_key", "in", list(by_key))
            & Domain("is_ended", "=", False)
            & Domain("id", "not in", self.ids)
        )
        for unit in taken:
            present = unit._get_holder({})
            for holder in by_key[unit.code_key]:
                if holder.meets(present):
                    self._raise_code_taken(unit, holder)

    def _check_code_apart(self, holder, others):
        """Refuse two units of one call with one code."""
        for other in others:
            if holder.meets(other):
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” and “%(other)s” would both have the code %(code)s. "
                        "Give each of them a code of its own.",
                        unit=holder.name,
                        other=other.name,
                        code=holder.code,
                    )
                )

    def _raise_code_taken(self, unit, holder):
        values = {"code": unit.code, "holder": unit.name, "unit": holder.name}
        if not unit.date_end:
            raise ValidationError(
                self.env._(
                    "The code %(code)s belongs to “%(holder)s” already: “%(unit)s” "
                    "cannot have it too. Use that unit, or give another code.",
                    **values,
                )
            )
        raise ValidationError(
            self.env._(
                "The code %(code)s belongs to “%(holder)s” until %(day)s: “%(unit)s” "
                "can take it over from the day after. Enter that day as “In existence "
                "since”, or give another code.",
                day=format_date(self.env, unit.date_end),
                **values,
            )
        )

    @api.model
    def _get_present_domain(self):
        """Return the domain of the units that exist today: begun, and not ended."""
        today = fields.Date.context_today(self)
        begun = Domain("date_start", "=", False) | Domain("date_start", "<=", today)
        return begun & Domain("is_ended", "=", False)
