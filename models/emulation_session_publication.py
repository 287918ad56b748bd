from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import moments


class EmulationSession(models.Model):
    """The embargo: a decision is signed, and told on the day that was set for it.

    Until that day everything stays as before the signature: results, the decision
    itself and its certificates are read by the secretariat and the signers alone.
    """

    _inherit = "emulation.session"

    date_embargo = fields.Date(
        string="Not told before",
        copy=False,
        help="E.g. the day of the ceremony. The regulation may set a later one.",
    )
    date_public = fields.Date(
        string="Results told on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Set by the signature of the decision: the embargo of the regulation and "
        "of this session, whichever ends later",
    )
    is_under_embargo = fields.Boolean(compute="_compute_is_under_embargo")

    @api.depends("state", "date_public")
    def _compute_is_under_embargo(self):
        for session in self:
            waits = session.state == "closed" and session.date_public
            session.is_under_embargo = bool(waits)

    def write(self, vals):
        if "date_embargo" in vals:
            self._check_embargo_open()
        return super().write(vals)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"date_public"}

    def _check_embargo_open(self):
        """Refuse another embargo once the decision is signed."""
        for session in self:
            if session.date_public or session.state == "published":
                raise UserError(
                    self.env._(
                        "The decision of “%(session)s” is signed: its results are told "
                        "on %(day)s. Revoke the decision to set another day.",
                        session=session.name,
                        day=format_date(self.env, session.date_public),
                    )
                )

    def _check_unpublished(self):
        result = super()._check_unpublished()
        if self.date_public:
            raise UserError(
                self.env._(
                    "“%(session)s” already has a signed decision; its results are told "
                    "on %(day)s. Revoke that decision first.",
                    session=self.name,
                    day=format_date(self.env, self.date_public),
                )
            )
        return result

    def _publish_results(self, decision):
        """Publish at once, or leave it to the day on which the embargo ends."""
        session = self.sudo()
        session.date_public = session.date_public or self._get_public_day(decision)
        if session.date_public > session._get_today():
            return None
        return super()._publish_results(decision)

    def _on_document_revoked(self, document):
        result = super()._on_document_revoked(document)
        if document.kind_id.code == "QĐ":
            self.sudo().date_public = False
        return result

    def _get_public_day(self, decision):
        """Return the day on which the results of ``decision`` are told."""
        days = self.sudo().regulation_id.embargo_days
        day = decision.date_signed + timedelta(days=days)
        return max(day, self.date_embargo or day)

    def _get_today(self):
        """Return today's date where the round is held."""
        zone = self.sudo().round_id.tz or "UTC"
        return moments.today(fields.Datetime.now(), zone)

    @api.model
    def _cron_publish(self):
        """Tell the results whose embargo has ended, one session at a time."""
        latest = fields.Datetime.now().date() + timedelta(days=1)
        due = self.search([("state", "=", "closed"), ("date_public", "<=", latest)])
        for session in due:
            decision = session._get_signed_decision()
            if decision and session.date_public <= session._get_today():
                session._publish_results(decision)
                self.env["ir.cron"]._commit_progress(1)
