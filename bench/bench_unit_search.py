"""Finding a unit by part of its name, against the bare SQL. Goal: at most 2 times."""

import time

import generate

from odoo.tools import SQL

REPEATS = 20


def run(env, units, initiatives):
    """Time the search box of a many2one for a movement officer and its bare SQL."""
    tree = generate.units(env, units)
    user = generate.user(env, "bench_search", "movement", tree[0])
    Unit = env(user=user, su=False)["emulation.unit"]
    env.flush_all()
    box = _best(env, lambda: Unit.name_search("don vi thu 0012", limit=8))
    bare = _best(env, lambda: _bare(env))
    yield f"unit by part of its name among {units}", box * 1000, "ms"
    yield "bare SQL", bare * 1000, "ms"
    yield "search box : bare SQL", box / bare, "times"


def _bare(env):
    env.cr.execute(
        SQL(
            "SELECT id, name FROM emulation_unit WHERE search_text LIKE %s "
            "ORDER BY sequence, code, id LIMIT 8",
            "%don vi thu 0012%",
        )
    )
    return env.cr.fetchall()


def _best(env, call):
    best = float("inf")
    for _repeat in range(REPEATS):
        env.invalidate_all()
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best
