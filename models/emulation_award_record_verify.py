import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Set by verifying alone, never by a client
VERIFIED = {"is_verified", "verified_user_id", "date_verified", "claimant_user_ids"}
# What a verified record still takes
OPEN = {"withdrawal_reason"}


class EmulationAwardRecord(models.Model):
    """Four eyes on an earlier award: somebody else holds the decision against it.

    Only what is verified counts for a law that asks for titles of earlier years. It
    takes number, date and issuer of the decision and its scan, and nobody verifies
    what they entered or changed themselves, or have won. Verified facts stay as they
    are until the verification is withdrawn, with a reason; both are in the log.
    """

    _inherit = "emulation.award.record"

    is_verified = fields.Boolean(
        string="Verified",
        readonly=True,
        copy=False,
        help="Somebody of the board has seen the evidence; only then does it count",
    )
    verified_user_id = fields.Many2one(
        "res.users", string="Verified by", readonly=True, copy=False
    )
    date_verified = fields.Date(string="Verified on", readonly=True, copy=False)
    withdrawal_reason = fields.Char(
        string="Why the verification is withdrawn",
        copy=False,
        help="What is claimed can be corrected again afterwards",
    )
    missing = fields.Text(string="Missing to be verified", compute="_compute_missing")
    can_verify = fields.Boolean(compute="_compute_can_verify")
    can_withdraw = fields.Boolean(compute="_compute_can_verify")

    @api.depends(
        "decision_reference", "decision_date", "decided_by", "evidence", "is_verified"
    )
    @api.depends_context("lang")
    def _compute_missing(self):
        for record in self:
            lacking = record._get_missing() if not record.is_verified else []
            record.missing = ", ".join(lacking)

    @api.depends("is_verified", "claimant_user_ids", "partner_id", "recipient_unit_id")
    @api.depends_context("uid")
    def _compute_can_verify(self):
        board = self._is_board()
        for record in self:
            stored = record._origin
            free = board and stored and not stored._is_concerned(self.env.user)
            record.can_verify = bool(free) and not record.is_verified
            record.can_withdraw = bool(free) and record.is_verified

    @api.model_create_multi
    def create(self, vals_list):
        # a context or a personal default would set it as well
        offered = self.default_get([*VERIFIED, *OPEN])
        for vals in vals_list:
            self._check_given({**offered, **vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_given(vals)
        if not self.env.su:
            if vals.keys() - OPEN:
                self._check_open()
            if OPEN & vals.keys():
                self._check_board()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_verified(self):
        self._check_open()

    # ACTIONS

    def action_verify(self):
        """Confirm that the decision shows what is recorded; only then does it count.

        :raises AccessError: for anybody but the Award board and the movement office,
            and for what one has won, entered or changed oneself
        :raises UserError: naming what the evidence lacks, or when it is verified
        """
        self.check_access("read")
        self._check_open()
        self._check_board()
        for record in self:
            lacking = record._get_missing()
            if lacking:
                raise UserError(
                    self.env._(
                        "“%(record)s” cannot be verified. It lacks: %(lacking)s. Have "
                        "it completed, then compare it with the decision.",
                        record=record.display_name,
                        lacking=", ".join(lacking),
                    )
                )
        # what another one changes at this moment has not been seen
        self.lock_for_update()
        self.sudo().write(
            {
                "is_verified": True,
                "verified_user_id": self.env.uid,
                "date_verified": fields.Date.context_today(self),
                "withdrawal_reason": False,
            }
        )
        for record in self:
            record._log(
                "verified", self.env._("Earlier award verified: %s", record._told())
            )

    def action_withdraw(self):
        """Withdraw the verification: it counts no more, and can be corrected.

        :raises AccessError: for anybody but the Award board and the movement office
        :raises UserError: without a reason, or when nothing is verified
        """
        self.check_access("read")
        self._check_board()
        for record in self:
            reason = (record.withdrawal_reason or "").strip()
            if not record.is_verified or not reason:
                raise UserError(
                    self.env._(
                        "Say under “Why the verification is withdrawn” why "
                        "“%(record)s” shall not count as verified any more.",
                        record=record.display_name,
                    )
                )
            record._log(
                "withdrawn",
                self.env._(
                    "Verification of an earlier award withdrawn: %(award)s. %(reason)s",
                    award=record._told(),
                    reason=reason,
                ),
            )
        self.sudo().write(
            {"is_verified": False, "verified_user_id": False, "date_verified": False}
        )

    # BUSINESS

    def _is_board(self):
        user = self.env.user
        return user.has_group("emulation.group_emulation_award") or user.has_group(
            "emulation.group_emulation_movement"
        )

    def _is_concerned(self, user):
        """Return whether ``user`` won it or wrote what it claims: another one acts."""
        self.ensure_one()
        record = self.sudo()
        # entered before claimants were kept: whoever wrote it first and last
        wrote = record.claimant_user_ids or record.create_uid | record.write_uid
        person = user.sudo().partner_id
        return self._is_recipient(user) or person._emulation_is_one_of(wrote.partner_id)

    def _check_board(self):
        """Refuse anybody but a member of the board who has no part in it."""
        for record in self:
            if not self._is_board() or record._is_concerned(self.env.user):
                raise AccessError(
                    self.env._(
                        "“%(record)s” is verified by another officer of the Award "
                        "board or of the movement office: by none who entered or "
                        "changed it, or is honoured by it.",
                        record=record.display_name,
                    )
                )

    def _get_missing(self):
        """Return the labels of what a verification needs and this lacks."""
        self.ensure_one()
        # what is stored is not loaded; what a form has chosen is not stored yet
        record = self.with_context(bin_size=True) if self.ids else self
        needed = {
            "decision_reference": (record.decision_reference or "").strip(),
            "decision_date": record.decision_date,
            "decided_by": (record.decided_by or "").strip(),
            "evidence": record.evidence,
        }
        return [
            self._fields[name]._description_string(self.env)
            for name, given in needed.items()
            if not given
        ]

    def _told(self):
        """Return what was verified, for the log."""
        self.ensure_one()
        return self.env._(
            "%(award)s, No. %(reference)s of %(day)s, %(by)s",
            award=self.display_name,
            reference=self.decision_reference,
            day=self.decision_date.strftime("%d/%m/%Y"),
            by=self.decided_by,
        )

    def _log(self, event, told):
        digest = hashlib.sha256(self._read_scan("evidence")).hexdigest()
        self.env["emulation.log"]._append(
            self, event, told, {"evidence_sha256": digest}
        )

    @api.model
    def _check_given(self, vals):
        forged = {name for name in VERIFIED & vals.keys() if vals[name]}
        if (forged or VERIFIED & vals.keys() and self) and not self.env.su:
            raise AccessError(
                self.env._("An earlier award is verified by its button alone.")
            )

    def _check_open(self):
        for record in self:
            if record.is_verified:
                raise UserError(
                    self.env._(
                        "“%(record)s” is verified and stays on record as it is. Where "
                        "it is wrong, withdraw its verification first.",
                        record=record.display_name,
                    )
                )
