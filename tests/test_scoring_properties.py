import json
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import scoring
from ..tools.exact import as_text
from ..tools.scoring import Band, Sheet, TieKey
from .test_scoring import FOUR, TIES, rules

# Derandomised: a gate that is red once is red again, for everybody.
exhaustive = settings(deadline=None, max_examples=400, database=None, derandomize=True)


def quarters(limit):
    """Points from 0 to the limit in steps of a quarter, as members give them."""
    return st.integers(0, 4 * limit).map(lambda number: Decimal(number) / 4)


rows = st.fixed_dictionaries({one.code: quarters(int(one.max_points)) for one in FOUR})
tables = st.lists(rows, min_size=1, max_size=9).map(
    lambda table: [Sheet(number, row) for number, row in enumerate(table)]
)
aggregations = st.sampled_from(("mean", "median", "trimmed"))
laws = st.builds(
    rules,
    aggregation=aggregations,
    trim_min_sheets=st.integers(3, 7),
    outlier_points=st.sampled_from((Decimal(0), Decimal(10), Decimal(15))),
    min_valid_sheets=st.integers(1, 4),
    pass_score=st.integers(0, 100).map(Decimal),
    rounding_digits=st.integers(0, 4),
    doubt_margin=quarters(3),
)
lenient = st.builds(
    rules,
    aggregation=aggregations,
    min_valid_sheets=st.just(1),
    trim_min_sheets=st.integers(3, 6),
)


@st.composite
def schemes(draw):
    """Bands that cover 0..100, failing ones below passing ones."""
    cuts = draw(st.sets(st.integers(1, 9999), max_size=6))
    edges = [Decimal(cut) / 100 for cut in (0, *sorted(cuts), 10000)]
    fails = draw(st.integers(0, len(edges) - 1))
    return [
        Band(f"B{number}", low, high, number >= fails)
        for number, (low, high) in enumerate(zip(edges, edges[1:], strict=False))
    ]


@tagged("post_install", "-at_install")
class TestEvaluateProperties(BaseCase):
    """What must hold for every table of sheets under every regulation."""

    @exhaustive
    @given(tables, laws, st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, sheets, law, random):
        shuffled = random.sample(sheets, len(sheets))
        shuffled_law = rules(
            **{
                **law.__dict__,
                "criteria": tuple(random.sample(law.criteria, len(law.criteria))),
                "bands": tuple(random.sample(law.bands, len(law.bands))),
            }
        )
        self.assertEqual(
            scoring.evaluate(shuffled, shuffled_law), scoring.evaluate(sheets, law)
        )

    @exhaustive
    @given(tables, laws)
    def test_recomputation_is_identical(self, sheets, law):
        result = scoring.evaluate(sheets, law)
        self.assertEqual(scoring.evaluate(sheets, law), result)
        self.assertEqual(scoring.replay(json.loads(json.dumps(result.steps))), result)

    @exhaustive
    @given(tables, laws)
    def test_score_lies_within_the_valid_sheets(self, sheets, law):
        result = scoring.evaluate(sheets, law)
        totals = [sheet.total for sheet in sheets if sheet.key in result.valid_sheets]
        if result.score is None:
            self.assertLess(len(totals), law.min_valid_sheets)
        else:
            self.assertLessEqual(min(totals), result.exact_score)
            self.assertLessEqual(result.exact_score, max(totals))

    @exhaustive
    @given(tables, laws)
    def test_every_sheet_is_valid_or_named(self, sheets, law):
        result = scoring.evaluate(sheets, law)
        outliers = {key for key, why in result.dropped if why == "outlier"}
        self.assertEqual(
            outliers ^ set(result.valid_sheets), {sheet.key for sheet in sheets}
        )
        trimmed = [why for key, why in result.dropped if why != "outlier"]
        self.assertIn(trimmed, ([], ["highest", "lowest"]))
        self.assertLessEqual(bool(trimmed), law.aggregation == "trimmed")

    @exhaustive
    @given(tables, st.integers(3, 5))
    def test_trimmed_lies_between_the_inner_sheets(self, sheets, minimum):
        if not (len(sheets) >= minimum):
            reject()
        law = rules(aggregation="trimmed", trim_min_sheets=minimum, min_valid_sheets=1)
        result = scoring.evaluate(sheets, law)
        inner = sorted(sheet.total for sheet in sheets)[1:-1]
        self.assertLessEqual(inner[0], result.exact_score)
        self.assertLessEqual(result.exact_score, inner[-1])
        self.assertEqual(result.exact_score, sum(inner) / len(inner))

    @exhaustive
    @given(tables, lenient, st.data())
    def test_raising_a_sheet_never_lowers_the_score(self, sheets, law, data):
        position = data.draw(st.integers(0, len(sheets) - 1))
        sheet = sheets[position]
        code = data.draw(st.sampled_from(sorted(sheet.points)))
        limit = next(one.max_points for one in FOUR if one.code == code)
        raised = Sheet(sheet.key, {**sheet.points, code: limit})
        before = scoring.evaluate(sheets, law)
        after = scoring.evaluate(
            [*sheets[:position], raised, *sheets[position + 1 :]], law
        )
        self.assertGreaterEqual(after.score, before.score)
        if law.aggregation == "mean" and raised != sheet:
            self.assertGreater(after.exact_score, before.exact_score)

    @exhaustive
    @given(tables, lenient)
    def test_pass_band_and_knock_out_agree(self, sheets, law):
        result = scoring.evaluate(sheets, law)
        passing = {band.code for band in law.bands if band.is_pass}
        self.assertEqual(result.passed, result.band in passing)
        self.assertLessEqual(result.passed, result.score >= law.pass_score)
        strict = rules(
            **{
                **law.__dict__,
                "criteria": tuple(
                    type(one)(one.code, one.max_points, one.max_points) for one in FOUR
                ),
            }
        )
        knocked = scoring.evaluate(sheets, strict)
        perfect = all(sheet.total == 100 for sheet in sheets)
        self.assertEqual(not knocked.knocked_out, perfect)
        self.assertEqual(knocked.passed, perfect)
        self.assertEqual(knocked.score, result.score)

    @exhaustive
    @given(tables, laws)
    def test_doubt_is_nearness_to_a_threshold(self, sheets, law):
        result = scoring.evaluate(sheets, law)
        if not (result.score is not None):
            reject()
        marks = {50, 65, 80, 90, law.pass_score} - {0}
        nearest = min(abs(result.score - mark) for mark in marks)
        self.assertEqual(
            result.doubtful, bool(law.doubt_margin) and nearest <= law.doubt_margin
        )


