"""`bin/lint`: every linter on the addon's files, each one check."""

import argparse
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

from . import setup
from .checks import single, verdict
from .console import check, step
from .odoo import LINK, OWN_ADDONS
from .paths import CHECKOUT, LOGS, STATE, lock
from .venv import environment, output

ESLINT = "eslint@8.57.1"
#: What Odoo's own suite enables (odoo/addons/test_lint/tests/test_pylint.py) but
#: `unreachable`, which takes whatever follows Hypothesis' assume() for dead.
ODOO_PYLINT = [
    "used-before-assignment",
    "undefined-variable",
    "eval-used",
    "function-redefined",
    "sql-injection",
    "missing-gettext",
    "gettext-variable",
    "gettext-placeholders",
    "gettext-repr",
    "raise-unlink-override",
]
ODOO_PLUGINS = [
    "_pylint_path_setup",
    "pylint.extensions.bad_builtin",
    "_odoo_checker_sql_injection",
    "_odoo_checker_gettext",
    "_odoo_checker_unlink_override",
]


def main(arguments):
    """Run the linters alone."""
    argparse.ArgumentParser(
        prog="bin/lint", description="Run every linter on the addon."
    ).parse_args(arguments)
    start = time.monotonic()
    with setup.ready() as runner:
        results = [*run_all(runner)]
    return verdict(results, start)


def run_all(runner):
    """Run all linters; yields a result each."""
    linters = {
        "ruff": _ruff,
        "pylint-odoo": _pylint_odoo,
        "Odoo's pylint checks": _odoo_pylint,
        "OCA checks of the module": _oca,
        "conflict markers": _conflict_markers,
    }
    if any((CHECKOUT / "static").rglob("*.js")):
        linters["ESLint with Odoo's rules"] = _eslint
    # each is a process of its own: as many at a time as there are processors
    with step("linters"), ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [pool.submit(function, runner) for function in linters.values()]
        for title, problem in zip(linters, running, strict=True):
            yield single(title, problem.result())


def _problem(argv, **options):
    """What a linter printed when it is not content, else nothing."""
    options.setdefault("env", environment())
    code, text = output(argv, cwd=OWN_ADDONS, **options)
    return (text.strip() or f"{argv[0]} ended with code {code}") if code else ""


def _program(runner, name):
    return runner.python.with_name(name)


def _ruff(runner):
    config = CHECKOUT / "pyproject.toml"
    ruff = _program(runner, "ruff")
    return _problem([ruff, "check", "--quiet", f"--config={config}", CHECKOUT])


def _pylint_odoo(runner):
    return _problem(
        [
            *(runner.python, "-m", "pylint", f"--rcfile={os.devnull}"),
            "--load-plugins=pylint_odoo",
            *("--disable=all", "--enable=odoolint"),
            # The house writes no company of its own into the manifest.
            "--disable=manifest-required-author",
            *("--valid-odoo-versions=19.0", "--score=n", LINK),
        ]
    )


def _odoo_pylint(runner):
    plugins = runner.tree.addon_file("test_lint/tests")
    if not plugins:
        return "this Odoo has no test_lint addon"
    addons = [str(folder) for folder in [*runner.tree.addons, OWN_ADDONS]]
    variables = environment(
        PYTHONPATH=f"{plugins}{os.pathsep}{runner.tree.root}",
        ADDONS_PATH=os.pathsep.join(addons),
    )
    return _problem(
        [
            *(runner.python, "-m", "pylint", f"--rcfile={os.devnull}"),
            "--disable=all,useless-option-value",
            f"--enable={','.join(ODOO_PYLINT)}",
            f"--load-plugins={','.join(ODOO_PLUGINS)}",
            *("--bad-functions=input", "--reports=n", "--score=n", LINK),
        ],
        env=variables,
    )


def _oca(runner):
    # A README.md is what Odoo itself shows; OCA would have README.rst.
    return _problem(
        [
            _program(runner, "oca-checks-odoo-module"),
            "--disable=prefer-readme-rst",
            LINK,
        ]
    )


def _conflict_markers(_runner):
    command = ["git", "-C", CHECKOUT, "grep", "-nIE", "^(<<<<<<<|>>>>>>>) "]
    code, text = output(command)
    # git grep ends with 1 when it finds nothing
    return "" if code == 1 else text.strip()


def _eslint(runner):
    rules = runner.tree.addon_file("test_lint/tests/eslintrc")
    if not shutil.which("npm"):
        return "npm is missing, so that the JavaScript cannot be checked"
    folder = STATE / "node"
    with lock("node"):
        if not (folder / "complete").exists():
            _install_eslint(folder)
    eslint = folder / "node_modules/.bin/eslint"
    options = ["--no-ignore", "--no-eslintrc", "-c", rules]
    return _problem([eslint, *options, CHECKOUT / "static"])


def _install_eslint(folder):
    with step(f"installing {ESLINT}"):
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-save", "--prefix", folder, ESLINT]
        check(command, LOGS / "npm.log", "npm install", env=environment())
        (folder / "complete").touch()
