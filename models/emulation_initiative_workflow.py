from odoo import api, fields, models
from odoo.exceptions import UserError

from .emulation_initiative import EDITABLE_STATES


class EmulationInitiative(models.Model):
    """The way of a dossier: hand in, endorse, return, and what appraisal does to it."""

    _inherit = "emulation.initiative"

    @api.model
    def _protected_fields(self):
        return {
            "code", "submitted_user_id", "date_submitted", "endorsed_user_id",
            "date_endorsed", "return_reason", "date_return_due", "date_recognised",
        }  # fmt: skip

    def _transitions(self):
        return {
            "draft": {"submitted", "withdrawn"},
            "submitted": {"endorsed", "returned", "withdrawn"},
            "returned": {"submitted", "withdrawn"},
            # back to “submitted”: in another unit the endorsement does not hold
            "endorsed": {
                "eligible", "ineligible", "returned", "withdrawn", "submitted"
            },
            "eligible": {"in_appraisal", "withdrawn", "submitted"},
            "in_appraisal": {"recognised", "not_recognised", "eligible"},
            # on to a round of a higher level
            "recognised": {"in_appraisal", "endorsed", "returned"},
            # once more, in a round that takes it
            "not_recognised": {"in_appraisal", "draft"},
            "ineligible": {"endorsed", "draft"},
            "withdrawn": {"draft"},
        }  # fmt: skip

    def _may_move(self, target):
        user = self.env.user
        if target == "submitted" and self.state not in EDITABLE_STATES:
            return False
        if target in ("submitted", "withdrawn"):
            return self._acts_for_unit()
        if target == "returned" and self.state == "endorsed":
            return self._may_examine()
        if target in ("endorsed", "returned") and self.state == "submitted":
            return user in self._get_endorsers()
        # the other moves follow from an examination, a session or a signature
        return False

    def _acts_for_unit(self):
        """Return whether the user acts for the unit of this dossier.

        A movement officer also does: for what reaches the organiser on paper.
        """
        user = self.env.user
        return user.has_group("emulation.group_emulation_movement") or (
            self.in_scope and user.has_group("emulation.group_emulation_officer")
        )

    def _may_examine(self):
        """Return whether the user may examine the dossier for its organiser."""
        user = self.env.user
        return user.has_group(
            "emulation.group_emulation_movement"
        ) and not self._is_own(user)

    def _is_own(self, user):
        """Return whether ``user`` is an author: nobody judges their own work."""
        self.ensure_one()
        return user.partner_id._emulation_is_one_of(self.author_ids.partner_id)

    def _get_endorsers(self):
        """Return the users who may endorse: the nearest head above the authors.

        Where the unit's head is an author, the body above it consents instead
        (Decree 13/2012); whoever handed the dossier in does not endorse it.
        """
        self.ensure_one()
        initiative = self.sudo()
        authors = initiative.author_ids.partner_id
        handed_in = initiative.submitted_user_id
        if self.state in EDITABLE_STATES:
            handed_in = self.env.user
        unit = initiative.unit_id
        while unit:
            heads = unit._get_heads().filtered(
                lambda head: (
                    head != handed_in
                    and not head.partner_id._emulation_is_one_of(authors)
                )
            )
            if heads:
                return heads.with_env(self.env)
            unit = unit.parent_id
        return self.env["res.users"]

    def _check_ready(self, target):
        if target == "submitted" and self.state in EDITABLE_STATES:
            self._check_complete()
            self._check_round_open()
            self._check_endorsers()
        elif target == "withdrawn" and self.state == "in_appraisal":
            raise UserError(self.env._("A dossier on an agenda cannot be withdrawn."))

    def _check_round_open(self):
        today = self._get_round_today()
        completing = self.state == "returned" and self.date_endorsed
        if completing and self.date_return_due and self.date_return_due >= today:
            return
        self.round_id._check_takes(self)

    def _check_endorsers(self):
        if not self._get_endorsers():
            raise UserError(
                self.env._(
                    "Nobody can endorse “%(initiative)s”: neither “%(unit)s” nor a "
                    "unit above it has a head or deputy who is not an author and not "
                    "you. Ask a movement manager to enter the head of the unit.",
                    initiative=self.name,
                    unit=self.unit_id.name,
                )
            )

    def _after_transition(self, source, target):
        today = fields.Date.context_today(self)
        user = self.env.user
        if target == "submitted" and source in EDITABLE_STATES:
            stamp = {"submitted_user_id": user.id, "date_submitted": today}
            self.sudo().write({**stamp, "return_reason": False})
        elif target == "endorsed":
            self.sudo().write({"endorsed_user_id": user.id, "date_endorsed": today})

    def _after_transitions(self, sources, target):
        result = super()._after_transitions(sources, target)
        self._update_activities(target)
        return result

    def _update_activities(self, target):
        """Keep the to-do of the people whose turn it is, and close the others'."""
        self._close_activities()
        for initiative in self:
            initiative._plan_activities(target)

    def _close_activities(self):
        """Close the to-dos of these dossiers; many at once leave no message each."""
        todo = "mail.mail_activity_data_todo"
        dossiers = self.sudo()
        if len(dossiers) > 1:
            dossiers.activity_unlink([todo])
        else:
            dossiers.activity_feedback([todo])

    def _plan_activities(self, target):
        initiative = self.sudo()
        waiting, summary = self.env["res.users"], ""
        if target == "submitted":
            waiting, summary = self._get_endorsers(), self.env._("Endorse or return")
        elif target == "returned":
            waiting, summary = initiative.submitted_user_id, self.env._("Complete")
        deadline = initiative.date_return_due if target == "returned" else None
        # who comes from outside the offices has no list of tasks, and is written to
        for user in waiting.filtered(lambda one: not one.share):
            initiative.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=deadline,
                user_id=user.id,
                summary=summary,
                note=initiative.return_reason,
            )

    # WHAT APPRAISAL DOES TO AN INITIATIVE

    def _return_to_complete(self, reason, date_due=None, causes=None):
        """Send the dossiers back with a ``reason`` and a day to complete them by."""
        for initiative in self:
            initiative._check_transition("returned")
        for initiative in self:
            due = date_due
            if initiative.state == "submitted" and initiative.date_endorsed:
                # the unit's head does not extend what the organiser has granted
                granted = initiative.date_return_due
                due = min(filter(None, (date_due, granted)), default=granted)
            initiative.sudo().write({"return_reason": reason, "date_return_due": due})
        self.write({"state": "returned"})
        for initiative in self:
            initiative.sudo().message_post(body=reason, subtype_xmlid="mail.mt_note")

    def _set_recognised(self, recognised, day):
        """Close the dossiers by a signed decision of ``day`` (a date)."""
        self.sudo().write(
            {
                "state": "recognised" if recognised else "not_recognised",
                "date_recognised": day,
            }
        )
