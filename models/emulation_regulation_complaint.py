from odoo import api, fields, models


class EmulationRegulation(models.Model):
    """Until when a result may be disputed, and until when that is answered (R55)."""

    _inherit = "emulation.regulation"

    complaint_days = fields.Integer(
        string="Complaints within (days)",
        default=15,
        help="Counted from the day the results are told. 0 = no complaint is heard.",
    )
    complaint_answer_days = fields.Integer(
        string="Answered within (days)",
        default=30,
        help="Counted from the day the complaint came in",
    )
    complaint_hint = fields.Char(compute="_compute_complaint_hint")

    _complaint_range = models.Constraint(
        "CHECK (complaint_days >= 0 AND complaint_days <= 365)",
        "A result may be disputed for 0 to 365 days. Correct the number of days.",
    )
    _complaint_answer_range = models.Constraint(
        "CHECK (complaint_answer_days >= 1 AND complaint_answer_days <= 365)",
        "A complaint is answered within 1 to 365 days. Correct the number of days.",
    )

    @api.depends("complaint_days", "complaint_answer_days")
    @api.depends_context("lang")
    def _compute_complaint_hint(self):
        for regulation in self:
            if not regulation.complaint_days:
                regulation.complaint_hint = self.env._("Results cannot be disputed.")
                continue
            regulation.complaint_hint = self.env._(
                "Authors may dispute a result for %(days)s days after it is told; it "
                "is answered within %(answer)s days, after another look by members "
                "who did not sit in the first session.",
                days=regulation.complaint_days,
                answer=regulation.complaint_answer_days,
            )
