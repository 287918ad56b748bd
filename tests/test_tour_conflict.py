from odoo.tests import HttpCase, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestTourConflict(AppraisalCommon, HttpCase):
    """A member declares an interest before seeing the dossier; the chair decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        law = cls.env.ref("emulation.regulation_default").copy(
            {"code": "QC-TOUR", "conflict_unit_level": "chair"}
        )
        law.action_put_in_force()
        cls.round.regulation_id = law
        initiatives = cls.env["emulation.initiative"]
        for name in ("Máy gặt", "Máy cấy"):
            initiatives |= cls._create_initiative(name)
        cls.evaluations = cls._make_eligible(initiatives)

    def test_member_declares_before_seeing(self):
        session = self.env["emulation.session"].create(
            {
                "name": "Phiên kê khai",
                "council_id": self.council.id,
                "round_id": self.round.id,
            }
        )
        self.evaluations.sudo()._schedule(session)
        session.action_open()
        self.start_tour(
            f"/odoo/emulation-sessions/{session.id}",
            "emulation_declare_interests_tour",
            login="member1_user",
        )
        conflict = self.evaluations.sudo().conflict_ids
        self.assertEqual(conflict.kind, "kinship")
        self.assertEqual(conflict.reason, "Anh trai của tác giả")
        sheets = self.evaluations.sudo().sheet_ids
        own = sheets.filtered(lambda one: one.user_id == self.member1_user)
        states = {sheet.name: (sheet.state, sheet.is_sealed) for sheet in own}
        self.assertEqual(
            states, {"Máy gặt": ("voided", False), "Máy cấy": ("draft", False)}
        )

    def test_chair_decides(self):
        seat = self.council.member_ids.filtered(
            lambda one: one.user_id == self.member1_user
        )
        seat.unit_id = self.commune_a1
        session = self._plan_session(self.evaluations)
        session.action_open()
        self.start_tour(
            "/odoo/emulation-conflicts",
            "emulation_rule_conflict_tour",
            login="chair_user",
        )
        rulings = {
            one.evaluation_id.initiative_id.name: one.ruling
            for one in self.evaluations.sudo().conflict_ids
        }
        self.assertEqual(rulings, {"Máy cấy": "clear", "Máy gặt": "conflict"})
