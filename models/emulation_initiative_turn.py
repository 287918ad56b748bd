from odoo import api, fields, models
from odoo.fields import Domain


class EmulationInitiative(models.Model):
    """Whose turn it is, and which rounds take dossiers."""

    _inherit = "emulation.initiative"

    round_id = fields.Many2one(
        default=lambda self: self._default_round_id(),
        domain="[('is_taking', '=', True)]",
    )
    is_my_turn = fields.Boolean(
        string="Waits for my endorsement",
        compute="_compute_is_my_turn",
        search="_search_is_my_turn",
    )

    @api.model
    def _default_round_id(self):
        """Return the open round when there is no choice."""
        rounds = self.env["emulation.round"].search([("is_taking", "=", True)], limit=2)
        return rounds if len(rounds) == 1 else rounds.browse()

    @api.depends("state", "unit_id", "author_ids", "submitted_user_id")
    @api.depends_context("uid")
    def _compute_is_my_turn(self):
        for initiative in self:
            submitted = initiative.state == "submitted"
            initiative.is_my_turn = (
                submitted and self.env.user in initiative._get_endorsers()
            )

    def _search_is_my_turn(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_my_turn_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_my_turn_domain(self):
        """Return the domain of the dossiers that the user is to endorse.

        Those of the units they head, and those that called for them by name
        because the nearer heads are authors (see ``_get_endorsers``).
        """
        user = self.env.user
        Officer = self.env["emulation.unit.officer"]
        unit = Domain("officer_ids", "any!", Officer._get_headed_domain(user))
        own = Domain(
            "author_ids", "any!", Domain("partner_id", "=", user.partner_id.id)
        )
        headed = (
            Domain("unit_id", "any!", unit)
            & Domain("submitted_user_id", "!=", user.id)
            & ~own
        )
        call = Domain("user_id", "=", user.id) & Domain("automated", "=", True)
        called = Domain("activity_ids", "any!", call)
        return Domain("state", "=", "submitted") & (headed | called)

    @api.model_create_multi
    def create(self, vals_list):
        initiatives = super().create(vals_list)
        if not self.env.su:
            initiatives._check_round_takes()
        return initiatives

    def write(self, vals):
        result = super().write(vals)
        if "round_id" in vals and not self.env.su:
            self._check_round_takes()
        return result

    def _check_round_takes(self):
        """Refuse a dossier entered into a round that does not take it now."""
        for initiative in self:
            initiative.round_id._check_takes(initiative)
