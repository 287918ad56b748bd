from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

# What a sheet shows of its dossier as text, the names in it masked
TEXTS = ("name", "problem", "solution", "novelty", "applicability", "benefit")
# What tells whose dossier it is
TELLING = ("initiative_id", "code", "unit_id", "attachment_ids", "prior_art_ids")
SHOWN = {"compute": "_compute_dossier", "compute_sudo": True}


class EmulationScoresheet(models.Model):
    """The dossier on the sheet of who judges it blind: texts without names, no more.

    What the sheet shows of its dossier is computed, not related: a related field
    would be read, searched and grouped with the rights of the house. Questions about
    the dossier go through the evaluation, whose rules hide it.
    """

    _inherit = "emulation.scoresheet"

    is_blind = fields.Boolean(
        compute="_compute_dossier",
        compute_sudo=True,
        help="Authors, unit and the files that name them are hidden from you until "
        "the scores are final",
    )
    initiative_id = fields.Many2one(
        "emulation.initiative", search="_search_initiative_id", **SHOWN
    )
    unit_id = fields.Many2one("emulation.unit", search="_search_unit_id", **SHOWN)
    code = fields.Char(search="_search_code", **SHOWN)
    name = fields.Char(search="_search_name", string="Initiative title", **SHOWN)
    problem = fields.Text(**SHOWN)
    solution = fields.Text(**SHOWN)
    novelty = fields.Text(**SHOWN)
    applicability = fields.Text(**SHOWN)
    benefit = fields.Text(**SHOWN)
    attachment_ids = fields.Many2many("ir.attachment", **SHOWN)
    prior_art_ids = fields.One2many("emulation.prior.art", **SHOWN)
    anonymous_files = fields.Html(
        string="Anonymised files",
        compute="_compute_anonymous_files",
        compute_sudo=True,
        sanitize=False,
    )

    @api.depends(
        "evaluation_id.is_blind_to_me",
        *(f"evaluation_id.initiative_id.{name}" for name in (*TEXTS, *TELLING[1:])),
    )
    @api.depends_context("uid")
    def _compute_dossier(self):
        for sheet in self:
            evaluation = sheet.evaluation_id
            dossier = evaluation.initiative_id
            blind = sheet.is_blind = evaluation.is_blind_to_me
            for field in TEXTS:
                text = dossier[field]
                sheet[field] = dossier._mask(text) if blind and text else text
            for field in TELLING:
                value = dossier if field == "initiative_id" else dossier[field]
                sheet[field] = False if blind else value

    @api.depends("is_blind", "evaluation_id.anonymous_attachment_ids")
    @api.depends_context("uid")
    def _compute_anonymous_files(self):
        """List the files that a blind judge may open, as links to them."""
        link = Markup(
            '<div><a href="/emulation/blind/%s/%s" target="_blank">%s</a></div>'
        )
        for sheet in self:
            files = sheet._get_anonymous_files() if sheet.is_blind else ()
            sheet.anonymous_files = Markup("").join(
                link % (sheet.id, file.id, file.name) for file in files
            )

    def _describe_dossier(self):
        """Return ``{"name", "code", "unit"}`` for paper and files, masked if blind.

        Whoever prints or downloads may know more than whoever fills the sheet in.
        """
        self.ensure_one()
        evaluation = self.sudo().evaluation_id
        initiative = evaluation.initiative_id
        is_blind = evaluation.session_id._is_blind()
        return evaluation._describe(initiative if is_blind else initiative.browse())

    def _get_anonymous_files(self):
        """Return the files marked as anonymised, for who judges the dossier blind."""
        self.ensure_one()
        return self.sudo().evaluation_id.anonymous_attachment_ids.sorted("id")

    @api.depends("evaluation_id.display_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = sheet.evaluation_id.sudo().display_name

    # the user's own rights on the evaluation decide what a question may be about

    def _search_initiative_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("evaluation_id", "any", [("initiative_id", operator, value)])

    def _search_unit_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("evaluation_id", "any", [("unit_id", operator, value)])

    def _search_code(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("evaluation_id", "any", [("initiative_id.code", operator, value)])

    def _search_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("evaluation_id", "any", [("initiative_id.name", operator, value)])
