from odoo import models


class EmulationEvaluation(models.Model):
    """What conflicts of interest do to a dossier: who is kept from it, whose sheet."""

    _inherit = "emulation.evaluation"

    def _get_excluded_members(self):
        """Return the seats kept from these dossiers by a conflict of interest."""
        return self.sudo().conflict_ids._excludes().member_id

    def _get_conflict_level(self, kind):
        """Return what a conflict of ``kind`` means for this dossier."""
        regulation = self.session_id.regulation_id or self.round_id.regulation_id
        return regulation.sudo()._get_conflict_level(kind)

    def _find_conflicts(self, session):
        """Search the conflicts of interest of these dossiers in ``session`` anew."""
        self.env["emulation.conflict"].sudo()._detect(session, self)

    def _get_seated_authors(self, session):
        """Return the members of the session's council who are authors of this."""
        self.ensure_one()
        authors = self.initiative_id.author_ids.partner_id
        return session.council_id.member_ids.filtered(
            lambda member: member._is_same_person(authors)
        )

    def _apply_conflicts(self):
        """Void the sheets of who is excluded; give a sheet to who is no longer.

        While scoring is open only: before, no sheets are out; after, results stand.
        """
        for evaluation in self.sudo().filtered(lambda one: one.state == "scoring"):
            excluded = evaluation._get_excluded_members()
            sheets = evaluation.sheet_ids
            sheets.filtered(
                lambda one, out=excluded: one.member_id in out and one.state != "voided"
            ).write({"state": "voided"})
            scoring = evaluation._get_scoring_members()
            back = sheets.filtered(
                lambda one, on=scoring: one.member_id in on and one.state == "voided"
            )
            # what the member had entered is still there
            back.write({"state": "draft"})
            evaluation._hand_out()

    def _get_scoring_members(self):
        """Return the members who get a sheet for this dossier.

        Those on the roll whose seat scores, and whom no conflict keeps away.
        """
        return self._get_quorum_members()

    def _hand_out(self):
        """Create an empty sheet for each scoring member who has none yet."""
        declared = self._get_declared()
        return self.env["emulation.scoresheet"].create(
            [
                {
                    "evaluation_id": evaluation.id,
                    "member_id": member.id,
                    "is_sealed": evaluation.session_id.asks_declaration
                    and (evaluation, member.user_id) not in declared,
                }
                for evaluation in self
                for member in (
                    evaluation._get_scoring_members() - evaluation.sheet_ids.member_id
                )
            ]
        )
