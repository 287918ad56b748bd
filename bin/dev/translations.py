"""`bin/i18n`: the template and the Vietnamese translation; and their checks.

Terms are exported from a database without demo data, which is not translated.
"""

import argparse
import os
from pathlib import Path

from . import setup
from .checks import Result, show, single
from .console import Failure, check, say, step
from .odoo import progress
from .paths import ADDON, CHECKOUT, CHECKOUT_KEY, LOGS
from .venv import environment, output

FOLDER = CHECKOUT / "i18n"
TEMPLATE = FOLDER / f"{ADDON}.pot"
TRANSLATION = FOLDER / "vi.po"
WORKER = Path(__file__).with_name("worker_po.py")


def main(arguments):
    """Refresh the template and carry the translation over to it."""
    argparse.ArgumentParser(
        prog="bin/i18n",
        description=f"Refresh i18n/{ADDON}.pot and i18n/vi.po from the code; "
        "translations are kept, new terms are left empty.",
    ).parse_args(arguments)
    with setup.ready() as runner:
        name = f"emulation_i18n_{CHECKOUT_KEY}_{os.getpid()}"
        try:
            with step("installing the addon without demo data"):
                runner.server.clone(runner.template(demo=False), name)
                runner.install(name, [ADDON], LOGS / f"{name}.log")
            exported = _export(runner, name)
        finally:
            runner.server.drop(name)
    code, text = _worker(runner, "merge", exported, TEMPLATE, TRANSLATION)
    exported.unlink()
    say(text.strip())
    if code:
        raise Failure("the translation files could not be merged.")
    return 0


def check_all(runner, database):
    """Check the files against a database with the addon; yields results."""
    if not FOLDER.exists():
        yield show(Result("translations", note=" (there is no i18n folder yet)"))
        return
    for path in (TEMPLATE, TRANSLATION):
        if not path.exists():
            yield single("translations", f"i18n/{path.name} is missing: call bin/i18n")
            return
    exported = _export(runner, database)
    for title, words in (
        ("translation template is current", ("template", exported, TEMPLATE)),
        ("Vietnamese is complete", ("complete", TEMPLATE, TRANSLATION)),
    ):
        code, text = _worker(runner, *words)
        yield single(title, code and f"{text}\n(bin/i18n refreshes both files)")
    exported.unlink()
    files = sorted(FOLDER.glob("*.po*"))
    oca = runner.python.with_name("oca-checks-po")
    code, text = output([oca, *files], env=environment(), cwd=LOGS)
    yield single("OCA checks of the translations", code and text)


def _export(runner, database):
    """Export the addon's terms to a file outside the checkout."""
    path = LOGS / f"{database}.pot"
    command = runner.command("i18n", "export", "-d", database, ADDON, "-o", path)
    log = LOGS / f"{database}-export.log"
    check(command, log, "Odoo", env=runner.variables(), describe=progress)
    log.unlink()
    return path


def _worker(runner, *words):
    return output([runner.python, WORKER, *words], env=environment())
