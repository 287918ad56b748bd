from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

# Of a draft whose opinions are being collected, only this may still be written.
WHILE_ASKED = {"opinion_ids", "opinion_summary", "date_opinions_due"}


class EmulationMovement(models.Model):
    """Whether the criteria of this movement need opinions and an approval (R73)."""

    _inherit = "emulation.movement"

    asks_opinions = fields.Boolean(
        string="Criteria need opinions and approval",
        help="Rubrics of this movement are put in force only after units gave their "
        "opinions and a decision approved them",
    )


class EmulationRubric(models.Model):
    """A draft of criteria goes to units for opinions, then to approval (R73).

    Who was asked, until when, who agreed and with what words stays with the version.
    """

    _inherit = "emulation.rubric"

    movement_id = fields.Many2one(
        "emulation.movement",
        index="btree_not_null",
        ondelete="restrict",
        help="The movement whose criteria these are; it says whether they need "
        "opinions and an approval",
    )
    opinion_state = fields.Selection(
        [("open", "Collecting opinions"), ("closed", "Opinions collected")],
        string="Opinions",
        readonly=True,
        copy=False,
    )
    date_opinions_due = fields.Date(string="Opinions until", copy=False)
    opinion_ids = fields.One2many(
        "emulation.rubric.opinion",
        "rubric_id",
        string="Units asked",
        copy=False,
        groups="emulation.group_emulation_officer",
    )
    opinion_text = fields.Char(
        string="Answers", compute="_compute_opinion_text", compute_sudo=True
    )
    opinion_summary = fields.Text(
        string="Summary of the opinions",
        copy=False,
        help="What the units said, what was taken up and why the rest was not",
    )
    approval_reference = fields.Char(
        string="Approved by",
        copy=False,
        help="Number of the decision that approved the criteria",
    )
    date_approved = fields.Date(string="Approved on", copy=False)

    _approval_dated = models.Constraint(
        "CHECK (COALESCE(approval_reference, '') = '' OR date_approved IS NOT NULL)",
        "Enter the date of the decision that approved the criteria.",
    )

    @api.depends("opinion_ids.stance")
    @api.depends_context("lang")
    def _compute_opinion_text(self):
        for rubric in self:
            lines = rubric.opinion_ids
            given = lines.filtered("stance")
            rubric.opinion_text = bool(lines) and self.env._(
                "%(given)s of %(asked)s units answered: %(agree)s agree, %(changes)s "
                "agree with changes, %(disagree)s disagree",
                given=len(given),
                asked=len(lines),
                agree=len(given.filtered(lambda one: one.stance == "agree")),
                changes=len(given.filtered(lambda one: one.stance == "changes")),
                disagree=len(given.filtered(lambda one: one.stance == "disagree")),
            )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"opinion_state"}

    # ACTIONS

    def action_send_for_opinions(self):
        """Send the draft to the units asked; until the end it does not change.

        :raises UserError: without units or a day, or for what is no draft
        """
        for rubric in self:
            rubric._check_opinion_step(False, "closed")
            if not rubric.sudo().opinion_ids or not rubric.date_opinions_due:
                raise UserError(
                    self.env._(
                        "Say which units are asked about “%(rubric)s”, and until when.",
                        rubric=rubric.display_name,
                    )
                )
            if rubric.date_opinions_due < fields.Date.context_today(self):
                raise UserError(
                    self.env._(
                        "Opinions on “%(rubric)s” cannot be asked for until "
                        "%(day)s: that day is over. Enter a later one.",
                        rubric=rubric.display_name,
                        day=format_date(self.env, rubric.date_opinions_due),
                    )
                )
            faults = rubric._get_draft_faults()
            if faults:
                raise UserError(
                    self.env._(
                        "“%(rubric)s” is not ready to be sent:\n%(faults)s",
                        rubric=rubric.display_name,
                        faults="\n".join(f"- {fault}" for fault in faults),
                    )
                )
            rubric.sudo().opinion_state = "open"
            rubric.sudo().opinion_ids._tell_units()

    def action_close_opinions(self):
        """End the collection; the draft may then be worked over and approved.

        :raises UserError: without a summary of what was said
        """
        for rubric in self:
            rubric._check_opinion_step("open")
            if not rubric.opinion_summary:
                raise UserError(
                    self.env._(
                        "Write the summary of the opinions on “%(rubric)s” first.",
                        rubric=rubric.display_name,
                    )
                )
            rubric.sudo().opinion_state = "closed"

    # BUSINESS

    def _check_opinion_step(self, *states):
        self.check_access("write")
        if self.state != "draft" or self.opinion_state not in states:
            raise UserError(
                self.env._(
                    "This cannot be done with “%(rubric)s” now. Reload the page.",
                    rubric=self.display_name,
                )
            )

    def _get_faults(self):
        return super()._get_faults() + self._get_approval_faults()

    def _get_draft_faults(self):
        """Return what is wrong with the criteria themselves."""
        approval = self._get_approval_faults()
        return [fault for fault in self._get_faults() if fault not in approval]

    def _get_approval_faults(self):
        """Return what the movement still asks for: opinions, summary, approval."""
        faults = []
        if self.opinion_state == "open":
            faults.append(
                self.env._("Opinions are still being collected. Close them first.")
            )
        if self.movement_id.asks_opinions:
            if not self.opinion_state:
                faults.append(
                    self.env._(
                        "The movement asks for opinions of units on its criteria."
                    )
                )
            if not self.approval_reference:
                faults.append(
                    self.env._(
                        "The movement asks for an approval. Enter the decision that "
                        "approved the criteria."
                    )
                )
        return faults

    def _get_writable(self):
        writable = super()._get_writable()
        if any(rubric.opinion_state == "open" for rubric in self):
            writable |= WHILE_ASKED | {"opinion_state"}
        return writable

    def _check_editable(self):
        result = super()._check_editable()
        for rubric in self:
            if rubric.opinion_state == "open":
                raise UserError(
                    self.env._(
                        "Units are giving their opinions on “%(rubric)s”: it does not "
                        "change meanwhile. Close the collection first.",
                        rubric=rubric.display_name,
                    )
                )
        return result


