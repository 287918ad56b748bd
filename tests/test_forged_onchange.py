from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestForgedOnchange(AppraisalCommon):
    """Nobody reads, by values that a form never sends, what they do not open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sitting = cls._open_session(("Lò đốt rác", "Máy gieo hạt"))
        cls.evaluations = cls.sitting.sudo().evaluation_ids
        cls.evaluation = cls.evaluations.filtered(
            lambda one: one.initiative_id.name == "Lò đốt rác"
        )
        cls.initiative = cls.evaluation.initiative_id
        for user in (cls.chair_user, cls.member2_user, cls.member3_user):
            cls._score(cls.sitting, user, DEMO_SCORES["D2"])

    def _ask(self, record, values, spec):
        """Return as text what an onchange with ``values`` tells; nothing if refused."""
        spec = {**dict.fromkeys(values, {}), **spec}
        record.env.invalidate_all()
        with mute_logger("odoo.addons.base.models.ir_rule"):
            try:
                return str(record.onchange(values, list(values), spec))
            except (AccessError, UserError):
                return ""

    def _close_it(self):
        self._score(self.sitting, self.member1_user, DEMO_SCORES["D2"])
        kept = self.sitting.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        return self.evaluations.verdict_ids

    def test_member_claims_that_the_session_is_closed(self):
        sheet = self._sheet(self.sitting, self.member1_user)
        law = {"id": self.sitting.regulation_id.id, "peer_sheets": "closed"}
        told = self._ask(
            sheet,
            {
                "state": "submitted",
                "session_id": {
                    "id": self.sitting.id,
                    "state": "closed",
                    "regulation_id": {**law, "peer_min_sheets": 1},
                },
            },
            {"state": {}, "session_id": {}, "peer_table": {}},
        )
        self.assertNotIn("27", told)
        self.assertNotIn("<table", told)

    def test_officer_claims_that_the_session_is_published(self):
        self._close_it()
        for user in (self.movement_user, self.manager_user):
            session = self.sitting.with_user(user).sudo(False)
            told = self._ask(
                session, {"state": "published"}, {"state": {}, "board": {}}
            )
            self.assertNotIn("92", told)

    def test_author_and_officers_claim_that_a_result_is_published(self):
        verdict = self._close_it()[0]
        claim = {"verdict_ids": [[1, verdict.id, {"is_published": True}]]}
        initiative = verdict.initiative_id.with_user(self.officer_a1).sudo(False)
        other = self.env["emulation.initiative"].with_user(self.officer_a1)
        names = {"fields": {"display_name": {}}}
        for record in (initiative, other):
            told = self._ask(record, claim, {"recognition_level_id": names})
            self.assertNotIn("Province", told)
            self.assertNotIn("display_name", told)
        evaluation = verdict.evaluation_id.with_user(self.movement_user).sudo(False)
        told = self._ask(evaluation, claim, {"result": {}, "grade_id": names})
        self.assertNotIn("recognised", told)
        self.assertNotIn(verdict.grade_id.name, told)
        line = self.env["emulation.transmittal.line"].with_user(self.officer_b1)
        nested = {"id": initiative.id, "evaluation_ids": [[1, evaluation.id, claim]]}
        for link in (nested, initiative.id):
            told = self._ask(
                line,
                {"initiative_id": link},
                {"initiative_id": {}, "result": {}, "author_names": {}},
            )
            self.assertNotIn("Lê Văn Thử", told)
            self.assertNotIn("recognised", told)

    def test_context_defaults_are_claims_too(self):
        verdict = self._close_it()[0]
        defaults = {"default_verdict_ids": [[4, verdict.id]]}
        drafts = self.env["emulation.initiative"].with_user(self.officer_a1)
        answer = drafts.with_context(**defaults).onchange(
            {}, [], {"verdict_ids": {"fields": {}}, "recognition_level_id": {}}
        )
        self.assertFalse(answer["value"]["recognition_level_id"])
        self.assertNotIn(str(verdict.id), str(answer["value"].get("verdict_ids")))

    def test_sheet_claims_to_be_of_another_dossier(self):
        other = (self.evaluations - self.evaluation).sheet_ids.filtered(
            lambda one: one.user_id == self.member1_user
        )
        self._declare_conflict(self._own(self.evaluation))
        sheet = other.with_user(self.member1_user).sudo(False)
        told = self._ask(
            sheet,
            {"evaluation_id": self.evaluation.id},
            {"evaluation_id": {}, "name": {}, "solution": {}, "code": {}},
        )
        self.assertNotIn("Lò đốt rác", told)

    def _own(self, evaluation):
        return evaluation.sheet_ids.filtered(
            lambda one: one.user_id == self.member1_user
        ).with_user(self.member1_user)

    def test_complaint_about_a_result_that_is_not_told(self):
        verdict = self._close_it()[0]
        complaints = self.env["emulation.complaint"].with_user(self.officer_b1)
        names = {"fields": {"display_name": {}}}
        told = self._ask(
            complaints,
            {"verdict_id": verdict.id},
            {"verdict_id": names, "author_partner_ids": names, "unit_id": names},
        )
        self.assertNotIn("Lê Văn Thử", told)
        self.assertNotIn(self.commune_a1.name, told)
        with self.assertRaises(AccessError) as refusal:
            complaints.create(
                {
                    "verdict_id": verdict.id,
                    "partner_id": self.env.user.partner_id.id,
                    "text": "x",
                }
            )
        self.assertNotIn(verdict.initiative_id.name, str(refusal.exception))

    def test_what_a_form_really_sends_is_still_computed(self):
        session = self.env["emulation.session"].with_user(self.movement_user)
        answer = session.onchange(
            {"council_id": self.council.id, "round_id": self.round.id},
            ["council_id", "round_id"],
            {"council_id": {}, "round_id": {}, "regulation_id": {}},
        )
        self.assertEqual(
            answer["value"].get("regulation_id"), self.round.regulation_id.id
        )
