from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationCouncil(models.Model):
    """An innovation appraisal council (hội đồng thẩm định; R39–R41, R64).

    Set up for a term by the chairman of the Front of its level. Members come and
    go by date, so that who sat when stays provable.
    """

    _name = "emulation.council"
    _inherit = ["emulation.workflow.mixin", "emulation.unit.mixin"]
    _description = "Appraisal Council"
    _order = "date_start desc, id desc"

    name = fields.Char(required=True)
    unit_id = fields.Many2one(string="Set up by")
    date_start = fields.Date(string="Term from", required=True)
    date_end = fields.Date(string="Term until")
    decision_reference = fields.Char(
        string="Decision",
        help="Number and date of the decision that set up the council",
    )
    document_symbol = fields.Char(
        help="Abbreviation after the number of the council's own papers, e.g. "
        "HĐTĐST; a council that issues papers has a series of its own (Decree "
        "30/2020, Article 15)",
    )
    state = fields.Selection(
        [("draft", "In preparation"), ("in_force", "In office"), ("ended", "Ended")],
        default="draft",
        required=True,
        copy=False,
        index=True,
    )
    member_ids = fields.One2many("emulation.council.member", "council_id", copy=True)
    member_count = fields.Integer(compute="_compute_member_count")
    can_put_in_force = fields.Boolean(compute="_compute_can")
    can_end = fields.Boolean(compute="_compute_can")

    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "A term cannot end before it begins. Correct one of the two dates.",
    )

    @api.depends("member_ids.date_end")
    def _compute_member_count(self):
        today = fields.Date.context_today(self)
        for council in self:
            council.member_count = len(council._get_members(today))

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for council in self:
            council.can_put_in_force = council._can_move("in_force")
            council.can_end = council._can_move("ended")

    # ACTIONS

    def action_put_in_force(self):
        """Let the council take office: one chair, a secretary, a decision (R41)."""
        self.write({"state": "in_force"})

    def action_end(self):
        """End the council; its sessions and results stay."""
        self.write({"state": "ended"})

    # WORKFLOW

    def _transitions(self):
        return {"draft": {"in_force"}, "in_force": {"ended"}, "ended": set()}

    def _may_move(self, target):
        return self.env.user.has_group("emulation.group_emulation_movement")

    def _check_ready(self, target):
        if target != "in_force":
            return
        self._check_roles()
        if not self.decision_reference:
            raise UserError(
                self.env._(
                    "Enter the decision that set up the council “%(council)s”.",
                    council=self.name,
                )
            )

    def _check_roles(self):
        """Refuse a council without its one chair, or without a secretary."""
        members = self._get_members(max(self.date_start, fields.Date.today()))
        roles = members.mapped("role")
        if roles.count("chair") != 1 or "secretary" not in roles:
            raise UserError(
                self.env._(
                    "The council “%(council)s” needs exactly one chair and at least "
                    "one secretary before it takes office. Complete its members.",
                    council=self.name,
                )
            )

    # BUSINESS

    def _get_members(self, day):
        """Return the members who sit on ``day`` (a date)."""
        return self.sudo().member_ids.filtered(lambda member: member._sits_on(day))
