from odoo import api, fields, models


class EmulationAward(models.Model):
    """Who may sign the decision on an award: a unit of its level and of its track.

    What a central body decides is decided elsewhere: it is sent there, and the answer
    is recorded.
    """

    _inherit = "emulation.award"

    is_decided_elsewhere = fields.Boolean(compute="_compute_is_decided_elsewhere")

    @api.depends("track", "level_id.code")
    def _compute_is_decided_elsewhere(self):
        for award in self:
            central = award.level_id.code == "central"
            award.is_decided_elsewhere = award.track == "central" or central

    def _get_uses(self):
        """Return what rests on these awards: whatever was nominated for them."""
        return self.env["emulation.nomination"], [("award_id", "in", self.ids)]

    def _get_decider_domain(self):
        """Return the domain of the units that may decide; ``None`` where none here."""
        self.ensure_one()
        if self.is_decided_elsewhere:
            return None
        if self.track == "front":
            domain = [("kind_id.code", "=", "front")]
        elif self.level_id:
            domain = [("kind_id.code", "=", "government")]
        else:
            # heads of whatever has legal personality give it to their own people
            return []
        return [*domain, ("level_id", "=", self.level_id.id)]

    def _find_decider_problem(self, unit):
        """Return why a decision of ``unit`` cannot give this award, else ``False``."""
        domain = self._get_decider_domain()
        if domain is not None and unit.sudo().filtered_domain(domain):
            return False
        return self.env._(
            "“%(unit)s” cannot give “%(award)s”, which is decided by: %(decider)s "
            "(level: %(level)s). Have it signed there.",
            unit=unit.name,
            award=self.name,
            decider=self.decided_by,
            level=self.level_id.name or "–",
        )
