from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain


class EmulationInterestDeclare(models.TransientModel):
    """A member goes through the agenda once and declares, before seeing anything.

    Title and unit are all that is shown, and the authors where the round is not
    blind: enough to know an interest by.
    """

    _name = "emulation.interest.declare"
    _description = "Declare Interests for a Session"
    _rec_name = "session_id"

    session_id = fields.Many2one("emulation.session", required=True, readonly=True)
    line_ids = fields.One2many("emulation.interest.declare.line", "declare_id")
    is_blind = fields.Boolean(compute="_compute_is_blind")

    @api.depends("session_id")
    def _compute_is_blind(self):
        for declare in self:
            regulation = declare.session_id.sudo().regulation_id
            declare.is_blind = regulation.is_blind

    @api.model
    def _open(self, session):
        """Return a declaration of the user with a line per dossier still open."""
        evaluations = self.env["emulation.evaluation"]
        undeclared = evaluations._get_undeclared_domain()
        waiting = evaluations.sudo().search(
            Domain("session_id", "=", session.id) & undeclared
        )
        if not waiting:
            raise UserError(
                self.env._(
                    "You have declared for every dossier of “%(session)s”. A conflict "
                    "that comes to your mind later is declared on the sheet.",
                    session=session.name,
                )
            )
        lines = [Command.create({"evaluation_id": one.id}) for one in waiting]
        # not yet the member's to read, so that no client may choose them either
        made = self.sudo().create({"session_id": session.id, "line_ids": lines})
        return made.with_env(self.env)

    def action_confirm(self):
        """Record the declaration; what is free of interests opens up at once.

        :raises UserError: naming the dossier whose interest lacks a reason
        """
        self.ensure_one()
        session = self.session_id.sudo()
        seat = self._get_seat()
        lines = self.line_ids._get_pending(session)
        if not lines:
            raise UserError(
                self.env._(
                    "There is nothing left to declare for “%(session)s”.",
                    session=session.name,
                )
            )
        lines._check_reasons()
        self._record(session, seat, lines)
        conflict = self.env["emulation.conflict"].sudo()
        for line in lines.filtered(lambda one: one.interest != "none"):
            evaluation = line.evaluation_id.sudo()
            conflict._declare(evaluation, seat, line.interest, line.reason)
        evaluations = lines.evaluation_id.sudo()
        evaluations.sheet_ids.filtered(
            lambda sheet: sheet.user_id == self.env.user
        ).is_sealed = False
        session.invalidate_recordset()
        return self._get_next_action(seat)

    def _record(self, session, seat, lines):
        """Keep what was answered, dossier by dossier."""
        answers = [
            Command.create(
                {
                    "evaluation_id": line.evaluation_id.id,
                    "interest": line.interest,
                    "reason": line.reason,
                }
            )
            for line in lines
        ]
        self.env["emulation.declaration"].sudo().create(
            {"session_id": session.id, "member_id": seat.id, "line_ids": answers}
        )

    def _get_next_action(self, seat):
        """Go on to the sheets where there are any, else back to the session."""
        session = self.session_id
        if seat.is_scoring and session.state == "scoring":
            return session.action_view_sheets()
        return {
            "type": "ir.actions.act_window",
            "res_model": session._name,
            "res_id": session.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _get_seat(self):
        """Return the user's seat; refuse to declare for somebody else, or too late."""
        seat = self.session_id._get_seats(self.env.user)[:1]
        if not seat or self.create_uid != self.env.user:
            raise AccessError(
                self.env._(
                    "Every member declares for themselves. Open your own declaration "
                    "from the session."
                )
            )
        return seat


class EmulationInterestDeclareLine(models.TransientModel):
    """One dossier of the agenda, by as much as is needed to know an interest."""

    _name = "emulation.interest.declare.line"
    _description = "Dossier to Declare For"
    _order = "id"

    declare_id = fields.Many2one(
        "emulation.interest.declare", required=True, index=True, ondelete="cascade"
    )
    evaluation_id = fields.Many2one(
        "emulation.evaluation", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Text(string="Title", compute="_compute_shown")
    unit_name = fields.Text(string="Unit", compute="_compute_shown")
    author_names = fields.Text(string="Authors", compute="_compute_shown")
    interest = fields.Selection(
        [("none", "None"), ("kinship", "Kinship"), ("interest", "Another interest")],
        required=True,
        default="none",
    )
    reason = fields.Char(string="Which one")

    @api.depends("evaluation_id")
    @api.depends_context("uid")
    def _compute_shown(self):
        """Show a dossier to those alone who are asked to declare for it."""
        for line in self:
            evaluation = line.sudo().evaluation_id
            session = evaluation.session_id.with_user(self.env.user)
            if not session or not session._get_seats(self.env.user):
                line.name = line.unit_name = line.author_names = False
                continue
            blind = session.sudo().regulation_id.is_blind
            masked = evaluation.filtered("is_blind_to_me").initiative_id
            shown = evaluation._describe(masked)
            line.name, line.unit_name = shown["name"], shown["unit"]
            line.author_names = False if blind else evaluation.author_names

    def _get_pending(self, session):
        """Return the lines still open on the agenda of ``session``."""
        undeclared = self.env["emulation.evaluation"]._get_undeclared_domain()
        return self.filtered(
            lambda line: (
                line.sudo().evaluation_id.session_id == session
                and line.sudo().evaluation_id.filtered_domain(undeclared)
            )
        )

    def _check_reasons(self):
        for line in self:
            if line.interest != "none" and not (line.reason or "").strip():
                raise UserError(
                    self.env._(
                        "Say which interest you have in “%(dossier)s”: who it is, or "
                        "what it is about.",
                        dossier=line.name,
                    )
                )
