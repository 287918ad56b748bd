from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_award import AwardCommon
from .common_own_award import OwnAwardCommon


@tagged("post_install", "-at_install")
class TestAwardDecider(AwardCommon):
    """The catalogue says who decides and who appraises."""

    def test_by_track_and_level(self):
        province = self.env.ref("emulation.unit_level_province").id
        commune = self.env.ref("emulation.unit_level_commune").id
        central = self.env.ref("emulation.unit_level_central").id
        for vals, expected in (
            ({"track": "state", "level_id": province}, ("government", "board")),
            ({"track": "state", "level_id": commune}, ("government", "decider")),
            ({"track": "state", "level_id": False}, ("unit", "decider")),
            ({"track": "front", "level_id": province}, ("front", "decider")),
            ({"track": "state", "level_id": central}, ("elsewhere", "board")),
            ({"track": "central", "level_id": central}, ("elsewhere", "board")),
        ):
            award = self.env["emulation.award"].create(
                {"name": "Thử", "code": "THU-D", "printed_name": "Thử", **vals}
            )
            with self.subTest(vals):
                self.assertEqual((award.decider, award.appraised_by), expected)
                award.appraised_by = "board"
                self.assertEqual(award.appraised_by, "board", "data, not a formula")

    def test_the_catalogue_of_the_law(self):
        for name, expected in (
            ("gk", ("unit", "decider")),
            ("gk_2018", ("unit", "decider")),
            ("gk_xa", ("government", "decider")),
            ("cstd_cs", ("unit", "decider")),
            ("bk_front", ("front", "decider")),
            ("bk_tinh", ("government", "board")),
            ("bk_ttg", ("elsewhere", "board")),
        ):
            award = self.env.ref(f"emulation.award_{name}")
            with self.subTest(name):
                self.assertEqual((award.decider, award.appraised_by), expected)

    def test_contradictions_keep_it_out_of_force(self):
        award = self.merit.copy({"code": "THU-M"})
        award.decider = "elsewhere"
        self.assertIn("contradict", award.fault_text)
        award.write({"track": "central"})
        award.appraised_by = "decider"
        self.assertIn("appraised here by the Award board", award.fault_text)

    def test_in_force_it_is_fixed(self):
        with self._refused(UserError, "new version"):
            self.merit.with_user(self.manager_user).appraised_by = "decider"


