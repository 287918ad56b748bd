from odoo import api, models
from odoo.fields import Domain

from ..tools.text import clean


class EmulationCatalogueMixin(models.AbstractModel):
    """A short list of entries with a code and a translated name.

    An exact name is found in every installed language, so that a file filled in
    Vietnamese imports for a user who reads English, and the other way round.
    """

    _name = "emulation.catalogue.mixin"
    _description = "Catalogue Entry"
    _rec_names_search = ["code", "name"]

    @api.model
    def _search_display_name(self, operator, value):
        if operator not in ("=", "in"):
            return super()._search_display_name(operator, value)
        values = [value] if isinstance(value, str) else list(value)
        texts = [clean(text) for text in values if isinstance(text, str)]
        ids = set(self.search([("code", "in", texts)]).ids)
        # the source language too, even where an office has switched English off
        installed = {lang for lang, _name in self.env["res.lang"].get_installed()}
        for lang in sorted(installed | {"en_US"}):
            localised = self.with_context(lang=lang)
            # "=ilike" would read % and _ as wildcards: escape them
            for text in texts:
                pattern = text.replace("\\", r"\\").replace("%", r"\%")
                pattern = pattern.replace("_", r"\_")
                ids.update(localised.search([("name", "=ilike", pattern)]).ids)
        return Domain("id", "in", ids)
