from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestUnitSecurity(EmulationCommon):
    """Who may do what with units: read by all roles, write by the movement."""

    def _rights(self, user, model="emulation.unit"):
        records = self.env[model].with_user(user)
        operations = ("read", "write", "create", "unlink")
        return "".join(op[0] for op in operations if records.has_access(op))

    def test_rights_by_role(self):
        expected = {
            self.internal_user: "",
            self.officer_a1: "r",
            self.chair_user: "r",
            self.leader_user: "r",
            self.finance_user: "r",
            self.award_user: "r",
            self.movement_user: "rwc",
            self.manager_user: "rwcu",
        }
        for user, rights in expected.items():
            self.assertEqual(self._rights(user), rights, user.login)

    def test_catalogues_and_assignments_belong_to_the_manager(self):
        for model in (
            "emulation.unit.kind",
            "emulation.unit.level",
            "emulation.unit.officer",
            "emulation.theme",
            "emulation.field",
            "emulation.author.category",
        ):
            self.assertEqual(self._rights(self.internal_user, model), "", model)
            self.assertEqual(self._rights(self.movement_user, model), "r", model)
            self.assertEqual(self._rights(self.manager_user, model), "rwcu", model)

    def test_refusal_in_fact(self):
        with self.assertRaises(AccessError):
            self.commune_a1.with_user(self.officer_a1).name = "Xã Khác"
        with self.assertRaises(AccessError):
            self.commune_a1.with_user(self.internal_user).read(["name"])
        with self.assertRaises(AccessError):
            self.env["emulation.unit.officer"].with_user(self.officer_a1).create(
                {"unit_id": self.province.id, "user_id": self.officer_a1.id}
            )
        with self.assertRaises(AccessError):
            self.officer_a1.with_user(
                self.officer_a1
            ).emulation_unit_ids = self.province

    def _assert_reach(self, user, field, units):
        Unit = self.env["emulation.unit"].with_user(user)
        world = self.province | self.district_a | self.district_b | self.department
        world |= self.commune_a1 | self.commune_a2 | self.commune_b1 | self.school
        among = [("id", "in", world.ids)]
        self.assertEqual(Unit.search([(field, "=", True), *among]), units)
        self.assertEqual(Unit.search([(field, "=", False), *among]), world - units)
        computed = world.with_user(user).filtered(field)
        self.assertEqual(computed, units, "compute and search must agree")

    def test_scope_own_and_below_never_beside(self):
        self._assert_reach(
            self.officer_a,
            "in_scope",
            self.district_a | self.commune_a1 | self.commune_a2 | self.school,
        )
        self._assert_reach(self.officer_a1, "in_scope", self.commune_a1 | self.school)
        self._assert_reach(self.leader_user, "in_scope", self.env["emulation.unit"])

    def test_sector_is_seen_not_acted_for(self):
        self._assert_reach(self.officer_sector, "in_scope", self.department)
        self._assert_reach(
            self.officer_sector, "in_sight", self.department | self.school
        )

    def test_scope_follows_assignments_at_once(self):
        unit = self.commune_b1.with_user(self.officer_a1)
        self.assertFalse(unit.in_scope)
        line = self.env["emulation.unit.officer"].create(
            {"unit_id": self.commune_b1.id, "user_id": self.officer_a1.id}
        )
        self.assertTrue(unit.in_scope)
        line.unlink()
        self.assertFalse(unit.in_scope)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Tỉnh Khác"})
        stranger = self._create_user(
            "stranger",
            "manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        Unit = self.env["emulation.unit"].with_user(stranger)
        self.assertFalse(Unit.search([("id", "=", self.province.id)]))
        with self.assertRaises(AccessError):
            self.province.with_user(stranger).read(["name"])