@tagged("post_install", "-at_install")
class TestOwnNomination(OwnAwardCommon):
    """A unit's own award: prepared by its officer, appraised by its head."""

    def test_officer_prepares_head_appraises(self):
        with Form(self.env["emulation.nomination"].with_user(self.officer_a1)) as form:
            form.award_id = self.own
            form.partner_id = self.env["res.partner"].create({"name": "Lê Thị Tốt"})
            form.citation = "Đã có thành tích"
            form.reason = "Làm tốt"
            self.assertEqual(form.decider_unit_id, self.commune_a1)
        nomination = form.record
        nomination.item_ids.filtered("is_mandatory").is_done = True
        nomination.action_submit()
        self.assertEqual(nomination.date_due, self.own._get_appraisal_due(Date.today()))
        told = nomination.sudo().message_ids.notified_partner_ids
        self.assertEqual(told, (self.head_a1 | self.deputy_a1).partner_id)
        head = nomination.with_user(self.head_a1)
        self.assertTrue(head.can_appraise and head.can_refuse and head.can_return)
        self._appraise(nomination, self.head_a1)
        self.assertEqual(nomination.appraised_user_id, self.head_a1)
        self.assertTrue(nomination.can_put_up)

    def test_nobody_else_appraises(self):
        nomination = self._give()
        nomination.action_submit()
        for user in (self.officer_a1, self.movement_user, self.officer_a):
            one = nomination.with_user(user)
            self.assertFalse(one.can_appraise, user.login)
            with self._refused(AccessError, "appraised by the head of"):
                one.opinion = "Tốt"
            with self._refused(UserError, "cannot move"):
                one.action_appraise()

    def test_who_decides_comes_back_with_a_reform_undone(self):
        nomination = self._give().sudo()
        paper = self._list(self._approved("Người Khác")).sudo()
        (nomination | paper.nomination_ids).flush_recordset()
        event = (
            self.env["emulation.unit.succession"]
            .with_user(self.manager_user)
            .create(
                {
                    "kind": "merge",
                    "date": "2025-07-01",
                    "legal_text": "Nghị quyết số 1/NQ",
                    "predecessor_ids": self.commune_a1.ids,
                    "line_ids": [Command.create({"unit_id": self.commune_a2.id})],
                }
            )
        )
        event.action_apply()
        self.assertNotEqual(nomination.decider_unit_id, self.commune_a1)
        self.assertNotEqual(paper.decider_unit_id, self.commune_a1)
        event.action_undo()
        self.assertEqual(nomination.unit_id, self.commune_a1)
        self.assertEqual(nomination.decider_unit_id, self.commune_a1)
        self.assertEqual(paper.decider_unit_id, self.commune_a1)

    def test_sibling_and_award_board_see_nothing(self):
        nomination = self._give()
        nomination.action_submit()
        proposal = self._list(self._approved("Người Khác"))
        for user in (self.officer_a2, self.officer_b1, self.award_user):
            for record in (nomination, nomination.item_ids, proposal):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
                found = record.with_user(user).search([("id", "in", record.ids)])
                self.assertFalse(found, user.login)
        self.assertTrue(proposal.with_user(self.head_a1).read(["name"]))

    def test_head_who_is_honoured_leaves_it_to_the_deputy(self):
        nomination = self._give(partner_id=self.head_a1.partner_id.id)
        nomination.action_submit()
        self.assertFalse(nomination.with_user(self.head_a1).can_appraise)
        with self._refused(AccessError, "receives it"):
            self._appraise(nomination, self.head_a1)
        self._appraise(nomination, self.deputy_a1)
        paper = self._paper(self._list(nomination).action_draft_decision())
        self.assertEqual(paper.sudo().issuer_ids.signer_user_id, self.deputy_a1)

    def test_head_who_handed_it_in_does_not_decide(self):
        nomination = self._give(user=self.head_a1)
        nomination.action_submit()
        with self._refused(AccessError, "handed it in"):
            self._appraise(nomination, self.head_a1)

    def test_without_anybody_to_decide_it_is_not_handed_in(self):
        self.commune_a1.officer_ids.filtered(lambda one: one.role == "deputy").unlink()
        nomination = self._give(partner_id=self.head_a1.partner_id.id)
        with self._refused(UserError, "Nobody can decide"):
            nomination.action_submit()

    def test_a_unit_does_not_commend_itself(self):
        vals = {
            "recipient_kind_id": self.collective.id,
            "partner_id": False,
            "recipient_unit_id": self.commune_a1.id,
        }
        with self._refused(UserError, "Nobody can decide"):
            self._give(**vals).action_submit()

    def test_decider_is_the_unit_or_one_above_it(self):
        nomination = self._give(user=self.officer_school, unit_id=self.school.id)
        self.assertEqual(nomination.decider_unit_id, self.commune_a1)
        self.assertIn(self.commune_a1, nomination.decider_choice_ids)
        self.assertNotIn(self.commune_a2, nomination.decider_choice_ids)
        nomination.decider_unit_id = self.school
        with self._refused(ValidationError, "does not decide"):
            nomination.decider_unit_id = self.commune_a2
        nomination.decider_unit_id = self.commune_a1
        nomination.action_submit()
        with self._refused(UserError, "stays as it is"):
            nomination.decider_unit_id = self.school
        self._appraise(nomination, self.head_a1)
        with self._refused(AccessError, "prepared by"):
            nomination.action_open_proposal()

    def test_commune_chairman_outside_the_path(self):
        """The People's Committee of a commune stands beside its school."""
        committee = self._create_unit(
            "T35A1U",
            "Ủy ban nhân dân xã An Một",
            "government",
            "commune",
            self.commune_a1,
            document_symbol="UBND",
        )
        chairman = self._create_head("chairman_a1", committee, "Chủ tịch")
        award = self._create_award(
            "GKX-T",
            "Commendation of the commune (test)",
            "Giấy khen của Chủ tịch xã",
            level_id=self.env.ref("emulation.unit_level_commune").id,
        )
        nomination = self._give(
            user=self.officer_school, unit_id=self.school.id, award_id=award.id
        )
        self.assertEqual(nomination.decider_unit_id, committee)
        nominations = self.env["emulation.nomination"].with_user(chairman)
        mine = [("id", "=", nomination.id)]
        self.assertFalse(nominations.search(mine), "a draft is the unit's own")
        nomination.action_submit()
        self.assertTrue(nominations.search(mine))
        self.assertTrue(nomination.item_ids.with_user(chairman).read(["name"]))
        with self._refused(AccessError, "written by the unit"):
            one = self._returned(nomination, chairman)
            one.reason = "Viết hộ"
        self._appraise(nomination, chairman)
        proposal = self._list(nomination, chairman)
        self._decide_award(proposal, chairman)
        self.assertEqual(nomination.state, "conferred")

    def _returned(self, nomination, user):
        action = nomination.with_user(user).action_open_return()
        with self._dialog(action, user) as form:
            form.reason = "Bổ sung"
        form.record.action_confirm()
        return nomination.with_user(user)

    def test_returned_by_the_head(self):
        nomination = self._give()
        nomination.action_submit()
        self._returned(nomination, self.head_a1)
        self.assertEqual(nomination.state, "draft")
        self.assertEqual(nomination.refuse_reason, "Bổ sung")

    def test_two_heads_may_honour_one_person(self):
        person = self.env["res.partner"].create({"name": "Hai Nơi"})
        self._give(partner_id=person.id)
        self.commune_a2.document_symbol = "UBND"
        self._give(
            user=self.officer_a2, partner_id=person.id, unit_id=self.commune_a2.id
        )
        with (
            mute_logger("odoo.sql_db"),
            self._refused(UniqueViolation, "one_per_person"),
        ):
            self._give(partner_id=person.id)
            self.env.flush_all()

    def test_quota_is_of_each_unit(self):
        self._force(self.own, quota=1)
        self._approved()
        second = self._give("Người Thứ Hai")
        self.assertIn("taken by others: 1", second.problem)
        self.commune_a2.document_symbol = "UBND"
        other = self._give(user=self.officer_a2, unit_id=self.commune_a2.id)
        self.assertTrue(other.is_eligible, other.problem)

    def test_front_appraises_its_own_without_the_board(self):
        nomination = self._give(award_id=self.front_merit.id)
        self.assertEqual(nomination.decider_unit_id, self.province)
        nomination.action_submit()
        with self.assertRaises(AccessError):
            nomination.with_user(self.award_user).read(["state"])
        self._appraise(nomination, self.movement_user)
        proposal = self._list(nomination, self.movement_user)
        paper = self._decide_award(proposal, self.head_province)
        self.assertEqual(paper.sudo().issuer_ids.authority, "tm")
        self.assertEqual(nomination.state, "conferred")

    def test_no_unit_of_the_level(self):
        award = self._create_award(
            "GKX-K",
            "Commendation of the commune (test)",
            "Giấy khen",
            level_id=self.env.ref("emulation.unit_level_commune").id,
        )
        nomination = self._give(award_id=award.id)
        self.assertFalse(nomination.decider_unit_id)
        with self._refused(UserError, "No unit here decides"):
            nomination.action_submit()
