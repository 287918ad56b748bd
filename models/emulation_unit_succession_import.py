from odoo import api, models


class EmulationUnitSuccession(models.Model):
    """A whole reform comes in from one file, as drafts to be previewed."""

    _inherit = "emulation.unit.succession"

    @api.model
    def get_import_templates(self):
        """Offer the template with headers in the user's language.

        One row per event; further successors in rows of their own below it. Units
        concerned are codes separated by commas. A successor that is new has a code,
        name, kind and level; its higher unit is named by code, so that one file can
        found both.
        """
        lang = "vi" if (self.env.lang or "").startswith("vi") else "en"
        return [
            {
                "label": self.env._("Import template for a reform"),
                "template": f"/emulation/static/xls/reform_import_template_{lang}.xlsx",
            }
        ]
