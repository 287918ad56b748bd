from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.money import portion, split

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
