from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .emulation_conflict import DECLARED


class EmulationDeclaration(models.Model):
    """What one member declared before anything of the dossiers was shown.

    One entry per act and session, with a line per dossier: no interest, or which.
    Only what a member has answered for opens up: content, sheet and results.
    """

    _name = "emulation.declaration"
    _inherit = ["emulation.append.only.mixin"]
    _description = "Declaration of Interests"
    _order = "date desc, id desc"
    _rec_name = "member_id"

    session_id = fields.Many2one(
        "emulation.session", required=True, index=True, ondelete="restrict"
    )
    member_id = fields.Many2one(
        "emulation.council.member", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        related="member_id.user_id", string="User", store=True, index=True
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True)
    date = fields.Datetime(
        string="Declared on", required=True, default=fields.Datetime.now
    )
    line_ids = fields.One2many("emulation.declaration.line", "declaration_id")

    @api.model
    def _unchangeable(self):
        return self.env._(
            "A declaration stays as it was given. Declare another interest with the "
            "button on the sheet."
        )


class EmulationDeclarationLine(models.Model):
    """The answer for one dossier."""

    _name = "emulation.declaration.line"
    _description = "Declaration for a Dossier"
    _order = "declaration_id, id"
    _rec_name = "evaluation_id"

    declaration_id = fields.Many2one(
        "emulation.declaration", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="declaration_id.user_id", store=True, index=True)
    company_id = fields.Many2one(related="declaration_id.company_id", store=True)
    evaluation_id = fields.Many2one(
        "emulation.evaluation",
        string="Dossier",
        required=True,
        index=True,
        ondelete="cascade",
    )
    interest = fields.Selection(
        [("none", "None"), ("kinship", "Kinship"), ("interest", "Another interest")],
        required=True,
        default="none",
    )
    reason = fields.Char()
    is_current = fields.Boolean(
        default=True,
        help="Off once the dossier has left that agenda: it is asked again",
    )


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    declaration_line_ids = fields.One2many(
        "emulation.declaration.line",
        "evaluation_id",
        groups="emulation.group_emulation_council,emulation.group_emulation_movement",
    )

    @api.depends("declaration_line_ids.is_current")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        return super()._compute_is_mine()

    def _get_mine_domain(self):
        """Keep also back what the member has not answered for yet."""
        return super()._get_mine_domain() & ~self._get_undeclared_domain()

    def _get_undeclared_domain(self):
        """Return the domain of the dossiers for which the user is still asked."""
        answered = Domain("user_id", "=", self.env.uid)
        answered &= Domain("is_current", "=", True)
        asked = Domain("session_id", "any!", [("asks_declaration", "=", True)])
        return asked & ~Domain("declaration_line_ids", "any!", answered)

    def _get_declared(self):
        """Return ``{(evaluation, user)}`` of all who have answered for these."""
        lines = self.sudo().declaration_line_ids.filtered("is_current")
        return {(line.evaluation_id, line.user_id) for line in lines}

    def _leave_agenda(self):
        # the session that takes the dossier up again asks again
        self.sudo().declaration_line_ids.write({"is_current": False})
        return super()._leave_agenda()


class EmulationConflict(models.Model):
    _name = "emulation.conflict"
    _inherit = ["emulation.conflict", "emulation.kept.mixin"]

    def _get_kept_domain(self):
        """Return the domain of the conflicts the user reads as a council member.

        What the user has declared; and, keeping the session, those of the dossiers
        that are open to the user. What is merely noted would tell who the authors
        are: it is read once the scores are final.
        """
        told = Domain("level", "!=", "noted") | Domain("ruling", "!=", False)
        own = Domain("user_id", "=", self.env.uid)
        own &= Domain("kind", "in", (*DECLARED, "author", "pinned"))
        closed = Domain("session_id.state", "in", ("closed", "published"))
        session = Domain("session_id", "any!", [("is_secretariat", "=", True)])
        mine = Domain("evaluation_id", "any!", [("is_mine", "=", True)])
        return own | (session & mine & (told | closed))


