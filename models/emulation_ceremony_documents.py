from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

INVITATION = "GM"


class EmulationCeremony(models.Model):
    """The invitation with its programme and the list of those called up (R34)."""

    _name = "emulation.ceremony"
    _inherit = ["emulation.ceremony", "emulation.document.source"]

    def action_draft_invitation(self):
        """Draft the invitation (giấy mời) with its list and open it.

        :raises UserError: when nobody is on the list, or it is not planned any more
        """
        self.ensure_one()
        self._check_preparing()
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "“%(ceremony)s” honours nobody: its list is empty.",
                    ceremony=self.name,
                )
            )
        return self._draft_paper(INVITATION)

    # WHAT A DOCUMENT ASKS OF ITS SOURCE

    def _document_values(self, kind):
        """Return the defaults of the invitation: to every unit whose people come."""
        self.ensure_one()
        signer = self.unit_id._get_signature_values()
        if self.unit_id.kind_id.code == "front" and signer.get("authority") != "kt":
            signer |= {"authority": "tm", "on_behalf": "BAN THƯỜNG TRỰC"}
        units = self._get_honoured_units()
        addressees = [
            Command.create({"unit_id": unit.id, "is_addressee": True}) for unit in units
        ]
        everybody = "Các cá nhân, tập thể có tên trong danh sách kèm theo"
        return {
            "unit_id": self.unit_id.id,
            "subject": self.name,
            "issuer_ids": [Command.create(signer)],
            "recipient_ids": [
                *addressees,
                Command.create({"name": everybody, "is_addressee": True}),
            ],
        }

    def _document_body_template(self, kind):
        """Return the QWeb template of the invitation."""
        return "emulation.document_body_ceremony"

    def _document_annexes(self, kind):
        """Return the list of those called up, turned, and the review of the year."""
        annexes = [
            {
                "title": "Danh sách cá nhân, tập thể được tôn vinh",
                "template": "emulation.document_annex_ceremony",
                "is_landscape": True,
            }
        ]
        if self._printed_lines("review_text"):
            title = f"Tổng kết phong trào thi đua năm {self.year}"
            template = "emulation.document_annex_ceremony_review"
            annexes.append({"title": title, "template": template})
        return annexes

    def _document_check_sign(self, document):
        """Nobody is invited to what is over, or for what does not stand any more."""
        self._check_planned()
        day = document.date_signed or fields.Date.context_today(self)
        if day > self._get_day():
            raise UserError(
                self.env._(
                    "“%(document)s” would invite after the day of “%(ceremony)s”. "
                    "Correct one of the two dates.",
                    document=document.display_name,
                    ceremony=self.name,
                )
            )
        self.line_ids._check_standing()

    def _on_document_signed(self, document):
        """Remind the units of the day to which their people are invited."""
        self.sudo()._remind()

    # BUSINESS

    def _get_honoured_units(self):
        """Return the units from which people are called up, without the host."""
        lines = self.sudo().line_ids
        awards = lines.nomination_id
        units = awards.recipient_unit_id | awards.unit_id | lines.initiative_id.unit_id
        return (units - self.unit_id).filtered(lambda unit: not unit.is_ended)

    def _printed_moment(self):
        """Return when it begins, as invitations say: 08 giờ 00, ngày 20/12/2019."""
        return f"{self._get_moment():%H giờ %M, ngày %d/%m/%Y}"

    def _printed_lines(self, name):
        """Return the lines of a text field, without the empty ones."""
        lines = (self[name] or "").splitlines()
        return [line.strip() for line in lines if line.strip()]
