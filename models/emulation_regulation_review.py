from odoo import api, fields, models


class EmulationRegulation(models.Model):
    """How many members review a dossier, by when, and when they are reminded."""

    _inherit = "emulation.regulation"

    reviewers_per_dossier = fields.Integer(
        string="Reviewers of a dossier",
        help="How many members score each dossier, chosen by a computation without "
        "conflicts of interest; 0 = every scoring member",
    )
    review_days = fields.Integer(
        string="Days to review",
        help="Sheets are due so many days after scoring opens, at the latest when the "
        "council meets; 0 = when the council meets",
    )
    reminder_days = fields.Integer(
        string="Reminder before",
        help="Members with open sheets are reminded once, so many days before these "
        "are due; 0 = no reminder",
    )
    review_hint = fields.Char(compute="_compute_review_hint")

    _review_positive = models.Constraint(
        "CHECK (LEAST(reviewers_per_dossier, review_days, reminder_days) >= 0)",
        "Numbers of reviewers and of days cannot be negative. Enter 0 for none.",
    )

    @api.depends("reviewers_per_dossier", "min_valid_sheets")
    @api.depends_context("lang")
    def _compute_review_hint(self):
        for regulation in self:
            wanted = regulation.reviewers_per_dossier
            if wanted and wanted < regulation.min_valid_sheets:
                regulation.review_hint = regulation._say_too_few_reviewers()
            elif wanted:
                regulation.review_hint = self.env._(
                    "%(count)s members score each dossier; the loads differ as little "
                    "as conflicts of interest allow.",
                    count=wanted,
                )
            else:
                regulation.review_hint = self.env._(
                    "Every scoring member scores every dossier."
                )

    def _say_too_few_reviewers(self):
        return self.env._(
            "With %(reviewers)s reviewers no dossier can have the %(sheets)s valid "
            "sheets that a score needs. Enter more reviewers, or fewer valid sheets.",
            reviewers=self.reviewers_per_dossier,
            sheets=self.min_valid_sheets,
        )

    def _get_faults(self):
        faults = super()._get_faults()
        if 0 < self.reviewers_per_dossier < self.min_valid_sheets:
            faults.append(self._say_too_few_reviewers())
        return faults
