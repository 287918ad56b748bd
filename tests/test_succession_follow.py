from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .succession_common import DAY, EVE, SuccessionCommon


@tagged("post_install", "-at_install")
class TestSuccessionFollow(SuccessionCommon):
    """Who and what else follows a reform: people, clusters, recipient groups."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {"name": "Ngô Thị Theo", "emulation_unit_id": cls.commune_a1.id}
        )

    @classmethod
    def _cluster(cls, name, units, lead=None, **vals):
        return cls.env["emulation.unit.cluster"].create(
            {
                "name": name,
                "date_start": "2025-01-01",
                "unit_ids": [Command.set(units.ids)],
                "lead_unit_id": lead and lead.id,
                **vals,
            }
        )

    @classmethod
    def _into(cls, unit):
        return [Command.create({"unit_id": unit.id})]

    # people

    def test_officer_of_the_successor_keeps_the_authors_of_open_dossiers(self):
        event = self._merge(apply=False)
        event.action_preview()
        self.assertIn("Ngô Thị Theo", event.move_ids.mapped("record_name"))
        event.action_apply()
        self.assertEqual(self.person.emulation_unit_id, event.successor_ids)
        mine = self.person.with_user(self.officer_a2)
        mine.phone = "+84912000111"
        self.assertEqual(self.person.phone, "+84912000111")
        self._assert_sound()
        event.action_undo()
        self.assertEqual(self.person.emulation_unit_id, self.commune_a1)

    def _propose_transfer(self, initiative, user, target):
        return (
            self.env["emulation.initiative.transfer"]
            .with_user(user)
            .create(
                {
                    "initiative_id": initiative.id,
                    "target_unit_id": target.id,
                    "reason": "Tác giả đã chuyển công tác",
                }
            )
        )

    def test_successor_answers_the_transfer_proposed_to_its_predecessor(self):
        initiative = self._add_initiative("Hồ sơ nơi khác", self.commune_b1)
        transfer = self._propose_transfer(initiative, self.officer_b1, self.commune_a1)
        event = self._merge(apply=False)
        event.action_preview()
        moves = event.move_ids.filtered(lambda one: one.res_model == transfer._name)
        self.assertEqual(moves.mapped("field_name"), ["target_unit_id"])
        event.action_apply()
        self.assertEqual(transfer.sudo().target_unit_id, event.successor_ids)
        event.action_undo()
        self.assertEqual(transfer.sudo().target_unit_id, self.commune_a1)
        event = self._merge()
        offered = transfer.with_user(self.officer_a2)
        self.assertTrue(offered.can_answer)
        offered.action_accept()
        self.assertEqual(initiative.unit_id, event.successor_ids)
        self._assert_sound()

    def test_transfer_between_units_that_became_one(self):
        transfer = self._propose_transfer(
            self.open_initiative, self.officer_a1, self.commune_a2
        )
        self._merge()
        offered = transfer.with_user(self.officer_a2)
        with self._refused(UserError, "stays in “Xã An Mới”.+Cancel or decline"):
            offered.action_accept()
        transfer.with_user(self.officer_a1).action_cancel()
        self.assertEqual(transfer.sudo().state, "cancelled")

    def test_people_of_a_division_go_where_it_was_decided(self):
        event = self._split(apply=False)
        event.action_preview()
        move = event.move_ids.filtered(lambda one: one.res_model == "res.partner")
        move.line_id = event.line_ids[1]
        event.action_apply()
        self.assertEqual(self.person.emulation_unit_id.name, "Xã An Tây")

    def test_people_of_a_dissolved_unit_belong_to_the_unit_above(self):
        self.person.emulation_unit_id = self.district_b
        self._create_event("dissolve", self.district_b).action_apply()
        self.assertEqual(self.person.emulation_unit_id, self.province)

    # clusters

    def test_successor_takes_the_place_in_the_cluster_and_its_lead(self):
        cluster = self._cluster(
            "Cụm 1", self.communes | self.commune_b1, self.commune_a2
        )
        event = self._merge(apply=False)
        event.action_preview()
        self.assertEqual(event.move_ids.mapped("record_name").count("Cụm 1"), 3)
        event.action_apply()
        new = event.successor_ids
        self.assertEqual(cluster.unit_ids, new | self.commune_b1)
        self.assertEqual(cluster.lead_unit_id, new)
        event.action_undo()
        self.assertEqual(cluster.unit_ids, self.communes | self.commune_b1)
        self.assertEqual(cluster.lead_unit_id, self.commune_a2)

    def test_successor_competes_in_one_cluster(self):
        first = self._cluster("Cụm 1", self.commune_a1, self.commune_a1)
        second = self._cluster("Cụm 2", self.commune_a2, self.commune_a2)
        past = self._cluster(
            "Cụm xưa", self.commune_a1, date_start="2024-01-01", date_end="2024-12-31"
        )
        event = self._merge()
        self.assertEqual(first.unit_ids, event.successor_ids)
        self.assertFalse(second.unit_ids | second.lead_unit_id)
        self.assertEqual(past.unit_ids, self.commune_a1, "history")
        event.action_undo()
        self.assertEqual(second.lead_unit_id, self.commune_a2)

    def test_unit_that_goes_on_keeps_its_own_cluster(self):
        first = self._cluster("Cụm 1", self.commune_a1)
        second = self._cluster("Cụm 2", self.commune_a2)
        event = self._create_event(
            "merge", self.commune_a1, self._into(self.commune_a2)
        )
        event.action_apply()
        self.assertFalse(first.unit_ids)
        self.assertEqual(second.unit_ids, self.commune_a2)

    def test_place_of_a_dissolved_unit_ends(self):
        cluster = self._cluster("Cụm 1", self.commune_b1)
        self._create_event("dissolve", self.commune_b1).action_apply()
        self.assertFalse(cluster.unit_ids)

    # recipient groups

    def test_recipient_groups_mean_the_successor(self):
        group = self.env["emulation.recipient.group"].create(
            {
                "name": "Các đơn vị của huyện",
                "below_unit_id": self.district_a.id,
                "unit_ids": [Command.set(self.district_a.ids)],
            }
        )
        event = self._create_event(
            "merge", self.district_a, self._into(self.district_b)
        )
        event.action_preview()
        self.assertIn(group.name, event.move_ids.mapped("record_name"))
        event.action_apply()
        self.assertEqual(group.below_unit_id, self.district_b)
        self.assertIn(self.commune_a1, group._expand(Date.today()))
        self.assertIn(self.district_b, group._expand(Date.today()))
        self.assertIn(self.district_a, group._expand(EVE), "as it was then")
        event.action_undo()
        self.assertEqual(group.below_unit_id, self.district_a)
        self.assertEqual(group.unit_ids, self.district_a)

    def test_group_below_a_dissolved_unit_is_archived(self):
        group = self.env["emulation.recipient.group"].create(
            {"name": "Các đơn vị của huyện", "below_unit_id": self.district_b.id}
        )
        event = self._create_event("dissolve", self.district_b)
        event.action_apply()
        self.assertFalse(group.active)
        event.action_undo()
        self.assertTrue(group.active)

    # lower units

    def test_district_merges_into_one_of_its_communes(self):
        for line in (
            Command.create({"unit_id": self.commune_a1.id}),
            Command.create({"code": "T35A1"}),
        ):
            event = self._create_event("merge", self.district_a, [line])
            event.action_apply()
            self.assertEqual(self.commune_a1.parent_id, self.province)
            self.assertEqual(self.commune_a2.parent_id, self.commune_a1)
            self._assert_sound()
            event.action_undo()
            self.assertEqual(self.communes.parent_id, self.district_a)

    def test_draft_of_the_same_day_changes_nothing(self):
        self._create_event("dissolve", self.commune_a2)
        event = self._create_event(
            "merge", self.district_a, self._into(self.district_b)
        )
        event.action_apply()
        self.assertEqual(self.communes.parent_id, self.district_b)

    def test_what_ends_together_stays_under_the_unit_above(self):
        together = self._create_event(
            "merge", self.district_a, self._into(self.district_b)
        )
        together |= self._create_event(
            "merge", self.commune_a2, self._into(self.commune_a1)
        )
        together.action_apply()
        self.assertEqual(self.commune_a2.parent_id, self.district_a)
        self.assertEqual(self.commune_a1.parent_id, self.district_b)

    def test_assignment_that_never_began_gives_no_right(self):
        self.env["emulation.unit.officer"].create(
            {
                "unit_id": self.commune_a1.id,
                "user_id": self.officer_b1.id,
                "date_start": Date.today(),
            }
        )
        event = self._merge()
        line = self.commune_a1.officer_ids.filtered(
            lambda one: one.user_id == self.officer_b1
        )
        self.assertFalse(line.is_current)
        self.assertNotIn(self.commune_a1, self.officer_b1.emulation_unit_ids)
        self.assertIn(event.successor_ids, self.officer_b1.emulation_unit_ids)
        event.action_undo()
        self.assertTrue(line.is_current)
        self.assertIn(self.commune_a1, self.officer_b1.emulation_unit_ids)


@tagged("post_install", "-at_install")
class TestSuccessionRefusals(SuccessionCommon):
    """Nothing is built on what ended, and nothing empty is applied."""

    def test_nothing_is_built_on_an_ended_unit(self):
        self._merge()
        Unit = self.env["emulation.unit"].with_user(self.manager_user)
        vals = {
            "code": "T35X",
            "name": "Thôn Mới",
            "kind_id": self.env.ref("emulation.unit_kind_territory").id,
            "level_id": self.env.ref("emulation.unit_level_base").id,
        }
        with self._refused(UserError, "Xã An Một.+ended on.+Xã An Mới"):
            Unit.create({**vals, "parent_id": self.commune_a1.id})
        with self._refused(UserError, "Xã An Một.+ended on.+Xã An Mới"):
            self.school.with_user(self.manager_user).managing_unit_id = self.commune_a1
        Partner = self.env["res.partner"].with_user(self.movement_user)
        with self._refused(UserError, "Xã An Một.+ended on.+Xã An Mới"):
            Partner.create({"name": "X", "emulation_unit_id": self.commune_a1.id})
        past = Unit.create(
            {**vals, "parent_id": self.commune_a1.id, "date_end": "2020-12-31"}
        )
        self.assertEqual(past.parent_id, self.commune_a1, "history may be entered")

    def test_unit_is_found_by_its_former_name_and_by_its_predecessor(self):
        Unit = self.env["emulation.unit"].with_user(self.officer_a1)
        new = self._merge().successor_ids
        self._create_event(
            "rename", self.commune_b1, new_name="Xã Phương Mới"
        ).action_apply()
        self.assertIn(new.id, dict(Unit.name_search("an hai")))
        self.assertIn(self.commune_b1.id, dict(Unit.name_search("binh mot")))
        self.assertIn(self.commune_b1.id, dict(Unit.name_search("phuong moi")))
        exact = Unit.name_search("Xã An Hai", operator="=")
        self.assertEqual([row[0] for row in exact], self.commune_a2.ids)

    def test_deleted_unit_leaves_no_empty_dissolution(self):
        unit = self._create_unit(
            "T35Z", "Xã Xưa", "territory", "commune", date_end="2019-12-31"
        ).with_user(self.manager_user)
        event = unit.succession_ids
        self.assertTrue(event)
        unit.unlink()
        self.assertFalse(event.sudo().exists())

    def test_rename_to_the_same_name(self):
        event = self._create_event("rename", self.commune_a1, new_name=" Xã An Một ")
        self._assert_apply_refused(event, "would change nothing on “Xã An Một”")

    def test_change_and_transfer_to_what_it_is(self):
        event = self._create_event(
            "change", self.commune_a1, new_level_id=self.commune_a1.level_id.id
        )
        self._assert_apply_refused(event, "would change nothing on “Xã An Một”")
        event = self._create_event(
            "transfer", self.commune_a1, new_parent_id=self.district_a.id
        )
        self._assert_apply_refused(event, "would change nothing on “Xã An Một”")

    def test_split_into_one_successor_twice(self):
        lines = [Command.create({"unit_id": self.commune_a2.id})] * 2
        event = self._create_event("split", self.commune_a1, lines)
        self._assert_apply_refused(event, "names the successor “Xã An Hai” twice")
        lines = [self._new_line("T35N", "Xã N"), self._new_line("t35n", "Xã M")]
        event = self._create_event("split", self.commune_a1, lines)
        self._assert_apply_refused(event, "names the successor “Xã M” twice")

    def test_rename_before_an_earlier_one(self):
        self._create_event("rename", self.commune_a1, new_name="Xã B").action_apply()
        event = self._create_event(
            "rename", self.commune_a1, new_name="Xã C", date="2024-01-01"
        )
        self._assert_apply_refused(
            event, "Renaming: Xã B → Xã C.+“Xã B” was called “Xã An Một”"
        )
        event.date = Date.add(DAY, days=1)
        event.action_apply()
        self.assertEqual(self.commune_a1.name, "Xã C")

    def test_applied_and_undone_ones_are_left_as_they_are(self):
        done, fresh = (
            self._merge(),
            self._create_event("rename", self.commune_b1, new_name="Xã Bình Mới"),
        )
        notice = (done | fresh).action_apply()
        self.assertEqual(fresh.state, "applied")
        self.assertIn(done.display_name, notice["params"]["message"])
        self.assertIn("Applied", notice["params"]["message"])
        fresh.action_undo()
        self.assertEqual((fresh.state, done.state), ("undone", "applied"))
        notice = (done | fresh).action_undo()
        self.assertEqual(done.state, "undone")
        self.assertIn("Undone", notice["params"]["message"])
        with self.assertRaises(UserError):
            (done | fresh).action_apply()

    def test_bodies_of_an_ended_territory_are_named(self):
        front = self._create_unit(
            "T35A1F", "Mặt trận xã An Một", "front", "commune", self.commune_a1
        )
        event = self._merge(apply=False)
        self.assertEqual(event.bodies_left, "Mặt trận xã An Một")
        other = self._create_event("dissolve", front)
        event.invalidate_recordset(["bodies_left"])
        self.assertFalse(event.bodies_left)
        other.date = Date.add(DAY, days=1)
        event.invalidate_recordset(["bodies_left"])
        self.assertEqual(event.bodies_left, "Mặt trận xã An Một")
        event.action_apply()
        self.assertFalse(event.bodies_left, "a warning before, not after")
