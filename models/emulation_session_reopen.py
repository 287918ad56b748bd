from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EmulationSession(models.Model):
    """A closed session is opened again: by a manager, with a reason, on record.

    What followed from the close is void: results are archived, never overwritten,
    drafts of papers go, signed minutes are revoked, and all vote again. A signed
    decision stands in the way: it is revoked first, by itself.
    """

    _inherit = "emulation.session"

    reopen_reason = fields.Text(
        string="Opened again because", readonly=True, copy=False
    )
    can_reopen = fields.Boolean(compute="_compute_can_reopen")

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"reopen_reason"}

    def _transitions(self):
        table = dict(super()._transitions())
        table["closed"] = table["closed"] | {"scoring"}
        return table

    def _may_move(self, target):
        if target == "scoring" and self.state == "closed":
            # with a reason alone, by the dialog
            return False
        return super()._may_move(target)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_reopen(self):
        for session in self:
            session.can_reopen = session.state == "closed" and session._may_reopen()

    # ACTIONS

    def action_open_reopen(self):
        """Ask why the session is opened again.

        :raises AccessError: for anybody but a manager without conflict
        """
        self.ensure_one()
        self._check_may_reopen()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open the session again"),
            "res_model": "emulation.session.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_session_id": self.id},
        }

    # BUSINESS

    def _may_reopen(self):
        """Return whether the user is a manager whom no conflict keeps from this."""
        self.ensure_one()
        user = self.env.user
        return user.has_group("emulation.group_emulation_manager") and (
            user not in self._get_conflicted_users()
        )

    def _check_may_reopen(self):
        self.check_access("read")
        for session in self:
            if not session._may_reopen():
                raise AccessError(
                    self.env._(
                        "A movement manager who is in no conflict with a dossier "
                        "opens “%(session)s” again.",
                        session=session.name,
                    )
                )

    def _check_ready(self, target):
        if target == "scoring" and self.state == "closed":
            self._check_no_decision()
            return None
        return super()._check_ready(target)

    def _check_no_decision(self):
        decision = self._get_signed_decision()
        if decision:
            raise UserError(
                self.env._(
                    "“%(session)s” cannot be opened again: decision %(decision)s is "
                    "signed. Revoke it first.",
                    session=self.name,
                    decision=decision.reference,
                )
            )

    def _reopen(self, reason):
        """Open the closed session again; everything that followed is void.

        :param reason: why, in words
        :raises AccessError: for anybody but a manager
        :raises UserError: without a reason, or while a decision is signed
        """
        self.ensure_one()
        self._check_may_reopen()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say why “%(session)s” is opened again.", session=self.name)
            )
        self.sudo().reopen_reason = reason
        self.sudo().write({"state": "scoring"})
        self.env["emulation.log"]._append(self, "reopened", reason)

    def _after_transition(self, source, target):
        if target == "scoring" and source == "closed":
            self._void_what_followed()
            return None
        return super()._after_transition(source, target)

    def _void_what_followed(self):
        """Archive the results, end the papers, give sheets and votes back."""
        session = self.sudo()
        session.document_ids.filtered(lambda one: one.state == "draft").unlink()
        # nobody but the secretariat reads them, so nobody else could revoke them
        session._get_signed_minutes().action_revoke(session.reopen_reason)
        results = session._get_verdicts()
        results.write({"active": False})
        # the next close may come in this transaction
        results.flush_recordset(["active"])
        evaluations = session.evaluation_ids
        evaluations.write({"state": "scoring"})
        evaluations._void_ballots()
        # to whom sheets belong is said in one place: not to reviewers who dropped out
        evaluations._apply_conflicts()
        session.write({"closed_user_id": False, "date_closed": False})


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    def _transitions(self):
        table = dict(super()._transitions())
        table["scored"] = table["scored"] | {"scoring"}
        return table
