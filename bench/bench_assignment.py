"""Sharing dossiers out among reviewers: 500 × 30 members × 3 reviews by default.

Goal: the flow takes less than half a minute, no conflict is ever assigned, and loads
differ by one at most.
"""

import time
from random import Random

from odoo.addons.emulation.tools.assignment import EXPERT, RELATED, assign

REVIEWS = 3
MEMBERS = 30
IN_CONFLICT = 0.05
KNOW_THE_FIELD = 0.3


def run(env, units, initiatives):
    """Time the flow and count what it promises; ``env`` and ``units`` play no part."""
    dossiers = min(initiatives, 500)
    random = Random(7)
    members = range(1, MEMBERS + 1)
    pairs = [(one, member) for one in range(dossiers) for member in members]
    conflicts = {pair for pair in pairs if random.random() < IN_CONFLICT}
    expertise = {
        pair: random.choice((EXPERT, RELATED))
        for pair in pairs
        if random.random() < KNOW_THE_FIELD
    }
    start = time.perf_counter()
    found = assign(
        range(dossiers), members, REVIEWS, conflicts=conflicts, expertise=expertise
    )
    yield (
        f"{dossiers} dossiers × {MEMBERS} members × {REVIEWS} reviews",
        time.perf_counter() - start,
        "s",
    )
    loads = found.loads.values()
    yield "difference of loads", max(loads) - min(loads), "dossiers"
    given = {(one, member) for one, of in found.pairs.items() for member in of}
    yield "conflicts assigned", len(given & conflicts), "pairs"
    experts = sum(
        any(expertise.get((one, member)) == EXPERT for member in of)
        for one, of in found.pairs.items()
    )
    yield "dossiers with an expert", 100 * experts / dossiers, "%"
