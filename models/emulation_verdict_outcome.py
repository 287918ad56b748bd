from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

OUTCOMES = [
    ("recognised", "Recognised"),
    ("not_recognised", "Not recognised"),
    ("deferred", "Deferred to the next round"),
    ("returned", "Returned to complete"),
]
# what the council decided without a score
DISPOSED = ("deferred", "returned")


class EmulationVerdict(models.Model):
    """What the council decided: recognised or not, deferred, or returned (R44).

    The score proposes, and decides where the regulation asks for no ballot; a
    dossier that is deferred or returned has neither score nor rank.
    """

    _inherit = "emulation.verdict"

    outcome = fields.Selection(OUTCOMES, string="Council's decision", required=True)
    is_pass = fields.Boolean(
        string="Recognised", compute="_compute_is_pass", store=True, precompute=True
    )
    is_disposed = fields.Boolean(
        compute="_compute_is_pass", store=True, precompute=True
    )
    outcome_reason = fields.Text(
        string="Reason", help="Why the council deferred or returned the dossier"
    )
    outcome_date_due = fields.Date(string="Complete by")

    @api.depends("outcome")
    def _compute_is_pass(self):
        for verdict in self:
            verdict.is_pass = verdict.outcome == "recognised"
            verdict.is_disposed = verdict.outcome in DISPOSED

    @api.model
    def _create_disposed(self, session, evaluations):
        """Create the results of dossiers that were deferred or returned."""
        verdicts = self.create(
            [
                {
                    "evaluation_id": disposition.evaluation_id.id,
                    "unit_id": disposition.evaluation_id.unit_id.id,
                    "company_id": disposition.evaluation_id.company_id.id,
                    "session_id": session.id,
                    "regulation_id": session.regulation_id.id,
                    "outcome": disposition.outcome,
                    "outcome_reason": disposition.reason,
                    "outcome_date_due": disposition.date_due,
                    "date": fields.Date.context_today(session),
                }
                for disposition in evaluations.disposition_ids
            ]
        )
        verdicts._clear_numbers()
        return verdicts

    def _clear_numbers(self):
        """Keep no score and no rank at all, so that no mean counts them as 0."""
        if self:
            self.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "UPDATE emulation_verdict SET score = NULL, rank = NULL"
                    " WHERE id = ANY(%s)",
                    self.ids,
                )
            )
            self.invalidate_recordset(["score", "rank"])

    def _tell_initiative(self, day):
        """Let the dossier follow what a signed decision of ``day`` says of it."""
        self.ensure_one()
        initiative = self.initiative_id
        if self.outcome == "deferred":
            initiative._set_deferred()
        elif self.outcome == "returned":
            initiative._set_returned(self.outcome_reason, self.outcome_date_due)
        else:
            initiative._set_recognised(self.is_pass, day)

    def _check_not_gone_on(self):
        """Refuse to take back a deferral or return that was acted upon.

        :raises UserError: naming the dossier and what happened to it since
        """
        for verdict in self.filtered("is_disposed"):
            initiative = verdict.initiative_id
            moved = initiative.round_id != verdict.round_id
            if moved or initiative.state != verdict.outcome:
                raise UserError(
                    self.env._(
                        "“%(initiative)s” has gone on since (%(state)s, “%(round)s”): "
                        "the decision of “%(session)s” on it can no longer be taken "
                        "back. Withdraw the dossier there first.",
                        initiative=initiative.display_name,
                        state=initiative._state_label(initiative.state),
                        round=initiative.round_id.name,
                        session=verdict.session_id.name,
                    )
                )
