"""The calls of every day on initiatives, beside tasks and leads of the same number.

Goals (ratios in one run): list at most 0.25 of the tasks and 0.9 of the leads; kanban,
search and form at most 1.0 of the leads; creating 100 at most 0.25 of the leads; an
officer's list at most 2.5, group and pivot at most 0.35 of the whole jurisdiction's.
Meant for a million: ``bin/bench bench_million --initiatives 1000000``.
"""

import statistics
import time

import generate
import peers
from lxml import etree

from odoo.fields import Command

PEERS = ("project", "crm")
PAGE = 80
REPEATS = 8
RATIOS = (
    ("initiatives : tasks", "initiatives", "tasks"),
    ("initiatives : leads", "initiatives", "leads"),
    ("officer : whole jurisdiction", "officer", "initiatives"),
)
VIEWS_OF_LINES = ("list", "kanban")
CALLS = ("list", "kanban", "pivot", "group", "search", "form", "create 100")


def run(env, units, initiatives):
    """Time each call as an ordinary user of each application."""
    tree = generate.units(env, units)
    generate.initiatives(env, tree.ids, initiatives)
    env["emulation.round"].search([("code", "=", "BENCH")]).action_open()
    people = {
        "initiatives": generate.user(env, "bench_all", "movement", tree[0]),
        "officer": generate.user(env, "bench_middle", "officer", tree[5]),
        "tasks": peers.tasks(env, initiatives),
        "leads": peers.leads(env, initiatives),
    }
    env.cr.commit()
    models = {"tasks": TaskCalls, "leads": LeadCalls}
    callers = {
        name: models.get(name, InitiativeCalls)(_get_env(env, user), tree[5])
        for name, user in people.items()
    }
    for call in CALLS:
        # in turns: a busy moment of the machine falls on everybody alike
        rounds = [
            {name: one.measure(call) for name, one in callers.items()}
            for _repeat in range(REPEATS)
        ][1:]
        for name in callers:
            seconds = statistics.median(one[name][0] for one in rounds)
            queries = rounds[-1][name][1]
            yield f"{name}: {call} ({queries} queries)", seconds * 1000, "ms"
        for what, mine, other in RATIOS:
            ratio = statistics.median(one[mine][0] / one[other][0] for one in rounds)
            yield f"{call}, {what}", ratio, "times"


def _get_env(env, user):
    """Return what the user's client asks in: with its language and time zone."""
    return env(user=user, su=False, context=dict(user.with_user(user).context_get()))


class Calls:
    """The calls of the web client on one model.

    :param env: of the user who calls
    :param unit: a unit the user may enter records for
    """

    model = ""
    state = "stage_id"
    groups = ()
    word = ""

    def __init__(self, env, unit):
        self.env = env
        self.unit = unit
        self.records = env[self.model]
        # a client asks for a view once and keeps it: not part of what is timed
        self._columns = self._specification("list")
        self._cards = self._specification("kanban")
        self._whole = self._specification("form")

    def measure(self, call):
        """Return the time of a call with an empty cache, and its queries."""
        method = getattr(self, call.split()[0])
        self.env.invalidate_all()
        before, start = self.env.cr.sql_log_count, time.perf_counter()
        method()
        self.env.flush_all()
        spent = time.perf_counter() - start
        return spent, self.env.cr.sql_log_count - before

    def list(self):
        return self._page([])

    def kanban(self):
        return self.records.web_read_group(
            [], [self.state], ["__count"], auto_unfold=True,
            unfold_read_specification=self._cards, unfold_read_default_limit=20,
        )  # fmt: skip

    def pivot(self):
        sets = [[], [self.groups[0]], [*self.groups]]
        return self.records.formatted_read_grouping_sets([], sets, ["__count"])

    def group(self):
        return self.records.formatted_read_group([], [*self.groups], ["__count"])

    def search(self):
        return self._page(self._find(self.word))

    def form(self):
        record = self.records.search([], limit=1)
        return record.web_read(self._whole)

    def create(self):
        with self.env.cr.savepoint() as savepoint:
            self.records.create([self._values(number) for number in range(100)])
            self.env.flush_all()
            savepoint.rollback()

    def _page(self, domain):
        return self.records.web_search_read(
            domain, self._columns, limit=PAGE, count_limit=10001
        )

    def _specification(self, kind):
        """Return what the web client asks the server for to show a view."""
        found = self.records.get_views([(False, kind)])
        arch = etree.fromstring(found["views"][kind]["arch"])
        return _ask_for(arch, self.model, found["models"])

    def _find(self, word):
        return [("name", "ilike", word)]

    def _values(self, number):
        return {"name": f"Mới {number}"}


def _ask_for(view, model, models):
    """Return what the client asks of the fields of ``view``, as ``getFieldsSpec`` does.

    Of a record that is linked by its name; of the lines of a list what its columns
    show; of what is never shown neither: Odoo adds such fields where a domain or a
    condition of the view needs their value.
    """
    asked = {}
    for node in view.iterfind(".//field"):
        inside = next(node.iterancestors("field", view.tag), view)
        name = node.get("name")
        if inside is not view and inside.tag == "field":
            continue
        field = models[model]["fields"][name]
        lines = next((child for child in node if child.tag in VIEWS_OF_LINES), None)
        if not field["type"].endswith(("2one", "2many")):
            asked[name] = {}
        elif not _is_shown(node):
            unnamed = {"fields": {}} if field["type"] == "many2one" else {}
            asked.setdefault(name, unnamed)
        elif lines is None:
            asked[name] = {"fields": {"display_name": {}}}
        else:
            asked[name] = {"fields": _ask_for(lines, field["relation"], models)}
    return asked


def _is_shown(node):
    never = ("True", "1")
    return node.get("invisible") not in never and (
        node.get("column_invisible") not in never
    )


class TaskCalls(Calls):
    model = "project.task"
    groups = ("stage_id", "priority")
    word = "số 47 12347"

    def __init__(self, env, unit):
        super().__init__(env, unit)
        self.project = env["project.project"].search([("name", "=", "Bench")])

    def _values(self, number):
        return {**super()._values(number), "project_id": self.project.id}


class LeadCalls(Calls):
    model = "crm.lead"
    groups = ("stage_id", "priority")
    word = "số 47 12347"

    def _find(self, word):
        names = ("partner_name", "email_from", "contact_name", "name")
        return ["|"] * 3 + [(name, "ilike", word) for name in names]


class InitiativeCalls(Calls):
    model = "emulation.initiative"
    state = "state"
    groups = ("field_id", "state")
    word = "số 12347"

    def __init__(self, env, unit):
        super().__init__(env, unit)
        self.authors = env["res.partner"].create([{"name": "Một"}, {"name": "Hai"}])
        # looked up before the clock runs: it is not what creating costs
        self.links = {
            "unit_id": unit.id,
            "round_id": env["emulation.round"]
            .search([("state", "=", "open")], limit=1)
            .id,
            "kind_id": generate.any_of(env, "emulation.initiative.kind").id,
            "field_id": generate.any_of(env, "emulation.field").id,
            "theme_id": generate.any_of(env, "emulation.theme").id,
        }

    def _find(self, word):
        return [("display_name", "ilike", word)]

    def _values(self, number):
        return {
            **super()._values(number),
            **self.links,
            "author_ids": [
                Command.create({"partner_id": author.id, "share": 50})
                for author in self.authors
            ],
        }
