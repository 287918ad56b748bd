from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.agenda import arrange, walks
from .test_scoring_properties import exhaustive

rooms = st.dictionaries(
    st.integers(0, 30), st.sets(st.integers(0, 6), max_size=4), max_size=14
)


@tagged("post_install", "-at_install")
class TestAgenda(BaseCase):
    """The order of an agenda, with thousands of random councils."""

    def test_example(self):
        outside = {1: {"an"}, 2: set(), 3: {"an"}, 4: {"an", "binh"}, 5: {"binh"}}
        self.assertEqual(walks([1, 2, 3, 4, 5], outside), 5)
        order = arrange([1, 2, 3, 4, 5], outside)
        self.assertEqual(order, [2, 1, 3, 4, 5])
        self.assertEqual(walks(order, outside), 3)

    def test_empty(self):
        self.assertEqual(arrange([], {}), [])
        self.assertEqual(walks([], {}), 0)

    @exhaustive
    @given(rooms, st.randoms(use_true_random=False))
    def test_same_dossiers_and_never_more_walks(self, outside, random):
        keys = random.sample(list(outside), len(outside))
        order = arrange(keys, outside)
        self.assertEqual(sorted(order), sorted(keys))
        self.assertLessEqual(walks(order, outside), walks(keys, outside))
        self.assertEqual(order, arrange(keys, outside), "the same each time")

    @exhaustive
    @given(rooms)
    def test_arranged_twice_is_arranged_once(self, outside):
        once = arrange(list(outside), outside)
        twice = arrange(once, outside)
        self.assertLessEqual(walks(twice, outside), walks(once, outside))

    @exhaustive
    @given(st.integers(1, 20))
    def test_without_conflicts_the_order_stays(self, count):
        keys = list(range(count, 0, -1))
        self.assertEqual(arrange(keys, dict.fromkeys(keys, set())), keys)

    @exhaustive
    @given(st.sets(st.integers(0, 6), min_size=1), st.lists(st.booleans(), min_size=1))
    def test_one_group_leaves_once(self, people, marks):
        outside = {n: people if out else set() for n, out in enumerate(marks)}
        order = arrange(list(outside), outside)
        expected = len(people) if any(marks) else 0
        self.assertEqual(walks(order, outside), expected)
