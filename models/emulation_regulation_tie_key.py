from odoo import api, fields, models

from ..tools.scoring import TieKey
from ..tools.text import clean


class EmulationRegulationTieKey(models.Model):
    """One way of telling equal scores apart, tried in the order of its sequence."""

    _name = "emulation.regulation.tie.key"
    _description = "Tie Key of a Regulation"
    _inherit = ["emulation.law.line.mixin"]
    _law_field = "regulation_id"
    _order = "regulation_id, sequence, id"

    regulation_id = fields.Many2one(
        "emulation.regulation", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("criterion", "Higher points on a criterion"),
            ("median", "Higher median of the sheets"),
            ("spread", "Smaller spread of the sheets"),
        ],
        required=True,
        default="criterion",
    )
    criterion_code = fields.Char(
        string="Criterion",
        help="Code of the criterion in the rubric, e.g. HQ; a rubric without it "
        "passes on to the next key",
    )

    _kind_unique = models.UniqueIndex(
        "(regulation_id, kind, "
        "(CASE WHEN kind = 'criterion' THEN criterion_code ELSE '' END))",
        "This tie key is already in the list; twice it decides nothing. "
        "Remove one of them.",
    )
    _criterion_named = models.Constraint(
        "CHECK (kind <> 'criterion' OR COALESCE(criterion_code, '') <> '')",
        "Say which criterion decides: enter its code, e.g. HQ.",
    )

    @api.depends("kind", "criterion_code")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for key in self:
            code = key.criterion_code if key.kind == "criterion" else ""
            key.display_name = " ".join(filter(None, (labels.get(key.kind), code)))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_vals(dict(vals)) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_vals(dict(vals)))

    @api.model
    def _clean_vals(self, vals):
        if vals.get("criterion_code"):
            vals["criterion_code"] = clean(vals["criterion_code"])
        return vals

    def _as_tie_key(self):
        """Return this line as ``scoring.TieKey``."""
        self.ensure_one()
        code = self.criterion_code if self.kind == "criterion" else ""
        return TieKey(self.kind, code)
