from odoo import api, fields, models


class EmulationScoresheet(models.Model):
    """The total of a sheet, each criterion by its weight."""

    _inherit = "emulation.scoresheet"

    @api.depends("line_ids.points")
    def _compute_total(self):
        for sheet in self:
            total = sum(line.points * line.factor for line in sheet.line_ids)
            sheet.total = round(total, 6)


class EmulationScoresheetLine(models.Model):
    """The scale of the criterion, for the screen on which a member scores."""

    _inherit = "emulation.scoresheet.line"

    factor = fields.Float(
        compute="_compute_factor",
        digits=0,
        help="What one point adds to the total of the sheet",
    )
    bands = fields.Json(compute="_compute_bands")

    @api.depends("criterion_id")
    def _compute_factor(self):
        for line in self:
            line.factor = float(line.criterion_id._as_criterion().factor)

    @api.depends("criterion_id")
    @api.depends_context("lang")
    def _compute_bands(self):
        for line in self:
            line.bands = line.criterion_id._get_bands()
