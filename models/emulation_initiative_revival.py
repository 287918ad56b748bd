from odoo import api, fields, models
from odoo.exceptions import UserError

# States from which a dossier can be entered once more
REVIVABLE_STATES = ("withdrawn", "not_recognised", "ineligible")


class EmulationInitiative(models.Model):
    """Taking a dossier back, and entering it once more."""

    _inherit = "emulation.initiative"

    withdraw_reason = fields.Text(string="Withdrawn because", readonly=True, copy=False)
    can_revive = fields.Boolean(compute="_compute_can_revive")

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can_revive(self):
        for initiative in self:
            revivable = initiative.state in REVIVABLE_STATES
            initiative.can_revive = revivable and initiative._acts_for_unit()

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"withdraw_reason"}

    # ACTIONS

    def action_open_withdraw(self):
        """Ask why the dossiers are withdrawn.

        :raises UserError: naming the first dossier that cannot be withdrawn
        """
        for initiative in self:
            initiative._check_allowed("withdrawn")
        return self._open_dialog(
            "emulation.initiative.withdraw", self.env._("Withdraw")
        )

    def action_open_revive(self):
        """Ask into which round the dossiers are entered once more.

        :raises UserError: naming the first dossier that cannot be
        """
        for initiative in self:
            initiative._check_may_revive()
        return self._open_dialog(
            "emulation.initiative.revive", self.env._("Enter once more")
        )

    def _open_dialog(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_initiative_ids": self.ids},
        }

    # BUSINESS

    def _withdraw(self, reason):
        """Withdraw the dossiers, all or none, with the reason in their history."""
        reason = (reason or "").strip()
        self.write({"state": "withdrawn"})
        self.sudo().write({"withdraw_reason": reason})
        said = self.env._("Withdrawn: %(reason)s", reason=reason)
        note = said if reason else self.env._("Withdrawn.")
        self._log_acts(lambda _one: note)

    def _check_may_revive(self):
        self.ensure_one()
        self.check_access("read")
        if not self.can_revive:
            raise UserError(
                self.env._(
                    "“%(initiative)s” is in the state “%(state)s” and cannot be "
                    "entered once more by you. The unit may do so with what was "
                    "withdrawn, not recognised or not eligible.",
                    initiative=self.display_name,
                    state=self._state_label(self.state),
                )
            )

    def _revive(self, rnd):
        """Enter the dossiers once more, in the round ``rnd``, as drafts of their unit.

        Limits per author and whatever else the round asks hold again when they are
        handed in.

        :raises UserError: naming the dossier that the round does not take
        """
        for initiative in self:
            initiative._check_may_revive()
            initiative._check_round_takes_again(rnd)
        for initiative in self:
            before = initiative.state
            initiative.sudo().write(
                {
                    "round_id": rnd.id,
                    "date_endorsed": False,
                    "endorsed_user_id": False,
                    "return_reason": False,
                    "date_return_due": False,
                    "withdraw_reason": False,
                }
            )
            initiative.sudo().write({"state": "draft"})
            initiative._log_acts(
                lambda one, before=before: one.env._(
                    "Entered once more in “%(round)s”; it was: %(state)s.",
                    round=rnd.name,
                    state=one._state_label(before).lower(),
                )
            )

    def _check_round_takes_again(self, rnd):
        rnd._check_takes(self)
        if self.state == "withdrawn":
            return
        if rnd == self.round_id or not rnd.takes_again:
            raise UserError(
                self.env._(
                    "“%(initiative)s” is %(state)s in “%(before)s”. It can be entered "
                    "once more in a later round that takes such dossiers again; "
                    "“%(round)s” does not.",
                    initiative=self.display_name,
                    state=self._state_label(self.state).lower(),
                    before=self.round_id.name,
                    round=rnd.name,
                )
            )


class EmulationRound(models.Model):
    _inherit = "emulation.round"

    takes_again = fields.Boolean(
        string="Takes dossiers again",
        default=True,
        help="What an earlier round did not recognise, or found not eligible, may be "
        "improved and entered once more in this one",
    )
