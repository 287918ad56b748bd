from random import Random

from odoo.tests import BaseCase, tagged

from ..tools.conflicts import (
    AUTHOR,
    COAUTHOR,
    HANDLING,
    LINE,
    UNIT,
    Dossier,
    Seat,
    find_grounds,
    relation,
)


def _seat(marks=(), coauthors=(), paths=()):
    return Seat(frozenset(marks), frozenset(coauthors), frozenset(paths))


def _dossier(authors=(), paths=(), handlers=()):
    return Dossier(frozenset(authors), frozenset(paths), frozenset(handlers))


@tagged("post_install", "-at_install")
class TestConflictRules(BaseCase):
    """What ties a member to a dossier, without a database."""

    def test_units(self):
        for one, other, expected in (
            ("1/2/3/", "1/2/3/", UNIT),
            ("1/2/", "1/2/3/", LINE),
            ("1/2/3/", "1/2/", LINE),
            ("1/2/", "1/22/", None),
            ("1/2/3/", "1/2/4/", None),
            # the organiser, and what stands above it, is above everybody alike
            ("1/", "1/2/3/", None),
            ("1/2/3/", "1/", None),
            ("1/", "1/", UNIT),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(relation(one, other, "1/"), expected)

    def test_the_organiser_of_a_district_round_is_left_out_too(self):
        self.assertIsNone(relation("1/2/", "1/2/3/", "1/2/"))
        self.assertIsNone(relation("1/", "1/2/3/", "1/2/"))
        self.assertEqual(relation("1/2/3/", "1/2/3/4/", "1/2/"), LINE)
        self.assertEqual(relation("1/", "1/2/", ""), LINE)

    def test_authorship_stands_alone(self):
        seat = _seat({"a"}, {"b"}, {"1/2/"})
        dossier = _dossier({"a", "b"}, {"1/2/"}, {"a"})
        self.assertEqual(find_grounds(seat, dossier, "1/"), (AUTHOR,))

    def test_grounds_add_up_in_the_order_of_weight(self):
        seat = _seat({"a"}, {"b"}, {"1/2/", "1/2/3/"})
        dossier = _dossier({"b"}, {"1/2/3/"}, {"a"})
        self.assertEqual(find_grounds(seat, dossier, "1/"), (COAUTHOR, UNIT, HANDLING))

    def test_nothing_ties_strangers(self):
        seat = _seat({"a"}, {"b"}, {"1/2/"})
        self.assertEqual(find_grounds(seat, _dossier({"c"}, {"1/3/"}), "1/"), ())

    def test_relation_is_mutual_and_true_to_the_tree(self):
        """Whoever stands above whom is the same from both ends, in any tree."""
        random = Random(19)
        for _case in range(5000):
            one, other = (
                "1/" + "".join(f"{random.randint(2, 3)}/" for _ in range(length))
                for length in (random.randint(0, 4), random.randint(0, 4))
            )
            organiser = random.choice(("", "1/", "1/2/"))
            found = relation(one, other, organiser)
            self.assertEqual(found, relation(other, one, organiser))
            inside = one.startswith(other) or other.startswith(one)
            self.assertEqual(found == UNIT, one == other)
            upper = min(one, other, key=len)
            tells = inside and not (organiser and organiser.startswith(upper))
            self.assertEqual(found == LINE, tells and one != other)
