from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EmulationConflict(models.Model):
    """The chair decides: a ruling is pinned, with its reason and its author."""

    _inherit = "emulation.conflict"

    can_rule = fields.Boolean(compute="_compute_can_rule")

    @api.depends("level", "ruling", "kind")
    @api.depends_context("uid")
    def _compute_can_rule(self):
        for conflict in self:
            judges = conflict.evaluation_id._get_conflict_judges(conflict.member_id)
            conflict.can_rule = (
                self.env.user in judges
                and conflict.kind != "author"
                and conflict.sudo().session_id.state in ("planned", "scoring")
            )

    def action_rule_conflict(self):
        """Lay down that the member takes no part; the ground found is the reason.

        :raises AccessError: by anybody but the chair, or who stands in for the chair
        """
        for conflict in self:
            conflict._rule("conflict", conflict.reason or conflict._get_ground_label())

    def action_rule_clear(self):
        """Open the dialog that lets the member take part; it asks for the reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not in conflict"),
            "res_model": "emulation.conflict.rule",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_session_id": self.sudo().session_id.id,
                "default_evaluation_id": self.evaluation_id.id,
                "default_member_id": self.member_id.id,
                "default_ruling": "clear",
            },
        }

    def _get_ground_label(self):
        kinds = self._fields["kind"]._description_selection(self.env)
        return dict(kinds)[self.kind]

    def _rule(self, ruling, reason):
        """Pin the decision of the current user on these grounds of one member.

        :param ruling: "conflict" or "clear"
        :raises AccessError: when the user is not the judge of this dossier
        :raises UserError: for authorship, or once the scores are final
        """
        for evaluation in self.evaluation_id:
            members = self.filtered(lambda o, e=evaluation: o.evaluation_id == e)
            evaluation._check_may_rule(members.member_id)
        author = self.filtered(lambda one: one.kind == "author")
        if author and ruling == "clear":
            raise UserError(
                self.env._(
                    "“%(member)s” is an author of “%(dossier)s”: nobody can decide "
                    "that away. Correct the authors if they are wrong.",
                    member=author[0].sudo().user_id.name,
                    dossier=author[0].sudo().evaluation_id.display_name,
                )
            )
        self.sudo().write(
            {
                "ruling": ruling,
                "ruling_reason": reason,
                "ruling_user_id": self.env.user.id,
                "date_ruled": fields.Datetime.now(),
                "level": "excluded" if ruling == "conflict" else "noted",
            }
        )
        for conflict in self.sudo():
            conflict._log_ruling()
        self.sudo().evaluation_id._apply_conflicts()

    def _log_ruling(self):
        rulings = dict(self._fields["ruling"]._description_selection(self.env))
        self.env["emulation.log"]._append(
            self.evaluation_id,
            "pinned",
            self.env._(
                "%(member)s (%(ground)s): %(ruling)s. %(reason)s",
                member=self.user_id.name,
                ground=self._get_ground_label(),
                ruling=rulings[self.ruling],
                reason=self.ruling_reason,
            ),
        )


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    conflict_count = fields.Integer(compute="_compute_conflict_count")
    is_chairing = fields.Boolean(
        string="I chair this session", compute="_compute_is_chairing"
    )

    @api.depends(
        "council_id.member_ids.role",
        "council_id.member_ids.user_id",
        "council_id.member_ids.date_start",
        "council_id.member_ids.date_end",
    )
    @api.depends_context("uid")
    def _compute_is_chairing(self):
        for session in self:
            roles = session._get_seats(self.env.user).mapped("role")
            session.is_chairing = bool({"chair", "vice"} & set(roles))

    def _compute_conflict_count(self):
        """Count the conflicts the user may read, in one query."""
        Conflict = self.env["emulation.conflict"]
        counts = {}
        if self.ids and Conflict.has_access("read"):
            groups = Conflict._read_group(
                [("session_id", "in", self.ids)], ["session_id"], ["__count"]
            )
            counts = {session.id: count for session, count in groups}
        for session in self:
            session.conflict_count = counts.get(session.id, 0)

    def action_view_conflicts(self):
        """Open the conflicts of interest of this session, what is to decide first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_conflict_action"
        )
        mine = [("session_id", "=", self.id)]
        return {**action, "domain": mine, "context": {}, "path": False}

    def action_rule_on_member(self):
        """Open the dialog in which the chair lays down a conflict nobody declared."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide on a conflict of interest"),
            "res_model": "emulation.conflict.rule",
            "view_mode": "form",
            "target": "new",
            "context": {"default_session_id": self.id},
        }


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    def _get_conflict_judges(self, members):
        """Return the users who may rule on conflicts of ``members`` in this dossier.

        The chair; who is in conflict with the dossier, or concerned, gives way to
        the vice chairs, and these to the secretaries.
        """
        self.ensure_one()
        session = self.sudo().session_id
        today = fields.Date.context_today(self)
        excluded = self._get_excluded_members().user_id | members.sudo().user_id
        seats = session.council_id._get_members(today)
        for role in ("chair", "vice", "secretary"):
            able = seats.filtered(lambda one, r=role: one.role == r).user_id - excluded
            if able:
                return able
        return self.env["res.users"]

    def _check_may_rule(self, members):
        """Refuse a ruling by somebody else, or when nothing can change any more."""
        session = self.sudo().session_id
        name = self.sudo().display_name
        if self.env.user not in self._get_conflict_judges(members):
            raise AccessError(
                self.env._(
                    "Conflicts of interest in this dossier are decided by the chair of "
                    "“%(session)s”, or by the vice chair where the chair is concerned "
                    "too. Nobody decides on their own.",
                    session=session.name,
                )
            )
        if session.state not in ("planned", "scoring"):
            raise UserError(
                self.env._(
                    "The scores of “%(dossier)s” are final: conflicts are decided "
                    "before the close.",
                    dossier=name,
                )
            )
