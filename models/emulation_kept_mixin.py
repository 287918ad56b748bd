from odoo import api, fields, models
from odoo.fields import Domain


class EmulationKeptMixin(models.AbstractModel):
    """Read early by those who keep a session: its secretariat, in no conflict with it.

    A model says in ``_get_kept_domain`` which of its records that is; record rules ask
    for ``is_kept_by_me``.
    """

    _name = "emulation.kept.mixin"
    _description = "Read by Who Keeps the Session"

    is_kept_by_me = fields.Boolean(
        compute="_compute_is_kept_by_me", search="_search_is_kept_by_me"
    )

    @api.depends("session_id.state")
    @api.depends_context("uid")
    def _compute_is_kept_by_me(self):
        # asked of the database: what a reader has cached of an agenda is only what
        # the reader may see, and lacks the very dossier that matters
        kept = self.sudo().search(
            Domain("id", "in", self.ids) & self._get_kept_domain()
        )
        for record in self:
            record.is_kept_by_me = record in kept

    def _search_is_kept_by_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_kept_domain()
        return domain if True in value else ~domain

    def _get_kept_domain(self):
        """Return the domain of the records that the user, keeping a session, reads."""
        raise NotImplementedError
