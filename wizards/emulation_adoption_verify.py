from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationAdoptionVerify(models.TransientModel):
    """Verify the benefit that a unit claims, or say that it was not found so."""

    _name = "emulation.adoption.verify"
    _description = "Verify a Benefit"

    adoption_id = fields.Many2one(
        "emulation.initiative.adoption", required=True, ondelete="cascade"
    )
    claimed_amount = fields.Monetary(related="adoption_id.claimed_amount")
    currency_id = fields.Many2one(related="adoption_id.currency_id")
    outcome = fields.Selection(
        [("verify", "Verified"), ("reject", "Not confirmed")],
        required=True,
        default="verify",
    )
    amount = fields.Monetary(
        string="Benefit found",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="A year; it may differ from what was claimed",
    )
    findings = fields.Text(
        string="What was found",
        required=True,
        help="What was seen, whom you asked, how the sum was checked",
    )
    evidence_ids = fields.Many2many(
        "ir.attachment",
    )

    @api.depends("adoption_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.adoption_id.claimed_amount

    def action_confirm(self):
        """Record the outcome.

        :raises UserError: without evidence of a benefit in money, or by somebody who
            has a stake in it
        """
        self.ensure_one()
        adoption = self.adoption_id
        if self.outcome == "reject":
            adoption._reject(self.findings)
            return
        if self.amount < 0:
            raise UserError(self.env._("A benefit found is not negative."))
        if self.amount and not self.evidence_ids:
            raise UserError(
                self.env._(
                    "Attach the evidence for the benefit of “%(adoption)s”: minutes, a "
                    "confirmation of those who use it, or figures of the books.",
                    adoption=adoption.display_name,
                )
            )
        own = self.evidence_ids.sudo().filtered(
            lambda file: file.create_uid == self.env.user and not file.res_id
        )
        if own != self.evidence_ids.sudo():
            raise UserError(
                self.env._(
                    "Upload the evidence here yourself: a file of another record or "
                    "person cannot be taken over."
                )
            )
        adoption._verify(self.amount, self.findings, self.evidence_ids)
