from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools import official
from .emulation_document_source import READERS_OF_PAPERS

# What a decision lays down of a seat
LAID_DOWN = {
    *("council_id", "user_id", "role", "is_scoring", "date_start", "date_end"),
}


class EmulationCouncilPaper(models.AbstractModel):
    """What decisions about a council have in common: who signs them, and how."""

    _name = "emulation.council.paper"
    _inherit = ["emulation.document.source"]
    _description = "Has a Decision on a Council"

    document_ids = fields.One2many(groups=READERS_OF_PAPERS)
    document_count = fields.Integer(compute_sudo=True)

    def _get_council(self):
        """Return the council that the paper is about."""
        raise NotImplementedError

    def action_draft_decision(self):
        """Draft the decision and open it; an open draft is opened again.

        :raises UserError: when the record is not to be decided any more
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "“%(record)s” is decided already. Draft a change of the council "
                    "instead.",
                    record=self.display_name,
                )
            )
        return self._draft_paper("QĐ")

    def _document_values(self, kind):
        """Return the defaults: decided and signed by the chairman of the unit (R41)."""
        self.ensure_one()
        council = self._get_council().sudo()
        unit = council.unit_id
        today = fields.Date.context_today(self)
        head = unit.officer_ids.filtered(
            lambda one: one.role == "head" and one._is_current(today)
        )[:1]
        position = (head.position or "Chủ tịch").upper()
        body_name = " ".join((unit.letterhead or unit.name).split()).upper()
        return {
            "unit_id": unit.id,
            "subject": self._decision_subject(),
            "authority_line": f"{position} {body_name}",
            "basis": self._decision_basis(),
            "issuer_ids": [
                Command.create(
                    {
                        "unit_id": unit.id,
                        "position": position,
                        "signer_user_id": head.user_id.id,
                    }
                )
            ],
            "recipient_ids": [
                Command.create({"name": name})
                for name in ("Như Điều 3", "Các cơ quan có thành viên tham gia")
            ],
        }

    def _decision_basis(self):
        council = self._get_council().sudo()
        today = fields.Date.context_today(self)
        lines = council.basis_ids._cite_on(today, council.name)
        return "\n".join(f"Căn cứ {line.strip()}" for line in lines)

    def _document_check_sign(self, document):
        """The level of the signer is that of the council (R41)."""
        council = self._get_council().sudo()
        for issuer in document.issuer_ids:
            if issuer.unit_id.level_id != council.unit_id.level_id:
                raise UserError(
                    self.env._(
                        "“%(document)s” is signed for “%(unit)s”: a council of "
                        "“%(founder)s” is set up and changed at that level only. "
                        "Correct the signature.",
                        document=document.display_name,
                        unit=issuer.unit_id.name,
                        founder=council.unit_id.name,
                    )
                )

    @api.model
    def _refer_to(self, document):
        """Return how a signed decision is referred to, e.g. in later papers."""
        return f"{document.reference} {official.long_date(document.date_signed)}"


class EmulationCouncil(models.Model):
    """The decision that sets up a council puts it in office by its signature."""

    _name = "emulation.council"
    _inherit = ["emulation.council", "emulation.council.paper"]

    basis_ids = fields.Many2many(
        "emulation.legal.text",
        string="Legal texts",
        check_company=True,
        help="Cited by the decisions on this council, those in force on their day",
    )
    regulation_id = fields.Many2one(
        "emulation.regulation",
        string="Works by",
        domain="[('state', '=', 'in_force')]",
        ondelete="restrict",
        help="The regulation of the council. Its sessions judge rounds by this "
        "regulation alone; empty when each round names its own",
    )
    is_decided_here = fields.Boolean(
        compute="_compute_is_decided_here",
        help="Set up by a decision signed in the system: its seats are changed by "
        "amending decisions",
    )

    @api.depends("document_ids.state")
    def _compute_is_decided_here(self):
        for council in self:
            papers = council.sudo().document_ids
            council.is_decided_here = "signed" in papers.mapped("state")

    def _get_council(self):
        return self

    def _transitions(self):
        # back to a draft when the decision is revoked before the first session
        table = super()._transitions()
        return {**table, "in_force": table["in_force"] | {"draft"}}

    def _may_move(self, target):
        return target != "draft" and super()._may_move(target)

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        today = fields.Date.context_today(self)
        if target == "in_force":
            self.sudo().member_ids.filtered(lambda one: not one.start_reference).write(
                {"start_reference": self.decision_reference}
            )
        if target == "ended" and not (self.date_end and self.date_end <= today):
            self.sudo().date_end = max(today, self.date_start)
        return result

    def _decision_subject(self):
        return f"Thành lập {self.name}"

    def _document_body_template(self, kind):
        return "emulation.document_body_council"

    def _document_check_sign(self, document):
        result = super()._document_check_sign(document)
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "“%(council)s” is in office already: draft a change of its "
                    "members instead of “%(document)s”.",
                    council=self.name,
                    document=document.display_name,
                )
            )
        self._check_roles()
        if not (document.basis or "").strip():
            raise UserError(
                self.env._(
                    "“%(document)s” names no legal basis. Choose the legal texts of "
                    "“%(council)s” and compose it again, or enter the basis.",
                    document=document.display_name,
                    council=self.name,
                )
            )
        return result

    def _on_document_signed(self, document):
        """Put the council in office by its decision (R41)."""
        council = self.sudo()
        council.decision_reference = self._refer_to(document)
        council.write({"state": "in_force"})

    def _on_document_revoked(self, document):
        """Take the council out of office; sessions already held stand."""
        council = self.sudo()
        if council.state != "in_force":
            return
        sessions = self.env["emulation.session"].sudo()
        held = sessions.search_count(
            [
                ("council_id", "=", council.id),
                ("state", "not in", ("planned", "cancelled")),
            ],
            limit=1,
        )
        council.write({"state": "ended" if held else "draft"})

    def action_view_members_on_day(self):
        """Open the dialog that tells who sat on the council on a day (R64)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Members on a day"),
            "res_model": "emulation.council.day",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_council_id": self.id,
                "dialog_size": "extra-large",
            },
        }

    def _printed_members(self):
        """Return the members as decisions list them: chair, vice, secretary, others."""
        ranks = {"chair": 0, "vice": 1, "secretary": 2, "member": 3}
        day = max(self.date_start, fields.Date.context_today(self))
        return self._get_members(day).sorted(
            lambda one: (ranks[one.role], one.sequence, one.id)
        )


