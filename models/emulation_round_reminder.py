from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..tools import official

LATENESS = [
    ("dossier", "No dossier handed in"),
    ("batch", "No batch sent"),
]


class EmulationRoundReminder(models.Model):
    """A reminder of a round: one official letter to those who are late (R20, R93).

    The record keeps whom the letter urges and by when they are to answer; the letter
    itself is a paper like any other, signed by whoever signs for the organiser.
    """

    _name = "emulation.round.reminder"
    _inherit = ["emulation.unit.mixin", "emulation.document.source"]
    _description = "Reminder of a Round"
    _order = "date desc, id desc"
    _rec_name = "round_id"

    _needs_living_unit = False

    round_id = fields.Many2one(
        "emulation.round", required=True, readonly=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(string="Organiser", readonly=True)
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    lateness = fields.Selection(LATENESS, required=True, readonly=True)
    addressee_ids = fields.Many2many(
        "emulation.unit", string="Late units", readonly=True, required=True
    )
    date_reply = fields.Date(string="Answer by", required=True, readonly=True)

    # WHAT A DOCUMENT ASKS OF ITS SOURCE

    def _document_values(self, kind):
        """Return the defaults of the letter: subject, signer, addressees."""
        self.ensure_one()
        unit = self.unit_id.sudo()
        return {
            "unit_id": unit.id,
            "subject": f"đôn đốc gửi hồ sơ sáng kiến – {self.round_id.name}",
            "issuer_ids": [Command.create(unit._get_signature_values())],
            "recipient_ids": [
                Command.create({"unit_id": one.id, "is_addressee": True})
                for one in self.addressee_ids
            ],
        }

    def _document_body_template(self, kind):
        return "emulation.document_body_reminder"

    def _document_annexes(self, kind):
        """A letter to several lists them in an annex, to be ticked off."""
        if len(self.addressee_ids) < 2:
            return []
        template = "emulation.document_annex_reminder"
        title = f"Danh sách đơn vị chưa gửi hồ sơ – {self.round_id.name}"
        return [{"title": title, "template": template}]

    def _document_check_sign(self, document):
        """Nobody is urged who has sent in the meantime."""
        late = self.round_id.sudo()._get_late_units(self.lateness)
        sent = self.addressee_ids - late
        if sent:
            raise UserError(
                self.env._(
                    "%(units)s sent in the meantime what “%(document)s” asks for. "
                    "Delete the draft and prepare the reminder again.",
                    units=", ".join(sent.mapped("name")),
                    document=document.display_name,
                )
            )

    def _printed_deadline(self):
        """Return the deadline of the round as papers write it; empty without one."""
        day = self.round_id.date_close
        return official.long_date(day) if day else ""

    def _printed_reply(self):
        return official.long_date(self.date_reply)

    def _is_overdue(self):
        return bool(self.round_id.date_close) and self.round_id.date_close < self.date

    def _open_letters(self, name):
        """Return the action that opens the letters of these reminders."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_document_action"
        )
        own = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return {
            **action,
            "name": self.env._("Reminders of “%(round)s”", round=name),
            "domain": own,
            "context": {"create": False},
            "path": False,
        }


class EmulationRound(models.Model):
    """Urging those who are late with their dossiers, by official letters."""

    _inherit = "emulation.round"

    reminder_ids = fields.One2many(
        "emulation.round.reminder",
        "round_id",
        groups="emulation.group_emulation_movement",
    )
    reminder_count = fields.Integer(
        string="Reminders",
        compute="_compute_reminder_count",
        groups="emulation.group_emulation_movement",
    )
    can_remind = fields.Boolean(compute="_compute_can_remind")

    @api.depends("reminder_ids")
    def _compute_reminder_count(self):
        counts = dict(
            self.env["emulation.round.reminder"]._read_group(
                [("round_id", "in", self.ids)], ["round_id"], ["__count"]
            )
        )
        for rnd in self:
            rnd.reminder_count = counts.get(rnd._origin, 0)

    @api.depends("state", "date_close")
    @api.depends_context("uid")
    def _compute_can_remind(self):
        for rnd in self:
            rnd.can_remind = rnd._has_late_units() and rnd._may_remind()

    # ACTIONS

    def action_open_remind(self):
        """Open the dialog that drafts reminders to the units that are late."""
        self.ensure_one()
        self._check_may_remind()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remind late units"),
            "res_model": "emulation.round.remind",
            "view_mode": "form",
            "target": "new",
            "context": {"default_round_id": self.id},
        }

    def action_view_reminders(self):
        """Open the letters by which this round reminded its units."""
        self.ensure_one()
        reminders = self.env["emulation.round.reminder"].search(
            [("round_id", "=", self.id)]
        )
        return reminders._open_letters(self.name)

    # BUSINESS

    def _may_remind(self):
        """Return whether the user runs rounds: a movement officer."""
        self.ensure_one()
        is_movement = self.env.user.has_group("emulation.group_emulation_movement")
        return self.env.su or is_movement

    def _check_may_remind(self):
        self.check_access("read")
        if not self._may_remind():
            raise AccessError(
                self.env._(
                    "Reminders of “%(round)s” are drafted by a movement officer.",
                    round=self.name,
                )
            )
        if not self._has_late_units():
            raise UserError(
                self.env._(
                    "“%(round)s” has no deadline, or does not collect dossiers now: "
                    "nobody is late.",
                    round=self.name,
                )
            )

    def _has_late_units(self):
        """Return whether anybody can be late: not in a standing intake."""
        self.ensure_one()
        return self.state in ("open", "closed") and bool(self.date_close)

    def _get_late_units(self, lateness):
        """Return the living units of the round's territory that have sent nothing.

        :param lateness: ``dossier``: nothing was handed in there or below;
            ``batch``: no batch was sent by the unit itself
        """
        self.ensure_one()
        Unit = self.env["emulation.unit"]
        if lateness == "dossier":
            ids = [unit_id for _round, unit_id in self._query_silent_units("unit.id")]
            return Unit.search([("id", "in", ids)])._without_mere_places()
        batches = self.env["emulation.transmittal"].sudo()
        sent = batches.search([("round_id", "=", self.id), ("state", "!=", "draft")])
        area = self._get_area_unit()
        return Unit.search(
            [
                *(("id", "child_of", area.id), ("id", "!=", area.id)),
                *(("is_ended", "=", False), ("id", "!=", self.unit_id.id)),
                ("id", "not in", sent.unit_id.ids),
            ]
        )._without_mere_places()

    def _get_area_unit(self):
        """Return the territory in which the organiser stands, or itself."""
        unit = area = self.unit_id.sudo()
        while area and area.kind_id.code != "territory":
            area = area.parent_id
        return area or unit


class EmulationUnit(models.Model):
    """To whom one writes: the offices of a place, not the place."""

    _inherit = "emulation.unit"

    def _without_mere_places(self):
        """Return the units without territories that have an office of their level."""
        offices = self.sudo().search(
            [("parent_id", "in", self.ids), ("kind_id.code", "!=", "territory")]
        )
        governed = {(office.parent_id.id, office.level_id.id) for office in offices}
        return self.filtered(
            lambda unit: (
                unit.kind_id.code != "territory"
                or (unit.id, unit.level_id.id) not in governed
            )
        )
