from odoo import api, fields, models
from odoo.fields import Domain


class EmulationCouncil(models.Model):
    """A council goes on with the successor of the unit that set it up."""

    _inherit = "emulation.council"

    @api.model
    def _succession_open_domain(self, day):
        return Domain("state", "in", ("draft", "in_force"))

    def _get_closing_day(self):
        self.ensure_one()
        return self.state == "ended" and self.date_end


class EmulationVerdict(models.Model):
    """A result stays with the unit, and the name, it was given to."""

    _inherit = "emulation.verdict"

    def _get_closing_day(self):
        self.ensure_one()
        return self.date


class EmulationCouncilMember(models.Model):
    """The seat of a body ends with the body; the council's founder names another."""

    _name = "emulation.council.member"
    _inherit = ["emulation.council.member", "emulation.succession.mixin"]

    @api.model
    def _succession_open_domain(self, day):
        return Domain("council_id.state", "in", ("draft", "in_force")) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        )

    def _succession_effect(self, succession):
        return "end"

    def _succession_name(self):
        return f"{self.user_id.name} ({self.council_id.name})"

    def _succession_mark(self, move):
        return {
            **super()._succession_mark(move),
            "date_end": str(self.date_end or ""),
        }

    @api.model
    def _succession_apply(self, moves):
        for move in moves:
            member = self.browse(move.res_id)
            eve = fields.Date.subtract(move.succession_id.date, days=1)
            move.former_values = {
                "date_end": str(member.date_end or ""),
                "end_reason": member.end_reason or "",
            }
            reason = self.env._(
                "“%(unit)s” has ended", unit=move.from_unit_id.name or ""
            )
            member._end_on(eve, reason)

    @api.model
    def _succession_undo(self, moves):
        for move in moves:
            former = move.former_values or {}
            self.browse(move.res_id).write(
                {
                    "date_end": former.get("date_end") or False,
                    "end_reason": former.get("end_reason") or False,
                }
            )
