"""The private virtual environment with Odoo's, ours and the tools' packages."""

import os
import shutil
import subprocess
import sys

from .console import Failure, check, step
from .paths import CHECKOUT, LOGS, STATE, fingerprint, lock, remove

#: Odoo 19 also takes 3.10, for which some of the pins have no release
OLDEST, NEWEST = (3, 11), (3, 13)


def ensure():
    """Build the environment unless it is complete; return its Python.

    The folder is named after the pins, so that two checkouts with different
    ones do not disturb each other. pip takes an interrupted installation up
    where it stopped.
    """
    interpreter = _interpreter()
    lists = [CHECKOUT / "bin/requirements-dev.txt", CHECKOUT / "requirements.txt"]
    pins = [path.read_text() for path in lists]
    folder = STATE / f"venv-{fingerprint(interpreter, *pins)}"
    python = folder / "bin/python"
    with lock("venv"):
        if not (folder / "complete").exists():
            with step("installing Python packages in a private environment"):
                _build(folder, interpreter, lists)
    return python


def _build(folder, interpreter, lists):
    python = folder / "bin/python"
    if not (folder / "bin/pip").exists():
        remove(folder)
        check([interpreter, "-m", "venv", folder], LOGS / "venv.log", "python -m venv")
    files = [word for path in lists for word in ("-r", path)]
    check(
        [python, "-m", "pip", "install", "--progress-bar=off", *files],
        LOGS / "pip.log",
        "pip install",
    )
    (folder / "complete").touch()


def _interpreter():
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    raise Failure(
        f"this set-up runs on Python 3.{OLDEST[1]} to 3.{NEWEST[1]} and this machine "
        f"offers only {sys.version.split()[0]}; install one of those."
    )


def environment(**more):
    """Environment variables for programs of the virtual environment.

    Bytecode and caches go to the state folder: nothing is written in a checkout.
    """
    caches = STATE / "cache"
    base = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PGDATABASE", "PYTHONHOME", "PYTHONPATH", "ODOO_RC")
    }
    return base | {
        "PYTHONPYCACHEPREFIX": str(caches / "bytecode"),
        "PYLINTHOME": str(caches / "pylint"),
        "RUFF_CACHE_DIR": str(caches / "ruff"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(caches / "hypothesis"),
        **{key: str(value) for key, value in more.items()},
    }


def output(argv, **options):
    """Run a short command and return its exit code and all it printed."""
    result = subprocess.run(
        [str(part) for part in argv],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    return result.returncode, result.stdout
