"""Where things are: the checkout, and the state that lives outside of it."""

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from .console import Failure, say

CHECKOUT = Path(__file__).resolve().parents[2]
ADDON = "emulation"
NOT_PART_OF_THE_ADDON = {".git", ".ci", "bin", "bench", "tests", "__pycache__"}


def _state_home():
    if named := os.environ.get("EMULATION_HOME"):
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        # The cluster's unprivileged user cannot enter root's home.
        return Path("/var/lib/emulation-dev")
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(data) / ADDON


STATE = _state_home()
LOGS = STATE / "logs"
#: distinguishes two checkouts on one machine in databases and folders
CHECKOUT_KEY = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]


def ensure_state():
    """Create the state folder, or say how to choose another."""
    try:
        STATE.mkdir(parents=True, exist_ok=True)
        LOGS.mkdir(exist_ok=True)
    except OSError as error:
        raise Failure(
            f"cannot write to {STATE} ({error.strerror}); set EMULATION_HOME to a "
            "folder of yours."
        ) from error


@contextlib.contextmanager
def lock(name, *, shared=False, refusal=None):
    """Hold a named lock against every other command of ours.

    :param refusal: sentence to fail with instead of waiting for the lock
    """
    folder = STATE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    with open(folder / name, "w") as stream:
        try:
            fcntl.flock(stream, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            if refusal:
                raise Failure(refusal) from None
            say(f"    waiting for another command that is busy with: {name}")
            fcntl.flock(stream, mode)
        yield stream


def fingerprint(*parts):
    """A short hash of some texts, for the names of what is cached."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


def addon_fingerprint():
    """A hash of the addon's files, to know when a database must be updated."""
    found = hashlib.sha256()
    for folder, folders, files in os.walk(CHECKOUT):
        folders[:] = sorted(set(folders) - NOT_PART_OF_THE_ADDON)
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix != ".pyc" and path.is_file():
                found.update(str(path.relative_to(CHECKOUT)).encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:12]


def replace_link(link, target):
    """Make ``link`` point to ``target``, whatever it was before."""
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_symlink() and link.readlink() == target:
        return
    new = link.with_name(f".{link.name}.{os.getpid()}")
    new.symlink_to(target)
    new.replace(link)


def remove(path):
    """Delete a folder tree if it is there."""
    shutil.rmtree(path, ignore_errors=True)
