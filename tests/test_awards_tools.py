from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.awards import add_working_days, consecutive, duration_band

DAYS = st.dates(date(2018, 1, 1), date(2030, 12, 31))


@tagged("post_install", "-at_install")
class TestAwardsTools(BaseCase):
    """Years in a row and working days, without the ORM."""

    def test_years_in_a_row_end_at_the_year(self):
        self.assertTrue(consecutive([2026, 2024, 2025], 3, 2026))
        self.assertFalse(consecutive([2024, 2025], 3, 2025))
        self.assertFalse(consecutive([2023, 2024, 2025], 3, 2026))
        self.assertTrue(consecutive([2026], 1, 2026))
        with self.assertRaises(ValueError):
            consecutive([2026], 0, 2026)

    def test_weekends_and_holidays_are_stepped_over(self):
        friday = date(2026, 11, 27)
        self.assertEqual(add_working_days(friday, 1), date(2026, 11, 30))
        self.assertEqual(
            add_working_days(friday, 1, [date(2026, 11, 30)]), date(2026, 12, 1)
        )
        self.assertEqual(add_working_days(friday, 0), friday)
        with self.assertRaises(ValueError):
            add_working_days(friday, -1)

    def test_bands_of_the_statistics(self):
        """Under 1 year, 1 year, over 1 to under 3, 3 to under 5, 5 years and more."""
        start = date(2020, 3, 1)
        ends = {
            date(2021, 2, 27): "under_1",
            date(2021, 2, 28): "one",
            date(2021, 3, 1): "1_to_3",
            date(2023, 2, 27): "1_to_3",
            date(2023, 2, 28): "3_to_5",
            date(2025, 2, 27): "3_to_5",
            date(2025, 2, 28): "from_5",
            None: "open",
        }
        for end, band in ends.items():
            with self.subTest(end):
                self.assertEqual(duration_band(start, end), band)

    @given(DAYS, st.integers(1, 60), st.sets(DAYS, max_size=20))
    @settings(max_examples=200, deadline=None)
    def test_as_many_working_days_lie_between(self, day, n, holidays):
        last = add_working_days(day, n, holidays)
        between = [
            one
            for back in range((last - day).days)
            if (one := last - timedelta(days=back)).weekday() < 5
            and one not in holidays
        ]
        self.assertEqual(len(between), n)
        self.assertEqual(between[0], last)
