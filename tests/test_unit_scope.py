from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestUnitScope(EmulationCommon):
    def test_officer_acts_for_own_units_and_below(self):
        acting = self.commune_a1.with_user(self.officer_a)._is_acting()
        self.assertTrue(acting)
        self.assertFalse(self.commune_b1.with_user(self.officer_a)._is_acting())

    def test_membership_taken_away_takes_effect_at_once(self):
        self.assertEqual(
            self.officer_a1._emulation_scope_paths(), (self.commune_a1.parent_path,)
        )
        self.officer_a1.emulation_unit_ids = self.commune_a2
        self.assertEqual(
            self.officer_a1._emulation_scope_paths(), (self.commune_a2.parent_path,)
        )

    def test_sector_reaches_managed_units_wherever_they_stand(self):
        ids = self.officer_sector._emulation_sector_unit_ids()
        self.assertIn(self.school.id, ids)
        self.assertNotIn(self.commune_a1.id, ids)

    def test_search_ignores_diacritics(self):
        Unit = self.env["emulation.unit"].with_user(self.officer_a1)
        found = Unit.name_search("xa binh mot")
        self.assertEqual([row[0] for row in found], self.commune_b1.ids)

    def test_cycle_is_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, "Huyện An"):
            self.district_a.parent_id = self.commune_a1
