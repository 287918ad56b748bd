from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class EmulationDocumentDelivery(models.Model):
    """A signed paper sent to one unit: when it went, when it was read there (R97).

    The list is made once, by the signature, from the units that the recipients mean
    on the day of the paper; a restricted paper goes out when it is published.
    """

    _name = "emulation.document.delivery"
    _inherit = ["emulation.succession.mixin"]
    _description = "Paper Sent to a Unit"
    _order = "date_sent desc, id desc"
    _rec_name = "document_id"

    document_id = fields.Many2one(
        "emulation.document",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    unit_id = fields.Many2one(
        "emulation.unit", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind_id = fields.Many2one(related="document_id.kind_id")
    issuing_unit_id = fields.Many2one(
        related="document_id.unit_id", string="From", related_sudo=True
    )
    reference = fields.Char(related="document_id.reference")
    subject = fields.Text(related="document_id.subject")
    date_signed = fields.Date(related="document_id.date_signed")
    urgency = fields.Selection(related="document_id.urgency")
    date_sent = fields.Datetime(string="Sent on", required=True, readonly=True)
    date_read = fields.Datetime(string="Read on", readonly=True)
    read_user_id = fields.Many2one(
        "res.users", string="Read by", readonly=True, ondelete="restrict"
    )
    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_mine",
        compute_sudo=True,
        help="Sent to a unit the current user acts for, or to its predecessor",
    )

    _one_delivery = models.UniqueIndex("(document_id, unit_id)")

    @api.depends("unit_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.filtered_domain(self._get_mine_domain())
        for delivery in self:
            delivery.is_mine = delivery in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_mine_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_mine_domain(self):
        """Return the domain of what was sent to the user's own units, none below."""
        user = self.env.user
        own = Domain("unit_id", "in", user.emulation_unit_ids.ids)
        past = user._emulation_past_paths()
        return own | Domain("unit_id.parent_path", "in", past) if past else own

    # ACTIONS

    def action_open(self):
        """Open the paper; an officer of the unit it was sent to has read it thereby."""
        self.ensure_one()
        self.check_access("read")
        if self.is_mine:
            self._mark_read()
        return self.document_id._open_form()

    # BUSINESS

    def _mark_read(self):
        """Note the first reading; later ones change nothing."""
        unread = self.sudo().filtered(lambda delivery: not delivery.date_read)
        unread.write(
            {"date_read": fields.Datetime.now(), "read_user_id": self.env.user.id}
        )


class EmulationDocument(models.Model):
    """To which units a paper was sent, and who of them has read it."""

    _inherit = "emulation.document"

    delivery_ids = fields.One2many(
        "emulation.document.delivery",
        "document_id",
        string="Sent to",
        groups="emulation.group_emulation_officer",
    )
    delivery_count = fields.Integer(
        string="Sent to units", compute="_compute_delivery_count", compute_sudo=True
    )
    read_count = fields.Integer(
        string="Read by units", compute="_compute_delivery_count", compute_sudo=True
    )
    is_addressed = fields.Boolean(
        string="Sent to my units",
        compute="_compute_is_addressed",
        search="_search_is_addressed",
        compute_sudo=True,
        help="Signed, open, and sent to a unit the current user acts for",
    )
    can_acknowledge = fields.Boolean(
        compute="_compute_is_addressed",
        compute_sudo=True,
        help="Sent to a unit of the current user, and not read there yet",
    )

    @api.depends("delivery_ids.date_read")
    def _compute_delivery_count(self):
        groups = self.env["emulation.document.delivery"]._read_group(
            [("document_id", "in", self.ids)],
            ["document_id"],
            ["__count", "date_read:count"],
        )
        counts = {document.id: (sent, read) for document, sent, read in groups}
        for document in self:
            sent, read = counts.get(document._origin.id, (0, 0))
            document.delivery_count, document.read_count = sent, read

    @api.depends("delivery_ids.date_read", "delivery_ids.unit_id")
    @api.depends_context("uid")
    def _compute_is_addressed(self):
        mine = self.env["emulation.document.delivery"].search(
            [("document_id", "in", self.ids), ("is_mine", "=", True)]
        )
        addressed = mine.document_id
        waiting = mine.filtered(lambda delivery: not delivery.date_read).document_id
        for document in self:
            document.is_addressed = document._origin in addressed
            document.can_acknowledge = document._origin in waiting

    def _search_is_addressed(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.env["emulation.document.delivery"]._get_mine_domain()
        domain = Domain("delivery_ids", "any!", mine)
        return domain if True in value else ~domain

    # ACTIONS

    def action_acknowledge(self):
        """Confirm that the user's units have read the papers sent to them.

        :raises AccessError: when none of these was sent to a unit of the user
        """
        self.check_access("read")
        mine = self.env["emulation.document.delivery"].search(
            [("document_id", "in", self.ids), ("is_mine", "=", True)]
        )
        if not mine:
            raise AccessError(
                self.env._(
                    "“%(document)s” was not sent to a unit you act for. Only its "
                    "officers confirm that they have read it.",
                    document=self[:1].display_name,
                )
            )
        mine._mark_read()
        return True

    # BUSINESS

    def _deliver(self):
        """Send a signed paper to the units of its recipients, each once."""
        for document in self.filtered(lambda paper: not paper.is_restricted):
            if document.state != "signed":
                continue
            units = self.env["emulation.unit"]
            for recipient in document.recipient_ids:
                units |= recipient._get_units()
            now = fields.Datetime.now()
            self.env["emulation.document.delivery"].create(
                [
                    {"document_id": document.id, "unit_id": unit.id, "date_sent": now}
                    for unit in units - document.delivery_ids.unit_id
                ]
            )
