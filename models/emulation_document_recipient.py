from odoo import api, fields, models


class EmulationDocumentRecipient(models.Model):
    """Who a paper is sent to: addressee ("Kính gửi") or receiver ("Nơi nhận")."""

    _name = "emulation.document.recipient"
    _description = "Document Recipient"
    _order = "document_id, is_addressee desc, sequence, id"

    document_id = fields.Many2one(
        "emulation.document", required=True, index=True, ondelete="cascade"
    )
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
    is_addressee = fields.Boolean(
        string="Addressee",
        help="Printed after “Kính gửi:”; the others are printed under “Nơi nhận:”",
    )

    @api.depends("unit_id")
    def _compute_name(self):
        for recipient in self:
            recipient.name = recipient.unit_id.name or recipient.name

    @api.model_create_multi
    def create(self, vals_list):
        recipients = super().create(vals_list)
        recipients.document_id._check_is_draft()
        recipients.document_id._withdraw_agreements()
        return recipients

    def write(self, vals):
        self.document_id._check_is_draft()
        documents = self.document_id
        result = super().write(vals)
        self.document_id._check_is_draft()
        (documents | self.document_id)._withdraw_agreements()
        if "document_id" in vals:
            self.document_id.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self.document_id._check_is_draft()
        self.document_id._withdraw_agreements()
