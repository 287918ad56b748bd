from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationInitiativeReturn(models.TransientModel):
    """Send dossiers back to be completed, or declare them not eligible."""

    _name = "emulation.initiative.return"
    _description = "Return Dossiers"

    initiative_ids = fields.Many2many("emulation.initiative", string="Dossiers")
    is_examination = fields.Boolean()
    outcome = fields.Selection(
        [("return", "Return to complete"), ("refuse", "Not eligible")],
        required=True,
        default="return",
    )
    reason = fields.Text(
        required=True,
        help="What is missing or wrong, so that the unit can mend it without a call",
    )
    date_due = fields.Date(
        string="Complete before",
        default=lambda self: fields.Date.add(fields.Date.context_today(self), months=1),
        help="One month by Circular 18/2013; may lie after the round's deadline",
    )

    @api.constrains("date_due")
    def _check_date_due(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            if wizard.date_due and wizard.date_due < today:
                raise UserError(self.env._("The day to complete it by has passed."))

    def action_confirm(self):
        """Return or refuse the dossiers with the reason given."""
        self.ensure_one()
        if self.outcome == "return":
            self.initiative_ids._return_to_complete(self.reason, self.date_due)
            return
        for initiative in self.initiative_ids:
            evaluation = initiative.evaluation_ids.filtered(
                lambda one: one.state == "received"
            )
            if not evaluation:
                raise UserError(
                    self.env._(
                        "“%(dossier)s” is not waiting for an examination.",
                        dossier=initiative.display_name,
                    )
                )
            evaluation.write({"state": "ineligible"})
            evaluation.sudo().refusal_reason = self.reason
            initiative.sudo().message_post(
                body=self.reason, subtype_xmlid="mail.mt_note"
            )
