from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.emulation_round_reminder import LATENESS


class EmulationRoundRemind(models.TransientModel):
    """Draft letters to the units that are late in a round (công văn đôn đốc)."""

    _name = "emulation.round.remind"
    _description = "Remind Late Units"

    round_id = fields.Many2one("emulation.round", required=True, readonly=True)
    lateness = fields.Selection(
        LATENESS,
        string="Late with",
        required=True,
        default="dossier",
        help="A unit has handed in a dossier when it, or a unit below it, has; a batch "
        "is sent by the unit itself",
    )
    kind_ids = fields.Many2many(
        "emulation.unit.kind", string="Kinds", help="Empty: every kind"
    )
    level_ids = fields.Many2many(
        "emulation.unit.level", string="Levels", help="Empty: every level"
    )
    unit_ids = fields.Many2many(
        "emulation.unit",
        string="Late units",
        compute="_compute_unit_ids",
        store=True,
        readonly=False,
        help="Take out whom the letter is not to reach",
    )
    unit_count = fields.Integer(string="Units", compute="_compute_unit_count")
    way = fields.Selection(
        [("each", "A letter to each"), ("all", "One letter to all")],
        string="Form of the letters",
        required=True,
        default="all",
    )
    date_reply = fields.Date(
        string="Answer by",
        required=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=7),
    )

    @api.depends("round_id", "lateness", "kind_ids", "level_ids")
    def _compute_unit_ids(self):
        for dialog in self:
            dialog.unit_ids = dialog._get_late()

    @api.depends("unit_ids")
    def _compute_unit_count(self):
        for dialog in self:
            dialog.unit_count = len(dialog.unit_ids)

    def action_confirm(self):
        """Draft the letters and open them, to be read and signed.

        :raises AccessError: for anybody but a movement officer
        :raises UserError: when no unit is chosen, one of them is not late, or the day
            of the answer has passed
        """
        self.ensure_one()
        rnd = self.round_id
        rnd._check_may_remind()
        self._check_choice()
        reminders = (
            self.env["emulation.round.reminder"]
            .sudo()
            .create([self._reminder_values(units) for units in self._get_letters()])
        )
        papers = self.env["emulation.document"]
        for reminder in reminders:
            papers += papers._create_from_source(reminder.sudo(False), "CV")
        if len(papers) == 1:
            return papers._open_form()
        return reminders.sudo(False)._open_letters(rnd.name)

    def _get_late(self):
        """Return the late units of the kinds and levels chosen."""
        self.ensure_one()
        rnd = self.round_id
        if not rnd or not rnd._may_remind():
            return self.env["emulation.unit"]
        kinds, levels = self.kind_ids._origin, self.level_ids._origin
        return rnd._get_late_units(self.lateness).filtered(
            lambda unit: (
                (not kinds or unit.kind_id in kinds)
                and (not levels or unit.level_id in levels)
            )
        )

    def _get_letters(self):
        """Return the units of each letter."""
        return list(self.unit_ids) if self.way == "each" else [self.unit_ids]

    def _reminder_values(self, units):
        rnd = self.round_id
        return {
            "round_id": rnd.id,
            "unit_id": rnd.unit_id.id,
            "company_id": rnd.company_id.id,
            "lateness": self.lateness,
            "addressee_ids": [Command.set(units.ids)],
            "date_reply": self.date_reply,
        }

    def _check_choice(self):
        if not self.unit_ids:
            raise UserError(
                self.env._(
                    "No unit is chosen: there is nobody to remind in “%(round)s”.",
                    round=self.round_id.name,
                )
            )
        punctual = self.unit_ids - self.round_id._get_late_units(self.lateness)
        if punctual:
            raise UserError(
                self.env._(
                    "%(units)s: not late in “%(round)s”. Take them out.",
                    units=", ".join(punctual.mapped("name")),
                    round=self.round_id.name,
                )
            )
        if self.date_reply < fields.Date.context_today(self):
            raise UserError(
                self.env._("The day by which to answer has passed. Choose a later one.")
            )
