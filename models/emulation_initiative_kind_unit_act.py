from odoo import fields, models


class EmulationInitiativeKind(models.Model):
    """What the author's own unit does with a dossier of a kind, and how soon.

    The recogniser of a *sáng kiến* is the unit where it came about (Decree 13/2012,
    Articles 6 and 7); the grading of the movement is a second, separate act.
    """

    _inherit = "emulation.initiative.kind"

    unit_act = fields.Selection(
        [
            ("recognise", "Must recognise it by decision"),
            ("choose", "Recognises or endorses"),
            ("endorse", "Endorses only"),
        ],
        string="The unit",
        required=True,
        default="choose",
        help="Whether the head of the unit recognises a dossier of this kind by a "
        "decision of the unit before it goes to the organiser, or only endorses it, "
        "as is right for a new idea that was not applied yet",
    )
    examine_months = fields.Integer(
        string="Months to examine",
        default=1,
        required=True,
        help="For the unit, from the day a dossier was handed in (Decree 13/2012: one "
        "month). 0 means no limit",
    )
    decide_months = fields.Integer(
        string="Months to decide",
        default=3,
        required=True,
        help="For the unit, from the end of the examination or from the first "
        "application if that is later (Decree 13/2012: three months). 0 means no "
        "limit",
    )

    _months_positive = models.Constraint(
        "CHECK (examine_months >= 0 AND decide_months >= 0)",
        "A time limit is a number of months, 0 for none.",
    )
