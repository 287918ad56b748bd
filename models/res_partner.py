from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.text import fold, phone_key


class ResPartner(models.Model):
    """An author or expert of the movement (R12, R17)."""

    _inherit = "res.partner"

    emulation_category_id = fields.Many2one(
        "emulation.author.category",
        string="Author category",
        ondelete="restrict",
        index="btree_not_null",
        help="Who this person is to the movement, as the plan lists them",
    )
    emulation_residence = fields.Selection(
        [
            ("in_province", "In the province"),
            ("out_province", "Elsewhere in Vietnam"),
            ("abroad", "Abroad"),
        ],
        string="Residence",
        help="The fifth content of the movement addresses the people of the province "
        "at home, elsewhere in Vietnam and abroad",
    )
    emulation_unit_id = fields.Many2one(
        "emulation.unit",
        string="Works or lives in",
        ondelete="restrict",
        index="btree_not_null",
        help="The unit of the movement this person belongs to",
    )
    emulation_expertise_ids = fields.Many2many(
        "emulation.field",
        string="Expertise",
        groups="emulation.group_emulation_user",
        help="Fields in which this person can appraise initiatives",
    )
    emulation_search_text = fields.Char(
        compute="_compute_emulation_search_text",
        store=True,
        index="trigram",
        export_string_translation=False,
    )

    emulation_phone_key = fields.Char(
        compute="_compute_emulation_phone_key",
        store=True,
        index="btree_not_null",
        export_string_translation=False,
    )

    @api.depends("phone")
    def _compute_emulation_phone_key(self):
        for partner in self:
            partner.emulation_phone_key = phone_key(partner.phone) or False

    @api.depends("name")
    def _compute_emulation_search_text(self):
        for partner in self:
            partner.emulation_search_text = fold(partner.name)

    def write(self, vals):
        result = super().write(vals)
        if "emulation_unit_id" in vals and not self.env.su:
            # rules judge a person as they were: nobody is pushed into a unit of others
            self.check_access("write")
        return result

    @api.model
    def _search_display_name(self, operator, value):
        """Also find people without diacritics: "tran van khiem"."""
        domain = super()._search_display_name(operator, value)
        if operator == "ilike" and value:
            domain = Domain(domain) | Domain(
                "emulation_search_text", "ilike", fold(value)
            )
        return domain
