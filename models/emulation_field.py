from odoo import api, fields, models


class EmulationField(models.Model):
    """A field of activity (lĩnh vực), as a tree."""

    _name = "emulation.field"
    _description = "Field of Activity"
    _parent_name = "parent_id"
    _parent_store = True
    _order = "complete_name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["code", "complete_name"]

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", recursive=True, store=True
    )
    code = fields.Char(required=True)
    parent_id = fields.Many2one(
        "emulation.field", string="Parent field", ondelete="restrict", index=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("emulation.field", "parent_id", string="Sub-fields")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "Another field already has this code.")

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for field in self:
            parent = field.parent_id.complete_name
            field.complete_name = f"{parent} / {field.name}" if parent else field.name
