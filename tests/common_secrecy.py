from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon

# A score that nothing else in the world is equal to
POINTS = (21.25, 23.5, 17.75, 11)
SCORE = "73.5"
SCORE_PRINTED = "73,50"


def each_outsider(test):
    """Run a test once for every person who may not know."""

    def run(self):
        for user in self._outside():
            with self.subTest(user.login):
                test(self, user)

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


class SecrecyCommon(AppraisalCommon):
    """A session that is closed but not published, and everybody who may not know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._hide_other_results()
        cls.outsider = cls._create_user("outsider", "council")
        cls.other_council = cls.council.copy({"name": "Hội đồng huyện"})
        cls.other_council.member_ids[1:].unlink()
        cls.other_council.member_ids.user_id = cls.outsider
        cls.conflicted = cls.member3_user
        cls.portal_user = new_test_user(
            cls.env, login="portal_author", groups="base.group_portal"
        )
        cls.public_user = cls.env.ref("base.public_user")
        cls.sitting = cls._open_session(("Đồ gá kẹp", "Tưới nhỏ giọt"))
        cls.evaluation = cls.sitting.evaluation_ids[0]
        cls.initiative = cls.evaluation.initiative_id
        sheets = cls.evaluation.sudo().sheet_ids
        cls._declare_conflict(
            sheets.filtered(lambda one: one.user_id == cls.conflicted)
        )
        cls._score_all()
        kept = cls.sitting.with_user(cls.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        cls.verdict = cls.evaluation.sudo().verdict_ids
        cls.minutes = (
            cls.env["emulation.document"]
            .browse(kept.action_draft_minutes()["res_id"])
            .sudo()
        )

    @classmethod
    def _hide_other_results(cls):
        """Make what a demo has published secret as well: no answer is a good one."""
        cls.env.cr.execute("UPDATE emulation_verdict SET is_published = FALSE")
        cls.env.cr.execute("UPDATE emulation_document SET is_restricted = TRUE")
        cls.env.invalidate_all()

    @classmethod
    def _score_all(cls):
        for user in cls._scoring_users():
            cls._score(cls.sitting, user, POINTS)

    @classmethod
    def _outside(cls):
        """Return those who may know nothing of the results before publication."""
        return (
            cls.officer_a1
            | cls.head_a1
            | cls.officer_a
            | cls.officer_sector
            | cls.movement_user
            | cls.manager_user
            | cls.head_province
            | cls.leader_user
            | cls.finance_user
            | cls.award_user
            | cls.outsider
            | cls.conflicted
            | cls.member1_user
            | cls.internal_user
            | cls.portal_user
            | cls.public_user
        )

    @classmethod
    def _publish(cls):
        return cls._decide(cls.sitting)

    def _ask(self, question, *args, **kwargs):
        """Return the answer to a question, or nothing when it is refused.

        Refusing is a good answer, as long as its words tell nothing.
        """
        self.env.invalidate_all()
        try:
            with mute_logger("odoo.addons.base.models.ir_rule"):
                return question(*args, **kwargs)
        except (AccessError, UserError, ValueError) as refusal:
            self.assertNotIn(SCORE, str(refusal))
            self.assertNotIn(SCORE_PRINTED, str(refusal))
            return None
