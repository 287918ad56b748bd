from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# years: longer than any right lasts
LONGEST = 50


class EmulationRemuneration(models.Model):
    """What a unit owes the authors of an initiative for its use (thù lao tác giả).

    Year by year of application, as agreed or, when nothing is agreed, by Decree
    13/2012 (``emulation.remuneration.rule``). What has been paid is never computed
    again.
    """

    _name = "emulation.remuneration"
    _inherit = [
        "emulation.use.mixin",
        "emulation.workflow.mixin",
        "mail.thread",
    ]
    _description = "Remuneration of Authors"
    _order = "date_start desc, id desc"

    unit_id = fields.Many2one(
        string="Owed by", help="The investor, or the unit that uses the initiative"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("agreed", "In force"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )
    date_start = fields.Date(
        string="First day of application",
        required=True,
        compute="_compute_date_start",
        store=True,
        readonly=False,
        precompute=True,
    )
    rule_id = fields.Many2one(
        "emulation.remuneration.rule",
        compute="_compute_rule_id",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    basis = fields.Selection(
        [("law", "Nothing agreed: by law"), ("agreement", "As agreed")],
        required=True,
        default="law",
        tracking=True,
    )
    agreement = fields.Char(
        string="Agreement with the authors",
        help="Number and date of the agreement with the authors",
    )
    rate = fields.Float(
        string="Per cent of the benefit",
        digits=(5, 2),
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
    )
    years = fields.Integer(
        string="Years of application",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
    )
    year_ids = fields.One2many(
        "emulation.remuneration.year", "remuneration_id", string="Years"
    )
    line_ids = fields.One2many(
        "emulation.remuneration.line", "remuneration_id", string="Payments"
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.ref("base.VND")
    )
    owed_total = fields.Monetary(
        string="Owed in all", compute="_compute_totals", compute_sudo=True
    )
    paid_total = fields.Monetary(
        string="Paid", compute="_compute_totals", compute_sudo=True
    )
    can_agree = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _initiative_unit_unique = models.UniqueIndex(
        "(initiative_id, unit_id) WHERE state != 'cancelled'",
        "This unit already has a schedule for this initiative. Open that one.",
    )

    @api.depends("initiative_id")
    def _compute_date_start(self):
        for one in self:
            one.date_start = one.date_start or one.initiative_id.date_applied

    @api.depends("date_start")
    def _compute_rule_id(self):
        for one in self:
            rules = self.env["emulation.remuneration.rule"]
            one.rule_id = rules._get_for(one.date_start) if one.date_start else rules

    @api.depends("rule_id", "basis")
    def _compute_terms(self):
        for one in self:
            if one.basis == "law" or not one.rate:
                one.rate, one.years = one.rule_id.rate, one.rule_id.years

    @api.depends("line_ids.amount", "line_ids.state")
    def _compute_totals(self):
        for one in self:
            lines = one.line_ids
            one.owed_total = sum(lines.mapped("amount"))
            paid = lines.filtered(lambda line: line.state == "paid")
            one.paid_total = sum(paid.mapped("amount"))

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for one in self:
            one.can_agree = one._can_move("agreed")
            one.can_cancel = one._can_move("cancelled")

    @api.constrains("basis", "rate", "years", "agreement")
    def _check_terms(self):
        """What is agreed is told where it stands, and is possible."""
        for one in self:
            if one.basis == "agreement" and not one.agreement:
                raise UserError(
                    self.env._(
                        "Enter number and date of the agreement on the remuneration "
                        "for “%(initiative)s”, or choose the rule of the law.",
                        initiative=one.display_name,
                    )
                )
            if not 0 < one.rate <= 100 or not 1 <= one.years <= LONGEST:
                raise UserError(
                    self.env._(
                        "The rate lies above 0 and is at most 100 %%, the years are 1 "
                        "to %(longest)s. Correct the terms for “%(initiative)s”.",
                        longest=LONGEST,
                        initiative=one.display_name,
                    )
                )

    def write(self, vals):
        terms = {"initiative_id", "unit_id", "date_start", "basis", "rate", "years"}
        if not self.env.su and terms & vals.keys():
            for one in self.filtered(lambda one: one.state != "draft"):
                raise UserError(
                    self.env._(
                        "The schedule for “%(initiative)s” is in force: its terms stay "
                        "as they are. Cancel it and draw up another one.",
                        initiative=one.display_name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        for one in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "The schedule for “%(initiative)s” has been in force and is kept. "
                    "Cancel it instead.",
                    initiative=one.display_name,
                )
            )

    # ACTIONS

    def action_agree(self):
        """Put the schedule in force: one year of application after the other."""
        self.write({"state": "agreed"})

    def action_cancel(self):
        """Cancel the schedule; what was paid stays in the books.

        :raises UserError: while something is paid
        """
        self.write({"state": "cancelled"})

    # WORKFLOW

    def _transitions(self):
        return {"draft": {"agreed", "cancelled"}, "agreed": {"cancelled"}}

    def _may_move(self, target):
        """Those who owe it keep it, never one of the authors who receive it."""
        user = self.env.user
        if self._is_received_by(user):
            return False
        return user.has_group("emulation.group_emulation_movement") or (
            self.in_scope and user.has_group("emulation.group_emulation_officer")
        )

    def _is_received_by(self, user):
        """Return whether a user is one of the authors, under whatever contact."""
        authors = self.sudo().initiative_id.author_ids.partner_id
        return user.partner_id._emulation_is_one_of(authors)

    def _check_ready(self, target):
        if target == "agreed" and not self.sudo().initiative_id.author_ids:
            raise UserError(
                self.env._(
                    "“%(initiative)s” has no authors to pay.",
                    initiative=self.display_name,
                )
            )
        if target == "cancelled" and self.paid_total:
            raise UserError(
                self.env._(
                    "Something has been paid by the schedule for “%(initiative)s”; it "
                    "cannot be cancelled.",
                    initiative=self.display_name,
                )
            )

    def _after_transition(self, source, target):
        if target == "agreed":
            self.sudo().year_ids = [
                Command.create({"number": number, "kind": "application"})
                for number in range(1, self.years + 1)
            ]
        elif target == "cancelled":
            self.sudo().line_ids.unlink()
