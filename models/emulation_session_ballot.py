from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .emulation_ballot import CHOICES


class EmulationSession(models.Model):
    """Members vote on the dossiers of the session, once each, in person (R45).

    Counted is at the close alone: before, not even the secretary learns how many
    are for and how many against.
    """

    _inherit = "emulation.session"

    ballot_mode = fields.Selection(related="regulation_id.ballot_mode")
    can_vote = fields.Boolean(compute="_compute_can_vote")
    waits_for_my_vote = fields.Boolean(
        compute="_compute_waits_for_my_vote",
        search="_search_waits_for_my_vote",
        help="A dossier of the session on which the reader has yet to vote",
    )

    @api.depends("state", "attendance_ids.status", "regulation_id.ballot_mode")
    @api.depends_context("uid")
    def _compute_can_vote(self):
        for session in self:
            session.can_vote = (
                session.state == "scoring"
                and session.ballot_mode not in (False, "none")
                and bool(session._get_voting_seat())
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_waits_for_my_vote(self):
        waiting = self._get_waiting_for_my_vote()
        for session in self:
            session.waits_for_my_vote = session in waiting

    def _search_waits_for_my_vote(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("id", "in", self._get_waiting_for_my_vote().ids)
        return domain if True in value else ~domain

    @api.model
    def _get_waiting_for_my_vote(self):
        """Return the sessions in which the current user has yet to vote."""
        lines = self.env["emulation.ballot.roll"].sudo()
        lines = lines.search(
            [
                ("member_id.user_id", "=", self.env.uid),
                ("has_voted", "=", False),
                ("evaluation_id.state", "=", "scoring"),
                ("evaluation_id.disposition_ids", "=", False),
            ]
        )
        return lines.evaluation_id.session_id.with_env(self.env)

    # ACTIONS

    def action_open_ballot(self):
        """Open the screen on which the current user votes.

        :raises UserError: when there is nothing to vote on, or no vote of the user's
        """
        self.ensure_one()
        self._check_voter()
        return {
            "type": "ir.actions.client",
            "tag": "emulation_ballot",
            "name": self.env._("Ballot"),
            "params": {"session_id": self.id},
        }

    def get_ballot_paper(self):
        """Return what the user's voting screen shows: dossiers, and those voted on.

        :return: ``{"session", "is_secret", "rows": [{"id", "name", "code", "unit",
            "has_voted"}]}``; never a choice, not even the user's own
        :raises UserError: when the user has no vote here now
        """
        self.ensure_one()
        seat = self._check_voter()
        session = self.sudo()
        votable = session._get_agenda()._get_open_to_me()._get_votable(seat)
        voted = self._get_roll(votable, seat).filtered("has_voted").evaluation_id
        blind = votable.with_env(self.env)._get_blind_initiatives()
        return {
            "session": session.name,
            "is_secret": session.ballot_mode == "secret",
            "rows": [
                {
                    "id": one.id,
                    **one._describe(blind),
                    "has_voted": one in voted,
                }
                for one in votable
            ],
        }

    def cast_ballots(self, votes):
        """Put the current user's ballots into the box: once, and for good.

        :param votes: ``{id of the dossier: "agree", "disagree" or "blank"}``
        :raises UserError: for an absent or excluded voter, a second vote, a closed
            session; naming the dossier and the remedy
        """
        self.ensure_one()
        seat = self._check_voter()
        choices = self._read_votes(votes)
        session = self.sudo()
        evaluations = session.evaluation_ids.filtered(lambda one: one.id in choices)
        self._check_votable(evaluations, choices, seat)
        roll = self._get_roll(evaluations, seat, to_vote=True)
        for line in roll:
            if line.has_voted:
                raise UserError(
                    self.env._(
                        "You have voted on “%(dossier)s” already; a ballot in the box "
                        "is not taken out again.",
                        dossier=line.evaluation_id.display_name,
                    )
                )
        roll.write({"has_voted": True})
        names = session.ballot_mode == "open"
        self.env["emulation.ballot"]._put_in(
            [
                {
                    "evaluation_id": evaluation.id,
                    "choice": choices[evaluation.id],
                    "member_id": names and seat.id,
                }
                for evaluation in evaluations
            ]
        )
        return True

    # WHO VOTES

    def _get_voting_seat(self):
        """Return the user's own scoring seat on the roll, if present."""
        self.ensure_one()
        lines = self.sudo().attendance_ids.filtered(
            lambda line: (
                line.member_id.user_id == self.env.user
                and line.member_id.is_scoring
                and line.status == "present"
            )
        )
        return lines.member_id[:1]

    def _check_voter(self):
        """Return the seat that the user votes for: their own, present, in the room.

        :raises UserError: saying why there is no vote, and whom to ask
        """
        self.ensure_one()
        self.check_access("read")
        if self.ballot_mode in (False, "none"):
            raise UserError(
                self.env._(
                    "The regulation of “%(session)s” asks for no ballot: the score "
                    "decides.",
                    session=self.name,
                )
            )
        if self.state != "scoring":
            raise UserError(
                self.env._(
                    "The ballot of “%(session)s” is not open.", session=self.name
                )
            )
        seat = self._get_voting_seat()
        if not seat:
            raise AccessError(
                self.env._(
                    "Only voting members who are present vote in “%(session)s”, each "
                    "for themselves. Ask the secretary to mark you present.",
                    session=self.name,
                )
            )
        line = self.sudo().attendance_ids.filtered(lambda one: one.member_id == seat)
        if line.is_away:
            raise UserError(
                self.env._(
                    "You are noted as out of the room. Vote in “%(session)s” when you "
                    "are back; the secretary notes it.",
                    session=self.name,
                )
            )
        return seat

    @api.model
    def _read_votes(self, votes):
        """Return ``{id: choice}`` of what a client sent, refusing what is neither."""
        known = {code for code, _label in CHOICES}
        try:
            choices = {int(key): choice for key, choice in dict(votes).items()}
        except (TypeError, ValueError):
            choices = {}
        if not choices or any(
            not isinstance(choice, str) or choice not in known
            for choice in choices.values()
        ):
            raise UserError(
                self.env._(
                    "Mark at least one dossier, each with agree, disagree or blank."
                )
            )
        return choices

    def _check_votable(self, evaluations, choices, seat):
        """Refuse dossiers of other sessions, in conflict, or no longer voted on."""
        votable = evaluations._get_votable(seat)
        if len(evaluations._get_open_to_me()) != len(choices):
            raise AccessError(
                self.env._(
                    "One of the dossiers is not yours to vote on in “%(session)s”. "
                    "Declare your interests first, or reload the page.",
                    session=self.name,
                )
            )
        for evaluation in evaluations - votable:
            raise UserError(
                self.env._(
                    "The council has deferred or returned “%(dossier)s”: it is not "
                    "voted on.",
                    dossier=evaluation.display_name,
                )
            )

    def _get_roll(self, evaluations, seat, to_vote=False):
        """Return the lines of ``seat`` on the roll of voters, locked ``to_vote``.

        Two ballots sent at once wait for each other, and the second one is refused.
        """
        roll = self.env["emulation.ballot.roll"].sudo()
        lines = roll.search(
            [("evaluation_id", "in", evaluations.ids), ("member_id", "=", seat.id)]
        )
        if not to_vote:
            return lines
        missing = evaluations - lines.evaluation_id
        lines |= roll.create(
            [{"evaluation_id": one.id, "member_id": seat.id} for one in missing]
        )
        self.env.cr.execute(
            SQL(
                "SELECT id FROM emulation_ballot_roll WHERE id = ANY(%s) FOR UPDATE",
                lines.ids,
            )
        )
        return lines

    # WHAT HAPPENS TO THE BOX

    def _open_ballot(self):
        """List who may vote on what when scoring opens, whoever comes later."""
        session = self.sudo()
        if session.ballot_mode in (False, "none"):
            return
        self.env["emulation.ballot.roll"].sudo().create(
            [
                {"evaluation_id": one.id, "member_id": seat.id}
                for one in session.evaluation_ids
                for seat in one._get_quorum_members()
            ]
        )

    def _get_missing_votes(self):
        """Return ``[(seat, number of dossiers)]``: who is there and has yet to vote."""
        session = self.sudo()
        if session.ballot_mode in (False, "none"):
            return []
        judged = session.evaluation_ids._get_judged()
        voted = judged._find_voted()
        done = {(line.evaluation_id.id, line.member_id.id) for line in voted}
        missing = {}
        for evaluation in judged:
            base = evaluation._get_quorum_members()
            roll = session.attendance_ids.filtered(
                lambda line, base=base: line.member_id in base
            )
            for seat in roll._was_in(evaluation).member_id:
                if (evaluation.id, seat.id) not in done:
                    missing[seat] = missing.get(seat, 0) + 1
        return sorted(missing.items(), key=lambda one: one[0].user_id.name)

    def _check_voters_there(self):
        """Refuse a roll without who has voted: fewer present would need fewer votes.

        :raises UserError: naming the dossier and the members
        """
        voted = self.sudo().evaluation_ids._get_judged()._find_voted()
        for evaluation, lines in voted.grouped("evaluation_id").items():
            there = self.sudo().attendance_ids._was_in(evaluation).member_id
            if gone := lines.member_id - there:
                raise UserError(
                    self.env._(
                        "“%(session)s” cannot be closed: these members have voted on "
                        "“%(dossier)s” and are not there by the roll: %(members)s. "
                        "Correct the roll.",
                        session=self.name,
                        dossier=evaluation.display_name,
                        members=", ".join(gone.user_id.mapped("name")),
                    )
                )

    def _check_votes(self):
        self._check_voters_there()
        missing = self._get_missing_votes()
        if missing:
            lines = [f"- {seat.user_id.name}: {count}" for seat, count in missing]
            raise UserError(
                self.env._(
                    "“%(session)s” cannot be closed: these members are present and "
                    "have not voted on all dossiers (they may hand in a blank vote):\n"
                    "%(members)s",
                    session=self.name,
                    members="\n".join(lines),
                )
            )


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    def _get_open_to_me(self):
        """Return the dossiers that the current user appraises, declared and free."""
        return self.filtered_domain(self._get_mine_domain())

    def _find_voted(self):
        """Return the lines of the roll of who has voted on these, never a choice."""
        roll = self.env["emulation.ballot.roll"].sudo()
        return roll.search(
            [("evaluation_id", "in", self.ids), ("has_voted", "=", True)]
        )

    def _get_votable(self, seat):
        """Return the dossiers on which ``seat`` votes: judged, and no conflict."""
        return self._get_judged().filtered(
            lambda one: seat not in one._get_excluded_members()
        )

    def _void_ballots(self):
        """Take all ballots on these dossiers out of the box: all vote again."""
        domain = [("evaluation_id", "in", self.ids)]
        self.env["emulation.ballot"].sudo().search(domain).unlink()
        self.env["emulation.ballot.roll"].sudo().search(domain).write(
            {"has_voted": False}
        )

    def _leave_agenda(self):
        domain = [("evaluation_id", "in", self.ids)]
        self.env["emulation.ballot"].sudo().search(domain).unlink()
        self.env["emulation.ballot.roll"].sudo().search(domain).unlink()
        self.disposition_ids.unlink()
        self.write({"date_called": False})
        return super()._leave_agenda()


class EmulationConflict(models.Model):
    """A ballot of somebody who turns out to be in conflict spoils the box."""

    _inherit = "emulation.conflict"

    @api.model_create_multi
    def create(self, vals_list):
        conflicts = super().create(vals_list)
        conflicts._void_spoilt_ballots()
        return conflicts

    def write(self, vals):
        result = super().write(vals)
        if "level" in vals:
            self._void_spoilt_ballots()
        return result

    def _void_spoilt_ballots(self):
        """Hold the vote again where somebody excluded has taken part in it."""
        roll = self.env["emulation.ballot.roll"].sudo()
        for conflict in self.sudo()._excludes():
            evaluation = conflict.evaluation_id
            if evaluation.state != "scoring":
                continue
            line = roll.search(
                [
                    ("evaluation_id", "=", evaluation.id),
                    ("member_id", "=", conflict.member_id.id),
                ]
            )
            if line.has_voted:
                evaluation._void_ballots()
            line.unlink()
