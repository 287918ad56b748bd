from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EmulationSessionAbsence(models.Model):
    """From when to when a member was out of the room, and for which dossier."""

    _name = "emulation.session.absence"
    _description = "Leaving the Room"
    _order = "time_left, id"
    _rec_name = "attendance_id"

    attendance_id = fields.Many2one(
        "emulation.session.attendance",
        string="Member",
        required=True,
        index=True,
        ondelete="cascade",
    )
    session_id = fields.Many2one(
        related="attendance_id.session_id", store=True, index=True
    )
    company_id = fields.Many2one(related="attendance_id.company_id", store=True)
    evaluation_id = fields.Many2one(
        "emulation.evaluation",
        string="Because of",
        index="btree_not_null",
        ondelete="cascade",
        help="The dossier during which the member stays outside",
    )
    time_left = fields.Datetime(string="Left at", required=True)
    time_back = fields.Datetime(string="Back at")

    _order_of_times = models.Constraint(
        "CHECK (time_back IS NULL OR time_back >= time_left)",
        "A member cannot be back before having left. Correct one of the two times.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        absences = super().create(vals_list)
        absences.attendance_id._check_keeper()
        return absences

    def write(self, vals):
        self.attendance_id._check_keeper()
        if not self.env.su and vals.keys() - {"time_left", "time_back"}:
            raise AccessError(
                self.env._(
                    "An absence stays with its member and dossier; correct its times."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_keeper(self):
        self.attendance_id._check_keeper()

    def _covers(self, moment):
        """Return the absences that had begun and were not over at ``moment``."""
        return self.filtered(
            lambda one: (
                one.time_left <= moment
                and (not one.time_back or one.time_back > moment)
            )
        )


class EmulationSessionAttendance(models.Model):
    _inherit = "emulation.session.attendance"

    absence_ids = fields.One2many(
        "emulation.session.absence",
        "attendance_id",
        groups="emulation.group_emulation_council",
    )
    is_away = fields.Boolean(
        string="Out of the room",
        compute="_compute_is_away",
        compute_sudo=True,
        help="Left, and not back",
    )

    @api.depends("absence_ids.time_back")
    def _compute_is_away(self):
        for line in self:
            line.is_away = any(not one.time_back for one in line.absence_ids)

    # ACTIONS

    def action_leave(self):
        """Note that these members leave the room now.

        :raises UserError: naming a member who is not in the room
        """
        self._check_keeper()
        for line in self:
            if line.status != "present" or line.is_away:
                raise UserError(
                    self.env._(
                        "“%(member)s” is not in the room.",
                        member=line.member_id.user_id.name,
                    )
                )
        self._leave()

    def action_come_back(self):
        """Note that these members are back in the room.

        :raises UserError: naming a member who has not left
        """
        self._check_keeper()
        for line in self:
            if not line.is_away:
                raise UserError(
                    self.env._(
                        "“%(member)s” has not left the room.",
                        member=line.member_id.user_id.name,
                    )
                )
        self._come_back()

    # BUSINESS

    def _leave(self, evaluation=None):
        self.env["emulation.session.absence"].sudo().create(
            [
                {
                    "attendance_id": line.id,
                    "evaluation_id": evaluation and evaluation.id,
                    "time_left": fields.Datetime.now(),
                }
                for line in self
            ]
        )

    def _come_back(self):
        away = self.sudo().absence_ids.filtered(lambda one: not one.time_back)
        away.write({"time_back": fields.Datetime.now()})

    def _was_in(self, evaluation):
        """Return the lines whose member was in the room for ``evaluation``.

        At the moment it was called up, or now where it was not called.
        """
        moment = evaluation.date_called or fields.Datetime.now()
        return self.filtered(
            lambda line: (
                line.status == "present"
                and not line.absence_ids._covers(moment)
                and evaluation not in line.absence_ids.evaluation_id
            )
        )


class EmulationEvaluation(models.Model):
    """Which dossier the room is at, and whether the council may decide on it."""

    _inherit = "emulation.evaluation"

    date_called = fields.Datetime(
        string="Called up at",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )
    is_called = fields.Boolean(
        string="Before the council now", compute="_compute_is_called"
    )

    @api.depends("session_id.current_evaluation_id")
    def _compute_is_called(self):
        for evaluation in self:
            current = evaluation.sudo().session_id.current_evaluation_id
            evaluation.is_called = bool(current) and current == evaluation._origin

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"date_called"}

    def action_call(self):
        """Call this dossier up: who is in conflict leaves, the others come back.

        :raises AccessError: for anybody but who keeps the session
        :raises UserError: when the session is not open
        """
        self.ensure_one()
        self.check_access("read")
        session = self.session_id
        session._check_called_by_keeper()
        roll = session.sudo().attendance_ids
        now = fields.Datetime.now()
        absent_for = roll.filtered(lambda line: line.is_away)
        # who left for the dossier before is back; who left by themselves is not
        absent_for.filtered(
            lambda line: (
                line.absence_ids.filtered(lambda one: not one.time_back).evaluation_id
            )
        )._come_back()
        self.sudo().date_called = now
        session.sudo().current_evaluation_id = self
        excluded = self._get_excluded_members()
        roll.filtered(
            lambda line: (
                line.member_id in excluded
                and line.status == "present"
                and not line.is_away
            )
        )._leave(self)
        return True

    def _get_quorum_members(self):
        """Return the seats that make the base of the quorum on this dossier.

        The scoring seats of the roll, without those kept from it by a conflict.
        """
        self.ensure_one()
        seats = self.sudo().session_id.attendance_ids.member_id
        return seats.filtered("is_scoring") - self._get_excluded_members()

    def _get_quorum(self):
        """Return ``(present, base, needed)``: head counts for this dossier."""
        self.ensure_one()
        return self._get_quorums()[self]

    def _get_quorums(self):
        """Return ``{dossier: (present, base, needed)}``, the roll read once."""
        quorums = {}
        for session, evaluations in self.sudo().grouped("session_id").items():
            roll = session.attendance_ids
            scoring = roll.filtered(lambda line: line.member_id.is_scoring)
            law, known = session.regulation_id, {}
            has_moved = bool(roll.absence_ids)
            for one in evaluations:
                out = frozenset(one._get_excluded_members().ids)
                # without anybody leaving, who is kept out alone makes the count
                key = one if has_moved else out
                if key not in known:
                    lines = scoring.filtered(
                        lambda line, out=out: line.member_id.id not in out
                    )
                    present, base = len(lines._was_in(one)), len(lines)
                    needed = law._quorum_needed(base, present)
                    known[key] = (present, base, needed)
                quorums[one.with_env(self.env)] = known[key]
        return quorums

    def _get_judged(self):
        """Return the dossiers that the council neither deferred nor returned."""
        return self.filtered(lambda one: not one.disposition_ids)

    def _lacks_quorum(self, present, base, needed):
        self.ensure_one()
        return self.env._(
            "“%(dossier)s” has no quorum: %(present)s of %(base)s members who may "
            "decide on it were in the room, %(needed)s are needed. Complete the roll, "
            "or defer the dossier.",
            dossier=self.display_name,
            present=present,
            base=base,
            needed=needed,
        )


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    current_evaluation_id = fields.Many2one(
        "emulation.evaluation",
        string="Before the council",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"current_evaluation_id"}

    def action_end_call(self):
        """End the discussion of the dossier before the council: all come back.

        :raises AccessError: for anybody but who keeps the session
        """
        for session in self:
            session._check_called_by_keeper()
            roll = session.sudo().attendance_ids
            roll.filtered(
                lambda line: (
                    line.absence_ids.filtered(
                        lambda one: not one.time_back
                    ).evaluation_id
                )
            )._come_back()
            session.sudo().current_evaluation_id = False
        return True

    def _printed_absences(self):
        """Return in lines, for the minutes, who left the room when and why."""
        self.ensure_one()

        def clock(moment):
            local = moment and fields.Datetime.context_timestamp(self, moment)
            return f"{local:%H} giờ {local:%M}" if local else "khi kết thúc"

        lines = []
        for one in self.sudo().attendance_ids.absence_ids.sorted("time_left"):
            reason = ""
            if one.evaluation_id:
                title = one.evaluation_id.initiative_id.name
                reason = f" khi xét hồ sơ {self._quoted(title)}"
            lines.append(
                f"{one.attendance_id.member_id.user_id.name} ra khỏi phòng từ "
                f"{clock(one.time_left)} đến {clock(one.time_back)}{reason}."
            )
        return lines

    def _check_called_by_keeper(self):
        self.ensure_one()
        if self.state != "scoring":
            raise UserError(
                self.env._(
                    "“%(session)s” is not sitting: dossiers are called up once it is "
                    "open and until it is closed.",
                    session=self.name,
                )
            )
        if not self._may_keep() and not self.env.su:
            raise AccessError(
                self.env._(
                    "The secretary of “%(session)s” calls the dossiers up.",
                    session=self.name,
                )
            )

    def _check_quorum(self):
        """Refuse the close where too few sat over a dossier (invariant 8)."""
        result = super()._check_quorum()
        quorums = self.sudo().evaluation_ids._get_judged()._get_quorums()
        for evaluation, (present, base, needed) in quorums.items():
            if present < needed:
                raise UserError(evaluation._lacks_quorum(present, base, needed))
        return result
