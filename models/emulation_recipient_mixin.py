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

    def _is_recipient(self, user):
        """Return whether ``user`` is who is honoured, or belongs to it.

        Whatever account or contact of the same person; of a collective, its officers
        and whoever works there.
        """
        self.ensure_one()
        one = self.sudo()
        person, unit = user.sudo().partner_id, one.recipient_unit_id
        if one.partner_id and person._emulation_is_one_of(one.partner_id):
            return True
        if not unit:
            return False
        at_work = unit == person.emulation_unit_id
        return at_work or person._emulation_is_one_of(one._get_unit_people())

    def _get_unit_people(self):
        """Return the officers of the honoured unit, since the record was entered.

        Whoever leaves the office for the day of the appraisal is still one of them.
        """
        since = fields.Date.to_date(self.create_date or fields.Date.today())
        officers = self.recipient_unit_id.officer_ids.filtered(
            lambda one: not one.is_void and (not one.date_end or one.date_end >= since)
        )
        return officers.user_id.partner_id
