import secrets

from odoo import api, fields, models

# 256 bits: there is nothing to guess, and nothing to list
TOKEN_BYTES = 32


class EmulationShareLink(models.Model):
    """The way in for one author to one version of the shares, without an account.

    A link outlives what it was made for, so that whoever opens an old one is told
    what happened instead of “not found”. Nobody reads links through the ORM.
    """

    _name = "emulation.share.link"
    _description = "Link to Confirm a Share"
    _order = "id desc"
    _rec_name = "initiative_id"

    initiative_id = fields.Many2one(
        "emulation.initiative",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    author_id = fields.Many2one(
        "emulation.initiative.author", readonly=True, index=True, ondelete="set null"
    )
    version = fields.Integer(required=True, readonly=True, aggregator=None)
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(TOKEN_BYTES),
    )

    _token_unique = models.UniqueIndex("(token)")

    @api.model
    def _find(self, token):
        """Return the link with this token as superuser, empty when there is none."""
        if not token or len(token) > 2 * TOKEN_BYTES or not token.isprintable():
            return self.sudo().browse()
        return self.sudo().search([("token", "=", token)], limit=1)

    def _get_url(self):
        """Return the public address of the link."""
        self.ensure_one()
        return f"{self.get_base_url()}/emulation/share/{self.token}"

    def _get_standing(self):
        """Return what whoever opens the link finds.

        :return: ``withdrawn``, ``outdated`` (the shares have changed since),
            ``confirmed``, ``closed`` (the dossier was handed in), or ``open``
        """
        self.ensure_one()
        author, dossier = self.author_id, self.initiative_id
        if dossier.state == "withdrawn" or not dossier.active:
            return "withdrawn"
        if not author or self.version != dossier.share_version:
            return "outdated"
        if author.is_confirmed:
            return "confirmed"
        return "open" if dossier._is_editable() else "closed"
