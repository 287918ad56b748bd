import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from odoo.tests import BaseCase, tagged

from ..tools import scoring
from ..tools.scoring import Band, Criterion, Rules, Sheet, TieKey

FOUR = (
    Criterion("TM", Decimal(30)),
    Criterion("HQ", Decimal(30)),
    Criterion("AD", Decimal(25)),
    Criterion("PV", Decimal(15)),
)
ONE = (Criterion("T", Decimal(100)),)
BANDS = (
    Band("KCN", Decimal(0), Decimal(50), False),
    Band("D", Decimal(50), Decimal(65), True),
    Band("K", Decimal(65), Decimal(80), True),
    Band("T", Decimal(80), Decimal(90), True),
    Band("XS", Decimal(90), Decimal(100), True),
)
TIES = (
    TieKey("criterion", "HQ"),
    TieKey("criterion", "PV"),
    TieKey("median"),
    TieKey("spread"),
)


def rules(**values):
    """Return the default regulation on the default rubric, with changes."""
    defaults = {
        "aggregation": "mean",
        "trim_min_sheets": 5,
        "outlier_points": Decimal(0),
        "min_valid_sheets": 3,
        "pass_score": Decimal(50),
        "rounding_digits": 2,
        "doubt_margin": Decimal(1),
        "criteria": FOUR,
        "bands": BANDS,
        "tie_keys": TIES,
    }
    return Rules(**{**defaults, **values})


def totals(*values, **changes):
    """Evaluate sheets with the given totals on one criterion of 100 points."""
    sheets = [
        Sheet(f"P{number:02}", {"T": Decimal(str(value))})
        for number, value in enumerate(values, 1)
    ]
    return scoring.evaluate(sheets, rules(criteria=ONE, **changes))


def points(*rows, **changes):
    """Evaluate sheets given as rows of points TM, HQ, AD, PV."""
    sheets = [
        Sheet(
            number, dict(zip(("TM", "HQ", "AD", "PV"), map(Decimal, row), strict=True))
        )
        for number, row in enumerate(rows, 1)
    ]
    return scoring.evaluate(sheets, rules(**changes))


