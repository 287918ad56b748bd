from odoo.fields import Command, Date
from odoo.tests import HttpCase, tagged

from .common_appraisal import AppraisalCommon
from .law_common import LawCommon


@tagged("post_install", "-at_install")
class TestReviewTours(HttpCase, AppraisalCommon):
    """A blind session is shared out and scored, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        regulation = cls.env.ref("emulation.regulation_two_reviewers").copy()
        regulation.action_put_in_force()
        cls.round = cls._create_round("PBK-2026", regulation_id=regulation.id)
        initiatives = cls._create_initiative("Kẹp phôi của Lê Văn Thử")
        initiatives |= cls._create_initiative("Tưới nhỏ giọt")
        cls.session = cls._plan_session(
            cls._make_eligible(initiatives), name="Phiên phản biện"
        )

    def test_secretary_shares_out_and_member_scores_blind(self):
        self.start_tour(
            "/odoo/emulation-sessions",
            "emulation_share_out_tour",
            login="secretary_user",
        )
        evaluation = self.session.sudo().evaluation_ids.filtered(
            lambda one: "Kẹp" in one.initiative_id.name
        )
        self.assertEqual(evaluation.anonymous_attachment_ids.name, "xac-nhan.pdf")
        self.assertEqual(self.session.sudo().assignment_count, 4)
        self.session.action_open()
        reviewer = evaluation.sheet_ids[0].user_id
        other = self.session.sudo().evaluation_ids - evaluation
        other.sheet_ids.filtered(lambda one: one.user_id == reviewer).unlink()
        self.start_tour(
            "/odoo/emulation-sheets", "emulation_blind_sheet_tour", login=reviewer.login
        )


@tagged("post_install", "-at_install")
class TestOpinionTour(HttpCase, LawCommon):
    """A unit gives its opinion on criteria, in a browser."""

    def test_officer_gives_the_opinion(self):
        rubric = self._create_rubric(
            name="Tiêu chí góp ý",
            date_opinions_due=Date.add(Date.today(), days=3),
            opinion_ids=[Command.create({"unit_id": self.commune_a1.id})],
        )
        rubric.action_send_for_opinions()
        self.start_tour(
            "/odoo/emulation-opinions", "emulation_opinion_tour", login="officer_a1"
        )
        opinion = rubric.opinion_ids
        self.assertEqual(
            (opinion.stance, opinion.text), ("changes", "Thêm tiêu chí minh chứng")
        )
        self.assertEqual(opinion.user_id, self.officer_a1)
