from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EmulationScoreLineMixin(models.AbstractModel):
    """The points of one criterion, wherever points are given.

    On a member's own sheet, on what a clerk reads from paper, on a sample that
    members score first. The form it stands on is ``sheet_id``.
    """

    _name = "emulation.score.line.mixin"
    _description = "Points for a Criterion"
    _order = "sheet_id, sequence, id"
    _rec_name = "criterion_id"

    criterion_id = fields.Many2one(
        "emulation.rubric.criterion", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    descriptor = fields.Text(related="criterion_id.descriptor")
    bands = fields.Json(compute="_compute_bands", compute_sudo=True)
    guide = fields.Text(
        compute="_compute_bands",
        compute_sudo=True,
        help="Guidance of the criterion beside its bands",
    )
    factor = fields.Float(
        compute="_compute_factor",
        compute_sudo=True,
        digits=0,
        help="What one point adds to the total of the sheet",
    )
    max_points = fields.Float(related="criterion_id.max_points")
    points = fields.Float(digits=(5, 2), aggregator=None)
    is_scored = fields.Boolean(
        string="Scored", help="Tells a 0 that was given from a blank"
    )
    note = fields.Char(string="Reason")

    @api.depends("criterion_id")
    @api.depends_context("lang")
    def _compute_bands(self):
        for line in self:
            guide = line.criterion_id._get_guide()
            line.bands, line.guide = guide["bands"], guide["guide"]

    @api.depends("criterion_id")
    def _compute_factor(self):
        for line in self:
            line.factor = float(line.criterion_id._as_criterion().factor)

    @api.constrains("points", "criterion_id")
    def _check_points(self):
        for line in self:
            line._check_given(line.points)

    def _check_given(self, points):
        """Refuse points outside the criterion, before the database rounds them."""
        for line in self:
            if not 0 <= points <= line.criterion_id.max_points:
                raise UserError(
                    self.env._(
                        "“%(criterion)s” takes from 0 to %(maximum)s points, not "
                        "%(points)s. Correct the sheet for “%(dossier)s”.",
                        criterion=line.criterion_id.name,
                        maximum=f"{line.max_points:g}",
                        points=f"{points:g}",
                        dossier=line.sheet_id._get_dossier_name(),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.sheet_id._check_writable()
        return lines

    def write(self, vals):
        self.sheet_id._check_writable()
        self._check_given(vals.get("points") or 0)
        if not self.env.su and vals.keys() - {"points", "is_scored", "note"}:
            raise AccessError(
                self.env._(
                    "A criterion stays on its sheet: only points and reasons are "
                    "entered."
                )
            )
        if "points" in vals:
            vals = {"is_scored": True, **vals}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_the_house(self):
        if not self.env.su:
            raise UserError(self.env._("A criterion stays on the sheet; enter 0."))


class EmulationRubricCriterion(models.Model):
    _inherit = "emulation.rubric.criterion"

    def _get_scale(self):
        """Return what deserves how many points as text, for paper and workbooks."""
        guide = self._get_guide()
        lines = [f"{one['label']}: {one['text']}" for one in guide["bands"]]
        return "\n".join(filter(None, [guide["guide"], *lines]))

    def _get_guide(self):
        """Return what deserves how many points, as the sheet on screen shows it.

        :return: ``{"bands": [{"from", "to", "label", "text"}, …], "guide": text}``
        """
        self.ensure_one()
        bands = self._get_bands()
        # a guidance that spells out the bands is not told twice
        is_told = bands and not self.band_ids
        return {"bands": bands, "guide": "" if is_told else self.descriptor or ""}
