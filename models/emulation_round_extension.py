from odoo import api, fields, models
from odoo.exceptions import UserError

from .emulation_round_intake import RUNNING_STATES

DEADLINE_FIELDS = {"date_close", "time_close", "tz"}


class EmulationRoundExtension(models.Model):
    """A deadline put off, with its reason: written once, never changed (R56)."""

    _name = "emulation.round.extension"
    _inherit = ["emulation.append.only.mixin"]
    _description = "Extension of a Round"
    _order = "id desc"
    _rec_name = "round_id"

    round_id = fields.Many2one(
        "emulation.round", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(related="round_id.company_id", store=True)
    date_old = fields.Date(string="Deadline before", required=True, readonly=True)
    time_old = fields.Float(string="Hour before", required=True, readonly=True)
    date_new = fields.Date(string="New deadline", required=True, readonly=True)
    time_new = fields.Float(string="New hour", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Extended by", required=True, readonly=True
    )
    date = fields.Datetime(string="Extended on", required=True, readonly=True)

    @api.model
    def _unchangeable(self):
        return self.env._(
            "An extension stays on record as it was given. Extend the round again if "
            "the deadline has to move once more."
        )


class EmulationRound(models.Model):
    """Once announced, a deadline moves by an extension that says why."""

    _inherit = "emulation.round"

    extension_ids = fields.One2many(
        "emulation.round.extension", "round_id", string="Extensions"
    )
    can_extend = fields.Boolean(compute="_compute_can_extend")

    @api.depends("state", "date_close")
    @api.depends_context("uid")
    def _compute_can_extend(self):
        for rnd in self:
            rnd.can_extend = bool(rnd.date_close) and rnd._may_extend()

    def write(self, vals):
        if DEADLINE_FIELDS & vals.keys() and not self.env.su:
            self._check_deadline_open(vals)
        return super().write(vals)

    # ACTIONS

    def action_extend(self):
        """Open the dialog that puts the deadline off."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Extend the deadline"),
            "res_model": "emulation.round.extend",
            "view_mode": "form",
            "target": "new",
            "context": {"default_round_id": self.id},
        }

    # BUSINESS

    def _may_extend(self):
        """Return whether the user may extend: after the close only a manager."""
        self.ensure_one()
        if self.state in RUNNING_STATES:
            user = self.env.user
            return self.env.su or user.has_group("emulation.group_emulation_movement")
        return self._can_move("open") and self.state == "closed"

    def _check_deadline_open(self, vals):
        """Refuse a deadline changed in silence once the units know it."""
        self.check_access("write")
        for rnd in self:
            given = {name: vals[name] for name in DEADLINE_FIELDS & vals.keys()}
            if "date_close" in given:
                given["date_close"] = fields.Date.to_date(given["date_close"]) or False
            changed = any(rnd[name] != value for name, value in given.items())
            if changed and rnd.state != "draft":
                raise UserError(
                    self.env._(
                        "The units know the deadline of “%(round)s”. Use “Extend” to "
                        "move it with a reason.",
                        round=rnd.name,
                    )
                )

    def _extend(self, date_close, time_close, reason):
        """Put the deadline off and tell the units; a closed round opens again.

        :param date_close: the new last day (date)
        :param time_close: the hour on it (float, 24 is its end)
        :param reason: why, as the units read it
        :raises UserError: when the user may not, or the moment is not later
        """
        self.ensure_one()
        self._check_extension(date_close, time_close, reason)
        before = self.date_close, self.time_close
        rnd = self.sudo()
        rnd.write({"date_close": date_close, "time_close": time_close})
        self._check_later(before)
        rnd.env["emulation.round.extension"].create(
            {
                "round_id": self.id,
                "date_old": before[0],
                "time_old": before[1],
                "date_new": date_close,
                "time_new": time_close,
                "reason": reason.strip(),
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
            }
        )
        if self.state == "closed":
            self.write({"state": "open"})
        self._tell_extension(before, reason.strip())

    def _check_extension(self, date_close, time_close, reason):
        self.check_access("write")
        if not self.can_extend:
            raise UserError(
                self.env._(
                    "You cannot extend “%(round)s”: it has no deadline, it is still a "
                    "draft, or it is over and a movement manager has to reopen it.",
                    round=self.name,
                )
            )
        if not date_close or not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Give the new deadline of “%(round)s” and the reason for it.",
                    round=self.name,
                )
            )
        if not 0 < time_close <= 24:
            raise UserError(
                self.env._("The closing hour lies between 00:01 and 24:00.")
            )

    def _check_later(self, before):
        """Refuse an extension that is none: earlier than before, or already past."""
        old = self._get_moment(*before)
        if self.datetime_close <= max(old, fields.Datetime.now()):
            raise UserError(
                self.env._(
                    "The deadline of “%(round)s” is %(old)s. Choose a later one that "
                    "has not passed.",
                    round=self.name,
                    old=self._get_moment_text(*before),
                )
            )

    def _tell_extension(self, before, reason):
        """Tell the reason on the round, and to those whose dossiers wait for it."""
        open_dossiers = self.sudo().initiative_ids.filtered(
            lambda one: one.state in ("draft", "returned")
        )
        people = open_dossiers.create_uid | open_dossiers.submitted_user_id
        self.sudo().message_post(
            body=self.env._(
                "Deadline extended from %(old)s to %(new)s. Reason: %(reason)s",
                old=self._get_moment_text(*before),
                new=self._get_deadline_text(),
                reason=reason,
            ),
            subject=self.env._("“%(round)s” is extended", round=self.name),
            partner_ids=people.filtered("active").partner_id.ids,
            author_id=self.env.user.partner_id.id,
        )
