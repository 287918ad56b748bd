from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.scoring import check_shares, to_decimal
from ..tools.shares import equal_shares

# Said by a dossier that writes all its lines; an object, so that no client can say it.
SHARES_LATER = object()


class EmulationInitiativeAuthor(models.Model):
    """An author of an initiative and the share of the work that is theirs.

    Co-authors agree on their shares; together they make exactly 100 %
    (Circular 18/2013, form of request; invariant 5).
    """

    _name = "emulation.initiative.author"
    _inherit = ["emulation.dossier.reference.mixin"]
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
    is_confirmed = fields.Boolean(string="Share signed")
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
        if self.env.context.get("emulation_shares") is not SHARES_LATER:
            self.initiative_id._check_shares()

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Warn when the author chosen may stand in the contacts twice."""
        partner = self.partner_id._origin
        others = partner._emulation_duplicates()[partner]
        if not others:
            return None
        return {
            "warning": {
                "title": self.env._("Is this the same person?"),
                "message": self.env._(
                    "“%(author)s” has the birth date, e-mail or telephone of: "
                    "%(others)s. Choose the contact that has the earlier dossiers; a "
                    "movement officer can merge them.",
                    author=partner.name,
                    others=", ".join(others.mapped("display_name")),
                ),
            }
        }

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
        shares = {round(one, 2) for one in self.mapped("share")}
        message = self.env._(
            "The shares of the authors of “%(initiative)s” add up to %(total)s %%. "
            "They must make exactly 100 %%: correct the shares.",
            initiative=initiative.name,
            total=f"{total:g}",
        )
        if len(self) > 1 and len(shares) == 1:
            message += self.env._(
                " Equal shares are %(shares)s: the button “Share equally” enters them.",
                shares=" / ".join(f"{one:.2f}" for one in equal_shares(len(self))),
            )
        raise ValidationError(message)


class ResPartner(models.Model):
    """Who an author is does not change once a dossier has been handed in."""

    _inherit = "res.partner"

    def write(self, vals):
        # a user writes the own name with the rights of the house
        if "name" in vals and self.env.uid != SUPERUSER_ID:
            # whoever may not write a contact learns nothing about it
            self.check_access("write")
            self._check_author_name(vals["name"])
        return super().write(vals)

    def _check_author_name(self, name):
        """Leave the name on a dossier handed in to those who keep it."""
        keepers = "emulation.group_emulation_movement,base.group_erp_manager"
        if self.env.user.has_groups(keepers):
            return
        authors = self.env["emulation.initiative.author"].sudo()
        author = authors.search(
            [
                ("partner_id", "in", self.filtered(lambda one: one.name != name).ids),
                ("initiative_id.state", "not in", ("draft", "returned", "withdrawn")),
            ],
            limit=1,
        )
        if author:
            raise UserError(
                self.env._(
                    "“%(person)s” is an author of a dossier that was handed in. Ask "
                    "the movement office to correct the name, or the administrator of "
                    "accounts.",
                    person=author.partner_id.name,
                )
            )
