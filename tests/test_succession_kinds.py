from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .succession_common import DAY, EVE, SuccessionCommon


@tagged("post_install", "-at_install")
class TestSuccessionKinds(SuccessionCommon):
    """New name, transfer, change of kind or level, dissolution, foundation."""

    def test_rename_keeps_the_former_name(self):
        event = self._create_event(
            "rename", self.commune_a1, new_name="Phường An Một", new_short_name="An Một"
        )
        event.action_apply()
        unit = self.commune_a1
        self.assertEqual((unit.name, unit.short_name), ("Phường An Một", "An Một"))
        self.assertFalse(unit.date_end)
        self.assertRecordValues(
            unit.former_name_ids,
            [{"name": "Xã An Một", "date_start": False, "date_end": EVE}],
        )
        self.assertEqual(unit._name_at(EVE), "Xã An Một")
        self.assertEqual(unit._name_at(DAY), "Phường An Một")
        self.assertEqual(unit.with_context(name_at=EVE).display_name, "Xã An Một")
        self.assertEqual(unit.display_name, "Phường An Một")
        self.assertEqual(event.before, "Xã An Một")

    def test_closed_records_show_the_old_name(self):
        self._create_event(
            "rename", self.commune_a1, new_name="Phường An Một"
        ).action_apply()
        self.assertEqual(self.closed_initiative.unit_name_then, "Xã An Một")
        self.assertTrue(self.closed_initiative.is_unit_renamed)
        self.assertEqual(self.open_initiative.unit_name_then, "Phường An Một")
        self.assertFalse(self.open_initiative.is_unit_renamed)

    def test_two_new_names_in_turn(self):
        for day, name in (("2020-01-01", "Thị trấn An"), (DAY, "Phường An")):
            self._create_event(
                "rename", self.commune_a1, new_name=name, date=day
            ).action_apply()
        days = ("2019-12-31", "2020-01-01", EVE, DAY)
        names = [self.commune_a1._name_at(Date.to_date(day)) for day in days]
        self.assertEqual(
            names, ["Xã An Một", "Thị trấn An", "Thị trấn An", "Phường An"]
        )

    def test_correction_of_a_typing_error_is_no_history(self):
        self.commune_a1.with_user(self.manager_user)._correct(
            {"name": "Xã An Nhất"}, "Gõ nhầm"
        )
        self.assertFalse(self.commune_a1.former_name_ids)
        self.assertEqual(self.closed_initiative.unit_name_then, "Xã An Nhất")

    def test_transfer_to_another_higher_unit(self):
        event = self._create_event(
            "transfer", self.communes, new_parent_id=self.district_b.id
        )
        event.action_apply()
        self.assertEqual(self.communes.parent_id, self.district_b)
        self.assertTrue(
            self.closed_initiative.unit_path.startswith(self.district_b.parent_path)
        )
        self.assertFalse(self.closed_initiative.with_user(self.officer_a).in_scope)
        self._assert_sound()

    def test_transfer_below_itself(self):
        event = self._create_event(
            "transfer", self.district_a, new_parent_id=self.commune_a1.id
        )
        with self.assertRaisesRegex(ValidationError, "Huyện An.+higher unit"):
            event.action_apply()

    def test_change_of_level_with_a_new_name(self):
        province = self.env.ref("emulation.unit_level_province")
        event = self._create_event(
            "change",
            self.district_a,
            new_level_id=province.id,
            new_name="Thành phố An",
        )
        event.action_apply()
        self.assertEqual(self.district_a.level_id, province)
        self.assertEqual(self.district_a._name_at(EVE), "Huyện An")
        self.assertEqual(self.district_a.name, "Thành phố An")
        event.action_undo()
        self.assertEqual(self.district_a.level_id.code, "district")
        self.assertEqual(self.district_a.name, "Huyện An")
        self.assertFalse(self.district_a.former_name_ids)

    def test_one_name_for_several_units(self):
        event = self._create_event(
            "change",
            self.communes,
            new_level_id=self.env.ref("emulation.unit_level_base").id,
            new_name="Phường",
        )
        self._assert_apply_refused(event, "cannot all be called")

    def test_dissolution_hands_its_lower_units_to_the_unit_above(self):
        self._create_event("dissolve", self.district_b).action_apply()
        self.assertEqual(self.district_b.date_end, EVE)
        self.assertEqual(self.commune_b1.parent_id, self.province)
        self.assertFalse(self.district_b.successor_ids)
        self._assert_sound()

    def test_dissolution_leaves_no_open_record_behind(self):
        event = self._create_event("dissolve", self.commune_a1)
        self._assert_apply_refused(event, "open records without a unit.+Hồ sơ còn mở")
        event.line_ids = [Command.create({"unit_id": self.commune_b1.id})]
        event.action_apply()
        self.assertEqual(self.open_initiative.unit_id, self.commune_b1)
        self._assert_sound()

    def test_nobody_rises_by_a_dissolution(self):
        event = self._create_event(
            "dissolve",
            self.commune_a1,
            [Command.create({"unit_id": self.province.id})],
        )
        event.action_apply()
        self.assertFalse(self.officer_a1.emulation_unit_ids)
        line = self.commune_a1.officer_ids.filtered(
            lambda o: o.user_id == self.officer_a1
        )
        self.assertEqual(line.date_end, EVE)

    def test_foundation(self):
        event = self._create_event(
            "found", [], [self._new_line("T35AN", "Xã An Ninh", short_name="An Ninh")]
        )
        event.action_apply()
        self.assertRecordValues(
            event.successor_ids,
            [{"name": "Xã An Ninh", "short_name": "An Ninh", "date_start": DAY}],
        )
        event.action_undo()
        self.assertFalse(self.env["emulation.unit"].search([("code", "=", "T35AN")]))
        self.assertEqual(event.state, "undone")

    def test_end_that_came_with_a_file_is_a_dissolution(self):
        unit = self._create_unit(
            "T35Z", "Xã Xưa", "territory", "commune", date_end="2019-12-31"
        ).with_user(self.manager_user)
        self._assert_sound()
        event = unit.succession_ids
        self.assertEqual((event.kind, str(event.date)), ("dissolve", "2020-01-01"))
        unit.date_end = "2018-12-31"
        self.assertEqual(str(unit.succession_ids.date), "2019-01-01")
        unit.date_end = False
        self.assertFalse(unit.succession_ids)
        self._assert_sound()

    def test_unit_in_existence_ends_by_a_reform_only(self):
        for user in (self.movement_user, self.manager_user):
            with self.assertRaisesRegex(UserError, "Xã Bình Một.+ends by a reform"):
                self.commune_b1.with_user(user).date_end = "2024-12-31"

    def test_end_by_a_reform_is_not_corrected_by_hand(self):
        self._merge()
        with self.assertRaisesRegex(UserError, "Xã An Một.+ended by a reform"):
            self.commune_a1.with_user(self.manager_user).date_end = False
