from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common_use import UseCommon


@tagged("post_install", "-at_install")
class TestNeed(UseCommon):
    """A call for help, what the library answers, and what comes of it (R31)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.need = cls._need()

    @classmethod
    def _need(cls, **vals):
        needs = cls.env["emulation.need"].with_user(cls.officer_b1)
        return needs.create(
            {
                "name": "Kẹp nhiều phôi trên máy dập",
                "unit_id": cls.commune_b1.id,
                "field_id": cls.env.ref("emulation.field_mechanics").id,
                "problem": "Mỗi lần chỉ kẹp được một phôi",
                **vals,
            }
        )

    def test_every_office_reads_it_its_unit_keeps_it(self):
        need = self.need.with_user(self.officer_a2)
        self.assertEqual(need.search([("display_name", "ilike", "kep nhieu")]), need)
        with self._refused(AccessError, "officer_a2"):
            need.contact = "tôi"
        with self._refused(UserError, "units above it work on"):
            need.action_find()
        with self._refused(AccessError, "not allowed"):
            self.need.with_user(self.member1_user).read(["name"])

    def test_library_answers_by_field_and_words(self):
        self.need.action_find()
        self.assertIn(self.recognised.id, self.need.match_ids.entry_id.ids)
        self.assertEqual(set(self.need.match_ids.mapped("origin")), {"system"})
        count = self.need.match_count
        self.need.action_find()
        self.assertEqual(self.need.match_count, count)

    def test_nothing_near_proposes_nothing(self):
        far = self._need(
            name="Dạy bơi",
            problem="Thiếu bể",
            field_id=self.env.ref("emulation.field_health").id,
        )
        far.action_find()
        self.assertNotIn(self.recognised.id, far.match_ids.entry_id.ids)

    def test_initiative_finds_the_needs_it_could_solve(self):
        entry = self.env["emulation.initiative.entry"].browse(self.recognised.id)
        entry = entry.with_user(self.officer_a1)
        form = entry.get_view(view_type="form")["arch"]
        self.assertIn('name="action_view_needs"', form)
        domain = entry.action_view_needs()["domain"]
        self.assertIn(self.need, self.need.search(domain))

    def test_a_need_of_a_field_meets_what_is_in_a_part_of_it_both_ways(self):
        mechanics = self.env.ref("emulation.field_mechanics")
        dies = self.env["emulation.field"].create(
            {"name": "Khuôn dập", "code": "T-KD", "parent_id": mechanics.id}
        )
        self.recognised.field_id = dies
        need = self._need(name="Dạy bơi", problem="Thiếu bể")
        entry = self.env["emulation.initiative.entry"].browse(self.recognised.id)
        self.assertIn(entry, need._find_entries())
        self.assertIn(need, entry._find_needs())
        part = self.env["emulation.field"].create(
            {"name": "Khuôn ép", "code": "T-KE", "parent_id": mechanics.id}
        )
        need.field_id = part
        self.assertNotIn(entry, need._find_entries())
        self.assertNotIn(need, entry._find_needs())

    def test_signs_between_words_hide_nothing(self):
        self.recognised.keywords = "xoaytron, dapnguoi"
        need = self._need(
            name="Xoaytron!",
            problem="Không có (dapnguoi).",
            field_id=self.env.ref("emulation.field_health").id,
        )
        entry = self.env["emulation.initiative.entry"].browse(self.recognised.id)
        self.assertIn(entry, need._find_entries())
        self.assertIn(need, entry._find_needs())

    def test_words_in_common_count_however_many_share_the_field(self):
        newer = self._create_initiative("Bài giảng số môn Địa lí")
        newer.flush_recordset()
        self.env.cr.execute(
            "UPDATE emulation_initiative SET state = 'recognised', "
            "date_recognised = '2033-01-01', date = '2033-01-01' WHERE id = %s",
            [newer.id],
        )
        self.recognised.keywords = "xoaytron, dapnguoi"
        need = self._need(name="Xoaytron dapnguoi", problem="Thiếu bể")
        with patch("odoo.addons.emulation.models.emulation_need.LOOKED_AT", 1):
            self.assertIn(self.recognised.id, need._find_entries().ids)

    def test_taking_up_plans_the_use_and_solves_the_need(self):
        self.need.action_find()
        match = self.need.match_ids.filtered(
            lambda one: one.entry_id.id == self.recognised.id
        )
        match.date_meeting = "2026-05-04"
        match.action_talk()
        self.assertEqual(self.need.state, "matched")
        match.action_adopt()
        self.assertEqual(self.need.state, "solved")
        self.assertEqual(match.adoption_id.unit_id, self.commune_b1)
        self.assertEqual(match.adoption_id.initiative_id, self.recognised)
        self.assertEqual(match.adoption_id.state, "planned")
        with self._refused(UserError, "cannot move"):
            match.action_refuse()

    def test_candidates_follow_the_move_of_the_unit(self):
        self.need.action_find()
        self.assertTrue(self.need.match_ids)
        correction = self.env["emulation.unit.correction"].with_user(self.manager_user)
        correction.create(
            {
                "unit_id": self.commune_b1.id,
                "parent_id": self.district_a.id,
                "reason": "Nhập nhầm huyện",
            }
        ).action_confirm()
        path = self.commune_b1.parent_path
        self.assertIn(self.district_a.parent_path, path)
        self.assertEqual(self.need.unit_path, path)
        mine = self.need.match_ids.with_user(self.officer_a)
        mine.write({"reason": "Đã sang huyện khác"})

    def test_refusing_and_giving_up_want_a_reason(self):
        self.need.action_find()
        match = self.need.match_ids[0]
        with self._refused(UserError, "why"):
            match.action_refuse()
        match.reason = "Máy khác loại"
        match.action_refuse()
        with self._refused(UserError, "is given up"):
            self.need.action_close()
        self.need.close_reason = "Đã mua máy mới"
        self.need.action_close()
        with self._refused(UserError, "cannot move"):
            self.need.match_ids[-1].action_talk()
        self.need.action_reopen()
        self.assertEqual(self.need.state, "open")

    def test_candidate_comes_from_the_library_alone(self):
        with self._refused((UserError, AccessError), ""):
            self.env["emulation.need.match"].with_user(self.officer_a2).create(
                {"need_id": self.need.id, "entry_id": self.recognised.id}
            )


@tagged("post_install", "-at_install")
class TestNeedTour(UseCommon, HttpCase):
    def test_need_is_met(self):
        self.start_tour(
            "/odoo/emulation-needs", "emulation_need_tour", login="officer_b1"
        )
        need = self.env["emulation.need"].search([("unit_id", "=", self.commune_b1.id)])
        self.assertEqual(need.state, "solved")
        self.assertEqual(self.recognised.adoption_ids.unit_id, self.commune_b1)
