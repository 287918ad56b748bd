from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.money import bonus, portion, round_up, split

SHARES = st.lists(
    st.decimals("0.01", "100", places=2, allow_nan=False), min_size=1, max_size=12
)


@tagged("post_install", "-at_install")
class TestMoney(BaseCase):
    def test_example_of_the_clamp(self):
        """D2: 488 million a year, 7 %, shares 50, 30, 20 (domain.md, section 8)."""
        owed = portion(488_000_000, Decimal(7))
        self.assertEqual(owed, 34_160_000)
        self.assertEqual(split(owed, [50, 30, 20]), [17_080_000, 10_248_000, 6_832_000])

    def test_remainder_goes_to_the_first(self):
        thirds = [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
        self.assertEqual(split(100, thirds), [34, 33, 33])
        self.assertEqual(split(1, [50, 50]), [1, 0])
        self.assertEqual(split(0, [50, 50]), [0, 0])

    def test_half_a_dong_is_rounded_up(self):
        self.assertEqual(portion(50, Decimal(7)), 4)
        self.assertEqual(portion(49, Decimal(7)), 3)

    def test_shares_must_be_above_zero(self):
        for shares in ([], [50, 0], [-1, 101]):
            with self.subTest(shares), self.assertRaises(ValueError):
                split(100, shares)

    @settings(max_examples=3000, deadline=None)
    @given(st.integers(0, 10**13), SHARES)
    def test_nothing_is_lost(self, total, shares):
        parts = split(total, shares)
        self.assertEqual(sum(parts), total)
        self.assertTrue(all(part >= 0 for part in parts))
        whole = sum(shares)
        for part, share in list(zip(parts, shares, strict=True))[1:]:
            self.assertLess(abs(part - total * share / whole), 1)

    def test_bonus_vectors_of_the_law(self):
        """domain.md, section 3; 0.3 × 2,530,000 is 759,000 and rounds UP."""
        vectors = {
            (2_530_000, "1.5", 1): 3_800_000,
            (2_530_000, "1.5", 2): 7_590_000,
            (2_530_000, "0.3", 1): 760_000,
            (2_340_000, "1.5", 1): 3_510_000,
            (1_390_000, "1", 1): 1_390_000,
        }
        for (base, multiple, factor), owed in vectors.items():
            with self.subTest(base=base, multiple=multiple, factor=factor):
                self.assertEqual(bonus(base, Decimal(multiple), factor, 10_000), owed)

    def test_no_float_decides_a_bonus(self):
        with self.assertRaises(TypeError):
            bonus(2_530_000, 1.5, 1, 10_000)

    def test_round_up_refuses_nonsense(self):
        for amount, unit in ((-1, 10), (10, 0)):
            with self.assertRaises(ValueError):
                round_up(amount, unit)

    @given(
        st.decimals(0, "99999999", places=4, allow_nan=False),
        st.integers(1, 1_000_000),
    )
    @settings(max_examples=200, deadline=None)
    def test_round_up_is_the_next_multiple(self, amount, unit):
        rounded = round_up(amount, unit)
        self.assertIs(type(rounded), int)
        self.assertEqual(rounded % unit, 0)
        self.assertTrue(amount <= rounded < amount + unit)
