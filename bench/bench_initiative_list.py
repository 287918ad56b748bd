"""Opening the list of initiatives: what the client asks for, timed."""

import time

import generate

PAGE = 80
REPEATS = 5
COLUMNS = ["name", "unit_id", "kind_id", "field_id", "round_id", "state", "year"]


def run(env, units, initiatives):
    """Time the first page for the superuser and for an officer of one branch."""
    tree = generate.units(env, units)
    generate.initiatives(env, tree.ids, initiatives)
    officer = generate.officer(env, tree[1])
    everything = _seconds(env)
    own = _seconds(env(user=officer))
    yield f"list of {initiatives} initiatives, superuser", everything * 1000, "ms"
    yield f"list of {initiatives} initiatives, officer", own * 1000, "ms"
    yield "officer : superuser", own / everything, "times"


def _seconds(env):
    """Best of some repeats, each with an empty cache of records."""
    model = env["emulation.initiative"]
    relations = {"fields": {"display_name": {}}}
    specification = {
        name: relations if model._fields[name].relational else {}
        for name in COLUMNS
        if name in model._fields
    }
    best = float("inf")
    for _repeat in range(REPEATS):
        env.invalidate_all()
        start = time.perf_counter()
        model.web_search_read([], specification, limit=PAGE, count_limit=10001)
        best = min(best, time.perf_counter() - start)
    return best
