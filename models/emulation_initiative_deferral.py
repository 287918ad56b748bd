from odoo import api, fields, models


class EmulationInitiative(models.Model):
    """A dossier that the council deferred waits for the organiser's next round.

    It is carried over with exactly one live appraisal; what each level and each
    session said of it stays.
    """

    _inherit = "emulation.initiative"

    def _transitions(self):
        table = dict(super()._transitions())
        table["in_appraisal"] = table["in_appraisal"] | {"deferred", "returned"}
        table["returned"] = table["returned"] | {"in_appraisal"}
        table["deferred"] = {"endorsed", "returned", "in_appraisal", "withdrawn"}
        return table

    def _set_deferred(self):
        """Let the dossiers wait for a later round, by a signed decision."""
        self.sudo().write({"state": "deferred"})

    def _set_returned(self, reason, date_due):
        """Send the dossiers back to be completed, by a signed decision."""
        dossiers = self.sudo()
        dossiers.write({"return_reason": reason, "date_return_due": date_due})
        dossiers.write({"state": "returned"})
        for dossier in dossiers:
            dossier.message_post(body=reason, subtype_xmlid="mail.mt_note")

    def _carry_over(self, rnd):
        """Move deferred dossiers on to ``rnd``, a later round of the same organiser.

        What the new round still misses goes back to the unit to be completed there.

        :return: the dossiers that have to be completed first
        """
        incomplete = self.browse()
        for initiative in self:
            before = initiative.round_id
            if not initiative._move_on(rnd):
                incomplete |= initiative
            note = self.env._(
                "Carried over from “%(before)s” to “%(round)s”.",
                before=before.name,
                round=rnd.name,
            )
            initiative._log_acts(lambda one, note=note: note)
            self.env["emulation.log"]._append(initiative, "carried", note)
        return incomplete


class EmulationRound(models.Model):
    """A round takes what earlier rounds of its organiser have deferred."""

    _inherit = "emulation.round"

    deferred_count = fields.Integer(
        string="Deferred to this round",
        compute="_compute_deferred_count",
        groups="emulation.group_emulation_movement",
        help="Dossiers that earlier rounds of this organiser have deferred and that "
        "no round has taken over yet",
    )

    @api.depends("state", "unit_id", "kind_ids")
    def _compute_deferred_count(self):
        waiting = self._get_waiting()
        for rnd in self:
            rnd.deferred_count = len(rnd._select_deferred(waiting))

    def write(self, vals):
        opening = self.browse()
        if vals.get("state") == "open":
            opening = self.filtered(lambda one: one.state != "open")
        result = super().write(vals)
        for rnd in opening:
            rnd._get_deferred()._carry_over(rnd.sudo())
        return result

    def action_take_deferred(self):
        """Take over all that earlier rounds of this organiser have deferred.

        :raises UserError: when the round takes no dossiers now
        """
        self.ensure_one()
        self.check_access("write")
        deferred = self._get_deferred()
        for initiative in deferred:
            self._check_takes(initiative)
        incomplete = deferred._carry_over(self.sudo())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if incomplete else "success",
                "message": self.env._(
                    "%(taken)s carried over to “%(round)s”, %(back)s to be completed "
                    "first.",
                    taken=len(deferred - incomplete),
                    round=self.name,
                    back=len(incomplete),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_deferred(self):
        """Return the deferred dossiers that this round is to take, as superuser."""
        self.ensure_one()
        return self._select_deferred(self._get_waiting())

    @api.model
    def _get_waiting(self):
        """Return all dossiers that wait for a later round, as superuser."""
        dossiers = self.env["emulation.initiative"].sudo()
        return dossiers.search([("state", "=", "deferred")])

    def _select_deferred(self, waiting):
        """Return those of ``waiting`` that this round takes: same organiser and kind.

        The organiser's predecessors count as the organiser; where a dossier was
        before, it does not come again.
        """
        self.ensure_one()
        rnd = self.sudo()
        if rnd.state != "open" or not rnd.unit_id:
            return waiting.browse()
        organisers = rnd.unit_id | rnd.unit_id.predecessor_ids
        return waiting.filtered(
            lambda one: (
                one.round_id.unit_id in organisers
                and one.kind_id in rnd.kind_ids
                and one.company_id == rnd.company_id
                and rnd not in one.evaluation_ids.round_id | one.round_id
            )
        )
