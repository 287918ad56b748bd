from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EmulationAwardPayment(models.Model):
    """Money that goes with an award, as the treasurer sees it: whom, what, how much.

    Brought about by the signed decision and never typed. A revoked award is not paid
    any more; what was paid stays on record until it is recovered.
    """

    _name = "emulation.award.payment"
    _inherit = ["emulation.workflow.mixin"]
    _description = "Payment of an Award"
    _order = "date_decided desc, decision_reference, payee, id"
    _rec_name = "payee"

    nomination_id = fields.Many2one(
        "emulation.nomination",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    payee = fields.Char(required=True, readonly=True)
    unit_name = fields.Char(string="Unit", readonly=True)
    award_name = fields.Char(string="Award", required=True, readonly=True)
    decision_reference = fields.Char(string="Decision no.", readonly=True)
    date_decided = fields.Date(string="Decided on", required=True, readonly=True)
    amount = fields.Monetary(string="Money of the award", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    state = fields.Selection(
        [
            ("due", "To pay"),
            ("paid", "Paid"),
            ("cancelled", "Cancelled"),
            ("to_recover", "To recover"),
            ("recovered", "Recovered"),
        ],
        required=True,
        default="due",
        index=True,
    )
    date_paid = fields.Date(string="Paid on")
    reference = fields.Char(string="Voucher", help="Number of the voucher or transfer")
    paid_user_id = fields.Many2one("res.users", string="Marked by", readonly=True)
    date_recovered = fields.Date(string="Recovered on")
    recovery_reference = fields.Char(string="Receipt of the recovery")
    can_pay = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")
    can_recover = fields.Boolean(compute="_compute_can")

    _once = models.UniqueIndex("(nomination_id)", "This award has its payment already.")
    _positive = models.Constraint("CHECK (amount > 0)", "A payment is more than zero.")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for payment in self:
            payment.can_pay = payment.state == "due" and payment._can_move("paid")
            payment.can_take_back = payment._can_move("due")
            payment.can_recover = payment._can_move("recovered")

    def write(self, vals):
        if not self.env.su:
            self._check_books(vals)
        return super().write(vals)

    def _check_books(self, vals):
        """What is in the books is taken back before it is corrected."""
        closed = {"date_paid": "due", "reference": "due"}
        closed |= {"date_recovered": "to_recover", "recovery_reference": "to_recover"}
        for payment in self:
            for name in closed.keys() & vals.keys():
                if payment.state != closed[name]:
                    raise UserError(
                        self.env._(
                            "The payment to “%(payee)s” is in the state “%(state)s”: "
                            "%(field)s cannot be entered now.",
                            payee=payment.payee,
                            state=payment._state_label(payment.state),
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    # ACTIONS

    def action_pay(self):
        """Mark as paid, today unless another day is entered.

        :raises UserError: without a voucher, for a day in the future or before the
            decision
        """
        self.write({"state": "paid"})

    def action_take_back(self):
        """Take a payment marked by mistake back."""
        self.write({"state": "due"})

    def action_recover(self):
        """Mark money of a revoked award as recovered.

        :raises UserError: without the number of the receipt
        """
        self.write({"state": "recovered"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {
            "nomination_id", "company_id", "partner_id", "payee", "unit_name",
            "award_name", "decision_reference", "date_decided", "amount",
            "currency_id", "paid_user_id",
        }  # fmt: skip

    def _transitions(self):
        return {
            "due": {"paid", "cancelled"},
            "paid": {"due", "to_recover"},
            "to_recover": {"recovered"},
            "cancelled": set(),
            "recovered": set(),
        }

    def _may_move(self, target):
        """The treasurer, never for money of their own; a revocation does the rest."""
        user = self.env.user
        if target in ("cancelled", "to_recover"):
            return False
        if not user.has_group("emulation.group_emulation_finance"):
            return False
        return not self.sudo().nomination_id._is_own(user)

    def _check_ready(self, target):
        today = fields.Date.context_today(self)
        if target == "paid":
            self._check_entry(self.reference, self.date_paid or today)
        elif target == "recovered":
            self._check_entry(self.recovery_reference, self.date_recovered or today)

    def _check_entry(self, reference, day):
        if not (reference or "").strip():
            raise UserError(
                self.env._(
                    "Enter the number of the voucher for “%(payee)s” first.",
                    payee=self.payee,
                )
            )
        since = self.date_decided
        if self.state == "to_recover":
            since = self.date_paid
        if day > fields.Date.context_today(self) or day < since:
            raise UserError(
                self.env._(
                    "The day for “%(payee)s” lies before the decision or in the "
                    "future. Enter the day on which the money changed hands.",
                    payee=self.payee,
                )
            )

    def _after_transition(self, source, target):
        today = fields.Date.context_today(self)
        payment = self.sudo()
        if target == "paid":
            payment.write(
                {
                    "date_paid": self.date_paid or today,
                    "paid_user_id": self.env.uid,
                }
            )
        elif target == "due":
            payment.write({"date_paid": False, "paid_user_id": False})
        elif target == "recovered":
            payment.date_recovered = self.date_recovered or today

    # BUSINESS

    @api.model
    def _owe(self, nominations):
        """Create what is owed for conferred nominations that carry money."""
        self.sudo().create(
            [one._prepare_payment() for one in nominations if one.amount_fixed > 0]
        )

    def _revoke(self):
        """What is not paid is not paid any more, what is paid is to come back."""
        for payment in self.sudo():
            if payment.state == "due":
                payment.state = "cancelled"
            elif payment.state == "paid":
                payment.state = "to_recover"

    @api.model
    def _get_open_domain(self):
        """Return the domain of what waits for the treasurer."""
        return Domain("state", "in", ("due", "to_recover"))
