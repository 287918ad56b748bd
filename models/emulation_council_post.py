from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date


class EmulationCouncilMember(models.Model):
    """A seat that is held by virtue of a post ends with the post (R64)."""

    _inherit = "emulation.council.member"

    officer_id = fields.Many2one(
        "emulation.unit.officer",
        string="By virtue of",
        index="btree_not_null",
        ondelete="set null",
        domain="[('user_id', '=', user_id)]",
        copy=False,
        help="The post that this seat goes with: when the post ends, so does the seat",
    )
    start_reference = fields.Char(
        string="Appointed by", readonly=True, copy=False, help="Decision and its date"
    )
    end_reference = fields.Char(
        string="Released by", readonly=True, copy=False, help="Decision and its date"
    )
    end_reason = fields.Char(string="Why it ended", copy=False)

    @api.constrains("officer_id", "user_id")
    def _check_officer(self):
        for member in self:
            if member.officer_id and member.officer_id.user_id != member.user_id:
                raise ValidationError(
                    self.env._(
                        "The post of “%(other)s” cannot carry the seat of "
                        "“%(member)s”. Choose a post of the member.",
                        other=member.officer_id.user_id.name,
                        member=member.user_id.name,
                    )
                )

    @api.constrains("council_id", "user_id", "is_scoring", "date_start", "date_end")
    def _check_vote_not_mid_session(self):
        """Nobody begins to score in the middle of a session (bad input).

        The others have scored dossiers already, and the quorum is that of the roll.
        """
        for member in self.filtered("is_scoring"):
            session = member.sudo().council_id._get_session_under_way()
            on_roll = session.attendance_ids.member_id
            if (
                session
                and member not in on_roll
                and member._sits_on(session._get_day())
            ):
                raise UserError(
                    self.env._(
                        "“%(session)s” is being scored: “%(member)s” cannot join now, "
                        "the others have begun without. Let the seat begin after "
                        "%(day)s, switch off “Scores”, or close or cancel the session "
                        "first.",
                        session=session.name,
                        member=member.user_id.name,
                        day=format_date(self.env, session._get_day()),
                    )
                )

    def _end_on(self, day, reason, reference=False):
        """End the seats on ``day`` (a date), or as soon after as they have begun."""
        for member in self:
            member.write(
                {
                    "date_end": max(day, member.date_start or day),
                    "end_reason": reason,
                    "end_reference": reference,
                }
            )


class EmulationCouncil(models.Model):
    _inherit = "emulation.council"

    def _get_session_under_way(self):
        """Return a session of this council that is being scored, or none."""
        sessions = self.env["emulation.session"].sudo()
        return sessions.search(
            [("council_id", "=", self.id), ("state", "=", "scoring")], limit=1
        )


class EmulationUnitOfficer(models.Model):
    _inherit = "emulation.unit.officer"

    seat_ids = fields.One2many(
        "emulation.council.member",
        "officer_id",
        string="Seats on councils",
        groups="emulation.group_emulation_movement",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("date_end"):
            self._end_seats()
        return result

    def unlink(self):
        today = fields.Date.context_today(self)
        for officer in self:
            officer._get_held_seats(today)._end_on(today, officer._end_words())
        return super().unlink()

    def _end_seats(self):
        """End the seats that go with these posts on the day the posts end."""
        for officer in self:
            day = officer.date_end
            officer._get_held_seats(day)._end_on(day, officer._end_words())

    def _get_held_seats(self, day):
        """Return the seats by virtue of this post that would outlast ``day``."""
        return self.sudo().seat_ids.filtered(
            lambda seat: not seat.date_end or seat.date_end > day
        )

    def _end_words(self):
        return self.env._("The post at “%(unit)s” has ended", unit=self.unit_id.name)


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self._emulation_end_seats()
        return result

    def _emulation_end_seats(self):
        """End today the seats of accounts that are archived: nobody sits on them."""
        today = fields.Date.context_today(self)
        seats = self.env["emulation.council.member"].sudo()
        seats.search(
            [
                ("user_id", "in", self.ids),
                ("council_id.state", "in", ("draft", "in_force")),
                "|",
                ("date_end", "=", False),
                ("date_end", ">", today),
            ]
        )._end_on(today, self.env._("The account was closed"))


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    def _check_can_open(self):
        """Ask also for a chair, and a council in its term, on the day (invariant 9)."""
        council, day = self.council_id.sudo(), self._get_day()
        if council.date_start > day or (council.date_end and council.date_end < day):
            raise UserError(
                self.env._(
                    "“%(session)s” is on %(day)s, outside the term of “%(council)s”. "
                    "Correct the day, or the term.",
                    session=self.name,
                    day=format_date(self.env, day),
                    council=council.name,
                )
            )
        chairs = council._get_members(day).filtered(lambda one: one.role == "chair")
        if len(chairs) != 1:
            raise UserError(
                self.env._(
                    "“%(council)s” has no chair on %(day)s, the day of “%(session)s”. "
                    "Appoint one first.",
                    council=council.name,
                    day=format_date(self.env, day),
                    session=self.name,
                )
            )
        return super()._check_can_open()
