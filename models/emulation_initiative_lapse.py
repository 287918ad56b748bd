from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.moments import today


class EmulationRound(models.Model):
    """How long a returned dossier may take, and when its unit is reminded."""

    _inherit = "emulation.round"

    return_days = fields.Integer(
        string="Days to complete",
        default=30,
        required=True,
        help="Proposed when a dossier is returned (one month by Circular 18/2013)",
    )
    return_reminder_days = fields.Integer(
        string="Reminder (days before)",
        default=5,
        required=True,
        help="So many days before the day to complete it by, its unit is reminded; 0 "
        "for no reminder",
    )

    _return_days_range = models.Constraint(
        "CHECK (return_days > 0 AND return_reminder_days >= 0)",
        "A return gives at least one day, and a reminder goes out before it ends.",
    )


class EmulationInitiative(models.Model):
    """A returned dossier is completed in time, or lapses; nothing is deleted."""

    _inherit = "emulation.initiative"

    date_lapsed = fields.Date(string="Lapsed on", readonly=True, copy=False)
    date_reminded = fields.Date(string="Reminded on", readonly=True, copy=False)
    is_overdue = fields.Boolean(
        string="Overdue",
        compute="_compute_is_overdue",
        help="Returned, and the day to complete it by has passed",
    )
    return_log_ids = fields.One2many(
        "emulation.initiative.return.log",
        "initiative_id",
        string="Returns",
        groups="emulation.group_emulation_officer",
    )

    @api.depends("state", "date_return_due")
    def _compute_is_overdue(self):
        for initiative in self:
            due = initiative.date_return_due
            returned = initiative.state == "returned"
            initiative.is_overdue = bool(
                returned and due and due < initiative._get_round_today()
            )

    def _get_round_today(self):
        """Return today's date by the clock of the round's organiser."""
        return today(fields.Datetime.now(), self.sudo().round_id.tz or "UTC")

    # ACTIONS

    def action_return(self):
        """Open the dialog that returns dossiers, or takes up lapsed ones again."""
        action = super().action_return()
        if self and all(one.state == "lapsed" for one in self):
            action["name"] = self.env._("Take up again")
        return action

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"date_lapsed", "date_reminded"}

    def _transitions(self):
        table = dict(super()._transitions())
        table["returned"] = table["returned"] | {"lapsed"}
        table["lapsed"] = {"returned"}
        return table

    def _may_move(self, target):
        if target == "returned" and self.state == "lapsed":
            user = self.env.user
            manager = user.has_group("emulation.group_emulation_manager")
            return manager and not self._is_own(user)
        return super()._may_move(target)

    def _check_ready(self, target):
        due = self.date_return_due
        if target == "lapsed" and (not due or due >= self._get_round_today()):
            raise UserError(
                self.env._(
                    "“%(initiative)s” does not lapse: the day to complete it by has "
                    "not passed.",
                    initiative=self.display_name,
                )
            )
        return super()._check_ready(target)

    def _after_transition(self, source, target):
        if target == "lapsed":
            self.sudo().date_lapsed = self._get_round_today()
        elif target in ("returned", "submitted"):
            self.sudo().write({"date_lapsed": False, "date_reminded": False})
        return super()._after_transition(source, target)

    def _return_to_complete(self, reason, date_due=None, causes=None):
        """Also log each return, with its ``causes`` (emulation.return.cause)."""
        lapsed = self.filtered(lambda one: one.state == "lapsed")
        result = super()._return_to_complete(reason, date_due, causes)
        log = self.env["emulation.initiative.return.log"]
        for initiative in self:
            event = "reopened" if initiative in lapsed else "returned"
            due = initiative.sudo().date_return_due
            log._append(initiative, event, reason, causes, date_due=due)
        return result

    def _lapse(self):
        """Let a returned dossier lapse: the day to complete it by has passed."""
        self.ensure_one()
        initiative = self.sudo()._in_senders_language()
        reason = initiative.env._(
            "Not completed before %(day)s: the dossier has lapsed. What was asked "
            "for: %(reason)s",
            day=format_date(initiative.env, self.date_return_due),
            reason=self.return_reason or "",
        )
        returns = initiative.return_log_ids.filtered(
            lambda entry: entry.event in ("returned", "reopened")
        )
        latest = returns.filtered(lambda entry: entry.date == returns[:1].date)
        initiative.write({"state": "lapsed"})
        self.env["emulation.initiative.return.log"]._append(
            *(initiative, "lapsed", reason, latest.cause_id),
            date_due=self.date_return_due,
        )
        initiative.message_post(body=reason, subtype_xmlid="mail.mt_note")
        initiative._tell_unit(reason)

    def _in_senders_language(self):
        """Return the dossier in the language of whoever handed it in."""
        lang = self.submitted_user_id.lang or self.env.user.lang
        return self.with_context(lang=lang)

    def _tell_unit(self, text):
        """Notify whoever handed the dossier in and the people in office in its unit."""
        day = fields.Date.context_today(self)
        officers = self.sudo().unit_id.officer_ids
        users = officers.filtered(lambda one: one._is_current(day)).user_id
        users |= self.sudo().submitted_user_id
        self.sudo().message_notify(
            partner_ids=users.partner_id.ids,
            subject=self.display_name,
            body=Markup("<p>%s</p>") % text,
        )

    # CRON

    @api.model
    def _cron_follow_returns(self):
        """Remind the units of returned dossiers; those whose day has passed lapse."""
        returned = self.sudo().search(
            [("state", "=", "returned"), ("date_return_due", "!=", False)]
        )
        for initiative in returned:
            day = initiative._get_round_today()
            if initiative.date_return_due < day:
                initiative._lapse()
            elif initiative._is_reminder_due(day):
                initiative._remind(day)

    def _is_reminder_due(self, day):
        notice = self.round_id.return_reminder_days
        begins = fields.Date.subtract(self.date_return_due, days=notice)
        return bool(notice) and not self.date_reminded and begins <= day

    def _remind(self, day):
        self.ensure_one()
        initiative = self._in_senders_language()
        initiative._tell_unit(
            initiative.env._(
                "“%(initiative)s” is to be completed before %(day)s; after that day it "
                "lapses. What is asked for: %(reason)s",
                initiative=self.name,
                day=format_date(initiative.env, self.date_return_due),
                reason=self.return_reason or "",
            )
        )
        initiative.date_reminded = day
