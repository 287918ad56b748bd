from odoo import api, fields, models
from odoo.fields import Domain

LEVELS = [
    ("excluded", "Takes no part"),
    ("chair", "The chair decides"),
    ("noted", "Noted"),
]
# Levels that take the sheet, the vote and the sight of the dossier away; what the
# chair has not yet decided counts as a conflict until then.
EXCLUDING = ("excluded", "chair")
# Kinds that a member tells; the others are found, or laid down by the chair
DECLARED = ("kinship", "interest", "declared")


class EmulationConflict(models.Model):
    """One ground why a member may be partial about a dossier (invariants 3, 17).

    Found by the system, declared by the member or laid down by the chair. What a
    ground means is said by the regulation (``level``); the chair's ruling on it is
    pinned and survives every new search. Several grounds of one member add up: one
    that excludes is enough.
    """

    _name = "emulation.conflict"
    _description = "Conflict of Interest"
    _order = "evaluation_id, member_id, id"
    _rec_name = "member_id"

    evaluation_id = fields.Many2one(
        "emulation.evaluation", required=True, index=True, ondelete="cascade"
    )
    session_id = fields.Many2one(
        related="evaluation_id.session_id", store=True, index="btree_not_null"
    )
    member_id = fields.Many2one(
        "emulation.council.member", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        related="member_id.user_id", string="User", store=True, index=True
    )
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("author", "Is an author"),
            ("kinship", "Kinship (declared)"),
            ("interest", "Another interest (declared)"),
            ("declared", "Declared by the member"),
            ("coauthor", "Wrote with an author"),
            ("unit", "Same unit"),
            ("line", "Direct line above or below"),
            ("handling", "Handled the dossier"),
            ("pinned", "Laid down by the chair"),
        ],
        string="Ground",
        required=True,
        default="declared",
    )
    level = fields.Selection(
        LEVELS, string="Consequence", required=True, default="excluded", index=True
    )
    reason = fields.Char(help="In the member's own words, where it was declared")
    date = fields.Date(required=True, default=fields.Date.context_today)
    ruling = fields.Selection(
        [("conflict", "In conflict"), ("clear", "Not in conflict")],
        readonly=True,
        help="The chair's decision; it stays whatever the system finds later",
    )
    ruling_reason = fields.Char(string="Reason of the ruling", readonly=True)
    ruling_user_id = fields.Many2one("res.users", string="Ruled by", readonly=True)
    date_ruled = fields.Datetime(string="Ruled on", readonly=True)

    _ground_unique = models.UniqueIndex(
        "(evaluation_id, member_id, kind)",
        "This member's conflict is already recorded for this dossier.",
    )

    @api.depends("member_id", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for conflict in self:
            member = conflict.sudo().user_id.name or ""
            conflict.display_name = f"{member} – {kinds.get(conflict.kind, '')}"

    @api.model
    def _get_excluding_domain(self, user):
        """Return the domain of the conflicts that keep ``user`` from a dossier."""
        return Domain("user_id", "=", user.id) & Domain("level", "in", EXCLUDING)

    def _excludes(self):
        """Return the conflicts that keep their member from the dossier."""
        return self.filtered(lambda one: one.level in EXCLUDING)

    @api.model
    def _declare(self, evaluation, member, kind, reason=None):
        """Record a ground once, and let it take effect on the member's sheet.

        What a member declares again is weighed again: an earlier ruling on it was
        made before the member said so.

        :return: the conflict
        """
        known = self.search(
            [
                ("evaluation_id", "=", evaluation.id),
                ("member_id", "=", member.id),
                ("kind", "=", kind),
            ]
        )
        level = evaluation._get_conflict_level(kind)
        if not known:
            known = self.create(
                {
                    "evaluation_id": evaluation.id,
                    "member_id": member.id,
                    "kind": kind,
                    "level": level,
                    "reason": reason,
                }
            )
        elif kind in DECLARED and known.ruling != "conflict":
            known.write({"level": level, "reason": reason, "ruling": False})
        evaluation._apply_conflicts()
        return known

    def _printed_grounds(self):
        """Return the grounds of one pair as the minutes name them (Vietnamese)."""
        return "; ".join(dict.fromkeys(one._printed_ground() for one in self))

    def _printed_ground(self):
        self.ensure_one()
        told = self.reason or self.ruling_reason or "có lợi ích liên quan"
        found = {
            "author": "là tác giả",
            "coauthor": "là đồng tác giả với tác giả",
            "unit": "cùng đơn vị",
            "line": "đơn vị cấp trên, cấp dưới trực tiếp",
            "handling": "đã xử lý hồ sơ",
        }
        return found.get(self.kind, told)
