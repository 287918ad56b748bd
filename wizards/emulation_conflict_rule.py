from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationConflictRule(models.TransientModel):
    """The chair lays down whether a member is in conflict with a dossier, and why."""

    _name = "emulation.conflict.rule"
    _description = "Rule on a Conflict of Interest"

    session_id = fields.Many2one("emulation.session", required=True, readonly=True)
    council_id = fields.Many2one(related="session_id.council_id")
    evaluation_id = fields.Many2one(
        "emulation.evaluation",
        string="Dossier",
        required=True,
        domain="[('session_id', '=', session_id), ('is_mine', '=', True)]",
    )
    member_id = fields.Many2one(
        "emulation.council.member",
        required=True,
        domain="[('council_id', '=', council_id), ('user_id', '!=', uid)]",
    )
    ruling = fields.Selection(
        [("conflict", "In conflict"), ("clear", "Not in conflict")],
        required=True,
        default="conflict",
    )
    reason = fields.Char(required=True)
    grounds = fields.Char(compute="_compute_grounds")

    @api.depends("evaluation_id", "member_id")
    def _compute_grounds(self):
        for rule in self:
            found = rule._get_conflicts()
            labels = [
                f"{one._get_ground_label()}: {one.reason}"
                if one.reason
                else one._get_ground_label()
                for one in found
            ]
            rule.grounds = "; ".join(labels)

    def _get_conflicts(self):
        """Return the known grounds of the pair, as far as the user may read them."""
        return self.env["emulation.conflict"].search(
            [
                ("evaluation_id", "=", self.evaluation_id.id),
                ("member_id", "=", self.member_id.id),
            ]
        )

    def action_confirm(self):
        """Pin the decision on every ground known today.

        :raises AccessError: by anybody but the chair, or who stands in for the chair
        :raises UserError: for authorship, or where there is nothing to decide
        """
        self.ensure_one()
        evaluation = self.evaluation_id
        evaluation._check_may_rule(self.member_id)
        if self.member_id.sudo().council_id != evaluation.sudo().session_id.council_id:
            raise UserError(
                self.env._(
                    "“%(member)s” does not sit on the council of this dossier. Choose "
                    "one of its members.",
                    member=self.member_id.display_name,
                )
            )
        conflicts = self._get_conflicts()
        if self.ruling == "conflict" and not conflicts:
            conflicts = conflicts.sudo().create(
                {
                    "evaluation_id": evaluation.id,
                    "member_id": self.member_id.id,
                    "kind": "pinned",
                    "reason": self.reason,
                }
            )
        if not conflicts:
            raise UserError(
                self.env._(
                    "No conflict of “%(member)s” with this dossier is known: there is "
                    "nothing to decide.",
                    member=self.member_id.display_name,
                )
            )
        conflicts.sudo(False)._rule(self.ruling, self.reason)
        return {"type": "ir.actions.act_window_close"}
