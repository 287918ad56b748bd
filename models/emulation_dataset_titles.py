from odoo import api, models
from odoo.fields import Domain

from .emulation_dataset import BATCH


class EmulationDataset(models.AbstractModel):
    """Who had which initiative recognised, for the files of emulation titles (R62).

    The title needs the decision and its level: recognised by the unit for CSTĐ cơ sở,
    by the province for CSTĐ tỉnh (Law on Emulation and Commendation, 2022).
    """

    _inherit = "emulation.dataset"

    @api.model
    def _get_title_columns(self):
        """Return the columns of the list as (header, kind, width)."""
        return [
            (self.env._("Author"), "text", 30),
            (self.env._("Unit"), "text", 30),
            (self.env._("Year"), "plain", 7),
            (self.env._("Code"), "text", 15),
            (self.env._("Initiative"), "text", 50),
            (self.env._("Share (%)"), "points", 9),
            (self.env._("Recognised at"), "text", 16),
            (self.env._("Recognised by"), "text", 30),
            (self.env._("Grade"), "text", 14),
            (self.env._("Decision"), "text", 22),
            (self.env._("Decided on"), "date", 12),
        ]

    @api.model
    def _get_recognised_domain(self):
        """Return the domain of what a unit or a council has recognised."""
        return Domain("state", "=", "recognised") | Domain(
            "unit_decision_number", "!=", False
        )

    @api.model
    def _iterate_titles(self, domain):
        """Yield a row for each author and each recognition, in the order of names.

        :param domain: which dossiers; the user's own rules apply besides
        """
        Author = self.env["emulation.initiative.author"]
        mine = Author.search([("initiative_id", "any", domain)], order="partner_id, id")
        decisions = {}
        for start in range(0, len(mine), BATCH):
            batch = Author.browse(mine._ids[start : start + BATCH])
            results = self._fetch(batch.initiative_id)
            for author in batch:
                verdicts = results.get(
                    author.initiative_id, self.env["emulation.verdict"]
                )
                yield from self._get_title_rows(author, verdicts, decisions)
            self.env.invalidate_all()

    @api.model
    def _get_title_rows(self, author, verdicts, decisions):
        initiative = author.initiative_id
        who = [
            author.partner_id.name,
            initiative.unit_id.name,
            initiative.year,
            initiative.code,
            initiative.name,
            author.share,
        ]
        for recognition in self._get_recognitions(initiative, verdicts, decisions):
            yield [*who, *recognition]

    @api.model
    def _get_recognitions(self, initiative, verdicts, decisions):
        """Yield level, recogniser, grade, decision and its date of each recognition."""
        if initiative.unit_decision_number:
            unit = initiative.unit_decision_unit_id.sudo()
            yield (
                unit.level_id.name,
                unit.name,
                None,
                initiative.unit_decision_number,
                initiative.unit_decision_date,
            )
        if initiative.is_past and initiative.state == "recognised":
            unit = initiative.round_id.sudo().unit_id
            yield (
                unit.level_id.name,
                unit.name,
                initiative.past_grade,
                initiative.past_decision_number,
                initiative.date_recognised,
            )
        for verdict in verdicts.filtered("is_pass"):
            unit = verdict.round_id.sudo().unit_id
            number, day = self._get_decision(verdict, decisions)
            yield unit.level_id.name, unit.name, verdict.grade_id.name, number, day

    @api.model
    def _get_decision(self, verdict, decisions):
        """Return number and date of the decision that published a result.

        :param decisions: what is known of sessions already, by id
        """
        session = verdict.session_id.sudo()
        if session.id not in decisions:
            paper = session._get_signed_decision()
            decisions[session.id] = (paper.reference, paper.date_signed)
        return decisions[session.id]
