"""Databases and their filestores: cloning, dropping, and what they remember."""

import json
import subprocess

from . import cluster
from .console import Failure, run
from .paths import LOGS, STATE, remove
from .venv import environment

#: Odoo's data folder, shared by all databases: a filestore each
DATA_DIR = STATE / "data"


class Server:
    """A PostgreSQL server as `psql` and Odoo reach it.

    :param variables: environment variables that name it
    """

    def __init__(self, variables):
        self.variables = variables

    def sql(self, statement, database="postgres"):
        """Run one statement and return its rows as lists of texts."""
        command = [_psql(), "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        result = subprocess.run(
            [*command, "-d", database, "-c", statement],
            check=False,
            capture_output=True,
            text=True,
            env=environment(**self.variables),
        )
        if result.returncode:
            raise Failure(f"PostgreSQL refused: {result.stderr.strip()}")
        return [line.split("\t") for line in result.stdout.splitlines()]

    def databases(self):
        """Names of all databases of the server."""
        return {row[0] for row in self.sql("SELECT datname FROM pg_database")}

    def drop(self, name):
        """Delete a database, whoever is connected, and its filestore."""
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        remove(DATA_DIR / "filestore" / name)

    def clone(self, template, name):
        """Copy a database with its filestore."""
        self.drop(name)
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        source = DATA_DIR / "filestore" / template
        if source.exists():
            # Files of a filestore are never changed, so that links are enough.
            target = DATA_DIR / "filestore" / name
            if run(["cp", "-al", source, target], LOGS / "clone.log"):
                raise Failure(f"the files of {template} could not be copied.")

    def rename(self, old, new):
        """Give a finished database its name: the step that makes it count."""
        source = DATA_DIR / "filestore" / old
        remove(DATA_DIR / "filestore" / new)
        if source.exists():
            source.rename(DATA_DIR / "filestore" / new)
        self.sql(f'ALTER DATABASE "{old}" RENAME TO "{new}"')

    def remember(self, name, facts):
        """Keep facts about a database as its comment."""
        text = json.dumps(facts).replace("'", "''")
        self.sql(f"COMMENT ON DATABASE \"{name}\" IS '{text}'")

    def recall(self, name):
        """Facts that `remember` kept, empty when there are none."""
        [[text]] = self.sql(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '{}') "
            f"FROM pg_database WHERE datname = '{name}'"
        )
        return json.loads(text) if text.startswith("{") else {}


def _psql():
    folder = cluster.programs()
    return folder / "psql" if folder and (folder / "psql").exists() else "psql"
