from odoo import api, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Whoever has a dossier before them reads when its authors were born."""

    _inherit = "res.partner"

    @api.model
    def _emulation_births_of_officer(self):
        """Add the authors of the dossiers in sight.

        Whoever puts a stranger on a draft of their own learns nothing by it: an
        author of another unit counts once the dossier was handed in, or when somebody
        else entered the author.
        """
        in_sight = Domain("initiative_id.in_sight", "=", True)
        known = (
            Domain("initiative_id.date_submitted", "!=", False)
            | Domain("create_uid", "!=", self.env.uid)
            | Domain("partner_id", "any", self._emulation_of_nobody())
        )
        authors = Domain("emulation_author_ids", "any", in_sight & known)
        return super()._emulation_births_of_officer() | authors
