from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from .emulation_document_source import READERS_OF_PAPERS


class EmulationAward(models.Model):
    """The proposal that puts up the regulation of a prize and its money (R70)."""

    _name = "emulation.award"
    _inherit = ["emulation.award", "emulation.document.source"]

    basis_ids = fields.Many2many(
        "emulation.legal.text",
        string="Legal texts",
        help="Cited by the proposal, those in force on its day",
    )
    # the catalogue is read by all, its papers by those who read papers
    document_ids = fields.One2many(groups=READERS_OF_PAPERS)
    document_count = fields.Integer(groups=READERS_OF_PAPERS)

    def action_draft_proposal(self):
        """Draft the proposal of a prize and open it; an open draft is opened again.

        :raises UserError: for what has no prizes of its own, or without a unit to
            propose it
        """
        self.ensure_one()
        self.check_access("write")
        if self.category != "prize" or not self.prize_ids:
            raise UserError(
                self.env._(
                    "“%(award)s” has no prizes to propose money for. Enter them on the "
                    "page Prizes first.",
                    award=self.display_name,
                )
            )
        return self._draft_paper("TTr")

    # WHAT A DOCUMENT ASKS OF ITS SOURCE

    def _document_values(self, kind):
        """Return the defaults: from the user's unit to the government of its level."""
        self.ensure_one()
        unit = self.env.user.emulation_unit_ids[:1].sudo()
        if not unit:
            raise UserError(
                self.env._(
                    "You act for no unit, so nobody would propose “%(award)s”. Ask an "
                    "administrator to enter your unit under Configuration › Users and "
                    "roles.",
                    award=self.display_name,
                )
            )
        today = fields.Date.context_today(self)
        head = unit.officer_ids.filtered(
            lambda one: one.role == "head" and one._is_current(today)
        )[:1]
        government = unit.government_unit_id
        addressee = {"name": self.decided_by or "Ủy ban nhân dân tỉnh"}
        if government:
            addressee = {"unit_id": government.id}
        return {
            "unit_id": unit.id,
            "company_id": unit.company_id.id,
            "subject": "Về việc ban hành Quy chế và bố trí kinh phí "
            + self._printed_in_text(),
            "basis": self._proposal_basis(),
            "issuer_ids": [
                Command.create(
                    {
                        "unit_id": unit.id,
                        "position": (head.position or "Thủ trưởng đơn vị").upper(),
                        "signer_user_id": head.user_id.id,
                    }
                )
            ],
            "recipient_ids": [Command.create({**addressee, "is_addressee": True})],
        }

    def _proposal_basis(self):
        today = fields.Date.context_today(self)
        lines = self.sudo().basis_ids._cite_on(today, self.display_name)
        return "\n".join(f"Căn cứ {line.strip()}" for line in lines)

    def _document_body_template(self, kind):
        """Return the QWeb template of the proposal."""
        return "emulation.document_body_award_proposal"

    def _printed_in_text(self):
        """Return its Vietnamese name as it stands within a sentence."""
        return self.printed_name[:1].lower() + self.printed_name[1:]

    def _printed_recipients(self):
        return ", ".join(
            kind.name.lower() for kind in self.recipient_kind_ids if kind.name
        )

    def _printed_cycle(self):
        return (
            "hằng năm" if self.cycle_years == 1 else f"{self.cycle_years} năm một lần"
        )

    def _printed_money(self, amount):
        """Return a sum as papers write it: 20.000.000."""
        return f"{int(amount):,}".replace(",", ".")


class EmulationLegalText(models.Model):
    """A text that awards are given by stays on record."""

    _inherit = "emulation.legal.text"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_regime(self):
        awards = self.env["emulation.award"].sudo().with_context(active_test=False)
        for text in self:
            award = awards.search(
                Domain("legal_text_id", "=", text.id)
                | Domain("basis_ids", "=", text.id),
                limit=1,
            )
            if award:
                raise UserError(
                    self.env._(
                        "“%(award)s” rests on “%(text)s”, which stays on record. Enter "
                        "the day it ended instead of deleting it.",
                        award=award.display_name,
                        text=text.display_name,
                    )
                )
