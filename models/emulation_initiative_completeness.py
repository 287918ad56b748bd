from odoo import api, models
from odoo.exceptions import UserError


class EmulationInitiative(models.Model):
    """What a dossier still lacks before it can be handed in."""

    _inherit = "emulation.initiative"

    @api.depends(
        "name", "author_ids.share", "author_ids.is_confirmed", "attachment_ids",
        "problem", "solution", "novelty", "applicability", "benefit",
        "date_applied", "kind_id", "field_id", "round_id", "theme_id", "unit_id",
    )  # fmt: skip
    def _compute_missing_items(self):
        for initiative in self:
            initiative.missing_items = initiative._get_missing_items()

    def _check_complete(self):
        missing = self._get_missing_items()
        if missing:
            raise UserError(
                self.env._(
                    "“%(initiative)s” cannot be handed in yet. Please complete:\n"
                    "%(missing)s",
                    initiative=self.name,
                    missing="\n".join(f"- {item}" for item in missing),
                )
            )

    def _get_missing_items(self):
        """Return what the dossier still lacks, as translated phrases in form order."""
        self.ensure_one()
        rnd, authors = self.round_id, self.author_ids
        checks = [
            (not (self.name or "").strip(), self.env._("the title")),
            (not rnd, self.env._("the round")),
            (not self.unit_id, self.env._("the unit")),
            (not self.kind_id, self.env._("the kind")),
            (not self.field_id, self.env._("the field")),
            (not self.theme_id, self.env._("the content it belongs to")),
            (rnd and self.kind_id and self.kind_id not in rnd.kind_ids._origin,
             self.env._("a kind that the round accepts")),
            (rnd and self.field_id and not rnd._accepts_field(self.field_id),
             self.env._("a field that the round accepts")),
            (not authors, self.env._("at least one author")),
            (authors and not authors._totals_to_hundred(),
             self.env._("shares of the authors that make exactly 100 %")),
            (authors and not all(authors.mapped("is_confirmed")),
             self.env._("the authors' signatures on their shares")),
            (not self.problem, self.env._("the situation before")),
            (not self.solution, self.env._("the description of the solution")),
            (not self.novelty, self.env._("what is new")),
            (not self.applicability, self.env._("use and spread")),
            (not self.benefit, self.env._("the benefits")),
            (self.requires_application and not self.date_applied,
             self.env._("the day of the first application")),
            (not self.attachment_ids, self.env._("at least one piece of evidence")),
        ]  # fmt: skip
        missing = [str(label) for lacking, label in checks if lacking]
        return missing + self._get_refused_files()
