"""Run one benchmark inside Odoo; run by the virtual environment's Python."""

import importlib
import sys
from pathlib import Path

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config


def main(configuration, database, script, units, initiatives):
    """Call ``run(env, units, initiatives)`` of a script and print its figures.

    The figures are triples: what, how much, unit of measure. Nothing is kept:
    the transaction ends with a rollback.
    """
    config.parse_config(
        ["-c", configuration, "-d", database, "--no-http", "--log-level=warn"],
        setup_logging=True,
    )
    path = Path(script)
    sys.path.insert(0, str(path.parent))
    bench = importlib.import_module(path.stem)
    with Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        for what, figure, unit in bench.run(env, int(units), int(initiatives)):
            print(f"    {what:<58}{figure:>12,.2f} {unit}", flush=True)
        cr.rollback()


if __name__ == "__main__":
    main(*sys.argv[1:])
