from odoo import api, models

from ..tools.text import fold

KIND_WORDS = {
    "sap nhap": "merge",
    "hop nhat": "merge",
    "chia tach": "split",
    "chia": "split",
    "doi ten": "rename",
    "chuyen don vi cap tren": "transfer",
    "thay doi loai, cap": "change",
    "giai the": "dissolve",
    "thanh lap": "found",
}


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

    @api.model
    def load(self, fields, data):
        """Import events; the office's own words for the kinds are understood.

        Extends the ORM's ``load`` (same shapes): “Sáp nhập” is a merger in every
        language, so that the file of a province imports for whoever reads it. The
        name in the row of a renaming is the unit's own new name.
        """
        if "kind" in fields:
            column = fields.index("kind")
            data = [
                [
                    KIND_WORDS.get(fold(value), value) if index == column else value
                    for index, value in enumerate(row)
                ]
                for row in data
            ]
            fields, data = self._import_renamings(fields, data)
        return super().load(fields, data)

    @api.model
    def _import_renamings(self, fields, data):
        """Take the name of a “new unit” as what a unit is called from then on.

        The unit goes on: whatever else is written of a new one says nothing.
        """
        if "line_ids/name" not in fields or "new_name" in fields:
            return fields, data
        kind, name = fields.index("kind"), fields.index("line_ids/name")
        of_line = {
            at for at, field in enumerate(fields) if field.startswith("line_ids")
        }
        rows = []
        for row in data:
            told, new_name = row, ""
            if row[kind] == "rename":
                new_name = row[name]
                told = ["" if at in of_line else one for at, one in enumerate(row)]
            rows.append([*told, new_name])
        return [*fields, "new_name"], rows
