"""`bin/bench`: measurements at scale, in a database of their own."""

import argparse
import ast
import os
import subprocess
from pathlib import Path

from . import setup
from .console import Failure, say, step
from .paths import ADDON, CHECKOUT, CHECKOUT_KEY, LOGS

FOLDER = CHECKOUT / "bench"
WORKER = Path(__file__).with_name("worker_bench.py")


def main(arguments):
    """Run every bench/bench_*.py, or those named, and print what they measured."""
    options = _parser().parse_args(arguments)
    scripts = _scripts(options.name)
    with setup.ready() as runner:
        name = f"emulation_bench_{CHECKOUT_KEY}_{os.getpid()}"
        try:
            with step("installing the addon without demo data"):
                runner.server.clone(runner.template(demo=False), name)
                runner.install(name, [ADDON], LOGS / f"{name}.log")
            return max([_apart(runner, name, path, options) for path in scripts])
        finally:
            runner.server.drop(name)


def _parser():
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description="Generate data and measure, in a database made for the purpose.",
    )
    parser.add_argument("name", nargs="*", help="bench_initiative_list; default: all")
    parser.add_argument("--units", type=int, default=5000, help="default: 5,000")
    parser.add_argument(
        "--initiatives", type=int, default=200000, help="default: 200,000"
    )
    return parser


def _scripts(names):
    if not names:
        return sorted(FOLDER.glob("bench_*.py"))
    paths = [FOLDER / f"{Path(name).stem}.py" for name in names]
    for path in paths:
        if not path.exists():
            raise Failure(f"there is no bench/{path.name}.")
    return paths


def _apart(runner, installed, script, options):
    """Measure in a copy of its own: a script may commit what it generates."""
    name = f"{installed}_{script.stem}"[:63]
    runner.server.clone(installed, name)
    try:
        if peers := _peers(script):
            with step(f"installing {', '.join(peers)} to compare with"):
                runner.install(name, peers, LOGS / f"{name}.log")
        return _measure(runner, name, script, options)
    finally:
        runner.server.drop(name)


def _peers(script):
    """Odoo's own applications that a script compares with: its ``PEERS``."""
    for node in ast.parse(script.read_text()).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "PEERS":
            return ast.literal_eval(node.value)
    return ()


def _measure(runner, database, script, options):
    say(f"==> {script.stem}")
    return subprocess.run(
        [
            # -P: this folder has modules named like Odoo's
            *(runner.python, "-P", WORKER, runner.config(), database, script),
            *(str(options.units), str(options.initiatives)),
        ],
        check=False,
        env=runner.variables(),
        cwd=LOGS,
    ).returncode
