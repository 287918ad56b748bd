from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# What makes a seat the one that somebody held
SEAT_FIELDS = {"council_id", "user_id", "role", "is_scoring"}


class EmulationCouncilMember(models.Model):
    """A seat on a council, with its role, the body it represents and its dates."""

    _name = "emulation.council.member"
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
            ("member", "Ordinary member"),
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
        help="The body this seat represents",
    )
    expertise_ids = fields.Many2many("emulation.field")
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="Until")

    _member_unique = models.UniqueIndex(
        "(council_id, user_id) WHERE date_end IS NULL",
        "This person already sits on the council. Change the existing line.",
    )

    @api.constrains("user_id", "is_scoring")
    def _check_user_group(self):
        for member in self:
            user = member.user_id
            if not user.has_group("emulation.group_emulation_council"):
                raise ValidationError(
                    self.env._(
                        "“%(user)s” cannot score yet: give this user the role "
                        "“Council member” in the settings first.",
                        user=user.name,
                    )
                )
            prepares = user.has_group("emulation.group_emulation_movement")
            if member.is_scoring and prepares:
                raise ValidationError(
                    self.env._(
                        "“%(user)s” is a movement officer: whoever prepares the "
                        "dossiers does not score them. Switch off “Scores”, or take "
                        "away one of the two roles.",
                        user=user.name,
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

    @api.constrains("council_id", "user_id", "date_start", "date_end")
    def _check_one_seat(self):
        """One person, one seat on a day: two seats would be two votes.

        Nor by a second account of the same person (invariant 17).
        """
        for member in self:
            others = member.council_id.member_ids - member
            others = others.filtered(lambda one, seat=member: seat._overlaps(one))
            if member.user_id in others.user_id or member._is_same_person(
                others.sudo().user_id.partner_id
            ):
                raise ValidationError(
                    self.env._(
                        "“%(user)s” would hold two seats on “%(council)s” at the "
                        "same time. End the first seat before the second begins.",
                        user=member.user_id.name,
                        council=member.council_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # a seat ended in the same save must not stand in the way of the next one
        self.flush_model(["date_end"])
        members = super().create(vals_list)
        members._check_not_self()
        members._find_conflicts()
        return members

    def write(self, vals):
        if vals.keys() & SEAT_FIELDS:
            self._check_never_sat()
        self._check_not_self()
        result = super().write(vals)
        self._check_not_self()
        if vals.keys() & {"user_id", "unit_id", "date_start", "date_end"}:
            self._find_conflicts()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_seated(self):
        self._check_never_sat()

    def _check_not_self(self):
        """Nobody seats themselves, or changes their own seat."""
        for member in self:
            if member.user_id == self.env.user and not self.env.su:
                self._raise_own_seat(member.council_id)

    @api.model
    def _raise_own_seat(self, council):
        raise AccessError(
            self.env._(
                "Your own seat on “%(council)s” is entered by somebody else.",
                council=council.name,
            )
        )

    def _check_never_sat(self):
        """Who sat in which role stays provable, and sheets stay with their members."""
        if self.env.su:
            return
        lines = self.env["emulation.session.attendance"].sudo()
        line = lines.search(
            [
                ("member_id", "in", self.ids),
                ("session_id.state", "not in", ("planned", "cancelled")),
            ],
            limit=1,
        )
        if line:
            raise UserError(
                self.env._(
                    "“%(user)s” has sat in “%(session)s”: this seat stays as it was. "
                    "Enter the day it ends, and add a new line.",
                    user=line.member_id.user_id.name,
                    session=line.session_id.name,
                )
            )

    def _find_conflicts(self):
        """Search the conflicts of a new member in the sessions under way."""
        sessions = self.env["emulation.session"].sudo()
        under_way = sessions.search(
            [
                ("council_id", "in", self.council_id.ids),
                ("state", "in", ("planned", "scoring", "closed")),
            ]
        )
        for session in under_way:
            session.evaluation_ids._find_conflicts(session)

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
