from odoo import fields, models
from odoo.exceptions import AccessError, UserError


def tell(done, due, is_blind):
    """Return how far something is; if blind only whether: a count tells who is out.

    Of whom nothing is due nothing is done either.
    """
    if is_blind:
        return "✓" if due and done >= due else "…"
    return f"{done}/{due}"


class EmulationSession(models.Model):
    """What the screen in the room shows: progress, quorum, who must be outside (R44).

    Never a score, a vote or a sheet; the screen asks again by itself, so that no
    message to the browsers needs to carry anything.
    """

    _inherit = "emulation.session"

    def action_open_room(self):
        """Open the board for the room's screen.

        :raises AccessError: for anybody without a seat on the council
        """
        self.ensure_one()
        self._check_seated()
        return {
            "type": "ir.actions.client",
            "tag": "emulation_room_board",
            "name": self.env._("Room board"),
            "target": "fullscreen",
            "params": {"session_id": self.id},
        }

    def get_room_board(self):
        """Return what the room's screen shows now.

        Dossiers that the reader is kept from are left out, and what else would name
        them.

        :return: ``{"session", "state", "quorum", "current", "members", "rows",
            "hindrances", "has_ballot", "time"}``
        :raises AccessError: for anybody without a seat on the council
        """
        self.ensure_one()
        self._check_seated()
        session = self.sudo()
        shown = session._get_agenda()._get_open_to_me()
        current = session.current_evaluation_id & shown
        is_concerned = len(shown) < len(session.evaluation_ids)
        # the screen is for the whole room: whoever scores there must not know
        is_blind = session._is_blind()
        progress = session._get_progress(shown)
        return {
            "session": session.name,
            "council": session.council_id.name,
            "state": session.state,
            "state_label": self._state_label(session.state),
            "quorum": self.quorum_text or "",
            "has_ballot": session.ballot_mode not in (False, "none"),
            "current": current.id,
            "rows": [one._get_room_row(progress, is_blind) for one in shown],
            "members": [
                line._get_room_member(shown, progress, is_blind)
                for line in session.attendance_ids
                if line.member_id.is_scoring and shown
            ],
            # they would name what the reader is kept from
            "hindrances": [] if is_concerned or is_blind else self._get_hindrances(),
            "time": fields.Datetime.context_timestamp(
                self, fields.Datetime.now()
            ).strftime("%H:%M"),
        }

    def _check_seated(self):
        """Refuse whoever does not sit on the council, whatever else they may read."""
        self.check_access("read")
        if not self.is_member:
            raise AccessError(
                self.env._(
                    "The board of “%(session)s” is for the members of its council.",
                    session=self.name,
                )
            )

    def _get_progress(self, evaluations):
        """Return ``{"sheets", "votes"}``: sets of (dossier, member) ids that are in."""
        voted = evaluations._find_voted()
        sheets = evaluations.sheet_ids.filtered(lambda one: one.state != "voided")
        return {
            "due": {(one.evaluation_id.id, one.member_id.id) for one in sheets},
            "sheets": {
                (one.evaluation_id.id, one.member_id.id)
                for one in sheets
                if one.state == "submitted"
            },
            "votes": {(one.evaluation_id.id, one.member_id.id) for one in voted},
        }

    def _get_hindrances(self):
        """Return why the session cannot be closed yet, in sentences."""
        if self.state != "scoring":
            return []
        sentences = []
        for check in (self._check_quorum, self._check_sheets, self._check_votes):
            try:
                check()
            except UserError as hindrance:
                sentences.append(str(hindrance))
        return sentences


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    def _get_room_row(self, progress, is_blind):
        """Return the line of this dossier on the room's screen."""
        self.ensure_one()
        present, base, needed = self._get_quorum()
        on_roll = self.session_id.attendance_ids.member_id
        outside = self._get_excluded_members() & on_roll
        labels = dict(
            self.disposition_ids._fields["outcome"]._description_selection(self.env)
        )
        counts = {
            name: len([1 for one, _seat in marks if one == self.id])
            for name, marks in progress.items()
        }
        return {
            "id": self.id,
            **self._describe(
                self.initiative_id if is_blind else self.initiative_id.browse()
            ),
            "quorum": "" if is_blind else f"{present}/{base}",
            "has_quorum": present >= needed,
            # whoever is in conflict may be an author
            "outside": [] if is_blind else outside.user_id.mapped("name"),
            "sheets": tell(counts["sheets"], counts["due"], is_blind),
            "votes": tell(counts["votes"], base, is_blind),
            "disposed": labels.get(self.disposition_ids.outcome, ""),
        }


class EmulationSessionAttendance(models.Model):
    _inherit = "emulation.session.attendance"

    def _get_room_member(self, evaluations, progress, is_blind):
        """Return the line of this member on the room's screen."""
        self.ensure_one()
        roles = dict(self.member_id._fields["role"]._description_selection(self.env))
        labels = dict(self._fields["status"]._description_selection(self.env))
        mine = {
            name: len([1 for _one, seat in marks if seat == self.member_id.id])
            for name, marks in progress.items()
        }
        session = self.session_id
        is_dealt = session.reviewers_per_dossier > 0 and session.state == "scoring"
        away = self.status == "present" and self.is_away
        expected = evaluations._get_votable(self.member_id)
        return {
            "id": self.member_id.id,
            "name": self.member_id.user_id.name,
            "role": roles[self.role],
            "status": "away" if away else self.status,
            "status_label": self.env._("Outside") if away else labels[self.status],
            "sheets": tell(mine["sheets"], mine["due"], is_blind),
            "votes": tell(mine["votes"], len(expected), is_blind),
            # where all score, it would tell who is kept from the dossiers
            "is_unassigned": is_dealt and not mine["due"],
        }
