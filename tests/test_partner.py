from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestPartner(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = cls.env["res.partner"].create(
            {
                "name": "Trần Văn Khiêm",
                "emulation_birth_date": "1970-05-19",
                "emulation_unit_id": cls.commune_a1.id,
                "emulation_category_id": cls.env.ref(
                    "emulation.author_category_farmer"
                ).id,
            }
        )

    def test_officer_reads_the_birth_date(self):
        author = self.author.with_user(self.officer_a1)
        self.assertEqual(str(author.emulation_birth_date), "1970-05-19")

    def test_birth_date_is_kept_from_everyone_else(self):
        for user in (self.member1_user, self.leader_user, self.internal_user):
            with self.assertRaises(AccessError, msg=user.login):
                self.author.with_user(user).read(["emulation_birth_date"])
            Partner = self.env["res.partner"].with_user(user)
            with self.assertRaises(AccessError, msg=user.login):
                Partner.search([("emulation_birth_date", ">", "1970-01-01")])

    def test_tab_is_for_emulation_users_only(self):
        view = "base.view_partner_form"
        Partner = self.env["res.partner"]
        for user, shown in ((self.officer_a1, True), (self.internal_user, False)):
            arch = Partner.with_user(user).get_view(self.env.ref(view).id)["arch"]
            self.assertEqual('name="emulation"' in arch, shown, user.login)

    def test_author_is_entered_on_the_contact_form(self):
        self.officer_a1.group_ids += self.env.ref("base.group_partner_manager")
        Partner = self.env["res.partner"].with_user(self.officer_a1)
        with Form(Partner, "base.view_partner_form") as form:
            form.name = "Vũ Thị Hòa"
            form.emulation_residence = "in_province"
            form.emulation_unit_id = self.commune_a1
        self.assertEqual(form.record.emulation_search_text, "vu thi hoa")

    def test_search_ignores_diacritics(self):
        found = self.env["res.partner"].with_user(self.officer_a1)
        found = found.name_search("tran van khiem")
        self.assertIn(self.author.id, [row[0] for row in found])

    def test_birth_date_in_the_future_is_refused(self):
        tomorrow = fields.Date.add(fields.Date.context_today(self.author), days=1)
        with self.assertRaisesRegex(ValidationError, "Trần Văn Khiêm.+future"):
            self.author.emulation_birth_date = tomorrow
