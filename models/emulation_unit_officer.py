from odoo import api, fields, models
from odoo.fields import Domain


class EmulationUnitOfficer(models.Model):
    """A user acting for a unit, in a role and between two dates.

    The rights of a person come from here and nowhere else; who acted for which
    unit on a given day stays provable.
    """

    _name = "emulation.unit.officer"
    _description = "Officer of a Unit"
    _order = "unit_id, role, date_start, id"
    _rec_name = "user_id"

    unit_id = fields.Many2one(
        "emulation.unit", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="cascade"
    )
    role = fields.Selection(
        [("head", "Head"), ("deputy", "Deputy head"), ("officer", "Officer")],
        required=True,
        default="officer",
        help="The head endorses for the unit; a deputy does so in the head's place",
    )
    position = fields.Char(help="Position as printed above the signature")
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_end = fields.Date(string="Until")
    company_id = fields.Many2one(related="unit_id.company_id", store=True)

    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "An assignment cannot end before it begins. Correct one of the two dates.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        officers = super().create(vals_list)
        self._forget_scopes()
        return officers

    def write(self, vals):
        result = super().write(vals)
        self._forget_scopes()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_scopes()
        return result

    @api.model
    def _forget_scopes(self):
        """Drop what the transaction remembers of who may see what."""
        self.env["res.users"].invalidate_model(["emulation_unit_ids"])
        for model_name, model in self.env.registry.items():
            if not model._abstract and "in_scope" in model._fields:
                self.env[model_name].invalidate_model(["in_scope", "in_sight"])

    def _is_current(self, day):
        """Return whether the assignment holds on ``day`` (a date)."""
        self.ensure_one()
        return self.date_start <= day and (not self.date_end or self.date_end >= day)

    @api.model
    def _get_current_domain(self):
        """Return the domain of the assignments that hold today."""
        today = fields.Date.context_today(self)
        return Domain("date_start", "<=", today) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        )
