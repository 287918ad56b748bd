from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.text import fold


class EmulationInitiativeEntry(models.Model):
    """The library of recognised initiatives: what every unit may take up (R5, R62).

    An officer reads the dossiers of own units alone; here stands of everybody's what
    one must know to use it: title, solution, unit, field. Contacts of the authors,
    evidence, course and confidential dossiers stay where they are.
    """

    _name = "emulation.initiative.entry"
    _description = "Recognised Initiative"
    _auto = False
    _order = "date_recognised desc, id desc"

    name = fields.Char(string="Initiative title", readonly=True)
    code = fields.Char(readonly=True)
    search_text = fields.Char(readonly=True, export_string_translation=False)
    unit_id = fields.Many2one("emulation.unit", readonly=True)
    kind_id = fields.Many2one("emulation.initiative.kind", readonly=True)
    field_id = fields.Many2one("emulation.field", readonly=True)
    theme_id = fields.Many2one("emulation.theme", string="Content", readonly=True)
    year = fields.Integer(readonly=True, aggregator=None)
    date_recognised = fields.Date(string="Recognised on", readonly=True)
    problem = fields.Text(string="Situation before", readonly=True)
    solution = fields.Text(string="The solution", readonly=True)
    applicability = fields.Text(string="Use and spread", readonly=True)
    benefit = fields.Text(string="Benefits", readonly=True)
    benefit_amount = fields.Monetary(string="Benefit in a year", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    author_names = fields.Char(
        string="Authors", compute="_compute_author_names", compute_sudo=True
    )
    adoption_count = fields.Integer(
        string="Used by",
        compute="_compute_adoption_count",
        compute_sudo=True,
        help="Units that have taken it up, as far as this is verified or claimed",
    )

    _depends = {
        "emulation.initiative": [
            "name", "code", "search_text", "unit_id", "kind_id", "field_id",
            "theme_id", "year", "date_recognised", "problem", "solution",
            "applicability", "benefit", "benefit_amount", "currency_id",
            "company_id", "state", "active", "is_confidential",
            "recognition_level_id",
        ],
    }  # fmt: skip

    @property
    def _table_query(self):
        return SQL(
            "SELECT id, name, code, search_text, unit_id, kind_id, field_id, theme_id,"
            " year, date_recognised, problem, solution, applicability, benefit,"
            " benefit_amount, currency_id, company_id"
            " FROM emulation_initiative"
            " WHERE active AND (state = 'recognised' OR state <> 'withdrawn'"
            " AND recognition_level_id IS NOT NULL AND date_recognised IS NOT NULL)"
            " AND NOT COALESCE(is_confidential, FALSE)"
        )

    def _compute_author_names(self):
        # also of lines that a dialog holds before it is saved
        names = {
            one.id: one.author_names
            for one in self.env["emulation.initiative"].browse(self.ids)
        }
        for entry in self:
            entry.author_names = names.get(entry._origin.id, False)

    def _compute_adoption_count(self):
        counts = dict(
            self.env["emulation.initiative.adoption"]._read_group(
                [
                    ("initiative_id", "in", self.ids),
                    ("state", "in", ("claimed", "verified")),
                ],
                ["initiative_id"],
                ["__count"],
            )
        )
        counts = {initiative.id: count for initiative, count in counts.items()}
        for entry in self:
            entry.adoption_count = counts.get(entry._origin.id, 0)

    def _search_display_name(self, operator, value):
        """Find entries by title, code, author or keyword, without diacritics."""
        if isinstance(value, str) and operator in ("ilike", "like", "=ilike"):
            return Domain("search_text", operator.replace("ilike", "like"), fold(value))
        return super()._search_display_name(operator, value)

    # ACTIONS

    def action_adopt(self):
        """Open a new record of use of this initiative by the user's unit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("We use this"),
            "res_model": "emulation.initiative.adoption",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_entry_id": self.id},
        }
