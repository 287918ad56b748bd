from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, ormcache


class EmulationRound(models.Model):
    """A round in which initiatives are collected and appraised (đợt xét; R44, R56).

    The round fixes the rules for all its dossiers: kinds and fields accepted,
    checklist, rubric and council regulation.
    """

    _name = "emulation.round"
    _inherit = [
        "emulation.workflow.mixin",
        "emulation.unit.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Appraisal Round"
    _order = "year desc, date_close desc, id desc"

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(required=True, copy=False)
    active = fields.Boolean(default=True)
    unit_id = fields.Many2one(string="Organiser", tracking=True)
    movement_id = fields.Many2one(
        "emulation.movement", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("annual", "Annual round"),
            ("contest", "Contest"),
            ("standing", "Standing intake"),
        ],
        required=True,
        default="annual",
        tracking=True,
        help="A contest has an edition, age groups and a jury; a standing intake "
        "needs no deadline",
    )
    year = fields.Integer(
        required=True, default=lambda self: fields.Date.context_today(self).year
    )
    date_open = fields.Date()
    date_close = fields.Date()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("announced", "Announced"),
            ("open", "Open"),
            ("closed", "Closed"),
            ("done", "Finished"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        index=True,
    )
    kind_ids = fields.Many2many(
        "emulation.initiative.kind",
        string="Kinds accepted",
        required=True,
    )
    field_ids = fields.Many2many(
        "emulation.field",
        string="Fields accepted",
        help="Leave empty to accept every field; a field includes its sub-fields",
    )
    rubric_id = fields.Many2one(
        "emulation.rubric",
        required=True,
        ondelete="restrict",
        domain="[('purpose', '=', 'initiative'), ('state', '=', 'in_force')]",
    )
    regulation_id = fields.Many2one(
        "emulation.regulation",
        required=True,
        ondelete="restrict",
        domain="[('state', '=', 'in_force')]",
    )
    description = fields.Html(string="Guidance for units")
    basis_ids = fields.Many2many(
        "emulation.legal.text",
        string="Legal texts",
        compute="_compute_basis_ids",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        help="Decisions of this round cite those in force on the day of the session; "
        "taken from the movement",
    )
    basis = fields.Text(
        string="Further basis",
        help="What is not in the register of legal texts, one a line, as it is to be "
        "printed after “Căn cứ”",
    )
    initiative_ids = fields.One2many(
        "emulation.initiative",
        "round_id",
        groups="emulation.group_emulation_officer,emulation.group_emulation_council,"
        "emulation.group_emulation_leader",
    )
    initiative_count = fields.Integer(compute="_compute_initiative_count")
    can_open = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_finish = fields.Boolean(compute="_compute_can")

    _code_unique = models.UniqueIndex(
        "(code, company_id)", "Another round already has this code."
    )
    _date_order = models.Constraint(
        "CHECK (date_close >= date_open)",
        "A round cannot close before it opens. Correct one of the two dates.",
    )

    @api.depends("movement_id")
    def _compute_basis_ids(self):
        for rnd in self:
            rnd.basis_ids = rnd.basis_ids or rnd.movement_id.basis_ids

    def _compute_initiative_count(self):
        """Count the dossiers the current user may see: none for some who see rounds."""
        Initiative = self.env["emulation.initiative"]
        counts = {}
        if Initiative.has_access("read"):
            mine = [("round_id", "in", self.ids)]
            counts = dict(Initiative._read_group(mine, ["round_id"], ["__count"]))
        for rnd in self:
            rnd.initiative_count = counts.get(rnd, 0)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for rnd in self:
            # what is announced opens by the clock
            rnd.can_open = rnd.state != "announced" and rnd._can_move("open")
            rnd.can_close = rnd._can_move("closed")
            rnd.can_finish = rnd._can_move("done")

    @api.constrains("year")
    def _check_year(self):
        for rnd in self:
            if not 1945 <= rnd.year <= 2200:
                raise ValidationError(
                    self.env._(
                        "The year %(year)s of the round “%(round)s” cannot be right. "
                        "Enter it with four digits.",
                        year=rnd.year,
                        round=rnd.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_initiatives(self):
        for rnd in self:
            if rnd.initiative_count:
                raise UserError(
                    self.env._(
                        "The round “%(round)s” holds %(count)s dossiers and cannot be "
                        "deleted. Close it instead.",
                        round=rnd.name,
                        count=rnd.initiative_count,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if {"kind_ids", "field_ids"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    # ACTIONS

    def action_open(self):
        """Open the round to the units (R56), or announce it until its first day."""
        now = fields.Datetime.now()
        for rnd in self:
            early = rnd.state == "draft" and rnd.datetime_open > now
            rnd.write({"state": "announced" if early else "open"})

    def action_close(self):
        """Stop taking dossiers; what was handed in goes on."""
        self.write({"state": "closed"})

    def action_finish(self):
        """Finish the round once its dossiers are decided."""
        self.write({"state": "done"})

    def action_view_initiatives(self):
        """Open the dossiers of this round."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_initiative_action"
        )
        return {
            **action,
            "domain": [("round_id", "=", self.id)],
            "context": {"default_round_id": self.id},
        }

    # WORKFLOW

    def _transitions(self):
        return {
            "draft": {"announced", "open"},
            "announced": {"open", "closed"},
            "open": {"closed"},
            "closed": {"open", "done"},
            "done": set(),
        }

    def _may_move(self, target):
        reopening = self.state == "closed" and target == "open"
        return self.env.user.has_group(
            "emulation.group_emulation_manager"
            if reopening
            else "emulation.group_emulation_movement"
        )

    def _check_ready(self, target):
        if target in ("announced", "open"):
            self._check_open()

    def _check_open(self):
        now = fields.Datetime.now()
        if self.state == "announced" and self.datetime_open > now:
            raise UserError(
                self.env._(
                    "The round “%(round)s” is announced for %(day)s and opens by "
                    "itself. Set an earlier first day to open it sooner.",
                    round=self.name,
                    day=format_date(self.env, self.date_open),
                )
            )
        if self.datetime_close and self.datetime_close <= now:
            raise UserError(
                self.env._(
                    "The deadline of the round “%(round)s” has passed. Set a later "
                    "deadline before you open it.",
                    round=self.name,
                )
            )
        for law in self._get_laws():
            if law.state != "in_force":
                raise UserError(
                    self.env._(
                        "“%(law)s” is not in force. Put it in force, or choose "
                        "another one, before you open the round “%(round)s”.",
                        law=law.display_name,
                        round=self.name,
                    )
                )

    # BUSINESS

    def _get_laws(self):
        """Return the laws that must be in force to open this round."""
        self.ensure_one()
        return [self.rubric_id, self.regulation_id]

    def _accepts_kind(self, kind):
        """Return whether a dossier of ``kind`` is accepted by this round."""
        self.ensure_one()
        kind_ids, _field_ids = self._get_accepted()
        return kind.id in kind_ids

    def _accepts_field(self, field):
        """Return whether a dossier in ``field`` is accepted by this round."""
        self.ensure_one()
        _kind_ids, field_ids = self._get_accepted()
        if not field_ids:
            return True
        return bool(field.filtered_domain([("id", "child_of", field_ids)]))

    @ormcache("self.id")
    def _get_accepted(self):
        """Return the ids of the kinds and of the fields of a round that is stored.

        Each form of a dossier asks, and rounds seldom change.
        """
        rnd = self.sudo().with_context(active_test=False)
        return rnd.kind_ids._ids, rnd.field_ids._ids
