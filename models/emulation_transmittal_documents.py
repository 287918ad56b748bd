from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class EmulationTransmittal(models.Model):
    """The letter of a batch: a proposal or official letter with its annexed list."""

    _name = "emulation.transmittal"
    _inherit = ["emulation.transmittal", "emulation.document.source"]

    # ACTIONS

    def action_draft_letter(self):
        """Draft the letter and open it, to be read before sending.

        :raises UserError: when the batch goes by paper, or lists nothing
        """
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        if self.letter == "none" or not self.line_ids:
            raise UserError(
                self.env._(
                    "“%(batch)s” has no letter to draft: choose which letter goes with "
                    "it, and list the dossiers first.",
                    batch=self.name,
                )
            )
        return self._draft_paper(self.letter)

    # LETTER

    def _get_letter(self):
        """Return the draft of the letter in the user's environment, if there is one."""
        return self._find_begun(self.letter).with_env(self.env)

    def _create_letter(self):
        return self.env["emulation.document"]._create_from_source(self, self.letter)

    def _sign_letter(self):
        """Number and sign the letter by the act of sending."""
        if self.letter == "none":
            return
        letter = self._get_letter()
        if letter:
            try:
                letter.sudo()._check_generated()
            except UserError:
                # the list has changed since it was drafted
                letter.sudo()._compose()
        (letter or self._create_letter()).action_sign()

    # WHAT A DOCUMENT ASKS OF ITS SOURCE

    def _document_values(self, kind):
        """Return the defaults of the letter: subject, signer, addressee."""
        self.ensure_one()
        unit = self.unit_id.sudo()
        return {
            "unit_id": unit.id,
            "subject": self._letter_subject(kind),
            "issuer_ids": [Command.create(unit._get_signature_values())],
            "recipient_ids": [
                Command.create({"unit_id": self.organiser_id.id, "is_addressee": True})
            ],
        }

    def _letter_subject(self, kind):
        about = f"đề nghị xét công nhận sáng kiến – {self.round_id.name}"
        return f"Gửi hồ sơ {about}" if kind.code == "CV" else f"Về việc {about}"

    def _document_body_template(self, kind):
        """Return the QWeb template of the letter."""
        return "emulation.document_body_transmittal"

    def _document_check_sign(self, document):
        """The letter is signed by sending the batch, never by itself."""
        if self.state == "draft":
            raise UserError(
                self.env._(
                    "“%(document)s” goes with the batch “%(batch)s”: send the batch, "
                    "and the letter is signed with it.",
                    document=document.display_name,
                    batch=self.name,
                )
            )

    def _printed_count(self):
        """Return how many dossiers the letter speaks of, as papers write numbers."""
        return f"{len(self.line_ids):02d}"

    def _printed_recognised(self):
        """Return how many of them the units have recognised; empty when none."""
        count = len([line for line in self.line_ids if line._printed_decision()])
        return f"{count:02d}" if count else ""
