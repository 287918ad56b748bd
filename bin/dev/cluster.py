"""PostgreSQL: the user's own by PG* variables, or a private cluster.

The private cluster listens on a socket in a folder that only its user (and
root) may enter, and on no port at all.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from glob import glob
from pathlib import Path

from .console import Failure, check, say, step
from .paths import LOGS, STATE, fingerprint, lock, remove

OLDEST_SERVER = 13
ROLE = "emulation"
#: runs the private cluster for root, whom PostgreSQL refuses
SERVER_USER = "postgres"
OWN_VARIABLES = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE")
FOLDER = STATE / "cluster"
DATA = FOLDER / "data"
#: path of a Unix socket may have 107 characters
LONGEST_SOCKET_FOLDER = 90


def is_own():
    """Whether the user brings a server, named by the usual variables."""
    return any(os.environ.get(name) for name in OWN_VARIABLES)


def programs():
    """Folder of PostgreSQL's server programs, or None.

    Those that made the private cluster, else the newest.
    """
    found = {}
    for folder in glob("/usr/lib/postgresql/*/bin"):
        name = Path(folder).parent.name
        if name.isdigit() and int(name) >= OLDEST_SERVER:
            if Path(folder, "initdb").exists():
                found[int(name)] = Path(folder)
    if found:
        return found.get(_data_version()) or found[max(found)]
    elsewhere = shutil.which("pg_ctl")
    return Path(elsewhere).resolve().parent if elsewhere else None


def _data_version():
    version = DATA / "PG_VERSION"
    with contextlib.suppress(FileNotFoundError):
        return int(version.read_text())
    return None


@contextlib.contextmanager
def session():
    """Environment variables for a running server, for as long as it is needed.

    Every command of ours holds the shared lock while it uses the private
    cluster; the last one to leave stops it.
    """
    if is_own():
        _check_own_role()
        yield {}
        return
    with lock("cluster-users", shared=True) as users:
        with lock("cluster-start"):
            _start()
        try:
            yield {"PGHOST": str(_socket_folder()), "PGUSER": ROLE}
        finally:
            _stop_if_last(users)


def _check_own_role():
    result = subprocess.run(
        ["psql", "-XqAt", "-d", "postgres", "-c", "SELECT current_user"],
        check=False,
        capture_output=True,
        text=True,
    )
    if result.returncode:
        reason = result.stderr.strip().replace("\n", " ")
        raise Failure(
            f"the PostgreSQL server named by your PG* variables does not answer "
            f"({reason}); mend or unset them."
        )
    if result.stdout.strip() == "postgres":
        raise Failure(
            "Odoo refuses the role postgres; set PGUSER to another role with CREATEDB."
        )


def _start():
    if _ctl("status") == 0:
        return
    if not (DATA / "PG_VERSION").exists():
        _create()
    sockets = _socket_folder()
    if not sockets.exists():
        _make_folder(sockets)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": sockets,
        # After a crash of the machine the last moments may be lost, no more.
        "synchronous_commit": "off",
        "shared_buffers": "256MB",
        "max_wal_size": "2GB",
    }
    options = " ".join(f"-c {key}='{value}'" for key, value in settings.items())
    if _ctl("start", "-w", "-t", "60", "-l", FOLDER / "server.log", "-o", options):
        raise Failure(
            f"the private PostgreSQL cluster does not start; {FOLDER}/server.log "
            "says why."
        )


def _create():
    with step("creating a private PostgreSQL cluster"):
        remove(DATA)
        _make_folder(FOLDER)
        new = FOLDER / "data.new"
        remove(new)
        command = [programs() / "initdb", "-D", new, "-U", ROLE, "--auth=trust"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8"]
        check(_as_server(command), LOGS / "initdb.log", "initdb", cwd="/")
        new.rename(DATA)


def _make_folder(folder):
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if os.geteuid() == 0:
        user = pwd.getpwnam(SERVER_USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
        reached = subprocess.run(
            _as_server(["test", "-w", folder]), cwd="/", check=False
        )
        if reached.returncode:
            raise Failure(
                f"the system user {SERVER_USER} cannot enter {folder}; set "
                "EMULATION_HOME to a folder that every user may pass through."
            )


def _socket_folder():
    folder = FOLDER / "socket"
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    return Path(tempfile.gettempdir(), f"emulation-{fingerprint(folder)}")


def _as_server(command):
    command = [str(part) for part in command]
    if os.geteuid() == 0:
        return ["runuser", "-u", SERVER_USER, "--", *command]
    return command


def _ctl(action, *options):
    command = [programs() / "pg_ctl", action, "-s", "-D", DATA, *options]
    return subprocess.run(
        _as_server(command),
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ).returncode


def _stop_if_last(users):
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _ctl("stop", "-w", "-m", "fast"):
            say("    the private PostgreSQL cluster did not stop")