@tagged("post_install", "-at_install")
class TestExactProperties(BaseCase):
    """Rounding, bands, ratios and ranks."""

    @exhaustive
    @given(st.fractions(0, 100, max_denominator=5000), st.integers(0, 4))
    def test_rounding_is_half_up(self, value, digits):
        rounded = Fraction(scoring.round_half_up(value, digits))
        half = Fraction(1, 2 * 10**digits)
        self.assertEqual((rounded * 10**digits).denominator, 1)
        self.assertTrue(-half < value - rounded < half or rounded - value == half)
        middle = rounded + half
        self.assertEqual(scoring.round_half_up(middle, digits), rounded + 2 * half)

    @exhaustive
    @given(st.fractions(0, 100, max_denominator=5000))
    def test_text_keeps_the_exact_number(self, value):
        self.assertEqual(Fraction(as_text(value)), value)
        self.assertNotIn("E", as_text(value))

    @exhaustive
    @given(st.integers(0, 10000))
    def test_floats_of_two_decimals_become_exact(self, cents):
        self.assertEqual(scoring.to_decimal(cents / 100), Decimal(cents).scaleb(-2))

    @exhaustive
    @given(schemes(), st.integers(0, 10000))
    def test_sound_bands_hold_every_score_once(self, bands, cents):
        self.assertEqual(scoring.check_bands(bands), [])
        score = Decimal(cents) / 100
        band = scoring.band_for(score, bands)
        self.assertIsNotNone(band)
        self.assertEqual(scoring.band_for(score, bands[::-1]), band)
        self.assertTrue(band.score_from <= score <= band.score_to)

    @exhaustive
    @given(schemes(), st.data())
    def test_moved_edge_is_a_problem(self, bands, data):
        position = data.draw(st.integers(0, len(bands) - 1))
        band = bands[position]
        edge = data.draw(st.sampled_from(("score_from", "score_to")))
        shift = data.draw(st.sampled_from((Decimal("-0.01"), Decimal("0.01"))))
        moved = {**band.__dict__, edge: getattr(band, edge) + shift}
        broken = [*bands[:position], Band(**moved), *bands[position + 1 :]]
        self.assertTrue(scoring.check_bands(broken))

    @exhaustive
    @given(st.integers(1, 100), st.integers(1, 100), st.integers(0, 300))
    def test_needed_votes_is_the_smallest(self, num, den, base):
        if not (num <= den):
            reject()
        needed = scoring.needed_votes(num, den, base)
        self.assertFalse(scoring.meets_ratio(needed - 1, num, den, base))
        self.assertEqual(scoring.meets_ratio(needed, num, den, base), base > 0)
        self.assertLessEqual(needed, max(1, base))

    @exhaustive
    @given(
        st.dictionaries(st.integers(0, 99), tables, min_size=1, max_size=8),
        st.permutations(TIES),
        st.randoms(use_true_random=False),
    )
    def test_rank_is_a_competition_ranking(self, entries, ties, random):
        law = rules(min_valid_sheets=2)
        results = {
            key: scoring.evaluate(sheets, law) for key, sheets in entries.items()
        }
        ranks = scoring.rank(results, ties)
        self.assertEqual(set(ranks), set(results))
        placed = sorted(place for place, key in ranks.values() if place)
        for place in placed:
            self.assertEqual(place, 1 + sum(other < place for other in placed))
        for one, (place, _deciding) in ranks.items():
            for other, (behind, _deciding) in ranks.items():
                if place and behind and place < behind:
                    self.assertGreaterEqual(
                        (results[one].passed, results[one].score),
                        (results[other].passed, results[other].score),
                    )
        order = random.sample(list(results), len(results))
        renamed = {f"z{key}": results[key] for key in order}
        self.assertEqual(
            scoring.rank(renamed, ties),
            {f"z{key}": value for key, value in ranks.items()},
        )

    @exhaustive
    @given(rows, rows, st.sampled_from((*TIES[:2], None)))
    def test_ties_are_told_apart_by_the_named_key(self, first, second, tie):
        def results(row):
            return scoring.evaluate([Sheet(n, row) for n in range(3)], rules())

        pair = {"a": results(first), "b": results(second)}
        if not (pair["a"].score == pair["b"].score or sum(first.values()) > 60):
            reject()
        ranks = scoring.rank(pair, (tie,) if tie else ())
        code = tie.criterion_code if tie else None
        if pair["a"].score != pair["b"].score:
            self.assertEqual({place for place, _key in ranks.values()}, {1, 2})
            self.assertEqual({key for _place, key in ranks.values()}, {None})
        elif code and first[code] != second[code]:
            better = "a" if first[code] > second[code] else "b"
            self.assertEqual(ranks[better], (1, TieKey("criterion", code)))
        else:
            self.assertEqual({place for place, _key in ranks.values()}, {1})
