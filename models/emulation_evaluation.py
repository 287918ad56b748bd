from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import scoring


class EmulationEvaluation(models.Model):
    """The appraisal of one initiative in one round (hồ sơ xét; R43–R45).

    It carries eligibility and progress only. Results lie in ``emulation.verdict``,
    which nobody but the session's secretariat can read before publication, so
    that no search, grouping or ordering of evaluations can leak them.
    """

    _name = "emulation.evaluation"
    _inherit = ["emulation.workflow.mixin", "emulation.unit.mixin"]
    _description = "Appraisal of an Initiative"
    _order = "sequence, id"
    _rec_name = "initiative_id"
    _rec_names_search = ["initiative_id.search_text"]

    initiative_id = fields.Many2one(
        "emulation.initiative", required=True, index=True, ondelete="restrict"
    )
    round_id = fields.Many2one(
        "emulation.round", required=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(
        compute="_compute_unit_id", store=True, precompute=True, default=None
    )
    sequence = fields.Integer(default=10)
    field_id = fields.Many2one(related="initiative_id.field_id", store=True)
    theme_id = fields.Many2one(related="initiative_id.theme_id", store=True)
    kind_id = fields.Many2one(related="initiative_id.kind_id", store=True)
    author_names = fields.Char(related="initiative_id.author_names")
    author_ids = fields.One2many(related="initiative_id.author_ids")
    problem = fields.Text(related="initiative_id.problem")
    solution = fields.Text(related="initiative_id.solution")
    novelty = fields.Text(related="initiative_id.novelty")
    applicability = fields.Text(related="initiative_id.applicability")
    benefit = fields.Text(related="initiative_id.benefit")
    date_applied = fields.Date(related="initiative_id.date_applied")
    attachment_ids = fields.Many2many(related="initiative_id.attachment_ids")
    state = fields.Selection(
        [
            ("received", "To examine"),
            ("returned", "Returned to complete"),
            ("eligible", "Eligible"),
            ("ineligible", "Not eligible"),
            ("scheduled", "On an agenda"),
            ("scoring", "Being scored"),
            ("scored", "Scored"),
            ("decided", "Decided"),
            ("withdrawn", "Withdrawn"),
        ],
        default="received",
        required=True,
        copy=False,
        index=True,
        group_expand=True,
    )
    check_ids = fields.One2many(
        "emulation.evaluation.check",
        "evaluation_id",
        groups="emulation.group_emulation_officer",
    )
    checks_done = fields.Char(
        compute="_compute_checks_done", compute_sudo=True, string="Checklist"
    )
    examined_user_id = fields.Many2one("res.users", string="Examined by", readonly=True)
    date_examined = fields.Date(string="Examined on", readonly=True)
    refusal_reason = fields.Text(readonly=True)
    session_id = fields.Many2one(
        "emulation.session", index="btree_not_null", ondelete="restrict", readonly=True
    )
    sheet_ids = fields.One2many(
        "emulation.scoresheet",
        "evaluation_id",
        groups="emulation.group_emulation_council",
    )
    conflict_ids = fields.One2many(
        "emulation.conflict",
        "evaluation_id",
        groups="emulation.group_emulation_council,emulation.group_emulation_movement",
    )
    verdict_ids = fields.One2many(
        "emulation.verdict",
        "evaluation_id",
        # what a reopening gave up is none, whoever asks for archived records
        context={"active_test": True},
    )
    verdict_id = fields.Many2one(
        "emulation.verdict", string="Result", compute="_compute_verdict_id"
    )
    is_mine = fields.Boolean(
        string="Mine to appraise",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="On the agenda of a council the user sits on, and no conflict",
    )
    can_examine = fields.Boolean(compute="_compute_can")

    _initiative_round_unique = models.UniqueIndex(
        "(initiative_id, round_id) WHERE state != 'decided'",
        "This initiative is already being appraised in this round.",
    )

    @api.depends("initiative_id.unit_id")
    def _compute_unit_id(self):
        for evaluation in self:
            # what is decided stays with the unit in which it happened
            if evaluation.state != "decided" or not evaluation.unit_id:
                evaluation.unit_id = evaluation.sudo().initiative_id.unit_id

    @api.depends("check_ids.result")
    def _compute_checks_done(self):
        for evaluation in self:
            checks = evaluation.check_ids
            done = checks.filtered("result")
            evaluation.checks_done = f"{len(done)}/{len(checks)}"

    @api.depends("verdict_ids")
    def _compute_verdict_id(self):
        for evaluation in self:
            evaluation.verdict_id = evaluation.verdict_ids[:1]

    @api.depends(
        "session_id.council_id.member_ids.user_id",
        "session_id.council_id.member_ids.date_start",
        "session_id.council_id.member_ids.date_end",
        "conflict_ids.level",
    )
    @api.depends_context("uid")
    def _compute_is_mine(self):
        # asked of the database: a reader's cache lacks conflicts the reader may not see
        mine = self.sudo().search(
            Domain("id", "in", self.ids) & self._get_mine_domain()
        )
        for evaluation in self:
            evaluation.is_mine = evaluation in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_mine_domain()
        return domain if True in value else ~domain

    def _get_mine_domain(self):
        """Return the domain of what the current user may read as council member."""
        user = self.env.user
        seats = self.env["emulation.session"]._get_seat_domain(user)
        council = Domain("member_ids", "any!", seats)
        session = Domain("council_id", "any!", council)
        excluding = self.env["emulation.conflict"]._get_excluding_domain(user)
        conflict = Domain("conflict_ids", "any!", excluding)
        return Domain("session_id", "any!", session) & ~conflict

    @api.depends("state", "initiative_id.author_ids")
    @api.depends_context("uid")
    def _compute_can(self):
        for evaluation in self:
            evaluation.can_examine = evaluation._can_move("eligible")

    # ACTIONS

    def action_check_all(self):
        """Mark every open point of the checklist as fulfilled."""
        for evaluation in self:
            evaluation.check_ids.filtered(lambda check: not check.result).write(
                {"result": "ok"}
            )

    def action_mark_eligible(self):
        """Declare the dossiers eligible (R44: nghiệm thu).

        :raises UserError: naming the points of the checklist not fulfilled
        """
        for evaluation in self:
            evaluation.write({"state": "eligible"})

    def action_refuse(self):
        """Open the dialog that returns the dossier or declares it not eligible."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not eligible as it stands"),
            "res_model": "emulation.initiative.return",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_initiative_ids": self.initiative_id.ids,
                "default_is_examination": True,
            },
        }

    def action_open_next(self):
        """Open the next dossier to examine in the same round."""
        self.ensure_one()
        following = self.search(
            [
                ("round_id", "=", self.round_id.id),
                ("state", "=", "received"),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if not following:
            return self.env["ir.actions.act_window"]._for_xml_id(
                "emulation.emulation_evaluation_action"
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": following.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {
            "initiative_id", "round_id", "session_id", "examined_user_id",
            "date_examined", "refusal_reason", "company_id",
        }  # fmt: skip

    def _transitions(self):
        return {
            "received": {"eligible", "ineligible", "returned", "withdrawn"},
            "returned": {"received", "withdrawn"},
            "eligible": {"scheduled", "received", "withdrawn"},
            "ineligible": {"received"},
            "scheduled": {"scoring", "eligible"},
            "scoring": {"scored", "eligible"},
            "scored": {"decided"},
            "decided": {"scored"},
            "withdrawn": {"received"},
        }

    def _may_move(self, target):
        if self.state == "received" and target in ("eligible", "ineligible"):
            return self.initiative_id._may_examine()
        # the other moves follow from the dossier, a session or a signature
        return False

    def _check_ready(self, target):
        if target == "eligible" and self.state == "received":
            self._check_checklist()

    def _check_checklist(self):
        failing = self.check_ids.filtered(
            lambda check: check.is_mandatory and check.result not in ("ok", "na")
        )
        if failing:
            raise UserError(
                self.env._(
                    "“%(dossier)s” is not eligible yet. Points not fulfilled:\n"
                    "%(points)s\nTick them, or return the dossier to be completed.",
                    dossier=self.display_name,
                    points="\n".join(f"- {check.name}" for check in failing),
                )
            )

    def _check_examinable(self):
        """Refuse answers to the checklist once examined, or by one of the authors."""
        if not self._can_move("eligible"):
            raise UserError(
                self.env._(
                    "The checklist of “%(dossier)s” cannot be changed: the dossier is "
                    "already examined, or it is your own.",
                    dossier=self.display_name,
                )
            )

    def _after_transition(self, source, target):
        if source == "received" and target in ("eligible", "ineligible"):
            self.sudo().write(
                {
                    "examined_user_id": self.env.user.id,
                    "date_examined": fields.Date.context_today(self),
                }
            )
            self.sudo().initiative_id.write({"state": target})
        elif target == "eligible" and source in ("scheduled", "scoring"):
            self.sudo()._leave_appraisal()

    # BUSINESS

    @api.model
    def _receive(self, initiatives):
        """Open, or open again, the appraisal of endorsed ``initiatives``."""
        known = self.search(
            [
                ("initiative_id", "in", initiatives.ids),
                ("round_id", "in", initiatives.round_id.ids),
                # what was decided stays: returned, it comes back as another line
                ("state", "!=", "decided"),
            ]
        ).filtered(lambda one: one.round_id == one.initiative_id.round_id)
        known.write({"state": "received", "refusal_reason": False})
        return known | self.create(
            [
                self._received_values(initiative)
                for initiative in initiatives - known.initiative_id
            ]
        )

    @api.model
    def _received_values(self, initiative):
        return {
            "initiative_id": initiative.id,
            "round_id": initiative.round_id.id,
        }

    def _schedule(self, session):
        """Put the dossiers on the agenda of ``session`` (a planned one)."""
        if session.state != "planned":
            raise UserError(
                self.env._(
                    "The agenda of “%(session)s” is closed: scoring has begun. Choose "
                    "a planned session.",
                    session=session.name,
                )
            )
        for evaluation in self:
            evaluation.write({"state": "scheduled", "session_id": session.id})
        self._enter_appraisal()
        session._check_agenda_round()
        self._find_conflicts(session)

    def _enter_appraisal(self):
        """Let the dossiers follow that they are on an agenda."""
        for evaluation in self:
            evaluation.initiative_id.write({"state": "in_appraisal"})

    def _leave_appraisal(self):
        """Let the dossiers follow that they wait for another agenda."""
        for evaluation in self:
            evaluation.initiative_id.write({"state": "eligible"})

    def _leave_agenda(self):
        """Take the dossiers off their agenda, with the sheets handed out for it."""
        self.sheet_ids.unlink()
        self.write({"state": "eligible"})
        self.write({"session_id": False})

    def _open_scoring(self):
        """Hand out one empty sheet per scoring member not in conflict."""
        for session in self.session_id:
            self.filtered(lambda one, s=session: one.session_id == s)._find_conflicts(
                session
            )
        self.write({"state": "scoring"})
        self._hand_out()

    def _get_open_sheets(self):
        """Return the sheets on these dossiers that are not handed in."""
        return self.env["emulation.scoresheet"].search(
            [("evaluation_id", "in", self.ids), ("state", "=", "draft")]
        )

    def _compute_result(self, rules, sheets):
        """Return the ``scoring.Result`` of ``sheets`` handed in, under ``rules``.

        :param sheets: list of ``scoring.Sheet``
        :raises UserError: where fewer are valid than the regulation asks for
        """
        self.ensure_one()
        result = scoring.evaluate(sheets, rules)
        if result.score is None:
            raise UserError(
                self.env._(
                    "“%(dossier)s” has %(count)s valid score sheets, the regulation "
                    "asks for %(needed)s. Have more members score it, or defer it.",
                    dossier=self.display_name,
                    count=len(result.valid_sheets),
                    needed=rules.min_valid_sheets,
                )
            )
        return result


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    evaluation_ids = fields.One2many(
        "emulation.evaluation",
        "initiative_id",
        groups="emulation.group_emulation_officer,emulation.group_emulation_council,"
        "emulation.group_emulation_leader,emulation.group_emulation_data",
    )

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        evaluations = self.sudo().evaluation_ids
        current = evaluations.filtered(
            lambda one: one.round_id == self.round_id and one.state != "decided"
        )
        if target == "returned" and source == "endorsed":
            current.write({"state": "returned"})
        elif target == "withdrawn" and current:
            current.write({"state": "withdrawn"})
        return result

    def _after_transitions(self, sources, target):
        if target == "endorsed":
            self.env["emulation.evaluation"].sudo()._receive(self.sudo())
        return super()._after_transitions(sources, target)
