"""Packages of the operating system: which are missing, and getting them."""

import importlib.util
import os
import shutil
import subprocess
import sys
from glob import glob

from . import cluster
from .console import Failure, say, step
from .paths import lock

#: links of Debian's Odoo package that lead out of it
ODOO_LINKS = [
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
]
#: WeasyPrint's libraries, and Tinos: metric twin of Times with all of Vietnamese
DOCUMENTS = [
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fontconfig",
    "fonts-croscore",
    "libmagic1",
]
BROWSERS = ["google-chrome", "chromium", "chromium-browser", "google-chrome-stable"]


def needed(testing):
    """Packages a command needs on this machine.

    :param testing: also what only the test suite uses
    """
    packages = [*DOCUMENTS]
    if not os.environ.get("ODOO_SOURCE"):
        packages += ODOO_LINKS
    if not importlib.util.find_spec("ensurepip"):
        packages.append("python3-venv")
    if cluster.is_own():
        if not shutil.which("psql"):
            packages.append("postgresql-client")
    elif not cluster.programs():
        packages += ["postgresql", "postgresql-contrib"]
    if testing:
        if not any(map(shutil.which, BROWSERS)):
            packages.append("chromium")
        if not shutil.which("pdftoppm"):
            packages.append("poppler-utils")
    return packages


def ensure(testing=False):
    """Install what is missing, or say exactly what to ask an administrator for."""
    if not (missing := _missing(needed(testing))):
        return
    words = " ".join(missing)
    apt = shutil.which("apt-get")
    prefix = _privilege()
    if not apt or prefix is None:
        raise Failure(
            "these system packages are missing and you may not install them; ask "
            f"your administrator to run: apt-get install {words}"
        )
    with lock("apt"), step(f"installing system packages: {words}"):
        _apt(prefix, "update", "-q")
        _apt(prefix, "install", "-y", "-q", "--no-install-recommends", *missing)


def _missing(packages):
    if not shutil.which("dpkg-query"):
        raise Failure(
            "this machine has no dpkg; on another system than Debian or Ubuntu "
            f"install what these packages hold yourself: {' '.join(packages)}"
        )
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status}\t${Package}, ${Provides}\n"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    present = set()
    for line in listing.splitlines():
        status, names = line.split("\t", 1)
        if status == "installed":
            # Newer releases renamed libraries (…t64) and provide the old name.
            present |= {name.split()[0] for name in names.split(",") if name.strip()}
    return [package for package in packages if package not in present]


def _privilege():
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    free = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    if free.returncode == 0:
        return ["sudo", "-n"]
    if sys.stdin.isatty():
        say("    sudo may now ask for your password")
        return ["sudo"]
    return None


def _apt(prefix, *arguments):
    # RUNLEVEL=1 keeps Debian from starting its own PostgreSQL on installation.
    result = subprocess.run(
        [
            *prefix,
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "RUNLEVEL=1",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=300",
            *arguments,
        ],
        check=False,
    )
    if result.returncode:
        raise Failure(
            f"apt-get {arguments[0]} failed (its message is above); mend apt or the "
            "connection and start again."
        )


def archive():
    """Debian's main archive as this machine's own sources name it, or None."""
    for path in glob("/etc/apt/sources.list.d/*.sources"):
        fields = {}
        with open(path) as stream:
            for line in stream:
                key, colon, value = line.partition(":")
                if colon and not line.startswith(("#", " ")):
                    fields.setdefault(key.lower(), value.strip())
        if "debian-archive" in fields.get("signed-by", "") and "uris" in fields:
            uri = fields["uris"].split()[0]
            if "security" not in uri:
                return uri
    for path in ["/etc/apt/sources.list", *glob("/etc/apt/sources.list.d/*.list")]:
        uri = _archive_in_list(path)
        if uri:
            return uri
    return None


def _archive_in_list(path):
    if not os.path.exists(path):
        return None
    with open(path) as stream:
        for line in stream:
            words = [word for word in line.split() if "=" not in word]
            if words[:1] == ["deb"] and len(words) > 3 and words[1].endswith("/debian"):
                return words[1]
    return None
