from odoo import api, fields, models
from odoo.exceptions import UserError

STAGES = [
    ("idea", "Idea"),
    ("supported", "Supported"),
    ("tested", "Tested"),
    ("applied", "Applied"),
    ("replicated", "Replicated"),
]


class EmulationInitiativeDevelopment(models.Model):
    """A step in the development of an initiative, and who helped it along (R29, R30).

    Append-only: a step is taken back by another one.
    """

    _name = "emulation.initiative.development"
    _inherit = ["emulation.dossier.reference.mixin", "emulation.append.only.mixin"]
    _description = "Step of Development"
    _order = "date desc, id desc"
    _rec_name = "stage"

    initiative_id = fields.Many2one(
        "emulation.initiative", required=True, index=True, ondelete="cascade"
    )
    stage = fields.Selection(STAGES, required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    supporter_unit_id = fields.Many2one(
        "emulation.unit", string="Supported by", ondelete="restrict"
    )
    supporter_id = fields.Many2one(
        "res.partner", string="Supporter outside", ondelete="restrict"
    )
    support = fields.Selection(
        [("money", "Money"), ("knowledge", "Knowledge"), ("technology", "Technology"),
         ("place", "Place to test"), ("contact", "Contacts")],
        string="Kind of support",
    )  # fmt: skip
    note = fields.Char(help="What was done, what came of it")
    user_id = fields.Many2one(
        "res.users",
        string="Entered by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(related="initiative_id.company_id", store=True)

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for step in self:
            if step.date > today:
                raise UserError(
                    self.env._(
                        "A step of “%(initiative)s” cannot lie in the future. Enter it "
                        "when it is done.",
                        initiative=step.sudo().initiative_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        steps = super().create(vals_list)
        for step in steps.sudo():
            step.initiative_id.development_stage = step.stage
        return steps

    @api.model
    def _unchangeable(self):
        return self.env._(
            "Steps are neither changed nor deleted. Enter another step that corrects "
            "this one."
        )


class EmulationInitiative(models.Model):
    """How far the development of an initiative has come (R30, R72)."""

    _inherit = "emulation.initiative"

    development_ids = fields.One2many(
        "emulation.initiative.development",
        "initiative_id",
        groups="emulation.group_emulation_officer,emulation.group_emulation_leader,"
        "emulation.group_emulation_data",
    )
    development_stage = fields.Selection(
        STAGES, string="Stage", readonly=True, copy=False, group_expand=True
    )
    focal_user_id = fields.Many2one(
        "res.users",
        string="Focal point of the application",
        tracking=True,
        copy=False,
        help="Whoever others ask when they want to take it up",
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"development_stage"}

    def _advance(self, stage, note):
        """Note that facts have brought the dossiers to ``stage``, if it is further."""
        order = [key for key, _label in STAGES]
        Development = self.env["emulation.initiative.development"].sudo()
        for initiative in self.sudo():
            now = initiative.development_stage
            if not now or order.index(now) < order.index(stage):
                Development.create(
                    {
                        "initiative_id": initiative.id,
                        "stage": stage,
                        "note": note,
                        "user_id": self.env.uid,
                    }
                )


class EmulationInitiativeAdoption(models.Model):
    _inherit = "emulation.initiative.adoption"

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        if target == "claimed":
            stage = "replicated" if self.is_from_elsewhere else "applied"
            place = self.env._("In use at “%(unit)s”", unit=self.unit_id.name)
            self.initiative_id._advance(stage, place)
        return result
