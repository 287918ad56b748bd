from odoo import api, fields, models


class EmulationRegulation(models.Model):
    """What is shown beside a score, and when results are told (R55)."""

    _inherit = "emulation.regulation"

    zscore_min_sheets = fields.Integer(
        string="Standard score from",
        default=5,
        help="Beside the score: what it would be if every member were equally harsh. "
        "Rests on members with at least this many sheets in the session, and never "
        "decides. 0 = not reckoned.",
    )
    embargo_days = fields.Integer(
        string="Embargo (days)",
        help="Results are told this many days after the decision is signed; 0 = at "
        "once. A session may set a later day.",
    )
    publication_hint = fields.Char(compute="_compute_publication_hint")

    _zscore_range = models.Constraint(
        "CHECK (zscore_min_sheets = 0 OR zscore_min_sheets >= 3)",
        "A member's habit shows in 3 sheets at the least. Enter 3 or more, or 0 for no "
        "standard scores.",
    )
    _embargo_range = models.Constraint(
        "CHECK (embargo_days >= 0 AND embargo_days <= 365)",
        "The embargo lasts 0 to 365 days. Correct it.",
    )

    @api.depends("zscore_min_sheets", "embargo_days")
    @api.depends_context("lang")
    def _compute_publication_hint(self):
        for regulation in self:
            if regulation.embargo_days:
                told = self.env._(
                    "Results are told %(days)s days after the signature.",
                    days=regulation.embargo_days,
                )
            else:
                told = self.env._("Results are told when the decision is signed.")
            beside = ""
            if regulation.zscore_min_sheets:
                beside = self.env._(
                    "Standard scores rest on members with at least %(count)s sheets.",
                    count=regulation.zscore_min_sheets,
                )
            regulation.publication_hint = " ".join(filter(None, (told, beside)))
