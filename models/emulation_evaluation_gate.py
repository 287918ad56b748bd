from odoo import models
from odoo.exceptions import UserError


class EmulationEvaluation(models.Model):
    """Eligibility asks what the hand-in asked, and follows a dossier that lapses."""

    _inherit = "emulation.evaluation"

    def _transitions(self):
        table = dict(super()._transitions())
        table["returned"] = table["returned"] | {"ineligible"}
        table["ineligible"] = table["ineligible"] | {"returned"}
        return table

    def _check_checklist(self):
        """Refuse also what the list of missing items refuses at the hand-in."""
        missing = self.initiative_id._get_missing_items()
        if missing:
            raise UserError(
                self.env._(
                    "“%(dossier)s” is not eligible yet. The dossier lacks:\n"
                    "%(missing)s\nReturn it to be completed.",
                    dossier=self.display_name,
                    missing=self.initiative_id._print_missing(missing),
                )
            )
        return super()._check_checklist()

    def _log_refusal(self, reason, causes):
        """Log that the dossiers were declared not eligible, and tell their units."""
        log = self.env["emulation.initiative.return.log"]
        log._append(self.initiative_id, "refused", reason, causes)
        for initiative in self.initiative_id.sudo():
            initiative._tell_refused(reason)


class EmulationInitiative(models.Model):
    """The appraisal of a dossier that lapses, or is taken up again, goes with it."""

    _inherit = "emulation.initiative"

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        current = self.sudo().evaluation_ids.filtered(
            lambda one: one.round_id == self.round_id and one.state != "decided"
        )
        if target == "lapsed" and current.state == "returned":
            current.write({"state": "ineligible"})
            current.refusal_reason = self.env._("Not completed in time")
        elif source == "lapsed" and current.state == "ineligible":
            current.write({"state": "returned", "refusal_reason": False})
        return result

    def _tell_refused(self, reason):
        """Notify the unit, and who handed in, that the dossier is not eligible."""
        self.ensure_one()
        initiative = self._in_senders_language()
        initiative._tell_unit(
            initiative.env._(
                "“%(initiative)s” was found not eligible for “%(round)s”. Reason: "
                "%(reason)s",
                initiative=self.name,
                round=self.round_id.name,
                reason=reason or "",
            )
        )
