"""The stages of the suite that run Odoo, in databases made for the run."""

import contextlib
import os
import time

from .checks import Result, show
from .console import run, say, step, tail
from .odoo import free_port, progress
from .odoolog import read_log
from .paths import ADDON, CHECKOUT, LOGS

#: core's tests that look at our views, menus and fields once we are installed
ODOO_VIEWS = [
    "*/base:TestAllViews",
    "*/base:TestRenderAllViews",
    "/base:TestInvisibleField",
    "/base:TestDebugger",
    "/web:TestMenusAdminLight",
    "/web:TestMenusDemoLight",
]
BROWSER_UNITS = [
    f"/web:WebSuite.test_unit_desktop[@{ADDON}]",
    "/web:WebSuite.test_check_suite",
]
ODOO_LINT = [
    "/test_lint",
    # run by linters.py, on our files alone
    "-/test_lint:TestPyLint",
    "-/test_lint:TestESLint",
    # these test the linters themselves
    "-/test_lint/tests/test_checkers.py",
]
#: what an uninstalled addon must not leave behind; each query counts leftovers
LEFTOVERS = {
    "tables or views": "SELECT count(*) FROM pg_class c JOIN pg_namespace n "
    f"ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND relname ~ '^{ADDON}_'",
    "columns": "SELECT count(*) FROM information_schema.columns "
    f"WHERE table_schema = 'public' AND column_name ~ '^{ADDON}_'",
    "external identifiers": "SELECT count(*) FROM ir_model_data "
    f"WHERE module = '{ADDON}'",
    "models": f"SELECT count(*) FROM ir_model WHERE model ~ '^{ADDON}[.]'",
    "parameters": f"SELECT count(*) FROM ir_config_parameter WHERE key ~ '^{ADDON}[.]'",
    "attachments": "SELECT count(*) FROM ir_attachment "
    f"WHERE res_model ~ '^{ADDON}[.]'",
}


class Session:
    """One run of the suite: its databases, its logs, its stages.

    :param name: of the main database, and the beginning of the others'
    :param keep: update the main database when it is there already
    :param coverage: measure the addon's own tests
    """

    def __init__(self, runner, name, keep=False, coverage=False):
        self.runner = runner
        self.name = name
        self.keep = keep
        self.coverage = coverage
        self.logs = LOGS / f"test-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
        self.logs.mkdir()

    @contextlib.contextmanager
    def plain(self):
        """A database without demo data, gone afterwards."""
        name = f"{self.name}_plain"
        self.runner.server.clone(self.runner.template(demo=False), name)
        try:
            yield name
        finally:
            self.runner.server.drop(name)

    def own_tests(self, tags):
        """Install the addon with its demo data and run its own tests."""
        action = "-u"
        if not self.keep or self.name not in self.runner.server.databases():
            template = self.runner.template(demo=True)
            self.runner.server.clone(template, self.name)
            action = "-i"
        launcher = ["-m", "odoo"]
        if self.coverage:
            source = f"--source={CHECKOUT}"
            launcher = ["-m", "coverage", "run", *self._coverage(), source, *launcher]
        words = [action, ADDON, *self._tests(tags)]
        return self._server("tests of the addon", self.name, words, launcher)

    def odoo_views(self):
        """Core's own tests of views and menus, with the addon installed."""
        tags = [*ODOO_VIEWS]
        if any((CHECKOUT / "static/tests").rglob("*.test.js")):
            tags += BROWSER_UNITS
        words = self._tests(tags)
        return self._server("Odoo's tests of views and menus", self.name, words)

    def odoo_lint(self):
        """Core's own lint suite; it judges what is installed before it."""
        words = ["-i", "test_lint", *self._tests(ODOO_LINT)]
        return self._server("Odoo's lint suite", self.name, words)

    def install_plain(self, database):
        """Install without demo data."""
        words = ["-i", ADDON, "--no-http"]
        return self._server("installation without demo data", database, words)

    def install_again(self, database):
        """Install what has been uninstalled."""
        words = ["-i", ADDON, "--no-http"]
        return self._server("second installation", database, words)

    def uninstall(self, database):
        """Uninstall the addon and look for what it left."""
        command = self.runner.command("module", "uninstall", "-d", database, ADDON)
        result, _log = self._odoo("uninstallation", command)
        for what, query in LEFTOVERS.items():
            [[count]] = self.runner.server.sql(query, database)
            result.check(count != "0" and f"{count} {what} left after uninstallation")
        return show(result)

    def report_coverage(self):
        """Print which lines no test ran."""
        log = self.logs / "coverage.txt"
        command = [self.runner.python, "-m", "coverage", "report", *self._coverage()]
        run(command, log, env=self.runner.variables(), cwd=CHECKOUT)
        say(log.read_text())

    def _coverage(self):
        data = self.logs / "coverage.data"
        return [f"--rcfile={CHECKOUT / 'pyproject.toml'}", f"--data-file={data}"]

    def _tests(self, tags):
        pictures = f"--screenshots={self.logs}"
        return ["--test-tags", ",".join(tags), "--http-port", free_port(), pictures]

    def _server(self, title, database, words, launcher=("-m", "odoo")):
        command = self.runner.command(
            *("server", "-d", database, "--stop-after-init", *words), launcher=launcher
        )
        result, log = self._odoo(title, command)
        if "--test-tags" in words:
            _count_tests(result, log)
        return show(result)

    def _odoo(self, title, command):
        """Run Odoo; count its exit and a log without warnings as one check."""
        path = self.logs / f"{title.replace(' ', '-')}.log"
        result = Result(title)
        with step(title):
            # Odoo's libraries write caches into the working directory.
            variables = self.runner.variables()
            code = run(command, path, env=variables, cwd=self.logs, describe=progress)
        log = read_log(path)
        problem = "\n".join(log.warnings)
        if code and not log.failed and not log.warnings:
            problem = f"Odoo ended with code {code}:\n{tail(path, 30)}"
        result.check(problem and f"{problem}\n(log: {path})")
        return result, log


def _count_tests(result, log):
    result.passed += max(log.tests - log.failed, 0)
    result.failed += log.failed
    result.problems += log.failures + log.skipped
    if log.skipped:
        result.note = f", {len(log.skipped)} skipped"
    if not log.tests and not log.failed:
        result.fail("no test was selected")
