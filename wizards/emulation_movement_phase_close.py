from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationMovementPhaseClose(models.TransientModel):
    """The last day of a phase, and the phase that follows it (R63)."""

    _name = "emulation.movement.phase.close"
    _description = "Close a Phase"

    phase_id = fields.Many2one(
        "emulation.movement.phase", required=True, ondelete="cascade"
    )
    date_end = fields.Date(
        string="Last day",
        required=True,
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
    )
    next_phase_id = fields.Many2one(
        "emulation.movement.phase",
        string="Goes on with",
        compute="_compute_next_phase_id",
        help="The phase that is there already",
    )
    opens_next = fields.Boolean(
        string="Open the next phase",
        compute="_compute_opens_next",
        store=True,
        readonly=False,
        precompute=True,
    )
    name = fields.Char(string="Next phase", help="E.g. Giai đoạn 2021–2025")
    next_date_end = fields.Date(string="Until", help="Empty while no end is set")
    goals = fields.Text()
    carry_over = fields.Text(
        string="To carry over",
        help="Models, councils and unfinished work that the next phase takes on",
    )

    @api.depends("phase_id")
    def _compute_date_end(self):
        for wizard in self:
            today = fields.Date.context_today(wizard)
            wizard.date_end = min(wizard.phase_id.date_end or today, today)

    @api.depends("phase_id")
    def _compute_next_phase_id(self):
        for wizard in self:
            phase = wizard.phase_id
            later = phase.movement_id.phase_ids.filtered(
                lambda one, me=phase: one.date_start > me.date_start
            )
            wizard.next_phase_id = later.sorted("date_start")[:1]

    @api.depends("phase_id")
    def _compute_opens_next(self):
        for wizard in self:
            wizard.opens_next = not wizard.next_phase_id

    def action_confirm(self):
        """Close the phase and open the next one on the day after.

        :raises UserError: when the next phase has no name, or the days do not fit
        """
        self.ensure_one()
        phase = self.phase_id
        if self.opens_next and not (self.name or "").strip():
            raise UserError(
                self.env._(
                    "Give the phase after “%(phase)s” a name, or untick “Open the next "
                    "phase”.",
                    phase=phase.name,
                )
            )
        if self.date_end < phase.date_start:
            raise UserError(
                self.env._(
                    "“%(phase)s” cannot end before it began. Choose a later last day.",
                    phase=phase.name,
                )
            )
        phase._close(self.date_end)
        if self.opens_next:
            self.env["emulation.movement.phase"].create(
                {
                    "movement_id": phase.movement_id.id,
                    "name": self.name.strip(),
                    "date_start": fields.Date.add(self.date_end, days=1),
                    "date_end": self.next_date_end,
                    "goals": self.goals,
                    "carry_over": self.carry_over,
                }
            )
        elif self.carry_over and self.next_phase_id:
            self.next_phase_id.carry_over = self.carry_over
        return {"type": "ir.actions.act_window_close"}
