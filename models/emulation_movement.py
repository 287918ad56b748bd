from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

TRANSITIONS = {"draft": ("running",), "running": ("closed",), "closed": ("running",)}


class EmulationMovement(models.Model):
    """An emulation movement or a campaign (phong trào, cuộc vận động; R3, R28).

    Movements hang on one another: the province's on the centre's, whose project it
    carries out. A movement without an end runs on ("những năm tiếp theo").
    """

    _name = "emulation.movement"
    _inherit = ["mail.thread", "emulation.succession.mixin"]
    _description = "Movement"
    _parent_name = "parent_id"
    _order = "sequence, date_start, id"
    _rec_names_search = ["code", "short_name", "name", "aliases"]
    _check_company_auto = True
    _succession_fields = ("standing_unit_id",)

    name = fields.Char(
        required=True,
        tracking=True,
        help="Full name as it stands in the plan that launched it",
    )
    short_name = fields.Char(
        string="Short name", help="As it is said and printed in short"
    )
    aliases = fields.Char(
        string="Also called",
        help="Other names people search for, separated by commas",
    )
    code = fields.Char(
        required=True, tracking=True, copy=False, help="Short code, e.g. DKST"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("movement", "Emulation movement"), ("campaign", "Campaign")],
        required=True,
        default="movement",
        tracking=True,
        help="A movement (phong trào thi đua) or a campaign (cuộc vận động)",
    )
    parent_id = fields.Many2one(
        "emulation.movement",
        string="Part of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The movement of the level above that this one carries out",
    )
    child_ids = fields.One2many(
        "emulation.movement", "parent_id", string="Movements of lower levels"
    )
    linked_ids = fields.Many2many(
        "emulation.movement",
        "emulation_movement_link_rel",
        "movement_id",
        "linked_id",
        string="Carried out together with",
        check_company=True,
        help="Campaigns and movements that this one is tied to (gắn kết)",
    )
    level_id = fields.Many2one(
        "emulation.unit.level",
        ondelete="restrict",
        help="The level of administration that launched it",
    )
    standing_unit_id = fields.Many2one(
        "emulation.unit",
        string="Standing agency",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        help="The unit that follows the movement and receives its reports",
    )
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company
    )
    date_start = fields.Date(string="Launched on", tracking=True)
    date_end = fields.Date(
        string="Ended on", tracking=True, help="Empty while no end is set"
    )
    basis_ids = fields.Many2many(
        "emulation.legal.text",
        string="Legal basis",
        check_company=True,
        help="The texts it rests on; rounds take them over",
    )
    phase_ids = fields.One2many(
        "emulation.movement.phase", "movement_id", string="Phases"
    )
    slogan = fields.Char()
    description = fields.Html(help="Aims, contents and phases in the plan's own words")
    state = fields.Selection(
        [("draft", "In preparation"), ("running", "Running"), ("closed", "Ended")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    can_start = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "Another movement already has this code. Give this one a code of its own.",
    )
    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A movement cannot end before it began. Correct one of the two dates.",
    )

    @api.depends("name", "short_name")
    def _compute_display_name(self):
        for movement in self:
            movement.display_name = movement.short_name or movement.name

    @api.depends("state", "date_start", "child_ids.state")
    @api.depends_context("uid")
    def _compute_can(self):
        for movement in self:
            movement.can_start = movement.state == "draft" and not movement._judge(
                "running"
            )
            movement.can_close = not movement._judge("closed")
            movement.can_reopen = movement.state == "closed" and not movement._judge(
                "running"
            )

    @api.constrains("parent_id")
    def _check_parent_id(self):
        for movement in self:
            if movement._has_cycle():
                raise ValidationError(
                    self.env._(
                        "“%(movement)s” cannot be part of itself or of one of its own "
                        "lower movements. Choose another one.",
                        movement=movement.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        movements = super().create(vals_list)
        # by whatever way it was set: the values, a context, a personal default
        for movement in movements.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "“%(movement)s” is new: create it in preparation, then launch it.",
                    movement=movement.name,
                )
            )
        return movements

    def write(self, vals):
        if "state" in vals:
            for movement in self.filtered(lambda m: m.state != vals["state"]):
                error = movement._judge(vals["state"])
                if error:
                    raise error
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        for movement in self.filtered(lambda m: m.state != "draft"):
            raise UserError(
                self.env._(
                    "“%(movement)s” has been launched and stays on record. Close it "
                    "instead of deleting it.",
                    movement=movement.display_name,
                )
            )

    @api.model
    def _succession_open_domain(self, day):
        return Domain("state", "!=", "closed")

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_start(self):
        """Launch the movements (phát động): draft → running (R3).

        Raises UserError naming what is missing, AccessError without the right.
        """
        self.state = "running"

    def action_close(self):
        """Close the movements: running → closed; ends today if no end is set.

        Raises UserError while a movement of a lower level still runs.
        """
        self.state = "closed"
        today = fields.Date.context_today(self)
        self.filtered(lambda m: not m.date_end).date_end = today
        for phase in self.phase_ids.filtered("can_close"):
            phase._close(min(today, phase.date_end or today))

    def action_reopen(self):
        """Reopen closed movements without an end date: managers only."""
        closed = self.filtered(lambda m: m.state == "closed")
        self.state = "running"
        closed.date_end = False

    def _judge(self, target):
        """Return the error that forbids the change of state, or None.

        The one judge: buttons, imports and remote calls all come here.
        """
        self.ensure_one()
        values = {"movement": self.display_name}
        if not self.env.su and not self.has_access("write"):
            return AccessError(
                self.env._(
                    "Only a movement officer may launch or close “%(movement)s”. Ask "
                    "the standing agency.",
                    **values,
                )
            )
        if target not in TRANSITIONS[self.state]:
            return UserError(
                self.env._(
                    "“%(movement)s” cannot take this step from its present state. "
                    "Reload the page to see how it stands.",
                    **values,
                )
            )
        if self.state == "closed":
            return self._judge_reopen(values)
        if target == "running":
            return self._judge_start(values)
        return self._judge_close(values)

    def _judge_start(self, values):
        if self.date_start:
            return None
        return UserError(
            self.env._(
                "“%(movement)s” needs the day it was launched before it can run.",
                **values,
            )
        )

    def _judge_close(self, values):
        running = self.child_ids.filtered(lambda child: child.state == "running")
        if not running:
            return None
        return UserError(
            self.env._(
                "“%(movement)s” cannot be closed while “%(child)s” still runs. Close "
                "that one first.",
                child=running[:1].display_name,
                **values,
            )
        )

    def _judge_reopen(self, values):
        if self.env.su or self.env.user.has_group("emulation.group_emulation_manager"):
            return None
        return AccessError(
            self.env._(
                "Only a movement manager may reopen “%(movement)s”. Ask one to do it.",
                **values,
            )
        )
