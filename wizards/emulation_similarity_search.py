from datetime import timedelta

from odoo import api, fields, models

PARAMETER = "emulation.similarity_searches_per_minute"
OTHERWISE = 40


class EmulationSimilaritySearch(models.TransientModel):
    """One question for similar entries; so many in a minute, and no more.

    A person who types asks some dozen times; a program that tries out titles to find
    what others keep to themselves would ask without end.
    """

    _name = "emulation.similarity.search"
    _description = "Search for Similar Entries"

    @api.model
    def _is_allowed(self):
        """Count one search of the current user; return whether it may be made."""
        limit = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        try:
            limit = int(limit or OTHERWISE)
        except ValueError:
            limit = OTHERWISE
        searches = self.sudo()
        since = fields.Datetime.now() - timedelta(minutes=1)
        recent = searches.search_count(
            [("create_uid", "=", self.env.uid), ("create_date", ">=", since)],
            limit=limit,
        )
        if recent >= limit:
            return False
        searches.create({})
        return True