@tagged("post_install", "-at_install")
class TestEvaluate(BaseCase):
    """Worked examples: each line of the law on numbers one can check by hand."""

    def test_mean_median_and_trimmed_cross_a_limit(self):
        values = (82, 78, 90, 85, 60)
        results = {
            method: totals(*values, aggregation=method)
            for method in ("mean", "median", "trimmed")
        }
        self.assertEqual(results["mean"].score, Decimal("79.00"))
        self.assertEqual(results["mean"].band, "K")
        self.assertEqual(results["median"].score, Decimal("82.00"))
        self.assertEqual(results["trimmed"].score, Decimal("81.67"))
        self.assertEqual(results["trimmed"].exact_score, Fraction(245, 3))
        self.assertEqual(results["trimmed"].band, "T")
        self.assertEqual(
            results["trimmed"].dropped, (("P03", "highest"), ("P05", "lowest"))
        )

    def test_demonstration_dossiers(self):
        dossiers = {
            "D1": ((24, 25, 21, 11), 81, "T"),
            "D2": ((27, 29, 23, 13), 92, "XS"),
            "D3": ((20, 24, 22, 13), 79, "K"),
            "D4": ((23, 27, 23, 12), 85, "T"),
            "D5": ((28, 20, 16, 9), 73, "K"),
            "D6": ((12, 17, 13, 6), 48, "KCN"),
            "D7": ((19, 25, 20, 11), 75, "K"),
            "D8": ((15, 22, 21, 12), 70, "K"),
            "D9": ((22, 27, 22, 12), 83, "T"),
            "D10": ((25, 24, 19, 12), 80, "T"),
        }
        for name, (row, total, band) in dossiers.items():
            with self.subTest(name):
                result = points(row, row, row)
                self.assertEqual((result.score, result.band), (total, band))
                self.assertEqual(result.passed, name != "D6")

    def test_trimmed_mean_keeps_all_below_its_minimum(self):
        result = totals(82, 78, 90, 60, aggregation="trimmed")
        self.assertEqual(result.score, Decimal("77.50"))
        self.assertEqual(result.dropped, ())
        step = next(step for step in result.steps if step["step"] == "trim")
        self.assertFalse(step["applied"])
        self.assertEqual((step["count"], step["required"]), (4, 5))

    def test_trimmed_mean_never_empties_the_table(self):
        result = totals(
            70, 90, aggregation="trimmed", trim_min_sheets=1, min_valid_sheets=1
        )
        self.assertEqual(result.score, 80)

    def test_trimmed_sheets_keep_their_say_in_knock_outs_and_ties(self):
        criteria = (replace(FOUR[0], min_points=Decimal(10)), *FOUR[1:])
        rest = (20, 20, 10)
        rows = [(3, *rest), (10, *rest), (10, *rest), (15, *rest), (30, *rest)]
        result = points(*rows, criteria=criteria, aggregation="trimmed")
        self.assertEqual(result.criterion_means["TM"], Fraction(68, 5))
        low = points((0, *rest), *rows[1:4], (15, *rest), criteria=criteria)
        trimmed = points(
            *((0, *rest), (10, *rest), (10, *rest), (10, *rest), (12, *rest)),
            criteria=criteria,
            aggregation="trimmed",
        )
        self.assertEqual(low.knocked_out, ())
        self.assertEqual(trimmed.knocked_out, ("TM",), "8.4 over all valid sheets")
        self.assertEqual((result.median, result.variance), (60, Fraction(2046, 25)))

    def test_median_of_an_even_number(self):
        result = totals(60, 90, 70, 81, aggregation="median")
        self.assertEqual(result.score, Decimal("75.50"))

    def test_equal_extremes_are_chosen_by_key(self):
        sheets = [Sheet(key, {"T": Decimal(80)}) for key in (3, 1, 5, 2, 4)]
        law = rules(criteria=ONE, aggregation="trimmed")
        for order in (sheets, sheets[::-1]):
            self.assertEqual(
                scoring.evaluate(order, law).dropped, ((5, "highest"), (1, "lowest"))
            )

    def test_outliers_are_invalidated_once(self):
        # First mean 64 leaves 50 in. The second mean, 80, would throw it out: it is
        # 30 away then, but nobody is judged twice.
        result = totals(0, 50, 90, 90, 90, outlier_points=Decimal(27))
        self.assertEqual(result.dropped, (("P01", "outlier"),))
        self.assertEqual(result.score, 80)
        strict = totals(0, 50, 90, 90, 90, outlier_points=Decimal("25.99"))
        self.assertEqual(strict.valid_sheets, ("P02",))
        self.assertEqual(strict.reason, "too_few_valid_sheets")

    def test_outlier_exactly_at_the_limit_stays(self):
        result = totals(60, 70, 80, outlier_points=Decimal(10))
        self.assertEqual(result.dropped, ())
        self.assertEqual(result.score, 70)

    def test_too_few_sheets_give_no_score(self):
        result = totals(80, 90)
        self.assertIsNone(result.score)
        self.assertIsNone(result.band)
        self.assertFalse(result.passed)
        self.assertEqual(result.reason, "too_few_valid_sheets")
        self.assertEqual(totals().reason, "too_few_valid_sheets")
        self.assertIsNone(totals(min_valid_sheets=0).score)
        self.assertEqual(totals(80, 90, min_valid_sheets=2).score, 85)

    def test_trimmed_sheets_still_count_as_valid(self):
        result = totals(
            60, 70, 80, aggregation="trimmed", trim_min_sheets=3, min_valid_sheets=3
        )
        self.assertEqual(result.score, 70)

    def test_one_rounding_half_up(self):
        # 79.995 exactly: half up is 80.00, and 80.00 is what decides the grade.
        result = totals("79.99", "79.99", "80.00", "80.00")
        self.assertEqual(result.exact_score, Fraction("79.995"))
        self.assertEqual(str(result.score), "80.00")
        self.assertEqual(result.band, "T")
        self.assertEqual(
            str(totals("82.5", "82.5", "82.5", rounding_digits=0).score), "83"
        )

    def test_knock_out_cannot_pass(self):
        criteria = (replace(FOUR[0], min_points=Decimal(10)), *FOUR[1:])
        rows = ((9, 30, 25, 15), (9, 30, 25, 15), (9, 30, 25, 15))
        result = points(*rows, criteria=criteria)
        self.assertEqual(result.score, 79)
        self.assertEqual(result.knocked_out, ("TM",))
        self.assertFalse(result.passed)
        self.assertEqual(result.band, "KCN")
        step = next(step for step in result.steps if step["step"] == "grade")
        self.assertEqual((step["band_of_score"], step["band"]), ("K", "KCN"))
        # The mean decides, not one severe member: 9, 10 and 11 are 10 on average.
        mean = points(
            (9, *rows[0][1:]), (10, *rows[0][1:]), (11, *rows[0][1:]), criteria=criteria
        )
        self.assertEqual(mean.knocked_out, ())
        self.assertTrue(mean.passed)

    def test_invalidated_sheet_knocks_nobody_out(self):
        criteria = (replace(FOUR[0], min_points=Decimal(10)), *FOUR[1:])
        good = (12, 25, 20, 10)
        rows = (good, good, good, (0, 0, 0, 0))
        law = {"criteria": criteria, "outlier_points": Decimal(40)}
        self.assertEqual(points(*rows, **law).knocked_out, ())
        self.assertEqual(points(*rows, criteria=criteria).knocked_out, ("TM",))

    def test_pass_score_of_the_regulation(self):
        result = totals(60, 60, 60, pass_score=Decimal(70))
        self.assertEqual((result.passed, result.band), (False, "KCN"))
        self.assertTrue(totals(70, 70, 70, pass_score=Decimal(70)).passed)

    def test_no_failing_band_leaves_no_band(self):
        result = totals(40, 40, 40, bands=(Band("C", Decimal(0), Decimal(100), True),))
        self.assertEqual((result.passed, result.band), (False, None))

    def test_zone_of_doubt(self):
        for value, doubtful in ((78.99, False), (79, True), (81, True), (81.01, False)):
            self.assertEqual(totals(value, value, value).doubtful, doubtful, value)
        off = {"doubt_margin": Decimal(0)}
        self.assertFalse(totals(80, 80, 80, **off).doubtful)
        odd = totals(70.5, 70.5, 70.5, pass_score=Decimal(70))
        self.assertTrue(odd.doubtful, "the pass score is a threshold too")
        self.assertFalse(totals("0.5", "0.5", "0.5").doubtful)

    def test_sheets_must_answer_the_criteria(self):
        whole = {"TM": 1, "HQ": 1, "AD": 1, "PV": 1}
        for bad in (
            {"TM": 1},
            {**whole, "X": 1},
            {**whole, "TM": 31},
            {**whole, "TM": -1},
        ):
            with self.subTest(bad), self.assertRaises(ValueError):
                scoring.evaluate([Sheet(1, bad)], rules())
        with self.assertRaises(ValueError):
            scoring.evaluate([Sheet(1, whole), Sheet(1, whole)], rules())
        with self.assertRaises(TypeError):
            scoring.evaluate([Sheet(1, {**whole, "TM": 0.1})], rules())
        with self.assertRaises(ValueError):
            scoring.evaluate([], rules(aggregation="harmonic"))

    def test_calculation_sheet_survives_storage(self):
        result = totals(
            *(82, 78, 90, 84, 20),
            aggregation="trimmed",
            trim_min_sheets=3,
            outlier_points=Decimal(45),
        )
        stored = json.loads(json.dumps(result.steps))
        self.assertEqual(scoring.replay(stored), result)
        aggregate = next(step for step in stored if step["step"] == "aggregate")
        self.assertEqual(aggregate["totals"], ["82", "84"])
        self.assertEqual((aggregate["sum"], aggregate["divisor"]), ("166", 2))
        self.assertEqual(str(scoring.show(aggregate["exact"], 2)), "83.00")
        outliers = next(step for step in stored if step["step"] == "outliers")
        self.assertEqual(outliers["mean"], "70.8")
        self.assertEqual(
            outliers["dropped"], [{"key": "P05", "total": "20", "distance": "50.8"}]
        )


