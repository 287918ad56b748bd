"""Odoo 19 itself: the user's own, a package file, or Debian's archive."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import system
from .console import Failure, run, say, step, tail
from .paths import LOGS, STATE, fingerprint, lock, remove

PACKAGE = "odoo-19"
ADVICE = (
    "set ODOO_SOURCE to a checkout or unpacked tree of Odoo 19, or ODOO_DEB to an "
    "odoo-19_*.deb file."
)
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
#: a file that the free build of Odoo lacks although a bundle lists it
MISSING_ASSET = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass
class Odoo:
    """An Odoo tree: where Python finds it, its addons, and what it is exactly."""

    root: Path
    addons: list
    key: str

    def addon_file(self, name):
        """Path of a file of an addon, or None."""
        found = (folder / name for folder in self.addons)
        return next((path for path in found if path.exists()), None)


def ensure():
    """Find or fetch Odoo 19, in this order: ODOO_SOURCE, ODOO_DEB, the archive."""
    if named := os.environ.get("ODOO_SOURCE"):
        return _tree(Path(named).expanduser().resolve())
    with lock("odoo"):
        if named := os.environ.get("ODOO_DEB"):
            folder = _unpack(Path(named).expanduser().resolve())
        else:
            folder = _unpacked_before() or _unpack(_download())
    return _tree(folder)


def _tree(folder):
    for root in (folder, folder / "usr/lib/python3/dist-packages"):
        release = root / "odoo/release.py"
        if release.exists():
            break
    else:
        raise Failure(f"there is no Odoo in {folder}; {ADVICE}")
    version = re.search(r"version_info = \((\d+), *(\d+)", release.read_text())
    if not version or version[1] != "19":
        raise Failure(f"{folder} is not Odoo 19; {ADVICE}")
    # Debian's package holds every addon below odoo/, a checkout only `base`.
    addons = [root / "odoo/addons"]
    if not (addons[0] / "web").exists():
        addons.append(root / "addons")
    return Odoo(root, addons, fingerprint(folder, _commit(folder), release.read_text()))


def _commit(folder):
    if not (folder / ".git").exists():
        return ""
    result = subprocess.run(
        ["git", "-C", folder, "rev-parse", "HEAD"],
        check=False,
        capture_output=True,
        text=True,
    )
    return result.stdout.strip()


def _unpacked_before():
    complete = (STATE / "odoo").glob("*/complete")
    newest = max(complete, key=lambda path: path.stat().st_mtime, default=None)
    return newest and newest.parent


def _unpack(package):
    if not package.is_file():
        raise Failure(f"ODOO_DEB names {package}, which is not a file; {ADVICE}")
    folder = STATE / "odoo" / f"{package.stem}-{package.stat().st_size}"
    if not (folder / "complete").exists():
        with step(f"unpacking {package.name}"):
            remove(folder)
            folder.mkdir(parents=True)
            if run(["dpkg-deb", "-x", package, folder], LOGS / "unpack.log"):
                raise Failure(f"{package} is not a Debian package; {ADVICE}")
            _mend_links(folder)
            (folder / "complete").touch()
    return folder


def _mend_links(folder):
    """Let the package's links to /usr/share reach the system's own files."""
    for directory, folders, files in os.walk(folder):
        for name in folders + files:
            link = Path(directory, name)
            if not link.is_symlink() or link.exists():
                continue
            target = Path(os.path.normpath(link.parent / link.readlink()))
            if folder in target.parents:
                system_file = Path("/", target.relative_to(folder))
                if system_file.exists():
                    _reach(target, system_file)


def _reach(target, system_file):
    while not target.parent.exists():
        target, system_file = target.parent, system_file.parent
    if not target.is_symlink():
        target.symlink_to(system_file)


def _download():
    """Fetch the package with a private apt state: the system's stays untouched."""
    folder = STATE / "apt"
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    uri = system.archive()
    if not uri or not KEYRING.exists():
        raise Failure(f"this machine's apt knows no archive of Debian; {ADVICE}")
    sources = folder / "unstable.sources"
    sources.write_text(
        f"Types: deb\nURIs: {uri}\nSuites: sid\nComponents: main\n"
        f"Signed-By: {KEYRING}\n"
    )
    options = {
        "Dir::Etc::SourceList": sources,
        "Dir::Etc::SourceParts": "-",
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        # root downloads into a folder that apt's own user may not enter
        "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
    }
    apt = ["apt-get", *(f"-o{key}={value}" for key, value in options.items())]
    log = LOGS / "download.log"
    with step(f"downloading {PACKAGE} from Debian's archive"):
        for words in (["update"], ["download", PACKAGE]):
            if run([*apt, *words], log, cwd=folder):
                say(tail(log, 5))
                raise Failure(f"{PACKAGE} could not be downloaded; {ADVICE}")
    packages = folder.glob(f"{PACKAGE}_*.deb")
    return max(packages, key=lambda path: path.stat().st_mtime)
