from odoo import fields, models

from ..tools import official


class EmulationLetter(models.Model):
    """What a letter on paper says besides its text: place, day, who signs."""

    _inherit = "emulation.letter"

    def _printed_place_and_date(self):
        """Return place and day of the letter; the day stays open until it is sent."""
        self.ensure_one()
        place = self.session_id.sudo().council_id.unit_id.place_name
        today = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        sent = self.date_sent and fields.Datetime.context_timestamp(
            self, self.date_sent
        )
        return official.place_and_date(place, sent or False, today.year)

    def _printed_secretary(self):
        """Return the name under which the council's secretary signs the letter."""
        self.ensure_one()
        session = self.session_id.sudo()
        members = session.council_id._get_members(session._get_day())
        secretary, _chair = session._get_minutes_signers(members)
        return secretary.user_id.name or ""
