"""Who reviews which dossier: a minimum-cost flow, the same for the same seed.

Each dossier gets the wanted number of reviewers. A conflict is a missing edge, so no
cost can ever bring it back. The n-th dossier of a member costs more than all that
expertise can save, so that loads differ as little as the conflicts allow; then every
dossier gets an expert where one is free; then as much expertise as possible. What is
still equal is told apart by a number drawn from the seed and the two names, never by
the order in which anything is listed. Peers section 3.1.
"""

import hashlib
from dataclasses import dataclass, field

import networkx

EXPERT, RELATED, STRANGER = 0, 1, 2
# Numbers drawn for equal choices are smaller than any difference in expertise.
_DRAWS = 1 << 16


class Shortage(ValueError):
    """Some dossiers have fewer free members than reviewers wanted: ``missing``."""

    def __init__(self, missing):
        super().__init__("too few members without conflict")
        #: {dossier: how many members are free for it}
        self.missing = missing


@dataclass(frozen=True)
class Reason:
    """Why this member: how near the field, how many were free, how many they have."""

    expertise: int
    free: int
    experts: int
    load: int
    fixed: bool = False


@dataclass(frozen=True)
class Assignment:
    """What came out: ``pairs`` {dossier: members, sorted}, ``reasons`` per pair."""

    pairs: dict
    loads: dict
    reasons: dict = field(default_factory=dict)


def assign(
    dossiers, members, wanted, *, conflicts=(), expertise=None, fixed=(), seed=0
):
    """Return the ``Assignment`` of ``wanted`` members to each of ``dossiers``.

    :param wanted: how many reviewers, for all or as {dossier: number}
    :param conflicts: pairs (dossier, member) that must not be
    :param expertise: {(dossier, member): EXPERT | RELATED}; others are strangers
    :param fixed: pairs (dossier, member) that stay, save those in conflict
    :raises Shortage: naming the dossiers for which too few members are free
    """
    dossiers, members = sorted(set(dossiers)), sorted(set(members))
    conflicts, expertise = set(conflicts), expertise or {}
    fixed = {pair for pair in fixed if pair not in conflicts}
    kept = {
        one: sorted(member for dossier, member in fixed if dossier == one)
        for one in dossiers
    }
    free = {
        one: [
            member
            for member in members
            if (one, member) not in conflicts and member not in kept[one]
        ]
        for one in dossiers
    }
    if not isinstance(wanted, dict):
        wanted = dict.fromkeys(dossiers, wanted)
    open_places = {one: max(0, wanted[one] - len(kept[one])) for one in dossiers}
    missing = {
        one: len(free[one]) + len(kept[one])
        for one in dossiers
        if len(free[one]) < open_places[one]
    }
    if missing:
        raise Shortage(missing)
    loads = dict.fromkeys(members, 0)
    for _dossier, member in fixed:
        loads[member] = loads.get(member, 0) + 1
    chosen = _solve(free, open_places, loads, expertise, kept, seed)
    pairs = {one: tuple(sorted({*kept[one], *chosen[one]})) for one in dossiers}
    for members_of in chosen.values():
        for member in members_of:
            loads[member] += 1
    return Assignment(pairs, loads, _reasons(pairs, free, kept, expertise, loads))


def _solve(free, places, loads, expertise, kept, seed):
    """Return {dossier: members chosen for its open places}."""
    total = sum(places.values())
    if not total:
        return {one: () for one in free}
    distance = _DRAWS * 2
    expert_first = distance * STRANGER * (total + 1)
    one_more = expert_first * (total + 1) * 2
    graph = networkx.MultiDiGraph()
    graph.add_node("from", demand=-total)
    most = max(loads.values(), default=0) + total
    for member, load in loads.items():
        possible = sum(member in others for others in free.values())
        for number in range(load, min(most, load + possible)):
            graph.add_edge("from", ("m", member), capacity=1, weight=one_more * number)
    for one, members in free.items():
        if not places[one]:
            continue
        graph.add_node(("d", one), demand=places[one])
        has_expert = any(expertise.get((one, m)) == EXPERT for m in kept[one])
        bonus = 0 if has_expert else -expert_first
        graph.add_edge(("e", one), ("d", one), capacity=1, weight=bonus)
        graph.add_edge(("e", one), ("d", one), capacity=places[one], weight=0)
        for member in members:
            near = expertise.get((one, member), STRANGER)
            target = ("e" if near == EXPERT else "d", one)
            weight = near * distance + _draw(seed, one, member)
            graph.add_edge(("m", member), target, capacity=1, weight=weight)
    _cost, flow = networkx.network_simplex(graph)
    return {
        one: tuple(
            member
            for member in members
            if any(
                sum(flow.get(("m", member), {}).get((kind, one), {}).values())
                for kind in "ed"
            )
        )
        for one, members in free.items()
    }


def _draw(seed, dossier, member):
    """Return a number that only the seed and the two decide."""
    text = f"{seed}/{dossier}/{member}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:2])


def _reasons(pairs, free, kept, expertise, loads):
    reasons = {}
    for one, members in pairs.items():
        able = [*free[one], *kept[one]]
        experts = sum(expertise.get((one, member)) == EXPERT for member in able)
        for member in members:
            reasons[one, member] = Reason(
                expertise=expertise.get((one, member), STRANGER),
                free=len(able),
                experts=experts,
                load=loads[member],
                fixed=member in kept[one],
            )
    return reasons
