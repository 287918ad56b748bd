from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestMovement(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Movement = cls.env["emulation.movement"].with_user(cls.movement_user)
        cls.central = cls.Movement.create(
            {"name": "Đoàn kết sáng tạo", "code": "T35TW", "date_start": "2017-08-18"}
        )
        cls.movement = cls.Movement.create(
            {
                "name": "Đoàn kết sáng tạo tỉnh Thử Nghiệm",
                "code": "T35",
                "parent_id": cls.central.id,
                "standing_unit_id": cls.province.id,
            }
        )

    def test_movement_officer_enters_and_launches(self):
        with Form(self.Movement) as form:
            form.name = "Cuộc vận động thử"
            form.code = "T35CV"
            form.kind = "campaign"
        movement = form.record
        self.assertFalse(movement.can_start)
        with self.assertRaisesRegex(UserError, "Cuộc vận động thử.+day it was"):
            movement.action_start()
        movement.date_start = "2018-12-27"
        self.assertTrue(movement.can_start)
        movement.action_start()
        self.assertRecordValues(
            movement, [{"state": "running", "can_start": False, "can_close": True}]
        )

    def test_close_from_below_upwards(self):
        self.movement.date_start = "2018-12-27"
        (self.central | self.movement).action_start()
        self.assertFalse(self.central.can_close)
        with self.assertRaisesRegex(UserError, "tỉnh Thử Nghiệm.+still runs"):
            self.central.action_close()
        self.movement.action_close()
        self.assertEqual(
            self.movement.date_end, fields.Date.context_today(self.movement)
        )
        self.central.action_close()
        self.assertEqual(self.central.state, "closed")

    def test_reopening_is_for_managers(self):
        self.central.action_start()
        self.central.action_close()
        self.assertFalse(self.central.can_reopen)
        with self.assertRaisesRegex(AccessError, "manager"):
            self.central.action_reopen()
        as_manager = self.central.with_user(self.manager_user)
        self.assertTrue(as_manager.can_reopen)
        as_manager.action_reopen()
        self.assertRecordValues(as_manager, [{"state": "running", "date_end": False}])

    def test_remote_calls_meet_the_same_law(self):
        with self.assertRaises(UserError):
            self.movement.write({"state": "running"})
        with self.assertRaises(UserError):
            self.movement.write({"state": "closed"})
        with self.assertRaisesRegex(UserError, "create it in preparation"):
            self.Movement.create({"name": "X", "code": "T35X", "state": "running"})

    def test_no_default_launches_a_movement(self):
        values = {"name": "X", "code": "T35X", "standing_unit_id": self.province.id}
        with self._refused(UserError, "create it in preparation"):
            self.Movement.with_context(default_state="closed").create(values)
        kept = self.env["ir.default"].with_user(self.movement_user)
        kept.set("emulation.movement", "state", "running", user_id=True)
        with self._refused(UserError, "create it in preparation"):
            self.Movement.with_user(self.movement_user).create(values)

    def test_only_the_movement_office_writes(self):
        for user in (self.officer_a, self.leader_user, self.member1_user):
            movement = self.central.with_user(user)
            self.assertEqual(movement.name, "Đoàn kết sáng tạo")
            self.assertFalse(movement.can_start)
            with self.assertRaises(AccessError):
                movement.action_start()
        with self.assertRaises(AccessError):
            self.central.with_user(self.internal_user).read(["name"])

    def test_launched_movement_stays_on_record(self):
        self.central.action_start()
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.central.with_user(self.manager_user).unlink()
        self.movement.with_user(self.manager_user).unlink()

    def test_cycle_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Đoàn kết sáng tạo.+part of"):
            self.central.parent_id = self.movement

    def test_campaigns_of_the_plan_are_there(self):
        for name in ("new_countryside", "vietnamese_goods", "ha_nam_countryside"):
            self.assertTrue(self.env.ref(f"emulation.movement_{name}").name)

    def test_reading_takes_the_same_queries_for_any_number(self):
        movements = self.Movement.create(
            [
                {
                    "name": f"Phong trào {number}",
                    "code": f"T35P{number}",
                    "parent_id": self.central.id,
                    "standing_unit_id": self.province.id,
                }
                for number in range(30)
            ]
        )
        name = {"fields": {"display_name": {}}}
        columns = {
            **dict.fromkeys(("code", "name", "state", "can_start", "can_close"), {}),
            **dict.fromkeys(("parent_id", "standing_unit_id"), name),
        }
        counts = []
        for number in (1, 1, 3, 30):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            domain = [("id", "in", movements[:number].ids)]
            self.Movement.web_search_read(domain, columns)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(counts[1:])), 1, counts)
