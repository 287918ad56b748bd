from odoo import api, fields, models

# What a sender may be told of: a ceremony that is announced or over
TOLD = ("planned", "held")
REMINDER = "emulation.activity_type_ceremony"


class EmulationNomination(models.Model):
    """At which ceremony an award is handed over; and whom to remind of it."""

    _name = "emulation.nomination"
    _inherit = ["emulation.nomination", "mail.activity.mixin"]

    ceremony_line_ids = fields.One2many(
        "emulation.ceremony.line",
        "nomination_id",
        groups="emulation.group_emulation_officer,emulation.group_emulation_leader",
    )
    ceremony_name = fields.Char(
        string="Ceremony", compute="_compute_ceremony", compute_sudo=True
    )
    ceremony_date = fields.Datetime(
        string="Ceremony on", compute="_compute_ceremony", compute_sudo=True
    )

    @api.depends("ceremony_line_ids.is_living", "ceremony_line_ids.ceremony_id.date")
    def _compute_ceremony(self):
        for one in self:
            living = one.ceremony_line_ids.filtered("is_living").ceremony_id[:1]
            one.ceremony_name = living.name
            one.ceremony_date = living.date


class EmulationCeremony(models.Model):
    """The units are reminded of the day, and told when it is moved or cancelled."""

    _inherit = "emulation.ceremony"

    reminder_ids = fields.Many2many(
        "mail.activity", copy=False, readonly=True, groups="base.group_system"
    )

    def action_remind(self):
        """Remind the officers of every unit whose people are called up."""
        for ceremony in self:
            ceremony._check_preparing()
            ceremony.sudo()._remind()

    def write(self, vals):
        result = super().write(vals)
        if {"date", "place", "name"} & vals.keys():
            for ceremony in self.sudo():
                ceremony._remind(only_those_reminded=True)
        return result

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        ceremony = self.sudo()
        reminders = ceremony.reminder_ids
        if target == "held":
            reminders.action_feedback()
        elif target == "cancelled":
            told = reminders.mapped("user_id")
            reminders.unlink()
            ceremony._tell_cancelled(told)
        return result

    def _get_reminded(self):
        """Return of each unit the first award or dossier, on which it is reminded."""
        reminded = {}
        for line in self.line_ids:
            for record in filter(None, (line.nomination_id, line.initiative_id)):
                reminded.setdefault(record.unit_id, []).append(record)
        return reminded

    def _remind(self, only_those_reminded=False):
        """Give each officer of these units one reminder, on what they may read."""
        before = self.reminder_ids
        if only_those_reminded and not before:
            return
        before.unlink()
        given = self.env["mail.activity"]
        for unit, records in self._get_reminded().items():
            for user in unit._get_current_officers():
                readable = (
                    one for one in records if one.with_user(user).has_access("read")
                )
                if record := next(readable, None):
                    given |= self._schedule(record, user)
        self.reminder_ids = given

    def _schedule(self, record, user):
        note = self.env._(
            "Begins on %(when)s, %(place)s",
            when=self._printed_moment(),
            place=self.place,
        )
        return record.activity_schedule(
            REMINDER,
            self._get_day(),
            summary=self.env._("Ceremony: %s", self.name),
            note=note,
            user_id=user.id,
        )

    def _describe(self):
        """Return name, day and state in words, for who may not open it."""
        self.ensure_one()
        state = self._state_label(self.state).lower()
        return f"{self.name} ({self._get_day():%d/%m/%Y}, {state})"

    def _tell_cancelled(self, users):
        self.message_post(
            body=self.env._(
                "Cancelled: %(ceremony)s. Reason: %(reason)s",
                ceremony=self.name,
                reason=self.cancel_reason,
            ),
            author_id=self.env.user.partner_id.id,
            partner_ids=(users - self.env.user).partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    ceremony_line_ids = fields.One2many(
        "emulation.ceremony.line",
        "initiative_id",
        groups="emulation.group_emulation_officer,emulation.group_emulation_leader",
    )


class EmulationTransmittalLine(models.Model):
    """What became of a dossier: introduced at a ceremony (R90)."""

    _inherit = "emulation.transmittal.line"

    ceremony_outcome = fields.Char(
        string="Introduced for the ceremony",
        compute="_compute_ceremony_outcome",
        compute_sudo=True,
    )

    @api.depends("initiative_id.ceremony_line_ids.ceremony_id.state")
    @api.depends_context("lang", "tz")
    def _compute_ceremony_outcome(self):
        for line in self:
            told = line.initiative_id.ceremony_line_ids.ceremony_id.filtered(
                lambda one: one.state in TOLD
            )
            line.ceremony_outcome = "; ".join(one._describe() for one in told)
