from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from .succession_common import DAY, EVE, SuccessionCommon


@tagged("post_install", "-at_install")
class TestSuccessionMerge(SuccessionCommon):
    def test_manager_merges_two_communes_through_the_form(self):
        with Form(self.Succession) as form:
            form.kind = "merge"
            form.date = DAY
            form.legal_text = "Nghị quyết số 1/NQ"
            form.predecessor_ids = self.communes
            with form.line_ids.new() as line:
                line.code = "T35AM"
                line.name = " Xã  An Mới "
                line.kind_id = self.env.ref("emulation.unit_kind_territory")
                line.level_id = self.env.ref("emulation.unit_level_commune")
                line.parent_id = self.district_a
        event = form.record
        event.action_apply()
        successor = event.successor_ids
        self.assertRecordValues(
            successor,
            [
                {
                    "name": "Xã An Mới",
                    "code": "T35AM",
                    "date_start": DAY,
                    "date_end": False,
                    "parent_id": self.district_a.id,
                }
            ],
        )
        self.assertEqual(self.communes.mapped("date_end"), [EVE, EVE])
        self.assertEqual(successor.predecessor_ids, self.communes)
        self.assertEqual(event.applied_user_id, self.manager_user)
        self.assertTrue(event.date_applied)
        self._assert_sound()

    def test_open_records_move_and_closed_ones_stay(self):
        event = self._merge()
        successor = event.successor_ids
        self.assertEqual(self.open_initiative.unit_id, successor)
        self.assertEqual(self.open_initiative.unit_path, successor.parent_path)
        self.assertEqual(self.closed_initiative.unit_id, self.commune_a1)
        self.assertEqual(self.school.parent_id, successor)
        self.assertIn(successor.parent_path, self.school.parent_path)

    def test_evaluations_follow_their_dossier(self):
        evaluation = self._make_eligible(self.open_initiative).sudo()
        successor = self._merge().successor_ids
        self.assertEqual(evaluation.unit_id, successor)
        self.assertEqual(evaluation.unit_path, successor.parent_path)

    def test_officers_go_on_and_heads_become_officers(self):
        successor = self._merge().successor_ids
        lines = successor.officer_ids.sorted(lambda line: line.user_id.login)
        self.assertRecordValues(
            lines,
            [
                {"user_id": user.id, "role": "officer", "date_start": DAY}
                for user in (self.head_a1, self.officer_a1, self.officer_a2)
            ],
        )
        self.assertFalse(successor.head_user_id)
        self.assertEqual(
            set(self.communes.officer_ids.mapped("date_end")), {EVE}, "all ended"
        )
        self.assertEqual(self.officer_a1.emulation_unit_ids, successor)

    def test_officer_of_both_is_officer_once(self):
        self.env["emulation.unit.officer"].create(
            {"unit_id": self.commune_a2.id, "user_id": self.officer_a1.id}
        )
        successor = self._merge().successor_ids
        mine = successor.officer_ids.filtered(lambda o: o.user_id == self.officer_a1)
        self.assertEqual(len(mine), 1)

    def test_assignment_begun_after_the_reform_goes_on_from_its_own_day(self):
        line = self.env["emulation.unit.officer"].create(
            {
                "unit_id": self.commune_a2.id,
                "user_id": self.officer_b1.id,
                "date_start": "2025-08-01",
            }
        )
        successor = self._merge().successor_ids
        mine = successor.officer_ids.filtered(lambda o: o.user_id == self.officer_b1)
        self.assertEqual(mine.date_start, Date.to_date("2025-08-01"))
        self.assertEqual(line.date_end, Date.to_date("2025-08-01"))

    def test_merger_into_a_unit_that_goes_on(self):
        event = self._create_event(
            "merge", self.commune_a1, [Command.create({"unit_id": self.commune_a2.id})]
        )
        event.action_apply()
        self.assertEqual(self.commune_a1.successor_ids, self.commune_a2)
        self.assertFalse(self.commune_a2.date_end)
        self.assertEqual(self.open_initiative.unit_id, self.commune_a2)
        self._assert_sound()

    def test_organisers_councils_drafts_and_seats(self):
        member = self.council.member_ids.filtered(
            lambda one: one.user_id == self.member3_user
        )
        member.unit_id = self.province
        draft = self.env["emulation.document"].create(
            {
                "kind_id": self.env["emulation.document.kind"].search([], limit=1).id,
                "unit_id": self.province.id,
                "subject": "Dự thảo",
            }
        )
        event = self._create_event(
            "merge",
            self.province,
            [self._new_line("T37", "Tỉnh Mới", parent_id=False)],
        )
        event.action_apply()
        successor = event.successor_ids
        for record in (self.round, self.council, draft):
            self.assertEqual(record.unit_id, successor, record._name)
        self.assertEqual(self.movement.standing_unit_id, successor)
        self.assertEqual(draft.issuer_ids.unit_id, successor)
        self.assertEqual(member.date_end, EVE)
        self.assertEqual(self.district_a.parent_id, successor)
        self.assertTrue(self.commune_a1.parent_path.startswith(successor.parent_path))
        self._assert_sound()

    def test_preview_says_what_will_happen(self):
        event = self._merge(apply=False)
        event.action_preview()
        rows = {
            (move.model_name, move.record_name, move.effect) for move in event.move_ids
        }
        self.assertIn(("Initiative", self.open_initiative.display_name, "move"), rows)
        officers = {name.split(" ")[0]: effect for _m, name, effect in rows}
        self.assertEqual(officers["head_a1"], "officer")
        self.assertEqual(officers["officer_a1"], "continue")
        self.assertNotIn(
            self.closed_initiative.display_name, event.move_ids.mapped("record_name")
        )
        self.assertIn("Xã An Mới", event.summary)
        self.assertFalse(self.commune_a1.date_end, "a preview changes nothing")
        self.assertEqual(self.open_initiative.unit_id, self.commune_a1)

    def test_preview_without_open_records_says_so(self):
        rename = self._create_event("rename", self.commune_a1, new_name="Xã An Nhất")
        notice = rename.action_preview()
        self.assertIn("No open record moves", notice["params"]["title"])
        self.assertIn("Xã An Nhất", notice["params"]["message"])
        self.assertFalse(self._merge(apply=False).action_preview())

    def test_what_opens_after_the_preview_moves_too(self):
        event = self._merge(apply=False)
        event.action_preview()
        late = self._add_initiative("Hồ sơ nộp sau")
        event.action_apply()
        self.assertEqual(late.unit_id, event.successor_ids)

    def test_only_managers_reform(self):
        event = self._merge(apply=False)
        for user in (self.movement_user, self.officer_a1, self.leader_user):
            with self.assertRaises(UserError):
                event.with_user(user).action_apply()
            with self.assertRaises(AccessError):
                event.with_user(user).action_preview()
        self.assertFalse(event.with_user(self.movement_user).can_apply)
        self.assertTrue(event.can_apply)
        Event = self.env["emulation.unit.succession"]
        among = [("id", "=", event.id)]
        self.assertTrue(Event.with_user(self.movement_user).search(among))
        self.assertFalse(Event.with_user(self.officer_a1).search(among))
        event.action_apply()
        self.assertTrue(Event.with_user(self.officer_a1).search(among))
        with self.assertRaises(AccessError):
            event.with_user(self.officer_a1).read(["move_ids"])
        with self.assertRaises(UserError):
            event.with_user(self.movement_user).action_undo()

    def test_applied_event_is_frozen(self):
        event = self._merge()
        with self.assertRaisesRegex(AccessError, "stays as it is"):
            event.date = "2025-08-01"
        with self.assertRaisesRegex(UserError, "stay as they"):
            event.line_ids.name = "Xã Khác"
        with self.assertRaisesRegex(UserError, "before the reform"):
            event.move_ids[:1].line_id = event.line_ids
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            event.unlink()
        with self.assertRaisesRegex(AccessError, "set by the workflow"):
            event.former_values = {}
        event.legal_text = "Nghị quyết số 2/NQ"

    def test_client_forges_no_state_and_no_successor(self):
        with self.assertRaisesRegex(UserError, "begins in its first state"):
            self.Succession.create({"kind": "found", "date": DAY, "state": "applied"})
        with self.assertRaisesRegex(AccessError, "reform"):
            self.commune_a1.with_user(self.manager_user).successor_ids = self.commune_a2

    def test_date_to_come_waits(self):
        event = self._merge(apply=False, date=Date.add(Date.today(), days=5))
        event.action_preview()
        self._assert_apply_refused(event, "comes into force on.+draft")


