from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import text

# What a ceremony is, fixed once it was held or cancelled
GIVEN = {
    "name", "unit_id", "year", "date", "place", "movement_id", "review_text",
    "programme", "company_id",
}  # fmt: skip


class EmulationCeremony(models.Model):
    """The yearly honouring of one unit: who is called up, in which order (R34, R45).

    Held with the review of the movement at the end of the year, on every level. It
    honours those whose award is decided, and introduces initiatives that are
    recognised (lễ tôn vinh “Sáng tạo Việt”, R90).
    """

    _name = "emulation.ceremony"
    _inherit = ["emulation.workflow.mixin", "emulation.unit.mixin", "mail.thread"]
    _description = "Honouring Ceremony"
    _order = "date desc, id desc"

    name = fields.Char(required=True, tracking=True)
    unit_id = fields.Many2one(string="Held by", tracking=True)
    level_id = fields.Many2one(
        related="unit_id.level_id", store=True, string="Level of the ceremony"
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
        help="The year whose achievements are honoured",
    )
    date = fields.Datetime(string="Begins at", required=True, tracking=True)
    place = fields.Char(
        string="Venue", required=True, help="As printed on the invitation"
    )
    movement_id = fields.Many2one(
        "emulation.movement", index="btree_not_null", ondelete="restrict"
    )
    review_text = fields.Text(
        string="Review of the year",
        help="What the movement has reached in the year, printed with the invitation",
    )
    programme = fields.Text(
        string="Order of the ceremony", help="A line for each item, printed as a list"
    )
    line_ids = fields.One2many(
        "emulation.ceremony.line", "ceremony_id", string="Honoured", copy=False
    )
    line_count = fields.Integer(string="Number honoured", compute="_compute_counts")
    present_count = fields.Integer(string="Present", compute="_compute_counts")
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    cancel_reason = fields.Text(
        string="Reason of the cancellation",
        copy=False,
        help="Told to the units whose people were to be honoured",
    )
    can_hold = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _year_makes_sense = models.Constraint(
        "CHECK (year BETWEEN 1990 AND 2200)", "Enter the year with four digits."
    )

    @api.depends("name", "year")
    def _compute_display_name(self):
        for ceremony in self:
            ceremony.display_name = ceremony.name or str(ceremony.year or "")

    @api.depends("line_ids.attendance")
    def _compute_counts(self):
        groups = self.env["emulation.ceremony.line"]._read_group(
            [("ceremony_id", "in", self.ids)],
            ["ceremony_id", "attendance"],
            ["__count"],
        )
        counts = {}
        for ceremony, attendance, count in groups:
            counts.setdefault(ceremony.id, {})[attendance] = count
        for ceremony in self:
            mine = counts.get(ceremony._origin.id, {})
            ceremony.line_count = sum(mine.values())
            ceremony.present_count = mine.get("present", 0)

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for ceremony in self:
            ceremony.can_hold = ceremony._can_move("held")
            ceremony.can_cancel = ceremony._can_move("cancelled")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._tidy(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._tidy(vals)
        if GIVEN & vals.keys() and not self.env.su:
            self._check_planned()
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy is for the year after."""
        copies = super().copy_data(default)
        for ceremony, vals in zip(self, copies, strict=True):
            if "year" not in (default or {}):
                vals["year"] = ceremony.year + 1
                vals["date"] = fields.Date.add(ceremony.date, years=1)
        return copies

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned(self):
        self._check_planned()
        if any(paper.state != "draft" for paper in self.sudo().document_ids):
            raise UserError(
                self.env._(
                    "“%(ceremony)s” has invited people and stays on record. Cancel it "
                    "instead.",
                    ceremony=self[:1].name,
                )
            )

    @api.model
    def _tidy(self, vals):
        for name in ("name", "place"):
            if vals.get(name):
                vals[name] = text.clean(vals[name])

    # ACTIONS

    def action_fill(self):
        """Put on the list whoever has an award of this year and level to receive."""
        for ceremony in self:
            ceremony._check_preparing()
            awards = self.env["emulation.nomination"].search(
                ceremony._get_candidate_domain(), order="award_id, recipient_name, id"
            )
            last = max(ceremony.line_ids.mapped("sequence"), default=0)
            self.env["emulation.ceremony.line"].create(
                [
                    {
                        "ceremony_id": ceremony.id,
                        "nomination_id": one.id,
                        "sequence": last + 10 * number,
                    }
                    for number, one in enumerate(awards, start=1)
                ]
            )

    def action_hold(self):
        """Record that the ceremony was held, with who was there.

        :raises UserError: before its day, without anybody honoured, or where an
            award on its list does not stand
        """
        self.write({"state": "held"})

    def action_cancel(self):
        """Cancel a ceremony that was planned.

        :raises UserError: without a reason
        """
        self.write({"state": "cancelled"})

    # WORKFLOW

    def _transitions(self):
        return {"planned": {"held", "cancelled"}, "held": set(), "cancelled": set()}

    def _may_move(self, target):
        return self._may_prepare()

    def _check_ready(self, target):
        if target == "cancelled" and not (self.cancel_reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why “%(ceremony)s” is cancelled: the units are told.",
                    ceremony=self.name,
                )
            )
        if target == "held":
            self._check_holdable()
        return super()._check_ready(target)

    def _check_holdable(self):
        if self.date > fields.Datetime.now():
            raise UserError(
                self.env._(
                    "“%(ceremony)s” begins on %(day)s, which is yet to come. Record it "
                    "after that, or correct its date.",
                    ceremony=self.name,
                    day=format_date(self.env, self._get_day()),
                )
            )
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "“%(ceremony)s” honours nobody: its list is empty.",
                    ceremony=self.name,
                )
            )
        unsaid = self.line_ids.filtered(lambda line: line.attendance == "unknown")
        if unsaid:
            raise UserError(
                self.env._(
                    "Say of each of those honoured at “%(ceremony)s” whether they "
                    "came: %(names)s.",
                    ceremony=self.name,
                    names=", ".join(unsaid[:5].mapped("name")),
                )
            )
        self.line_ids._check_standing()

    # BUSINESS

    def _may_prepare(self):
        """Return whether the user prepares the ceremonies of this unit."""
        user = self.env.user
        if user.has_group("emulation.group_emulation_movement"):
            return True
        officer = user.has_group("emulation.group_emulation_officer")
        unit = self.sudo().unit_id
        return officer and bool(unit) and unit._is_acting(user)

    def _check_preparing(self):
        self._check_planned()
        for ceremony in self:
            if not ceremony._may_prepare():
                ceremony.check_access("write")

    def _check_planned(self):
        for ceremony in self:
            if ceremony.state != "planned":
                raise UserError(
                    self.env._(
                        "“%(ceremony)s” is in the state “%(state)s” and stays as it "
                        "is. Plan another one.",
                        ceremony=ceremony.name,
                        state=ceremony._state_label(ceremony.state),
                    )
                )

    def _get_moment(self):
        """Return when it begins, by the clock of the user or else of the company."""
        self.ensure_one()
        zones = (self.env.context.get("tz"), self.env.user.tz)
        zone = next(filter(None, (*zones, self.env.company.partner_id.tz)), "UTC")
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), self.date)

    def _get_day(self):
        """Return the day on which it is held (a date)."""
        return self._get_moment().date()

    def _get_candidate_domain(self):
        """Return the domain of the awards of this year, place and level.

        The Front and the government honour those of their territory, any other unit
        its own; each on its own level, the province also what the centre has given.
        """
        unit = self.sudo().unit_id
        root = unit
        if unit.kind_id.code in ("front", "government"):
            root = unit._get_territories().get(unit.id, unit)
        # by the law of the matter, not by what the user may read of it
        there = Domain("unit_id", "any!", Domain("level_id", "=", unit.level_id.id))
        level = Domain("document_id", "any!", there)
        if unit.level_id.code == "province":
            level |= Domain("document_id", "=", False)
        return (
            Domain("state", "=", "conferred")
            & Domain("year", "=", self.year)
            & Domain("unit_path", "=like", f"{root.parent_path}%")
            & level
            & Domain("ceremony_line_ids", "not any!", Domain("is_living", "=", True))
        )

    @api.model
    def _succession_open_domain(self, day):
        return [("state", "=", "planned")]

    def _get_closing_day(self):
        self.ensure_one()
        return self.state == "held" and self._get_day()
