"""The reform of 1 July 2025 in old Hà Nam, applied: time and queries, as records grow.

Goal: linear in the records moved, and no query per record.
"""

import csv
import io
import time

import generate

from odoo.fields import Date
from odoo.tools.misc import file_open

OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "has_headers": True,
    "date_format": "%d/%m/%Y",
    "keep_matches": False,
}
SIZES = (500, 5000)


def run(env, units, initiatives):
    """Apply the same reform over few and over many open dossiers."""
    _import(env, "emulation.unit", "ha_nam_2025.csv")
    old = env["emulation.unit"].search([("code", "in", _codes())])
    _import(env, "emulation.unit.succession", "reform_2025-07-01.csv")
    env.cr.commit()
    figures = []
    for size in SIZES:
        with env.cr.savepoint() as savepoint:
            generate.open_initiatives(env, old.ids, size)
            figures.append(_apply(env))
            savepoint.rollback()
        env.invalidate_all()
    for size, (seconds, queries, moved) in zip(SIZES, figures, strict=True):
        yield f"reform with {size} open dossiers: {moved} records moved", seconds, "s"
        yield f"reform with {size} open dossiers", queries, "queries"
    few, many = figures
    yield "records moved, many : few", many[2] / few[2], "times"
    yield "seconds, many : few", many[0] / few[0], "times"
    yield "queries, many : few", many[1] / few[1], "times"


def _apply(env):
    events = env["emulation.unit.succession"].search([("state", "=", "draft")])
    env.flush_all()
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.perf_counter()
    events.action_apply()
    env.flush_all()
    seconds, queries = time.perf_counter() - start, env.cr.sql_log_count - before
    return seconds, queries, len(events.move_ids)


def _codes():
    with file_open("emulation/tests/data/ha_nam_2025.csv", "rb") as source:
        rows = csv.DictReader(io.StringIO(source.read().decode()))
        return [row["Mã đơn vị"] for row in rows]


def _import(env, model, name):
    """Import a fixture as the dialog does: preview, take its mapping, run."""
    with file_open(f"emulation/tests/data/{name}", "rb") as source:
        wizard = env["base_import.import"].create(
            {
                "res_model": model,
                "file": source.read(),
                "file_name": name,
                "file_type": "text/csv",
            }
        )
    preview = wizard.parse_preview(dict(OPTIONS))
    fields = [
        "/".join(preview["matches"].get(index) or []) or False
        for index, _header in enumerate(preview["headers"])
    ]
    columns = [header.lower() for header in preview["headers"]]
    result = wizard.execute_import(fields, columns, dict(OPTIONS))
    if result["messages"]:
        raise ValueError(f"{name} on {Date.today()}: {result['messages'][0]}")
