"""The public check page against Odoo's own login page. Goal: at least as fast."""

import statistics
import time

from bench_certificates import issue
from werkzeug.test import Client

from odoo.http import root

REPEATS = 400


def run(env, units, initiatives):
    """Ask both pages in turn, as visitors without a session."""
    certificate = issue(env, 1)
    parameters = env["ir.config_parameter"]
    # the visitor of the bench tries thousands of codes
    parameters.set_param("emulation.check_misses", "0")
    env.cr.commit()
    pages = {
        "login page": "/web/login",
        "certificate found": f"/emulation/check/{certificate.code}",
        "code unknown": "/emulation/check/ABCD-EFGH-JKMN-PQRS-TWXY-Z234-5678",
        "code malformed": "/emulation/check/khong-phai-ma",
    }
    client = Client(root, use_cookies=False)
    for path in pages.values():
        for _warm in range(5):
            _seconds(client, path)
    # in turns: a busy moment of the machine falls on every page alike
    rounds = [
        {name: _seconds(client, path) for name, path in pages.items()}
        for _repeat in range(REPEATS)
    ]
    for name in pages:
        middle = statistics.median(one[name] for one in rounds)
        yield f"{name}: requests in a second", 1 / middle, ""
    for name, other in (
        ("certificate found", "login page"),
        ("code unknown", "code malformed"),
    ):
        ratio = statistics.median(one[other] / one[name] for one in rounds)
        yield f"{name} : {other}", ratio, "times"


def _seconds(client, path):
    """Return the time of one request, as the browser of a Vietnamese phone asks."""
    start = time.perf_counter()
    response = client.get(
        path, headers={"Accept-Language": "vi-VN,vi;q=0.9"}, follow_redirects=True
    )
    spent = time.perf_counter() - start
    if response.status_code not in (200, 404):
        raise ValueError(f"{path} answers {response.status_code}")
    return spent
