from odoo import api, fields, models

from ..tools.authors import show_authors


class EmulationInitiative(models.Model):
    """The authors in one cell, as lists have them."""

    _inherit = "emulation.initiative"

    author_text = fields.Text(
        string="Authors with shares",
        compute="_compute_author_text",
        inverse="_inverse_list_columns",
        help="In one cell of a list, e.g. “Nguyễn Văn A (60%); Trần Thị B (40%)”",
    )

    @api.depends("author_ids.share", "author_ids.partner_id.name")
    def _compute_author_text(self):
        for initiative in self:
            initiative.author_text = show_authors(
                (author.partner_id.name, author.share)
                for author in initiative.author_ids
            )
