from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain


class EmulationSession(models.Model):
    """A council session: agenda, roll, quorum, and the close that computes (R44).

    Members' saves touch only their own sheets; closing computes every result at
    once from the sheets and the regulation, and freezes it.
    """

    _name = "emulation.session"
    _inherit = ["emulation.workflow.mixin"]
    _description = "Council Session"
    _order = "date desc, id desc"

    @api.model
    def _default_council_id(self):
        """Return the council in office when there is no choice."""
        councils = self.env["emulation.council"]
        councils = councils.search([("state", "=", "in_force")], limit=2)
        return councils if len(councils) == 1 else councils.browse()

    name = fields.Char(required=True)
    council_id = fields.Many2one(
        "emulation.council",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'in_force')]",
        default=lambda self: self._default_council_id(),
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True)
    round_id = fields.Many2one(
        "emulation.round",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', 'in', ('open', 'closed'))]",
    )
    regulation_id = fields.Many2one(related="round_id.regulation_id", store=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    location = fields.Char()
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("scoring", "Scoring"),
            ("closed", "Scores final"),
            ("published", "Published"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        copy=False,
        index=True,
    )
    attendance_ids = fields.One2many("emulation.session.attendance", "session_id")
    evaluation_ids = fields.One2many(
        "emulation.evaluation", "session_id", string="Agenda"
    )
    evaluation_count = fields.Integer(compute="_compute_evaluation_count")
    closed_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_closed = fields.Datetime(readonly=True, copy=False)
    is_secretariat = fields.Boolean(
        string="I keep this session",
        compute="_compute_is_secretariat",
        search="_search_is_secretariat",
        help="The current user is chair, vice chair or secretary of the council",
    )
    is_scoring_member = fields.Boolean(compute="_compute_is_secretariat")
    is_member = fields.Boolean(
        string="I sit on this council",
        compute="_compute_is_secretariat",
        search="_search_is_member",
    )
    quorum_text = fields.Char(compute="_compute_quorum_text")
    board = fields.Json(compute="_compute_board")
    can_open = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(
        compute="_compute_can", help="The user writes its name, place and embargo"
    )

    @api.depends("evaluation_ids.conflict_ids.level")
    @api.depends_context("uid")
    def _compute_evaluation_count(self):
        """Count the agenda; nobody counts a dossier they are in conflict with."""
        conflict = self.env["emulation.conflict"]._get_excluding_domain(self.env.user)
        counted = Domain("session_id", "in", self.ids)
        counted &= ~Domain("conflict_ids", "any!", conflict)
        evaluations = self.env["emulation.evaluation"].sudo()
        groups = evaluations._read_group(counted, ["session_id"], ["__count"])
        counts = {session.id: count for session, count in groups}
        for session in self:
            session.evaluation_count = counts.get(session.id, 0)

    @api.depends(
        "council_id.member_ids.role",
        "council_id.member_ids.user_id",
        "council_id.member_ids.date_start",
        "council_id.member_ids.date_end",
    )
    @api.depends_context("uid")
    def _compute_is_secretariat(self):
        for session in self:
            seats = session._get_seats(self.env.user)
            session.is_member = bool(seats)
            session.is_scoring_member = any(seats.mapped("is_scoring"))
            session.is_secretariat = bool(seats.filtered(lambda s: s.role != "member"))

    def _search_is_secretariat(self, operator, value):
        return self._search_seat(operator, value, Domain("role", "!=", "member"))

    def _search_is_member(self, operator, value):
        return self._search_seat(operator, value, Domain.TRUE)

    def _search_seat(self, operator, value, roles):
        if operator != "in":
            return NotImplemented
        seats = roles & self._get_seat_domain(self.env.user)
        domain = Domain("council_id", "any!", Domain("member_ids", "any!", seats))
        return domain if True in value else ~domain

    @api.depends("attendance_ids.status", "regulation_id", "state")
    def _compute_quorum_text(self):
        for session in self:
            if not session.regulation_id or not session.attendance_ids:
                session.quorum_text = False
                continue
            present, appointed, needed = session._get_quorum()
            session.quorum_text = self.env._(
                "%(present)s of %(appointed)s present, %(needed)s needed",
                present=present,
                appointed=appointed,
                needed=needed,
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        editable = self._origin._filtered_access("write")
        for session in self:
            is_new = not session._origin
            session.can_edit = is_new or session._origin in editable
            session.can_open = session._can_move("scoring")
            session.can_close = session._can_move("closed")
            session.can_cancel = session._can_move("cancelled")

    @api.constrains("council_id", "round_id")
    def _check_agenda_round(self):
        for session in self:
            strangers = session.sudo().evaluation_ids.filtered(
                lambda one, rnd=session.round_id: one.round_id != rnd
            )
            if strangers:
                raise UserError(
                    self.env._(
                        "“%(dossier)s” belongs to another round and cannot be on the "
                        "agenda of “%(session)s”.",
                        dossier=strangers[0].display_name,
                        session=session.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create(vals_list)
        sessions._call_roll()
        return sessions

    def write(self, vals):
        self._check_fixed(vals)
        result = super().write(vals)
        if vals.keys() & {"council_id", "date"}:
            self._call_roll()
            for session in self.sudo():
                session.evaluation_ids._find_conflicts(session)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for session in self:
            if session.state not in ("planned", "cancelled"):
                raise UserError(
                    self.env._(
                        "The session “%(session)s” has begun and stays on record.",
                        session=session.name,
                    )
                )

    def _check_fixed(self, vals):
        """Refuse to move a session that has begun, or to retell one that is over."""
        moves = vals.keys() & {"council_id", "round_id", "date"}
        tells = vals.keys() & {"name", "location"}
        if self.env.su or not (moves or tells):
            return
        for session in self:
            if session.state not in ("planned", "scoring"):
                raise UserError(
                    self.env._(
                        "The session “%(session)s” is over: its name, place, council, "
                        "round and date stay as they are. Note a mistake in the "
                        "minutes.",
                        session=session.name,
                    )
                )
            if moves and session.state != "planned":
                raise UserError(
                    self.env._(
                        "The session “%(session)s” has begun: its council, round and "
                        "date stay as they are.",
                        session=session.name,
                    )
                )

    # ACTIONS

    def action_open(self):
        """Hand out the sheets: one per dossier and member not in conflict.

        :raises UserError: without an agenda, or before the council is in office
        """
        self.write({"state": "scoring"})

    def action_close(self):
        """Compute and freeze score, grade and rank of every dossier (R44).

        :raises UserError: without quorum, or naming the sheets still missing, or
            when somebody else closes or has closed it
        """
        self._lock_to_close()
        self.write({"state": "closed"})

    def action_cancel(self):
        """Call the session off; its dossiers wait for another one."""
        self.write({"state": "cancelled"})

    def action_add_dossiers(self):
        """Open the dialog that puts eligible dossiers on this agenda."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put dossiers on the agenda"),
            "res_model": "emulation.session.agenda",
            "view_mode": "form",
            "target": "new",
            "context": {"default_session_id": self.id},
        }

    def action_view_sheets(self):
        """Open the current user's own sheets of this session."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_scoresheet_action"
        )
        return {**action, "domain": [("session_id", "=", self.id)], "context": {}}

    def action_mark_all_present(self):
        """Mark everyone on the roll as present; absences are then corrected."""
        self._check_roll_open()
        self.attendance_ids.write({"status": "present"})

    # BUSINESS

    @api.model
    def _get_seat_domain(self, user):
        """Return the domain of the seats that ``user`` holds today."""
        today = fields.Date.context_today(self)
        return (
            Domain("user_id", "=", user.id)
            & (Domain("date_start", "=", False) | Domain("date_start", "<=", today))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )

    @api.model
    def _get_kept_domain(self):
        """Return the domain of the sessions whose results the user may see early.

        Those they keep, unless in conflict with a dossier of the agenda: the rank
        of the others would tell its own (architecture, section 5).
        """
        excluding = self.env["emulation.conflict"]._get_excluding_domain(self.env.user)
        conflict = Domain("conflict_ids", "any!", excluding)
        return Domain("is_secretariat", "=", True) & ~Domain(
            "evaluation_ids", "any!", conflict
        )

    def _get_seats(self, user):
        """Return the seats of ``user`` on the council today."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        members = self.council_id._get_members(today)
        return members.filtered(lambda member: member.user_id == user)

    def _get_present(self):
        """Return the members marked present."""
        lines = self.sudo().attendance_ids
        return lines.filtered(lambda line: line.status == "present").member_id

    def _get_quorum(self):
        """Return ``(present, appointed, needed)``: numbers of scoring members."""
        self.ensure_one()
        seats = self.sudo().attendance_ids.member_id.filtered("is_scoring")
        present = len(self._get_present() & seats)
        needed = self.regulation_id._quorum_needed(len(seats), present)
        return present, len(seats), needed

    def _call_roll(self):
        """List exactly the members who sit on the day of the session on its roll."""
        for session in self.sudo():
            day = fields.Datetime.context_timestamp(session, session.date).date()
            members = session.council_id._get_members(day)
            lines = session.attendance_ids
            gone = lines.filtered(lambda line, on=members: line.member_id not in on)
            missing = members - lines.member_id
            session.attendance_ids = [
                *(Command.delete(line.id) for line in gone),
                *(Command.create({"member_id": member.id}) for member in missing),
            ]

    def _check_roll_open(self):
        """Only those who keep the session change its roll, and not after the close."""
        for session in self:
            if session.state not in ("planned", "scoring"):
                raise UserError(
                    self.env._(
                        "The session “%(session)s” is closed: its roll stays as it is.",
                        session=session.name,
                    )
                )
