from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What an event is; frozen once it has been applied
CONTENTS = {
    "kind", "date", "sequence", "predecessor_ids", "line_ids", "new_name",
    "new_short_name", "new_parent_id", "new_managing_unit_id", "new_kind_id",
    "new_level_id", "company_id",
}  # fmt: skip


class EmulationUnitSuccession(models.Model):
    """One event in the life of units: merger, division, new name … (R10).

    Drafted with its date and legal text, previewed, then applied in one
    transaction; undone as long as nothing was built on it. Several events of one
    reform are applied together: what ends, ends first, so that a successor may
    take over the code of a unit that ends on the same day.
    """

    _name = "emulation.unit.succession"
    _inherit = ["emulation.workflow.mixin"]
    _description = "Reform of Units"
    _order = "date desc, sequence, id"
    _check_company_auto = True

    kind = fields.Selection(
        [
            ("merge", "Merger"),
            ("split", "Division"),
            ("rename", "Renaming"),
            ("transfer", "Transfer to another higher unit"),
            ("change", "Change of kind or level"),
            ("dissolve", "Dissolution"),
            ("found", "Foundation"),
        ],
        required=True,
        default="merge",
        index=True,
    )
    date = fields.Date(
        string="In force from",
        required=True,
        default=fields.Date.context_today,
        help="First day of the new state; what ends, ends on the day before",
    )
    sequence = fields.Integer(
        default=10, help="Order among the events of one day", copy=False
    )
    state = fields.Selection(
        [("draft", "Draft"), ("applied", "Applied"), ("undone", "Undone")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    predecessor_ids = fields.Many2many(
        "emulation.unit",
        "emulation_unit_succession_predecessor_rel",
        "succession_id",
        "unit_id",
        string="Units concerned",
        check_company=True,
        domain="[('is_ended', '=', False)]",
    )
    line_ids = fields.One2many(
        "emulation.unit.succession.line",
        "succession_id",
        string="Successors",
        copy=True,
    )
    successor_ids = fields.Many2many(
        "emulation.unit",
        string="Successor units",
        compute="_compute_successor_ids",
        search="_search_successor_ids",
    )
    before = fields.Char(compute="_compute_before_after")
    after = fields.Char(compute="_compute_before_after")
    legal_text = fields.Char(
        string="Legal text",
        help="Number, date and issuer, e.g. Nghị quyết số 1674/NQ-UBTVQH15",
    )
    note = fields.Text()
    new_name = fields.Char(string="New name")
    new_short_name = fields.Char(string="New short name")
    new_parent_id = fields.Many2one(
        "emulation.unit",
        string="New higher unit",
        check_company=True,
        domain="[('is_ended', '=', False)]",
    )
    new_managing_unit_id = fields.Many2one(
        "emulation.unit",
        string="New managing unit (sector)",
        check_company=True,
        domain="[('is_ended', '=', False)]",
    )
    new_kind_id = fields.Many2one("emulation.unit.kind", string="New kind")
    new_level_id = fields.Many2one("emulation.unit.level", string="New level")
    move_ids = fields.One2many(
        "emulation.unit.succession.move",
        "succession_id",
        string="Open records",
        copy=False,
        groups="emulation.group_emulation_movement",
    )
    move_count = fields.Integer(
        compute="_compute_summary", groups="emulation.group_emulation_movement"
    )
    summary = fields.Html(
        compute="_compute_summary", groups="emulation.group_emulation_movement"
    )
    former_values = fields.Json(readonly=True, copy=False)
    marks = fields.Json(readonly=True, copy=False)
    is_by_hand = fields.Boolean(readonly=True, copy=False)
    applied_user_id = fields.Many2one(
        "res.users", string="Applied by", readonly=True, copy=False
    )
    date_applied = fields.Datetime(string="Applied on", readonly=True, copy=False)
    undone_user_id = fields.Many2one(
        "res.users", string="Undone by", readonly=True, copy=False
    )
    date_undone = fields.Datetime(string="Undone on", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    bodies_left = fields.Char(
        string="Bodies that go on",
        compute="_compute_bodies_left",
        groups="emulation.group_emulation_movement",
        help="Front and government of a territory that ends, which no reform of that "
        "day concerns",
    )
    can_apply = fields.Boolean(compute="_compute_can")
    can_undo = fields.Boolean(compute="_compute_can")

    @api.depends("line_ids.unit_id")
    def _compute_successor_ids(self):
        for succession in self:
            succession.successor_ids = succession.line_ids.unit_id

    def _search_successor_ids(self, operator, value):
        return [("line_ids.unit_id", operator, value)]

    @api.depends(
        "kind", "state", "predecessor_ids", "line_ids.unit_id", "line_ids.name",
        "new_name", "new_parent_id", "new_kind_id", "new_level_id",
        "new_managing_unit_id", "former_values",
    )  # fmt: skip
    def _compute_before_after(self):
        for succession in self:
            former = succession.former_values or {}
            names = [values["name"] for values in former.values()]
            names = names or succession.predecessor_ids.mapped("name")
            succession.before = ", ".join(filter(None, names))
            new = (
                succession.new_name,
                succession.new_parent_id.name,
                succession.new_managing_unit_id.name,
                succession.new_kind_id.name,
                succession.new_level_id.name,
            )
            lines = (line.unit_id.name or line.name for line in succession.line_ids)
            succession.after = ", ".join(filter(None, (*lines, *new)))

    @api.depends("kind", "before", "after", "date")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for succession in self:
            sides = filter(None, (succession.before, succession.after))
            label = kinds.get(succession.kind, "")
            succession.display_name = f"{label}: {' → '.join(sides)}"

    @api.depends("move_ids.effect", "move_ids.res_model", "state")
    def _compute_summary(self):
        for succession in self:
            succession.move_count = len(succession.move_ids)
            succession.summary = succession.move_ids._render_summary()

    @api.depends("state", "kind", "date", "predecessor_ids")
    def _compute_bodies_left(self):
        """Find the bodies of ended territories that no event of the day concerns."""
        drafts = self.filtered(lambda one: one.state == "draft" and one._is_ending())
        territories = drafts.predecessor_ids._origin.filtered(
            lambda unit: unit.kind_id.code == "territory"
        )
        bodies = self.env["emulation.unit"]
        events = self.browse()
        if territories:
            bodies = bodies.search(
                [
                    ("parent_id", "in", territories.ids),
                    ("kind_id.code", "in", ("front", "government")),
                    ("date_end", "=", False),
                ]
            )
            events = self.search(
                [("predecessor_ids", "in", bodies.ids), ("state", "=", "draft")]
            )
        for succession in self:
            left = bodies.browse()
            if succession in drafts:
                day = succession.date
                same_day = events.filtered(lambda one, day=day: one.date == day)
                left = bodies.filtered(
                    lambda one, units=succession.predecessor_ids._origin: (
                        one.parent_id in units
                    )
                )
                left -= same_day.predecessor_ids | succession.predecessor_ids._origin
            succession.bodies_left = ", ".join(left.mapped("name")) or False

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for succession in self:
            succession.can_apply = succession._can_move("applied")
            succession.can_undo = succession._can_move("undone")

    def write(self, vals):
        self._check_contents(vals)
        moving = self.filtered(lambda event: event.state != vals.get("state"))
        result = super().write(vals)
        if vals.get("state") == "applied":
            moving._apply()
        elif vals.get("state") == "undone":
            moving._undo()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        for succession in self:
            by_hand = succession.is_by_hand and self.env.su
            if succession.state != "draft" and not by_hand:
                raise UserError(
                    self.env._(
                        "“%(event)s” has been applied and belongs to the history of "
                        "its units: it cannot be deleted.",
                        event=succession.display_name,
                    )
                )

    # ACTIONS

    def action_preview(self):
        """Show what will happen to every open record of the units that end.

        :return: the list of those records where several events are previewed at once,
            a notice where there are none
        """
        self.check_access("write")
        drafts = self.filtered(lambda event: event.state == "draft")
        for succession in drafts:
            succession._check_contents_complete()
        if drafts and not drafts.sudo()._plan_moves():
            return drafts._notify_nothing_moves()
        return drafts.action_view_moves() if len(drafts) > 1 else None

    def _notify_nothing_moves(self):
        """Return the notice of a preview that has nothing to show."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": self.env._("No open record moves"),
                "message": self.env._(
                    "%(events)s. A unit that goes on keeps all its records, and a "
                    "unit that ends here has none that is open.",
                    events="; ".join(self.mapped("display_name")),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_apply(self):
        """Apply the drafts among the events as one: all, or none if one cannot be.

        :return: a notice of those left as they are, if any
        :raises UserError: naming the event, what is wrong and the remedy
        """
        return self._move_together("draft", "applied")

    def action_undo(self):
        """Undo the applied ones among the events, as long as nothing was built on them.

        :return: a notice of those left as they are, if any
        :raises UserError: naming what was built on them since
        """
        return self._move_together("applied", "undone")

    def _move_together(self, source, target):
        """Move those in state ``source``; say which ones were in another state."""
        moving = self.filtered(lambda event: event.state == source)
        others = self - moving
        if not moving:
            # nothing to do: the workflow says why
            moving, others = self, self.browse()
        moving.write({"state": target})
        if not others:
            return None
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "sticky": True,
                "title": self.env._("Left as they are: %(count)d", count=len(others)),
                "message": "; ".join(
                    f"{event.display_name} ({event._state_label(event.state)})"
                    for event in others
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_view_moves(self):
        """Open the list of the records concerned, to decide case by case."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_unit_succession_move_action"
        )
        return {**action, "domain": [("succession_id", "in", self.ids)]}

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {
            "former_values", "marks", "is_by_hand", "applied_user_id",
            "date_applied", "undone_user_id", "date_undone",
        }  # fmt: skip

    def _transitions(self):
        return {"draft": {"applied"}, "applied": {"undone"}, "undone": set()}

    def _may_move(self, target):
        return self.env.user.has_group("emulation.group_emulation_manager")

    def _check_ready(self, target):
        if target == "applied":
            self._check_contents_complete()
            self._check_legal_text()
            self._check_day_reached()

    def _check_contents(self, vals):
        """Refuse a change to what has been applied."""
        if not CONTENTS & vals.keys() or self.env.su:
            return
        for succession in self:
            if succession.state != "draft":
                raise AccessError(
                    self.env._(
                        "“%(event)s” is %(state)s and stays as it is. Undo it and "
                        "enter it anew; the legal text and the note can be corrected.",
                        event=succession.display_name,
                        state=succession._state_label(succession.state).lower(),
                    )
                )

    @api.model
    def _ending_kinds(self):
        """Return the kinds of events by which the units concerned end."""
        return ("merge", "split", "dissolve")

    def _is_ending(self):
        self.ensure_one()
        return self.kind in self._ending_kinds()
