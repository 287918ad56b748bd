from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.text import fold


class ResPartner(models.Model):
    """Who is the same person as whom, told in one place (invariant 17).

    The same name with the same birth date, the same e-mail, or the same telephone.
    Councils ask it for conflicts of interest, imports for whom a row means, and the
    office for the contacts it has entered twice.
    """

    _inherit = "res.partner"

    emulation_duplicate_count = fields.Integer(
        string="Possible duplicates",
        compute="_compute_emulation_duplicate_count",
        groups="emulation.group_emulation_officer",
        help="Other contacts with the same name and birth date, e-mail or telephone",
    )

    _emulation_birth = models.Index(
        "(emulation_born_on, emulation_search_text) WHERE emulation_born_on IS NOT NULL"
    )
    _emulation_email = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )

    @api.depends("name", "email", "phone", "emulation_born_on")
    def _compute_emulation_duplicate_count(self):
        duplicates = self._emulation_duplicates()
        for partner in self:
            partner.emulation_duplicate_count = len(duplicates[partner._origin])

    def action_emulation_duplicates(self):
        """Open this person and the contacts that may be the same one, to merge them."""
        self.ensure_one()
        people = self | self._emulation_duplicates()[self]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_person_duplicate_action"
        )
        return {**action, "domain": [("partner_id", "in", people.ids)], "path": False}

    def _emulation_duplicates(self):
        """Return who may be the same person as each of these contacts.

        :return: mapping partner → recordset of other active contacts, empty where
            there are none. One query for any number of partners.
        """
        duplicates = defaultdict(self.browse)
        if not self.ids:
            return duplicates
        self.env["res.partner"].flush_model(
            [
                *("emulation_search_text", "emulation_born_on", "active"),
                *("email_normalized", "emulation_phone_key", "is_company"),
            ]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT me.id, other.id
                FROM res_partner AS me
                JOIN res_partner AS other ON other.id <> me.id AND other.active
                    AND NOT COALESCE(other.is_company, FALSE) AND (
                        other.emulation_born_on = me.emulation_born_on
                        AND other.emulation_search_text = me.emulation_search_text
                        OR other.email_normalized = me.email_normalized
                        OR other.emulation_phone_key = me.emulation_phone_key
                    )
                WHERE me.id = ANY(%s) AND NOT COALESCE(me.is_company, FALSE)
                ORDER BY me.id, other.id
                """,
                self.ids,
            )
        )
        readable = self.search([("id", "in", [other for _me, other in rows])])
        for me, other in rows:
            if other in readable._ids:
                duplicates[self.browse(me)] |= self.browse(other)
        return duplicates

    def _emulation_identity(self):
        """Return the marks by which this contact and another are the same person.

        :return: set of pairs (kind, mark); only marks that are filled in
        """
        self.ensure_one()
        born = self.sudo().emulation_born_on
        marks = {
            ("email", self.email_normalized),
            ("phone", self.emulation_phone_key),
            ("birth", born and (fold(self.name), born)),
        }
        return {mark for mark in marks if mark[1]}

    def _emulation_is_one_of(self, partners):
        """Return whether this person is among ``partners``, whatever the contacts.

        A second account or contact must not hide an author.
        """
        self.ensure_one()
        mine = self.sudo()
        return mine in partners or any(
            mine._emulation_identity() & other._emulation_identity()
            for other in partners.sudo()
        )
