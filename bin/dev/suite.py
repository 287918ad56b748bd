"""`bin/test`: linters, translations, the addon's tests, Odoo's own checks."""

import argparse
import contextlib
import os
import re
import time
from pathlib import Path

from . import linters, setup, translations
from .checks import verdict
from .console import Failure
from .paths import ADDON, CHECKOUT_KEY, LOGS, lock, remove
from .stages import Session

KEPT_LOGS = 10


def main(arguments):
    """Run the checks asked for; the exit code says whether all passed."""
    options = _parser().parse_args(arguments)
    tags = _tags(options)
    start = time.monotonic()
    with setup.ready(testing=True) as runner, _session(runner, options) as session:
        results = [session.own_tests(tags)] if tags else [*_whole(runner, session)]
        if options.coverage:
            session.report_coverage()
    return verdict(results, start)


def _parser():
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Run everything, or a selection of the addon's own tests.",
        epilog="Selections: test_unit, tests/test_unit.py, "
        "tests/test_unit.py::TestUnit, tests/test_unit.py::TestUnit::test_create. "
        "Warnings that may stand in Odoo's log are listed in bin/log-allow.txt.",
    )
    parser.add_argument("selection", nargs="*", help="test modules, classes, methods")
    parser.add_argument(
        *("-t", "--tag"),
        action="append",
        default=[],
        help="a tag of the addon's tests, or a specification of Odoo's --test-tags",
    )
    parser.add_argument("--coverage", action="store_true", help="report line coverage")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep the test database, and only update it the next time (faster)",
    )
    return parser


def _tags(options):
    """Odoo's --test-tags for a selection; empty for the whole suite."""
    tags = [_selection_tag(text) for text in options.selection]
    for tag in options.tag:
        tags.append(tag if re.search(r"[/:]", tag) else f"{tag}/{ADDON}")
    return tags


def _selection_tag(text):
    """Translate ``[tests/]test_x[.py][::Class[::method]]`` for Odoo."""
    path, *names = text.split("::")
    module = Path(path).stem
    if len(names) > 2:
        raise Failure(f"{text} is no selection; write tests/test_x.py::Class::method.")
    # Odoo compares the end of a path that begins at the addon's folder.
    return f"/{ADDON}/tests/{module}.py" + "".join(
        mark + name for mark, name in zip(":.", names, strict=False)
    )


def _whole(runner, session):
    yield from linters.run_all(runner)
    with session.plain() as plain:
        yield session.install_plain(plain)
        yield from translations.check_all(runner, plain)
        yield session.uninstall(plain)
        yield session.install_again(plain)
    yield session.own_tests([f"/{ADDON}"])
    yield session.odoo_views()
    yield session.odoo_lint()


@contextlib.contextmanager
def _session(runner, options):
    """A session with database names of its own, cleaned up whatever happens."""
    _sweep(runner.server)
    if options.keep:
        name = f"emulation_test_{CHECKOUT_KEY}_keep"
        busy = "another bin/test --keep runs in this checkout; wait for its end."
        with lock(f"database-{name}", refusal=busy):
            yield Session(runner, name, keep=True, coverage=options.coverage)
        return
    name = f"emulation_test_{CHECKOUT_KEY}_{os.getpid()}"
    try:
        yield Session(runner, name, coverage=options.coverage)
    finally:
        runner.server.drop(name)


def _sweep(server):
    """Drop databases of runs of this checkout that were killed; thin out logs."""
    for name in server.databases():
        owner = re.fullmatch(f"emulation_test_{CHECKOUT_KEY}_([0-9]+)(_plain)?", name)
        if owner and not Path("/proc", owner[1]).exists():
            server.drop(name)
    folders = sorted(LOGS.glob("test-*"), key=lambda path: path.stat().st_mtime)
    for folder in folders[:-KEPT_LOGS]:
        remove(folder)
