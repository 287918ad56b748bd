from odoo import api, fields, models

from ..tools import text


class EmulationRecipientMixin(models.AbstractModel):
    """Whom an award is for: a person, a unit, or somebody known by name alone (R35)."""

    _name = "emulation.recipient.mixin"
    _description = "For a Recipient of an Award"

    partner_id = fields.Many2one(
        "res.partner", string="Person", index="btree_not_null", ondelete="restrict"
    )
    recipient_unit_id = fields.Many2one(
        "emulation.unit",
        string="Collective or organisation",
        index="btree_not_null",
        ondelete="restrict",
    )
    recipient_name = fields.Char(
        string="Who is honoured",
        required=True,
        compute="_compute_recipient_name",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("partner_id", "recipient_unit_id")
    def _compute_recipient_name(self):
        for one in self:
            own = one.sudo().partner_id.name or one.sudo().recipient_unit_id.name
            one.recipient_name = own or one.recipient_name

    def _get_recipient_key(self):
        """Return what tells a recipient from another, for what was won before."""
        self.ensure_one()
        if self.partner_id:
            return ("partner", self.partner_id._origin.id)
        if self.recipient_unit_id:
            return ("unit", self.recipient_unit_id._origin.id)
        return ("name", text.fold(self.recipient_name))
