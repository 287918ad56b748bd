from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import scoring
from ..tools.scoring import Band, Sheet
from .test_scoring import ONE, rules
from .test_scoring_properties import exhaustive

LIMIT = Decimal(70)
BANDS = (
    Band("D", Decimal(0), LIMIT, False),
    Band("K", LIMIT, Decimal(100), True),
)
cents = st.integers(0, 10000).map(lambda number: Decimal(number) / 100)
totals = st.lists(cents, min_size=1, max_size=12)
# as many as divide without remainder, so that the mean can itself be given
finite = st.sampled_from((1, 2, 4, 5, 8, 10)).flatmap(
    lambda count: st.lists(cents, min_size=count, max_size=count)
)


def score(points, **changes):
    """Evaluate sheets of these totals on one criterion of 100, passing from 70."""
    sheets = [Sheet(number, {"T": one}) for number, one in enumerate(points)]
    law = {"criteria": ONE, "bands": BANDS, "pass_score": LIMIT, "min_valid_sheets": 1}
    return scoring.evaluate(sheets, rules(**{**law, **changes}))


@tagged("post_install", "-at_install")
class TestScoringEdges(BaseCase):
    """The edges at which a dossier passes or not, met exactly and on both sides."""

    def test_at_69_995(self):
        for points, shown, passed in (
            ((Decimal("69.99"), Decimal("70.00")), "70.00", True),
            ((Decimal("69.99"), Decimal("69.99"), Decimal("70.00")), "69.99", False),
            ((Decimal("69.99"), Decimal("70.00"), Decimal("70.00")), "70.00", True),
            ((Decimal("69.98"), Decimal("70.00")), "69.99", False),
        ):
            result = score(points)
            self.assertEqual((str(result.score), result.passed), (shown, passed))
        self.assertEqual(
            score((Decimal("69.99"), Decimal(70))).exact_score, Fraction("69.995")
        )

    @exhaustive
    @given(st.integers(0, 10**6), st.integers(1, 12), st.integers(0, 4))
    def test_around_the_limit(self, number, count, digits):
        """Nearest to 70 at every precision: the rounded score alone decides."""
        exact = Fraction(70) + Fraction(number - 500000, 10**6 * count)
        rounded = scoring.round_half_up(exact, digits)
        self.assertEqual(scoring.band_for(rounded, BANDS).is_pass, rounded >= LIMIT)
        half = Fraction(1, 2 * 10**digits)
        self.assertEqual(rounded >= LIMIT, exact >= 70 - half)

    @exhaustive
    @given(totals, st.integers(0, 4))
    def test_printed_score_and_verdict_agree(self, points, digits):
        result = score(points, rounding_digits=digits)
        self.assertEqual(result.passed, result.score >= LIMIT)
        self.assertEqual(result.band, "K" if result.score >= LIMIT else "D")

    @exhaustive
    @given(st.lists(cents, min_size=4, max_size=4), cents)
    def test_four_and_five_sheets_when_trimmed(self, four, fifth):
        """From five on both ends go; four are all counted."""
        law = {"aggregation": "trimmed", "trim_min_sheets": 5}
        few = score(four, **law)
        self.assertFalse(few.dropped)
        self.assertEqual(few.exact_score, sum(map(Fraction, four)) / 4)
        five = score([*four, fifth], **law)
        self.assertEqual({why for _key, why in five.dropped}, {"highest", "lowest"})
        inner = sorted(map(Fraction, [*four, fifth]))[1:-1]
        self.assertEqual(five.exact_score, sum(inner) / 3)

    @exhaustive
    @given(totals, st.integers(1, 12))
    def test_too_few_sheets_give_no_score(self, points, least):
        result = score(points, min_valid_sheets=least)
        if len(points) >= least:
            self.assertIsNotNone(result.score)
        else:
            self.assertIsNone(result.score)
            self.assertEqual(result.reason, scoring.TOO_FEW_SHEETS)
            self.assertFalse(result.passed)

    @exhaustive
    @given(finite, st.sampled_from(("mean", "median")))
    def test_a_sheet_like_the_score_changes_nothing(self, points, aggregation):
        """Whoever gives just the mean or the median moves neither."""
        result = score(points, aggregation=aggregation)
        added = Decimal(result.exact_score.numerator) / result.exact_score.denominator
        again = score([*points, added], aggregation=aggregation)
        self.assertEqual(again.exact_score, result.exact_score)

    @exhaustive
    @given(st.lists(cents, min_size=2, max_size=9), st.permutations(range(9)))
    def test_equal_totals_in_any_order_are_equal(self, points, places):
        order = [points[place] for place in places if place < len(points)]
        for aggregation in ("mean", "median", "trimmed"):
            one = score(points, aggregation=aggregation)
            other = score(order, aggregation=aggregation)
            self.assertEqual(one.score, other.score)
            self.assertEqual(one.passed, other.passed)
            self.assertEqual(one.variance, other.variance)
