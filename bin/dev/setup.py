"""From a bare machine to a running server of databases and an Odoo to use it."""

import contextlib

from . import cluster, odoo, source, system, venv
from .database import Server
from .paths import ensure_state


@contextlib.contextmanager
def ready(testing=False):
    """Set up what is missing; give an Odoo runner for as long as it is used.

    :param testing: also what only the test suite needs (a browser)
    """
    ensure_state()
    system.ensure(testing)
    tree = source.ensure()
    python = venv.ensure()
    odoo.link_checkout()
    with cluster.session() as variables:
        yield odoo.Runner(tree, python, Server(variables))
