from odoo import api, fields, models


class EmulationRegulation(models.Model):
    """From how many sheets on the spread of a sample may be shown."""

    _inherit = "emulation.regulation"

    calibration_min_sheets = fields.Integer(
        string="Spread shown from",
        default=3,
        help="Samples that all score first: the points are shown, without names, only "
        "when at least this many members have scored",
    )
    calibration_hint = fields.Char(compute="_compute_calibration_hint")

    _calibration_anonymous = models.Constraint(
        "CHECK (calibration_min_sheets >= 3)",
        "With fewer than 3 sheets everybody would know who gave which points. Enter 3 "
        "or more.",
    )

    @api.depends("calibration_min_sheets")
    @api.depends_context("lang")
    def _compute_calibration_hint(self):
        for regulation in self:
            regulation.calibration_hint = self.env._(
                "Samples: points are shown without names from %(count)s sheets on; "
                "they do not count.",
                count=regulation.calibration_min_sheets,
            )
