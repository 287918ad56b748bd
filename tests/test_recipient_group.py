from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestRecipientGroup(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Group = cls.env["emulation.recipient.group"].with_user(cls.movement_user)
        cls.group = cls.Group.create(
            {
                "name": "Các xã, phường của huyện An",
                "level_ids": [
                    Command.set(cls.env.ref("emulation.unit_level_commune").ids)
                ],
                "below_unit_id": cls.district_a.id,
            }
        )

    def _paper(self, **vals):
        kind = self.env["emulation.document.kind"].search(
            [("code", "=", "KH")], limit=1
        )
        return self.env["emulation.document"].create(
            {
                "kind_id": kind.id,
                "unit_id": self.province.id,
                "subject": "Kế hoạch thử",
                "body": "<p>Nội dung</p>",
                "recipient_ids": [Command.create({"group_id": self.group.id})],
                **vals,
            }
        )

    def test_group_is_described_on_the_form(self):
        with Form(self.Group) as form:
            form.name = "Các sở, ban, ngành tỉnh Thử Nghiệm"
            form.kind_ids.add(self.env.ref("emulation.unit_kind_department"))
            form.below_unit_id = self.province
        self.assertEqual(form.record._expand(fields.Date.today()), self.department)
        self.assertEqual(form.record.unit_count, 1)
        action = form.record.action_open_units()
        self.assertEqual(action["domain"], [("id", "in", self.department.ids)])

    def test_units_are_those_of_the_day(self):
        both = self.commune_a1 | self.commune_a2
        self.assertEqual(self.group._expand(fields.Date.to_date("2019-01-01")), both)
        self.commune_a2.date_end = "2020-06-30"
        before, after = map(fields.Date.to_date, ("2020-06-30", "2020-07-01"))
        self.assertEqual(self.group._expand(before), both)
        self.assertEqual(self.group._expand(after), self.commune_a1)
        self.group.unit_ids = self.school
        self.assertEqual(self.group._expand(after), self.commune_a1 | self.school)

    def test_group_that_means_everything_is_refused(self):
        with self._refused(ValidationError, "Mọi nơi.+every unit"):
            self.Group.create({"name": "Mọi nơi"})

    def test_paper_prints_the_name_and_keeps_the_units(self):
        paper = self._paper()
        line = paper.recipient_ids
        self.assertEqual(line.name, self.group.name)
        self.assertEqual(line.unit_count, 2)
        self.assertIn(f"- {self.group.name};", paper._recipient_lines())
        line._keep_groups(fields.Date.to_date("2019-01-01"))
        self.commune_a2.date_end = "2020-06-30"
        self.assertEqual(line._get_units(), self.commune_a1 | self.commune_a2)

    def test_signing_keeps_the_units_of_its_day(self):
        self.commune_a2.date_end = fields.Date.subtract(fields.Date.today(), days=1)
        paper = self._paper()
        paper.issuer_ids.signer_name = "Nguyễn Văn Ký"
        paper._sign(fields.Date.today())
        self.assertEqual(paper.recipient_ids.expanded_unit_ids, self.commune_a1)
        with self.assertRaises(UserError):
            paper.recipient_ids.sudo().expanded_unit_ids = self.commune_a2

    def test_list_is_not_entered_by_hand(self):
        paper = self._paper().with_user(self.movement_user)
        with self._refused(UserError, "when the paper is signed"):
            paper.recipient_ids.expanded_unit_ids = self.commune_b1

    def test_who_reads_and_who_writes(self):
        for user in (self.officer_a1, self.member1_user):
            group = self.group.with_user(user)
            self.assertTrue(group.name)
            with self.assertRaises(AccessError):
                group.name = "Khác"
        with self.assertRaises(AccessError):
            self.group.with_user(self.internal_user).read(["name"])
