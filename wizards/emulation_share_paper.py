import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationSharePaper(models.TransientModel):
    """Record that authors have signed for their shares on paper.

    For authors without an account or an e-mail address, with their consent; the scan
    of what they signed goes into the ledger with the name of who recorded it.
    """

    _name = "emulation.share.paper"
    _inherit = ["emulation.dossier.reference.mixin"]
    _description = "Confirmation on Paper"

    initiative_id = fields.Many2one(
        "emulation.initiative", required=True, ondelete="cascade"
    )
    author_ids = fields.Many2many(
        "emulation.initiative.author",
        string="Signed by",
        compute="_compute_author_ids",
        store=True,
        readonly=False,
        domain="[('initiative_id', '=', initiative_id), ('is_confirmed', '=', False)]",
    )
    date_signed = fields.Date(
        string="Signed on", required=True, default=fields.Date.context_today
    )
    scan = fields.Binary(
        string="Scan or photograph",
        required=True,
        help="The page with the signatures, so that anybody can see them later",
    )
    scan_name = fields.Char()
    note = fields.Char(string="Remarks")

    @api.depends("initiative_id")
    def _compute_author_ids(self):
        for dialog in self:
            dialog.author_ids = dialog.initiative_id.author_ids.filtered(
                lambda author: not author.is_confirmed
            )

    def action_confirm(self):
        """Write the confirmations of the chosen authors into the ledger.

        :raises UserError: when nobody is chosen, the day lies ahead, the shares do
            not make 100 %, or the dossier has been handed in
        """
        self.ensure_one()
        dossier = self.initiative_id
        dossier._check_sharing()
        dossier._check_share_total()
        if self.date_signed > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The paper cannot have been signed in the future. Correct the day."
                )
            )
        authors = self.author_ids & dossier.author_ids
        if not authors:
            raise UserError(self.env._("Choose at least one author who has signed."))
        day = self.date_signed.strftime("%d/%m/%Y")
        signed = self.env._("signed on %(day)s", day=day)
        authors._confirm(
            "paper",
            note="\n".join(filter(None, (signed, self.note))),
            file=base64.b64decode(self.scan),
            file_name=self.scan_name,
        )
