from odoo import api, fields, models


class EmulationRegulation(models.Model):
    """Whether members know whose dossier they judge (R55; architecture section 5)."""

    _inherit = "emulation.regulation"

    is_blind = fields.Boolean(
        string="Blind",
        help="Whoever scores sees the dossier without authors, unit, contacts and "
        "similar entries, and only the files marked as anonymised, until the scores "
        "are final",
    )
    blind_hint = fields.Char(compute="_compute_blind_hint")

    @api.depends("is_blind")
    @api.depends_context("lang")
    def _compute_blind_hint(self):
        for regulation in self:
            regulation.blind_hint = regulation.is_blind and self.env._(
                "Before scoring opens, the secretary marks which files name nobody; "
                "no other file is shown to the members."
            )
