from odoo import api, fields, models

# Levels whose head decides about the own people, without the provincial board
OWN_LEVELS = ("commune", "base", "residential")


class EmulationAward(models.Model):
    """Who decides on an award, who appraises it: a unit of its level and of its track.

    Heads of units, of enterprises and chairmen of communes give the awards of their
    level themselves (Law on Emulation and Commendation, Art. 80), and so does the
    Front with its own commendation (R88). What a central body decides is decided
    elsewhere: it is sent there, and the answer is recorded.
    """

    _inherit = "emulation.award"

    decider = fields.Selection(
        [
            ("unit", "The head of the unit itself"),
            ("front", "The Front of the level"),
            ("government", "The People's Committee of the level"),
            ("elsewhere", "A central body"),
        ],
        string="Decision is taken by",
        required=True,
        compute="_compute_decider",
        store=True,
        readonly=False,
        precompute=True,
        help="Which unit issues the decision; of the level above, where one is entered",
    )
    appraised_by = fields.Selection(
        [
            ("board", "The Award board"),
            ("decider", "The deciding unit itself"),
        ],
        string="Achievement is appraised by",
        required=True,
        compute="_compute_appraised_by",
        store=True,
        readonly=False,
        precompute=True,
        help="Whether a nomination passes the provincial board, or the head of the "
        "deciding unit appraises it and signs the decision",
    )
    is_decided_elsewhere = fields.Boolean(compute="_compute_is_decided_elsewhere")

    @api.depends("track", "level_id.code")
    def _compute_decider(self):
        for award in self:
            if award.track == "central" or award.level_id.code == "central":
                award.decider = "elsewhere"
            elif award.track == "front":
                award.decider = "front"
            else:
                # heads of whatever has legal personality give it to their own people
                award.decider = "government" if award.level_id else "unit"

    @api.depends("decider", "level_id.code")
    def _compute_appraised_by(self):
        for award in self:
            own = award.decider in ("unit", "front") or (
                award.decider == "government" and award.level_id.code in OWN_LEVELS
            )
            award.appraised_by = "decider" if own else "board"

    @api.depends("decider")
    def _compute_is_decided_elsewhere(self):
        for award in self:
            award.is_decided_elsewhere = award.decider == "elsewhere"

    def _get_faults(self):
        faults = super()._get_faults()
        central = self.track == "central" or self.level_id.code == "central"
        if central != self.is_decided_elsewhere:
            faults.append(
                self.env._(
                    "Track, level and who decides contradict each other: what goes to "
                    "the centre is decided there, and nothing else."
                )
            )
        if self.is_decided_elsewhere and self.appraised_by == "decider":
            faults.append(
                self.env._(
                    "What a central body decides is appraised here by the Award board."
                )
            )
        return faults

    def _get_uses(self):
        """Return what rests on these awards: whatever was nominated for them."""
        return self.env["emulation.nomination"], [("award_id", "in", self.ids)]

    def _get_decider_domain(self):
        """Return the domain of the units that may decide; ``None`` where none here."""
        self.ensure_one()
        if self.is_decided_elsewhere:
            return None
        domain = []
        if self.decider != "unit":
            domain.append(("kind_id.code", "=", self.decider))
        if self.level_id:
            domain.append(("level_id", "=", self.level_id.id))
        return domain

    def _find_deciders(self, unit):
        """Return the units that may decide on what ``unit`` nominates, the best first.

        The unit itself or one above it, first the nearest that issues papers; or the
        Front, the People's Committee, whose territory the unit belongs to.
        """
        self.ensure_one()
        units = self.env["emulation.unit"].sudo()
        path, domain = unit.sudo().parent_path or "", self._get_decider_domain()
        if domain is None or not path:
            return units
        if self.decider == "unit":
            above = [int(part) for part in path.split("/") if part]
            found = units.search([*domain, ("id", "in", above)])
            return found.filtered(lambda one: not one.is_ended).sorted(
                lambda one: (not one.document_symbol, -len(one.parent_path))
            )
        found = units.search([*domain, ("is_ended", "=", False)])
        reached = found.filtered(
            lambda one: path.startswith(one.parent_id.parent_path or "")
        )
        return reached.sorted(lambda one: -len(one.parent_id.parent_path or ""))

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
