from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from .common_appraisal import DEMO_SCORES
from .test_unit_recognition import RecognitionCommon


class LevelsCommon(RecognitionCommon):
    """A commune with a round and decisions of its own, below the province."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a1.document_symbol = "UBND"
        cls.head_a1.emulation_officer_ids.position = "Chủ tịch"
        cls.commune_round = cls._create_round("XA-1", unit_id=cls.commune_a1.id)
        cls.commune_council = cls.council.copy(
            {"name": "Hội đồng xã", "unit_id": cls.commune_a1.id}
        )
        cls.commune_council.action_put_in_force()

    @classmethod
    def _score_at_commune(cls, initiatives, points=DEMO_SCORES["D4"]):
        evaluations = cls._make_eligible(initiatives)
        session = cls._plan_session(evaluations, council_id=cls.commune_council.id)
        session.action_open()
        return cls._close(session, points)

    @classmethod
    def _sign_at_commune(cls, session):
        cls._sign_minutes(session)
        kept = session.with_user(cls.secretary_user)
        decision = cls.env["emulation.document"].browse(
            kept.action_draft_decision()["res_id"]
        )
        decision.with_user(cls.head_a1).action_sign()
        return decision

    @classmethod
    def _recognise_at_commune(cls, names=("Một",), points=DEMO_SCORES["D4"]):
        initiatives = cls.env["emulation.initiative"]
        for name in names:
            initiatives |= cls._create_initiative(name, round_id=cls.commune_round.id)
        session = cls._score_at_commune(initiatives, points)
        return initiatives, cls._sign_at_commune(session)

    def _put_forward(self, initiatives, rnd=None, user=None):
        user = user or self.head_a1
        action = initiatives.with_user(user).action_open_put_forward()
        wizard = self.env[action["res_model"]].with_user(user)
        with Form(wizard.with_context(**action["context"])) as form:
            form.round_id = rnd or self.round
        return form.record.action_confirm()


@tagged("post_install", "-at_install")
class TestInitiativeLevels(LevelsCommon):
    """One record through commune and province; each level's result is kept."""

    def test_from_commune_to_province(self):
        initiatives, decision = self._recognise_at_commune(("Một", "Hai"))
        commune = self.env.ref("emulation.unit_level_commune")
        province = self.env.ref("emulation.unit_level_province")
        self.assertEqual(initiatives.recognition_level_id, commune)
        notice = self._put_forward(initiatives)
        self.assertIn("2 received by", notice["params"]["message"])
        self.assertEqual(initiatives.round_id, self.round)
        self.assertEqual(set(initiatives.mapped("state")), {"endorsed"})
        one = initiatives[0].with_user(self.officer_a1)
        first = one.evaluation_ids.filtered(lambda e: e.round_id == self.commune_round)
        second = one.evaluation_ids - first
        self.assertEqual((first.state, second.state), ("decided", "received"))
        self.assertEqual(first.level_id, commune)
        self.assertEqual(first.result, "recognised")
        self.assertTrue(first.grade_id)
        self.assertEqual(first.decision_reference, decision.reference)
        self.assertEqual(one.verdict_ids.round_id, self.commune_round)
        self.assertFalse(second.result)
        self.assertIn("Put forward from", one.message_ids[0].body)
        # the province recognises too: the highest level counts
        evaluations = initiatives.sudo().evaluation_ids.filtered(
            lambda e: e.round_id == self.round
        )
        evaluations = evaluations.with_user(self.movement_user)
        evaluations.action_check_all()
        evaluations.action_mark_eligible()
        session = self._plan_session(evaluations)
        session.action_open()
        self._close(session, DEMO_SCORES["D2"])
        self.assertEqual(initiatives.recognition_level_id, commune, "not published")
        self.assertFalse(second.result, "not published")
        self._decide(session)
        self.assertEqual(initiatives.recognition_level_id, province)
        self.assertEqual(second.result, "recognised")
        Initiative = self.env["emulation.initiative"].with_user(self.officer_a1)
        found = Initiative.search([("recognition_level_id", "=", province.id)])
        self.assertLessEqual(initiatives, found)

    def test_leaders_keep_reading_what_went_on(self):
        initiative, _decision = self._recognise_at_commune()
        self._put_forward(initiative)
        self.assertTrue(initiative.with_user(self.leader_user).name)
        self.assertTrue(initiative.with_user(self.leader_user).author_ids[0].share)
        self.assertNotIn(initiative.state, ("recognised", "not_recognised"))
        read = initiative.with_user(self.leader_user).read()[0]
        self.assertFalse(read["missing_items"], "not theirs to complete")
        other = self._create_initiative("Chưa xét")
        with self.assertRaises(AccessError):
            other.with_user(self.leader_user).read(["name"])

    def test_only_head_or_movement_put_forward_and_never_their_own(self):
        initiative, _decision = self._recognise_at_commune()
        for user in (self.officer_a1, self.officer_a):
            with self.subTest(user.login):
                self.assertFalse(initiative.with_user(user).can_put_forward)
                with self.assertRaisesRegex(UserError, "cannot be put forward by you"):
                    initiative.with_user(user).action_open_put_forward()
                with self._refused(UserError, "cannot be put forward by you"):
                    self._forward_wizard(initiative, user).action_confirm()
        with self.assertRaises(AccessError):
            self._forward_wizard(initiative, self.officer_b1).action_confirm()
        author = initiative.sudo().author_ids[0].partner_id
        self.movement_user.partner_id.email = author.email = "cung@example.com"
        self.assertFalse(initiative.with_user(self.movement_user).can_put_forward)
        author.email = False
        self._put_forward(initiative, user=self.movement_user)
        self.assertEqual(initiative.state, "endorsed")

    def _forward_wizard(self, initiatives, user, rnd=None):
        wizard = self.env["emulation.initiative.forward"].with_user(user)
        return wizard.create(
            {
                "initiative_ids": [Command.set(initiatives.ids)],
                "round_id": (rnd or self.round).id,
            }
        )

    def test_the_round_is_open_higher_and_new_to_the_dossier(self):
        initiative, _decision = self._recognise_at_commune()
        same_level = self._create_round("XA-2", unit_id=self.commune_a2.id)
        closed = self._create_round("T-DONG")
        closed.action_close()
        for rnd, words in (
            (same_level, "choose a round of a higher organiser"),
            (closed, "T-DONG"),
        ):
            with self.subTest(rnd.code), self._refused(UserError, words):
                self._forward_wizard(initiative, self.head_a1, rnd).action_confirm()
        self.assertEqual(initiative.state, "recognised")
        self.assertEqual(initiative.round_id, self.commune_round)

    def test_not_what_is_in_appraisal_or_not_recognised(self):
        waiting = self._create_initiative("Chờ", round_id=self.commune_round.id)
        failed, _decision = self._recognise_at_commune(("Hai",), (2, 1, 1, 1))
        self.assertEqual(failed.state, "not_recognised")
        self.assertFalse(failed.recognition_level_id)
        self._endorse(waiting)
        for one in waiting | failed:
            with self.subTest(one.state):
                with self.assertRaisesRegex(UserError, "cannot be put forward"):
                    one.with_user(self.head_a1).action_open_put_forward()

    def test_recognised_by_the_unit_goes_on_before_its_examination(self):
        initiative = self._submit("Một", round_id=self.commune_round.id)
        self._decide_in_unit(initiative)
        base = self.env["emulation.unit.level"].search([], order="sequence desc")[:1]
        self.assertEqual(initiative.recognition_level_id, base)
        self._put_forward(initiative)
        states = {e.round_id: e.state for e in initiative.evaluation_ids}
        self.assertEqual(
            states, {self.commune_round: "withdrawn", self.round: "received"}
        )

    def test_what_the_higher_round_asks_for_goes_back_to_the_unit(self):
        initiative, _decision = self._recognise_at_commune()
        idea = self.env.ref("emulation.initiative_kind_idea")
        narrow = self._create_round("T-HEP", kind_ids=[Command.set(idea.ids)])
        notice = self._put_forward(initiative, narrow)
        self.assertEqual(notice["params"]["type"], "warning")
        self.assertEqual(initiative.state, "returned")
        self.assertIn("a kind that the round accepts", initiative.return_reason)
        self.assertEqual(initiative.date_return_due, narrow.date_close)
        mine = initiative.with_user(self.officer_a1)
        mine.kind_id = idea
        mine.action_submit()
        mine.with_user(self.head_a1).action_endorse()
        live = initiative.evaluation_ids.filtered(lambda e: e.state == "received")
        self.assertEqual(live.round_id, narrow)

    def test_lower_decision_is_not_revoked_under_a_running_appraisal(self):
        initiative, decision = self._recognise_at_commune()
        self._put_forward(initiative)
        manager = decision.with_user(self.manager_user)
        with self._refused(UserError, "went on to “Đợt xét T-2026”"):
            manager.action_revoke("Ban hành nhầm")
        initiative.with_user(self.officer_a1).action_withdraw("Rút để sửa")
        manager.action_revoke("Ban hành nhầm")
        self.assertEqual(initiative.state, "withdrawn")
        self.assertFalse(initiative.recognition_level_id)

    def test_revoking_takes_the_level_back(self):
        initiative, decision = self._recognise_at_commune()
        decision.with_user(self.manager_user).action_revoke("Ban hành nhầm")
        self.assertEqual(initiative.state, "in_appraisal")
        self.assertFalse(initiative.recognition_level_id)
        self.assertFalse(initiative.date_recognised)
        evaluation = initiative.evaluation_ids
        self.assertFalse(evaluation.result)
        self.assertFalse(evaluation.decision_reference)
        with self.assertRaises(AccessError):
            initiative.with_user(self.leader_user).read(["name"])