class EmulationSession(models.Model):
    """Each member declares before the dossiers of the session are shown."""

    _inherit = "emulation.session"

    asks_declaration = fields.Boolean(
        readonly=True,
        copy=False,
        help="Members declare interests first. Sessions held before declarations "
        "were asked go without.",
    )
    undeclared_count = fields.Integer(
        string="To declare", compute="_compute_undeclared_count"
    )
    is_undeclared = fields.Boolean(
        string="Interests to declare",
        compute="_compute_undeclared_count",
        search="_search_is_undeclared",
    )
    declaration_ids = fields.One2many(
        "emulation.declaration",
        "session_id",
        readonly=True,
        groups="emulation.group_emulation_council,emulation.group_emulation_movement",
    )

    @api.depends("evaluation_ids.declaration_line_ids.is_current", "evaluation_ids")
    @api.depends_context("uid")
    def _compute_undeclared_count(self):
        counts = {}
        if self.ids:
            evaluations = self.env["emulation.evaluation"].sudo()
            groups = evaluations._read_group(
                Domain("session_id", "in", self.ids)
                & evaluations._get_undeclared_domain(),
                ["session_id"],
                ["__count"],
            )
            counts = {session.id: count for session, count in groups}
        for session in self:
            waiting = session.is_member and session.state != "cancelled"
            session.undeclared_count = counts.get(session.id, 0) if waiting else 0
            session.is_undeclared = bool(session.undeclared_count)

    def _search_is_undeclared(self, operator, value):
        if operator != "in":
            return NotImplemented
        undeclared = self.env["emulation.evaluation"]._get_undeclared_domain()
        domain = (
            Domain("is_member", "=", True)
            & Domain("state", "!=", "cancelled")
            & Domain("evaluation_ids", "any!", undeclared)
        )
        return domain if True in value else ~domain

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create(vals_list)
        sessions.sudo().write({"asks_declaration": True})
        return sessions

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"asks_declaration"}

    @api.model
    def _get_kept_domain(self):
        """Show no result of a session to who has not answered for all of it."""
        undeclared = self.env["emulation.evaluation"]._get_undeclared_domain()
        return super()._get_kept_domain() & ~Domain(
            "evaluation_ids", "any!", undeclared
        )

    def _get_conflicted_users(self):
        """Keep results also from who has not answered for every dossier."""
        users = super()._get_conflicted_users()
        if self.state not in ("closed", "published") or not self.asks_declaration:
            return users
        session = self.sudo()
        answers = session.evaluation_ids.declaration_line_ids.filtered("is_current")
        given = answers.grouped("user_id")
        return users | session.council_id.member_ids.user_id.filtered(
            lambda user: (
                session.evaluation_ids - given.get(user, answers.browse()).evaluation_id
            )
        )

    def action_declare_interests(self):
        """Open the list of the dossiers for which the user has yet to declare.

        :raises UserError: when the user does not sit on the council, or is done
        """
        self.ensure_one()
        if not self._get_seats(self.env.user):
            raise UserError(
                self.env._(
                    "Only the members of the council declare interests for "
                    "“%(session)s”.",
                    session=self.name,
                )
            )
        wizard = self.env["emulation.interest.declare"]._open(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Declaration of interests"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "current",
        }

    def action_view_sheets(self):
        """Open the user's own sheets; first of all the declaration, if it is due."""
        self.ensure_one()
        if self.undeclared_count:
            return self.action_declare_interests()
        return super().action_view_sheets()

    def _check_ready(self, target):
        if target == "closed" and self.state == "scoring" and self.undeclared_count:
            raise UserError(
                self.env._(
                    "Declare your own interests for “%(session)s” before you close "
                    "it: %(count)s dossiers are left.",
                    session=self.name,
                    count=self.undeclared_count,
                )
            )
        return super()._check_ready(target)


class EmulationSessionAttendance(models.Model):
    _inherit = "emulation.session.attendance"

    declared_text = fields.Char(
        string="Interests declared",
        compute="_compute_declared_text",
        compute_sudo=True,
        help="For how many dossiers of the agenda the member has declared",
    )

    @api.depends("session_id.evaluation_ids.declaration_line_ids.is_current")
    def _compute_declared_text(self):
        evaluations = self.session_id.evaluation_ids
        declared = evaluations._get_declared()
        for line in self:
            own = line.session_id.evaluation_ids
            user = line.member_id.user_id
            done = sum((one, user) in declared for one in own)
            asked = line.session_id.asks_declaration and own
            line.declared_text = f"{done}/{len(own)}" if asked else False
