from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationRoundRubric(models.Model):
    """Another rubric for dossiers of a kind, of a field, or of both (R44)."""

    _name = "emulation.round.rubric"
    _description = "Rubric for a Kind or Field in a Round"
    _order = "round_id, kind_id, field_id, id"
    _rec_name = "rubric_id"

    round_id = fields.Many2one(
        "emulation.round", required=True, index=True, ondelete="cascade"
    )
    kind_id = fields.Many2one("emulation.initiative.kind", ondelete="restrict")
    field_id = fields.Many2one(
        "emulation.field", ondelete="restrict", help="Includes its sub-fields"
    )
    rubric_id = fields.Many2one(
        "emulation.rubric",
        required=True,
        ondelete="restrict",
        domain="[('purpose', '=', 'initiative'), ('state', '=', 'in_force')]",
    )

    _kind_field_unique = models.UniqueIndex(
        "(round_id, COALESCE(kind_id, 0), COALESCE(field_id, 0))",
        "There is already a rubric for this kind and field in the round.",
    )
    _kind_or_field = models.Constraint(
        "CHECK (kind_id IS NOT NULL OR field_id IS NOT NULL)",
        "Name the kind or the field that the rubric is for. The round's own rubric "
        "holds for all others.",
    )

    @api.constrains("rubric_id")
    def _check_rubric_purpose(self):
        self.rubric_id._check_for_initiatives()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_law_open()
        return lines

    def write(self, vals):
        self._check_law_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._check_law_open()

    def _check_law_open(self):
        """The law of a round is fixed once members score, line by line."""
        if not self.env.su:
            self.round_id._check_law_open()

    def _get_precision(self, initiative):
        """Return how exactly this line meets ``initiative``; ``None`` if it does not.

        A kind weighs more than a field, a sub-field more than the field above it.
        """
        self.ensure_one()
        if self.kind_id and self.kind_id != initiative.kind_id:
            return None
        if not self.field_id:
            return (True, 0)
        line = initiative.field_id._get_ancestry()
        if self.field_id not in line:
            return None
        return (bool(self.kind_id), len(self.field_id._get_ancestry()))


class EmulationRubric(models.Model):
    _inherit = "emulation.rubric"

    def _check_for_initiatives(self):
        """Refuse a rubric that scores units where dossiers are scored."""
        for rubric in self:
            if rubric.purpose != "initiative":
                raise UserError(
                    self.env._(
                        "“%(rubric)s” scores units, not initiatives. Choose a rubric "
                        "for initiatives.",
                        rubric=rubric.display_name,
                    )
                )


class EmulationField(models.Model):
    _inherit = "emulation.field"

    def _get_ancestry(self):
        """Return this field and all fields above it."""
        ancestry = field = self
        while field := field.parent_id:
            ancestry |= field
        return ancestry


class EmulationRound(models.Model):
    _inherit = "emulation.round"

    rubric_line_ids = fields.One2many(
        "emulation.round.rubric", "round_id", string="Other rubrics", copy=True
    )

    @api.constrains("rubric_id")
    def _check_rubric_purpose(self):
        self.rubric_id._check_for_initiatives()

    def _get_rubric(self, initiative):
        """Return the rubric by which ``initiative`` is scored in this round.

        The line that meets its kind and field most exactly, else the round's own.
        """
        self.ensure_one()
        met = []
        for line in self.rubric_line_ids:
            precision = line._get_precision(initiative)
            if precision:
                met.append((precision, line.rubric_id))
        return max(met, key=lambda one: one[0])[1] if met else self.rubric_id

    def _get_laws(self):
        return super()._get_laws() + list(self.rubric_line_ids.rubric_id)

    def _check_law_open(self):
        """Refuse another law once members score by it (see the appraisal room)."""

    def _check_rubrics(self):
        for line in self.rubric_line_ids:
            if line.kind_id and line.kind_id not in self.kind_ids:
                raise UserError(
                    self.env._(
                        "“%(round)s” does not accept the kind “%(kind)s”, for which it "
                        "has a rubric. Add the kind, or remove the line.",
                        round=self.name,
                        kind=line.kind_id.name,
                    )
                )

    def _check_open(self):
        self._check_rubrics()
        return super()._check_open()
