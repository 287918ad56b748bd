from odoo import fields, models
from odoo.tools import SQL


class EmulationPersonDuplicate(models.Model):
    """People who stand in the contacts twice: a row per contact and common mark.

    Always as the contacts are now. The id is the contact's, times four, plus the
    number of the mark: the same row keeps its id.
    """

    _name = "emulation.person.duplicate"
    _description = "Possible Duplicate Person"
    _auto = False
    _order = "kind, mark, partner_id"
    _rec_name = "mark"

    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    kind = fields.Selection(
        [
            ("birth", "Same name and birth date"),
            ("email", "Same e-mail"),
            ("phone", "Same telephone"),
        ],
        string="In common",
        readonly=True,
    )
    mark = fields.Char(string="Same", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    birth_date = fields.Date(
        related="partner_id.emulation_birth_date",
        groups="emulation.group_emulation_movement",
    )
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    unit_id = fields.Many2one(related="partner_id.emulation_unit_id")
    category_id = fields.Many2one(related="partner_id.emulation_category_id")
    initiative_count = fields.Integer(related="partner_id.emulation_initiative_count")
    has_user = fields.Boolean(related="partner_id.emulation_has_user")

    @property
    def _table_query(self):
        self.env["res.partner"].flush_model()
        return SQL(
            """
            SELECT id, partner_id, kind, mark, company_id FROM (
                SELECT person.id * 4 + common.number AS id, person.id AS partner_id,
                    person.company_id, common.kind,
                    MIN(common.label) OVER same AS mark, COUNT(*) OVER same AS people
                FROM res_partner AS person
                CROSS JOIN LATERAL (VALUES
                    (0, 'birth',
                        person.emulation_search_text
                        || person.emulation_born_on::text,
                        person.name || ', '
                        || to_char(person.emulation_born_on, 'DD/MM/YYYY')),
                    (1, 'email', person.email_normalized, person.email_normalized),
                    (2, 'phone', person.emulation_phone_key, person.emulation_phone_key)
                ) AS common(number, kind, key, label)
                WHERE person.active AND common.key <> ''
                    AND NOT COALESCE(person.is_company, FALSE)
                WINDOW same AS (PARTITION BY common.kind, common.key)
            ) AS counted WHERE people > 1
            """
        )

    def action_merge(self):
        """Open the dialog that makes one person of the rows chosen."""
        return self.partner_id.action_emulation_merge()
