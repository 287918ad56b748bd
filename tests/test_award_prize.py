from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .test_award import AwardCommon


@tagged("post_install", "-at_install")
class TestAwardPrize(AwardCommon):
    """A prize by its regulation: grades, budget, proposal, versions (R70)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shipped = cls.env.ref("emulation.award_prize_province")
        # without the prizes that the demo invents
        regulation = shipped.copy({"code": "GT-THU", "prize_ids": False})
        regulation.date_start = "2019-01-01"
        cls.prize = regulation.with_user(cls.manager_user)

    def _enter_prizes(self):
        """Enter the prizes as the manager does, on the shipped draft."""
        with Form(self.prize) as form:
            for name, kind, number, amount in (
                ("Giải Nhất", self.individual, 1, 20_000_000),
                ("Giải Nhất", self.collective, 1, 30_000_000),
                ("Giải Nhì", None, 3, 10_000_000),
            ):
                with form.prize_ids.new() as line:
                    line.name = name
                    if kind:
                        line.recipient_kind_id = kind
                    line.number = number
                    line.amount = amount

    def test_without_its_regulation_it_does_not_hold(self):
        self.assertIn("There is no prize", self.prize.fault_text)
        with self.assertRefused(UserError, "There is no prize"):
            self.prize.action_put_in_force()
        self._enter_prizes()
        self.prize.prize_ids[2].amount = 0
        with self.assertRefused(UserError, "“Giải Nhì” has no number or no amount"):
            self.prize.action_put_in_force()

    def test_budget_of_an_edition(self):
        self._enter_prizes()
        self.assertEqual(
            (self.prize.prize_count, self.prize.prize_budget), (5, 80_000_000)
        )
        self.prize.prize_ids[2].number = 2
        self.assertEqual(self.prize.prize_budget, 70_000_000)

    def test_each_recipient_is_paid_by_the_prize(self):
        self._enter_prizes()
        first, team, second = self.prize.prize_ids
        self.assertEqual(first._get_amount(self.individual), 20_000_000)
        self.assertEqual(second._get_amount(self.collective), 10_000_000)
        with self.assertRefused(UserError, "not given to “Individual”"):
            team._get_amount(self.individual)
        with self.assertRefused(UserError, "not given to “Household”"):
            second._get_amount(self.household)
        second.amount = 0
        with self.assertRefused(UserError, "is not entered.*new version"):
            second._get_amount(self.individual)

    def test_the_same_prize_is_not_listed_twice(self):
        self._enter_prizes()
        twice = {"name": "Giải Nhì", "amount": 1}
        refused = self.assertRefused(UniqueViolation, "prize_name_unique")
        with mute_logger("odoo.sql_db"), refused:
            self.prize.prize_ids = [Command.create(twice)]

    def test_proposal_with_its_budget(self):
        """Tờ trình to the government of the level, budget as an annex."""
        with self.assertRefused(UserError, "has no prizes"):
            self.prize.action_draft_proposal()
        self._enter_prizes()
        self.prize.conditions = "Sáng kiến đã áp dụng ít nhất một năm."
        action = self.prize.action_draft_proposal()
        paper = self.env["emulation.document"].browse(action["res_id"])
        self.assertEqual(paper.kind_id.code, "TTr")
        self.assertEqual(paper.unit_id, self.province)
        self.assertIn("giải thưởng “Người Hà Nam", paper.subject)
        self.assertIn("Căn cứ Nghị định số 152/2025/NĐ-CP", paper.basis)
        for text in ("30.000.000", "80.000.000", "Tổng cộng", "ít nhất một năm"):
            self.assertIn(text, paper.body)
        addressee = paper.recipient_ids.filtered("is_addressee")
        self.assertEqual(addressee.name, "Chủ tịch Ủy ban nhân dân tỉnh")
        self.assertEqual(
            self.prize.action_draft_proposal()["res_id"], paper.id, "one draft"
        )
        self.prize.cycle_years = 2
        paper.action_refresh_body()
        self.assertIn("2 năm một lần", paper.body)

    def test_proposal_goes_to_the_government_there_is(self):
        territory = self._create_unit("T36", "Tỉnh Khác", "territory", "province")
        government = self._create_unit(
            "T36U", "Ủy ban nhân dân tỉnh Khác", "government", "province", territory
        )
        front = self._create_unit("T36M", "Mặt trận", "front", "province", territory)
        manager = self._create_user("manager_36", "manager", front)
        self._enter_prizes()
        action = self.prize.with_user(manager).action_draft_proposal()
        paper = self.env["emulation.document"].browse(action["res_id"])
        self.assertEqual(
            paper.recipient_ids.filtered("is_addressee").unit_id, government
        )

    def test_proposal_cites_the_law_of_its_day(self):
        self._enter_prizes()
        self.prize.action_put_in_force()
        # what papers cite follows the law, also when the regulation is fixed
        self.prize.basis_ids = self.env.ref("emulation.legal_decree_98")
        with self.assertRefused(UserError, "not in force on"):
            self.prize.action_draft_proposal()
        self.prize.basis_ids |= self.env.ref("emulation.legal_decree_152")
        action = self.prize.action_draft_proposal()
        paper = self.env["emulation.document"].browse(action["res_id"])
        self.assertEqual(paper.basis.count("Căn cứ"), 1)

    def test_budget_on_the_proposal_is_what_is_regulated(self):
        """A draft that the prizes have outgrown is not signed as it is."""
        self._enter_prizes()
        action = self.prize.action_draft_proposal()
        paper = self.env["emulation.document"].browse(action["res_id"])
        self.prize.prize_ids[2].amount = 12_000_000
        with self.assertRefused(UserError, "not what its record says"):
            paper.sudo()._check_generated()

    def test_who_acts_for_nobody_proposes_nothing(self):
        self._enter_prizes()
        nobody = self._create_user("manager_nobody", "manager")
        with self.assertRefused(UserError, "act for no unit"):
            self.prize.with_user(nobody).action_draft_proposal()
        with self.assertRefused(AccessError, "."):
            self.prize.with_user(self.movement_user).action_draft_proposal()

    def test_a_regulation_in_force_gives_way_to_a_new_version(self):
        self._enter_prizes()
        self.prize.action_put_in_force()
        with self.assertRefused(UserError, "not a draft"):
            self.prize.prize_ids[0].amount = 1
        copied = self.prize.browse(self.prize.action_new_version()["res_id"])
        copied.date_start = "2030-01-01"
        copied.prize_ids[0].amount = 25_000_000
        copied.action_put_in_force()
        for day, amount in (("2029-12-31", 20_000_000), ("2030-01-01", 25_000_000)):
            held = self._shipped(self.prize.code, day)
            self.assertEqual(held.prize_ids[0]._get_amount(self.individual), amount)
        told = self.prize._explain_amounts(date(2026, 1, 1))
        self.assertRegex(told[0], "^Giải Nhất – Individual: .*20,000,000")
