from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class EmulationCouncilMember(models.Model):
    """A seat on a council, with its role, the body it represents and its dates."""

    _name = "emulation.council.member"
    _inherit = ["emulation.succession.mixin"]
    _description = "Council Member"
    _order = "council_id, sequence, id"
    _rec_name = "user_id"

    council_id = fields.Many2one(
        "emulation.council", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one(
        "res.users", string="Member", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(
        [
            ("chair", "Chair"),
            ("vice", "Vice chair"),
            ("secretary", "Secretary"),
            ("member", "Member"),
        ],
        required=True,
        default="member",
    )
    is_scoring = fields.Boolean(
        string="Scores",
        default=True,
        help="Off for a secretary who only keeps the papers: not counted in the "
        "quorum and given no sheets",
    )
    unit_id = fields.Many2one(
        "emulation.unit",
        string="Represents",
        ondelete="restrict",
        help="The body this seat represents (R40)",
    )
    expertise_ids = fields.Many2many("emulation.field")
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="Until")

    _member_unique = models.UniqueIndex(
        "(council_id, user_id) WHERE date_end IS NULL",
        "This person already sits on the council. Change the existing line.",
    )

    @api.constrains("user_id")
    def _check_user_group(self):
        for member in self:
            if not member.user_id.has_group("emulation.group_emulation_council"):
                raise ValidationError(
                    self.env._(
                        "“%(user)s” cannot score yet: give this user the role "
                        "“Council member” in the settings first.",
                        user=member.user_id.name,
                    )
                )

    @api.constrains("council_id", "role", "date_start", "date_end")
    def _check_one_chair(self):
        """One chair per council and date (invariant 9)."""
        for council in self.council_id:
            chairs = council.member_ids.filtered(lambda one: one.role == "chair")
            for chair in chairs:
                if any(chair._overlaps(other) for other in chairs - chair):
                    raise ValidationError(
                        self.env._(
                            "The council “%(council)s” would have two chairs at the "
                            "same time. End the seat of the first one before.",
                            council=council.name,
                        )
                    )

    # REFORM OF THE BODY REPRESENTED

    @api.model
    def _succession_open_domain(self, day):
        return Domain("council_id.state", "in", ("draft", "in_force")) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        )

    def _succession_effect(self, succession):
        # The seat was the ended body's; the council's founder names another
        return "end"

    def _succession_name(self):
        return f"{self.user_id.name} ({self.council_id.name})"

    def _succession_mark(self, move):
        return {
            **super()._succession_mark(move),
            "date_end": str(self.date_end or ""),
        }

    @api.model
    def _succession_apply(self, moves):
        for move in moves:
            member = self.browse(move.res_id)
            eve = fields.Date.subtract(move.succession_id.date, days=1)
            move.former_values = {"date_end": str(member.date_end or "")}
            member.date_end = max(eve, member.date_start or eve)

    @api.model
    def _succession_undo(self, moves):
        for move in moves:
            former = (move.former_values or {}).get("date_end")
            self.browse(move.res_id).date_end = former or False

    def _sits_on(self, day):
        """Return whether the seat is held on ``day`` (a date)."""
        self.ensure_one()
        begun = not self.date_start or self.date_start <= day
        return begun and (not self.date_end or self.date_end >= day)

    def _overlaps(self, other):
        """Return whether two seats are held on a common day."""
        low, high = fields.Date.to_date("1900-01-01"), fields.Date.to_date("2999-12-31")
        begins = max(self.date_start or low, other.date_start or low)
        ends = min(self.date_end or high, other.date_end or high)
        return begins <= ends

    def _is_same_person(self, partners):
        """Return whether the member is one of ``partners``, whatever the accounts.

        The same contact, e-mail or telephone, or the same name with the same birth
        date (invariant 17): a second account must not hide an author.
        """
        self.ensure_one()
        return self.sudo().user_id.partner_id._emulation_is_one_of(partners)
