from odoo.tests import new_test_user

from .common_appraisal import AppraisalCommon

PDF = b"%PDF-1.4 thu"
TEXTS = {
    "problem": "Tưới tay 12 công một tháng",
    "solution": "Bơm lên bể, tin nhắn mở van",
    "novelty": "Mở van bằng tin nhắn",
    "applicability": "14 hộ trong xã",
    "date_applied": "2026-01-05",
}
BENEFITS = {
    "benefit": "Không còn công tưới",
    "benefit_amount": "28.800.000",
    "benefit_calculation": "12 công × 12 tháng × 200.000",
}


class PortalCommon(AppraisalCommon):
    """Two authors with accounts on the portal, and what they would type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = cls._create_author("tac_gia", "Trần Văn Khiêm")
        cls.stranger = cls._create_author("nguoi_la", "Người Lạ Thử")

    @classmethod
    def _create_author(cls, login, name):
        return new_test_user(
            cls.env,
            login=login,
            groups="base.group_portal",
            name=name,
            lang="en_US",
            email=f"{login}@example.com",
        )

    @classmethod
    def _launch(cls, code, name, **vals):
        """Return a campaign that is under way."""
        vals = {"kind": "campaign", "date_start": "2020-01-01", **vals}
        campaign = cls.env["emulation.movement"].create(
            {"code": code, "name": name, **vals}
        )
        campaign.action_start()
        return campaign

    @classmethod
    def _typed(cls, **vals):
        return {
            "round_id": str(cls.round.id),
            "kind_id": str(cls.env.ref("emulation.initiative_kind_initiative").id),
            "unit_id": str(cls.commune_a1.id),
            "field_id": str(cls.env.ref("emulation.field_mechanics").id),
            "name": "Tưới nhỏ giọt",
            **vals,
        }

    @classmethod
    def _draft(cls, user=None, **vals):
        """Return a draft entered on the portal, with the rights of its author."""
        initiatives = cls.env["emulation.initiative"].with_user(user or cls.author)
        return initiatives._author_create(cls._typed(**vals))

    @classmethod
    def _complete_draft(cls, user=None):
        """Return a draft that lacks nothing but the hand-in."""
        draft = cls._draft(user)
        typed = {**TEXTS, **BENEFITS}
        marks = {name: draft.sudo()._get_mark(name) for name in typed}
        answer = draft._author_save(typed, marks)
        assert answer["saved"].keys() == typed.keys(), answer
        draft._author_attach("anh.pdf", PDF)
        return draft
