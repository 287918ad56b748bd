from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .succession_common import SuccessionCommon


@tagged("post_install", "-at_install")
class TestSuccessionSplit(SuccessionCommon):
    def test_first_successor_by_default_and_the_other_by_decision(self):
        second = self._add_initiative("Hồ sơ phía tây")
        event = self._split(apply=False)
        event.action_preview()
        west = event.line_ids[1]
        move = event.move_ids.filtered(
            lambda one: (
                one.res_model == "emulation.initiative" and one.res_id == second.id
            )
        )
        move.line_id = west
        event.action_preview()
        event.action_apply()
        east, west = event.line_ids.unit_id.sorted("code")
        self.assertEqual(self.open_initiative.unit_id, east)
        self.assertEqual(second.unit_id, west, "a decision survives a new preview")
        self.assertEqual(self.officer_a1.emulation_unit_ids, east)
        self.assertEqual(self.commune_a1.successor_ids, east | west)
        self._assert_sound()

    def test_decision_on_the_form(self):
        event = self._split(apply=False)
        event.action_preview()
        with Form(event) as form:
            for index, move in enumerate(event.move_ids):
                if move.res_model == "emulation.unit.officer":
                    with form.move_ids.edit(index) as row:
                        row.line_id = event.line_ids[1]
        event.action_apply()
        self.assertEqual(self.officer_a1.emulation_unit_ids.name, "Xã An Tây")

    def test_successor_of_another_event_is_no_choice(self):
        event, other = self._split(apply=False), self._merge(apply=False)
        event.action_preview()
        with self.assertRaisesRegex(UserError, "one of the successors"):
            event.move_ids[0].line_id = other.line_ids

    def test_one_new_unit_named_by_two_events_is_founded_once(self):
        split = self._split(apply=False)
        merge = self._create_event(
            "merge",
            self.commune_a2,
            [Command.create({"code": "T35AD", "name": "Xã An Đông"})],
        )
        (merge | split).action_apply()
        east = split.line_ids[0].unit_id
        self.assertEqual(merge.successor_ids, east)
        self.assertEqual(east.predecessor_ids, self.communes)
        self.assertEqual(self.commune_a1.successor_ids, split.successor_ids)
        self._assert_sound()

    def test_officers_of_both_successors_see_the_history(self):
        event = self._split(apply=False)
        event.action_preview()
        officers = event.move_ids.filtered(
            lambda one: one.res_model == "emulation.unit.officer"
        )
        officers[:1].line_id = event.line_ids[1]
        event.action_apply()
        for user in (self.officer_a1, self.head_a1):
            self.assertTrue(self.closed_initiative.with_user(user).in_sight)
            self.assertFalse(self.closed_initiative.with_user(user).in_scope)
