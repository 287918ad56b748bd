import random
from statistics import fmean, pstdev

from odoo.tests import BaseCase, tagged

from ..tools.normalise import normalise


@tagged("post_install", "-at_install")
class TestNormalise(BaseCase):
    """What scores would be if every member were equally harsh."""

    def test_harsh_member_is_told_apart(self):
        kind = {("kind", dossier): 80 + dossier for dossier in range(5)}
        harsh = {("harsh", dossier): 50 + dossier for dossier in range(5)}
        normals = normalise(kind | harsh, 5)
        self.assertEqual(set(normals), set(range(5)))
        # both members put them in the same order, as far apart
        self.assertAlmostEqual(normals[2].z, 0)
        self.assertAlmostEqual(normals[2].score, 67)
        self.assertAlmostEqual(normals[4].z, -normals[0].z)
        self.assertEqual(normals[0].sheets, 2)

    def test_few_sheets_or_equal_ones_say_nothing(self):
        few = {("few", dossier): 70 + dossier for dossier in range(4)}
        equal = {("equal", dossier): 70 for dossier in range(9)}
        self.assertEqual(normalise(few | equal, 5), {})
        self.assertEqual(normalise({}, 5), {})
        self.assertEqual(set(normalise(few | equal, 4)), set(range(4)))

    def test_order_of_sheets_never_matters(self):
        draw = random.Random(7)
        for _case in range(300):
            totals = {
                (member, dossier): draw.randint(0, 400) / 4
                for member in range(draw.randint(1, 6))
                for dossier in range(draw.randint(1, 12))
                if draw.random() < 0.8
            }
            shuffled = list(totals.items())
            draw.shuffle(shuffled)
            self.assertEqual(normalise(totals, 5), normalise(dict(shuffled), 5))

    def test_habit_of_a_member_is_taken_out(self):
        """Moving or stretching all the points of a member changes no standard score."""
        draw = random.Random(11)
        for _case in range(300):
            totals = {
                (member, dossier): draw.uniform(20, 90)
                for member in range(4)
                for dossier in range(6)
            }
            moved = {
                key: points * 0.5 + 3 if key[0] == 2 else points
                for key, points in totals.items()
            }
            before, after = normalise(totals, 5), normalise(moved, 5)
            for dossier, normal in before.items():
                self.assertAlmostEqual(normal.z, after[dossier].z)

    def test_scale_is_that_of_the_session(self):
        totals = {(m, d): 60 + 5 * d + m for m in range(3) for d in range(6)}
        normals = normalise(totals, 5)
        self.assertAlmostEqual(
            fmean(one.score for one in normals.values()), fmean(totals.values())
        )
        spread = pstdev(one.score for one in normals.values())
        self.assertAlmostEqual(spread, pstdev(totals.values()))
