from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationNomination(models.Model):
    """What a signed decision does: the award, its money, its certificate; and back.

    The sum is computed for the day of the decision and fixed by it. An award that
    proves to rest on fraud is revoked, with its certificate; what was paid is to be
    recovered (Law on Emulation and Commendation, Chapter VII).
    """

    _inherit = "emulation.nomination"

    currency_id = fields.Many2one(related="award_id.currency_id")
    amount = fields.Monetary(
        string="Money of the award",
        compute="_compute_amount",
        help="By the rates in force today, or on the day of the decision",
    )
    amount_fixed = fields.Monetary(
        string="Amount decided", readonly=True, copy=False, aggregator="sum"
    )
    document_id = fields.Many2one(
        "emulation.document",
        string="Decision",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    decision_reference = fields.Char(
        string="Decision no.",
        copy=False,
        readonly=True,
        help="Number and symbol of the decision that confers the award",
    )
    date_conferred = fields.Date(string="Conferred on", readonly=True, copy=False)
    revoke_reason = fields.Text(readonly=True, copy=False)
    date_revoked = fields.Date(string="Revoked on", readonly=True, copy=False)
    revoking_document_id = fields.Many2one(
        "emulation.document",
        string="Revoked by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    payment_ids = fields.One2many(
        "emulation.award.payment",
        "nomination_id",
        string="Payments",
        groups="emulation.group_emulation_officer,emulation.group_emulation_award,"
        "emulation.group_emulation_finance",
    )
    can_revoke = fields.Boolean(compute="_compute_can_revoke")

    _decided_when_conferred = models.Constraint(
        "CHECK (state NOT IN ('conferred', 'revoked')"
        " OR (date_conferred IS NOT NULL AND decision_reference <> '')"
        " OR (central_date IS NOT NULL AND central_reference <> ''))",
        "An award is conferred by a decision with a number and a date.",
    )

    @api.depends(
        "award_id", "recipient_kind_id", "prize_id", "amount_fixed", "date_conferred"
    )
    def _compute_amount(self):
        today, known = fields.Date.context_today(self), {}
        for one in self:
            if one.date_conferred:
                one.amount = one.amount_fixed
                continue
            key = (one.award_id, one.prize_id, one.recipient_kind_id)
            if key not in known:
                known[key] = one.sudo()._find_amount(today)
            one.amount = known[key]

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_revoke(self):
        for one in self:
            one.can_revoke = one._can_move("revoked")

    # ACTIONS

    def action_open_revoke(self):
        """Open the question why, and by which decision, this award is revoked."""
        self.ensure_one()
        self._check_allowed("revoked")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke %(award)s", award=self.display_name),
            "res_model": "emulation.revocation",
            "view_mode": "form",
            "target": "new",
            "context": {"default_nomination_id": self.id},
        }

    def action_revoke(self, reason=None, revoking_document_id=None):
        """Revoke conferred awards with their certificates; their money is to come back.

        :param reason: why, in words
        :param revoking_document_id: id of the signed decision that revokes them
        :raises UserError: without a reason and a signed decision
        """
        revoking = self.env["emulation.document"].browse(revoking_document_id or ())
        revoking.check_access("read")
        for one in self:
            one._check_allowed("revoked")
            if not (reason or "").strip() or revoking.state != "signed":
                raise UserError(
                    self.env._(
                        "An award is revoked by a signed decision and with a reason. "
                        "Give both for “%(award)s”.",
                        award=one.display_name,
                    )
                )
            if revoking == one.sudo().document_id:
                raise UserError(
                    self.env._(
                        "“%(document)s” confers the award and cannot revoke it.",
                        document=revoking.display_name,
                    )
                )
            one._check_revoking_level(revoking)
        self.sudo()._revoke(reason, revoking)
        return True

    def _check_revoking_level(self, revoking):
        """What one body has given is taken back by it or its successor alone (R41)."""
        given = self.sudo().document_id.unit_id
        able = given | given._get_living_successors()
        if given and revoking.sudo().unit_id not in able:
            raise UserError(
                self.env._(
                    "“%(document)s” is a decision of %(unit)s and cannot revoke "
                    "“%(award)s”, which %(given)s has given. Have it decided there.",
                    document=revoking.display_name,
                    unit=revoking.unit_id.name,
                    award=self.display_name,
                    given=given.name,
                )
            )

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "amount_fixed", "document_id", "decision_reference", "date_conferred",
            "revoke_reason", "date_revoked", "revoking_document_id",
        }  # fmt: skip

    def _may_move(self, target):
        if target == "revoked":
            return self.env.user.has_group("emulation.group_emulation_manager")
        return super()._may_move(target)

    # BUSINESS

    def _get_amount(self, day):
        """Return the money that goes with the award on ``day``, in whole đồng.

        :raises UserError: when the award does not say yet what it pays
        """
        if self.is_decided_elsewhere:
            return 0
        if self.award_id.category == "prize":
            return self._get_prize()._get_amount(self.recipient_kind_id)
        return self.award_id._get_amount(self.recipient_kind_id, day)

    def _find_money_problem(self, day):
        """Return why the decision of ``day`` could not say what is paid, or ``""``."""
        try:
            self._get_amount(day)
        except UserError as problem:
            return str(problem)
        return ""

    def _find_amount(self, day):
        """Return the money as far as it is known, for screens; 0 otherwise."""
        try:
            return self._get_amount(day) if self.recipient_kind_id else 0
        except UserError:
            return 0

    def _get_prize(self):
        if not self.prize_id:
            raise UserError(
                self.env._(
                    "Choose the prize of “%(nomination)s” first.",
                    nomination=self.display_name,
                )
            )
        return self.prize_id

    def _confer(self, document):
        """Confer these awards by a signed ``document``: all of them or nothing.

        :raises UserError: when one of them is decided already or not allowed
        """
        day = document.date_signed
        for one in self:
            if one.state != "proposed":
                raise UserError(
                    self.env._(
                        "“%(nomination)s” is in the state “%(state)s” and cannot be "
                        "conferred by “%(document)s”.",
                        nomination=one.display_name,
                        state=one._state_label(one.state),
                        document=document.display_name,
                    )
                )
        self._check_eligible(day)
        for one in self.sudo():
            one.write(
                {
                    "document_id": document.id,
                    "decision_reference": document.reference,
                    "date_conferred": day,
                    "amount_fixed": one._get_amount(day),
                }
            )
        self.sudo().write({"state": "conferred"})
        self.env["emulation.award.payment"]._owe(self.sudo())
        self.env["emulation.certificate"]._issue(
            document, [one._prepare_certificate() for one in self.sudo()]
        )

    def _revoke(self, reason, revoking):
        """Take conferred awards back, with what followed from them."""
        self.write(
            {
                "revoke_reason": (reason or "").strip(),
                "revoking_document_id": revoking.id,
                "date_revoked": fields.Date.context_today(self),
            }
        )
        self.write({"state": "revoked"})
        self.certificate_ids._revoke(reason, revoking)
        self.payment_ids._revoke()
        for one in self:
            self.env["emulation.log"]._append(
                one, "revoked", self.env._("Award revoked: %s", one.display_name)
            )

    def _prepare_payment(self):
        self.ensure_one()
        return {
            "nomination_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "payee": self.recipient_name,
            "unit_name": self._printed_unit(),
            "award_name": self._printed_award(),
            "decision_reference": self.decision_reference,
            "date_decided": self.date_conferred,
            "amount": self.amount_fixed,
            "currency_id": self.currency_id.id,
        }

    def _prepare_certificate(self):
        """Return what the certificate says, frozen as of the decision."""
        self.ensure_one()
        return {
            "award_id": self.award_id.id,
            "nomination_id": self.id,
            "initiative_id": self.initiative_id.id,
            "partner_id": self.partner_id.id,
            "holder_name": self.recipient_name,
            "title": self._printed_award(),
            "citation": self.citation,
            "prize_name": self.prize_id.name,
            "unit_name": self._printed_unit(),
        }

    def _printed_award(self):
        """Return the award with its prize, as papers call it."""
        name = self.award_id.printed_name
        return f"{name} – {self.prize_id.name}" if self.prize_id else name

    def _printed_unit(self):
        """Return the unit a person belongs to; nothing beside a unit itself."""
        if self.recipient_unit_id:
            return ""
        return (self.verdict_id.unit_id or self.unit_id).name

    def _printed_amount(self, document):
        """Return the money as ``document`` writes it: 3.800.000; empty for none."""
        day = document.date_signed or fields.Date.context_today(self)
        amount = int(self._get_amount(day))
        return f"{amount:,}".replace(",", ".") if amount else ""
