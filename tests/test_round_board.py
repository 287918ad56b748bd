from odoo.tests import tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestRoundBoard(AppraisalCommon):
    """The board tells where dossiers stand, and which units have sent nothing."""

    def _funnel(self, user):
        rnd = self.round.with_user(user)
        rnd.invalidate_recordset()
        return {step["code"]: step["count"] for step in rnd.funnel}

    def test_funnel_counts_what_the_reader_may_read(self):
        self._create_initiative("Nháp")
        self._create_initiative("Nộp").action_submit()
        self._endorse(self._create_initiative("Xác nhận"))
        self._make_eligible(self._create_initiative("Đủ điều kiện"))
        self._create_initiative("Xã khác", self.commune_b1, user=self.officer_b1)
        whole = {
            "draft": 2,
            "submitted": 1,
            "endorsed": 1,
            "eligible": 1,
            "in_appraisal": 0,
            "recognised": 0,
        }
        self.assertEqual(self._funnel(self.movement_user), whole)
        self.assertEqual(self._funnel(self.officer_a1), {**whole, "draft": 1})
        self.assertEqual(self._funnel(self.officer_b1)["submitted"], 0)
        self.assertEqual(set(self._funnel(self.finance_user).values()), {0})

    def _silent(self, user):
        rnd = self.round.with_user(user)
        rnd.invalidate_recordset()
        action = rnd.action_view_silent_units()
        units = self.env["emulation.unit"].with_user(user).search(action["domain"])
        self.assertEqual(rnd.silent_unit_count, len(units))
        return units

    def test_units_that_have_sent_nothing(self):
        below = self.env["emulation.unit"].search(
            [("id", "child_of", self.province.id), ("id", "!=", self.province.id)]
        )
        self.assertEqual(self._silent(self.movement_user), below)
        draft = self._create_initiative()
        self.assertEqual(self._silent(self.movement_user), below, "not handed in yet")
        draft.action_submit()
        sent = self.commune_a1 | self.district_a
        self.assertEqual(self._silent(self.movement_user), below - sent)
        draft.action_withdraw()
        self.assertEqual(self._silent(self.movement_user), below)

    def test_officers_are_told_about_their_own_units(self):
        units = self._silent(self.officer_a)
        self.assertIn(self.commune_a2, units)
        self.assertIn(self.district_a, units)
        self.assertNotIn(self.district_b, units)
        self.assertNotIn(self.commune_b1, units)
        self.assertFalse(self._silent(self._create_user("no_unit", "officer")))

    def test_ended_units_owe_nothing(self):
        self.commune_a2.date_end = "2020-01-01"
        self.assertNotIn(self.commune_a2, self._silent(self.movement_user))

    def test_the_front_of_a_territory_asks_the_whole_territory(self):
        front = self._create_unit(
            "T35AMT", "Mặt trận huyện An", "front", "district", self.district_a
        )
        self.round.unit_id = front
        units = self._silent(self.movement_user)
        self.assertIn(self.commune_a1, units)
        self.assertNotIn(front, units, "not itself")
        self.assertNotIn(self.commune_b1, units)
