from odoo import api, fields, models
from odoo.fields import Domain


class EmulationBlindMixin(models.AbstractModel):
    """Out of sight of whoever scores the dossier blind, until the scores are final.

    A rule for everybody (``is_blind_to_me``) stands on each of these models, so that
    no other role that a council member has opens what the council hides. Everybody
    who sits on no council is told at once that nothing is hidden.
    """

    _name = "emulation.blind.mixin"
    _description = "Hidden in Blind Rounds"

    # The path to the dossier
    _blind_field = "initiative_id"

    is_blind_to_me = fields.Boolean(
        compute="_compute_is_blind_to_me",
        search="_search_is_blind_to_me",
        export_string_translation=False,
        help="The current user scores the dossier without knowing whose it is",
    )

    @api.depends(lambda self: self._blind_depends())
    @api.depends_context("uid")
    def _compute_is_blind_to_me(self):
        evaluations = self.env["emulation.evaluation"]
        if not evaluations._can_be_blind():
            self.is_blind_to_me = False
            return
        blind = set(evaluations._get_blind_initiatives().ids)
        for record in self:
            dossier = record
            if self._blind_field != "id":
                dossier = record.sudo().mapped(self._blind_field)
            record.is_blind_to_me = bool(blind.intersection(dossier._origin.ids))

    @api.model
    def _blind_depends(self):
        return [f"{self._blind_field}.is_blind_to_me"]

    def _search_is_blind_to_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        evaluations = self.env["emulation.evaluation"]
        domain = Domain.FALSE
        if evaluations._can_be_blind():
            blind = evaluations._get_blind_initiatives()
            domain = Domain(self._blind_field, "in", blind.ids)
        return domain if True in value else ~domain
