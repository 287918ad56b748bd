from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .common_appraisal import DEMO_SCORES
from .common_blind import BlindCommon

MIXIN = "emulation.blind.mixin"
# what a judge reads of these all the same: what stands there of oneself
OWN = {
    "emulation.ballot.roll": "member_id.user_id",
    "emulation.declaration.line": "user_id",
    "emulation.conflict": "user_id",
}


@tagged("post_install", "-at_install")
class TestBlindTrails(BlindCommon):
    """What lies outside the dossier does not tell a blind judge whose it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sitting.action_open()
        kept = cls.sitting.with_user(cls.secretary_user)
        kept.action_mark_all_present()
        cls._leave_trails()
        # no role that a member has besides opens what the council hides
        office = cls.env.ref("emulation.group_emulation_manager")
        (cls.member1_user | cls.chair_user).group_ids = [Command.link(office.id)]

    @classmethod
    def _leave_trails(cls):
        sitting, evaluation = cls.sitting.sudo(), cls.evaluation
        roll = sitting.attendance_ids
        seat = roll.filtered(lambda one: one.member_id.user_id == cls.member3_user)
        seat._leave(evaluation)
        env = cls.env(su=True)
        env["emulation.ballot.roll"].create(
            [
                {"evaluation_id": evaluation.id, "member_id": line.member_id.id}
                for line in roll
            ]
        )
        env["emulation.round.exception"].create(
            {
                "round_id": cls.round.id,
                "initiative_id": cls.initiative.id,
                "datetime_until": Datetime.add(Datetime.now(), days=1),
                "reason": "Ốm",
            }
        )

    def _get_trails(self):
        """Return of each model that is hidden the records about the two dossiers."""
        dossiers = (self.initiative | self.other).ids
        trails = []
        for name in self.registry[MIXIN]._inherit_children:
            Model = self.env[name].sudo()
            trails.append(Model.search([(Model._blind_field, "in", dossiers)]))
        return trails

    def test_every_hidden_model_has_a_rule_for_all(self):
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        hiding = rules.filtered(
            lambda one: "is_blind_to_me" in (one.domain_force or "")
        )
        for name in self.registry[MIXIN]._inherit_children:
            self.assertIn(name, hiding.model_id.mapped("model"))

    def test_trails_are_out_of_sight(self):
        left = {trail._name for trail in self._get_trails() if trail}
        expected = {
            "emulation.session.absence",
            "emulation.ballot.roll",
            "emulation.round.exception",
            "emulation.evaluation.check",
            "emulation.share.log",
        }
        self.assertLessEqual(expected, left)
        for user in (self.member1_user, self.chair_user):
            for trail in self._get_trails():
                read = trail.with_user(user).sudo(False)
                if not read.browse().has_access("read"):
                    continue
                found = read.search([("id", "in", trail.ids)]).sudo()
                if OWN.get(trail._name):
                    found -= found.filtered_domain([(OWN[trail._name], "=", user.id)])
                self.assertFalse(found, f"{trail._name} as {user.login}")

    def test_office_and_secretary_read_them(self):
        for user, models in (
            (self.secretary_user, ("emulation.session.absence",)),
            (
                self.manager_user,
                (
                    "emulation.round.exception",
                    "emulation.evaluation.check",
                    "emulation.share.log",
                ),
            ),
        ):
            for trail in self._get_trails():
                if trail._name in models:
                    read = trail.with_user(user).sudo(False)
                    self.assertEqual(
                        read.search([("id", "in", trail.ids)]), read, trail._name
                    )

    def test_own_line_of_the_roll_is_read(self):
        roll = self.env["emulation.ballot.roll"].with_user(self.member1_user)
        mine = roll.search([("evaluation_id", "in", self.evaluation.ids)])
        self.assertEqual(mine.member_id.user_id, self.member1_user)

    def test_board_tells_of_the_own_sheets_alone(self):
        own = self.sitting._get_seats(self.chair_user)
        rows = self.sitting.with_user(self.chair_user).board["rows"]
        self.assertTrue(rows)
        for row in rows:
            for cell in row["cells"]:
                if cell["member_id"] not in own.ids:
                    self.assertEqual(cell["status"], "none")
        mine = [c["status"] for c in rows[0]["cells"] if c["member_id"] in own.ids]
        self.assertEqual(mine, ["draft"])

    def test_room_says_who_has_nothing_to_review(self):
        self.assertFalse(
            any(one["is_unassigned"] for one in self._room()["members"]),
            "where all score it would tell who is kept from the dossiers",
        )
        chosen = self.sitting.sudo()
        chosen.reviewers_per_dossier = 3
        free = chosen.attendance_ids.member_id.filtered(
            lambda one: one.user_id == self.member2_user
        )
        chosen.evaluation_ids.sheet_ids.filtered(
            lambda one: one.member_id == free
        ).state = "voided"
        self._score(self.sitting, self.member1_user, DEMO_SCORES["D2"])
        told = {
            one["name"]: (one["is_unassigned"], one["sheets"])
            for one in self._room()["members"]
        }
        self.assertEqual(told[self.member2_user.name], (True, "…"))
        self.assertEqual(told[self.member1_user.name], (False, "✓"))
        self.assertEqual(told[self.chair_user.name], (False, "…"))

    def _room(self):
        return self.sitting.with_user(self.secretary_user).get_room_board()

    def test_room_counts_nobody(self):
        room = self.sitting.with_user(self.secretary_user).get_room_board()
        for row in room["rows"]:
            self.assertEqual((row["quorum"], row["sheets"]), ("", "…"))
        for line in room["members"]:
            self.assertEqual(line["sheets"], "…")
        self._score(self.sitting, self.member1_user, DEMO_SCORES["D2"])
        room = self.sitting.with_user(self.secretary_user).get_room_board()
        done = [line["name"] for line in room["members"] if line["sheets"] == "✓"]
        self.assertEqual(done, [self.member1_user.name])
