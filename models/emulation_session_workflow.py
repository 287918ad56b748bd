from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class EmulationSession(models.Model):
    """From the agenda to the close that computes, and who may take each step."""

    _inherit = "emulation.session"

    @api.model
    def _protected_fields(self):
        return {"closed_user_id", "date_closed"}

    def _transitions(self):
        return {
            "planned": {"scoring", "cancelled"},
            "scoring": {"closed", "cancelled"},
            "closed": {"published"},
            "published": {"closed"},
            "cancelled": set(),
        }

    def _may_move(self, target):
        if target == "closed" and self.state == "scoring":
            return self._may_keep()
        if target in ("scoring", "cancelled"):
            # once members score, only those who keep it call it off: sheets are lost
            is_movement = self.env.user.has_group("emulation.group_emulation_movement")
            return self._may_keep() or (is_movement and self.state == "planned")
        # publishing follows from a signed decision
        return False

    def _may_keep(self):
        """Return whether the user keeps this session: its secretary, or a deputy.

        The chair and vice chair act where every secretary is an author of a
        dossier on the agenda; nobody in conflict with one keeps it.
        """
        self.ensure_one()
        user = self.env.user
        seats = self._get_seats(user)
        conflicted = self._get_conflicted_users()
        if not seats or user in conflicted:
            return False
        if "secretary" in seats.mapped("role"):
            return True
        today = fields.Date.context_today(self)
        secretaries = self.council_id._get_members(today).filtered(
            lambda member: member.role == "secretary"
        )
        able = secretaries.user_id - conflicted
        return not able and bool(seats.filtered(lambda one: one.role != "member"))

    def _get_conflicted_users(self):
        """Return the users kept from a dossier of the agenda, whatever their seat."""
        return self.sudo().evaluation_ids._get_excluded_members().user_id

    def _check_ready(self, target):
        if target == "scoring":
            self._check_can_open()
        elif target == "closed" and self.state == "scoring":
            self._check_quorum()
            self._check_sheets()
            self._check_votes()

    def _check_can_open(self):
        if not self.sudo().evaluation_ids:
            raise UserError(
                self.env._(
                    "The agenda of “%(session)s” is empty. Add the eligible dossiers "
                    "first.",
                    session=self.name,
                )
            )
        if self.council_id.state != "in_force":
            raise UserError(
                self.env._(
                    "The council “%(council)s” is not in office. Put it in office "
                    "before its session opens.",
                    council=self.council_id.name,
                )
            )
        self.council_id.sudo().member_ids._check_user_group()

    def _lock_to_close(self):
        """Let one person alone close; tell the other who was first."""
        for session in self:
            session.check_access("read")
            if not session.sudo().try_lock_for_update(allow_referencing=True):
                raise UserError(
                    self.env._(
                        "“%(session)s” is being closed by somebody else at this "
                        "moment. Reload the page to see the result.",
                        session=session.name,
                    )
                )
            if session.state == "closed":
                raise UserError(
                    self.env._(
                        "“%(session)s” was closed by %(user)s. Reload the page to see "
                        "the result.",
                        session=session.name,
                        user=session.sudo().closed_user_id.name,
                    )
                )

    def _check_quorum(self):
        present, appointed, needed = self._get_quorum()
        if present < needed:
            raise UserError(
                self.env._(
                    "“%(session)s” has no quorum: %(present)s of %(appointed)s scoring "
                    "members are present, %(needed)s are needed. Complete the roll, or "
                    "call a new session.",
                    session=self.name,
                    present=present,
                    appointed=appointed,
                    needed=needed,
                )
            )

    def _check_sheets(self):
        """Refuse the close while a present member's sheet is missing."""
        open_sheets = self.sudo().evaluation_ids._get_judged()._get_open_sheets()
        present = self._get_present()
        late = open_sheets.filtered(lambda sheet: sheet.member_id in present)
        if late:
            lines = sorted(
                f"- {sheet.member_id.user_id.name}: {sheet.evaluation_id.display_name}"
                for sheet in late
            )
            raise UserError(
                self.env._(
                    "“%(session)s” cannot be closed: these members are present and "
                    "have not handed in their sheets:\n%(sheets)s",
                    session=self.name,
                    sheets="\n".join(lines),
                )
            )

    def _after_transition(self, source, target):
        if target == "scoring":
            self._call_roll()
            self.sudo().evaluation_ids._open_scoring()
            self._open_ballot()
            self._tell_members()
        elif target == "closed" and source == "scoring":
            self._close()
        elif target == "cancelled":
            self.sudo().evaluation_ids._leave_agenda()

    def _tell_members(self):
        """Tell each member who received sheets, once for the whole session."""
        session = self.sudo()
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=session.evaluation_ids.sheet_ids.user_id.partner_id.ids,
            subject=self.env._("Scoring is open: “%(session)s”", session=session.name),
            body=self.env._(
                "Your score sheets for “%(session)s” (%(council)s) are ready. Please "
                "hand them in before the council meets on %(day)s.",
                session=session.name,
                council=session.council_id.name,
                day=format_date(self.env, session._get_day()),
            ),
        )

    def _close(self):
        """Void the sheets never handed in, then compute and freeze all results."""
        session = self.sudo()
        session.evaluation_ids._get_open_sheets().write({"state": "voided"})
        session.write(
            {"closed_user_id": self.env.user.id, "date_closed": fields.Datetime.now()}
        )
        self.env["emulation.verdict"].sudo()._compute_session(session)
        session.evaluation_ids.write({"state": "scored"})
        self.env["emulation.ballot"]._shake(session.evaluation_ids)
        self.env["emulation.ballot.roll"]._rewrite(session.evaluation_ids)
