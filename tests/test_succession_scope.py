from odoo.fields import Command
from odoo.tests import tagged

from .succession_common import SuccessionCommon


@tagged("post_install", "-at_install")
class TestSuccessionScope(SuccessionCommon):
    """Officers read the history of what their unit came out of, and no more."""

    def _found(self, user):
        Initiative = self.env["emulation.initiative"].with_user(user)
        return Initiative.search([("id", "in", self.closed_initiative.ids)])

    def test_officer_of_the_other_commune_before_and_after(self):
        self.assertFalse(self._found(self.officer_a2))
        event = self._merge()
        self.assertEqual(self._found(self.officer_a2), self.closed_initiative)
        self.assertFalse(self._found(self.officer_b1))
        self.closed_initiative.with_user(self.officer_a2).read(["name", "author_names"])
        self.assertFalse(
            self.closed_initiative.with_user(self.officer_a2).has_access("write")
        )
        event.action_undo()
        self.assertFalse(self._found(self.officer_a2))

    def test_compute_and_search_agree(self):
        self._merge()
        Unit = self.env["emulation.unit"]
        world = self.communes | self.commune_b1 | self.district_a | self.district_b
        for user in (self.officer_a2, self.officer_b1, self.officer_a):
            found = Unit.with_user(user).search(
                [("in_sight", "=", True), ("id", "in", world.ids)]
            )
            self.assertEqual(found, world.with_user(user).filtered("in_sight"))

    def test_history_at_any_remove(self):
        first = self._merge()
        self._create_event(
            "merge",
            first.successor_ids,
            [Command.create({"unit_id": self.commune_b1.id})],
            date="2026-01-01",
        ).action_apply()
        self.assertEqual(self._found(self.officer_b1), self.closed_initiative)
        self.assertEqual(self._found(self.officer_a1), self.closed_initiative)

    def test_officer_above_the_successor_reads_it_too(self):
        self._create_event(
            "merge", self.communes, [self._new_line("T35AM", "Xã Mới", self.district_b)]
        ).action_apply()
        officer = self._create_user("officer_b", "officer", self.district_b)
        self.assertEqual(self._found(officer), self.closed_initiative)

    def test_department_reads_the_past_of_its_schools(self):
        twin = self._create_unit(
            "T35B1S",
            "Trường Bình",
            "school",
            "base",
            self.commune_b1,
            managing_unit_id=self.department.id,
        )
        past = self._add_initiative("Của trường", self.school)
        self._set_state(past, "recognised", "2020-12-20")
        self._create_event(
            "merge", self.school, [Command.create({"unit_id": twin.id})]
        ).action_apply()
        new = self._create_event(
            "merge",
            self.department,
            [self._new_line("T35SM", "Sở Mới", self.province)],
        )
        new.action_apply()
        self.assertEqual(twin.managing_unit_id, new.successor_ids)
        self.assertTrue(past.with_user(self.officer_sector).in_sight)
        self.assertFalse(self._found(self.officer_sector))

    def test_sight_costs_the_same_for_any_number(self):
        self._merge()
        Initiative = self.env["emulation.initiative"].with_user(self.officer_a2)
        Initiative.search([])
        many = self.env["emulation.initiative"].create(
            [
                {**data, "name": f"Hồ sơ {index}", "unit_id": self.commune_b1.id}
                for index in range(20)
                for data in self.open_initiative.copy_data()
            ]
        )
        self.assertTrue(many)
        counts = []
        for records in (many[:2], many[:2], many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.officer_a2).mapped("in_sight")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2], counts)

    def test_counts_below_a_unit(self):
        self._set_state(self.closed_initiative, "recognised", "2020-12-20")
        units = self.province | self.district_a | self.commune_b1
        self.assertEqual(units.mapped("initiative_count"), [2, 2, 0])
        self.assertEqual(units.mapped("recognised_count"), [1, 1, 0])
        officer = units.with_user(self.officer_b1)
        self.assertEqual(officer.mapped("initiative_count"), [0, 0, 0])
        finance = units.with_user(self.finance_user)
        self.assertEqual(finance.mapped("initiative_count"), [0, 0, 0])
        action = self.district_a.action_open_initiatives()
        found = self.env["emulation.initiative"].search(action["domain"])
        self.assertEqual(found, self.open_initiative | self.closed_initiative)
        # each figure on the form opens the dossiers it counts
        district = self.district_a.with_context(emulation_recognised=True)
        action = district.action_open_initiatives()
        found = self.env["emulation.initiative"].search(action["domain"])
        self.assertEqual(found, self.closed_initiative)

    def test_units_below_are_those_in_existence(self):
        self.assertEqual(self.district_a.lower_unit_count, 3)
        self._merge()
        self.assertEqual(self.district_a.lower_unit_count, 2, "An Mới and its school")
        action = self.district_a.action_open_lower_units()
        self.assertTrue(action["context"]["search_default_in_existence"])

    def test_units_below_an_ended_one_are_its_past(self):
        event = self._create_event("dissolve", self.district_b | self.commune_b1)
        event.action_apply()
        self.assertEqual(self.district_b.lower_unit_count, 1)
        action = self.district_b.action_open_lower_units()
        self.assertFalse(action["context"]["search_default_in_existence"])
