from odoo import api, models
from odoo.fields import Domain

from ..tools import forms_home_affairs

# Who reports for the whole jurisdiction; officers report for their own units
OFFICES = ("movement", "award", "leader", "data")


class EmulationDataset(models.AbstractModel):
    """Who does the work of emulation, as forms 0604.N and 0605.N ask (R62)."""

    _inherit = "emulation.dataset"

    @api.model
    def _counts_everything(self):
        """Return whether the user reports for the whole jurisdiction."""
        user = self.env.user
        return any(
            user.has_group(f"emulation.group_emulation_{one}") for one in OFFICES
        )

    @api.model
    def _get_bodies(self, units, day):
        """Return the bodies among ``units`` (a domain) that existed on ``day``."""
        return self.env["emulation.unit"].search(
            Domain("statistic_body", "!=", False)
            & (Domain("date_start", "=", False) | Domain("date_start", "<=", day))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", day))
            & units
        )

    @api.model
    def _get_body_officers(self, bodies, day):
        """Return the assignments to ``bodies`` on ``day``, one for each person."""
        lines = self.env["emulation.unit.officer"].search(
            Domain("unit_id", "in", bodies.ids)
            & Domain("is_void", "=", False)
            & Domain("date_start", "<=", day)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", day))
        )
        ranks = {role: n for n, (role, _label) in enumerate(forms_home_affairs.ROLES)}
        first = {}
        for line in lines.sorted(lambda one: ranks[one.role]):
            first.setdefault(line.user_id, line)
        return lines.browse(line.id for line in first.values())

    @api.model
    def _get_body_form(self, bodies):
        """Return form 0604.N."""
        counts = {}
        for body in bodies:
            kind = body.statistic_body
            counts[kind] = counts.get(kind, 0) + 1
        return forms_home_affairs.bodies(counts)

    @api.model
    def _get_official_form(self, officers):
        """Return form 0605.N; a person with several assignments counts once."""
        counts = {}
        for officer in officers:
            for key in (
                ("total", ""),
                ("body", officer.unit_id.statistic_body),
                ("role", officer.role),
            ):
                counts[key] = counts.get(key, 0) + 1
        return forms_home_affairs.officials(counts)

    @api.model
    def _get_body_list_columns(self):
        return [
            (self.env._("Unit code"), "text", 14),
            (self.env._("Unit"), "text", 50),
            (self.env._("Works on emulation as"), "text", 40),
            (self.env._("Officers"), "plain", 10),
        ]

    @api.model
    def _iterate_bodies(self, bodies, officers):
        """Yield a row for each body, with the number of its officers."""
        labels = dict(bodies._fields["statistic_body"]._description_selection(self.env))
        for body in bodies:
            mine = officers.filtered(lambda one, body=body: one.unit_id == body)
            yield [body.code, body.name, labels[body.statistic_body], len(mine)]
