from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EmulationInitiativeAdoption(models.Model):
    """An initiative in use in a unit: where, since when, with what benefit (R5, R72).

    What the using unit claims and what somebody else has verified stand apart and
    are never added up.
    """

    _name = "emulation.initiative.adoption"
    _inherit = [
        "emulation.use.mixin",
        "emulation.workflow.mixin",
        "mail.thread",
    ]
    _description = "Use of an Initiative"
    _dossier_links = ("initiative_id", "entry_id")
    _order = "date_start desc, id desc"

    unit_id = fields.Many2one(string="Used by", tracking=True)
    entry_id = fields.Many2one(
        "emulation.initiative.entry",
        string="Recognised initiative",
        compute="_compute_entry_id",
        inverse="_inverse_entry_id",
        help="From the library of all units",
    )
    initiative_name = fields.Char(
        related="initiative_id.name", string="Initiative title", compute_sudo=True
    )
    owner_unit_id = fields.Many2one(
        related="initiative_id.unit_id", string="Unit of origin", store=True
    )
    field_id = fields.Many2one(related="initiative_id.field_id", store=True)
    theme_id = fields.Many2one(related="initiative_id.theme_id", store=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("claimed", "In use, to verify"),
            ("verified", "Verified"),
            ("rejected", "Not confirmed"),
        ],
        default="planned",
        required=True,
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )
    date_start = fields.Date(
        string="In use since", required=True, default=fields.Date.context_today
    )
    date_end = fields.Date(string="Until", help="Empty as long as it is in use")
    year = fields.Integer(
        compute="_compute_year", store=True, precompute=True, aggregator=None
    )
    scale = fields.Float(string="How many", digits=(16, 2), aggregator=None)
    scale_measure = fields.Char(
        string="Of what", help="E.g. household, hectare, machine"
    )
    scope = fields.Text(string="How it is used")
    claimed_amount = fields.Monetary(
        string="Benefit claimed",
        tracking=True,
        help="Money saved or earned in a year, as the using unit says",
    )
    calculation = fields.Text(string="How it was calculated")
    social_benefit = fields.Text(string="Benefit that is not money")
    contact = fields.Char(help="Whom to ask, with telephone")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    claimed_user_id = fields.Many2one(
        "res.users", string="Claimed by", readonly=True, copy=False
    )
    verified_amount = fields.Monetary(
        string="Benefit verified", readonly=True, copy=False, tracking=True
    )
    verified_user_id = fields.Many2one(
        "res.users", string="Verified by", readonly=True, copy=False
    )
    date_verified = fields.Date(string="Verified on", readonly=True, copy=False)
    verification = fields.Text(string="What was found", readonly=True, copy=False)
    evidence_ids = fields.Many2many(
        "ir.attachment",
        "emulation_adoption_evidence_rel",
        readonly=True,
        copy=False,
        help="Minutes of the visit, confirmation of the users, photographs",
    )
    is_from_elsewhere = fields.Boolean(
        string="From another unit",
        compute="_compute_is_from_elsewhere",
        store=True,
        help="Taken up from another unit, not used where it was made",
    )
    can_claim = fields.Boolean(compute="_compute_can")
    can_verify = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "The use cannot end before it begins. Correct one of the two dates.",
    )
    _not_negative = models.Constraint(
        "CHECK (claimed_amount >= 0 AND verified_amount >= 0 AND scale >= 0)",
        "Benefit and scale are not negative. Tell a loss under “How it is used”.",
    )

    @api.depends("initiative_id")
    def _compute_entry_id(self):
        Entry = self.env["emulation.initiative.entry"]
        known = set(Entry.search([("id", "in", self.initiative_id.ids)]).ids)
        for adoption in self:
            number = adoption.initiative_id.id
            adoption.entry_id = number if number in known else False

    def _inverse_entry_id(self):
        for adoption in self.filtered("entry_id"):
            adoption.initiative_id = adoption.entry_id.id

    @api.depends("date_start")
    def _compute_year(self):
        for adoption in self:
            adoption.year = adoption.date_start.year if adoption.date_start else 0

    @api.depends("unit_id", "owner_unit_id")
    def _compute_is_from_elsewhere(self):
        for adoption in self:
            owner = adoption.owner_unit_id
            adoption.is_from_elsewhere = bool(owner) and adoption.unit_id != owner

    @api.depends("state", "unit_id", "claimed_user_id", "initiative_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for adoption in self:
            adoption.can_claim = adoption._can_move("claimed")
            adoption.can_verify = adoption._can_move("verified")
            adoption.can_reopen = adoption.state == "verified" and adoption.can_claim

    @api.constrains("initiative_id", "unit_id", "date_start", "date_end")
    def _check_twice(self):
        """The same unit does not use the same initiative twice at a time."""
        for adoption in self:
            end = adoption.date_end or fields.Date.to_date("9999-12-31")
            same_time = Domain("date_start", "<=", end) & (
                Domain("date_end", "=", False)
                | Domain("date_end", ">=", adoption.date_start)
            )
            twin = self.sudo().search(
                same_time
                & Domain("id", "!=", adoption.id)
                & Domain("initiative_id", "=", adoption.initiative_id.id)
                & Domain("unit_id", "=", adoption.unit_id.id),
                limit=1,
            )
            if twin:
                raise UserError(
                    self.env._(
                        "“%(unit)s” already uses “%(initiative)s” since %(day)s. "
                        "Complete that record instead of a second one.",
                        unit=adoption.unit_id.name,
                        initiative=twin.initiative_id.name,
                        day=twin.date_start.strftime("%d/%m/%Y"),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_initiative(vals) for vals in vals_list]
        adoptions = super().create(vals_list)
        adoptions._check_parties()
        return adoptions

    def write(self, vals):
        self._check_open(vals)
        result = super().write(vals)
        if vals.keys() & {"initiative_id", "entry_id", "unit_id"}:
            self._check_parties()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_claimed(self):
        for adoption in self:
            if adoption.state != "planned":
                raise UserError(
                    self.env._(
                        "The use of “%(adoption)s” has been claimed and is kept. Enter "
                        "the last day of its use instead of deleting it.",
                        adoption=adoption.display_name,
                    )
                )

    # ACTIONS

    def action_claim(self):
        """Say that the unit uses it now, or take a verified benefit back to verify."""
        self.write({"state": "claimed"})

    def action_open_verify(self):
        """Open the dialog in which the benefit is verified or not confirmed."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verify the benefit"),
            "res_model": "emulation.adoption.verify",
            "view_mode": "form",
            "target": "new",
            "context": {"default_adoption_id": self[:1].id},
        }

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {
            "claimed_user_id", "verified_amount", "verified_user_id", "date_verified",
            "verification", "evidence_ids",
        }  # fmt: skip

    def _transitions(self):
        return {
            "planned": {"claimed"},
            "claimed": {"verified", "rejected"},
            "verified": {"claimed"},
            "rejected": {"claimed"},
        }

    def _may_move(self, target):
        user = self.env.user
        is_movement = user.has_group("emulation.group_emulation_movement")
        if target == "claimed":
            if self.state == "verified":
                return is_movement
            return is_movement or self._is_party()
        return self._may_verify()

    def _is_party(self):
        """Return whether the user acts for the using unit or for the owner's."""
        units = self.unit_id | self.sudo().initiative_id.unit_id
        officer = self.env.user.has_group("emulation.group_emulation_officer")
        return officer and any(unit._is_acting() for unit in units)

    def _may_verify(self):
        """Return whether the user may verify: from above, and without a stake.

        Nobody verifies what they claimed themselves or are an author of; an officer
        must act for a unit above the using one.
        """
        user = self.env.user
        authors = self.sudo().initiative_id.author_ids.partner_id
        stake = self.claimed_user_id == user
        if stake or user.partner_id._emulation_is_one_of(authors):
            return False
        if user.has_group("emulation.group_emulation_movement"):
            return True
        above = self.sudo().unit_id.parent_id
        officer = user.has_group("emulation.group_emulation_officer")
        return officer and bool(above) and above._is_acting(user)

    def _check_ready(self, target):
        if target in ("verified", "rejected") and not self.verification:
            raise UserError(
                self.env._(
                    "Say what was found about the use of “%(adoption)s”: press “Verify "
                    "the benefit”.",
                    adoption=self.display_name,
                )
            )
        if target == "claimed" and self.date_start > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The use of “%(adoption)s” has yet to begin. It can be claimed "
                    "from its first day on.",
                    adoption=self.display_name,
                )
            )

    def _after_transition(self, source, target):
        if target == "claimed":
            self.sudo().write(
                {
                    "claimed_user_id": self.env.user.id,
                    "verified_amount": 0,
                    "verified_user_id": False,
                    "date_verified": False,
                    "verification": False,
                }
            )

    def _verify(self, amount, findings, evidence):
        """Record what was found: ``amount`` a year, 0 where none can be confirmed.

        :param findings: text of the verification
        :param evidence: attachments uploaded with the dialog
        """
        self.ensure_one()
        self._check_allowed("verified")
        adoption = self.sudo()
        evidence.sudo().write({"res_model": self._name, "res_id": self.id})
        adoption.evidence_ids |= evidence
        adoption.write(
            {
                "verified_amount": amount,
                "verified_user_id": self.env.user.id,
                "date_verified": fields.Date.context_today(self),
                "verification": findings,
            }
        )
        self.write({"state": "verified"})

    def _reject(self, findings):
        """Record that the use or its benefit was not found as claimed."""
        self.ensure_one()
        self._check_allowed("rejected")
        self.sudo().verification = findings
        self.write({"state": "rejected"})

    # BUSINESS

    @api.model
    def _with_initiative(self, vals):
        """Return the values with the dossier behind an entry of the library."""
        entry = vals.get("entry_id")
        if entry and not vals.get("initiative_id"):
            return {**vals, "initiative_id": entry}
        return vals

    def _check_parties(self):
        """Refuse records for units the user has nothing to do with."""
        if self.env.su or self.env.user.has_group("emulation.group_emulation_movement"):
            return
        for adoption in self:
            if not adoption._is_party():
                raise UserError(
                    self.env._(
                        "You act neither for “%(unit)s” nor for the unit that the "
                        "initiative comes from. Choose one of your units.",
                        unit=adoption.unit_id.name,
                    )
                )

    def _check_open(self, vals):
        """What was verified stays as it was found until it is taken back."""
        contents = {
            "unit_id", "initiative_id", "entry_id", "date_start", "scale",
            "scale_measure", "claimed_amount", "calculation", "currency_id",
        }  # fmt: skip
        if self.env.su or not contents & vals.keys():
            return
        for adoption in self.filtered(lambda one: one.state == "verified"):
            raise UserError(
                self.env._(
                    "The benefit of “%(adoption)s” has been verified and stays as it "
                    "is. A movement officer can take it back to be verified again.",
                    adoption=adoption.display_name,
                )
            )


class IrAttachment(models.Model):
    """Evidence of a benefit freezes with what was found."""

    _inherit = "ir.attachment"

    def _check_evidence_editable(self):
        super()._check_evidence_editable()
        adoptions = self.env["emulation.initiative.adoption"]
        files = self.sudo().filtered(lambda file: file.res_model == adoptions._name)
        if self.env.su or not files:
            return
        found = adoptions.sudo().search(
            [("evidence_ids", "in", files.ids), ("state", "=", "verified")], limit=1
        )
        if found:
            raise UserError(
                self.env._(
                    "The benefit of “%(adoption)s” was verified by this file. It stays "
                    "as it is.",
                    adoption=found.display_name,
                )
            )
