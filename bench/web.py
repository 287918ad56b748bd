"""A server with worker processes, and browsers that are logged in to it."""

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

WORKERS = 4
PATIENCE = 90
PASSWORD = "bench-password"


class Browser:
    """A browser of one user: logged in, calling over a connection of its own."""

    def __init__(self, address, database, login):
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._call(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": PASSWORD},
        )

    def call(self, model, method, *args):
        """Call a public method as the web client does.

        :raises ValueError: with the message that the user would read
        """
        return self._call(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": {}},
        )

    def _call(self, path, params):
        request = urllib.request.Request(
            self.address + path,
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=PATIENCE) as response:
            answer = json.load(response)
        if "error" in answer:
            raise ValueError(answer["error"]["data"]["message"])
        return answer["result"]


@contextlib.contextmanager
def server(database):
    """Run a server with worker processes on the database; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "odoo", "server", "-c", sys.argv[1], "-d", database),
        *("--workers", str(WORKERS), "--max-cron-threads", "0"),
        *("--http-interface", "127.0.0.1", "--http-port", str(port)),
        *("--gevent-port", "0", "--log-level", "error", "--db-filter", database),
    ]
    process = subprocess.Popen(command)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(process, f"{address}/web/health")
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _await(process, address):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.5)
    raise TimeoutError("the server with worker processes did not answer")
