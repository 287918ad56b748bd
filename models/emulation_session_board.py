from odoo import api, fields, models
from odoo.fields import Domain

# after all that have a rank: what was deferred or returned
UNRANKED = 10**9


class EmulationSession(models.Model):
    """The table dossiers × members that the session screen shows."""

    _inherit = "emulation.session"

    is_kept_by_me = fields.Boolean(
        string="Results open to me",
        compute="_compute_is_kept_by_me",
        help="The user keeps the session, and is in conflict with no dossier of it",
    )

    @api.depends("evaluation_ids.conflict_ids.level", "state")
    @api.depends_context("uid")
    def _compute_is_kept_by_me(self):
        # asked of the database: what a reader has cached of the agenda lacks the
        # dossiers that are hidden from the reader
        kept = self.sudo().search(
            Domain("id", "in", self.ids) & self._get_kept_domain()
        )
        for session in self:
            session.is_kept_by_me = session in kept

    @api.depends("state", "evaluation_ids.sheet_ids.state", "attendance_ids.status")
    @api.depends_context("uid", "lang")
    def _compute_board(self):
        # asked of the database: a form has read the agenda before as its reader, and
        # a blind one is hidden from whoever scores it
        evaluations = self.env["emulation.evaluation"].sudo()
        agendas = evaluations.search(
            Domain("session_id", "in", self._origin.ids)
        ).grouped("session_id")
        for session in self:
            # as saved: what a form claims meanwhile decides about nobody's sight
            saved = session._origin or session
            session.board = saved._get_board(agendas.get(saved.sudo(), evaluations))

    def _get_board(self, agenda):
        """Return the table dossiers × members that the session screen shows.

        Progress only (who handed in, who is in conflict), never a score before
        the close; afterwards results for those who keep the session, and for all
        once published. What each member gave stays with the secretariat for ever.
        Dossiers in conflict with the reader, or not yet declared for, are left out.

        :param agenda: the evaluations of the session, with the rights of the house
        """
        self.ensure_one()
        session = self.sudo()
        members = session.attendance_ids.member_id.filtered("is_scoring")
        shows_sheets = self.state in ("closed", "published") and self.is_kept_by_me
        shows_results = shows_sheets or self.state == "published"
        own = agenda.conflict_ids.filtered_domain(
            self.env["emulation.conflict"]._get_excluding_domain(self.env.user)
        )
        hidden = own.evaluation_id
        if self.is_member:
            undeclared = self.env["emulation.evaluation"]._get_undeclared_domain()
            hidden |= agenda.filtered_domain(undeclared)
        evaluations = (agenda - hidden)._sorted_for_board(shows_results)
        rows = [
            one._get_board_row(members, shows_results, shows_sheets)
            for one in evaluations
        ]
        return {
            "members": [
                {"id": member.id, "name": member.user_id.name, "role": member.role}
                for member in members
            ],
            "rows": rows,
            "shows_results": shows_results,
            "shows_votes": any(row["votes"] for row in rows),
            "is_closed_to_me": self.evaluation_count > 0,
        }


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    def _sorted_for_board(self, by_rank):
        """Return these in the order of the agenda, or of their ranks."""
        agenda = self.sorted(lambda one: (one.sequence, one.id))
        if not by_rank:
            return agenda
        return agenda.sorted(lambda one: one.verdict_id.rank or UNRANKED)

    def _get_board_row(self, members, shows_results, shows_sheets):
        """Return one row of the session board (see ``emulation.session.board``)."""
        self.ensure_one()
        sheets = {sheet.member_id: sheet for sheet in self.sheet_ids}
        conflicted = self._get_excluded_members()
        verdict = self.verdict_id if shows_results else self.verdict_id.browse()
        cells = []
        for member in members:
            sheet = sheets.get(member)
            status = sheet.state if sheet else "none"
            if member in conflicted:
                status = "conflict"
            scored = shows_sheets and status == "submitted"
            cells.append(
                {
                    "member_id": member.id,
                    "status": status,
                    "total": sheet.total if scored else False,
                }
            )
        return {
            "id": self.id,
            "initiative_id": self.initiative_id.id,
            "name": self.initiative_id.name,
            "code": self.initiative_id.code,
            "unit": self.unit_id.name,
            "cells": cells,
            **verdict._get_board_result(),
        }
