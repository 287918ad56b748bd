from odoo import fields, models

from ..tools import awards


class EmulationAwardItem(models.Model):
    """A paper that the dossier of a proposal consists of (Decree 152/2025)."""

    _name = "emulation.award.item"
    _inherit = ["emulation.law.line.mixin"]
    _description = "Item of an Award's Dossier"
    _law_field = "award_id"
    _order = "award_id, sequence, id"

    award_id = fields.Many2one(
        "emulation.award", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="In Vietnamese, as the text names it")
    form_code = fields.Char(
        string="Form", help="Number of the form in the decree, e.g. Mẫu số 13"
    )
    is_required = fields.Boolean(
        string="Required", default=True, help="Without it the dossier is not complete"
    )
    help = fields.Text(string="Hint", help="What it has to contain, who certifies it")

    _name_unique = models.UniqueIndex(
        "(award_id, name)", "This item is already on the list. Change that one."
    )


class EmulationAward(models.Model):
    """What a dossier consists of, and how long its appraisal may take."""

    _inherit = "emulation.award"

    item_ids = fields.One2many(
        "emulation.award.item", "award_id", string="Dossier", copy=True
    )
    appraisal_days = fields.Integer(
        string="Appraised within",
        help="Working days from the receipt of the dossier; 0 = no such limit",
    )

    _appraisal_days_positive = models.Constraint(
        "CHECK (appraisal_days >= 0)", "Days are not negative. Enter 0 for no limit."
    )

    def _get_appraisal_due(self, day):
        """Return the last day to appraise a dossier received on ``day``, or False."""
        self.ensure_one()
        if not self.appraisal_days:
            return False
        # further away than any run of weekends and holidays may push the last day
        horizon = fields.Date.add(day, days=3 * self.appraisal_days + 60)
        holidays = self.env["emulation.holiday"]._get_days(day, horizon)
        return awards.add_working_days(day, self.appraisal_days, holidays)
