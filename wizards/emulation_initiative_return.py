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
    cause_ids = fields.Many2many(
        "emulation.return.cause",
        string="Causes",
        help="Counted per unit and year, so that the office knows what to train",
    )
    reason = fields.Text(
        required=True,
        help="What is missing or wrong, so that the unit can mend it without a call",
    )
    date_due = fields.Date(
        string="Complete before",
        compute="_compute_date_due",
        store=True,
        readonly=False,
        precompute=True,
        help="May lie after the round's deadline. A dossier that is not handed in by "
        "then lapses",
    )

    @api.depends("initiative_ids")
    def _compute_date_due(self):
        """Propose the days that the round gives, the shortest of several."""
        today = fields.Date.context_today(self)
        for wizard in self:
            days = wizard.initiative_ids.round_id.mapped("return_days")
            wizard.date_due = fields.Date.add(today, days=min(days, default=0))

    @api.constrains("date_due")
    def _check_date_due(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            if wizard.date_due and wizard.date_due < today:
                raise UserError(self.env._("The day to complete it by has passed."))

    @api.onchange("cause_ids")
    def _onchange_cause_ids(self):
        """Put the advice of each cause into the reason, once; typed words stay."""
        lines = (self.reason or "").splitlines()
        for cause in self.cause_ids:
            lines += [
                line
                for line in (cause.advice or cause.name or "").splitlines()
                if line not in lines
            ]
        self.reason = "\n".join(lines)

    def action_confirm(self):
        """Return or refuse the dossiers with the reason given."""
        self.ensure_one()
        if self.outcome == "return":
            self.initiative_ids._return_to_complete(
                self.reason, self.date_due, self.cause_ids
            )
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
            evaluation._log_refusal(self.reason, self.cause_ids)
            initiative.sudo().message_post(
                body=self.reason, subtype_xmlid="mail.mt_note"
            )