@tagged("post_install", "-at_install")
class TestSuccessionBadInput(SuccessionCommon):
    def test_merger_into_itself(self):
        event = self._create_event(
            "merge", self.communes, [Command.create({"unit_id": self.commune_a1.id})]
        )
        self._assert_apply_refused(event, "Xã An Một.+cannot merge into itself")

    def test_without_a_legal_text(self):
        event = self._merge(apply=False, legal_text=" ")
        self._assert_apply_refused(event, "names no legal text. Enter the resolution")

    def test_successor_that_ended_earlier(self):
        self.commune_b1.date_end = "2024-12-31"
        event = self._create_event(
            "merge", self.communes, [Command.create({"unit_id": self.commune_b1.id})]
        )
        self._assert_apply_refused(event, "Xã Bình Một.+ended on.+be a successor")

    def test_successor_that_begins_later(self):
        self.commune_b1.date_start = "2025-08-01"
        event = self._create_event(
            "merge", self.communes, [Command.create({"unit_id": self.commune_b1.id})]
        )
        self._assert_apply_refused(event, "Xã Bình Một.+began on.+only")

    def test_unit_that_ended_already(self):
        self._merge()
        event = self._create_event(
            "merge",
            self.commune_a1,
            [Command.create({"unit_id": self.commune_b1.id})],
            date="2025-08-01",
        )
        self._assert_apply_refused(event, "Xã An Một.+ended already")

    def test_end_before_start(self):
        self.commune_a1.date_start = "2025-07-01"
        event = self._merge(apply=False)
        self._assert_apply_refused(event, "Xã An Một.+began on")

    def test_unit_ends_once(self):
        first = self._merge(apply=False)
        second = self._split(apply=False)
        with self.assertRaisesRegex(UserError, "Xã An Một.+would end twice"):
            (first | second).action_apply()

    def test_code_of_a_unit_that_goes_on(self):
        event = self._create_event(
            "merge", self.communes, [self._new_line("T35B1", "Xã An Mới")]
        )
        self._assert_apply_refused(event, "Xã An Mới.+T35B1.+Xã Bình Một")

    def test_code_of_a_unit_that_ends_is_free(self):
        event = self._create_event(
            "merge", self.communes, [self._new_line("T35A1", "Xã An Mới")]
        )
        event.action_apply()
        self.assertEqual(event.successor_ids.code, self.commune_a1.code)
        found = self.env["emulation.unit"].name_search("T35A1", operator="=")
        self.assertEqual([row[0] for row in found], event.successor_ids.ids)
        self._assert_sound()

    def test_new_unit_is_incomplete(self):
        event = self._create_event(
            "merge", self.communes, [Command.create({"code": "T35AM"})]
        )
        self._assert_apply_refused(event, "T35AM.+enter its name, kind and level")

    def test_higher_unit_is_not_known(self):
        line = self._new_line("T35AM", "Xã An Mới", parent_code="KHONG")
        event = self._create_event("merge", self.communes, [line])
        self._assert_apply_refused(event, "Xã An Mới.+KHONG.+higher unit")

    def test_higher_unit_ends_on_the_same_day(self):
        dissolve = self._create_event(
            "dissolve",
            self.district_a,
            [Command.create({"unit_id": self.province.id})],
        )
        merge = self._merge(apply=False)
        with self.assertRaisesRegex(UserError, "Huyện An.+ended on"):
            (merge | dissolve).action_apply()

    def test_wrong_number_of_units(self):
        line = Command.create({"unit_id": self.commune_b1.id})
        for kind, units, lines, pattern in (
            ("merge", self.communes, [], "one successor"),
            ("merge", [], [line], "units that merge"),
            ("split", self.commune_a1, [line], "two successors or more"),
            ("rename", self.communes, [], "one unit and its new name"),
            ("found", [], [], "new units"),
        ):
            event = self._create_event(kind, units, lines)
            self._assert_apply_refused(event, pattern)
        for kind, pattern in (
            ("rename", "lacks the new name"),
            ("transfer", "lacks the new higher unit"),
            ("change", "lacks the new kind or level"),
        ):
            event = self._create_event(kind, self.commune_a1)
            self._assert_apply_refused(event, pattern)

    def test_successor_without_code_or_unit(self):
        with self.assertRaisesRegex(UserError, "choose the successor"):
            self._create_event(
                "merge", self.communes, [Command.create({"name": "Xã An Mới"})]
            )

    def test_nothing_new_in_an_ended_unit(self):
        self._merge()
        with self.assertRaisesRegex(UserError, "Xã An Một.+ended on.+Xã An Mới"):
            self._create_initiative("Muộn", user=self.movement_user)

    def test_user_whose_units_ended_without_successor(self):
        self._create_event(
            "dissolve",
            self.commune_a2,
        ).action_apply()
        with self.assertRaisesRegex(UserError, "officer_a2.+Xã An Hai.+ended"):
            self._create_initiative("Muộn", self.commune_a2, user=self.officer_a2)

    def test_officer_without_any_unit(self):
        stray = self._create_user("stray", "officer")
        with self.assertRaisesRegex(UserError, "stray.+acts for no unit yet"):
            self._create_initiative("Lạc", self.commune_a2, user=stray)
