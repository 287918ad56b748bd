from odoo import fields, models
from odoo.exceptions import UserError


class EmulationNominationAnswer(models.TransientModel):
    """Why nominations are refused, or what is to be completed in them."""

    _name = "emulation.nomination.answer"
    _description = "Refuse or Return Nominations"

    nomination_ids = fields.Many2many("emulation.nomination", required=True)
    outcome = fields.Selection(
        [("refuse", "Refuse"), ("return", "Return to complete")],
        required=True,
        default="refuse",
    )
    reason = fields.Text(required=True, help="Told to the nominating unit")

    def action_confirm(self):
        """Refuse or return the nominations and tell their units.

        :raises UserError: without a reason, or where the user may not
        """
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why, in words the unit can act upon."))
        target = "refused" if self.outcome == "refuse" else "draft"
        for one in self.nomination_ids:
            one._check_allowed(target)
            one.sudo().refuse_reason = self.reason.strip()
            one.write({"state": target})
        return {"type": "ir.actions.act_window_close"}
