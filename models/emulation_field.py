from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EmulationField(models.Model):
    """A field of activity (lĩnh vực), as a tree."""

    _name = "emulation.field"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "Field of Activity"
    _parent_name = "parent_id"
    _order = "tree_order, id"
    _rec_name = "complete_name"

    name = fields.Char(required=True, translate=True)
    # Not stored: it follows the reader's language, as the name does
    complete_name = fields.Char(
        string="Full name", compute="_compute_complete_name", recursive=True
    )
    code = fields.Char(required=True, help="Short code used in statistics, e.g. NN")
    sequence = fields.Integer(default=10)
    tree_order = fields.Char(
        compute="_compute_tree_order",
        store=True,
        recursive=True,
        export_string_translation=False,
        help="Each field before its sub-fields, these before the next field",
    )
    parent_id = fields.Many2one(
        "emulation.field", string="Parent field", ondelete="restrict", index=True
    )
    child_ids = fields.One2many("emulation.field", "parent_id", string="Sub-fields")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "Another field already has this code.")

    @api.depends("name", "parent_id.complete_name")
    @api.depends_context("lang")
    def _compute_complete_name(self):
        for field in self:
            parent = field.parent_id.complete_name
            field.complete_name = f"{parent} / {field.name}" if parent else field.name

    @api.depends("sequence", "code", "parent_id.tree_order")
    def _compute_tree_order(self):
        for field in self:
            own = f"{max(field.sequence, 0):06d}{field.code or ''}"
            above = field.parent_id.tree_order
            field.tree_order = f"{above}/{own}" if above else own

    @api.constrains("parent_id")
    def _check_parent_id(self):
        for field in self:
            if field._has_cycle():
                raise ValidationError(
                    self.env._(
                        "“%(field)s” cannot stand under itself or one of its own "
                        "sub-fields. Choose another parent field.",
                        field=field.name,
                    )
                )