@tagged("post_install", "-at_install")
class TestInitiativeRevival(LevelsCommon):
    """Withdrawn in time, entered once more while a round takes it."""

    def _dialog(self, initiative, action, **vals):
        initiative = initiative.with_user(self.officer_a1)
        opened = getattr(initiative, action)()
        wizard = self.env[opened["res_model"]].with_user(self.officer_a1)
        with Form(wizard.with_context(**opened["context"])) as form:
            for name, value in vals.items():
                setattr(form, name, value)
        form.record.action_confirm()

    def test_withdrawn_with_a_reason_and_back_into_the_same_round(self):
        initiative = self._create_initiative()
        self._make_eligible(initiative)
        reason = "Tác giả muốn thử thêm một vụ"
        self._dialog(initiative, "action_open_withdraw", reason=reason)
        self.assertEqual(initiative.state, "withdrawn")
        self.assertEqual(initiative.withdraw_reason, reason)
        self.assertIn(reason, initiative.message_ids[0].body)
        self._dialog(initiative, "action_open_revive")
        self.assertEqual(initiative.state, "draft")
        self.assertFalse(initiative.withdraw_reason)
        self.assertIn("Entered once more", initiative.message_ids[0].body)
        initiative.action_submit()
        initiative.with_user(self.head_a1).action_endorse()
        self.assertEqual(initiative.evaluation_ids.state, "received")

    def test_not_into_a_closed_round_but_into_another(self):
        initiative = self._create_initiative()
        initiative.action_withdraw()
        self.round.action_close()
        with self._refused(UserError, "Đợt xét T-2026"):
            self._dialog(initiative, "action_open_revive", round_id=self.round)
        other = self._create_round("T-KHAC")
        self._dialog(initiative, "action_open_revive", round_id=other)
        self.assertEqual((initiative.state, initiative.round_id), ("draft", other))

    def test_what_was_not_recognised_in_a_round_that_takes_it_again(self):
        initiative, _decision = self._recognise_at_commune(("Hai",), (2, 1, 1, 1))
        self.assertEqual(initiative.state, "not_recognised")
        again = self._create_round("XA-2", unit_id=self.commune_a1.id)
        again.takes_again = False
        for rnd in (self.commune_round, again):
            with self.subTest(rnd.code):
                with self._refused(UserError, "entered once more in a later round"):
                    self._dialog(initiative, "action_open_revive", round_id=rnd)
        again.takes_again = True
        self._dialog(initiative, "action_open_revive", round_id=again)
        initiative.solution = "Đã cải tiến"
        initiative.action_submit()
        initiative.with_user(self.head_a1).action_endorse()
        states = {e.round_id: e.state for e in initiative.evaluation_ids}
        self.assertEqual(states, {self.commune_round: "decided", again: "received"})

    def test_reviving_is_for_those_who_act_for_the_unit(self):
        initiative = self._create_initiative()
        with self.assertRaisesRegex(UserError, "cannot be entered once more by you"):
            initiative.action_open_revive()
        initiative.action_withdraw()
        with self.assertRaises(AccessError):
            initiative.with_user(self.officer_b1).action_open_revive()
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            initiative.write({"state": "draft"})
        wizard = self.env["emulation.initiative.revive"].with_user(self.officer_b1)
        values = {
            "initiative_ids": [Command.set(initiative.ids)],
            "round_id": self.round.id,
        }
        with self.assertRaises(AccessError):
            wizard.create(values).action_confirm()
        self.assertEqual(initiative.state, "withdrawn")

    def test_one_appraisal_at_a_time(self):
        initiative, decision = self._recognise_at_commune(("Hai",), (2, 1, 1, 1))
        again = self._create_round("XA-2", unit_id=self.commune_a1.id)
        self._dialog(initiative, "action_open_revive", round_id=again)
        initiative.date_applied = Date.today()
        decision.with_user(self.manager_user).action_revoke("Ban hành nhầm")
        initiative.action_submit()
        with self._refused(UserError, "still being appraised in “Đợt xét XA-1”"):
            initiative.with_user(self.head_a1).action_endorse()


