from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class EmulationRoundException(models.Model):
    """A named exception: who may still hand in after the deadline, until when, why.

    Granted by a movement manager and never changed; it ends by its hour, or by a
    revocation that gives a reason.
    """

    _name = "emulation.round.exception"
    _description = "Exception for Late Dossiers"
    _order = "id desc"
    _rec_name = "round_id"

    round_id = fields.Many2one(
        "emulation.round",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', 'in', ('announced', 'open', 'closed'))]",
    )
    company_id = fields.Many2one(related="round_id.company_id", store=True)
    unit_id = fields.Many2one(
        "emulation.unit",
        index="btree_not_null",
        ondelete="restrict",
        help="Every dossier of this unit and of the units below it",
    )
    initiative_id = fields.Many2one(
        "emulation.initiative",
        string="Dossier",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('round_id', '=', round_id), "
        "('state', 'in', ('draft', 'returned', 'submitted'))]",
        help="This dossier alone",
    )
    datetime_until = fields.Datetime(
        string="Admitted until", required=True, help="Handed in by then at the latest"
    )
    reason = fields.Text(required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Granted by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    date = fields.Datetime(
        string="Granted on",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    date_revoked = fields.Datetime(string="Revoked on", readonly=True)
    revoked_user_id = fields.Many2one("res.users", string="Revoked by", readonly=True)
    revoke_reason = fields.Text(string="Reason of the revocation", readonly=True)
    status = fields.Selection(
        [("valid", "Valid"), ("past", "Past"), ("revoked", "Revoked")],
        compute="_compute_status",
    )

    _somebody = models.Constraint(
        "CHECK (unit_id IS NOT NULL OR initiative_id IS NOT NULL)",
        "Name the unit or the dossier that the exception is made for.",
    )

    @api.depends("datetime_until", "date_revoked")
    def _compute_status(self):
        now = fields.Datetime.now()
        for one in self:
            over = bool(one.datetime_until) and one.datetime_until <= now
            one.status = "revoked" if one.date_revoked else "past" if over else "valid"

    @api.constrains("round_id", "unit_id", "initiative_id", "datetime_until", "reason")
    def _check_sense(self):
        """An exception is for the future and for a dossier of its own round."""
        now = fields.Datetime.now()
        for one in self:
            dossier = one.initiative_id
            if one.datetime_until <= now or not (one.reason or "").strip():
                raise UserError(
                    self.env._(
                        "The exception in “%(round)s” needs a reason and an hour that "
                        "has not passed.",
                        round=one.round_id.name,
                    )
                )
            if one.round_id.state in ("draft", "done"):
                raise UserError(
                    self.env._(
                        "“%(round)s” is in preparation or finished: there is nothing "
                        "to make an exception from.",
                        round=one.round_id.name,
                    )
                )
            if dossier and dossier.round_id != one.round_id:
                raise UserError(
                    self.env._(
                        "“%(initiative)s” belongs to another round than “%(round)s”.",
                        initiative=dossier.display_name,
                        round=one.round_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            stamp = {
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "date_revoked": False,
                "revoked_user_id": False,
                "revoke_reason": False,
            }
            vals_list = [{**vals, **stamp} for vals in vals_list]
        exceptions = super().create(vals_list)
        for one in exceptions:
            one._tell()
        return exceptions

    def write(self, vals):
        if vals.keys() - {"date_revoked", "revoked_user_id", "revoke_reason"} or any(
            one.date_revoked for one in self
        ):
            raise AccessError(
                self.env._(
                    "An exception stays as it was granted. Revoke it, and make another "
                    "one if needed."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(
            self.env._("An exception stays on record. Revoke it with a reason instead.")
        )

    # ACTIONS

    def action_revoke(self):
        """Open the dialog that ends the exception with a reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke the exception"),
            "res_model": "emulation.round.exception.revoke",
            "view_mode": "form",
            "target": "new",
            "context": {"default_exception_id": self.id},
        }

    # BUSINESS

    @api.model
    def _get_valid_domain(self):
        """Return the domain of the exceptions that hold at this moment."""
        return Domain("date_revoked", "=", False) & Domain(
            "datetime_until", ">", fields.Datetime.now()
        )

    def _admits(self, initiative):
        """Return whether this exception is made for ``initiative``."""
        self.ensure_one()
        if self.initiative_id:
            return self.initiative_id == initiative._origin
        path = initiative.unit_id.sudo().parent_path or ""
        return path.startswith(self.unit_id.parent_path)

    def _revoke(self, reason):
        """End the exception now.

        :param reason: why, as the dossier's people read it
        :raises UserError: without a reason, or when it does not hold any more
        """
        self.ensure_one()
        self.check_access("create")
        if self.status != "valid" or not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Give a reason to revoke an exception of “%(round)s” that still "
                    "holds.",
                    round=self.round_id.name,
                )
            )
        self.sudo().write(
            {
                "date_revoked": fields.Datetime.now(),
                "revoked_user_id": self.env.uid,
                "revoke_reason": reason.strip(),
            }
        )
        self._tell()

    def _tell(self):
        """Tell the exception, or its end, on the round and on the dossier."""
        one = self.sudo()
        whom = one.initiative_id.display_name or one.unit_id.name
        if one.date_revoked:
            body = self.env._(
                "Exception for “%(whom)s” revoked. Reason: %(reason)s",
                whom=whom,
                reason=one.revoke_reason,
            )
        else:
            body = self.env._(
                "Exception: “%(whom)s” may hand in until %(until)s. Reason: %(reason)s",
                whom=whom,
                until=one._get_until_text(),
                reason=one.reason,
            )
        author = self.env.user.partner_id.id
        if one.initiative_id:
            # the title of a dossier is not for all who read the round
            one.initiative_id.message_post(body=body, author_id=author)
        else:
            one.round_id.message_post(body=body, author_id=author)

    def _get_until_text(self):
        """Return the last moment in words, by the clock of the round."""
        rnd = self.round_id
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=rnd.tz), self.datetime_until
        )
        return rnd._get_moment_text(local.date(), local.hour + local.minute / 60)


class EmulationRound(models.Model):
    _inherit = "emulation.round"

    exception_ids = fields.One2many(
        "emulation.round.exception",
        "round_id",
        string="Exceptions",
        groups="emulation.group_emulation_movement",
    )
    can_except = fields.Boolean(compute="_compute_can_except")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_except(self):
        may = self.env["emulation.round.exception"].has_access("create")
        for rnd in self:
            rnd.can_except = may and rnd.state not in ("draft", "done")

    # ACTIONS

    def action_make_exception(self):
        """Open the form of a new exception for a late dossier."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exception for a late dossier"),
            "res_model": "emulation.round.exception",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_round_id": self.id},
        }

    # BUSINESS

    @api.model
    def _get_taking_domain(self):
        """Add the rounds that make an exception for one of the user's units."""
        paths = self.env.user._emulation_scope_paths()
        above = {int(part) for path in paths for part in path.split("/") if part}
        mine = Domain("unit_id", "in", list(above)) | Domain.OR(
            Domain("unit_id.parent_path", "=like", f"{path}%") for path in paths
        )
        exceptions = self.env["emulation.round.exception"].sudo()
        valid = exceptions._get_valid_domain() & Domain("initiative_id", "=", False)
        rounds = exceptions.search(valid & mine).round_id
        late = Domain("state", "not in", ("draft", "done"))
        return super()._get_taking_domain() | (Domain("id", "in", rounds.ids) & late)

    def _get_valid_exceptions(self):
        """Return the exceptions (sudo) of these rounds that hold at this moment."""
        exceptions = self.env["emulation.round.exception"].sudo()
        running = self.filtered(lambda rnd: rnd.state not in ("draft", "done"))
        of_these = Domain("round_id", "in", running._origin.ids)
        return exceptions.search(exceptions._get_valid_domain() & of_these)

    def _get_exception(self, initiative):
        """Return the exception (sudo) by which ``initiative`` is admitted, if any."""
        self.ensure_one()
        if not initiative:
            return self.env["emulation.round.exception"].sudo()
        valid = self._get_valid_exceptions()
        return valid.filtered(lambda one: one._admits(initiative))[:1]

    def _takes(self, initiative=None):
        return super()._takes(initiative) or bool(self._get_exception(initiative))
