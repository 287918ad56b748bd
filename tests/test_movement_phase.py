from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestMovementPhase(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.movement = (
            cls.env["emulation.movement"]
            .with_user(cls.movement_user)
            .create(
                {
                    "name": "Đoàn kết sáng tạo",
                    "code": "T35",
                    "date_start": "2018-01-01",
                    "aliases": "Sáng tạo Việt",
                }
            )
        )
        cls.Phase = cls.env["emulation.movement.phase"].with_user(cls.movement_user)
        cls.phase = cls._create_phase("Giai đoạn 2018–2020", "2018-01-01", "2020-12-31")

    @classmethod
    def _create_phase(cls, name, start, end=False):
        return cls.Phase.create(
            {
                "movement_id": cls.movement.id,
                "name": name,
                "date_start": start,
                "date_end": end,
            }
        )

    def test_phases_are_entered_on_the_movement(self):
        with Form(self.movement) as form:
            with form.phase_ids.new() as line:
                line.name = "Giai đoạn mới"
                line.date_start = "2021-01-01"
        self.assertEqual(len(self.movement.phase_ids), 2)
        self.assertTrue(self.movement.phase_ids[1].is_current)

    def test_phases_never_overlap(self):
        with self._refused(ValidationError, "same time.+2018–2020"):
            self._create_phase("Chồng", "2020-12-31", "2021-12-31")
        last = self._create_phase("Những năm tiếp theo", "2021-01-01")
        with self._refused(ValidationError, "Những năm tiếp theo.+last day"):
            self._create_phase("Sau nữa", "2030-01-01")
        with self._refused(ValidationError, "before the movement"):
            self._create_phase("Quá sớm", "2016-01-01", "2016-12-31")
        self.assertFalse(last.date_end)

    def test_close_opens_the_next_with_what_is_carried_over(self):
        action = self.phase.action_close_phase()
        Wizard = self.env[action["res_model"]].with_user(self.movement_user)
        with Form(Wizard.with_context(**action["context"])) as form:
            self.assertEqual(str(form.date_end), "2020-12-31")
            form.name = "Giai đoạn 2021–2025"
            form.carry_over = "12 mô hình, Hội đồng thẩm định"
        form.record.action_confirm()
        self.assertTrue(self.phase.is_closed)
        following = self.movement.phase_ids - self.phase
        self.assertRecordValues(
            following,
            [
                {
                    "date_start": fields.Date.to_date("2021-01-01"),
                    "date_end": False,
                    "carry_over": "12 mô hình, Hội đồng thẩm định",
                }
            ],
        )
        with self._refused(UserError, "closed already"):
            self.phase.action_close_phase()
        with self._refused(UserError, "stays as it was"):
            self.phase.goals = "Khác"
        with self._refused(UserError, "stays as it was"):
            self.phase.unlink()

    def test_what_is_carried_over_goes_to_the_phase_that_is_there(self):
        following = self._create_phase("Những năm tiếp theo", "2021-01-01")
        Wizard = self.env["emulation.movement.phase.close"]
        Wizard = Wizard.with_user(self.movement_user)
        with Form(Wizard.with_context(default_phase_id=self.phase.id)) as form:
            self.assertFalse(form.opens_next)
            self.assertEqual(form.next_phase_id, following)
            form.carry_over = "12 mô hình"
        form.record.action_confirm()
        self.assertEqual(following.carry_over, "12 mô hình")
        self.assertEqual(self.movement.phase_ids, self.phase | following)

    def test_next_phase_needs_a_name_and_nothing_is_half_done(self):
        Wizard = self.env["emulation.movement.phase.close"]
        wizard = Wizard.with_user(self.movement_user).create(
            {"phase_id": self.phase.id, "opens_next": True, "name": " "}
        )
        with self._refused(UserError, "2018–2020.+a name"):
            wizard.action_confirm()
        self.assertFalse(self.phase.is_closed)

    def test_closing_by_hand_is_refused(self):
        with self._refused(UserError, "Close phase"):
            self.phase.write({"is_closed": True})
        with self._refused(UserError, "Close phase"):
            self.Phase.create(
                {
                    "movement_id": self.movement.id,
                    "name": "X",
                    "date_start": "2021-01-01",
                    "is_closed": True,
                }
            )

    def test_no_default_closes_a_phase(self):
        values = {
            "movement_id": self.movement.id,
            "name": "X",
            "date_start": "2021-01-01",
        }
        with self._refused(UserError, "Close phase"):
            self.Phase.with_context(default_is_closed=True).create(values)

    def test_phase_to_come_is_not_closed(self):
        tomorrow = fields.Date.add(fields.Date.context_today(self.phase), days=1)
        coming = self._create_phase("Sắp tới", tomorrow)
        self.assertFalse(coming.can_close)
        with self._refused(UserError, "not begun"):
            coming.action_close_phase()

    def test_closing_the_movement_closes_its_phases(self):
        last = self._create_phase("Tiếp theo", "2021-01-01")
        self.movement.action_start()
        self.movement.action_close()
        self.assertEqual((self.phase | last).mapped("is_closed"), [True, True])
        self.assertEqual(str(self.phase.date_end), "2020-12-31")
        self.assertEqual(last.date_end, self.movement.date_end)

    def test_only_the_movement_office_writes(self):
        for user in (self.officer_a, self.leader_user):
            phase = self.phase.with_user(user)
            self.assertEqual(phase.name, "Giai đoạn 2018–2020")
            self.assertFalse(phase.can_close)
            with self.assertRaises(AccessError):
                phase.action_close_phase()
            with self.assertRaises(AccessError):
                phase.name = "Khác"
        with self.assertRaises(AccessError):
            self.phase.with_user(self.internal_user).read(["name"])

    def test_movement_is_found_by_another_name(self):
        found = self.env["emulation.movement"].name_search("sáng tạo việt")
        self.assertIn(self.movement.id, [row[0] for row in found])