class EmulationRubricOpinion(models.Model):
    """What one unit says to a draft of criteria (ý kiến góp ý)."""

    _name = "emulation.rubric.opinion"
    _description = "Opinion on Criteria"
    _inherit = ["emulation.unit.mixin"]
    _order = "rubric_id, id"
    _rec_name = "unit_id"

    rubric_id = fields.Many2one(
        "emulation.rubric", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one(default=None)
    date_due = fields.Date(related="rubric_id.date_opinions_due", string="Until")
    criterion_ids = fields.One2many(related="rubric_id.criterion_ids")
    grade_ids = fields.One2many(related="rubric_id.grade_ids")
    stance = fields.Selection(
        [
            ("agree", "Agrees"),
            ("changes", "Agrees with changes"),
            ("disagree", "Disagrees"),
        ]
    )
    text = fields.Text(string="Opinion")
    user_id = fields.Many2one("res.users", string="Given by", readonly=True)
    date = fields.Date(string="Given on", readonly=True)
    can_answer = fields.Boolean(compute="_compute_can_answer")

    _unit_unique = models.UniqueIndex(
        "(rubric_id, unit_id)", "This unit is already asked about these criteria."
    )

    @api.depends("rubric_id.opinion_state", "unit_id")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for opinion in self:
            is_open = opinion.rubric_id.opinion_state == "open"
            opinion.can_answer = is_open and opinion.in_scope

    @api.model_create_multi
    def create(self, vals_list):
        opinions = super().create(vals_list)
        for opinion in opinions:
            if not self.env.su and (opinion.stance or opinion.text):
                raise AccessError(
                    self.env._("The opinion of a unit is given by the unit itself.")
                )
        opinions._check_asked()
        late = opinions.filtered(lambda one: one.rubric_id.opinion_state == "open")
        late.sudo()._tell_units()
        return opinions

    def write(self, vals):
        given = {"stance", "text"} & vals.keys()
        if not self.env.su:
            if vals.keys() - {"stance", "text"}:
                raise AccessError(
                    self.env._("A unit that is asked gives its opinion, nothing else.")
                )
            self._check_can_answer()
        if given:
            vals = {
                **vals,
                "user_id": self.env.user.id,
                "date": fields.Date.context_today(self),
            }
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        if any(self.mapped("stance")):
            raise UserError(
                self.env._("An opinion that was given stays with the draft.")
            )
        self._check_asked()

    def action_answer(self):
        """Give the opinion of the unit; it can be changed until the end.

        :raises UserError: without a stance, or without words where there are objections
        """
        for opinion in self:
            opinion._check_can_answer()
            if not opinion.stance or (opinion.stance != "agree" and not opinion.text):
                raise UserError(
                    self.env._(
                        "Say whether “%(unit)s” agrees, and what should change if it "
                        "does not.",
                        unit=opinion.unit_id.name,
                    )
                )
        return self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_rubric_opinion_action"
        )

    def _check_can_answer(self):
        today = fields.Date.context_today(self)
        for opinion in self:
            rubric = opinion.rubric_id
            if not opinion.in_scope:
                raise AccessError(
                    self.env._(
                        "The opinion of “%(unit)s” is given by its own officers.",
                        unit=opinion.unit_id.name,
                    )
                )
            due = rubric.date_opinions_due
            if rubric.opinion_state != "open" or (due and due < today):
                raise UserError(
                    self.env._(
                        "Opinions on “%(rubric)s” are not collected any more. Write to "
                        "who asked for them.",
                        rubric=rubric.display_name,
                    )
                )

    @api.model
    def _succession_open_domain(self, day):
        return Domain("rubric_id.opinion_state", "=", "open")

    def _check_asked(self):
        """Units are added and removed before the draft is sent."""
        for rubric in self.rubric_id:
            if not self.env.su and rubric.state != "draft":
                rubric._check_editable()

    def _tell_units(self):
        """Write to the officers of the units that are asked."""
        today = fields.Date.context_today(self)
        for opinion in self.filtered(lambda one: not one.stance):
            officers = opinion.unit_id.officer_ids.filtered(
                lambda line: line._is_current(today)
            )
            if not officers:
                continue
            self.env["mail.thread"].message_notify(
                partner_ids=officers.user_id.partner_id.ids,
                subject=self.env._(
                    "Your opinion is asked: “%(rubric)s”", rubric=opinion.rubric_id.name
                ),
                body=self.env._(
                    "Please give the opinion of “%(unit)s” on the draft “%(rubric)s” "
                    "by %(day)s.",
                    unit=opinion.unit_id.name,
                    rubric=opinion.rubric_id.name,
                    day=format_date(self.env, opinion.rubric_id.date_opinions_due),
                ),
            )
