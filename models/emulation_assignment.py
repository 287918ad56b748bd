from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.assignment import EXPERT, RELATED


class EmulationAssignment(models.Model):
    """One member reviews one dossier, and why (phân công phản biện).

    Written by the computation and by the dialogs of the secretariat alone, so that
    the reason always stands beside it. What a person decided is kept when the
    computation runs again.
    """

    _name = "emulation.assignment"
    _description = "Reviewer of a Dossier"
    _order = "session_id desc, evaluation_id, id"
    _rec_name = "member_id"

    evaluation_id = fields.Many2one(
        "emulation.evaluation",
        string="Dossier",
        required=True,
        index=True,
        ondelete="cascade",
    )
    member_id = fields.Many2one(
        "emulation.council.member", required=True, index=True, ondelete="restrict"
    )
    session_id = fields.Many2one(
        related="evaluation_id.session_id", store=True, index=True
    )
    user_id = fields.Many2one(
        related="member_id.user_id", string="User", store=True, index=True
    )
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    field_id = fields.Many2one(related="evaluation_id.field_id")
    origin = fields.Selection(
        [
            ("computed", "Computed"),
            ("manual", "By hand"),
            ("replacement", "Replacement"),
        ],
        required=True,
        default="computed",
    )
    is_dropped = fields.Boolean(string="Dropped out", index=True)
    reason = fields.Char(help="Why somebody changed what the computation gave")
    why = fields.Json(help="What the computation saw when it chose this member")
    why_text = fields.Char(string="Why this member", compute="_compute_why_text")
    sheet_state = fields.Selection(
        [("draft", "To score"), ("submitted", "Handed in"), ("voided", "Void")],
        string="Sheet",
        compute="_compute_sheet_state",
        compute_sudo=True,
    )
    can_replace = fields.Boolean(compute="_compute_can_replace")

    _member_unique = models.UniqueIndex(
        "(evaluation_id, member_id)",
        "This member is already on the list of this dossier.",
    )

    @api.depends("why", "origin", "reason")
    @api.depends_context("lang")
    def _compute_why_text(self):
        for line in self:
            line.why_text = " ".join(filter(None, line._explain()))

    @api.depends("evaluation_id.sheet_ids.state")
    def _compute_sheet_state(self):
        for line in self:
            sheets = line.evaluation_id.sheet_ids
            sheet = sheets.filtered(lambda one, of=line: one.member_id == of.member_id)
            line.sheet_state = sheet.state

    @api.depends("is_dropped", "session_id.state")
    @api.depends_context("uid")
    def _compute_can_replace(self):
        for line in self:
            line.can_replace = not line.is_dropped and line.session_id._may_assign()

    def _explain(self):
        """Return the sentences that say why this member."""
        why = self.why or {}
        if not why:
            return [self.reason]
        expertise = {
            EXPERT: self.env._("Expert in the field."),
            RELATED: self.env._("Expert in a related field."),
        }
        return [
            self.reason,
            expertise.get(why["expertise"])
            or self.env._("No expert in the field was freer."),
            self.env._(
                "%(free)s members without conflict, %(experts)s of them experts; "
                "reviews %(load)s dossiers.",
                free=why["free"],
                experts=why["experts"],
                load=why["load"],
            ),
        ]

    # ACTIONS

    def action_replace(self):
        """Open the dialog in which a member who drops out is replaced."""
        self.ensure_one()
        self.session_id._check_may_assign()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Replace a reviewer"),
            "res_model": "emulation.assignment.change",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_session_id": self.session_id.id,
                "default_evaluation_id": self.evaluation_id.id,
                "default_assignment_id": self.id,
            },
        }

    # BUSINESS

    def _drop(self, reason):
        """Take a reviewer off; the open sheet is void.

        :raises UserError: when the sheet has been handed in
        """
        for line in self:
            sheet = line.evaluation_id.sheet_ids.filtered(
                lambda one, of=line: one.member_id == of.member_id
            )
            if sheet.state == "submitted":
                raise UserError(
                    self.env._(
                        "“%(member)s” has handed in the sheet for “%(dossier)s”: "
                        "there is nobody to replace.",
                        member=line.member_id.display_name,
                        dossier=line.evaluation_id.display_name,
                    )
                )
            sheet.filtered(lambda one: one.state == "draft").write({"state": "voided"})
        self.write({"is_dropped": True, "reason": reason, "origin": "manual"})
