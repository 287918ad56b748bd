from odoo import api, models
from odoo.fields import Domain

from ..tools import forms_home_affairs


class EmulationDataset(models.AbstractModel):
    """Awards counted as forms 0602.N and 0603.N of Circular 02/2023/TT-BNV ask (R62).

    What a decision of the years conferred and no later one revoked, and earlier awards
    whose evidence was verified; one that is on record as both counts once.
    """

    _inherit = "emulation.dataset"

    @api.model
    def _get_awarded(self, form, units, year_from, year_to):
        """Return the conferred nominations and the earlier awards of a form.

        :param form: "0602" or "0603"
        :param units: domain of the units whose awards are counted
        """
        nominations = self._find_awarded(
            "emulation.nomination",
            Domain("award_id.statistic_column", "=like", f"{form}.%")
            & Domain("state", "=", "conferred"),
            ("date_conferred", "central_date"),
            units,
            (year_from, year_to),
        )
        records = self._find_awarded(
            "emulation.award.record",
            Domain("award_id.statistic_column", "=like", f"{form}.%")
            & Domain("is_verified", "=", True),
            ("decision_date",),
            units,
            (year_from, year_to),
        )
        had = {self._get_award_key(one) for one in nominations}
        return nominations, records.filtered(
            lambda one: self._get_award_key(one) not in had
        )

    @api.model
    def _find_awarded(self, model, domain, days, units, years):
        """Search what was decided in these years; the first of ``days`` that is set."""
        decided, unset = Domain.FALSE, Domain.TRUE
        for name in days:
            within = Domain(name, "!=", False)
            for year, sign, day in zip(
                years, (">=", "<="), ("01-01", "12-31"), strict=True
            ):
                if year:
                    within &= Domain(name, sign, f"{year}-{day}")
            decided |= unset & within
            unset &= Domain(name, "=", False)
        Model = self.env[model]
        if self._counts_everything():
            # only numbers are told, and only of what signed decisions made public
            Model = Model.sudo()
            domain &= Domain("company_id", "in", self.env.companies.ids)
        found = Model.search(domain & decided & units)
        found.fetch(["award_id", "year", "partner_id", "recipient_unit_id"])
        return found

    @api.model
    def _get_award_key(self, one):
        return (one.award_id.code, one.year, *one._get_recipient_key())

    @api.model
    def _count_awarded(self, nominations, records):
        """Return (column, award, line of the recipient, method) → number."""
        counts = {}
        for one in nominations:
            line = one.recipient_kind_id.statistic_line
            self._add_award(counts, one.award_id, line, one.commendation_method)
        for one in records:
            self._add_award(counts, one.award_id, self._get_record_line(one), "")
        return counts

    @api.model
    def _add_award(self, counts, award, line, method):
        key = (
            award.statistic_column,
            award.printed_name,
            line or "",
            method or "",
        )
        counts[key] = counts.get(key, 0) + 1

    @api.model
    def _get_record_line(self, record):
        """Return the line of an earlier award; "" where only a name is on record."""
        if record.partner_id:
            return "person"
        kind = record.recipient_unit_id.kind_id
        if not kind:
            return ""
        return "enterprise" if kind.code == "enterprise" else "collective"

    @api.model
    def _get_award_form(self, form, counts):
        """Return form 0602.N or 0603.N of ``counts``."""
        if form == "0603":
            return forms_home_affairs.province_awards(counts)
        own = {}
        for column, name, _line, _method in counts:
            own.setdefault(column, set()).add(name)
        names = {column: sorted(some) for column, some in own.items()}
        return forms_home_affairs.state_awards(counts, names)

    @api.model
    def _get_award_list_columns(self):
        return [
            (self.env._("Award"), "text", 60),
            (self.env._("Column of the form"), "text", 44),
            (self.env._("Conferred here"), "plain", 14),
            (self.env._("Earlier awards"), "plain", 14),
        ]

    @api.model
    def _iterate_awards(self, nominations, records):
        """Yield how many of each award the counts are made of."""
        awards = (nominations.award_id | records.award_id).sorted()
        labels = dict(
            awards._fields["statistic_column"]._description_selection(self.env)
        )
        by_code = {}
        for place, some in enumerate((nominations, records)):
            for one in some:
                numbers = by_code.setdefault(one.award_id.printed_name, [0, 0])
                numbers[place] += 1
        told = {award.printed_name: award for award in awards}
        for name, award in told.items():
            yield [name, labels[award.statistic_column], *by_code[name]]
