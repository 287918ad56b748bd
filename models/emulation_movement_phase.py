from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date


class EmulationMovementPhase(models.Model):
    """A phase of a movement (giai đoạn): dates, goals, what it hands on (R3, R63).

    Phases of one movement never overlap; only the last may be without an end ("những
    năm tiếp theo"). A closed phase stays as it was.
    """

    _name = "emulation.movement.phase"
    _description = "Phase of a Movement"
    _order = "movement_id, date_start, id"

    movement_id = fields.Many2one(
        "emulation.movement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="movement_id.company_id", store=True)
    name = fields.Char(required=True, help="E.g. Giai đoạn 2018–2020")
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_end = fields.Date(string="Until", help="Empty while no end is set")
    goals = fields.Text(help="What the phase is to reach, in the plan's own words")
    carry_over = fields.Text(
        string="Carried over", help="What the phase before hands on: models, councils"
    )
    is_closed = fields.Boolean(string="Closed", readonly=True, copy=False)
    is_current = fields.Boolean(string="Today", compute="_compute_is_current")
    can_close = fields.Boolean(compute="_compute_can_close")

    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "A phase cannot end before it begins. Correct one of the two dates.",
    )

    @api.depends("date_start", "date_end")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for phase in self:
            begun = phase.date_start and phase.date_start <= today
            phase.is_current = begun and (not phase.date_end or phase.date_end >= today)

    @api.depends("is_closed", "date_start", "movement_id.state")
    @api.depends_context("uid")
    def _compute_can_close(self):
        for phase in self:
            phase.can_close = bool(phase._origin) and not phase._judge_close()

    @api.constrains("movement_id", "date_start", "date_end")
    def _check_overlap(self):
        for phase in self:
            movement = phase.movement_id
            for other in (movement.phase_ids - phase).filtered(phase._overlaps):
                first = min(phase, other, key=lambda one: one.date_start)
                raise ValidationError(
                    self.env._(
                        "“%(phase)s” and “%(other)s” of the movement “%(movement)s” "
                        "would run at the same time. Enter the last day of "
                        "“%(first)s” before the next phase begins.",
                        phase=phase.name,
                        other=other.name,
                        movement=movement.display_name,
                        first=first.name,
                    )
                )
            if movement.date_start and phase.date_start < movement.date_start:
                raise ValidationError(
                    self.env._(
                        "“%(phase)s” begins before the movement “%(movement)s” was "
                        "launched (%(day)s). Correct one of the two dates.",
                        phase=phase.name,
                        movement=movement.display_name,
                        day=format_date(self.env, movement.date_start),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        phases = super().create(vals_list)
        # by whatever way it was set: the values, a context, a personal default
        self._check_closed_by_action({"is_closed": any(phases.mapped("is_closed"))})
        return phases

    def write(self, vals):
        self._check_closed_by_action(vals)
        self._check_still_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_still_open()

    def action_close_phase(self):
        """Open the dialog that closes the phase and begins the next (R63).

        :raises UserError: when the phase is closed or has not begun
        """
        self.ensure_one()
        if error := self._judge_close():
            raise error
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close “%(phase)s”", phase=self.name),
            "res_model": "emulation.movement.phase.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_phase_id": self.id},
        }

    def _judge_close(self):
        """Return the error that forbids to close the phase, or None."""
        self.ensure_one()
        values = {"phase": self.name}
        if not self.env.su and not self.has_access("write"):
            return AccessError(
                self.env._(
                    "Only a movement officer may close “%(phase)s”. Ask the standing "
                    "agency.",
                    **values,
                )
            )
        if self.is_closed:
            return UserError(self.env._("“%(phase)s” is closed already.", **values))
        if self.date_start and self.date_start > fields.Date.context_today(self):
            return UserError(
                self.env._(
                    "“%(phase)s” has not begun yet. Correct its dates, or delete it.",
                    **values,
                )
            )
        return None

    def _close(self, day):
        """Close the phases on ``day`` (a date) for good."""
        for phase in self:
            if error := phase._judge_close():
                raise error
            phase.write({"date_end": day})
            phase.sudo().write({"is_closed": True})

    def _overlaps(self, other):
        """Return whether the two phases share a day."""
        self.ensure_one()
        return (not self.date_end or self.date_end >= other.date_start) and (
            not other.date_end or other.date_end >= self.date_start
        )

    @api.model
    def _check_closed_by_action(self, vals):
        if vals.get("is_closed") and not self.env.su:
            raise UserError(
                self.env._("A phase is closed by its button “Close phase” only.")
            )

    def _check_still_open(self):
        for phase in self.filtered("is_closed"):
            raise UserError(
                self.env._(
                    "“%(phase)s” is closed and stays as it was. Open another phase "
                    "for what comes now.",
                    phase=phase.name,
                )
            )
