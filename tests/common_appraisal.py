import base64

from odoo.fields import Command, Date
from odoo.tests import Form

from .common import EmulationCommon

# Points on the default rubric: novelty, efficiency, application, scope
DEMO_SCORES = {
    "D2": (27, 29, 23, 13),
    "D4": (23, 27, 23, 12),
    "D6": (12, 17, 13, 6),
}


class AppraisalCommon(EmulationCommon):
    """A province with an open round, a council in office and helpers for dossiers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.movement = cls.env["emulation.movement"].create(
            {
                "name": "Đoàn kết sáng tạo (thử nghiệm)",
                "code": "DKST-T",
                "level_id": cls.env.ref("emulation.unit_level_province").id,
                "standing_unit_id": cls.province.id,
            }
        )
        cls.head_province = cls._create_user(
            "head_province", "officer", cls.province, "head"
        )
        cls.province.officer_ids.filtered(
            lambda line: line.user_id == cls.head_province
        ).position = "Chủ tịch"
        cls.round = cls._create_round()
        cls.council = cls._create_council()

    @classmethod
    def _create_round(cls, code="T-2026", **vals):
        rnd = cls.env["emulation.round"].create(
            {
                "name": f"Đợt xét {code}",
                "code": code,
                "unit_id": cls.province.id,
                "movement_id": cls.movement.id,
                "date_open": Date.subtract(Date.today(), days=10),
                "date_close": Date.add(Date.today(), days=30),
                "kind_ids": [
                    Command.set(cls.env["emulation.initiative.kind"].search([]).ids)
                ],
                "rubric_id": cls.env.ref("emulation.rubric_initiative").id,
                "regulation_id": cls.env.ref("emulation.regulation_default").id,
                "basis": "Nghị định số 13/2012/NĐ-CP ngày 02/3/2012 của Chính phủ",
                "check_ids": [
                    Command.create({"name": "Có xác nhận áp dụng"}),
                    Command.create({"name": "Có ảnh minh họa", "is_mandatory": False}),
                ],
                **vals,
            }
        )
        rnd.action_open()
        return rnd

    @classmethod
    def _create_council(cls):
        council = cls.env["emulation.council"].create(
            {
                "name": "Hội đồng thẩm định sáng tạo tỉnh Thử Nghiệm",
                "unit_id": cls.province.id,
                "date_start": "2020-01-01",
                "decision_reference": "12/QĐ-MTTQ-BTT ngày 05/3/2020",
                "member_ids": [
                    Command.create({"user_id": user.id, "role": role, **more})
                    for user, role, more in (
                        (cls.chair_user, "chair", {}),
                        (cls.secretary_user, "secretary", {"is_scoring": False}),
                        (cls.member1_user, "member", {}),
                        (cls.member2_user, "member", {}),
                        (cls.member3_user, "member", {}),
                    )
                ],
            }
        )
        council.action_put_in_force()
        return council

    @classmethod
    def _create_initiative(cls, name="Đồ gá kẹp đa vị trí", unit=None, **vals):
        """Create a complete draft, as ``officer_a1`` of commune A1 by default."""
        unit = unit or cls.commune_a1
        user = vals.pop("user", cls.officer_a1)
        authors = vals.pop("authors", None) or [("Lê Văn Thử", 60), ("Vũ Thị Thử", 40)]
        partners = cls.env["res.partner"].create([{"name": who} for who, _ in authors])
        if vals.get("benefit_amount"):
            vals.setdefault("benefit_calculation", "Tiết kiệm công × đơn giá")
        initiative = (
            cls.env["emulation.initiative"]
            .with_user(user)
            .create(
                {
                    "name": name,
                    "unit_id": unit.id,
                    "round_id": cls.round.id,
                    "kind_id": cls.env.ref("emulation.initiative_kind_initiative").id,
                    "field_id": cls.env.ref("emulation.field_mechanics").id,
                    "theme_id": cls.env.ref("emulation.theme_nd2").id,
                    "problem": "Kẹp từng phôi một",
                    "solution": "Kẹp bốn phôi một lần",
                    "novelty": "Chưa có trong xưởng",
                    "applicability": "Mọi máy dập",
                    "benefit": "420 lên 610 sản phẩm một ca",
                    "date_applied": "2026-01-05",
                    "author_ids": [
                        Command.create({"partner_id": partner.id, "share": share})
                        for partner, (_who, share) in zip(
                            partners, authors, strict=True
                        )
                    ],
                    "attachment_ids": [
                        Command.create(
                            {
                                "name": "xac-nhan.pdf",
                                "datas": base64.b64encode(b"%PDF-1.4 thu"),
                            }
                        )
                    ],
                    **vals,
                }
            )
        )
        initiative.author_ids._confirm("paper")
        return initiative

    @classmethod
    def _endorse(cls, initiatives):
        for initiative in initiatives:
            initiative.with_user(cls.officer_a1).action_submit()
            initiative.with_user(cls.head_a1).action_endorse()
        return initiatives.sudo().evaluation_ids.with_user(cls.movement_user)

    @classmethod
    def _make_eligible(cls, initiatives):
        evaluations = cls._endorse(initiatives)
        evaluations.action_check_all()
        evaluations.action_mark_eligible()
        return evaluations

    @classmethod
    def _plan_session(cls, evaluations, **vals):
        """Plan a session as the movement officer with ``evaluations`` on its agenda."""
        session = (
            cls.env["emulation.session"]
            .with_user(cls.movement_user)
            .create(
                {
                    "name": "Phiên 1",
                    "council_id": cls.council.id,
                    "round_id": evaluations.round_id.id,
                    **vals,
                }
            )
        )
        cls.env["emulation.session.agenda"].with_user(cls.movement_user).create(
            {
                "session_id": session.id,
                "evaluation_ids": [Command.set(evaluations.ids)],
            }
        ).action_confirm()
        cls._declare_interests(session)
        return session

    @classmethod
    def _declare_interests(cls, session, users=None, **interests):
        """Let the members (all by default) declare for what is on the agenda.

        :param interests: title of a dossier → kind of interest
        """
        for user in users or session.sudo().council_id.member_ids.user_id:
            asked = session.with_user(user)
            if not asked.undeclared_count:
                continue
            declare = cls.env["emulation.interest.declare"].with_user(user)
            declare = declare.browse(asked.action_declare_interests()["res_id"])
            for line in declare.line_ids.filtered(lambda one: one.name in interests):
                line.write({"interest": interests[line.name], "reason": "Người nhà"})
            declare.action_confirm()

    @classmethod
    def _open_session(cls, names=("Đồ gá kẹp đa vị trí",)):
        """Return a session being scored, with one dossier per name on its agenda."""
        initiatives = cls.env["emulation.initiative"]
        for name in names:
            initiatives |= cls._create_initiative(name)
        session = cls._plan_session(cls._make_eligible(initiatives))
        session.action_open()
        return session

    @classmethod
    def _score(cls, session, user, points, hand_in=True):
        """Fill in the sheets of ``user``; ``points`` per criterion, in rubric order."""
        sheets = cls.env["emulation.scoresheet"].with_user(user)
        for sheet in sheets.search([("session_id", "=", session.id)]):
            for line, given in zip(sheet.line_ids, points, strict=True):
                line.points = given
            if hand_in:
                sheet.action_submit()

    @classmethod
    def _sheet(cls, session, user):
        """Return the first sheet of ``user`` in ``session``, as that user."""
        sheets = cls.env["emulation.scoresheet"].with_user(user)
        domain = [("session_id", "=", session.id), ("user_id", "=", user.id)]
        return sheets.search(domain, limit=1)

    @classmethod
    def _declare_conflict(cls, sheet, reason="Là anh em với tác giả"):
        cls.env["emulation.conflict.declare"].with_user(sheet.user_id).create(
            {"sheet_id": sheet.id, "reason": reason}
        ).action_confirm()

    @classmethod
    def _mark(cls, session, users, status="present"):
        """Mark ``users`` on the roll, as the secretary does."""
        kept = session.with_user(cls.secretary_user)
        lines = kept.attendance_ids
        lines.filtered(lambda line: line.member_id.user_id in users).status = status

    @classmethod
    def _score_by_all(cls, session, points):
        for user in cls._scoring_users():
            cls._score(session, user, points)

    @classmethod
    def _scoring_users(cls):
        return cls.chair_user | cls.member1_user | cls.member2_user | cls.member3_user

    @classmethod
    def _close(cls, session, points=DEMO_SCORES["D2"]):
        """Score alike by all, mark everyone present and close as the secretary."""
        cls._score_by_all(session, points)
        kept = session.with_user(cls.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        return session

    @classmethod
    def _sign_minutes(cls, session):
        """Draft the minutes of a closed session and sign them: secretary, chair."""
        kept = session.with_user(cls.secretary_user)
        minutes = cls.env["emulation.document"].browse(
            kept.action_draft_minutes()["res_id"]
        )
        minutes.with_user(cls.secretary_user).action_sign()
        minutes.with_user(cls.chair_user).action_sign()
        return minutes

    @classmethod
    def _decide(cls, session):
        """Sign minutes and decision of a closed session; return the decision."""
        cls._sign_minutes(session)
        kept = session.with_user(cls.secretary_user)
        decision = cls.env["emulation.document"].browse(
            kept.action_draft_decision()["res_id"]
        )
        decision.with_user(cls.head_province).action_sign()
        return decision

    def _form(self, record, user, view=None):
        return Form(record.with_user(user), view=view)
