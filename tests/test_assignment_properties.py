from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.assignment import EXPERT, RELATED, Shortage, assign

# Derandomised: a gate that is red once is red again, for everybody.
exhaustive = settings(deadline=None, max_examples=200, database=None, derandomize=True)


@st.composite
def worlds(draw):
    """Dossiers, members, reviewers wanted, conflicts and expertise."""
    dossiers = list(range(draw(st.integers(1, 8))))
    members = [100 + number for number in range(draw(st.integers(2, 6)))]
    pairs = [(one, member) for one in dossiers for member in members]
    conflicts = draw(st.sets(st.sampled_from(pairs), max_size=len(pairs) // 3))
    expertise = draw(
        st.dictionaries(st.sampled_from(pairs), st.sampled_from((EXPERT, RELATED)))
    )
    wanted = draw(st.integers(1, min(3, len(members))))
    return dossiers, members, wanted, conflicts, expertise


@tagged("post_install", "-at_install")
class TestAssignmentProperties(BaseCase):
    """What must hold for whatever dossiers, members and conflicts."""

    def _assign(self, world, **more):
        dossiers, members, wanted, conflicts, expertise = world
        return assign(
            dossiers, members, wanted, conflicts=conflicts, expertise=expertise, **more
        )

    def _free(self, world, one):
        _dossiers, members, _wanted, conflicts, _expertise = world
        return [member for member in members if (one, member) not in conflicts]

    @exhaustive
    @given(worlds(), st.integers(0, 99))
    def test_everybody_gets_what_is_wanted_or_is_named(self, world, seed):
        dossiers, _members, wanted, conflicts, _expertise = world
        short = {
            one: len(self._free(world, one))
            for one in dossiers
            if len(self._free(world, one)) < wanted
        }
        if short:
            with self.assertRaises(Shortage) as refusal:
                self._assign(world, seed=seed)
            self.assertEqual(refusal.exception.missing, short)
            return
        found = self._assign(world, seed=seed)
        for one, members in found.pairs.items():
            self.assertEqual(len(set(members)), wanted)
            for member in members:
                self.assertNotIn((one, member), conflicts)
                self.assertEqual(found.reasons[one, member].load, found.loads[member])
        self.assertEqual(sum(found.loads.values()), wanted * len(dossiers))

    @exhaustive
    @given(worlds(), st.integers(0, 99), st.randoms())
    def test_order_never_matters(self, world, seed, random):
        dossiers, members, wanted, conflicts, expertise = world
        try:
            found = self._assign(world, seed=seed)
        except Shortage:
            return
        random.shuffle(dossiers)
        random.shuffle(members)
        listed = list(expertise.items())
        random.shuffle(listed)
        mixed = (dossiers, members, wanted, list(conflicts), dict(listed))
        again = self._assign(mixed, seed=seed)
        self.assertEqual(again, found)

    @exhaustive
    @given(st.integers(1, 12), st.integers(2, 6), st.integers(1, 3), st.integers(0, 9))
    def test_without_conflicts_loads_differ_by_one_at_most(
        self, dossiers, members, wanted, seed
    ):
        wanted = min(wanted, members)
        loads = assign(range(dossiers), range(members), wanted, seed=seed).loads
        self.assertLessEqual(max(loads.values()) - min(loads.values()), 1)

    @exhaustive
    @given(worlds(), st.integers(0, 99))
    def test_no_exchange_evens_the_loads(self, world, seed):
        """Nobody could hand a dossier to somebody with two fewer."""
        _dossiers, members, _wanted, _conflicts, _expertise = world
        try:
            found = self._assign(world, seed=seed)
        except Shortage:
            return
        for one, of in found.pairs.items():
            for member in of:
                for other in set(self._free(world, one)) - set(of):
                    self.assertLess(found.loads[member] - found.loads[other], 2)
        self.assertEqual(set(found.loads), set(members))

    @exhaustive
    @given(worlds(), st.integers(0, 99), st.data())
    def test_what_is_fixed_stays(self, world, seed, data):
        dossiers, members, wanted, conflicts, _expertise = world
        allowed = [
            (one, member)
            for one in dossiers
            for member in members
            if (one, member) not in conflicts
        ]
        fixed = data.draw(st.sets(st.sampled_from(allowed))) if allowed else set()
        try:
            found = self._assign(world, seed=seed, fixed=fixed)
        except Shortage:
            return
        for one, member in fixed:
            self.assertIn(member, found.pairs[one])
            self.assertTrue(found.reasons[one, member].fixed)
        for one, of in found.pairs.items():
            kept = sum(dossier == one for dossier, _member in fixed)
            self.assertEqual(len(of), max(wanted, kept))


@tagged("post_install", "-at_install")
class TestAssignment(BaseCase):
    """Small cases that one can check by hand."""

    def test_expertise_decides_between_even_loads(self):
        expertise = {(1, 10): EXPERT, (2, 11): EXPERT}
        found = assign((1, 2), (10, 11), 1, expertise=expertise)
        self.assertEqual(found.pairs, {1: (10,), 2: (11,)})
        self.assertEqual(found.reasons[1, 10].expertise, EXPERT)
        self.assertEqual(found.reasons[1, 10].experts, 1)

    def test_every_dossier_gets_an_expert_before_any_gets_two(self):
        expertise = {(1, 10): EXPERT, (1, 11): EXPERT, (2, 10): EXPERT,
                     (2, 11): EXPERT}  # fmt: skip
        found = assign((1, 2), (10, 11, 12, 13), 2, expertise=expertise, seed=3)
        for one in (1, 2):
            self.assertTrue({10, 11} & set(found.pairs[one]))

    def test_loads_come_before_expertise(self):
        expertise = {(one, 10): EXPERT for one in range(4)}
        loads = assign(range(4), (10, 11), 1, expertise=expertise).loads
        self.assertEqual(loads, {10: 2, 11: 2})

    def test_seeds_differ(self):
        draws = {
            tuple(assign(range(6), range(4), 2, seed=seed).pairs.items())
            for seed in range(10)
        }
        self.assertGreater(len(draws), 1)

    def test_conflict_takes_a_fixed_reviewer_away(self):
        found = assign((1,), (10, 11), 1, fixed=[(1, 10)], conflicts=[(1, 10)])
        self.assertEqual(found.pairs, {1: (11,)})

    def test_numbers_wanted_may_differ(self):
        found = assign((1, 2), (10, 11), {1: 2, 2: 0})
        self.assertEqual(found.pairs, {1: (10, 11), 2: ()})
