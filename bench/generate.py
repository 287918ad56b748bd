"""Data at the scale of a province, written by SQL because of its amount."""

from odoo.fields import Command
from odoo.tools import SQL

CHILDREN_PER_UNIT = 20
SEEDS = 100


def units(env, count):
    """Create a tree of ``count`` units under one root; returns the recordset."""
    levels = env["emulation.unit.level"].search([])
    made = parents = _units_below(env, [False], 1, 0, levels[:1])
    while len(made) < count:
        size = min(CHILDREN_PER_UNIT * len(parents), count - len(made))
        level = levels[levels.ids.index(parents[:1].level_id.id) + 1 :][:1]
        parents = _units_below(
            env, parents.ids, size, len(made), level or levels[-1:]
        )
        made += parents
    return made


def _units_below(env, parent_ids, size, first, level):
    kind = env["emulation.unit.kind"].search([], limit=1)
    return env["emulation.unit"].create(
        [
            {
                "name": f"Unit {number}",
                "code": f"BENCH-{number:05d}",
                "kind_id": kind.id,
                "level_id": level.id,
                "parent_id": parent_ids[number % len(parent_ids)],
            }
            for number in range(first, first + size)
        ]
    )


def initiatives(env, unit_ids, count):
    """Create ``count`` initiatives spread over units, states and years.

    Some are created through the ORM, so that all they need is there; the others
    are copies of them made by the database, with a name of their own.
    """
    Initiative = env["emulation.initiative"]
    rnd = _round(env, unit_ids[0])
    seeds = Initiative.create(
        [_seed(env, unit_ids, number, rnd) for number in range(SEEDS)]
    )
    env.flush_all()
    columns = [
        name
        for name, field in Initiative._fields.items()
        if field.store and field.column_type and name not in ("id", "name", "code")
    ]
    names = SQL(", ").join(SQL.identifier(name) for name in columns)
    values = SQL(", ").join(SQL.identifier("i", name) for name in columns)
    table = SQL.identifier(Initiative._table)
    env.cr.execute(
        SQL(
            "INSERT INTO %s (name, %s) SELECT i.name || ' ' || n, %s "
            "FROM %s i CROSS JOIN generate_series(1, %s) n WHERE i.id IN %s",
            table,
            names,
            values,
            table,
            count // len(seeds) - 1,
            seeds._ids,
        )
    )
    env.invalidate_all()
    env.cr.execute(SQL("ANALYZE %s", table))


def _seed(env, unit_ids, number, rnd):
    return {
        "name": f"Sáng kiến số {number}",
        "unit_id": unit_ids[number * 7 % len(unit_ids)],
        "kind_id": _any(env, "emulation.initiative.kind").id,
        "field_id": _any(env, "emulation.field").id,
        "theme_id": _any(env, "emulation.theme").id,
        "round_id": rnd.id,
    }


def _round(env, unit_id):
    movement = env["emulation.movement"].create(
        {"name": "Bench", "code": "BENCH", "standing_unit_id": unit_id}
    )
    return env["emulation.round"].create(
        {
            "name": "Bench",
            "code": "BENCH",
            "unit_id": unit_id,
            "movement_id": movement.id,
            "date_close": "2099-12-31",
            "kind_ids": [Command.set(_any(env, "emulation.initiative.kind").ids)],
            "rubric_id": _any(env, "emulation.rubric").id,
            "regulation_id": _any(env, "emulation.regulation").id,
        }
    )


def _any(env, model):
    return env[model].search([], limit=1)


def officer(env, unit):
    """A unit officer who acts for one unit and all below it."""
    group = env.ref("emulation.group_emulation_officer")
    user = env["res.users"].create(
        {
            "name": "Bench Officer",
            "login": "bench_officer",
            "group_ids": [Command.link(group.id)],
        }
    )
    env["emulation.unit.officer"].create(
        {"unit_id": unit.id, "user_id": user.id, "role": "officer"}
    )
    return user
