from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.base.models.res_partner import _tz_get

from ..tools.moments import clock, moment, today

# States in which the clock decides whether a round takes dossiers
RUNNING_STATES = ("announced", "open")
WINDOW_FIELDS = {"date_open", "date_close", "time_close", "tz", "state", "active"}


class EmulationRound(models.Model):
    """From when to when a round takes dossiers, by the clock of its organiser.

    The window is judged at the moment somebody hands in; the job that moves the
    state only follows it.
    """

    _inherit = "emulation.round"

    date_open = fields.Date(
        string="Opens on", required=True, default=lambda self: self._default_date_open()
    )
    date_close = fields.Date(
        string="Deadline",
        tracking=True,
        help="Last day on which units can hand in; the round closes by itself after "
        "it. Only a standing intake has none",
    )
    time_close = fields.Float(
        string="Closing hour",
        default=24.0,
        required=True,
        help="Hour of the last day, in the round's time zone; 24:00 is its end",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        compute="_compute_tz",
        store=True,
        readonly=False,
        precompute=True,
        help="The organiser's clock: by it the round opens and closes",
    )
    datetime_open = fields.Datetime(
        string="Takes dossiers from",
        compute="_compute_window",
        store=True,
        precompute=True,
    )
    datetime_close = fields.Datetime(
        string="Takes dossiers until",
        compute="_compute_window",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    days_left = fields.Integer(compute="_compute_days_left")
    is_taking = fields.Boolean(
        string="Takes dossiers now",
        compute="_compute_is_taking",
        search="_search_is_taking",
        help="By the clock, or by an exception made for one of the user's units",
    )

    _deadline_given = models.Constraint(
        "CHECK (date_close IS NOT NULL OR kind = 'standing')",
        "A round needs a deadline. Only a standing intake has none.",
    )
    _closing_hour = models.Constraint(
        "CHECK (time_close > 0 AND time_close <= 24)",
        "The closing hour lies between 00:01 and 24:00.",
    )

    @api.model
    def _default_date_open(self):
        return fields.Date.context_today(self)

    @api.depends("unit_id", "company_id")
    def _compute_tz(self):
        for rnd in self:
            places = rnd.unit_id.sudo().partner_id, rnd.company_id.sudo().partner_id
            zones = [rnd.tz, *(place.tz for place in places), self.env.user.tz]
            rnd.tz = next(filter(None, zones), "UTC")

    @api.depends("date_open", "date_close", "time_close", "tz")
    def _compute_window(self):
        for rnd in self:
            zone = rnd.tz or "UTC"
            first, last = rnd.date_open, rnd.date_close
            rnd.datetime_open = first and moment(first, 0, zone)
            rnd.datetime_close = last and rnd._get_moment(last, rnd.time_close)

    @api.depends("date_close", "tz", "state")
    def _compute_days_left(self):
        now = fields.Datetime.now()
        for rnd in self:
            is_open = rnd.state == "open" and rnd.date_close
            days = is_open and (rnd.date_close - today(now, rnd.tz or "UTC")).days
            rnd.days_left = max(days or 0, 0)

    @api.depends("datetime_open", "datetime_close", "state")
    @api.depends_context("uid")
    def _compute_is_taking(self):
        taking = self.filtered_domain(self._get_taking_domain())
        for rnd in self:
            rnd.is_taking = rnd in taking

    def _search_is_taking(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_taking_domain()
        return domain if True in value else ~domain

    @api.model_create_multi
    def create(self, vals_list):
        rounds = super().create(vals_list)
        rounds._set_alarm()
        return rounds

    def write(self, vals):
        result = super().write(vals)
        if WINDOW_FIELDS & vals.keys():
            self._set_alarm()
        return result

    # BUSINESS

    @api.model
    def _get_window_domain(self):
        """Return the domain of the rounds that the clock has open now."""
        now = fields.Datetime.now()
        unlimited = Domain("datetime_close", "=", False)
        return (
            Domain("state", "in", RUNNING_STATES)
            & Domain("datetime_open", "<=", now)
            & (unlimited | Domain("datetime_close", ">", now))
        )

    @api.model
    def _get_taking_domain(self):
        """Return the domain of the rounds that take dossiers of the user's units."""
        return self._get_window_domain()

    def _get_moment(self, day, hour):
        """Return the UTC moment of an hour (float) on a day of this round's clock."""
        self.ensure_one()
        return moment(day, hour, self.tz or "UTC")

    def _in_window(self):
        """Return whether the clock has this round open at this moment."""
        self.ensure_one()
        now = fields.Datetime.now()
        begun = self.datetime_open and self.datetime_open <= now
        over = self.datetime_close and self.datetime_close <= now
        return bool(self.state in RUNNING_STATES and begun and not over)

    def _takes(self, initiative=None):
        """Return whether the round takes dossiers at this moment.

        :param initiative: a dossier, which an exception may let in; without it the
            answer is for everybody
        """
        self.ensure_one()
        return self._in_window()

    def _check_takes(self, initiative):
        """Refuse a dossier at the wrong time, with the hour and whom to ask.

        :raises UserError: naming the round, its hours and the remedy
        """
        self.ensure_one()
        if self._takes(initiative):
            return
        now = fields.Datetime.now()
        if self.state == "draft":
            reason = self.env._("it is still being prepared")
        elif self.state in RUNNING_STATES and self.datetime_open > now:
            day = format_date(self.env, self.date_open)
            reason = self.env._("it opens on %(day)s", day=day)
        elif self.datetime_close and self.datetime_close <= now:
            reason = self.env._("its deadline was %(at)s", at=self._get_deadline_text())
        else:
            reason = self.env._("it was closed by its organiser")
        raise UserError(
            self.env._(
                "The round “%(round)s” does not take “%(initiative)s” now: %(reason)s. "
                "Choose an open round, or ask “%(organiser)s” to extend this one or to "
                "make an exception for the dossier.",
                round=self.name,
                initiative=initiative.name or self.env._("a new dossier"),
                reason=reason,
                organiser=self.unit_id.sudo().name,
            )
        )

    def _get_deadline_text(self):
        """Return the deadline in words of the reader, with its hour; empty if none."""
        self.ensure_one()
        if not self.date_close:
            return ""
        return self._get_moment_text(self.date_close, self.time_close)

    @api.model
    def _get_moment_text(self, day, hour):
        """Return an hour (float) on a day (date) in words of the reader."""
        return self.env._(
            "%(hour)s on %(day)s", hour=clock(hour), day=format_date(self.env, day)
        )

    # CRON

    def _set_alarm(self):
        """Have the job run at the minute at which these rounds open or close."""
        cron = self.env.ref("emulation.cron_close_rounds", raise_if_not_found=False)
        now = fields.Datetime.now()
        moments = {
            at
            for rnd in self.filtered(lambda one: one.state in RUNNING_STATES)
            for at in (rnd.datetime_open, rnd.datetime_close)
            if at and at > now
        }
        if cron and moments:
            cron.sudo()._trigger(at=sorted(moments))

    @api.model
    def _cron_open_rounds(self):
        """Open the rounds announced for a time that has come."""
        announced = Domain("state", "=", "announced")
        due = self.sudo().search(announced & self._get_window_domain())
        due.write({"state": "open"})

    @api.model
    def _cron_close_rounds(self):
        """Close the rounds whose deadline has passed."""
        now = fields.Datetime.now()
        late = self.sudo().search(
            [("state", "in", RUNNING_STATES), ("datetime_close", "<=", now)]
        )
        late.write({"state": "closed"})
