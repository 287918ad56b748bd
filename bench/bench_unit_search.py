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
    found = Unit.name_search("don vi thu 0012", limit=8)
    if [one for one, _name in found] != [one for one, _name in _bare(env)]:
        raise ValueError("the bare SQL finds other units than the search box")
    box = _best(env, lambda: Unit.name_search("don vi thu 0012", limit=8))
    bare = _best(env, lambda: _bare(env))
    yield f"unit by part of its name among {units}", box * 1000, "ms"
    yield "bare SQL", bare * 1000, "ms"
    yield "search box : bare SQL", box / bare, "times"


def _bare(env):
    """The same eight units in the same order, as one would write it by hand."""
    env.cr.execute(
        SQL(
            "SELECT unit.id, unit.name FROM emulation_unit AS unit "
            "JOIN emulation_unit_level AS level ON level.id = unit.level_id "
            "WHERE unit.search_text LIKE %s AND unit.company_id = %s "
            "ORDER BY level.sequence, level.id, unit.sequence, unit.code, unit.id "
            "LIMIT 8",
            "%don vi thu 0012%",
            env.company.id,
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
