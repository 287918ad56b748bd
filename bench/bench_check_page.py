"""The public check page against Odoo's own login page. Goal: at least as fast."""

import time

from bench_certificates import issue
from werkzeug.test import Client

from odoo.http import root

SECONDS = 6


def run(env, units, initiatives):
    """Ask both pages in turn, as visitors without a session, for some seconds."""
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
    rates = {name: _rate(path) for name, path in pages.items()}
    for name, rate in rates.items():
        yield f"{name}: requests in a second", rate, ""
    login = rates["login page"]
    yield "certificate found : login page", rates["certificate found"] / login, "times"
    unknown, malformed = rates["code unknown"], rates["code malformed"]
    yield "code unknown : code malformed", unknown / malformed, "times"


def _rate(path):
    client = Client(root, use_cookies=False)
    expected = {200, 404}
    for _warm in range(5):
        status = client.get(path, follow_redirects=True).status_code
        if status not in expected:
            raise ValueError(f"{path} answers {status}")
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        client.get(path)
        count += 1
    return count / (time.perf_counter() - start)
