from decimal import Decimal

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools import scoring
from ..tools.scoring import Sheet
from .law_common import LawCommon


@tagged("post_install", "-at_install")
class TestRegulation(LawCommon):
    """Every setting of a regulation changes what a council does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rubric = cls._create_rubric(in_force=True)

    def _score(self, totals, **vals):
        """Return the result of sheets with these totals under a new regulation."""
        regulation = self._create_regulation(f"Q{len(vals)}{totals}", **vals)
        return scoring.evaluate(self._sheets(totals), self.rubric._as_rules(regulation))

    def _sheets(self, totals):
        return [
            Sheet(
                number,
                {"A": Decimal(total) * 60 / 100, "B": Decimal(total) * 40 / 100},
            )
            for number, total in enumerate(totals)
        ]

    def test_aggregation(self):
        totals = (82, 78, 90, 85, 60)
        scores = {
            method: self._score(totals, aggregation=method, version=number).score
            for number, method in enumerate(("mean", "median", "trimmed"), 1)
        }
        self.assertEqual(
            scores,
            {"mean": 79, "median": 82, "trimmed": Decimal("81.67")},
        )

    def test_trim_min_sheets(self):
        totals = (82, 78, 90, 85, 60)
        result = self._score(totals, aggregation="trimmed", trim_min_sheets=6)
        self.assertEqual(result.score, 79)

    def test_outlier_points(self):
        self.assertEqual(self._score((80, 80, 80, 40)).score, 70)
        result = self._score((80, 80, 80, 40), outlier_points=20.5)
        self.assertEqual((result.score, result.dropped), (80, ((3, "outlier"),)))

    def test_min_valid_sheets(self):
        self.assertIsNone(self._score((80, 80)).score)
        self.assertEqual(self._score((80, 80), min_valid_sheets=2).score, 80)

    def test_pass_score(self):
        self.assertTrue(self._score((60, 60, 60)).passed)
        result = self._score((60, 60, 60), pass_score=60.01)
        self.assertEqual((result.passed, result.band), (False, "F"))

    def test_rounding_digits(self):
        totals = (79, 79, 80)
        self.assertEqual(str(self._score(totals).score), "79.33")
        self.assertEqual(str(self._score(totals, rounding_digits=0).score), "79")
        self.assertEqual(
            str(self._score(totals, rounding_digits=4, version=2).score), "79.3333"
        )

    def test_doubt_margin(self):
        self.assertTrue(self._score((79, 79, 79)).doubtful)
        self.assertFalse(self._score((79, 79, 79), doubt_margin=0.99).doubtful)

    def test_tie_keys_in_their_order(self):
        sheets = {
            "novel": [Sheet(n, {"A": Decimal(50), "B": Decimal(20)}) for n in range(3)],
            "effective": [
                Sheet(n, {"A": Decimal(40), "B": Decimal(30)}) for n in range(3)
            ],
        }
        for first, second, winner in (("A", "B", "novel"), ("B", "A", "effective")):
            regulation = self._create_regulation(
                f"TIE{first}",
                tie_key_ids=[
                    (0, 0, {"sequence": 20, "criterion_code": second}),
                    (0, 0, {"sequence": 10, "criterion_code": f" {first} "}),
                ],
            )
            rules = self.rubric._as_rules(regulation)
            results = {key: scoring.evaluate(one, rules) for key, one in sheets.items()}
            ranks = scoring.rank(results, rules.tie_keys)
            self.assertEqual(ranks[winner][0], 1)
            self.assertEqual(ranks[winner][1].criterion_code, first)
        bare = self.rubric._as_rules(self._create_regulation("BARE"))
        results = {key: scoring.evaluate(one, bare) for key, one in sheets.items()}
        self.assertEqual(
            {place for place, _key in scoring.rank(results, bare.tie_keys).values()},
            {1},
        )

    def test_tie_key_forgets_a_criterion_it_does_not_use(self):
        regulation = self._create_regulation(
            tie_key_ids=[(0, 0, {"kind": "median", "criterion_code": "A"})]
        )
        self.assertEqual(
            self.rubric._as_rules(regulation).tie_keys, (scoring.TieKey("median"),)
        )
        self.assertEqual(
            regulation.tie_key_ids.display_name, "Higher median of the sheets"
        )

    def test_quorum(self):
        regulation = self._create_regulation()
        self.assertEqual(regulation._quorum_needed(11, 0), 8)
        self.assertTrue(regulation._quorum_met(11, 8))
        self.assertFalse(regulation._quorum_met(11, 7))
        self.assertFalse(regulation._quorum_met(0, 0))
        regulation.write({"quorum_num": 9, "quorum_den": 10})
        self.assertEqual(regulation._quorum_needed(11, 0), 10)
        self.assertFalse(regulation._quorum_met(11, 9))
        regulation.quorum_base = "present"
        self.assertEqual(regulation._quorum_needed(11, 5), 5)
        self.assertTrue(regulation._quorum_met(11, 5))
        self.assertFalse(regulation._quorum_met(11, 0))

    def test_hints_follow_the_form(self):
        form = Form(self.env["emulation.regulation"].with_user(self.manager_user))
        form.name, form.code = "Quy chế thử", "QCT"
        self.assertEqual(
            form.quorum_hint, "Quorum: 2/3 of appointed members, e.g. 8 of 11"
        )
        self.assertIn("mean of all valid sheets", form.score_hint)
        form.quorum_base = "present"
        form.quorum_num, form.quorum_den = 1, 2
        self.assertEqual(
            form.quorum_hint, "Quorum: 1/2 of members present, e.g. 6 of 11"
        )
        form.aggregation = "trimmed"
        form.outlier_points = 15
        self.assertRegex(
            form.score_hint,
            r"further than 15[.,]00 points.*From 5 valid sheets.*Fewer than 3",
        )
        self.assertRegex(
            form.pass_hint, r"Recognised from 50[.,]00.*within 1[.,]00 of a limit"
        )
        form.doubt_margin = 0
        self.assertNotIn("discussed", form.pass_hint)
        form.quorum_den = 0
        self.assertFalse(form.quorum_hint)
        form.quorum_den = 2
        with form.tie_key_ids.new() as key:
            key.kind = "spread"
        regulation = form.save()
        self.assertEqual(regulation.version, 1)
        self.assertEqual(regulation.tie_key_ids.kind, "spread")

    @mute_logger("odoo.sql_db")
    def test_impossible_settings_are_refused(self):
        regulation = self._create_regulation()
        for vals in (
            {"quorum_num": 0},
            {"quorum_num": 4},
            {"quorum_den": 0},
            {"pass_score": -1},
            {"pass_score": 100.01},
            {"min_valid_sheets": 0},
            {"trim_min_sheets": 2},
            {"outlier_points": -1},
            {"rounding_digits": 5},
            {"rounding_digits": -1},
            {"doubt_margin": -0.5},
            {"doubt_margin": 10.5},
            {"tie_key_ids": [(0, 0, {"kind": "criterion"})]},
        ):
            with self.subTest(vals), self.assertRaises(CheckViolation):
                regulation.write(vals)
        twice = [(0, 0, {"kind": "median"}), (0, 0, {"kind": "median"})]
        with self.assertRaises(UniqueViolation):
            regulation.tie_key_ids = twice

    def test_in_force_it_cannot_change(self):
        regulation = self._create_regulation(
            in_force=True, tie_key_ids=[(0, 0, {"kind": "median"})]
        )
        mine = regulation.with_user(self.manager_user)
        key = mine.tie_key_ids
        changes = {
            "pass_score": lambda: mine.write({"pass_score": 10}),
            "key through regulation": lambda: mine.write(
                {"tie_key_ids": [Command.clear()]}
            ),
            "key": lambda: key.write({"kind": "spread"}),
            "key removed": lambda: key.unlink(),
            "key added": lambda: key.create(
                {"regulation_id": mine.id, "kind": "spread"}
            ),
        }
        for name, change in changes.items():
            with (
                self.subTest(name),
                self.assertRefused(UserError, "Regulation Q.*[Mm]ake a new version"),
            ):
                change()
        version = self.env["emulation.regulation"].browse(
            mine.action_new_version()["res_id"]
        )
        self.assertEqual(version.tie_key_ids.kind, "median")
        version.with_user(self.manager_user).pass_score = 60
        self.assertEqual(regulation.pass_score, 50)

    def test_others_only_read(self):
        regulation = self._create_regulation()
        for user in self.officer_a1 | self.movement_user | self.chair_user:
            mine = regulation.with_user(user)
            with (
                self.subTest(user.login),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                self.assertEqual(mine.pass_score, 50)
                with self.assertRaises(AccessError):
                    mine.pass_score = 10
                with self.assertRaises(UserError):
                    mine.action_put_in_force()
                with self.assertRaises(AccessError):
                    mine.tie_key_ids.create(
                        {"regulation_id": mine.id, "kind": "spread"}
                    )
        self.assertEqual((regulation.pass_score, regulation.state), (50, "draft"))

    def test_list_costs_the_same_for_many(self):
        regulations = self._create_regulation()
        counts = []
        for size in (1, 3, 30):
            while len(regulations) < size:
                regulations += self._create_regulation(f"L{len(regulations)}")
            counts.append(self._count_list_queries(regulations, self.manager_user))
        self.assertEqual(len(set(counts)), 1, counts)
