"""Closing a session: sheets of all members become results, against Python alone.

Goal: at most twice the bare computation of the same sheets, plus one write a batch.
"""

import cProfile
import os
import pstats
import random
import time

import generate

from odoo.fields import Command, Date
from odoo.tools import SQL

from odoo.addons.emulation.tools import scoring

DOSSIERS = 1000
MEMBERS = 9
CRITERIA = 5


def run(env, units, initiatives):
    """Close a session of 1,000 dossiers × 9 sheets × 5 criteria."""
    session, secretary = _sitting(env, min(DOSSIERS, initiatives))
    sheets, rules = _as_pure(session)
    start = time.perf_counter()
    for one in sheets.values():
        scoring.evaluate(one, rules)
    bare = time.perf_counter() - start
    env.flush_all()
    env.invalidate_all()
    kept = session.with_user(secretary)
    declare = kept.action_declare_interests()["res_id"]
    env["emulation.interest.declare"].with_user(secretary).browse(
        declare
    ).action_confirm()
    env.flush_all()
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.perf_counter()
    profile = cProfile.Profile() if os.environ.get("BENCH_PROFILE") else None
    if profile:
        profile.enable()
    kept.action_close()
    env.flush_all()
    if profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
    closed = time.perf_counter() - start
    queries = env.cr.sql_log_count - before
    results = env["emulation.verdict"].search_count([("session_id", "=", session.id)])
    count = f"{len(sheets)} dossiers × {MEMBERS} sheets × {CRITERIA} criteria"
    yield f"computed in Python alone: {count}", bare, "s"
    yield f"session closed, {results} results frozen", closed, "s"
    yield "closing", queries, "queries"
    yield "close : bare computation", closed / bare, "times"


def _as_pure(session):
    """Return the sheets of each dossier as the scoring law knows them."""
    rules = session.evaluation_ids.rubric_id._as_rules(session.regulation_id)
    sheets = {}
    for evaluation in session.evaluation_ids:
        sheets[evaluation.id] = [
            scoring.Sheet(
                number,
                {
                    line.criterion_id.code: scoring.to_decimal(line.points)
                    for line in sheet.line_ids
                },
            )
            for number, sheet in enumerate(evaluation.sheet_ids, start=1)
        ]
    return sheets, rules


def _sitting(env, dossiers):
    """Return a session in which everybody is there and has handed in all sheets."""
    tree = generate.units(env, 20)
    generate.open_initiatives(env, tree.ids, dossiers)
    drafts = env["emulation.initiative"].search([], limit=dossiers)
    members = [
        generate.user(env, f"bench_member_{number}", "council", tree[0])
        for number in range(MEMBERS)
    ]
    secretary = generate.user(env, "bench_secretary", "council", tree[0])
    council = _council(env, tree[0], members, secretary)
    rnd = drafts.round_id
    session = env["emulation.session"].create(
        {"name": "Bench", "council_id": council.id, "round_id": rnd.id}
    )
    session.attendance_ids.write({"status": "present"})
    rubric = _rubric(env)
    env["emulation.evaluation"].create(
        [
            {
                "initiative_id": one.id,
                "round_id": rnd.id,
                "state": "scoring",
                "session_id": session.id,
            }
            for one in drafts
        ]
    )
    env.flush_all()
    env.cr.execute("UPDATE emulation_initiative SET state = 'in_appraisal'")
    env.cr.execute(SQL("UPDATE emulation_evaluation SET rubric_id = %s", rubric.id))
    env.cr.execute(SQL("UPDATE emulation_session SET state = 'scoring'"))
    _hand_in(env, session)
    env.invalidate_all()
    return session, secretary


def _council(env, unit, members, secretary):
    seats = [
        {"user_id": user.id, "role": "chair" if number == 0 else "member"}
        for number, user in enumerate(members)
    ]
    seats.append({"user_id": secretary.id, "role": "secretary", "is_scoring": False})
    council = env["emulation.council"].create(
        {
            "name": "Bench",
            "unit_id": unit.id,
            "date_start": "2020-01-01",
            "decision_reference": "1/QĐ",
            "member_ids": [Command.create(seat) for seat in seats],
        }
    )
    council.action_put_in_force()
    return council


def _rubric(env):
    """Return a rubric in force of five criteria of 20 points."""
    rubric = env.ref("emulation.rubric_initiative").copy(
        {"code": "BENCH", "date_start": Date.today()}
    )
    rubric.criterion_ids.unlink()
    rubric.criterion_ids = [
        Command.create({"code": f"C{number}", "name": f"C{number}", "max_points": 20})
        for number in range(CRITERIA)
    ]
    rubric.action_put_in_force()
    return rubric


def _hand_in(env, session):
    """Write one sheet per dossier and member, with points in steps of a quarter."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO emulation_scoresheet (
                evaluation_id, member_id, user_id, session_id, company_id, state,
                date_submitted, create_date)
            SELECT evaluation.id, member.id, member.user_id, evaluation.session_id,
                   evaluation.company_id, 'submitted', NOW() AT TIME ZONE 'UTC', NOW()
              FROM emulation_evaluation AS evaluation
             CROSS JOIN emulation_council_member AS member
             WHERE evaluation.session_id = %s AND member.is_scoring
               AND member.council_id = %s
            """,
            session.id,
            session.council_id.id,
        )
    )
    env.cr.execute(SQL("SELECT SETSEED(%s)", random.Random(9).random()))
    env.cr.execute(
        SQL(
            """
            INSERT INTO emulation_scoresheet_line (
                sheet_id, company_id, user_id, criterion_id, sequence, points,
                is_scored)
            SELECT sheet.id, sheet.company_id, sheet.user_id, criterion.id,
                   criterion.sequence, FLOOR(RANDOM() * 41 + 40) / 4, TRUE
              FROM emulation_scoresheet AS sheet
              JOIN emulation_evaluation AS evaluation
                ON evaluation.id = sheet.evaluation_id
              JOIN emulation_rubric_criterion AS criterion
                ON criterion.rubric_id = evaluation.rubric_id
             WHERE sheet.session_id = %s
            """,
            session.id,
        )
    )
    env.cr.execute(
        """
        UPDATE emulation_scoresheet AS sheet
           SET total = (SELECT SUM(points) FROM emulation_scoresheet_line
                         WHERE sheet_id = sheet.id)
        """
    )
