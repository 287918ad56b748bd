from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import awards


class EmulationAwardPrerequisite(models.Model):
    """What a recipient must have received before (CSTĐ tỉnh: 3 × CSTĐ cơ sở).

    The required award is meant in any of its versions: titles of the years before
    were given by the law of those years.
    """

    _name = "emulation.award.prerequisite"
    _inherit = ["emulation.law.line.mixin"]
    _description = "Prerequisite of an Award"
    _law_field = "award_id"
    _order = "award_id, sequence, id"
    _rec_name = "required_award_id"

    award_id = fields.Many2one(
        "emulation.award", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    required_award_id = fields.Many2one(
        "emulation.award",
        string="Must have received",
        required=True,
        index=True,
        # people are refused below; an uninstallation takes both away
        ondelete="cascade",
        help="Any version of it counts",
    )
    required_code = fields.Char(
        related="required_award_id.code", store=True, string="Code of it"
    )
    consecutive_years = fields.Integer(
        string="Years in a row", default=1, required=True, aggregator=None
    )
    includes_year = fields.Boolean(
        string="With the year proposed for",
        default=True,
        help="The last of these years is the one that the proposal is for; otherwise "
        "it is the year before",
    )

    _required_unique = models.UniqueIndex(
        "(award_id, required_code)",
        "This award is required already. Change that line.",
    )
    _years_positive = models.Constraint(
        "CHECK (consecutive_years > 0)", "Enter 1 year or more."
    )

    @api.constrains("award_id", "required_award_id")
    def _check_other(self):
        for line in self:
            if line.award_id.code == line.required_code:
                raise ValidationError(
                    self.env._(
                        "“%(award)s” cannot be its own prerequisite: for “not again "
                        "within” there is a condition of its own.",
                        award=line.award_id.display_name,
                    )
                )

    def _is_met(self, years, year):
        """Tell whether titles of ``years`` suffice to be proposed for ``year``.

        :param years: the years for which the required award was given, in any order
        """
        self.ensure_one()
        last = year if self.includes_year else year - 1
        return awards.consecutive(years, self.consecutive_years, last)


class EmulationAward(models.Model):
    _inherit = "emulation.award"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_required(self):
        lines = self.env["emulation.award.prerequisite"].sudo()
        for line in lines.search([("required_award_id", "in", self.ids)]):
            if line.award_id not in self:
                raise UserError(
                    self.env._(
                        "“%(award)s” must have been received before “%(other)s”. "
                        "Take it out of those conditions first.",
                        award=line.required_award_id.display_name,
                        other=line.award_id.display_name,
                    )
                )
