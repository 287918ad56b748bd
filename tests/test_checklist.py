from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestChecklist(AppraisalCommon):
    """Rounds take the points of their level; dossiers those of their kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["emulation.checklist.item"].search([]).active = False
        cls.idea = cls.env.ref("emulation.initiative_kind_idea")
        cls.usual = cls.env.ref("emulation.initiative_kind_initiative")
        province, commune = (
            cls.env.ref(f"emulation.unit_level_{level}")
            for level in ("province", "commune")
        )
        create = cls.env["emulation.checklist.item"].create
        cls.everywhere = create(
            {"name": "Đơn ký đủ", "mandatory_level_ids": [Command.set(province.ids)]}
        )
        cls.high = create(
            {"name": "Nhân rộng", "level_ids": [Command.set(province.ids)]}
        )
        cls.low = create(
            {
                "name": "Họp thôn",
                "level_ids": [Command.set(commune.ids)],
                "mandatory_level_ids": [Command.set(commune.ids)],
            }
        )
        cls.of_ideas = create(
            {"name": "Nguồn lực", "kind_ids": [Command.set(cls.idea.ids)]}
        )

    def _new_round(self, code="T-LIST", unit=None, **vals):
        return self.round.copy(
            {
                "code": code,
                "unit_id": (unit or self.province).id,
                "check_ids": [],
                **vals,
            }
        )

    def test_level_decides_what_is_asked_and_what_is_mandatory(self):
        for unit, points in (
            (
                self.province,
                {"Đơn ký đủ": True, "Nhân rộng": False, "Nguồn lực": False},
            ),
            (
                self.commune_a1,
                {"Đơn ký đủ": False, "Họp thôn": True, "Nguồn lực": False},
            ),
        ):
            checks = self._new_round(f"T-{unit.code}", unit).check_ids
            got = {check.name: check.is_mandatory for check in checks}
            self.assertEqual(got, {**points, "Nguồn lực": False})

    def test_kinds_of_the_round_decide_too(self):
        rnd = self._new_round(kind_ids=[Command.set(self.usual.ids)])
        self.assertNotIn("Nguồn lực", rnd.check_ids.mapped("name"))
        rnd.kind_ids |= self.idea
        rnd.with_user(self.movement_user).action_take_checklist()
        self.assertIn("Nguồn lực", rnd.check_ids.mapped("name"))
        count = len(rnd.check_ids)
        rnd.action_take_checklist()
        self.assertEqual(len(rnd.check_ids), count, "nothing twice")
        with self.assertRaises(AccessError):
            rnd.with_user(self.officer_a1).action_take_checklist()

    def test_points_of_ones_own_stay(self):
        self.assertEqual(
            self.round.check_ids.mapped("name"),
            ["Có xác nhận áp dụng", "Có ảnh minh họa"],
            "created with its own list",
        )

    def test_a_dossier_gets_the_points_of_its_kind(self):
        self.round.check_ids = [
            Command.create(
                {"name": "Chỉ ý tưởng", "kind_ids": [Command.set(self.idea.ids)]}
            )
        ]
        usual = self._endorse(self._create_initiative())
        self.assertNotIn("Chỉ ý tưởng", usual.check_ids.mapped("name"))
        dossier = self._create_initiative(kind_id=self.idea.id, date_applied=False)
        evaluation = self._endorse(dossier)
        self.assertIn("Chỉ ý tưởng", evaluation.check_ids.mapped("name"))
        evaluation.check_ids[0].result = "ok"
        dossier.with_user(self.movement_user)._return_to_complete("Là sáng kiến")
        dossier.write({"kind_id": self.usual.id, "date_applied": "2026-01-05"})
        self._endorse(dossier)
        self.assertNotIn("Chỉ ý tưởng", evaluation.check_ids.mapped("name"))
        self.assertIn("ok", evaluation.check_ids.mapped("result"), "answers stay")

    def test_catalogue_is_for_managers(self):
        self.everywhere.with_user(self.manager_user).name = "Đơn có chữ ký"
        for user in (self.movement_user, self.officer_a1):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.everywhere.with_user(user).name = "x"

    def test_shipped_catalogue_covers_kinds_and_levels(self):
        items = self.env["emulation.checklist.item"].with_context(active_test=False)
        shipped = items.search([]).filtered("why")
        self.assertGreater(len(shipped), 10)
        for kind in self.env["emulation.initiative.kind"].search([]):
            of_kind = shipped.filtered(
                lambda one, kind=kind: not one.kind_ids or kind in one.kind_ids
            )
            self.assertGreater(
                len(of_kind.filtered("mandatory_level_ids")), 2, kind.code
            )
