from odoo.fields import Command
from odoo.tests import tagged

from .common_budgets import BudgetCommon
from .common_use import UseCommon


@tagged("post_install", "-at_install")
class TestQueryBudgetsOfUse(BudgetCommon, UseCommon):
    """What follows a recognition, and what moves dossiers, at 1, 3 and 30 records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        session = cls._open_session([f"Đã công nhận {number}" for number in range(30)])
        cls._close(session)
        cls._decide(session)
        cls.many = session.sudo().evaluation_ids.initiative_id

    def test_library_and_database(self):
        for user in (self.officer_b1, self.leader_user, self.data_user):
            self._assert_flat(
                "emulation.initiative.entry", user, ("list", "form"), dated=False
            )
        self._assert_flat(
            "emulation.initiative",
            self.data_user,
            ("list",),
            [("state", "=", "recognised")],
            view="emulation.emulation_initiative_view_list_data",
        )

    def test_adoptions_and_development(self):
        for dossier in self.many:
            use = self._adopt(entry_id=dossier.id)
            use.action_claim()
        for user in (self.officer_b1, self.officer_a1, self.movement_user):
            self._assert_flat("emulation.initiative.adoption", user, ("list", "form"))
        self._assert_flat(
            "emulation.initiative",
            self.officer_a1,
            ("kanban",),
            [("development_stage", "!=", False)],
            view="emulation.emulation_initiative_view_kanban_stage",
        )

    def test_followups(self):
        for user in (self.officer_a1, self.movement_user):
            self._assert_flat("emulation.initiative.followup", user, ("list", "form"))

    def test_needs(self):
        needs = self.env["emulation.need"].with_user(self.officer_b1)
        for number in range(30):
            needs.create(
                {
                    "name": f"Kẹp nhiều phôi {number}",
                    "unit_id": self.commune_b1.id,
                    "field_id": self.env.ref("emulation.field_mechanics").id,
                    "problem": "Mỗi lần chỉ kẹp được một phôi",
                }
            ).action_find()
        for user in (self.officer_b1, self.officer_a1, self.movement_user):
            self._assert_flat("emulation.need", user, ("list", "kanban", "form"))

    def test_remunerations_and_payments(self):
        schedules = self.env["emulation.remuneration"].with_user(self.officer_a1)
        for dossier in self.many:
            schedule = schedules.create(
                {
                    "initiative_id": dossier.id,
                    "unit_id": self.commune_a1.id,
                    "date_start": "2019-03-01",
                }
            )
            schedule.action_agree()
            schedule.year_ids[0].benefit = 1_000_000
        for user in (self.officer_a1, self.movement_user):
            self._assert_flat("emulation.remuneration", user, ("list", "form"))
            self._assert_flat(
                "emulation.remuneration.line",
                user,
                ("list",),
                first=schedule.line_ids[:1],
            )

    def test_transfers(self):
        for number in range(30):
            self.env["emulation.initiative.transfer"].with_user(self.officer_a1).create(
                {
                    "initiative_id": self._create_initiative(f"Chuyển {number}").id,
                    "target_unit_id": self.commune_b1.id,
                    "reason": "Tác giả đã chuyển công tác",
                }
            )
        for user in (self.officer_a1, self.officer_b1, self.movement_user):
            self._assert_flat("emulation.initiative.transfer", user, ("list", "form"))

    def test_returns(self):
        for number in range(30):
            dossier = self._create_initiative(f"Trả lại {number}")
            dossier.action_submit()
            self.env["emulation.initiative.return"].with_user(self.head_a1).create(
                {
                    "initiative_ids": [Command.set(dossier.ids)],
                    "reason": "Bổ sung cách tính",
                }
            ).action_confirm()
        for user in (self.officer_a1, self.movement_user):
            self._assert_flat("emulation.initiative.return.log", user, ("list",))