@tagged("post_install", "-at_install")
class TestRank(BaseCase):
    """Ties are told apart by the regulation, never by number or name."""

    def test_each_key_decides_in_its_turn(self):
        base = ((20, 20, 20, 10), (20, 20, 20, 10), (20, 20, 20, 10))
        more_hq = ((20, 21, 19, 10),) * 3
        more_pv = ((20, 20, 19, 11),) * 3
        steady = base
        spread = ((20, 20, 20, 10), (18, 20, 20, 10), (22, 20, 20, 10))
        skewed = ((17, 20, 20, 10), (17, 20, 20, 10), (26, 20, 20, 10))
        results = {
            name: points(*rows)
            for name, rows in {
                "a_spread": spread,
                "b_steady": steady,
                "c_pv": more_pv,
                "d_hq": more_hq,
                "e_skewed": skewed,
            }.items()
        }
        self.assertEqual(len({result.score for result in results.values()}), 1)
        self.assertEqual(
            scoring.rank(results, TIES),
            {
                "d_hq": (1, TIES[0]),
                "c_pv": (2, TIES[1]),
                "b_steady": (3, TIES[3]),
                "a_spread": (4, TIES[3]),
                "e_skewed": (5, TIES[2]),
            },
        )

    def test_real_ties_share_a_rank(self):
        row = (20, 20, 20, 10)
        results = {
            "first": points(*((30, 25, 20, 10),) * 3),
            "x": points(row, row, row),
            "y": points(row, row, row),
            "last": points(*((10, 20, 20, 10),) * 3),
            "none": points(row),
        }
        self.assertEqual(
            scoring.rank(results, TIES),
            {
                "first": (1, None),
                "x": (2, None),
                "y": (2, None),
                "last": (4, None),
                "none": (None, None),
            },
        )

    def test_knocked_out_stands_behind_those_who_pass(self):
        criteria = (replace(FOUR[0], min_points=Decimal(10)), *FOUR[1:])
        results = {
            "knocked": points(*((9, 30, 25, 15),) * 3, criteria=criteria),
            "modest": points(*((15, 15, 15, 10),) * 3, criteria=criteria),
        }
        ranks = scoring.rank(results, TIES)
        self.assertEqual(ranks, {"modest": (1, None), "knocked": (2, None)})

    def test_missing_criterion_compares_nothing(self):
        results = {"a": totals(70, 70, 70), "b": points(*((20, 20, 20, 10),) * 3)}
        self.assertEqual(
            scoring.rank(results, TIES[:2]), {"a": (1, None), "b": (1, None)}
        )
        with self.assertRaises(ValueError):
            scoring.rank(results, (TieKey("alphabet"),))


