from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import conflicts
from .emulation_conflict import DECLARED

LIVE = ("planned", "scoring")


class EmulationConflict(models.Model):
    """What the system finds: authors, co-authors, units, handling of the dossier."""

    _inherit = "emulation.conflict"

    @api.model
    def _detect(self, session, evaluations):
        """Bring what is found of ``evaluations`` up to date (invariant 17).

        Grounds that are no longer true go, save those the chair has ruled on. A
        session that is over only learns of members who have no sheet in it: its
        results stand until they are contested.
        """
        session, evaluations = session.sudo(), evaluations.sudo()
        seats = session._get_seats_to_check()
        self._carry_over(seats, evaluations)
        found = self._find(session, seats, evaluations)
        known = self.search(
            [
                ("evaluation_id", "in", evaluations.ids),
                ("member_id", "in", seats.ids),
                ("kind", "in", conflicts.GROUNDS),
            ]
        )
        levels = {kind: session._get_conflict_level(kind) for kind in conflicts.GROUNDS}
        if session.state in LIVE:
            known = self._keep_true(known, found, levels)
        else:
            found -= {
                (sheet.evaluation_id, sheet.member_id, kind)
                for sheet in evaluations.sheet_ids
                for kind in conflicts.GROUNDS
            }
        self._create_found(found - {one._get_key() for one in known}, levels)
        evaluations._apply_conflicts()

    @api.model
    def _keep_true(self, known, found, levels):
        """Delete grounds that no longer hold and weigh the others anew.

        What the chair has ruled on stays as it is.

        :return: what is left
        """
        open_ones = known.filtered(lambda one: not one.ruling)
        untrue = open_ones.filtered(lambda one: one._get_key() not in found)
        for conflict in open_ones - untrue:
            if conflict.level != levels[conflict.kind]:
                conflict.level = levels[conflict.kind]
        left = known - untrue
        untrue.unlink()
        return left

    @api.model
    def _create_found(self, found, levels):
        """Record new grounds, in an order that is the same on every search."""
        ranked = sorted(found, key=lambda one: (one[0].id, one[1].id, one[2]))
        self.create(
            [
                {
                    "evaluation_id": evaluation.id,
                    "member_id": member.id,
                    "kind": kind,
                    "level": levels[kind],
                }
                for evaluation, member, kind in ranked
            ]
        )

    def _get_key(self):
        """Return what a ground is told apart by: dossier, seat and kind."""
        return self.evaluation_id, self.member_id, self.kind

    @api.model
    def _carry_over(self, seats, evaluations):
        """Take what was declared or ruled along to another seat of the same user.

        A member who is seated anew, or sits on two councils, stays in conflict.
        """
        told = self.search(
            [
                ("evaluation_id", "in", evaluations.ids),
                ("user_id", "in", seats.user_id.ids),
                "|",
                ("kind", "in", DECLARED),
                ("ruling", "!=", False),
            ]
        )
        there = {one._get_key() for one in told}
        for conflict in told:
            user = conflict.user_id
            for seat in seats.filtered(lambda one, u=user: one.user_id == u):
                key = (conflict.evaluation_id, seat, conflict.kind)
                if key not in there:
                    there.add(key)
                    conflict.copy({"member_id": seat.id})

    @api.model
    def _find(self, session, seats, evaluations):
        """Return ``{(evaluation, member, kind)}`` of all that is true today."""
        facts = seats._get_conflict_facts(session)
        organiser = session.round_id.unit_id.parent_path or ""
        found = set()
        for evaluation, dossier in evaluations._get_conflict_facts().items():
            for seat, known in facts.items():
                found |= {
                    (evaluation, seat, kind)
                    for kind in conflicts.find_grounds(known, dossier, organiser)
                }
        return found


class EmulationCouncilMember(models.Model):
    _inherit = "emulation.council.member"

    def _get_conflict_facts(self, session):
        """Return ``{seat: conflicts.Seat}``; common dossiers as the law counts them."""
        coauthors = self._get_coauthor_marks(session)
        return {
            seat: conflicts.Seat(
                marks=frozenset(seat.user_id.partner_id._emulation_marks()),
                coauthors=frozenset(coauthors.get(seat, ())),
                paths=frozenset(seat._get_own_units().mapped("parent_path")),
            )
            for seat in self
        }

    def _get_own_units(self):
        """Return the units the member acts for, works in or represents."""
        self.ensure_one()
        user = self.user_id
        workplace = user.partner_id.emulation_unit_id
        return self.unit_id | user.emulation_unit_ids | workplace

    def _get_coauthor_marks(self, session):
        """Return ``{seat: marks}`` of whom each member wrote with, as the law counts.

        A member's second account or contact is the same person.
        """
        years = session.regulation_id.conflict_years
        if not years:
            return {}
        twins = self.user_id.partner_id._emulation_duplicates()
        people = {
            seat: (partner := seat.user_id.partner_id) | twins[partner] for seat in self
        }
        everyone = self.env["res.partner"].union(*people.values())
        since = fields.Date.subtract(session._get_day(), years=years)
        lines = self.env["emulation.initiative.author"].search(
            Domain("partner_id", "in", everyone.ids)
            & Domain("initiative_id.date", ">=", since)
            & Domain("initiative_id.state", "not in", ("draft", "withdrawn"))
        )
        dossiers = lines.initiative_id.grouped("id")
        wrote = lines.grouped("partner_id")
        marks = {}
        for seat, contacts in people.items():
            own = [line for one in contacts for line in wrote.get(one, lines.browse())]
            ids = {line.initiative_id.id for line in own}
            authors = self.env["res.partner"].union(
                *(dossiers[one].author_ids.partner_id for one in ids)
            )
            marks[seat] = {
                mark for one in authors - contacts for mark in one._emulation_marks()
            }
        return marks


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    def _get_conflict_facts(self):
        """Return ``{evaluation: conflicts.Dossier}``."""
        facts = {}
        for evaluation in self:
            dossier = evaluation.initiative_id
            authors = dossier.author_ids.partner_id
            units = dossier.unit_id | evaluation.unit_id | authors.emulation_unit_id
            handlers = (
                dossier.submitted_user_id
                | dossier.endorsed_user_id
                | evaluation.examined_user_id
            )
            facts[evaluation] = conflicts.Dossier(
                authors=frozenset(m for one in authors for m in one._emulation_marks()),
                paths=frozenset(units.mapped("parent_path")),
                handlers=frozenset(
                    m for one in handlers.partner_id for m in one._emulation_marks()
                ),
            )
        return facts


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _emulation_marks(self):
        """Return all marks of this person: the contact itself and its identity."""
        self.ensure_one()
        return {("contact", self.id)} | self._emulation_identity()


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    def _get_seats_to_check(self):
        """Return the seats of the council that are held on the day, or later."""
        self.ensure_one()
        day = min(self._get_day(), fields.Date.context_today(self))
        return self.sudo().council_id.member_ids.filtered(
            lambda seat: not seat.date_end or seat.date_end >= day
        )

    def _get_conflict_level(self, kind):
        """Return what a conflict of ``kind`` means under the session's regulation."""
        return self.sudo().regulation_id._get_conflict_level(kind)
