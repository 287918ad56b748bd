from odoo import api, fields, models
from odoo.fields import Domain

# Levels that take the sheet, the vote and the sight of the dossier away; what the
# chair has not yet decided counts as a conflict until then.
EXCLUDING = ("excluded", "chair")


class EmulationConflict(models.Model):
    """A conflict of interest: this member takes no part in this dossier.

    Found by the system (the member is an author) or declared by the member; it
    takes away the sheet and every right on the dossier (invariants 3 and 17).
    """

    _name = "emulation.conflict"
    _description = "Conflict of Interest"
    _order = "evaluation_id, id"
    _rec_name = "member_id"

    evaluation_id = fields.Many2one(
        "emulation.evaluation", required=True, index=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "emulation.council.member", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        related="member_id.user_id", string="User", store=True, index=True
    )
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    kind = fields.Selection(
        [("author", "Is an author"), ("declared", "Declared by the member")],
        required=True,
        default="declared",
    )
    level = fields.Selection(
        [
            ("excluded", "Takes no part"),
            ("chair", "The chair decides"),
            ("noted", "Noted"),
        ],
        required=True,
        default="excluded",
        index=True,
    )
    reason = fields.Char(required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)

    _member_unique = models.UniqueIndex(
        "(evaluation_id, member_id)",
        "This member's conflict is already recorded for this dossier.",
    )

    @api.model
    def _get_excluding_domain(self, user):
        """Return the domain of the conflicts that keep ``user`` from a dossier."""
        return Domain("user_id", "=", user.id) & Domain("level", "in", EXCLUDING)

    def _excludes(self):
        """Return the conflicts that keep their member from the dossier."""
        return self.filtered(lambda one: one.level in EXCLUDING)

    @api.model
    def _declare(self, evaluation, member, kind, reason):
        """Record a conflict once and void the member's sheet on the dossier."""
        known = self.search(
            [("evaluation_id", "=", evaluation.id), ("member_id", "=", member.id)]
        )
        if not known:
            known = self.create(
                {
                    "evaluation_id": evaluation.id,
                    "member_id": member.id,
                    "kind": kind,
                    "reason": reason,
                }
            )
        sheets = evaluation.sheet_ids.filtered(lambda sheet: sheet.member_id == member)
        sheets.write({"state": "voided"})
        return known
