"""Opening the list of initiatives, as each role, against the same list as superuser.

Goal: at most 1.3 times (the rules must not cost what they save). Everybody opens it in
turns; the figures are medians, the ratios those of the openings next to each other.
"""

import statistics
import time

import generate

PAGE = 80
REPEATS = 25
SECTOR_SHARE = 40


def run(env, units, initiatives):
    """Time the first page of the real list view for the superuser and each role."""
    tree = generate.units(env, units)
    generate.initiatives(env, tree.ids, initiatives)
    leaf = tree[-1]
    department = tree[1]
    tree[2::SECTOR_SHARE].managing_unit_id = department
    env.flush_all()
    users = {
        "commune officer": generate.user(env, "bench_leaf", "officer", leaf),
        "district officer": generate.user(env, "bench_middle", "officer", tree[5]),
        "sector officer": generate.user(env, "bench_sector", "officer", department),
        "movement officer": generate.user(env, "bench_all", "movement", tree[0]),
    }
    specification = list_specification(env)
    people = {"superuser": env}
    people.update((name, env(user=user, su=False)) for name, user in users.items())
    # in turns: a busy moment of the machine falls on everybody alike
    rounds = [
        {name: _seconds(own, specification) for name, own in people.items()}
        for _repeat in range(REPEATS)
    ][1:]
    for name in people:
        middle = statistics.median(one[name] for one in rounds)
        yield f"list of {initiatives} initiatives, {name}", middle * 1000, "ms"
    for name in users:
        ratio = statistics.median(one[name] / one["superuser"] for one in rounds)
        yield f"{name} : superuser", ratio, "times"


def list_specification(env):
    """Return what the list view of the addon asks the server for."""
    model = env["emulation.initiative"]
    views = model.get_views([(False, "list")])
    fields = views["models"]["emulation.initiative"]["fields"]
    relations = {"fields": {"display_name": {}}}
    shown = [
        name for name in fields if f'name="{name}"' in views["views"]["list"]["arch"]
    ]
    return {
        name: relations if fields[name]["type"] == "many2one" else {} for name in shown
    }


def _seconds(env, specification):
    """Return the time of one opening, with an empty cache of records."""
    model = env["emulation.initiative"]
    env.invalidate_all()
    start = time.perf_counter()
    model.web_search_read([], specification, limit=PAGE, count_limit=10001)
    return time.perf_counter() - start
