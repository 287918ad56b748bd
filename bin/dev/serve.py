"""`bin/serve`: Odoo with the addon and its demo, on this machine only."""

import argparse
import contextlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import console, setup
from .console import Failure, say, step
from .paths import ADDON, CHECKOUT_KEY, LOGS, addon_fingerprint, lock

ADDRESS = "127.0.0.1"
LOGINS = f"""
SELECT u.login, coalesce(p.name, ''),
       coalesce(string_agg(g.name->>'en_US', ', ' ORDER BY g.name->>'en_US'), '')
  FROM ir_model_data d
  JOIN res_users u ON u.id = d.res_id AND u.active
  JOIN res_partner p ON p.id = u.partner_id
  LEFT JOIN res_groups_users_rel r ON r.uid = u.id
       AND r.gid IN (SELECT res_id FROM ir_model_data
                      WHERE module = '{ADDON}' AND model = 'res.groups')
  LEFT JOIN res_groups g ON g.id = r.gid
 WHERE d.module = '{ADDON}' AND d.model = 'res.users'
 GROUP BY u.id, p.name
 ORDER BY u.id
"""


def main(arguments):
    """Set up, create or update the database, serve until interrupted."""
    options = _parser().parse_args(arguments)
    name = options.db or _default_name(options)
    _check_port(options.port)
    busy = f"another bin/serve has the database {name}; stop it or choose a --db."
    with setup.ready() as runner, lock(f"database-{name}", refusal=busy):
        if options.reset:
            runner.server.drop(name)
        _bring_up_to_date(runner, name, not options.no_demo)
        _serve(runner, name, options.port)
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="bin/serve",
        description="Set everything up and serve Odoo with this addon.",
        epilog="Odoo 19 comes from ODOO_SOURCE, ODOO_DEB or Debian's archive; PG* "
        "variables name a PostgreSQL server of yours; EMULATION_HOME is the folder "
        "for all that is set up.",
    )
    parser.add_argument("--port", type=int, default=8069, help="default: 8069")
    parser.add_argument("--db", metavar="NAME", help="database, one per checkout")
    parser.add_argument("--no-demo", action="store_true", help="no demo data")
    parser.add_argument(
        "--reset", action="store_true", help="delete the database and begin anew"
    )
    return parser


def _default_name(options):
    return f"emulation_{CHECKOUT_KEY}{'_plain' if options.no_demo else ''}"


def _check_port(port):
    with contextlib.closing(socket.socket()) as probe:
        # as the server itself does, lest a connection that just ended count
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            raise Failure(f"port {port} is in use; choose another --port.") from None


def _bring_up_to_date(runner, name, demo):
    """Create the database, or update the addon in it when the code has changed."""
    code = addon_fingerprint()
    log = LOGS / f"{name}.log"
    if name not in runner.server.databases():
        template = runner.template(demo)
        building = f"{name}_building"
        with step(f"creating the database {name}"):
            runner.server.clone(template, building)
            runner.install(building, [ADDON], log)
            runner.server.rename(building, name)
    elif runner.server.recall(name).get("code") != code:
        with step(f"updating the addon in the database {name}"):
            runner.update(name, log)
    else:
        return
    runner.server.remember(name, {"code": code})


def _serve(runner, name, port):
    command = runner.command(
        *("server", "-d", name, "--db-filter", f"^{name}$"),
        *("--http-port", port, "--log-level=warn"),
    )
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        env=runner.variables(),
        start_new_session=True,
        preexec_fn=console.end_with_parent,
    )
    try:
        with step("starting the server"):
            _await_login(process, port)
        _greet(runner.server, name, port)
        if code := process.wait():
            raise Failure(f"Odoo ended with code {code}; its last words are above.")
    except KeyboardInterrupt:
        say("\nstopping")
    finally:
        console.stop(process)


def _await_login(process, port):
    # The first page builds the style sheets and takes its time.
    while process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            page = f"http://{ADDRESS}:{port}/web/login"
            with urllib.request.urlopen(page, timeout=120):
                return
        time.sleep(0.3)
    raise Failure("Odoo did not start; its last words are above.")


def _greet(server, name, port):
    rows = [["admin", "admin", "Administrator", "everything"]]
    for login, person, groups in server.sql(LOGINS, name):
        rows.append([login, login, person, groups])
    heads = ["login", "password", "name", "role"]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(4)]
    say()
    for row in [heads, *rows]:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say(f"  {'  '.join(cells)}".rstrip())
    say()
    say(f"Odoo is at http://{ADDRESS}:{port} (Ctrl-C stops it)")
