from odoo import api, fields, models

#: Scope that is proposed for a movement of a level, by the code of the level
LAUNCHERS = {"central": "national", "province": "local"}


class EmulationMovement(models.Model):
    """How the yearly statistics count a movement (Circular 02/2023/TT-BNV, 0601.N)."""

    _inherit = "emulation.movement"

    scope = fields.Selection(
        [
            ("national", "The whole country"),
            ("local", "A ministry, sector, organisation or locality"),
            ("cluster", "Emulation clusters and blocks"),
            ("base", "An agency, organisation or unit"),
        ],
        compute="_compute_scope",
        store=True,
        readonly=False,
        tracking=True,
        help="Where it is carried out (phạm vi tổ chức thi đua); proposed by its "
        "level. Form 0601.N counts by it",
    )
    way = fields.Selection(
        [("thematic", "On one theme"), ("regular", "Every year, regularly")],
        string="Carried out",
        tracking=True,
        help="By theme (thi đua theo chuyên đề) or regularly every year; form 0601.N "
        "counts by it",
    )

    @api.depends("level_id")
    def _compute_scope(self):
        for movement in self:
            code = movement.level_id.code
            proposed = code and LAUNCHERS.get(code, "base")
            movement.scope = movement.scope or proposed
