"""Twenty members save points at once, through four worker processes and real HTTP.

Goals: nothing lost, no error reaches a member, and at least as many saves a second as
the same saves one after another.
"""

import threading
import time
import urllib.error

import generate
from web import PASSWORD, Browser, server

from odoo.fields import Command
from odoo.tools import SQL

MEMBERS = 20
DOSSIERS = 6


def run(env, _units, _initiatives):
    """Hand out sheets, then fill all of them in, at once and one after another."""
    session = _open_session(env)
    jobs = {
        user.login: [
            (sheet.id, line.id, line.max_points)
            for sheet in session.evaluation_ids.sheet_ids
            if sheet.user_id == user
            for line in sheet.line_ids
        ]
        for user in session.evaluation_ids.sheet_ids.user_id
    }
    env.cr.commit()
    count = sum(len(lines) for lines in jobs.values())
    with server(env.cr.dbname) as address:
        members = {login: Member(address, env.cr.dbname, login) for login in jobs}
        yield f"saves of {len(members)} members", count, "saves"
        # every worker has loaded what it needs before anything is timed
        _at_once(members, {login: lines[:1] for login, lines in jobs.items()}, 1)
        apart = _one_after_another(members, jobs, 2)
        yield "one after another", count / apart, "saves a second"
        before = _conflicts(env)
        together = _at_once(members, jobs, 3)
        yield "all at once", count / together, "saves a second"
        yield "throughput, at once : one after another", apart / together, "times"
        yield (
            "updates that the database refused, sent again",
            _conflicts(env) - before,
            "times",
        )
    slowest = sorted(wait for member in members.values() for wait in member.waits)
    yield "slowest twentieth of the saves at once", slowest[-count // 20] * 1000, "ms"
    errors = [error for member in members.values() for error in member.errors]
    yield "errors that reached a member", len(errors), "errors"
    lost = _count_lost(env, jobs)
    yield "entries lost", lost, "entries"
    if errors or lost:
        raise AssertionError(errors[:3] or "entries were lost")


class Member(Browser):
    """A browser of one member, saving the entries of a score sheet."""

    def __init__(self, address, database, login):
        super().__init__(address, database, login)
        self.errors, self.waits, self.stands = [], [], {}

    def save(self, sheet, line, points):
        """Save one entry as the score sheet on the screen does."""
        start = time.perf_counter()
        seen = self.stands.get(line, False)
        try:
            answer = self.call(
                "emulation.scoresheet", "enter", [sheet], "points", points, seen, line
            )
        except (urllib.error.URLError, ValueError) as error:
            self.errors.append(str(error))
            return
        if not answer["is_saved"]:
            self.errors.append(f"line {line} holds {answer['value']}, not {seen}")
        self.stands[line] = answer["value"]
        self.waits.append(time.perf_counter() - start)


def _points(line, most, turn):
    """Return points for a line, different in each turn and within its maximum."""
    return (line * 7 + turn) % int(most)


def _fill(member, lines, turn):
    for sheet, line, most in lines:
        member.save(sheet, line, _points(line, most, turn))


def _one_after_another(members, jobs, turn):
    start = time.perf_counter()
    for login, lines in jobs.items():
        _fill(members[login], lines, turn)
    return time.perf_counter() - start


def _at_once(members, jobs, turn):
    """Let all members save at once; return the seconds until the last is done."""
    for member in members.values():
        member.waits.clear()
    threads = [
        threading.Thread(target=_fill, args=(members[login], lines, turn))
        for login, lines in jobs.items()
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


def _count_lost(env, jobs):
    env.cr.rollback()
    env.invalidate_all()
    expected = {
        line: _points(line, most, 3)
        for lines in jobs.values()
        for _sheet, line, most in lines
    }
    found = env["emulation.scoresheet.line"].browse(expected)
    lost = found.filtered(lambda one: one.points != expected[one.id])
    sheets = found.sheet_id
    wrong = sheets.filtered(
        lambda one: round(one.total - sum(one.line_ids.mapped("points")), 2)
    )
    return len(lost) + len(wrong)


def _conflicts(env):
    """Return how often the database has rolled a transaction back."""
    env.cr.rollback()
    env.cr.execute(
        "SELECT pg_stat_clear_snapshot(), xact_rollback FROM pg_stat_database"
        " WHERE datname = current_database()"
    )
    return env.cr.fetchone()[1]


def _open_session(env):
    """Open a session of a council of twenty on six dossiers."""
    units = generate.units(env, 10)
    generate.open_initiatives(env, units.ids, DOSSIERS)
    initiatives = env["emulation.initiative"].search([], limit=DOSSIERS)
    author = env["res.partner"].create({"name": "Bench"})
    whole = Command.create({"partner_id": author.id, "share": 100})
    initiatives.write({"author_ids": [whole]})
    _set_state(env, initiatives, "endorsed")
    evaluations = env["emulation.evaluation"]._receive(initiatives)
    _set_state(env, initiatives, "eligible")
    _set_state(env, evaluations, "eligible")
    council = _create_council(env, units[0])
    session = env["emulation.session"].create(
        {
            "name": "Bench",
            "council_id": council.id,
            "round_id": initiatives.round_id.id,
        }
    )
    evaluations._schedule(session)
    session.action_open()
    # nobody has an interest in what was generated
    session.evaluation_ids.sheet_ids.write({"is_sealed": False})
    return session


def _set_state(env, records, state):
    """Let generated records be where their papers would have brought them."""
    env.flush_all()
    env.cr.execute(
        SQL(
            "UPDATE %s SET state = %s WHERE id = ANY(%s)",
            SQL.identifier(records._table),
            state,
            records.ids,
        )
    )
    env.invalidate_all()


def _create_council(env, unit):
    users = [
        generate.user(env, f"bench_member_{number}", "council")
        for number in range(MEMBERS + 1)
    ]
    for user in users:
        user.password = PASSWORD
    council = env["emulation.council"].create(
        {
            "name": "Bench",
            "unit_id": unit.id,
            "date_start": "2020-01-01",
            "decision_reference": "1/QĐ",
            "member_ids": [
                Command.create({"user_id": user.id, **seat})
                for user, seat in zip(
                    users,
                    [
                        {"role": "secretary", "is_scoring": False},
                        {"role": "chair"},
                        *({"role": "member"} for _number in range(MEMBERS - 1)),
                    ],
                    strict=True,
                )
            ],
        }
    )
    council.action_put_in_force()
    return council
