"""Data at the scale of a province, written by SQL because of its amount."""

import io
from random import Random

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.emulation.tools.text import fold

CHILDREN_PER_UNIT = 20
SEEDS = 100
CHUNK = 10000


def units(env, count):
    """Create a tree of ``count`` units under one root; returns the recordset."""
    levels = env["emulation.unit.level"].search([])
    made = parents = _units_below(env, [False], 1, 0, levels[:1])
    while len(made) < count:
        size = min(CHILDREN_PER_UNIT * len(parents), count - len(made))
        level = levels[levels.ids.index(parents[:1].level_id.id) + 1 :][:1]
        parents = _units_below(env, parents.ids, size, len(made), level or levels[-1:])
        made += parents
    return made


def _units_below(env, parent_ids, size, first, level):
    kind = env["emulation.unit.kind"].search([], limit=1)
    return env["emulation.unit"].create(
        [
            {
                "name": f"Đơn vị thử {number:05d}",
                "code": f"BENCH-{number:05d}",
                "kind_id": kind.id,
                "level_id": level.id,
                "parent_id": parent_ids[number % len(parent_ids)],
            }
            for number in range(first, first + size)
        ]
    )


def initiatives(env, unit_ids, count, texts=None):
    """Create ``count`` initiatives spread over units, states and days.

    Some are created through the ORM, so that all they need is there; the others
    are copies of them made by the database, each in a unit, state and day of its
    own.

    :param texts: a module with ``title(random)`` and ``description(random)``, where
        titles and solutions have to differ as real ones do
    """
    rnd = _round(env, unit_ids[0])
    seeds = env["emulation.initiative"].create(
        [_seed(env, unit_ids, number, rnd) for number in range(SEEDS)]
    )
    _write_texts(env, count, texts)
    text = "(SELECT %s FROM bench_text AS text WHERE text.n = copy.n)"
    unit = SQL(
        "(%s)[1 + (copy.n::bigint * 7919 %% %s)::int]", list(unit_ids), len(unit_ids)
    )
    copies(
        env,
        seeds,
        count - len(seeds),
        name=SQL(text % "name"),
        code=SQL("NULL"),
        search_text=SQL(text % "search_text"),
        solution=SQL(text % "solution"),
        unit_id=unit,
        unit_path=SQL("(SELECT parent_path FROM emulation_unit WHERE id = %s)", unit),
        state=SQL(
            "(ARRAY['draft', 'submitted', 'endorsed', 'recognised'])[1 + copy.n %% 4]"
        ),
        date=SQL("DATE '2020-01-01' + (copy.n * 37 %% 2000)::int"),
    )
    vacuum(env, "emulation_initiative", "emulation_unit")


def copies(env, seeds, count, **own):
    """Let the database copy the records ``seeds`` until there are ``count`` more.

    :param own: column → SQL of its value in the copy number ``copy.n`` of ``seed``
    """
    env.flush_all()
    columns = [
        name
        for name, field in seeds._fields.items()
        if field.store and field.column_type and name != "id" and name not in own
    ]
    names = [SQL.identifier(name) for name in (*columns, *own)]
    values = [SQL.identifier("seed", name) for name in columns]
    env.cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(names)s) SELECT %(values)s "
            "FROM generate_series(1, %(count)s) AS copy(n) "
            "JOIN %(table)s AS seed ON seed.id = (%(seeds)s)[1 + copy.n %% %(many)s]",
            table=SQL.identifier(seeds._table),
            names=SQL(", ").join(names),
            values=SQL(", ").join([*values, *own.values()]),
            count=count,
            seeds=list(seeds._ids),
            many=len(seeds),
        )
    )
    env.invalidate_all()


def _write_texts(env, count, texts):
    """Fill a temporary table with a title and a solution for each copy."""
    env.cr.execute(
        "CREATE TEMPORARY TABLE bench_text"
        " (n int PRIMARY KEY, name varchar, search_text varchar, solution text)"
        " ON COMMIT DROP"
    )
    if not texts:
        env.cr.execute(
            SQL(
                "INSERT INTO bench_text SELECT n, 'Sáng kiến số ' || n,"
                " 'sang kien so ' || n FROM generate_series(1, %s) AS n",
                count - SEEDS,
            )
        )
        return
    random = Random(count)
    for first in range(1, count - SEEDS + 1, CHUNK):
        last = min(first + CHUNK, count - SEEDS + 1)
        lines = io.StringIO()
        for number in range(first, last):
            title = texts.title(random)
            solution = texts.description(random)
            lines.write(f"{number}\t{title}\t{fold(title)}\t{solution}\n")
        lines.seek(0)
        env.cr.copy_from(lines, "bench_text")


def open_initiatives(env, unit_ids, count):
    """Create ``count`` drafts through the ORM, spread over units."""
    rnd = _round(env, unit_ids[0])
    env["emulation.initiative"].create(
        [_seed(env, unit_ids, number, rnd) for number in range(count)]
    )


def vacuum(env, *tables):
    """Leave the tables as a database in use has them: analysed, pages all visible.

    A commit that is still to be written to disk does not make rows visible to all.
    """
    env.cr.execute("SET LOCAL synchronous_commit TO on")
    env.cr.commit()
    env.cr._cnx.autocommit = True
    for table in tables:
        env.cr.execute(SQL("VACUUM (ANALYZE) %s", SQL.identifier(table)))
    env.cr._cnx.autocommit = False


def _seed(env, unit_ids, number, rnd):
    return {
        "name": f"Sáng kiến số {number}",
        "unit_id": unit_ids[number * 7 % len(unit_ids)],
        "kind_id": any_of(env, "emulation.initiative.kind").id,
        "field_id": any_of(env, "emulation.field").id,
        "theme_id": any_of(env, "emulation.theme").id,
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
            "kind_ids": [Command.set(any_of(env, "emulation.initiative.kind").ids)],
            "rubric_id": any_of(env, "emulation.rubric").id,
            "regulation_id": any_of(env, "emulation.regulation").id,
        }
    )


def any_of(env, model):
    return env[model].search([], limit=1)


def user(env, login, group, unit=None):
    """A user with one role of this addon, acting for one unit and all below it."""
    made = env["res.users"].create(
        {
            "name": login,
            "login": login,
            "group_ids": [
                Command.link(env.ref(f"emulation.group_emulation_{group}").id)
            ],
        }
    )
    if unit:
        env["emulation.unit.officer"].create({"unit_id": unit.id, "user_id": made.id})
    return made
