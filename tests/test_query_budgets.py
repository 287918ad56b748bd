from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from .common_appraisal import DEMO_SCORES
from .common_budgets import COUNTS, BudgetCommon


@tagged("post_install", "-at_install")
class TestQueryBudgets(BudgetCommon):
    """A screen asks the database as often for 30 records as for one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(2, 31):
            cls._create_round(f"T-{number}")
            council = cls.council.copy({"name": f"Hội đồng {number}"})
            council.action_put_in_force()
        names = [f"Sáng kiến {number}" for number in range(30)]
        cls.session = cls._open_session(names)
        cls.env["emulation.session"].create(
            [
                {
                    "name": f"Phiên {number}",
                    "council_id": cls.council.id,
                    "round_id": cls.round.id,
                }
                for number in range(29)
            ]
        )
        for number in range(30):
            cls._create_initiative(f"Chờ xác nhận {number}").action_submit()

    def test_initiatives(self):
        for user in (self.officer_a1, self.head_a1, self.movement_user):
            self._assert_flat("emulation.initiative", user, ("list", "kanban", "form"))
        waiting = [("state", "=", "submitted")]
        self._assert_flat("emulation.initiative", self.head_a1, ("list",), waiting)
        self._assert_flat("emulation.initiative", self.member1_user, ("list", "form"))

    def test_transmittals(self):
        for number in range(30):
            rnd = self._create_round(f"L-{number}")
            dossier = self._create_initiative(f"Lô {number}", round_id=rnd.id)
            batch = self.env["emulation.transmittal"].with_user(self.officer_a1)
            batch.create(
                {
                    "unit_id": self.commune_a1.id,
                    "round_id": rnd.id,
                    "line_ids": [Command.create({"initiative_id": dossier.id})],
                }
            )
        for user in (self.officer_a1, self.movement_user):
            self._assert_flat("emulation.transmittal", user, ("list", "kanban"))

    def test_a_batch_of_30_dossiers_opens_like_one_of_3(self):
        waiting = self.env["emulation.initiative"].search(
            [("name", "like", "Chờ xác nhận "), ("state", "=", "submitted")]
        )
        numbers = []
        for dossiers in (waiting[:3], waiting[:30]):
            batch = self.env["emulation.transmittal"].with_user(self.officer_a1)
            batch = batch.create(
                {
                    "unit_id": self.commune_a1.id,
                    "round_id": self.round.id,
                    "line_ids": [
                        Command.create({"initiative_id": one.id}) for one in dossiers
                    ],
                }
            )
            view = batch.get_views([(False, "form")])["views"]["form"]
            asked = self._specification(batch._name, etree.fromstring(view["arch"]))
            numbers.append(
                self._count(lambda batch=batch, asked=asked: batch.web_read(asked))
            )
            batch.unlink()
        self.assertEqual(len(set(numbers)), 1, f"for 3 and 30 dossiers: {numbers}")

    def test_similar_entries_of_the_endorse_list(self):
        """How many entries are near was found when each dossier was handed in."""
        Model = self.env["emulation.initiative"].with_user(self.head_a1)
        waiting = [("is_my_turn", "=", True)]
        specification = {"name": {}, "similar_count": {}}
        numbers = [
            self._count(
                lambda count=count: Model.web_search_read(
                    waiting, specification, 0, count
                )
            )
            for count in COUNTS
        ]
        self.assertEqual(len(set(numbers)), 1, f"for 1, 3, 30: {numbers}")

    def test_verdicts_on_earlier_entries(self):
        dossiers = self.env["emulation.initiative"].search(
            [("state", "=", "submitted"), ("round_id", "=", self.round.id)]
        )
        older = self._create_initiative("Hồ sơ cũ")
        older.action_submit()
        for dossier in dossiers.with_user(self.movement_user):
            dossier._record_prior_art(older.with_user(self.movement_user), "new", "")
        for user in (self.movement_user, self.officer_a1):
            self._assert_flat("emulation.prior.art", user, ("list",))

    def test_evaluations(self):
        for user in (self.movement_user, self.officer_a1):
            self._assert_flat("emulation.evaluation", user, ("list", "kanban", "form"))

    def test_scoresheets(self):
        user = self.member1_user
        self._assert_flat("emulation.scoresheet", user, ("list", "kanban", "form"))
        self._close(self.session, DEMO_SCORES["D4"])
        self._assert_flat("emulation.scoresheet", self.secretary_user, ("list", "form"))
        self._assert_flat("emulation.verdict", self.secretary_user, ("list", "form"))

    def test_rounds(self):
        for user in (self.officer_a1, self.movement_user):
            self._assert_flat("emulation.round", user, ("list", "kanban", "form"))

    def test_sessions(self):
        for user in (self.member1_user, self.secretary_user, self.movement_user):
            self._assert_flat(
                "emulation.session",
                user,
                ("list", "kanban", "form"),
                first=self.session,
            )

    def test_letters(self):
        session = self._open_session([f"Thư {number}" for number in range(15)])
        self._decide(self._close(session))
        template = self.env.ref("emulation.mail_template_recognised")
        verdicts = session.sudo()._get_verdicts()
        self.env["emulation.letter"]._prepare(verdicts, lambda _one: template)
        for user in (self.secretary_user, self.movement_user):
            self._assert_flat("emulation.letter", user, ("list", "form"))

    def test_councils(self):
        for user in (self.member1_user, self.movement_user):
            self._assert_flat("emulation.council", user, ("list", "form"))

    def test_seats_and_changes_of_councils(self):
        councils = self.env["emulation.council"].search(
            [("name", "like", "Hội đồng "), ("state", "=", "in_force")]
        )
        self.env["emulation.council.change"].create(
            [
                {
                    "council_id": council.id,
                    "reason": "Chuyển công tác",
                    "line_ids": [
                        Command.create({"member_id": council.member_ids[0].id})
                    ],
                }
                for council in councils
            ]
        )
        for user in (self.movement_user, self.member1_user):
            self._assert_flat("emulation.council.seat", user, ("list",))
            self._assert_flat("emulation.council.change", user, ("list", "form"))

    def test_conflicts(self):
        seat = self.council.member_ids.filtered(
            lambda one: one.user_id == self.member2_user
        )
        self.env["emulation.conflict"].create(
            [
                {
                    "evaluation_id": evaluation.id,
                    "member_id": seat.id,
                    "kind": "unit",
                    "level": "chair",
                }
                for evaluation in self.session.evaluation_ids
            ]
        )
        for user in (self.chair_user, self.movement_user):
            self._assert_flat("emulation.conflict", user, ("list", "kanban"))

    def test_a_declaration_for_30_dossiers(self):
        numbers = []
        for names in (("A", "B", "C"), [f"Kê {one}" for one in range(30)]):
            session = self._open_session(names)
            session.evaluation_ids.sudo().declaration_line_ids.is_current = False
            action = session.with_user(self.member1_user).action_declare_interests()
            wizard = self.env[action["res_model"]].with_user(self.member1_user)
            wizard = wizard.browse(action["res_id"])
            view = wizard.get_views([(False, "form")])["views"]["form"]
            asked = self._specification(wizard._name, etree.fromstring(view["arch"]))
            numbers.append(self._count(lambda w=wizard, a=asked: w.web_read(a)))
        self.assertEqual(len(set(numbers)), 1, f"for 3 and 30 dossiers: {numbers}")

    def _board_queries(self, session, user):
        return self._count(lambda: session.with_user(user).web_read({"board": {}}))

    def test_board_of_30_dossiers(self):
        small = self._open_session(("Một mình",))
        for user in (self.member1_user, self.secretary_user):
            with self.subTest(user.login):
                self.assertEqual(
                    self._board_queries(small, user),
                    self._board_queries(self.session, user),
                )

    def test_close_writes_30_results_like_3(self):
        """The close computes everything at once; its queries grow slowly."""
        numbers = []
        for names in (("A", "B", "C"), [f"Hồ sơ {one}" for one in range(30)]):
            session = self._open_session(names)
            self._score_by_all(session, DEMO_SCORES["D4"])
            kept = session.with_user(self.secretary_user)
            kept.action_mark_all_present()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            kept.action_close()
            self.env.flush_all()
            numbers.append(self.cr.sql_log_count - before)
        few, many = numbers
        self.assertLess(many - few, 27 * 8, f"queries for 3 and 30 dossiers: {numbers}")
