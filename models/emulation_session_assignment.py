from secrets import randbelow

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.assignment import EXPERT, RELATED, Shortage, assign


class EmulationSession(models.Model):
    """The dossiers of a session, shared out among its members."""

    _inherit = "emulation.session"

    reviewers_per_dossier = fields.Integer(
        string="Reviewers of a dossier",
        compute="_compute_reviewers_per_dossier",
        store=True,
        readonly=False,
        help="From the regulation; 0 = every scoring member scores every dossier",
    )
    assignment_seed = fields.Integer(
        string="Draw",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Where choices are equal, this number decides: the same number gives "
        "the same reviewers again",
    )
    assignment_ids = fields.One2many(
        "emulation.assignment",
        "session_id",
        groups="emulation.group_emulation_council,emulation.group_emulation_movement",
    )
    assignment_count = fields.Integer(compute="_compute_assignment_count")
    can_assign = fields.Boolean(compute="_compute_can_assign")
    can_add_reviewer = fields.Boolean(compute="_compute_can_assign")

    _reviewers_positive = models.Constraint(
        "CHECK (reviewers_per_dossier >= 0)",
        "The number of reviewers cannot be negative. Enter 0 for every member.",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"assignment_seed"}

    @api.depends("regulation_id")
    def _compute_reviewers_per_dossier(self):
        for session in self:
            session.reviewers_per_dossier = session.regulation_id.reviewers_per_dossier

    @api.depends("assignment_ids.is_dropped", "evaluation_ids.conflict_ids.level")
    @api.depends_context("uid")
    def _compute_assignment_count(self):
        """Count who reviews what; nobody counts a dossier they are in conflict with."""
        conflict = self.env["emulation.conflict"]._get_excluding_domain(self.env.user)
        counted = Domain("session_id", "in", self.ids) & Domain(
            "is_dropped", "=", False
        )
        counted &= ~Domain("evaluation_id.conflict_ids", "any!", conflict)
        # as the list behind it: who has not declared yet sees none of them
        lines = self.env["emulation.assignment"]
        groups = []
        if lines.has_access("read"):
            groups = lines._read_group(counted, ["session_id"], ["__count"])
        counts = {session.id: count for session, count in groups}
        for session in self:
            session.assignment_count = counts.get(session.id, 0)

    @api.depends("state", "reviewers_per_dossier")
    @api.depends_context("uid")
    def _compute_can_assign(self):
        for session in self:
            may = bool(session.reviewers_per_dossier) and session._may_assign()
            session.can_assign = may and session.state == "planned"
            session.can_add_reviewer = may and bool(session.assignment_count)

    @api.constrains("reviewers_per_dossier")
    def _check_reviewers(self):
        for session in self:
            wanted, needed = (
                session.reviewers_per_dossier,
                session.regulation_id.min_valid_sheets,
            )
            if 0 < wanted < needed:
                raise UserError(
                    self.env._(
                        "“%(session)s” needs %(needed)s valid sheets a dossier by its "
                        "regulation: %(wanted)s reviewers are too few.",
                        session=session.name,
                        needed=needed,
                        wanted=wanted,
                    )
                )

    def write(self, vals):
        if "reviewers_per_dossier" in vals and not self.env.su:
            begun = self.filtered(lambda one: one.state != "planned")
            if begun:
                raise UserError(
                    self.env._(
                        "The session “%(session)s” has begun: the number of reviewers "
                        "stays as it is.",
                        session=begun[0].name,
                    )
                )
        return super().write(vals)

    # ACTIONS

    def action_assign(self):
        """Open the dialog that shares the dossiers out."""
        self.ensure_one()
        self._check_may_assign()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Share out the dossiers"),
            "res_model": "emulation.session.assign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_session_id": self.id},
        }

    def action_add_reviewer(self):
        """Open the dialog in which a reviewer is added by hand."""
        self.ensure_one()
        self._check_may_assign()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add a reviewer"),
            "res_model": "emulation.assignment.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_session_id": self.id},
        }

    def action_view_assignments(self):
        """Open the reviewers of this session, with the reason for each."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_assignment_action"
        )
        return {
            **action,
            "domain": [("session_id", "=", self.id)],
            "context": {"search_default_active": 1},
        }

    # RIGHTS

    def _may_assign(self):
        """Return whether the user shares out: who keeps it, or prepares its agenda."""
        self.ensure_one()
        if self.state not in ("planned", "scoring"):
            return False
        is_movement = self.env.user.has_group("emulation.group_emulation_movement")
        return self._may_keep() or (is_movement and self.state == "planned")

    def _check_may_assign(self):
        self.check_access("read")
        for session in self:
            if not session._may_assign():
                raise AccessError(
                    self.env._(
                        "The dossiers of “%(session)s” are shared out by its secretary "
                        "or, before scoring opens, by a movement officer.",
                        session=session.name,
                    )
                )

    # BUSINESS

    def _assign(self, seed=None):
        """Share the dossiers out anew; what a person decided is kept.

        :param seed: the draw among equal choices; a new one without
        :raises UserError: naming the dossiers with too few free members, or a
            session that has begun
        """
        self.ensure_one()
        self._check_may_assign()
        session = self.sudo()
        if session.state != "planned" or not session.reviewers_per_dossier:
            raise UserError(
                self.env._(
                    "The dossiers of “%(session)s” can be shared out before scoring "
                    "opens, when its regulation names a number of reviewers.",
                    session=session.name,
                )
            )
        session.assignment_seed = seed or 1 + randbelow(10**6)
        session.evaluation_ids._find_conflicts(session)
        session.assignment_ids.filtered(lambda one: one.origin == "computed").unlink()
        found = session._solve(session.evaluation_ids, session.reviewers_per_dossier)
        session._store(found, session.evaluation_ids, "computed")

    def _solve(self, evaluations, wanted):
        """Return the ``Assignment`` of ``wanted`` members to each of ``evaluations``.

        Who reviews already stays, who dropped out does not come back.
        """
        lines, members = self.assignment_ids, self._get_reviewers()
        pairs = {one: (one.evaluation_id.id, one.member_id.id) for one in lines}
        conflicts = {pairs[one] for one in lines if one.is_dropped}
        expertise = {}
        for evaluation in self.evaluation_ids:
            excluded = evaluation._get_excluded_members()
            conflicts |= {(evaluation.id, member.id) for member in excluded}
            expertise |= evaluation._get_expertise(members)
        try:
            return assign(
                self.evaluation_ids.ids,
                members.ids,
                {one.id: wanted * (one in evaluations) for one in self.evaluation_ids},
                conflicts=conflicts,
                expertise=expertise,
                fixed=[pairs[one] for one in lines if not one.is_dropped],
                seed=self.assignment_seed,
            )
        except Shortage as shortage:
            raise UserError(self._describe_shortage(shortage, wanted)) from None

    def _describe_shortage(self, shortage, wanted):
        dossiers = self.evaluation_ids.filtered(lambda one: one.id in shortage.missing)
        lines = [
            self.env._(
                "- %(dossier)s: %(free)s free",
                dossier=one.display_name,
                free=shortage.missing[one.id],
            )
            for one in dossiers
        ]
        return self.env._(
            "“%(session)s” wants %(wanted)s reviewers a dossier; these have too few "
            "members without conflict of interest:\n%(dossiers)s\nAdd members to the "
            "council, or take these dossiers off the agenda.",
            session=self.name,
            wanted=wanted,
            dossiers="\n".join(lines),
        )

    def _get_reviewers(self):
        """Return the members on the roll whose seat scores."""
        return self.sudo().attendance_ids.member_id.filtered("is_scoring")

    def _store(self, found, evaluations, origin, reason=False):
        """Keep what the computation found for ``evaluations``, with its reasons."""
        lines = self.assignment_ids.filtered(lambda one: not one.is_dropped)
        known = {(one.evaluation_id.id, one.member_id.id) for one in lines}
        return self.env["emulation.assignment"].create(
            [
                {
                    "evaluation_id": evaluation.id,
                    "member_id": member,
                    "origin": origin,
                    "reason": reason,
                    "why": self._describe_reason(found.reasons[evaluation.id, member]),
                }
                for evaluation in evaluations
                for member in found.pairs[evaluation.id]
                if (evaluation.id, member) not in known
            ]
        )

    @api.model
    def _describe_reason(self, reason):
        return {
            "expertise": reason.expertise,
            "free": reason.free,
            "experts": reason.experts,
            "load": reason.load,
        }

    def _check_can_open(self):
        result = super()._check_can_open()
        if self.reviewers_per_dossier:
            self._check_shared_out()
        return result

    def _check_shared_out(self):
        """Refuse to open scoring while a dossier lacks a reviewer."""
        short = self.sudo().evaluation_ids.filtered(
            lambda one: len(one._get_scoring_members()) < self.reviewers_per_dossier
        )
        if short:
            raise UserError(
                self.env._(
                    "“%(session)s” cannot open: these dossiers have fewer than "
                    "%(wanted)s reviewers:\n%(dossiers)s\nShare the dossiers out "
                    "first.",
                    session=self.name,
                    wanted=self.reviewers_per_dossier,
                    dossiers="\n".join(f"- {one.display_name}" for one in short),
                )
            )


class EmulationEvaluation(models.Model):
    """Who scores a dossier: its reviewers, where the session has some."""

    _inherit = "emulation.evaluation"

    assignment_ids = fields.One2many(
        "emulation.assignment",
        "evaluation_id",
        string="Reviewers",
        groups="emulation.group_emulation_council,emulation.group_emulation_movement",
    )

    def _get_scoring_members(self):
        members = super()._get_scoring_members()
        if not self.session_id.reviewers_per_dossier:
            return members
        lines = self.sudo().assignment_ids.filtered(lambda one: not one.is_dropped)
        return members & lines.member_id

    def _leave_agenda(self):
        self.sudo().assignment_ids.unlink()
        return super()._leave_agenda()

    def _get_expertise(self, members):
        """Return {(dossier, member): EXPERT | RELATED} for who knows its field."""
        self.ensure_one()
        fields_above = self.field_id._get_ancestry()
        known = {}
        for member in members if self.field_id else ():
            if member.expertise_ids & fields_above:
                known[self.id, member.id] = EXPERT
            elif member.expertise_ids._get_root() & self.field_id._get_root():
                known[self.id, member.id] = RELATED
        return known

    def _review_by_hand(self, member, reason, dropped=None):
        """Let ``member`` review this dossier, or whom the computation finds.

        :param dropped: the assignment of who drops out for it, if any
        :raises UserError: in conflict, without a scoring seat, or already reviewing
        """
        self.ensure_one()
        session = self.session_id
        session._check_may_assign()
        evaluation, session = self.sudo(), session.sudo()
        evaluation._find_conflicts(session)
        if dropped:
            dropped.sudo()._drop(reason)
        if member:
            evaluation._check_can_review(member)
            lines = evaluation.assignment_ids
            lines.filtered(lambda one: one.member_id == member).unlink()
            line = self.env["emulation.assignment"].sudo().create(
                {
                    "evaluation_id": evaluation.id,
                    "member_id": member.id,
                    "origin": "replacement" if dropped else "manual",
                    "reason": reason,
                }
            )  # fmt: skip
        else:
            wanted = len(evaluation._get_scoring_members()) + 1
            found = session._solve(evaluation, wanted)
            line = session._store(found, evaluation, "replacement", reason)
        if session.state == "scoring":
            evaluation._give_sheets(line.member_id)
        return line

    def _check_can_review(self, member):
        """Refuse a reviewer who cannot score this dossier, saying why."""
        values = {"member": member.display_name, "dossier": self.display_name}
        if member in self._get_scoring_members():
            raise UserError(
                self.env._("“%(member)s” already reviews “%(dossier)s”.", **values)
            )
        if member in self._get_excluded_members():
            raise UserError(
                self.env._(
                    "“%(member)s” has a conflict of interest with “%(dossier)s”. "
                    "Choose another member.",
                    **values,
                )
            )
        if member not in self.session_id._get_reviewers():
            raise UserError(
                self.env._(
                    "“%(member)s” has no scoring seat on the roll of the session. "
                    "Choose another member for “%(dossier)s”.",
                    **values,
                )
            )

    def _give_sheets(self, members):
        """Hand a sheet to reviewers who come while scoring is open, and tell them."""
        self._apply_conflicts()
        self.session_id._tell_reviewers(members)


class EmulationField(models.Model):
    _inherit = "emulation.field"

    def _get_root(self):
        """Return the topmost fields of these."""
        return self._get_ancestry().filtered(lambda one: not one.parent_id)
