from odoo import api, fields, models
from odoo.tools import format_date


class EmulationSession(models.Model):
    """Until when the sheets of a session are to be handed in."""

    _inherit = "emulation.session"

    date_opened = fields.Datetime(readonly=True, copy=False)
    date_review_due = fields.Datetime(
        string="Sheets due",
        compute="_compute_date_review_due",
        help="When the council meets, or earlier by its regulation",
    )

    @api.depends("date", "date_opened", "regulation_id")
    def _compute_date_review_due(self):
        for session in self:
            days = session.regulation_id.review_days
            due = session.date
            if days and session.date_opened:
                due = min(due, fields.Datetime.add(session.date_opened, days=days))
            session.date_review_due = due

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"date_opened"}

    def _after_transition(self, source, target):
        if target == "scoring" and source == "planned":
            self.sudo().date_opened = fields.Datetime.now()
        return super()._after_transition(source, target)

    def _tell_reviewers(self, members):
        """Tell members that a sheet came to them while scoring is open."""
        session = self.sudo()
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=members.user_id.partner_id.ids,
            subject=self.env._("A score sheet for you: “%(session)s”",
                               session=session.name),
            body=self.env._(
                "You have been asked to review a dossier of “%(session)s”. Please hand "
                "the sheet in by %(day)s.",
                session=session.name,
                day=format_date(self.env, session._get_due_day()),
            ),
        )  # fmt: skip

    def _get_due_day(self):
        """Return the day until which sheets are due, where the reader is."""
        due = self.date_review_due
        return fields.Datetime.context_timestamp(self, due).date()

    @api.model
    def _cron_remind_reviewers(self):
        """Remind members once of the open sheets that are due soon."""
        now = fields.Datetime.now()
        sessions = self.search(
            [("state", "=", "scoring"), ("regulation_id.reminder_days", ">", 0)]
        )
        for session in sessions:
            first = fields.Datetime.subtract(
                session.date_review_due, days=session.regulation_id.reminder_days
            )
            if first <= now:
                session._remind_reviewers()

    def _remind_reviewers(self):
        """Write to each member with open sheets how many, never of which dossiers."""
        self.ensure_one()
        sheets = self.sudo().evaluation_ids.sheet_ids.filtered(
            lambda one: one.state == "draft" and not one.date_reminded
        )
        for user, own in sheets.grouped("user_id").items():
            session = self.with_context(lang=user.lang)
            self.env["mail.thread"].message_notify(
                partner_ids=user.partner_id.ids,
                subject=session.env._(
                    "Sheets to hand in: “%(session)s”", session=self.name
                ),
                body=session.env._(
                    "%(count)s of your score sheets for “%(session)s” are still open. "
                    "Please hand them in by %(day)s.",
                    count=len(own),
                    session=self.name,
                    day=format_date(session.env, session._get_due_day()),
                ),
            )
        sheets.date_reminded = fields.Datetime.now()


class EmulationScoresheet(models.Model):
    """A sheet is due by the regulation, and reminded of once."""

    _inherit = "emulation.scoresheet"

    date_due = fields.Datetime(
        related="session_id.date_review_due",
        string="Due",
        help="By the regulation of the council",
    )
    date_reminded = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"date_reminded"}
