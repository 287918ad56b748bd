from odoo import api, models

from ..tools.text import fold


class EmulationDataset(models.AbstractModel):
    """The authors of a data set, each once, however often their contact was entered."""

    _inherit = "emulation.dataset"

    @api.model
    def _get_people_columns(self):
        """Return the columns of the sheet of authors as (header, kind, width)."""
        return [
            (self.env._("Author"), "text", 32),
            (self.env._("Author category"), "text", 24),
            (self.env._("Residence"), "text", 18),
            (self.env._("Unit"), "text", 32),
            (self.env._("Dossiers"), "plain", 10),
            (self.env._("Recognised"), "plain", 10),
        ]

    @api.model
    def _count_people(self, initiative, counts):
        """Add the authors of one dossier to ``counts``: contact → [all, recognised]."""
        recognised = initiative.state == "recognised"
        for partner_id in initiative.author_ids.partner_id._ids:
            numbers = counts.setdefault(partner_id, [0, 0])
            numbers[0] += 1
            numbers[1] += recognised

    @api.model
    def _iterate_people(self, counts):
        """Yield a row for each person, contacts of the same person added together.

        :param counts: as filled by ``_count_people``
        """
        partners = self.env["res.partner"].browse(counts)
        groups = self._group_people(partners)
        labels = dict(
            partners._fields["emulation_residence"]._description_selection(self.env)
        )
        for people in sorted(groups, key=lambda one: (fold(one[0].name), one[0].id)):
            first = people[0]
            yield [
                first.name,
                first.emulation_category_id.name,
                labels.get(first.emulation_residence),
                first.emulation_unit_id.name,
                sum(counts[one.id][0] for one in people),
                sum(counts[one.id][1] for one in people),
            ]

    @api.model
    def _group_people(self, partners):
        """Return lists of contacts, one list for each person.

        Whether two contacts are one person is told by marks that the user may not
        read (birth date, e-mail, telephone); only the answer is used.
        """
        above, by_mark = {}, {}

        def first(number):
            while above.setdefault(number, number) != number:
                number = above[number]
            return number

        for partner in partners:
            for mark in partner.sudo()._emulation_identity():
                one, other = (
                    first(partner.id),
                    first(by_mark.setdefault(mark, partner.id)),
                )
                above[max(one, other)] = min(one, other)
        groups = {}
        for partner in partners:
            groups.setdefault(first(partner.id), []).append(partner)
        return list(groups.values())
