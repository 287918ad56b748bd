from odoo import api, models
from odoo.tools import format_date

# what of a seat changes who decides
LOGGED = {"user_id", "role", "is_scoring", "date_start", "date_end", "unit_id"}


class EmulationCouncilMember(models.Model):
    """Who sits on a council in office, and since when, is kept in the log."""

    _inherit = "emulation.council.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._log_seats()
        return members

    def write(self, vals):
        touched = vals.keys() & LOGGED
        before = {member.id: member._describe_seat() for member in self if touched}
        result = super().write(vals)
        self.filtered(
            lambda one: touched and one._describe_seat() != before[one.id]
        )._log_seats()
        return result

    def unlink(self):
        for member in self.filtered(lambda one: one.council_id.state != "draft"):
            self.env["emulation.log"]._append(
                member.council_id,
                "seat",
                self.env._("Seat removed: %(seat)s", seat=member._describe_seat()),
            )
        return super().unlink()

    def _log_seats(self):
        """Log the seats as they stand now; those of a draft are not yet seats."""
        for member in self.filtered(lambda one: one.council_id.state != "draft"):
            self.env["emulation.log"]._append(
                member.council_id, "seat", member._describe_seat()
            )

    def _describe_seat(self):
        """Return who sits here, in which role and when, in one line."""
        self.ensure_one()
        seat = self.sudo()
        roles = dict(seat._fields["role"]._description_selection(self.env))
        days = [
            format_date(self.env, day) if day else "…"
            for day in (seat.date_start, seat.date_end)
        ]
        parts = [f"{seat.user_id.name} ({seat.user_id.login})", roles[seat.role]]
        if seat.unit_id:
            parts.append(seat.unit_id.name)
        if not seat.is_scoring:
            parts.append(self.env._("does not score"))
        return ", ".join(parts) + f", {days[0]} – {days[1]}"


class EmulationCouncil(models.Model):
    """With the day a council takes office its seats begin to count."""

    _inherit = "emulation.council"

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        if target == "in_force":
            self.member_ids._log_seats()
        return result
