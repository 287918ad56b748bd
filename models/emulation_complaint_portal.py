from odoo import models
from odoo.exceptions import UserError

from ..tools.text import clean_lines
from .emulation_complaint import OPEN


class EmulationInitiative(models.Model):
    """An author disputes a result on the portal, and reads what became of it."""

    _inherit = "emulation.initiative"

    def _get_disputable(self):
        """Return the published result that the user may still dispute (sudo)."""
        self.ensure_one()
        dossier = self.sudo()
        results = dossier.verdict_ids.filtered(lambda one: one._is_disputable())
        own = dossier._get_own_lines(self.env.user)
        return results[:1] if own else results.browse()

    def _author_complain(self, text):
        """Record the author's complaint about the result.

        :param text: what is disputed, and why
        :raises UserError: for somebody else, too late, or without words
        """
        self.ensure_one()
        self.check_access("read")
        result = self._get_disputable()
        if not result:
            raise UserError(
                self.env._(
                    "The result of “%(initiative)s” cannot be disputed here: the time "
                    "is over, a complaint is being handled, or you are not among its "
                    "authors. Ask the officer of the unit.",
                    initiative=self.name,
                )
            )
        text = clean_lines(text)
        if not text:
            raise UserError(self.env._("Say what is disputed in the result, and why."))
        own = self.sudo()._get_own_lines(self.env.user)
        self.env["emulation.complaint"].sudo().create(
            {
                "verdict_id": result.id,
                "partner_id": own[:1].partner_id.id,
                "text": text,
                "date_received": result.sudo().session_id._get_today(),
            }
        )

    def _get_author_complaints(self):
        """Return the user's own complaints, for the portal.

        :return: dicts ``received``, ``state``, ``text``, ``answer``, ``due``
        """
        self.ensure_one()
        own = self.sudo()._get_own_lines(self.env.user).partner_id
        complaints = self.sudo().verdict_ids.complaint_ids
        return [
            {
                "received": complaint.date_received,
                "state": complaint._state_label(complaint.state),
                "text": complaint.text,
                # what is being written is not told yet
                "answer": complaint.date_answered and complaint.answer,
                "due": not complaint.date_answered and complaint.date_answer_due,
            }
            for complaint in complaints.filtered(lambda one: one.partner_id in own)
        ]


class EmulationVerdict(models.Model):
    _inherit = "emulation.verdict"

    def _is_disputable(self):
        """Return whether a complaint about this result would be in time today."""
        self.ensure_one()
        until = self._get_dispute_until()
        if not until or self.sudo().session_id._get_today() > until:
            return False
        return not self.sudo().complaint_ids.filtered(lambda one: one.state in OPEN)
