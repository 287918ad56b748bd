from markupsafe import Markup

from odoo import SUPERUSER_ID, api, models
from odoo.tools import format_date

from .emulation_succession_mixin import BY_SUCCESSION

# What of an assignment decides about rights
LOGGED = {"user_id", "unit_id", "role", "date_start", "date_end", "is_void"}


class EmulationUnitOfficer(models.Model):
    """Who let whom act for a unit, and who ended it, stays on the unit (R68).

    A reform is its own record of what it moved; what the system itself enters was
    nobody's decision.
    """

    _inherit = "emulation.unit.officer"

    @api.model_create_multi
    def create(self, vals_list):
        officers = super().create(vals_list)
        if self._is_logged():
            self._log_on_units(
                (one.unit_id, self.env._("Now acts for it: %s", one._describe()))
                for one in officers
            )
        return officers

    def write(self, vals):
        if not (LOGGED & vals.keys() and self._is_logged()):
            return super().write(vals)
        before = {one: (one.unit_id, one._describe()) for one in self}
        result = super().write(vals)
        notes = []
        for one, (unit, was) in before.items():
            now = one._describe()
            if one.unit_id != unit:
                notes += [
                    (unit, self.env._("No longer acts for it: %s", was)),
                    (one.unit_id, self.env._("Now acts for it: %s", now)),
                ]
            elif now != was:
                text = self.env._(
                    "Assignment changed: %(before)s → %(after)s", before=was, after=now
                )
                notes.append((unit, text))
        self._log_on_units(notes)
        return result

    def unlink(self):
        notes = [
            (one.unit_id, self.env._("Assignment deleted: %s", one._describe()))
            for one in self
            if self._is_logged()
        ]
        result = super().unlink()
        self._log_on_units(notes)
        return result

    @api.model
    def _is_logged(self):
        by_reform = self.env.context.get("emulation_reform") is BY_SUCCESSION
        return not by_reform and self.env.uid != SUPERUSER_ID

    @api.model
    def _log_on_units(self, notes):
        """Note each (unit, text) on its unit, one message for each unit."""
        texts = {}
        for unit, text in notes:
            texts.setdefault(unit.id, []).append(text)
        units = self.env["emulation.unit"].browse(texts).exists()
        if units:
            bodies = {id_: Markup("<br/>").join(texts[id_]) for id_ in units.ids}
            units._message_log_batch(bodies)

    def _describe(self):
        """Return who acts in which role and from when to when, in one line."""
        self.ensure_one()
        roles = dict(self._fields["role"]._description_selection(self.env))
        user = self.sudo().user_id
        days = [
            format_date(self.env, day) if day else "…"
            for day in (self.date_start, self.date_end)
        ]
        void = [self.env._("never begun")] if self.is_void else []
        who = f"{user.name} ({user.login})"
        return ", ".join([who, roles[self.role], " – ".join(days), *void])
