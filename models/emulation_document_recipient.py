from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationDocumentRecipient(models.Model):
    """Who a paper is sent to: addressee ("Kính gửi") or receiver ("Nơi nhận")."""

    _name = "emulation.document.recipient"
    _inherit = ["emulation.document.line.mixin"]
    _description = "Document Recipient"
    _order = "document_id, is_addressee desc, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="As printed, e.g. Các sở, ban, ngành tỉnh",
    )
    unit_id = fields.Many2one(
        "emulation.unit", index="btree_not_null", ondelete="restrict"
    )
    group_id = fields.Many2one(
        "emulation.recipient.group",
        index="btree_not_null",
        ondelete="restrict",
        help="Printed as one line; signing the paper keeps the units it means",
    )
    expanded_unit_ids = fields.Many2many(
        "emulation.unit",
        "emulation_document_recipient_unit_rel",
        string="Sent to",
        readonly=True,
        copy=False,
        help="The units of the group on the day of the signature",
    )
    unit_count = fields.Integer(string="Units", compute="_compute_unit_count")
    is_addressee = fields.Boolean(
        string="Addressee",
        help="Printed after “Kính gửi:”; the others are printed under “Nơi nhận:”",
    )

    @api.depends("unit_id", "group_id")
    def _compute_name(self):
        for recipient in self:
            recipient.name = (
                recipient.unit_id.name or recipient.group_id.name or recipient.name
            )

    @api.depends("unit_id", "group_id", "expanded_unit_ids")
    def _compute_unit_count(self):
        for recipient in self:
            recipient.unit_count = len(recipient._get_units())

    @api.model_create_multi
    def create(self, vals_list):
        recipients = super().create(vals_list)
        if not self.env.su:
            # by whatever way they were set: the values, a context, a personal default
            kept = recipients.sudo().expanded_unit_ids
            recipients._check_expanded_by_signing(kept)
        return recipients

    def write(self, vals):
        self._check_expanded_by_signing(vals.get("expanded_unit_ids"))
        return super().write(vals)

    @api.model
    def _check_expanded_by_signing(self, units):
        if units and not self.env.su:
            raise UserError(
                self.env._("The units of a group are entered when the paper is signed.")
            )

    def _get_units(self):
        """Return the units this line means: kept at signing, or as of the paper."""
        self.ensure_one()
        if self.unit_id or self.expanded_unit_ids:
            return self.unit_id | self.expanded_unit_ids
        if self.document_id.state != "draft":
            return self.expanded_unit_ids
        day = self.document_id.date_signed or fields.Date.context_today(self)
        return self.group_id._expand(day)

    def _keep_groups(self, day):
        """Keep which units the groups mean on ``day`` (a date), for good (R97)."""
        system = self.sudo().with_context(emulation_system_write=True)
        for recipient in system.filtered("group_id"):
            units = recipient.group_id._expand(day)
            recipient.expanded_unit_ids = units
