from odoo import api, models
from odoo.fields import Domain

from ..tools.authors import show_authors

# Dossiers read at once: bounds the memory, not the number of questions per dossier
BATCH = 500
# Results that stand, also when a client asks for archived records
PUBLISHED = Domain("is_published", "=", True) & Domain("active", "=", True)


class EmulationDataset(models.AbstractModel):
    """The consolidated data set: dossiers of all units and years as a table (R62).

    Everything is read with the rights of the user who asks: record rules decide which
    dossiers, authors and published results there are. What dossiers describe, score
    sheets, reasons and personal data of authors beyond their name are never part.
    """

    _name = "emulation.dataset"
    _description = "Data Set of Initiatives"

    @api.model
    def _get_columns(self, domain):
        """Return the columns as (header, kind, width, function of a dossier).

        The kinds are those of ``tools.sheets``. One column, with the level in place of
        the function, for each level at which the user may read published results of
        the dossiers of ``domain``.
        """
        return [
            *self._get_first_columns(),
            *self._get_classifying_columns(),
            *(
                (self.env._("Result: %(level)s", level=level.name), "text", 18, level)
                for level in self._get_levels(domain)
            ),
            *self._get_deciding_columns(),
        ]

    @api.model
    def _get_first_columns(self):
        """Return the columns of title, authors and unit."""
        return [
            (self.env._("Code"), "text", 15, lambda one: one.code),
            (self.env._("Title"), "text", 50, lambda one: one.name),
            (self.env._("Authors with shares"), "text", 40, self._show_authors),
            (
                self.env._("Number of authors"),
                "plain",
                9,
                lambda one: len(one.author_ids),
            ),
            (self.env._("Categories of authors"), "text", 24, self._show_categories),
            (self.env._("Residence of authors"), "text", 18, self._show_residences),
            (self.env._("Unit code"), "text", 12, lambda one: one.unit_id.code),
            (self.env._("Unit"), "text", 30, lambda one: one.unit_id.name),
            (
                self.env._("Level of the unit"),
                "text",
                12,
                lambda one: one.unit_id.level_id.name,
            ),
        ]

    @api.model
    def _get_classifying_columns(self):
        """Return the columns of year, round, kind, field and state."""
        states = dict(
            self.env["emulation.initiative"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        return [
            (self.env._("Year"), "plain", 7, lambda one: one.year),
            (self.env._("Round"), "text", 24, self._show_round),
            (self.env._("Kind"), "text", 16, lambda one: one.kind_id.name),
            (self.env._("Field"), "text", 24, lambda one: one.field_id.name),
            (
                self.env._("Content of the movement"),
                "text",
                24,
                lambda one: one.theme_id.name,
            ),
            (self.env._("Status"), "text", 16, lambda one: states[one.state]),
            (self.env._("Source"), "text", 16, self._show_source),
        ]

    @api.model
    def _get_deciding_columns(self):
        """Return the columns of decisions, application and benefit."""
        return [
            (
                self.env._("Decision of the unit"),
                "text",
                18,
                lambda one: one.unit_decision_number,
            ),
            (
                self.env._("Unit decided on"),
                "date",
                12,
                lambda one: one.unit_decision_date,
            ),
            (self.env._("Grade (as listed)"), "text", 12, lambda one: one.past_grade),
            (
                self.env._("Decision number (as listed)"),
                "text",
                18,
                lambda one: one.past_decision_number,
            ),
            (self.env._("Decided on"), "date", 12, lambda one: one.date_recognised),
            (self.env._("First applied on"), "date", 12, lambda one: one.date_applied),
            (
                self.env._("Claimed benefit in a year"),
                "number",
                18,
                lambda one: one.benefit_amount or None,
            ),
            (self.env._("Currency"), "text", 9, self._show_currency),
        ]

    @api.model
    def _get_levels(self, domain):
        """Return the levels at which dossiers of ``domain`` have published results."""
        organisers = self.env["emulation.verdict"]._read_group(
            PUBLISHED & Domain("initiative_id", "any", Domain(domain)),
            ["round_id"],
        )
        rounds = self.env["emulation.round"].browse(rnd.id for (rnd,) in organisers)
        return rounds.sudo().unit_id.level_id.sorted().with_env(self.env)

    @api.model
    def _iterate(self, domain, columns):
        """Yield a dossier and its row, batch by batch, in the same number of questions.

        :param domain: which dossiers; the user's own rules apply besides
        :param columns: as of ``_get_columns``
        """
        Model = self.env["emulation.initiative"].with_context(prefetch_fields=False)
        ids = Model.search(domain, order="year desc, unit_path, id")._ids
        for start in range(0, len(ids), BATCH):
            batch = Model.browse(ids[start : start + BATCH])
            results = self._fetch(batch)
            for initiative in batch:
                mine = results.get(initiative, self.env["emulation.verdict"])
                yield (
                    initiative,
                    [
                        read(initiative)
                        if callable(read)
                        else self._show_result(mine, read)
                        for *_head, read in columns
                    ],
                )
            self.env.invalidate_all()

    @api.model
    def _fetch(self, batch):
        """Read what the columns need of a batch.

        :return: the results that are published and readable, by dossier
        """
        batch.fetch(
            [
                *("code", "name", "author_ids", "unit_id", "year", "round_id"),
                *("kind_id", "field_id", "theme_id", "state", "is_past", "past_grade"),
                *("past_decision_number", "date_recognised", "date_applied"),
                *("benefit_amount", "currency_id", "company_id"),
                *("unit_decision_number", "unit_decision_date"),
            ]
        )
        batch.author_ids.fetch(["partner_id", "share"])
        batch.author_ids.partner_id.fetch(
            ["name", "emulation_category_id", "emulation_residence"]
        )
        results = self.env["emulation.verdict"].search_fetch(
            PUBLISHED & Domain("initiative_id", "in", batch.ids),
            ["initiative_id", "grade_id", "outcome", "round_id"],
        )
        return results.grouped("initiative_id")

    # CELLS

    @api.model
    def _show_authors(self, initiative):
        return show_authors(
            (author.partner_id.name, author.share) for author in initiative.author_ids
        )

    @api.model
    def _show_categories(self, initiative):
        categories = initiative.author_ids.partner_id.emulation_category_id
        return "; ".join(categories.mapped("name"))

    @api.model
    def _show_residences(self, initiative):
        people = initiative.author_ids.partner_id
        labels = dict(
            people._fields["emulation_residence"]._description_selection(self.env)
        )
        told = dict.fromkeys(filter(None, people.mapped("emulation_residence")))
        return "; ".join(labels[one] for one in told)

    @api.model
    def _show_round(self, initiative):
        """Return the name of the round, as the client shows it beside the dossier.

        Also to those who may not open a round that is still being prepared.
        """
        return initiative.round_id.sudo().name

    @api.model
    def _show_source(self, initiative):
        return self.env._("List") if initiative.is_past else self.env._("Dossier")

    @api.model
    def _show_currency(self, initiative):
        return initiative.currency_id.name if initiative.benefit_amount else ""

    @api.model
    def _show_result(self, results, level):
        """Return what was decided of a dossier at one level, else nothing."""
        here = results.filtered(
            lambda one: one.round_id.sudo().unit_id.level_id == level
        )
        outcome = results._fields["outcome"]
        labels = dict(outcome._description_selection(self.env))
        return "; ".join(
            result.grade_id.name or labels[result.outcome] for result in here
        )