class EmulationCouncilMember(models.Model):
    _inherit = "emulation.council.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._check_laid_down()
        return members

    def write(self, vals):
        if vals.keys() & LAID_DOWN:
            self._check_laid_down()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_laid_down(self):
        self._check_laid_down()

    def _check_laid_down(self):
        """What a signed decision says of a seat is changed by another decision."""
        if self.env.su:
            return
        for council in self.council_id:
            if council.state != "draft" and council.is_decided_here:
                raise UserError(
                    self.env._(
                        "The members of “%(council)s” are laid down by a signed "
                        "decision. Use “Change members”: it drafts the amending one.",
                        council=council.name,
                    )
                )

    def _printed_role(self):
        """Return the role as decisions print it (Vietnamese)."""
        self.ensure_one()
        return {
            "chair": "Chủ tịch Hội đồng",
            "vice": "Phó Chủ tịch Hội đồng",
            "secretary": "Thư ký Hội đồng",
            "member": "Ủy viên",
        }[self.role]

    def _printed_post(self):
        """Return position and body of the member, as far as they are known."""
        self.ensure_one()
        unit = self.unit_id.name or self.seat_id.name
        post = self.officer_id.position or self.user_id.partner_id.function
        return ", ".join(filter(None, (post, unit)))


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    def _check_can_open(self):
        """A council with a regulation of its own judges by no other (R55)."""
        own, asked = self.council_id.sudo().regulation_id, self.regulation_id
        if own and own.code != asked.code:
            raise UserError(
                self.env._(
                    "“%(council)s” works by “%(own)s”, but the round “%(round)s” is to "
                    "be judged by “%(asked)s”. Choose the same regulation for both.",
                    council=self.council_id.name,
                    own=own.display_name,
                    round=self.round_id.name,
                    asked=asked.display_name,
                )
            )
        return super()._check_can_open()
