from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .emulation_verdict_outcome import DISPOSED, OUTCOMES


class EmulationDisposition(models.Model):
    """A dossier that the council defers or returns instead of judging it (R44).

    Recorded by the chair or the secretary while the session is open, with the
    reason that the minutes print. Kept apart from the dossier, so that nobody
    outside the council learns of it before the decision is published.
    """

    _name = "emulation.disposition"
    _description = "Deferral or Return of a Dossier"
    _rec_name = "evaluation_id"
    _order = "evaluation_id"

    evaluation_id = fields.Many2one(
        "emulation.evaluation",
        string="Dossier",
        required=True,
        index=True,
        ondelete="cascade",
    )
    session_id = fields.Many2one(related="evaluation_id.session_id", store=True)
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    outcome = fields.Selection(
        [pair for pair in OUTCOMES if pair[0] in DISPOSED],
        string="Council's decision",
        required=True,
        default="deferred",
    )
    reason = fields.Text(required=True, help="Printed in the minutes, told to the unit")
    date_due = fields.Date(
        string="Complete by", help="Last day for the unit to hand it in completed"
    )
    user_id = fields.Many2one(
        "res.users", string="Recorded by", readonly=True, default=lambda s: s.env.user
    )

    _evaluation_unique = models.UniqueIndex(
        "(evaluation_id)",
        "The council has deferred or returned this dossier already. Change that entry.",
    )
    _due_when_returned = models.Constraint(
        "CHECK (outcome <> 'returned' OR date_due IS NOT NULL)",
        "Say until when the dossier that is returned has to be completed.",
    )

    @api.constrains("reason")
    def _check_reason(self):
        for disposition in self:
            if not disposition.reason.strip():
                raise UserError(
                    self.env._(
                        "Say why the council does not judge “%(dossier)s”: the minutes "
                        "print the reason.",
                        dossier=disposition.evaluation_id.display_name,
                    )
                )

    @api.constrains("outcome", "date_due")
    def _check_date_due(self):
        today = fields.Date.context_today(self)
        for one in self.filtered(lambda one: one.outcome == "returned"):
            if one.date_due < today:
                raise UserError(
                    self.env._(
                        "“%(dossier)s” cannot be completed by a day that is past. "
                        "Choose a later one.",
                        dossier=one.evaluation_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        dispositions = super().create(vals_list)
        dispositions._check_recordable()
        return dispositions

    def write(self, vals):
        if not self.env.su and vals.keys() - {"outcome", "reason", "date_due"}:
            raise AccessError(
                self.env._("What the council decided stays with its dossier.")
            )
        self._check_recordable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_keeper(self):
        self._check_recordable()

    def action_take_back(self):
        """Delete what was recorded: the council judges the dossier after all.

        :raises AccessError: for anybody but the chair and who keeps the session
        :raises UserError: once the session is closed
        """
        self.unlink()
        return {"type": "ir.actions.act_window_close"}

    def _check_recordable(self):
        """Only the chair or who keeps the session, and only until it is closed."""
        if self.env.su:
            return
        for one in self:
            evaluation = one.evaluation_id
            evaluation.check_access("read")
            session = evaluation.sudo().session_id
            if session.state != "scoring":
                raise UserError(
                    self.env._(
                        "“%(dossier)s” is not being appraised now: it can be deferred "
                        "or returned only while its session is open.",
                        dossier=evaluation.display_name,
                    )
                )
            if not evaluation._may_dispose():
                raise AccessError(
                    self.env._(
                        "The chair or the secretary of “%(session)s” records that "
                        "“%(dossier)s” is deferred or returned.",
                        session=session.name,
                        dossier=evaluation.display_name,
                    )
                )


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    disposition_ids = fields.One2many(
        "emulation.disposition",
        "evaluation_id",
        groups="emulation.group_emulation_council",
    )
    disposition = fields.Char(
        string="Not judged",
        compute="_compute_disposition",
        groups="emulation.group_emulation_council",
        help="What the council said instead of judging the dossier",
    )

    @api.depends("disposition_ids.outcome")
    @api.depends_context("uid", "lang")
    def _compute_disposition(self):
        outcome = self.env["emulation.disposition"]._fields["outcome"]
        labels = dict(outcome._description_selection(self.env))
        for evaluation in self:
            evaluation.disposition = labels.get(evaluation.disposition_ids.outcome)

    def action_dispose(self):
        """Open the dialog in which the council's deferral or return is recorded.

        :raises AccessError: for anybody but the chair and who keeps the session
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may_dispose():
            raise AccessError(
                self.env._(
                    "The chair or the secretary of the session records that "
                    "“%(dossier)s” is deferred or returned.",
                    dossier=self.display_name,
                )
            )
        standing = self.sudo().disposition_ids
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Defer or return"),
            "res_model": "emulation.disposition",
            "res_id": standing.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_evaluation_id": self.id},
        }

    def _may_dispose(self):
        """Return whether the user may say that the council does not judge this."""
        self.ensure_one()
        session = self.sudo().session_id.with_env(self.env)
        if not session:
            return False
        seats = session._get_seats(self.env.user)
        if seats & self._get_excluded_members():
            return False
        return session._may_keep() or "chair" in seats.mapped("role")
