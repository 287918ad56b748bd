from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .succession_common import SuccessionCommon


@tagged("post_install", "-at_install")
class TestSuccessionUndo(SuccessionCommon):
    def _snapshot(self):
        """Return all that a reform touches, to be compared."""
        world = self.province | self.district_a | self.district_b | self.communes
        world |= self.commune_b1 | self.school | self.department
        officers = self.env["emulation.unit.officer"].search(
            [("unit_id", "in", world.ids)]
        )
        return (
            world.read(
                ["name", "parent_id", "managing_unit_id", "date_end", "parent_path"]
            ),
            officers.read(["unit_id", "user_id", "role", "date_start", "date_end"]),
            (self.open_initiative | self.closed_initiative).read(
                ["unit_id", "unit_path", "state"]
            ),
            (self.round.unit_id, self.council.unit_id),
        )

    def _assert_undone(self, event, before):
        event.action_undo()
        self.assertEqual(self._snapshot(), before)
        self.assertEqual(set(event.mapped("state")), {"undone"})
        self.assertEqual(event.undone_user_id, self.manager_user)
        self._assert_sound()

    def _assert_undo_refused(self, event, pattern):
        with self.assertRaisesRegex(UserError, pattern), self.cr.savepoint():
            event.action_undo()
        self.env.invalidate_all()
        self.assertEqual(set(event.mapped("state")), {"applied"})

    def test_merger_undone_leaves_no_trace(self):
        before = self._snapshot()
        event = self._merge()
        self._assert_undone(event, before)
        self.assertFalse(self.env["emulation.unit"].search([("code", "=", "T35AM")]))
        self.assertFalse(event.can_undo)

    def test_division_undone(self):
        before = self._snapshot()
        self._assert_undone(self._split(), before)

    def test_dissolution_and_transfer_undone(self):
        before = self._snapshot()
        event = self._create_event("dissolve", self.district_b)
        event |= self._create_event(
            "transfer", self.communes, new_parent_id=self.district_b.id, sequence=1
        )
        event = event[0]
        event.action_apply()
        self._assert_undone(event, before)

    def test_merger_into_a_living_unit_undone(self):
        before = self._snapshot()
        event = self._create_event(
            "merge", self.commune_a1, [Command.create({"unit_id": self.commune_a2.id})]
        )
        event.action_apply()
        self._assert_undone(event, before)

    def test_seat_comes_back(self):
        member = self.council.member_ids[-1:]
        member.unit_id = self.commune_a1
        event = self._merge()
        self.assertTrue(member.date_end)
        event.action_undo()
        self.assertFalse(member.date_end)

    def test_moved_record_was_worked_on(self):
        event = self._merge()
        self.open_initiative.with_user(self.officer_a1).action_submit()
        self._assert_undo_refused(event, "Hồ sơ còn mở.+worked on since")

    def test_successor_got_a_record_of_its_own(self):
        event = self._merge()
        self._add_initiative("Hồ sơ mới", event.successor_ids)
        self._assert_undo_refused(event, "Xã An Mới.+has got.+Hồ sơ mới")

    def test_living_successor_got_a_record_since(self):
        event = self._create_event(
            "merge", self.commune_a1, [Command.create({"unit_id": self.commune_a2.id})]
        )
        event.action_apply()
        self._add_initiative("Hồ sơ mới", self.commune_a2)
        self._assert_undo_refused(event, "Xã An Hai.+has got.+Hồ sơ mới")

    def test_draft_or_cluster_rests_on_the_new_unit(self):
        event = self._merge()
        draft = self._create_event("rename", event.successor_ids, new_name="Xã Khác")
        self._assert_undo_refused(event, "Xã An Mới.+has got.+Xã Khác")
        draft.unlink()
        self.env["emulation.unit.cluster"].create(
            {
                "name": "Cụm 1",
                "date_start": "2026-01-01",
                "unit_ids": [Command.set(event.successor_ids.ids)],
            }
        )
        self._assert_undo_refused(event, "Xã An Mới.+has got.+Cụm 1")

    def test_any_record_rests_on_the_new_unit(self):
        """Whatever names the unit, also what no reform moves, is named."""
        event = self._merge()
        other = self._add_initiative("Hồ sơ nơi khác", self.commune_b1)
        other.investor_unit_id = event.successor_ids
        self._assert_undo_refused(event, "Xã An Mới.+has got.+Hồ sơ nơi khác")
        other.investor_unit_id = False
        event.action_undo()
        self._assert_sound()

    def test_head_was_named_since(self):
        event = self._merge()
        line = event.successor_ids.officer_ids[:1]
        line.role = "head"
        self._assert_undo_refused(event, "worked on since")

    def test_later_reform_rests_on_it(self):
        first = self._merge()
        second = self._create_event(
            "merge",
            first.successor_ids,
            [Command.create({"unit_id": self.commune_b1.id})],
            date="2026-01-01",
        )
        second.action_apply()
        self._assert_undo_refused(first, "was built on it")
        second.action_undo()
        first.action_undo()
        self._assert_sound()

    def test_reforms_of_two_days_undone_together(self):
        before = self._snapshot()
        first = self._merge()
        second = self._create_event(
            "merge",
            first.successor_ids,
            [Command.create({"unit_id": self.commune_b1.id})],
            date="2026-01-01",
        )
        second.action_apply()
        self._assert_undone(first | second, before)

    def test_founded_unit_named_by_two_events(self):
        before = self._snapshot()
        split = self._split(apply=False)
        merge = self._create_event(
            "merge",
            self.commune_a2,
            [Command.create({"code": "T35AD", "name": "Xã An Đông"})],
        )
        (merge | split).action_apply()
        self._assert_undo_refused(split, "was built on it")
        merge.action_undo()
        self._assert_undone(split, before)

    def test_unit_was_corrected_since(self):
        """A correction with its reason is not lost without a word."""
        rename = self._create_event("rename", self.commune_a1, new_name="Xã An Nhất")
        transfer = self._create_event(
            "transfer", self.commune_a2, new_parent_id=self.district_b.id
        )
        (rename | transfer).action_apply()
        self.commune_a1.with_user(self.manager_user)._correct(
            {"name": "Xã An Nhứt"}, "Gõ nhầm"
        )
        self.commune_a2.with_user(self.manager_user)._correct(
            {"parent_id": self.province.id}, "Chọn nhầm"
        )
        self._assert_undo_refused(rename, "Xã An Nhứt.+changed since: Name")
        self._assert_undo_refused(transfer, "Xã An Hai.+changed since: Higher unit")
        self.assertEqual(self.commune_a2.parent_id, self.province)

    def test_former_higher_unit_ended_since(self):
        """Nothing comes back under a unit that is no more."""
        transfer = self._create_event(
            "transfer", self.communes, new_parent_id=self.district_b.id
        )
        before = self._snapshot()
        transfer.action_apply()
        end = self._create_event("dissolve", self.district_a, date="2026-01-01")
        end.action_apply()
        self._assert_undo_refused(transfer, "Xã An Một.+Huyện An.+ended on 31/12/2025")
        self._assert_undone(transfer | end, before)

    def test_unit_above_the_merged_ones_ended_since(self):
        before = self._snapshot()
        merge = self._merge()
        end = self._create_event("dissolve", self.district_a, date="2026-01-01")
        end.action_apply()
        self._assert_undo_refused(merge, "Xã An Một.+Huyện An.+ended on 31/12/2025")
        self._assert_undone(merge | end, before)

    def test_code_was_taken_over(self):
        """The event that ended a unit cannot be undone while its code is in use."""
        merge = self._create_event(
            "merge", self.commune_a2, [self._new_line("T35A1", "Xã An Mới")], sequence=2
        )
        split = self._create_event(
            "split",
            self.commune_a1,
            [
                self._new_line("T35AD", "Xã An Đông"),
                Command.create({"code": "T35A1", "name": "Xã An Mới"}),
            ],
            sequence=1,
        )
        before = self._snapshot()
        (merge | split).action_apply()
        self._assert_undo_refused(split, "T35A1|was built on it")
        self._assert_undone(merge | split, before)
