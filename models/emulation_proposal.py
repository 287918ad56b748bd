from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What a proposal is about, until its paper is signed
GIVEN = {
    "name", "award_id", "year", "unit_id", "decider_unit_id", "addressee", "company_id",
}  # fmt: skip
# What has to be that of every nomination on the list
SHARED = {"award_id", "year", "decider_unit_id"}


class EmulationProposal(models.Model):
    """Nominations for one award that go together to who decides (R45, R59).

    Two papers: the proposal (tờ trình) with its list, and the decision that confers
    all of them. What goes to the centre has the first one only.
    """

    _name = "emulation.proposal"
    _inherit = ["emulation.workflow.mixin", "emulation.unit.mixin", "mail.thread"]
    _description = "Proposal for Awards"
    _order = "year desc, id desc"

    name = fields.Char(
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    award_id = fields.Many2one(
        "emulation.award", required=True, index=True, ondelete="restrict"
    )
    track = fields.Selection(related="award_id.track", store=True)
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
    )
    unit_id = fields.Many2one(string="Proposing unit", tracking=True)
    decider_unit_id = fields.Many2one(
        "emulation.unit",
        string="Decided by",
        ondelete="restrict",
        compute="_compute_decider_unit_id",
        store=True,
        readonly=False,
        help="The unit whose head signs the decision; of the level of the award",
    )
    is_decided_elsewhere = fields.Boolean(related="award_id.is_decided_elsewhere")
    addressee = fields.Char(
        help="To whom the proposal goes, where that body is no unit here, e.g. the "
        "central council"
    )
    nomination_ids = fields.One2many(
        "emulation.nomination", "proposal_id", string="Nominations"
    )
    nomination_count = fields.Integer(compute="_compute_counts")
    currency_id = fields.Many2one(related="award_id.currency_id")
    amount_total = fields.Monetary(string="In all", compute="_compute_counts")
    missing_money = fields.Text(
        string="Before the decision", compute="_compute_missing_money"
    )
    state = fields.Selection(
        [
            ("draft", "Being prepared"),
            ("proposed", "Put to the decider"),
            ("decided", "Decided"),
            ("revoked", "Decision revoked"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    date_proposed = fields.Date(string="Proposed on", readonly=True, copy=False)
    date_decided = fields.Date(string="Decided on", readonly=True, copy=False)
    can_prepare = fields.Boolean(compute="_compute_can_prepare")

    @api.depends("award_id", "year")
    def _compute_name(self):
        for proposal in self:
            award = proposal.award_id
            fresh = award and f"{award.printed_name} – {proposal.year}"
            proposal.name = proposal.name or fresh

    @api.depends("award_id", "unit_id")
    def _compute_decider_unit_id(self):
        for proposal in self:
            proposal.decider_unit_id = proposal._find_decider()

    @api.depends("nomination_ids.amount")
    def _compute_counts(self):
        for proposal in self:
            proposal.nomination_count = len(proposal.nomination_ids)
            proposal.amount_total = sum(proposal.nomination_ids.mapped("amount"))

    @api.depends(
        "state", "nomination_ids.award_id", "nomination_ids.prize_id",
        "nomination_ids.recipient_kind_id",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_missing_money(self):
        """Tell while there is time what would hold up the decision."""
        today = fields.Date.context_today(self)
        for proposal in self:
            alike = {}
            if proposal.state in ("draft", "proposed"):
                for one in proposal.nomination_ids:
                    key = (one.award_id, one.prize_id, one.recipient_kind_id)
                    alike.setdefault(key, one)
            told = [one.sudo()._find_money_problem(today) for one in alike.values()]
            proposal.missing_money = "\n".join(dict.fromkeys(filter(None, told)))

    @api.depends("state", "track")
    @api.depends_context("uid")
    def _compute_can_prepare(self):
        for proposal in self:
            proposal.can_prepare = proposal._may_prepare()

    def write(self, vals):
        if GIVEN & vals.keys() and not self.env.su:
            self._check_draft()
        result = super().write(vals)
        if SHARED & vals.keys() and not self.env.su:
            # rules judge a list as it was
            self.check_access("write")
            self.nomination_ids._check_listed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self._check_draft()
        papers = self.sudo().document_ids
        papers.filtered(lambda paper: paper.state == "draft").unlink()

    # ACTIONS

    def action_fill(self):
        """Put every nomination that waits for this award and year on the list."""
        for proposal in self:
            proposal._check_preparing()
            waiting = self.env["emulation.nomination"].search(
                proposal._get_candidate_domain()
            )
            waiting.write({"proposal_id": proposal.id})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {"date_proposed", "date_decided"}

    def _transitions(self):
        return {
            "draft": {"proposed"},
            "proposed": {"draft", "decided"},
            "decided": {"revoked"},
            "revoked": set(),
        }

    def _may_move(self, target):
        """Signatures move a proposal, nobody by hand."""
        return False

    # BUSINESS

    def _may_prepare(self):
        """Return whether the user prepares the papers of this track."""
        user = self.env.user
        if user.has_group("emulation.group_emulation_movement"):
            return True
        board = user.has_group("emulation.group_emulation_award")
        return board and self.track != "central"

    def _check_preparing(self):
        self._check_draft()
        for proposal in self:
            if not proposal._may_prepare():
                raise AccessError(
                    self.env._(
                        "“%(proposal)s” is prepared by the Award board or by the "
                        "movement office.",
                        proposal=proposal.name,
                    )
                )

    def _check_draft(self):
        for proposal in self:
            if proposal.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(proposal)s” is signed and stays as it was. Revoke its "
                        "paper, or prepare another one.",
                        proposal=proposal.name,
                    )
                )

    def _get_ready_state(self):
        """Return the state in which a nomination can go on the list."""
        return "submitted" if self.track == "central" else "appraised"

    def _get_candidate_domain(self):
        return [
            ("award_id", "=", self.award_id.id),
            ("year", "=", self.year),
            ("state", "=", self._get_ready_state()),
            ("proposal_id", "=", False),
        ]

    def _find_decider(self):
        """Return the unit that decides: of the award's level and kind, the nearest."""
        if not self.award_id or not self.unit_id:
            return self.env["emulation.unit"]
        return self.award_id._find_deciders(self.unit_id)[:1].with_env(self.env)

    @api.model
    def _succession_open_domain(self, day):
        return [("state", "=", "draft")]

    def _get_closing_day(self):
        self.ensure_one()
        return self.date_decided or self.date_proposed

    @api.model
    def _get_proposing_unit(self, nominations):
        """Return the unit in whose name the user proposes ``nominations``."""
        return self.env.user.emulation_unit_ids[:1]

    @api.model
    def _propose(self, nominations):
        """Return the proposal on which ``nominations`` of one award and year are now.

        One that the user's unit has begun for them is gone on with: a list of eighty
        is one paper.
        """
        award = nominations.award_id
        unit = self._get_proposing_unit(nominations)
        if not unit:
            raise UserError(
                self.env._(
                    "You act for no unit, so it is not clear which one proposes "
                    "“%(award)s”. Create the proposal and choose its unit, then add "
                    "the nominations.",
                    award=award.name,
                )
            )
        begun = {
            "award_id": award.id,
            "year": nominations[:1].year,
            "unit_id": unit.id,
        }
        if decider := nominations.decider_unit_id:
            begun["decider_unit_id"] = decider.id
        started = [("state", "=", "draft")]
        started += [(name, "=", value) for name, value in begun.items()]
        open_ones = self.search(started).filtered(lambda one: not one.document_count)
        proposal = open_ones[:1] or self.create(begun)
        nominations.write({"proposal_id": proposal.id})
        return proposal


class EmulationNomination(models.Model):
    _inherit = "emulation.nomination"

    proposal_id = fields.Many2one(
        "emulation.proposal",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('state', '=', 'draft'), ('award_id', '=', award_id)]",
    )
    can_propose = fields.Boolean(compute="_compute_can_propose")

    @api.depends("state", "track", "proposal_id")
    @api.depends_context("uid")
    def _compute_can_propose(self):
        for one in self:
            central = one.track == "central"
            ready = one.state == ("submitted" if central else "appraised")
            one.can_propose = ready and not one.proposal_id and one._may_propose()

    def _may_propose(self):
        """Return whether the user puts this on a proposal of the board."""
        user = self.env.user
        board = user.has_group("emulation.group_emulation_award")
        movement = user.has_group("emulation.group_emulation_movement")
        return movement or (board and self.track != "central")

    @api.model_create_multi
    def create(self, vals_list):
        nominations = super().create(vals_list)
        if not self.env.su:
            nominations.filtered("proposal_id")._check_listed()
        return nominations

    def write(self, vals):
        if "proposal_id" not in vals or self.env.su:
            return super().write(vals)
        self.filtered("proposal_id").proposal_id._check_preparing()
        result = super().write(vals)
        self.filtered("proposal_id")._check_listed()
        return result

    def _check_listed(self):
        """Only what has passed its gate is listed, on a list that is still open."""
        self.proposal_id._check_preparing()
        for one in self:
            proposal = one.proposal_id
            fits = one.award_id == proposal.award_id and one.year == proposal.year
            if not fits or one.state != proposal._get_ready_state():
                raise UserError(
                    self.env._(
                        "“%(nomination)s” cannot be on “%(proposal)s”: it is for "
                        "another award or year, or has not passed its appraisal yet.",
                        nomination=one.display_name,
                        proposal=proposal.name,
                    )
                )

    def _after_transition(self, source, target):
        if target in ("refused", "withdrawn"):
            self.sudo().proposal_id = False
        return super()._after_transition(source, target)

    def action_open_proposal(self):
        """Put these nominations on the proposal of their award and year, and open it.

        :raises UserError: when they are for several awards or years
        """
        if len(self.award_id) != 1 or len(set(self.mapped("year"))) != 1:
            raise UserError(
                self.env._(
                    "A proposal is for one award of one year. Choose nominations that "
                    "have both in common."
                )
            )
        proposal = self.env["emulation.proposal"]._propose(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": proposal._name,
            "res_id": proposal.id,
            "view_mode": "form",
        }