@tagged("post_install", "-at_install")
class TestThreeLevels(LevelsCommon):
    """Commune, province and centre, each under rules of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre = cls._create_unit(
            "T00",
            "Trung ương thử nghiệm",
            "front",
            "central",
            letterhead="TRUNG ƯƠNG THỬ NGHIỆM",
            document_symbol="TW",
            place_name="Hà Nội",
        )
        cls.province.parent_id = cls.centre
        cls.head_centre = cls._create_user("head_centre", "officer", cls.centre, "head")
        cls.head_centre.emulation_officer_ids.position = "Chủ tịch"
        cls.rules = {
            "commune": cls._put_law_in_force("XA", aggregation="median", pass_score=40),
            "province": cls._put_law_in_force("TINH", pass_score=50),
            "central": cls._put_law_in_force("TW", pass_score=90),
        }
        cls.commune_round.regulation_id = cls.rules["commune"]
        cls.round.regulation_id = cls.rules["province"]
        cls.central_round = cls._create_round(
            "TW-1", unit_id=cls.centre.id, regulation_id=cls.rules["central"].id
        )
        cls.central_council = cls.council.copy(
            {"name": "Hội đồng trung ương", "unit_id": cls.centre.id}
        )
        cls.central_council.action_put_in_force()

    @classmethod
    def _put_law_in_force(cls, code, **vals):
        law = cls.env.ref("emulation.regulation_default").copy({"code": code, **vals})
        law.action_put_in_force()
        return law

    def _judge(self, initiative, council, signer):
        """Take ``initiative`` through its present round, signed by ``signer``."""
        evaluation = initiative.sudo().evaluation_ids.filtered(
            lambda one: one.round_id == initiative.round_id
        )
        evaluation = evaluation.with_user(self.movement_user)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        session = self._plan_session(evaluation, council_id=council.id)
        session.action_open()
        self._close(session, DEMO_SCORES["D4"])
        self._sign_minutes(session)
        kept = session.with_user(self.secretary_user)
        decision = self.env["emulation.document"].browse(
            kept.action_draft_decision()["res_id"]
        )
        decision.with_user(signer).action_sign()
        return session.sudo().evaluation_ids.verdict_ids

    def test_each_level_judges_by_its_own_rules(self):
        initiative, _decision = self._recognise_at_commune()
        self._put_forward(initiative)
        province = self._judge(initiative, self.council, self.head_province)
        commune = initiative.sudo().verdict_ids - province
        self._put_forward(initiative, self.central_round, self.movement_user)
        live = initiative.sudo().evaluation_ids.filtered(
            lambda one: one.state != "decided"
        )
        self.assertEqual(live.round_id, self.central_round, "one live line")
        central = self._judge(initiative, self.central_council, self.head_centre)
        self.assertEqual(
            [
                (one.regulation_id, one.score, one.outcome)
                for one in (commune, province, central)
            ],
            [
                (self.rules["commune"], 85, "recognised"),
                (self.rules["province"], 85, "recognised"),
                (self.rules["central"], 85, "not_recognised"),
            ],
        )
        for verdict in (commune, province, central):
            rules = verdict._get_step("rules")["rules"]
            self.assertEqual(
                float(rules["pass_score"]), verdict.regulation_id.pass_score
            )
            verdict._check_recomputation()
        self.assertEqual(commune._get_step("aggregate")["method"], "median")
        self.assertEqual(province._get_step("aggregate")["method"], "mean")
        # what the centre did not recognise stays recognised by the province
        self.assertEqual(
            initiative.recognition_level_id,
            self.env.ref("emulation.unit_level_province"),
        )
        self.assertEqual(set((commune | province).mapped("is_published")), {True})
