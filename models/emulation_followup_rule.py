from odoo import fields, models


class EmulationFollowupRule(models.Model):
    """When one asks what became of a recognised initiative: 6 and 12 months later."""

    _name = "emulation.followup.rule"
    _description = "Rule of Follow-up"
    _order = "months, id"
    _rec_name = "months"

    months = fields.Integer(
        string="Months after the recognition", required=True, aggregator=None
    )
    kind_ids = fields.Many2many(
        "emulation.initiative.kind",
        string="For these kinds",
        help="Leave empty to follow up every kind",
    )
    days_before = fields.Integer(
        string="Days of notice",
        default=14,
        required=True,
        aggregator=None,
        help="So many days before it is due the officers of the unit are asked",
    )
    active = fields.Boolean(default=True)

    _positive = models.Constraint(
        "CHECK (months > 0 AND days_before >= 0)",
        "Months must be above zero, days of notice not negative.",
    )
