from odoo.fields import Command
from odoo.tests import tagged

from .common_award import AwardCommon
from .common_budgets import BudgetCommon


@tagged("post_install", "-at_install")
class TestQueryBudgetsOfAwards(BudgetCommon, AwardCommon):
    """The room of awards, at 1, 3 and 30 records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.env["res.partner"].create(
            [{"name": f"Người Thử {number}"} for number in range(30)]
        )
        by_board = cls._create_award(
            "BKF-N",
            "Merit by the board (test)",
            "Bằng khen",
            track="front",
            appraised_by="board",
        )
        nominations = cls.env["emulation.nomination"].create(
            [
                {
                    "award_id": by_board.id,
                    "unit_id": cls.commune_a1.id,
                    "recipient_kind_id": cls.person.id,
                    "partner_id": person.id,
                    "citation": "Đã có thành tích",
                    "reason": "Làm tốt",
                    "opinion": "Xứng đáng",
                }
                for person in people
            ]
        )
        nominations.item_ids.is_done = True
        nominations.action_submit()
        cls.many = nominations

    def test_nominations(self):
        for user in (self.officer_a1, self.movement_user, self.award_user):
            self._assert_flat("emulation.nomination", user, ("list", "kanban"))

    def test_payments(self):
        self.many.write({"state": "appraised"})
        for number, one in enumerate(self.many):
            one.write(
                {
                    "date_sent": "2026-01-05",
                    "central_reference": f"{number}/QĐ",
                    "central_date": "2026-01-05",
                    "state": "sent",
                }
            )
        self.many.write({"state": "conferred"})
        self.many.write({"amount_fixed": 10000})
        self.env["emulation.award.payment"]._owe(self.many)
        self._assert_flat("emulation.award.payment", self.finance_user, ("list",))
        self._assert_flat("emulation.nomination", self.leader_user, ("list",))

    def test_earlier_awards(self):
        self.env["emulation.award.record"].create(
            [
                {
                    "unit_id": self.commune_a1.id,
                    "award_id": self.merit.id,
                    "partner_id": one.partner_id.id,
                    "year": 2019,
                    "decision_reference": "5/QĐ-UBND",
                    "decision_date": "2019-12-20",
                }
                for one in self.many
            ]
        )
        for user in (self.officer_a1, self.award_user):
            self._assert_flat("emulation.award.record", user, ("list",))

    def test_what_units_decide_themselves(self):
        own = self._create_award("GK-N", "Own (test)", "Giấy khen", level_id=False)
        people = self.many.partner_id
        nominations = self.env["emulation.nomination"].create(
            [
                {
                    "award_id": own.id,
                    "unit_id": self.commune_a1.id,
                    "decider_unit_id": self.commune_a1.id,
                    "recipient_kind_id": self.person.id,
                    "partner_id": person.id,
                    "citation": "Đã có thành tích",
                    "reason": "Làm tốt",
                }
                for person in people
            ]
        )
        nominations.item_ids.is_done = True
        nominations.action_submit()
        vals = {
            "award_id": own.id,
            "unit_id": self.commune_a1.id,
            "decider_unit_id": self.commune_a1.id,
        }
        proposals = self.env["emulation.proposal"].create([vals] * 30)
        for proposal, one in zip(proposals, nominations, strict=True):
            one.proposal_id = proposal
        own_level = [("appraised_by", "=", "decider")]
        for user in (self.officer_a1, self.head_a1):
            self._assert_flat(
                "emulation.nomination", user, ("list", "kanban"), own_level
            )
            self._assert_flat("emulation.proposal", user, ("list",), own_level)

    def test_ceremonies(self):
        self.env.cr.execute(
            "UPDATE emulation_nomination SET state = 'conferred',"
            " decision_reference = '1/QĐ', date_conferred = '2026-01-05'"
            " WHERE id = ANY(%s)",
            [self.many.ids],
        )
        self.env.invalidate_all()
        vals = {
            "name": "Lễ tôn vinh",
            "unit_id": self.commune_a1.id,
            "date": "2026-12-20 01:00:00",
            "place": "Hội trường",
        }
        ceremonies = self.env["emulation.ceremony"].create([vals] * 30)
        ceremonies[0].line_ids = [
            Command.create({"nomination_id": one.id}) for one in self.many
        ]
        for user in (self.officer_a1, self.movement_user, self.leader_user):
            self._assert_flat("emulation.ceremony", user, ("list",))
        self._assert_flat("emulation.nomination", self.officer_a1, ("list", "kanban"))
