from odoo import models


class EmulationInterestDeclareLine(models.TransientModel):
    """In a blind round not even the declaration tells whose dossier it is."""

    _inherit = "emulation.interest.declare.line"

    def _compute_shown(self):
        super()._compute_shown()
        for line in self:
            evaluation = line.sudo().evaluation_id
            if evaluation.is_blind_to_me:
                line.name = evaluation.initiative_id._get_blind_name()
                line.unit_name = line.author_names = False
