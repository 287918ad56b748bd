from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestUnitTerritory(EmulationCommon):
    def test_front_and_government_of_the_same_level(self):
        front = self._create_unit(
            "T35A1F", "MTTQ xã An Một", "front", "commune", self.commune_a1
        )
        government = self._create_unit(
            "T35A1G", "UBND xã An Một", "government", "commune", self.commune_a1
        )
        district_front = self._create_unit(
            "T35AF", "MTTQ huyện An", "front", "district", self.district_a
        )
        for unit in (self.school, self.commune_a1, front):
            self.assertEqual(unit.front_unit_id, front, unit.name)
            self.assertEqual(unit.government_unit_id, government, unit.name)
        self.assertEqual(self.district_a.front_unit_id, district_front)
        self.assertFalse(self.commune_a2.front_unit_id, "of the same level only")
        self.assertEqual(
            (self.school | self.commune_a2)._same_level("front"),
            {self.school.id: front},
        )

    def test_unit_outside_every_territory(self):
        self.assertFalse(self.department.front_unit_id)

    def test_ended_front_is_not_taken(self):
        self._create_unit(
            "T35A1F",
            "MTTQ xã An Một",
            "front",
            "commune",
            self.commune_a1,
            date_end="2020-01-01",
        )
        self.assertFalse(self.school.front_unit_id)


@tagged("post_install", "-at_install")
class TestUnitCluster(EmulationCommon):
    def _create_cluster(self, name, units, **vals):
        return (
            self.env["emulation.unit.cluster"]
            .with_user(self.manager_user)
            .create(
                {
                    "name": name,
                    "date_start": "2020-01-01",
                    "unit_ids": [Command.set(units.ids)],
                    **vals,
                }
            )
        )

    def test_manager_forms_a_cluster(self):
        Cluster = self.env["emulation.unit.cluster"].with_user(self.manager_user)
        with Form(Cluster) as form:
            form.name = "Cụm 1"
            form.unit_ids = self.district_a | self.district_b
            form.lead_unit_id = self.district_a
        self.assertEqual(form.record.unit_count, 2)
        self.assertEqual(self.district_a.cluster_ids, form.record)

    def test_one_cluster_at_a_time(self):
        first = self._create_cluster("Cụm 1", self.district_a | self.district_b)
        with self.assertRaisesRegex(ValidationError, "Huyện An.+Cụm 1"):
            with self.cr.savepoint():
                self._create_cluster("Cụm 2", self.district_a)
        self._create_cluster("Khối 1", self.district_a, kind="block")
        first.date_end = "2020-12-31"
        self._create_cluster("Cụm 2", self.district_a, date_start="2021-01-01")

    def test_leader_is_one_of_them(self):
        with self.assertRaisesRegex(ValidationError, "Huyện Bình.+must be one"):
            self._create_cluster(
                "Cụm 1", self.district_a, lead_unit_id=self.district_b.id
            )
