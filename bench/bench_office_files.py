"""The import of a past year's list and the export of a data set, at two sizes.

Time and questions per row show whether they grow with the size of the file.
"""

import os
import time
import tracemalloc

from odoo.fields import Command

FEW, MANY = 500, 5000
LETTERS = "ABCDEFGHIK"
COLUMNS = [
    *("name", "author_text", "unit_id", "past_year", "kind_id", "field_id"),
    *("theme_id", "past_grade", "past_result", "benefit_amount"),
]


def run(env, units, initiatives):
    """Yield the figures of the import, then of the export of all it brought.

    Only some units and 20,000 dossiers at most: an office's files, not a province's
    database.
    """
    office = _office(env)
    codes = [unit.code for unit in office["units"]]
    for count in (FEW, MANY):
        yield from _measure_import(office, codes, count)
    exported = min(initiatives, 20000)
    missing = exported - FEW - MANY
    if missing > 0:
        _load(office, codes, missing, "them")
    for limit, label in ((2019, f"{FEW} dossiers"), (2021, "all dossiers")):
        yield from _measure_export(office, limit, label)


def _office(env):
    user = env["res.users"].create(
        {
            "name": "Cán bộ đo",
            "login": f"bench_office_{os.getpid()}",
            "group_ids": [
                Command.link(env.ref("base.group_user").id),
                Command.link(env.ref("emulation.group_emulation_movement").id),
            ],
        }
    )
    kind = env["emulation.unit.kind"].search([], limit=1)
    level = env["emulation.unit.level"].search([], limit=1)
    values = {"kind_id": kind.id, "level_id": level.id}
    top = env["emulation.unit"].create(
        {**values, "code": "BENCH-FILES", "name": "Đơn vị đo"}
    )
    units = env["emulation.unit"].create(
        [
            {
                **values,
                "code": f"BENCH-F{number}",
                "name": f"Đơn vị đo {number}",
                "parent_id": top.id,
            }
            for number in range(50)
        ]
    )
    if not env["emulation.movement"].search([], limit=1):
        env["emulation.movement"].create(
            {
                "name": "Phong trào đo",
                "code": "BENCH-M",
                "level_id": level.id,
                "standing_unit_id": top.id,
            }
        )
    office_env = env(user=user)
    return {"env": office_env, "units": units, "top": top}


def _load(office, codes, count, tag, year=None):
    years = {FEW: "2019", MANY: "2020"}
    rows = [
        [
            f"Sáng kiến {tag} {number}",
            f"Nguyễn Văn {_word(number)} 60%; Trần Thị {_word(number)} 40%",
            codes[number % len(codes)],
            years.get(count, "2021"),
            *("initiative", "NN", "ND2", "B", "", "28,8 triệu"),
        ]
        for number in range(count)
    ]
    result = office["env"]["emulation.initiative"].load(COLUMNS, rows)
    if not result["ids"]:
        raise AssertionError(result["messages"][:3])
    office["env"].flush_all()
    office["env"].invalidate_all()


def _word(number):
    return "".join(LETTERS[int(digit)] for digit in str(number)).title() + "a"


def _measure_import(office, codes, count):
    for again in ("first", "again"):
        before, start = office["env"].cr.sql_log_count, time.perf_counter()
        _load(office, codes, count, "đo")
        spent = time.perf_counter() - start
        asked = office["env"].cr.sql_log_count - before
        yield f"import of {count} rows, {again}: seconds", spent, "s"
        yield f"import of {count} rows, {again}: a row", spent / count * 1000, "ms"
        yield f"import of {count} rows, {again}: questions", asked, ""


def _measure_export(office, last_year, label):
    for file_type in ("xlsx", "csv_semicolon"):
        export = office["env"]["emulation.dataset.export"].create(
            {
                "scope": "unit",
                "unit_id": office["top"].id,
                "year_from": 2019,
                "year_to": last_year,
                "content": "recognised",
                "file_type": file_type,
            }
        )
        count = export.dossier_count
        office["env"].invalidate_all()
        tracemalloc.start()
        before, start = office["env"].cr.sql_log_count, time.perf_counter()
        export._write_file().close()
        spent = time.perf_counter() - start
        asked = office["env"].cr.sql_log_count - before
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        name = f"{file_type} of {count} ({label})"
        yield f"{name}: seconds (memory traced)", spent, "s"
        yield f"{name}: questions", asked, ""
        yield f"{name}: memory at most", peak / 2**20, "MB"