@tagged("post_install", "-at_install")
class TestThresholds(BaseCase):
    """Ratios, shares and bands."""

    def test_needed_votes_of_the_law(self):
        ratios = ((90, 100), (80, 100), (2, 3))
        self.assertEqual(
            [scoring.needed_votes(*ratio, 11) for ratio in ratios], [10, 9, 8]
        )
        self.assertEqual(
            [scoring.needed_votes(*ratio, 13) for ratio in ratios], [12, 11, 9]
        )

    def test_nobody_meets_nothing(self):
        self.assertFalse(scoring.meets_ratio(0, 2, 3, 0))
        self.assertFalse(scoring.meets_ratio(1, 2, 3, 0))
        self.assertEqual(scoring.needed_votes(2, 3, 0), 1)

    def test_not_a_ratio(self):
        for num, den, base in ((0, 3, 9), (4, 3, 9), (2, 3, -1), (-2, -3, 9)):
            with self.subTest(num=num), self.assertRaises(ValueError):
                scoring.needed_votes(num, den, base)
            with self.subTest(num=num), self.assertRaises(ValueError):
                scoring.meets_ratio(1, num, den, base)
        with self.assertRaises(TypeError):
            scoring.meets_ratio(6, 0.66, 1, 9)

    def test_shares(self):
        third = Decimal("33.33")
        self.assertTrue(scoring.check_shares([third, third, Decimal("33.34")]))
        self.assertFalse(scoring.check_shares([third, third, third]))
        self.assertFalse(scoring.check_shares([Decimal(150), Decimal(-50)]))
        self.assertFalse(scoring.check_shares([Decimal(100), Decimal(0)]))
        self.assertFalse(scoring.check_shares([]))

    def test_band_problems_are_named(self):
        def kinds(*bounds):
            bands = [
                Band(str(number), Decimal(low), Decimal(high), low >= 50)
                for number, (low, high) in enumerate(bounds)
            ]
            return [problem.kind for problem in scoring.check_bands(bands)]

        self.assertEqual(scoring.check_bands(BANDS), [])
        self.assertEqual(kinds(), ["none"])
        self.assertEqual(kinds((50, 100), (0, 50)), [])
        self.assertEqual(kinds((0, 50), (60, 100)), ["gap"])
        self.assertEqual(kinds((0, 60), (50, 100)), ["overlap"])
        self.assertEqual(kinds((0, 100), (20, 30), (60, 70)), ["overlap", "overlap"])
        self.assertEqual(kinds((1, 50), (50, 100)), ["start"])
        self.assertEqual(kinds((0, 50), (50, 99)), ["end"])
        self.assertEqual(kinds((0, 50), (50, 101)), ["end"])
        self.assertEqual(kinds((50, 0), (50, 100)), ["inverted"])
        upside_down = [replace(band, is_pass=not band.is_pass) for band in BANDS[:2]]
        problems = scoring.check_bands([*upside_down, *BANDS[2:]])
        self.assertEqual(
            [(p.kind, p.codes) for p in problems], [("order", ("KCN", "D"))]
        )
