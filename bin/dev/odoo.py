"""Running Odoo with this checkout as the addon `emulation`."""

import contextlib
import socket
from dataclasses import dataclass

from . import source
from .console import check, step, tail
from .database import DATA_DIR, Server
from .paths import (
    ADDON,
    CHECKOUT,
    CHECKOUT_KEY,
    LOGS,
    STATE,
    fingerprint,
    lock,
    replace_link,
)
from .venv import environment

#: what the addon depends on: installed once, in templates that are copied
DEPENDENCIES = ["base", "web", "mail", "portal", "web_hierarchy", "base_import"]
LANGUAGE = "vi_VN"
DEV_ADDON = "emulation_dev_assets"
OWN_ADDONS = STATE / "addons" / CHECKOUT_KEY
#: the checkout under the addon's technical name
LINK = OWN_ADDONS / ADDON
DEV_MANIFEST = f"""{{
    "name": "Development assets",
    "summary": "Leaves a file out that the free build of Odoo does not have",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Emulation contributors",
    "license": "LGPL-3",
    "depends": ["mail"],
    "assets": {{
        "web.assets_backend": [("remove", "{source.MISSING_ASSET}")],
    }},
    "auto_install": True,
}}
"""


@dataclass
class Runner:
    """Everything a command needs to run Odoo."""

    tree: source.Odoo
    python: str
    server: Server

    def variables(self, **more):
        """Environment variables of an Odoo process."""
        return environment(**self.server.variables, PYTHONPATH=self.tree.root, **more)

    def command(self, *words, launcher=("-m", "odoo")):
        """An Odoo command line; ``words`` begins with the subcommand."""
        return [self.python, *launcher, *words, "-c", self.config()]

    def config(self):
        """Write Odoo's configuration for this checkout and return its path."""
        path = OWN_ADDONS / "odoo.conf"
        addons = [*self.tree.addons, _dev_addon(self.tree), OWN_ADDONS]
        text = (
            "[options]\n"
            f"addons_path = {','.join(str(folder) for folder in addons if folder)}\n"
            f"data_dir = {DATA_DIR}\n"
            "http_interface = 127.0.0.1\n"
            "list_db = False\n"
        )
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
        return path

    def install(self, database, modules, log, *options):
        """Install or update modules, then stop."""
        words = ["server", "-d", database, "--stop-after-init", "--no-http", *options]
        command = self.command(*words, "-i", ",".join(modules))
        check(command, log, "Odoo", env=self.variables(), describe=progress)

    def update(self, database, log):
        """Bring the addon in a database up to date with the checkout."""
        words = ["server", "-d", database, "--stop-after-init", "--no-http"]
        command = self.command(*words, "-u", ADDON, "--i18n-overwrite")
        check(command, log, "Odoo", env=self.variables(), describe=progress)

    def template(self, demo):
        """Name of the database with all dependencies, made when it is missing."""
        kind = "demo" if demo else "plain"
        key = fingerprint(self.tree.key, kind, LANGUAGE, *DEPENDENCIES)
        name = f"emulation_template_{key}"
        with lock(name):
            if name not in self.server.databases():
                with step(f"preparing a template database ({kind}; some minutes)"):
                    self._build_template(name, demo)
        return name

    def _build_template(self, name, demo):
        building = f"{name}_building"
        self.server.drop(building)
        self.install(
            building,
            DEPENDENCIES,
            LOGS / f"{name}.log",
            "--with-demo" if demo else "--without-demo",
            f"--load-language={LANGUAGE}",
        )
        self.server.rename(building, name)


def link_checkout():
    """Show the checkout to Odoo under the addon's technical name."""
    replace_link(LINK, CHECKOUT)


def _dev_addon(tree):
    """Folder of an addon that leaves out an asset missing in the free build."""
    if tree.addon_file(source.MISSING_ASSET):
        return None
    folder = STATE / "addons/dev" / DEV_ADDON
    if not (folder / "__manifest__.py").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
        (folder / "__manifest__.py").write_text(DEV_MANIFEST)
    return folder.parent


def free_port():
    """A TCP port that nobody uses."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def progress(log):
    """What Odoo is at, without date and process number."""
    line = tail(log, 1).strip()
    words = line.split(" ", 5)
    return words[5] if len(words) > 5 and line[:2] == "20" else line
