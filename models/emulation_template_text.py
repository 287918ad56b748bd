from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import similarity
from ..tools.text import clean


class EmulationTemplateText(models.Model):
    """Sentences of the form itself and turns of phrase that say nothing of a work.

    Every dossier contains them, so they are taken out before dossiers are compared:
    "Một số biện pháp nâng cao chất lượng" makes no two initiatives alike.
    """

    _name = "emulation.template.text"
    _description = "Standard Wording"
    _order = "sequence, name, id"

    name = fields.Char(
        string="Wording",
        required=True,
        help="Diacritics, capitals and punctuation make no difference",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(name)", "This wording is already in the list (perhaps archived)."
    )

    @api.constrains("name")
    def _check_name(self):
        for line in self:
            if len(similarity.words(line.name)) < 2:
                raise ValidationError(
                    self.env._(
                        "“%(wording)s” is a single word: leaving it out everywhere "
                        "would make different dossiers alike. Enter at least two.",
                        wording=line.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = clean(vals.get("name"))
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        if "name" in vals:
            vals = {**vals, "name": clean(vals["name"])}
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _get_phrases(self):
        """Return the wordings in force as tuples of folded words, longest first."""
        lines = self.sudo().search(Domain.TRUE)
        phrases = {tuple(similarity.words(line.name)) for line in lines}
        return tuple(sorted(phrases, key=lambda words: (-len(words), words)))
