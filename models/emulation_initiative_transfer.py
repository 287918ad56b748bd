from odoo import api, fields, models
from odoo.exceptions import UserError

# Where a dossier may still change its unit: before an agenda, before a result
MOVABLE_STATES = ("draft", "submitted", "returned", "endorsed", "eligible")


class EmulationInitiativeTransfer(models.Model):
    """A dossier handed over from one unit to another: proposed, then answered.

    The giving unit says why, the receiving unit accepts or declines; the movement
    office may do both. The record stays as the history that both units can read,
    also the one that no longer sees the dossier.
    """

    _name = "emulation.initiative.transfer"
    _inherit = [
        "emulation.dossier.reference.mixin",
        "emulation.workflow.mixin",
        "emulation.unit.mixin",
    ]
    _description = "Transfer of a Dossier"
    _order = "id desc"
    _rec_name = "initiative_name"

    # a reform of either unit leaves the proposal to its successor
    _succession_fields = ("unit_id", "target_unit_id")

    initiative_id = fields.Many2one(
        "emulation.initiative",
        string="Dossier",
        required=True,
        index=True,
        ondelete="cascade",
    )
    # what the receiving unit decides by, before it may read the dossier itself
    initiative_name = fields.Char(related="initiative_id.name", string="Title")
    author_names = fields.Char(related="initiative_id.author_names")
    kind_id = fields.Many2one(related="initiative_id.kind_id")
    field_id = fields.Many2one(related="initiative_id.field_id")
    round_id = fields.Many2one(related="initiative_id.round_id")
    unit_id = fields.Many2one(
        string="From the unit",
        default=None,
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[]",
    )
    target_unit_id = fields.Many2one(
        "emulation.unit",
        string="To",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_ended', '=', False), ('id', '!=', unit_id)]",
    )
    reason = fields.Text(
        required=True, help="Why the dossier belongs to the other unit"
    )
    answer = fields.Text(help="What the receiving unit replies; needed to decline")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="proposed",
        copy=False,
        index=True,
    )
    proposed_user_id = fields.Many2one(
        "res.users", string="Proposed by", readonly=True, copy=False
    )
    answered_user_id = fields.Many2one(
        "res.users", string="Answered by", readonly=True, copy=False
    )
    date_answered = fields.Date(string="Answered on", readonly=True, copy=False)
    can_answer = fields.Boolean(
        compute="_compute_can", search="_search_can_answer", string="Mine to answer"
    )
    can_cancel = fields.Boolean(compute="_compute_can")

    _one_open = models.UniqueIndex(
        "(initiative_id) WHERE state = 'proposed'",
        "A transfer of this dossier is already proposed and waits for its answer.",
    )

    @api.depends("initiative_id")
    def _compute_unit_id(self):
        for transfer in self:
            transfer.unit_id = transfer.unit_id or transfer.initiative_id.unit_id

    @api.depends("state", "unit_id", "target_unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for transfer in self:
            transfer.can_answer = transfer._can_move("accepted")
            transfer.can_cancel = transfer._can_move("cancelled")

    def _search_can_answer(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain("state", "=", "proposed")
        if not self.env.user.has_group("emulation.group_emulation_movement"):
            domain &= fields.Domain("target_unit_id.in_scope", "=", True)
        return domain if True in value else ~domain

    @api.model_create_multi
    def create(self, vals_list):
        transfers = super().create(vals_list)
        for transfer in transfers:
            transfer._check_proposal()
            transfer.sudo().write({"proposed_user_id": self.env.uid})
            transfer._tell(
                self.env._(
                    "Transfer from %(unit)s to %(target)s proposed: %(reason)s",
                    unit=transfer.unit_id.name,
                    target=transfer.target_unit_id.name,
                    reason=transfer.reason,
                )
            )
        return transfers

    def write(self, vals):
        if not self.env.su:
            self._check_written(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        for transfer in self:
            raise UserError(
                self.env._(
                    "The transfer of “%(initiative)s” is part of its history and "
                    "stays. Cancel it if it was not meant.",
                    initiative=transfer.initiative_name,
                )
            )

    # ACTIONS

    def action_accept(self):
        """Take the dossiers over; what the old unit had endorsed does not hold.

        :raises UserError: when a dossier is on an agenda by now, or decided
        """
        for transfer in self:
            transfer.write({"state": "accepted"})
        return {"type": "ir.actions.act_window_close"}

    def action_decline(self):
        """Leave the dossiers where they are, for the reason given in the answer.

        :raises UserError: without an answer
        """
        for transfer in self:
            transfer.write({"state": "declined"})

    def action_cancel(self):
        """Take the proposal back before it is answered."""
        for transfer in self:
            transfer.write({"state": "cancelled"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {"proposed_user_id", "answered_user_id", "date_answered"}

    def _transitions(self):
        return {
            "proposed": {"accepted", "declined", "cancelled"},
            "accepted": set(),
            "declined": set(),
            "cancelled": set(),
        }

    def _may_move(self, target):
        user = self.env.user
        if user.has_group("emulation.group_emulation_movement"):
            return True
        unit = self.unit_id if target == "cancelled" else self.target_unit_id
        return unit.in_scope and user.has_group("emulation.group_emulation_officer")

    def _check_ready(self, target):
        if target == "declined" and not (self.answer or "").strip():
            raise UserError(
                self.env._(
                    "Say in the answer why “%(initiative)s” is not taken over.",
                    initiative=self.initiative_name,
                )
            )
        if target == "accepted":
            self._check_movable()
            self.target_unit_id._check_living()
            self._check_two_units()

    def _after_transition(self, source, target):
        self.sudo().write(
            {
                "answered_user_id": self.env.uid,
                "date_answered": fields.Date.context_today(self),
            }
        )
        if target == "accepted":
            self.initiative_id._hand_over(self.target_unit_id)
        self._tell(self._outcome_note(target))

    def _outcome_note(self, target):
        names = {"unit": self.unit_id.name, "target": self.target_unit_id.name}
        if target == "accepted":
            return self.env._("Transferred from %(unit)s to %(target)s.", **names)
        if target == "cancelled":
            return self.env._("Transfer to %(target)s cancelled.", **names)
        return self.env._(
            "Transfer declined by %(target)s: %(answer)s", answer=self.answer, **names
        )

    # BUSINESS

    def _tell(self, note):
        self.initiative_id.sudo()._message_log_batch(
            {self.initiative_id.id: note}, author_id=self.env.user.partner_id.id
        )

    def _check_written(self, vals):
        """What was proposed stays; the other unit answers, once."""
        fixed = set(vals) - {"answer", "state"}
        for transfer in self:
            if fixed or ("answer" in vals and not transfer.can_answer):
                raise UserError(
                    self.env._(
                        "The transfer of “%(initiative)s” stays as it was proposed; "
                        "“%(target)s” answers it, once.",
                        initiative=transfer.initiative_name,
                        target=transfer.target_unit_id.name,
                    )
                )

    def _check_proposal(self):
        """Only whoever acts for the dossier's unit gives it away, and only in time."""
        dossier = self.initiative_id
        dossier.check_access("read")
        if not self.env.su and not dossier._acts_for_unit():
            raise UserError(
                self.env._(
                    "“%(initiative)s” is not a dossier of your units: you cannot give "
                    "it to another.",
                    initiative=dossier.display_name,
                )
            )
        if self.unit_id != dossier.unit_id or self.target_unit_id == dossier.unit_id:
            raise UserError(
                self.env._(
                    "“%(initiative)s” belongs to “%(unit)s”: it goes from there to "
                    "another unit.",
                    initiative=dossier.display_name,
                    unit=dossier.unit_id.name,
                )
            )
        self.target_unit_id._check_living()
        self._check_movable()

    def _check_movable(self):
        dossier = self.initiative_id.sudo()
        if dossier.state not in MOVABLE_STATES or dossier.unit_id != self.unit_id:
            raise UserError(
                self.env._(
                    "“%(initiative)s” is in the state “%(state)s”: a dossier changes "
                    "its unit only before it is on an agenda.",
                    initiative=dossier.display_name,
                    state=dossier._state_label(dossier.state),
                )
            )

    def _check_two_units(self):
        """Refuse to hand a dossier over to the unit that has it by a reform."""
        if self.unit_id == self.target_unit_id:
            raise UserError(
                self.env._(
                    "“%(initiative)s” stays in “%(unit)s”: the two units of this "
                    "transfer have become one. Cancel or decline the transfer.",
                    initiative=self.initiative_name,
                    unit=self.unit_id.name,
                )
            )

    @api.model
    def _succession_open_domain(self, day):
        return fields.Domain("state", "=", "proposed")

    def _get_closing_day(self):
        self.ensure_one()
        return self.state != "proposed" and self.date_answered


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    transfer_ids = fields.One2many(
        "emulation.initiative.transfer",
        "initiative_id",
        groups="emulation.group_emulation_officer",
    )
    can_transfer = fields.Boolean(compute="_compute_can_transfer")

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can_transfer(self):
        for initiative in self:
            movable = initiative.state in MOVABLE_STATES
            initiative.can_transfer = movable and initiative._acts_for_unit()

    def action_open_transfer(self):
        """Ask to which unit the dossier is handed over, and why.

        :raises UserError: when the user does not act for its unit, or it is too late
        """
        self.ensure_one()
        self.check_access("read")
        if not self.can_transfer:
            raise UserError(
                self.env._(
                    "“%(initiative)s” (%(state)s) cannot be handed over by you: its "
                    "own unit does so, before it is on an agenda.",
                    initiative=self.display_name,
                    state=self._state_label(self.state),
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand over to another unit"),
            "res_model": "emulation.initiative.transfer",
            "view_mode": "form",
            "views": [
                (
                    self.env.ref(
                        "emulation.emulation_initiative_transfer_view_form_propose"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
            "context": {"default_initiative_id": self.id},
        }

    def _hand_over(self, unit):
        """Make the dossier one of ``unit``; its head endorses anew what was handed in.

        The recognition by the old unit and its endorsement do not hold in the new
        one, and its appraisal waits for that.
        """
        self.ensure_one()
        dossier = self.sudo()
        evaluation = dossier.evaluation_ids.filtered(
            lambda one: one.round_id == dossier.round_id
        )
        if evaluation.state == "eligible":
            evaluation.write({"state": "received"})
        if evaluation.state == "received":
            evaluation.write({"state": "returned"})
        lapsed = dict.fromkeys(dossier._unit_decision_fields(), False)
        lapsed |= {"endorsed_user_id": False, "date_endorsed": False}
        dossier.write({"unit_id": unit.id, **lapsed})
        if dossier.state in ("endorsed", "eligible"):
            dossier.write({"state": "submitted"})
        elif dossier.state == "submitted":
            dossier._update_activities("submitted")
        if dossier.state == "submitted":
            self._check_new_endorsers(unit)

    def _check_new_endorsers(self, unit):
        if not self.sudo()._get_endorsers():
            raise UserError(
                self.env._(
                    "Nobody in “%(unit)s” or above it can endorse “%(initiative)s”. "
                    "Ask a movement manager to enter the head of the unit first.",
                    unit=unit.name,
                    initiative=self.sudo().name,
                )
            )
