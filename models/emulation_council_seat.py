from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain


class EmulationCouncilSeatTemplate(models.Model):
    """A seat that the plan names for the councils of a level (R40)."""

    _name = "emulation.council.seat.template"
    _description = "Seat Named by the Plan"
    _order = "level_id, sequence, id"

    name = fields.Char(
        string="Body represented",
        required=True,
        help="Who is represented, as decisions print it",
    )
    level_id = fields.Many2one(
        "emulation.unit.level",
        required=True,
        index=True,
        ondelete="restrict",
        help="Level of the councils that have this seat",
    )
    kind_id = fields.Many2one(
        "emulation.unit.kind",
        string="Set up by",
        ondelete="restrict",
        help="Only councils set up by units of this kind; empty for all of the level",
    )
    number = fields.Integer(
        string="Members", default=1, help="How many members the body sends at least"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _number_positive = models.Constraint(
        "CHECK (number > 0)", "A seat is for at least one member. Enter 1 or more."
    )


class EmulationCouncilSeat(models.Model):
    """A seat to fill on one council: the body it is for, and how many it sends."""

    _name = "emulation.council.seat"
    _description = "Seat to Fill"
    _order = "council_id, sequence, id"

    council_id = fields.Many2one(
        "emulation.council", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True)
    name = fields.Char(string="Body represented", required=True)
    unit_id = fields.Many2one(
        "emulation.unit",
        string="Unit",
        index="btree_not_null",
        ondelete="restrict",
        help="Members who represent this unit take this seat by themselves",
    )
    number = fields.Integer(string="Members", default=1)
    sequence = fields.Integer(default=10)
    member_ids = fields.One2many("emulation.council.member", "seat_id", readonly=True)
    filled_count = fields.Integer(string="Filled", compute="_compute_filled_count")
    is_vacant = fields.Boolean(
        string="Vacant", compute="_compute_filled_count", search="_search_is_vacant"
    )
    vacant_since = fields.Date(
        compute="_compute_filled_count", help="Day after the last member left"
    )
    last_reason = fields.Char(
        string="Why", compute="_compute_filled_count", help="Why the last member left"
    )

    _number_positive = models.Constraint(
        "CHECK (number > 0)", "A seat is for at least one member. Enter 1 or more."
    )

    @api.model_create_multi
    def create(self, vals_list):
        seats = super().create(vals_list)
        seats.council_id.member_ids._take_seats()
        return seats

    def write(self, vals):
        result = super().write(vals)
        if "unit_id" in vals:
            self.council_id.member_ids._take_seats()
        return result

    @api.depends("number", "member_ids.date_start", "member_ids.date_end")
    def _compute_filled_count(self):
        today = fields.Date.context_today(self)
        for seat in self:
            members = seat.sudo().member_ids
            sitting = members.filtered(lambda one: one._sits_on(today))
            seat.filled_count = len(sitting)
            seat.is_vacant = len(sitting) < seat.number
            left = (members - sitting).filtered("date_end").sorted("date_end")
            last = left[-1:] if seat.is_vacant else left.browse()
            seat.vacant_since = last and fields.Date.add(last.date_end, days=1)
            seat.last_reason = last.end_reason

    def _search_is_vacant(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        sitting = Domain("seat_id", "!=", False)
        for name, sign in (("date_start", "<="), ("date_end", ">=")):
            sitting &= Domain(name, "=", False) | Domain(name, sign, today)
        groups = (
            self.env["emulation.council.member"]
            .sudo()
            ._read_group(sitting, ["seat_id"], ["__count"])
        )
        counts = {seat.id: count for seat, count in groups}
        full = [
            seat.id
            for seat in self.sudo().browse(counts).exists()
            if counts[seat.id] >= seat.number
        ]
        domain = Domain("id", "not in", full)
        return domain if True in value else ~domain


class EmulationCouncil(models.Model):
    """A council knows which of its seats are still to be filled."""

    _inherit = "emulation.council"

    seat_ids = fields.One2many(
        "emulation.council.seat", "council_id", string="Seats to fill", copy=True
    )
    vacancy_text = fields.Text(compute="_compute_vacancy_text")

    @api.depends("seat_ids.number", "member_ids.seat_id", "member_ids.date_end")
    @api.depends_context("lang")
    def _compute_vacancy_text(self):
        for council in self:
            vacant = council.seat_ids.filtered("is_vacant")
            names = [
                f"{seat.name} ({seat.filled_count}/{seat.number})" for seat in vacant
            ]
            council.vacancy_text = "; ".join(names)

    @api.model_create_multi
    def create(self, vals_list):
        councils = super().create(vals_list)
        for council in councils.filtered(lambda one: not one.seat_ids):
            council._take_seats_of_level()
        councils.member_ids._take_seats()
        return councils

    def _take_seats_of_level(self):
        """Copy the seats that the plan names for councils of this level (R40)."""
        templates = self.env["emulation.council.seat.template"].search(
            [
                ("level_id", "=", self.unit_id.level_id.id),
                ("kind_id", "in", (False, self.unit_id.kind_id.id)),
            ]
        )
        self.seat_ids = [
            Command.create(
                {"name": one.name, "number": one.number, "sequence": one.sequence}
            )
            for one in templates
        ]

    def action_view_vacant_seats(self):
        """Open the vacant seats of this council."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_council_seat_action"
        )
        return {
            **action,
            "domain": [("council_id", "=", self.id), ("is_vacant", "=", True)],
            "path": False,
        }


class EmulationCouncilMember(models.Model):
    _inherit = "emulation.council.member"

    seat_id = fields.Many2one(
        "emulation.council.seat",
        string="Seat of",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="Which of the seats to fill this member takes",
    )

    @api.constrains("seat_id", "council_id")
    def _check_seat(self):
        for member in self:
            if member.seat_id and member.seat_id.council_id != member.council_id:
                raise ValidationError(
                    self.env._(
                        "The seat “%(seat)s” belongs to another council than "
                        "“%(member)s” sits on. Choose one of its own seats.",
                        seat=member.seat_id.name,
                        member=member.user_id.name,
                    )
                )

    @api.onchange("unit_id")
    def _onchange_unit_id(self):
        """Propose the seat that is for this unit."""
        self.seat_id = self._get_seat_of_unit() or self.seat_id

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._take_seats()
        return members

    def write(self, vals):
        result = super().write(vals)
        if "unit_id" in vals and "seat_id" not in vals:
            self._take_seats()
        return result

    def _take_seats(self):
        """Take the seat that is for the unit represented, where there is one."""
        for member in self.filtered(lambda one: not one.seat_id):
            seat = member._get_seat_of_unit()
            if seat:
                member.seat_id = seat

    def _get_seat_of_unit(self):
        unit = self.unit_id
        seats = self.council_id.seat_ids
        return seats.filtered(lambda seat: unit and seat.unit_id == unit)[:1]
