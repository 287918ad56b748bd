from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What the data lead corrects, and when: nothing that was judged
CLASSIFICATION = {"field_id", "theme_id", "keywords"}
DECIDED = ("recognised", "not_recognised")


class EmulationInitiative(models.Model):
    """The database of initiatives is kept findable after the decision (R62, R68).

    The data lead of the department of science and technology corrects field,
    content and keywords of decided dossiers; every correction stands in the
    history. What the authors wrote and what the council judged stays as it is.
    """

    _inherit = "emulation.initiative"

    theme_id = fields.Many2one(tracking=True)
    keywords = fields.Char(tracking=True)
    is_classifiable = fields.Boolean(
        string="Classification can be corrected", compute="_compute_is_classifiable"
    )
    has_data_gap = fields.Boolean(
        string="Gaps in the database",
        compute="_compute_has_data_gap",
        search="_search_has_data_gap",
        help="Decided, but without keywords, a benefit in figures or a day of "
        "application where the kind asks for one",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_classifiable(self):
        keeper = self._keeps_database()
        for initiative in self:
            initiative.is_classifiable = keeper and initiative.state in DECIDED

    @api.depends("state", "keywords", "benefit_amount", "date_applied", "kind_id")
    def _compute_has_data_gap(self):
        gaps = self.filtered_domain(self._get_data_gap_domain())
        for initiative in self:
            initiative.has_data_gap = initiative in gaps

    def _search_has_data_gap(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_data_gap_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_data_gap_domain(self):
        """Return the domain of decided dossiers that are hard to find or to count."""
        unapplied = Domain("date_applied", "=", False) & Domain(
            "kind_id.requires_application", "=", True
        )
        lacking = (
            Domain("keywords", "in", (False, ""))
            | Domain("benefit_amount", "=", 0)
            | unapplied
        )
        return Domain("state", "in", DECIDED) & lacking

    @api.model
    def _keeps_database(self):
        """Return whether the current user is a data lead."""
        return self.env.user.has_group("emulation.group_emulation_data")

    def _check_editable(self, vals):
        """Let the data lead correct the classification of what is decided.

        :raises UserError: naming the dossier that is not decided yet
        """
        touched = self._contents() & set(vals)
        if self.env.su or not touched or not self._keeps_database():
            return super()._check_editable(vals)
        undecided = self.filtered(lambda one: one.state not in DECIDED)
        if touched <= CLASSIFICATION and not undecided:
            return None
        if touched <= CLASSIFICATION and not self.env.user.has_group(
            "emulation.group_emulation_officer"
        ):
            raise UserError(
                self.env._(
                    "“%(initiative)s” is not decided yet: its classification belongs "
                    "to the unit. Correct it after the decision.",
                    initiative=undecided[0].display_name,
                )
            )
        return super()._check_editable(vals)
