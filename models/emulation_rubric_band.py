from odoo import api, fields, models
from odoo.tools.misc import get_lang

from ..tools.bands import read_bands, show_range


class EmulationRubricCriterionBand(models.Model):
    """What deserves how many points on a criterion (khung điểm); help, never a rule."""

    _name = "emulation.rubric.criterion.band"
    _description = "Band of Points of a Criterion"
    _inherit = ["emulation.law.line.mixin"]
    _law_field = "criterion_id"
    _order = "criterion_id, score_from desc, id"

    criterion_id = fields.Many2one(
        "emulation.rubric.criterion", required=True, index=True, ondelete="cascade"
    )
    score_from = fields.Float(string="From", digits=(16, 2))
    score_to = fields.Float(string="To", digits=(16, 2), required=True)
    text = fields.Char(
        string="Deserved by", required=True, help="e.g. wholly new in the country"
    )

    _score_order = models.Constraint(
        "CHECK (score_from >= 0 AND score_from <= score_to)",
        "A band of points begins at 0 or more and does not end before it begins. "
        "Correct its points.",
    )

    @api.depends("score_from", "score_to", "text")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for band in self:
            band.display_name = f"{band._get_range()}: {band.text or ''}"

    def _get_range(self):
        """Return the points of this band as on a printed scale, e.g. 27–30."""
        return self.criterion_id._show_range(self.score_from, self.score_to)


class EmulationRubricCriterion(models.Model):
    """Members see, while they score, what deserves how many points."""

    _inherit = "emulation.rubric.criterion"

    band_ids = fields.One2many(
        "emulation.rubric.criterion.band", "criterion_id", string="Bands", copy=True
    )
    bands_text = fields.Text(
        string="What deserves what",
        compute="_compute_bands_text",
        help="Members read it while they score",
    )

    @api.depends(
        "descriptor", "band_ids.score_from", "band_ids.score_to", "band_ids.text"
    )
    @api.depends_context("lang")
    def _compute_bands_text(self):
        for criterion in self:
            criterion.bands_text = criterion._get_bands_text()

    def _check_editable(self):
        """Refuse any change of what belongs to a law in force (see the law mixin)."""
        self.rubric_id._check_editable()

    def _get_bands(self):
        """Return the bands for the sheet, best first: dicts from, to, label, text.

        A criterion without bands has those that its guidance spells out.
        """
        self.ensure_one()
        bands = [
            {"from": band.score_from, "to": band.score_to, "text": band.text or ""}
            for band in self.band_ids
        ] or read_bands(self.descriptor)
        # lines added in this transaction are not yet in their order
        bands.sort(key=lambda one: -one["from"])
        return [
            {**band, "label": self._show_range(band["from"], band["to"])}
            for band in bands
        ]

    @api.model
    def _show_range(self, low, high):
        return show_range(low, high, get_lang(self.env).decimal_point)

    def _get_bands_text(self):
        """Return the scale of this criterion as text, a line a band; "" without."""
        return "\n".join(f"{one['label']}: {one['text']}" for one in self._get_bands())

    def _get_faults(self):
        """Return the translated reasons why the rubric cannot be put in force."""
        self.ensure_one()
        return self._get_own_faults() + self._get_band_faults()

    def _get_band_faults(self):
        faults = []
        bands = self._get_bands()
        values = {"criterion": self.name or ""}
        if bands and bands[0]["to"] > self.max_points:
            faults.append(
                self.env._(
                    "“%(criterion)s”: the band %(band)s goes beyond its %(points)s "
                    "points. Correct the band.",
                    band=bands[0]["label"],
                    points=self.rubric_id._format_points(self.max_points),
                    **values,
                )
            )
        for high, low in zip(bands, bands[1:], strict=False):
            if low["to"] >= high["from"]:
                faults.append(
                    self.env._(
                        "“%(criterion)s”: the bands %(low)s and %(high)s overlap. Let "
                        "one begin after the other ends.",
                        low=low["label"],
                        high=high["label"],
                        **values,
                    )
                )
        return faults
