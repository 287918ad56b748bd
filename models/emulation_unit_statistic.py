from odoo import fields, models


class EmulationUnit(models.Model):
    """Which units have emulation and commendation as their task (0604.N, 0605.N)."""

    _inherit = "emulation.unit"

    statistic_body = fields.Selection(
        [
            ("ministry", "Department of a ministry (Vụ)"),
            ("ministry_office", "Division of such a department"),
            ("board", "Board of the Department of Home Affairs"),
            ("office", "Division of the Department of Home Affairs"),
        ],
        string="Works on emulation as",
        help="Only for the bodies whose own task is emulation and commendation. Forms "
        "0604.N and 0605.N count them and their officers",
    )
