from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationRemunerationLine(models.Model):
    """What one author receives for one year, and when it was paid."""

    _name = "emulation.remuneration.line"
    _inherit = ["emulation.workflow.mixin", "emulation.late.mixin"]
    _description = "Payment of Remuneration"
    _order = "date_due, remuneration_id, id"
    _rec_name = "payee"
    _late_state = "due"

    year_id = fields.Many2one(
        "emulation.remuneration.year", required=True, index=True, ondelete="cascade"
    )
    remuneration_id = fields.Many2one(
        related="year_id.remuneration_id", store=True, index=True
    )
    unit_id = fields.Many2one(related="remuneration_id.unit_id", store=True)
    company_id = fields.Many2one(related="remuneration_id.company_id", store=True)
    initiative_id = fields.Many2one(related="remuneration_id.initiative_id", store=True)
    partner_id = fields.Many2one("res.partner", string="Author", ondelete="restrict")
    is_helpers = fields.Boolean(string="Helpers")
    payee = fields.Char(compute="_compute_payee", compute_sudo=True)
    share = fields.Float(string="Share (%)", digits=(5, 2), aggregator=None)
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one(related="remuneration_id.currency_id")
    date_due = fields.Date(related="year_id.date_due", store=True)
    state = fields.Selection(
        [("due", "Owed"), ("paid", "Paid")], default="due", required=True, index=True
    )
    date_paid = fields.Date(string="Paid on")
    reference = fields.Char(string="Voucher", help="Number of the voucher or transfer")
    paid_user_id = fields.Many2one("res.users", string="Marked by", readonly=True)
    can_pay = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")

    @api.depends("partner_id.name", "is_helpers")
    @api.depends_context("lang")
    def _compute_payee(self):
        helpers = self.env._("Those who helped in the first application")
        for line in self:
            line.payee = helpers if line.is_helpers else line.partner_id.name

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for line in self:
            line.can_pay = line._can_move("paid")
            line.can_take_back = line._can_move("due")

    def write(self, vals):
        touched = vals.keys() & {"date_paid", "reference"}
        if touched and not self.env.su:
            for line in self.filtered(lambda line: line.state == "paid"):
                raise UserError(
                    self.env._(
                        "The payment to “%(payee)s” is in the books. Take it back to "
                        "correct it.",
                        payee=line.payee,
                    )
                )
        return super().write(vals)

    # ACTIONS

    def action_pay(self):
        """Mark as paid, today unless another day is entered.

        :raises UserError: for a day in the future, or by one who receives it
        """
        self.write({"state": "paid"})

    def action_take_back(self):
        """Take a payment marked by mistake back."""
        self.write({"state": "due"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {
            "year_id", "partner_id", "is_helpers", "share", "amount", "paid_user_id",
        }  # fmt: skip

    def _transitions(self):
        return {"due": {"paid"}, "paid": {"due"}}

    def _may_move(self, target):
        """Those who owe it or keep the purse pay, never one of those who receive it."""
        schedule = self.sudo().remuneration_id
        if schedule.state != "agreed" or schedule._is_received_by(self.env.user):
            return False
        purse = self.env.user.has_group("emulation.group_emulation_finance")
        return purse or schedule.sudo(False)._may_move("agreed")

    def _check_ready(self, target):
        today = fields.Date.context_today(self)
        if target == "paid" and self.date_paid and self.date_paid > today:
            raise UserError(
                self.env._(
                    "The payment to “%(payee)s” lies in the future. Enter the day it "
                    "was made.",
                    payee=self.payee,
                )
            )

    def _after_transition(self, source, target):
        paid = target == "paid"
        today = fields.Date.context_today(self)
        self.sudo().write(
            {
                "date_paid": (self.date_paid or today) if paid else False,
                "paid_user_id": self.env.uid if paid else False,
            }
        )
