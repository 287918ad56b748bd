from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EmulationNeedMatch(models.Model):
    """A recognised initiative proposed for a need, and what came of it (R31)."""

    _name = "emulation.need.match"
    _inherit = ["emulation.dossier.reference.mixin", "emulation.workflow.mixin"]
    _dossier_links = ("initiative_id", "entry_id")
    _description = "Candidate for a Need"
    _order = "need_id, id"
    _rec_name = "entry_id"

    need_id = fields.Many2one(
        "emulation.need", required=True, index=True, ondelete="cascade"
    )
    initiative_id = fields.Many2one(
        "emulation.initiative",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_initiative_id",
        store=True,
        precompute=True,
    )
    entry_id = fields.Many2one(
        "emulation.initiative.entry",
        string="Recognised initiative",
        required=True,
        index=True,
    )
    owner_unit_id = fields.Many2one(
        related="initiative_id.unit_id", string="Unit of origin"
    )
    company_id = fields.Many2one(related="need_id.company_id", store=True)
    origin = fields.Selection(
        [("system", "Found by the system"), ("person", "Proposed by a person")],
        required=True,
        default="person",
        readonly=True,
    )
    state = fields.Selection(
        [("proposed", "Proposed"), ("talks", "In talks"), ("adopted", "Taken up"),
         ("refused", "Not suitable")],
        default="proposed",
        required=True,
        copy=False,
    )  # fmt: skip
    date_meeting = fields.Date(string="Meeting on")
    reason = fields.Char(string="Result", help="Why it suits, or why it does not")
    adoption_id = fields.Many2one(
        "emulation.initiative.adoption", readonly=True, copy=False, ondelete="set null"
    )
    can_talk = fields.Boolean(compute="_compute_can")
    can_adopt = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")

    _entry_unique = models.UniqueIndex(
        "(need_id, initiative_id)", "This initiative is already a candidate."
    )

    @api.depends("entry_id")
    def _compute_initiative_id(self):
        for match in self:
            match.initiative_id = match.entry_id.id

    @api.depends("state", "need_id.state")
    @api.depends_context("uid")
    def _compute_can(self):
        for match in self:
            match.can_talk = match._can_move("talks")
            match.can_adopt = match._can_move("adopted")
            match.can_refuse = match._can_move("refused")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "origin": "person"} for vals in vals_list]
        matches = super().create(vals_list)
        for need in matches.need_id:
            need._check_keeps()
        return matches

    def write(self, vals):
        if not self.env.su and vals.keys() & {"need_id", "entry_id", "origin"}:
            raise AccessError(
                self.env._(
                    "A candidate stays what it was proposed as. Add another one "
                    "instead."
                )
            )
        return super().write(vals)

    # ACTIONS

    def action_talk(self):
        """Begin talks with the unit that the initiative comes from."""
        self.write({"state": "talks"})

    def action_adopt(self):
        """Take the initiative up: its use is planned and the need is solved."""
        self.write({"state": "adopted"})

    def action_refuse(self):
        """Say that it does not suit, with the reason entered.

        :raises UserError: without a reason
        """
        self.write({"state": "refused"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {"adoption_id"}

    def _transitions(self):
        return {
            "proposed": {"talks", "adopted", "refused"},
            "talks": {"adopted", "refused"},
            "adopted": set(),
            "refused": {"proposed"},
        }

    def _may_move(self, target):
        return self.need_id.state in ("open", "matched") and self.need_id._keeps()

    def _check_ready(self, target):
        if target == "refused" and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Enter why “%(initiative)s” does not suit.",
                    initiative=self.sudo().initiative_id.name,
                )
            )

    def _after_transition(self, source, target):
        need = self.need_id.sudo()
        if target == "talks" and need.state == "open":
            need.state = "matched"
        elif target == "adopted":
            adoptions = self.env["emulation.initiative.adoption"]
            self.sudo().adoption_id = adoptions.create(
                {
                    "entry_id": self.entry_id.id,
                    "unit_id": need.unit_id.id,
                    "scope": need.problem,
                }
            )
            need.state = "solved"
