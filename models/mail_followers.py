from odoo import api, fields, models
from odoo.fields import Domain


class MailFollowers(models.Model):
    """Who follows a dossier tells whose it is: hidden from who judges it blind."""

    _inherit = "mail.followers"

    emulation_is_blind = fields.Boolean(
        compute="_compute_emulation_is_blind",
        search="_search_emulation_is_blind",
        compute_sudo=True,
        export_string_translation=False,
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_emulation_is_blind(self):
        hidden = self.filtered_domain(self._get_emulation_blind_domain())
        for follower in self:
            follower.emulation_is_blind = follower in hidden

    def _search_emulation_is_blind(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_emulation_blind_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_emulation_blind_domain(self):
        evaluations = self.env["emulation.evaluation"]
        if not evaluations._can_be_blind():
            return Domain.FALSE
        blind = evaluations._get_blind_initiatives()
        return Domain("res_model", "=", blind._name) & Domain("res_id", "in", blind.ids)
