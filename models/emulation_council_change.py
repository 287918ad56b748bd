from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date


class EmulationCouncilChange(models.Model):
    """The members of a council change (kiện toàn; R64).

    An event with its day, reason and amending decision. Seats that end keep their
    days; who comes gets a seat of their own, so that who sat when stays provable.
    """

    _name = "emulation.council.change"
    _inherit = ["emulation.workflow.mixin", "emulation.council.paper"]
    _description = "Change of a Council"
    _order = "date desc, id desc"

    council_id = fields.Many2one(
        "emulation.council",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('state', '=', 'in_force')]",
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True)
    date = fields.Date(
        string="In effect from",
        required=True,
        default=fields.Date.context_today,
        help="First day of the new seats; the others end the day before",
    )
    reason = fields.Char(required=True, help="As the decision and the list give it")
    decision_reference = fields.Char(
        string="Decision",
        help="Number and date; filled in by the signature of a decision drafted here",
    )
    line_ids = fields.One2many("emulation.council.change.line", "change_id", copy=True)
    state = fields.Selection(
        [("draft", "In preparation"), ("applied", "In effect"), ("dropped", "Dropped")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    can_apply = fields.Boolean(compute="_compute_can")

    @api.depends("council_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for change in self:
            day = format_date(self.env, change.date) if change.date else ""
            change.display_name = f"{change.council_id.name or ''} – {day}"

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for change in self:
            change.can_apply = change._can_move("applied")

    def write(self, vals):
        if vals.keys() - {"state"} and not self.env.su:
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        self._check_open()

    def _check_open(self):
        for change in self:
            if change.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(change)s” is in effect and stays on record. Make another "
                        "change instead.",
                        change=change.display_name,
                    )
                )

    # ACTIONS

    def action_apply(self):
        """Put the change in effect by a decision signed elsewhere, named here.

        :raises UserError: without a decision, or naming the seat that cannot change
        """
        self.write({"state": "applied"})

    def action_drop(self):
        """Drop a change that was not decided."""
        self.write({"state": "dropped"})

    # WORKFLOW

    def _transitions(self):
        return {"draft": {"applied", "dropped"}, "applied": set(), "dropped": set()}

    def _may_move(self, target):
        return self.env.user.has_group("emulation.group_emulation_movement")

    def _check_ready(self, target):
        if target != "applied":
            return
        lacking = None
        if not self.line_ids:
            lacking = self.env._("who comes and who leaves")
        elif not self.decision_reference:
            lacking = self.env._("the amending decision")
        if lacking:
            raise UserError(
                self.env._(
                    "“%(change)s” cannot take effect yet: enter %(lacking)s.",
                    change=self.display_name,
                    lacking=lacking,
                )
            )
        self._check_council_in_force()
        self.line_ids._check_never_sat_since(self.date)

    def _check_council_in_force(self):
        if self.council_id.state != "in_force":
            raise UserError(
                self.env._(
                    "“%(council)s” is not in office: correct its members directly.",
                    council=self.council_id.name,
                )
            )

    def _after_transition(self, source, target):
        if target == "applied":
            self.line_ids._check_not_oneself()
            self.sudo().line_ids._apply()
            self.council_id.sudo()._check_chair_on(self.date)

    # DECISION

    def _get_council(self):
        return self.council_id

    def _decision_subject(self):
        return f"Kiện toàn {self.council_id.name}"

    def _decision_basis(self):
        """Cite also the decision that set up the council."""
        lines = super()._decision_basis()
        founding = self.council_id.sudo().decision_reference
        own = f"Căn cứ Quyết định số {founding} về việc thành lập Hội đồng"
        return "\n".join(filter(None, (lines, own if founding else "")))

    def _document_body_template(self, kind):
        return "emulation.document_body_council_change"

    def _document_check_sign(self, document):
        result = super()._document_check_sign(document)
        if self.state != "draft" or not self.line_ids:
            raise UserError(
                self.env._(
                    "“%(change)s” is not to be decided: it is in effect, dropped, or "
                    "lists nobody.",
                    change=self.display_name,
                )
            )
        self._check_council_in_force()
        self.line_ids._check_never_sat_since(self.date)
        return result

    def _on_document_signed(self, document):
        change = self.sudo()
        change.decision_reference = self._refer_to(document)
        change.write({"state": "applied"})

    def _on_document_revoked(self, document):
        """What was decided has taken place: another change undoes it."""
        if self.state == "applied":
            raise UserError(
                self.env._(
                    "“%(change)s” is in effect: sessions may have been held by it. "
                    "Make another change of the council instead of revoking "
                    "“%(document)s”.",
                    change=self.display_name,
                    document=document.display_name,
                )
            )

    def _printed_date(self):
        """Return the first day of the new seats as papers write it."""
        return f"{self.date:%d/%m/%Y}"


class EmulationCouncilChangeLine(models.Model):
    """Somebody leaves, somebody comes, or one takes the other's place."""

    _name = "emulation.council.change.line"
    _description = "Change of a Seat"
    _order = "change_id, id"
    _rec_name = "user_id"

    change_id = fields.Many2one(
        "emulation.council.change", required=True, index=True, ondelete="cascade"
    )
    council_id = fields.Many2one(related="change_id.council_id")
    company_id = fields.Many2one(related="change_id.company_id", store=True)
    member_id = fields.Many2one(
        "emulation.council.member",
        string="Leaves",
        ondelete="restrict",
        domain="[('council_id', '=', council_id), ('date_end', '=', False)]",
    )
    user_id = fields.Many2one("res.users", string="Comes", ondelete="restrict")
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
    is_scoring = fields.Boolean(string="Scores", default=True)
    unit_id = fields.Many2one(
        "emulation.unit", string="Represents", ondelete="restrict"
    )
    seat_id = fields.Many2one(
        "emulation.council.seat",
        string="Seat of",
        ondelete="restrict",
        domain="[('council_id', '=', council_id)]",
    )
    new_member_id = fields.Many2one(
        "emulation.council.member", readonly=True, copy=False, ondelete="restrict"
    )

    @api.constrains("member_id", "user_id", "change_id")
    def _check_somebody(self):
        for line in self:
            if not (line.member_id or line.user_id):
                raise ValidationError(
                    self.env._("Say who leaves, who comes, or both, on every line.")
                )
            if line.member_id and line.member_id.council_id != line.council_id:
                raise ValidationError(
                    self.env._(
                        "“%(member)s” does not sit on “%(council)s”. Choose one of its "
                        "members.",
                        member=line.member_id.display_name,
                        council=line.council_id.name,
                    )
                )

    @api.onchange("member_id")
    def _onchange_member_id(self):
        """Who comes takes the role and the seat of who leaves, until changed."""
        left = self.member_id
        if left:
            self.role, self.is_scoring = left.role, left.is_scoring
            self.unit_id, self.seat_id = left.unit_id, left.seat_id

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._without_new_seat(vals) for vals in vals_list])
        lines.change_id._check_open()
        return lines

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self.change_id._check_open()
        result = super().write(self._without_new_seat(vals))
        # nor may it come to a change that is in effect
        self.change_id._check_open()
        return result

    def _without_new_seat(self, vals):
        """Leave out the seat that the change itself fills in once it is in effect."""
        if self.env.su:
            return vals
        # said to be empty: a context or a personal default fills in what is not
        return {**vals, "new_member_id": False}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        self.change_id._check_open()

    def _check_not_oneself(self):
        """Nobody puts a change of their own seat in effect."""
        for line in self:
            if self.env.user in (line.user_id | line.member_id.user_id):
                self.env["emulation.council.member"]._raise_own_seat(line.council_id)

    def _check_never_sat_since(self, day):
        """Who has sat in a session since ``day`` did sit: the change comes too late."""
        lines = self.env["emulation.session.attendance"].sudo()
        for member in self.member_id:
            sat = lines.search(
                [
                    ("member_id", "=", member.id),
                    ("session_id.state", "not in", ("planned", "cancelled")),
                    ("session_id.date", ">=", day),
                ],
                limit=1,
            )
            if sat:
                raise UserError(
                    self.env._(
                        "“%(member)s” sat in “%(session)s”: the seat cannot have ended "
                        "before. Let the change take effect after it.",
                        member=member.display_name,
                        session=sat.session_id.name,
                    )
                )

    def _apply(self):
        """End the seats of who leaves, then seat who comes."""
        for line in self.filtered("member_id"):
            change = line.change_id
            eve = fields.Date.subtract(change.date, days=1)
            line.member_id._end_on(eve, change.reason, change.decision_reference)
        for line in self.filtered("user_id"):
            line.new_member_id = self.env["emulation.council.member"].create(
                line._seat_values()
            )

    def _seat_values(self):
        return {
            "council_id": self.council_id.id,
            "user_id": self.user_id.id,
            "role": self.role,
            "is_scoring": self.is_scoring,
            "unit_id": self.unit_id.id,
            "seat_id": self.seat_id.id,
            "sequence": self.member_id.sequence or 10,
            "date_start": self.change_id.date,
            "start_reference": self.change_id.decision_reference,
        }

    def _printed_role(self):
        """Return the role of who comes as decisions print it (Vietnamese)."""
        return (
            self.env["emulation.council.member"]
            .new({"role": self.role})
            ._printed_role()
        )

    def _printed_post(self):
        """Return position and body of who comes, as far as they are known."""
        unit = self.unit_id.name or self.seat_id.name
        return ", ".join(filter(None, (self.user_id.partner_id.function, unit)))


class EmulationCouncil(models.Model):
    _inherit = "emulation.council"

    change_ids = fields.One2many("emulation.council.change", "council_id")
    change_count = fields.Integer(compute="_compute_change_count")

    @api.depends("change_ids")
    def _compute_change_count(self):
        for council in self:
            council.change_count = len(council.change_ids)

    def action_change_members(self):
        """Open the changes of this council, or a new one when there is none open."""
        self.ensure_one()
        draft = self.change_ids.filtered(lambda one: one.state == "draft")[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change of the council"),
            "res_model": "emulation.council.change",
            "res_id": draft.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_council_id": self.id},
        }

    def action_view_changes(self):
        """Open all changes of this council."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_council_change_action"
        )
        return {**action, "domain": [("council_id", "=", self.id)], "path": False}

    def _check_chair_on(self, day):
        """Refuse a change that leaves the council without its one chair."""
        for council in self:
            roles = council._get_members(day).mapped("role")
            if roles.count("chair") != 1:
                raise UserError(
                    self.env._(
                        "“%(council)s” would have no chair from %(day)s. Name the new "
                        "one in the same change.",
                        council=council.name,
                        day=format_date(self.env, day),
                    )
                )
