from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EmulationPublicationDraft(models.TransientModel):
    """Draft stories for a book from the recognised initiatives of a year."""

    _name = "emulation.publication.draft"
    _description = "Draft Stories"

    publication_id = fields.Many2one(
        "emulation.publication", string="Book", required=True, readonly=True
    )
    year = fields.Integer(
        compute="_compute_year",
        store=True,
        readonly=False,
        aggregator=None,
        help="Of the round, or of the decision by which it was recognised",
    )
    unit_id = fields.Many2one(
        "emulation.unit", string="Of unit", help="With all below; empty for all"
    )
    about = fields.Selection(
        [
            ("author", "The author with the largest share"),
            ("unit", "The unit as a whole"),
        ],
        string="The stories tell of",
        required=True,
        default="author",
        help="Of a collective its head consents",
    )
    entry_ids = fields.Many2many(
        "emulation.initiative.entry",
        "emulation_publication_draft_rel",
        "dialog_id",
        "entry_id",
        string="Initiatives",
        compute="_compute_entry_ids",
        store=True,
        readonly=False,
    )

    @api.depends("publication_id")
    def _compute_year(self):
        for dialog in self:
            dialog.year = dialog.publication_id.year

    @api.depends("publication_id", "year", "unit_id")
    def _compute_entry_ids(self):
        for dialog in self:
            dialog.entry_ids = dialog._find_entries()

    def action_confirm(self):
        """Draft a story for each initiative chosen, and open them.

        :raises UserError: where none is chosen, or one has its story already
        """
        self.ensure_one()
        publication = self.publication_id
        publication._check_takes_stories()
        if not self.entry_ids:
            raise UserError(
                self.env._(
                    "No initiative is chosen. Choose another year or unit; what has a "
                    "story in the book already is not proposed again."
                )
            )
        known = set(publication.sudo().entry_ids.initiative_id.ids)
        if twice := self.entry_ids.filtered(lambda entry: entry.id in known):
            raise UserError(
                self.env._(
                    "“%(initiative)s” already has a story in this book. Remove it from "
                    "the list.",
                    initiative=twice[0].name,
                )
            )
        last = max(publication.sudo().entry_ids.mapped("sequence"), default=0)
        stories = self.env["emulation.publication.entry"].create(
            [
                self._prepare_story(entry, last + 10 * number)
                for number, entry in enumerate(self.entry_ids, start=1)
            ]
        )
        action = publication.action_view_entries()
        return {**action, "domain": [("id", "in", stories.ids)]}

    def _find_entries(self):
        """Return the initiatives of the year that have no story in the book yet.

        An officer is offered those of own units; others would be refused.
        """
        if not self.year:
            return self.env["emulation.initiative.entry"]
        known = self.publication_id.sudo().entry_ids.initiative_id.ids
        domain = Domain("year", "=", self.year) | (
            Domain("date_recognised", ">=", f"{self.year}-01-01")
            & Domain("date_recognised", "<=", f"{self.year}-12-31")
        )
        domain &= Domain("id", "not in", known)
        if self.unit_id:
            domain &= Domain("unit_id", "child_of", self.unit_id.ids)
        if not self.env.user.has_group("emulation.group_emulation_movement"):
            domain &= Domain("unit_id.in_scope", "=", True)
        return self.env["emulation.initiative.entry"].search(domain)

    def _prepare_story(self, entry, sequence):
        """Return the values of a first draft, from what the library tells."""
        initiative = self.env["emulation.initiative"].sudo().browse(entry.id)
        authors = initiative.author_ids.sorted("share", reverse=True)
        texts = (entry.problem, entry.solution, entry.benefit, entry.applicability)
        paragraphs = (Markup("<p>%s</p>") % escape(text) for text in texts if text)
        return {
            "publication_id": self.publication_id.id,
            "entry_id": entry.id,
            "unit_id": entry.unit_id.id,
            "partner_id": self.about == "author" and authors[:1].partner_id.id,
            "name": entry.name,
            "sequence": sequence,
            "story": Markup().join(paragraphs),
        }
