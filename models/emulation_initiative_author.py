from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.scoring import check_shares, to_decimal


class EmulationInitiativeAuthor(models.Model):
    """An author of an initiative and the share of the work that is theirs.

    Co-authors agree on their shares; together they make exactly 100 %
    (Circular 18/2013, form of request; invariant 5).
    """

    _name = "emulation.initiative.author"
    _description = "Author of an Initiative"
    _order = "initiative_id, sequence, id"
    _rec_name = "partner_id"

    initiative_id = fields.Many2one(
        "emulation.initiative", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner",
        string="Author",
        required=True,
        index=True,
        ondelete="restrict",
        help="The person, or the collective with its representative",
    )
    share = fields.Float(
        string="Share (%)", digits=(5, 2), required=True, aggregator=None
    )
    contribution = fields.Char(help="What this author did, e.g. design, trial, survey")
    is_confirmed = fields.Boolean(
        string="Share signed",
        help="The author has signed the agreement on shares",
    )
    company_id = fields.Many2one(related="initiative_id.company_id")

    _partner_unique = models.UniqueIndex(
        "(initiative_id, partner_id)",
        "The same person is listed twice as an author. Keep one line and add the "
        "shares together.",
    )
    _share_range = models.Constraint(
        "CHECK (share > 0 AND share <= 100)",
        "A share lies above 0 % and is at most 100 %.",
    )

    @api.constrains("share", "initiative_id")
    def _check_total(self):
        self.initiative_id._check_shares()

    @api.model_create_multi
    def create(self, vals_list):
        authors = super().create(vals_list)
        authors._check_dossier_editable()
        return authors

    def write(self, vals):
        self._check_dossier_editable()
        moved = "initiative_id" in vals and self.filtered(
            lambda author: author.initiative_id.id != vals["initiative_id"]
        )
        if moved and not self.env.su:
            raise UserError(
                self.env._(
                    "“%(author)s” cannot be moved to another dossier. Add the person "
                    "there instead.",
                    author=moved[0].display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        self._check_dossier_editable()

    def _check_dossier_editable(self):
        """Authors and shares are part of what was handed in, and freeze with it."""
        self.initiative_id._check_editable({"author_ids"})

    def _totals_to_hundred(self):
        """Return whether the shares of these authors make exactly 100 %."""
        return check_shares([to_decimal(author.share) for author in self])

    def _raise_wrong_total(self, initiative):
        total = round(sum(self.mapped("share")), 2)
        raise ValidationError(
            self.env._(
                "The shares of the authors of “%(initiative)s” add up to %(total)s %%. "
                "They must make exactly 100 %%: correct the shares.",
                initiative=initiative.name,
                total=f"{total:g}",
            )
        )
