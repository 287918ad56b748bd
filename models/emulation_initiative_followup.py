from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EmulationInitiativeFollowup(models.Model):
    """The question, some months after the recognition: is it still in use? (R71)"""

    _name = "emulation.initiative.followup"
    _inherit = [
        "emulation.workflow.mixin",
        "emulation.unit.mixin",
        "emulation.late.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Follow-up of an Initiative"
    _order = "date_due, id"
    _rec_name = "initiative_id"
    _late_state = "due"
    # the question outlives a unit that ends; its successor answers
    _needs_living_unit = False

    initiative_id = fields.Many2one(
        "emulation.initiative", required=True, index=True, ondelete="cascade"
    )
    rule_id = fields.Many2one(
        "emulation.followup.rule", required=True, ondelete="restrict"
    )
    months = fields.Integer(related="rule_id.months", aggregator=None)
    date_due = fields.Date(string="Due on", required=True, index=True)
    state = fields.Selection(
        [("due", "To answer"), ("done", "Answered"), ("cancelled", "Cancelled")],
        default="due",
        required=True,
        copy=False,
        index=True,
    )
    usage = fields.Selection(
        [("full", "In use as recognised"), ("part", "In use in part or changed"),
         ("none", "No longer in use")],
        string="Is it in use?",
        tracking=True,
    )  # fmt: skip
    scale = fields.Char(string="Where and how much", help="E.g. 14 households, 9 ha")
    benefit_amount = fields.Monetary(string="Benefit of the time")
    note = fields.Text(string="What was learned")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    date_done = fields.Date(string="Answered on", readonly=True, copy=False)
    answered_user_id = fields.Many2one(
        "res.users", string="Answered by", readonly=True, copy=False
    )
    can_answer = fields.Boolean(compute="_compute_can")

    _rule_unique = models.UniqueIndex(
        "(initiative_id, rule_id) WHERE state != 'cancelled'",
        "This initiative already has this follow-up.",
    )

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for one in self:
            one.can_answer = one._can_move("done")

    # ACTIONS

    def action_answer(self):
        """Hand the answer in: whether it is in use, where, with what benefit.

        :raises UserError: while the question itself is not answered
        """
        self.write({"state": "done"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {
            "initiative_id", "rule_id", "date_due", "date_done", "answered_user_id",
        }  # fmt: skip

    def _transitions(self):
        return {"due": {"done", "cancelled"}}

    def _may_move(self, target):
        user = self.env.user
        return target == "done" and (
            user.has_group("emulation.group_emulation_movement")
            or (self.in_scope and user.has_group("emulation.group_emulation_officer"))
        )

    def _check_ready(self, target):
        if target == "done" and not self.usage:
            raise UserError(
                self.env._(
                    "Say first whether “%(initiative)s” is still in use.",
                    initiative=self.sudo().initiative_id.name,
                )
            )

    def _after_transition(self, source, target):
        if target == "done":
            self.sudo().write(
                {
                    "date_done": fields.Date.context_today(self),
                    "answered_user_id": self.env.uid,
                }
            )
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"])

    def write(self, vals):
        answer = {"usage", "scale", "benefit_amount", "note", "currency_id"}
        if answer & vals.keys() and not self.env.su:
            for one in self.filtered(lambda one: one.state != "due"):
                raise UserError(
                    self.env._(
                        "The follow-up of “%(initiative)s” has been answered and stays "
                        "as it is.",
                        initiative=one.sudo().initiative_id.name,
                    )
                )
        return super().write(vals)

    # BUSINESS

    @api.model
    def _plan(self, initiatives, day):
        """Plan the follow-ups of ``initiatives`` recognised on ``day``."""
        rules = self.env["emulation.followup.rule"].sudo().search(Domain.TRUE)
        known = dict(
            self.sudo()._read_group(
                [
                    ("initiative_id", "in", initiatives.ids),
                    ("state", "!=", "cancelled"),
                ],
                ["initiative_id"],
                ["rule_id:recordset"],
            )
        )
        self.sudo().create(
            [
                {
                    "initiative_id": initiative.id,
                    "unit_id": initiative.unit_id.id,
                    "company_id": initiative.company_id.id,
                    "rule_id": rule.id,
                    "date_due": fields.Date.add(day, months=rule.months),
                }
                for initiative in initiatives
                for rule in rules - known.get(initiative, rules.browse())
                if not rule.kind_ids or initiative.kind_id in rule.kind_ids
            ]
        )

    @api.model
    def _cron_ask(self):
        """Ask the officers of the units whose answer is due soon, once each."""
        today = fields.Date.context_today(self)
        todo = "mail.mail_activity_data_todo"
        for rule in self.env["emulation.followup.rule"].search(Domain.TRUE):
            soon = fields.Date.add(today, days=rule.days_before)
            waiting = self.search(
                Domain("state", "=", "due")
                & Domain("rule_id", "=", rule.id)
                & Domain("date_due", "<=", soon)
                & Domain("activity_ids", "=", False)
            )
            for one in waiting:
                for user in one.unit_id._get_current_officers():
                    one.activity_schedule(
                        todo,
                        date_deadline=one.date_due,
                        user_id=user.id,
                        summary=self.env._("Tell what became of it"),
                    )


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    followup_ids = fields.One2many(
        "emulation.initiative.followup",
        "initiative_id",
        groups="emulation.group_emulation_officer,emulation.group_emulation_leader,"
        "emulation.group_emulation_data",
    )

    def _set_recognised(self, recognised, day):
        """Also plan the follow-ups of what is recognised."""
        result = super()._set_recognised(recognised, day)
        if recognised:
            self.env["emulation.initiative.followup"]._plan(self, day)
        return result

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        if source == "recognised" and target == "in_appraisal":
            # the decision was revoked: there is nothing to follow up
            waiting = self.sudo().followup_ids
            waiting.filtered(lambda one: one.state == "due").write(
                {"state": "cancelled"}
            )
        return result
