"""Fifty papers of one series are signed at once, through four worker processes.

Goals: numbers 1 … 50, none missing and none twice, dates in order; a paper whose
button is pressed twice at the same moment is signed once. Whoever meets another
signature is told to try again in a few seconds, and does.
"""

import threading
import time

import generate
from web import PASSWORD, Browser, server

from odoo.fields import Command, Date

PAPERS = 50
SIGNERS = 10
# how often somebody presses the button again before giving up
PRESSES = 200
BUSY = "is being signed at"
DONE = "cannot become"


def run(env, _units, _initiatives):
    """Draft the papers, sign all of them at once, each by two presses."""
    unit = generate.units(env, 1)
    unit.document_symbol = "BENCH"
    logins = [f"bench_signer_{number}" for number in range(SIGNERS)]
    for login in logins:
        generate.user(env, login, "manager", unit).password = PASSWORD
    papers = _draft(env, unit)
    env.cr.commit()
    with server(env.cr.dbname) as address:
        signers = [Signer(address, env.cr.dbname, login) for login in logins]
        start = time.perf_counter()
        threads = [
            threading.Thread(target=signers[number % SIGNERS].sign, args=(paper,))
            for paper in papers.ids
            # twice the same paper, by two people
            for number in (paper, paper + 1)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - start
    yield f"{PAPERS} papers signed at once, each twice", seconds, "seconds"
    yield "signatures", PAPERS / seconds, "a second"
    counts = {
        name: sum(getattr(signer, name) for signer in signers)
        for name in ("signed", "again", "late")
    }
    yield "told that another is being signed", counts["again"], "times"
    yield "second presses refused", counts["late"], "times"
    errors = [error for signer in signers for error in signer.errors]
    env.cr.rollback()
    env.invalidate_all()
    numbers = sorted(papers.mapped("number"))
    wrong = (
        len(set(range(1, PAPERS + 1)) ^ set(numbers)) + len(numbers) - len(set(numbers))
    )
    yield "numbers missing or twice", wrong, "numbers"
    yield "errors that reached a signer", len(errors), "errors"
    if wrong or errors:
        raise AssertionError(errors[:3] or f"{counts}, {numbers}")


def _draft(env, unit):
    kind = env["emulation.document.kind"].search([("code", "=", "QĐ")])
    issuer = {"unit_id": unit.id, "position": "CHỦ TỊCH", "signer_name": "Người Ký"}
    return env["emulation.document"].create(
        [
            {
                "kind_id": kind.id,
                "unit_id": unit.id,
                "subject": f"Về việc thử {number}",
                "body": "<p>Điều 1. Nội dung.</p>",
                "date_signed": Date.today(),
                "issuer_ids": [Command.create(issuer)],
            }
            for number in range(PAPERS)
        ]
    )


class Signer(Browser):
    """Somebody who presses Sign until the paper is signed."""

    def __init__(self, address, database, login):
        super().__init__(address, database, login)
        self.signed = self.again = self.late = 0
        self.errors = []
        self.lock = threading.Lock()

    def sign(self, paper):
        """Press the button until the paper is signed, by whomever."""
        for _press in range(PRESSES):
            answer = self._press(paper)
            with self.lock:
                if answer == "busy":
                    self.again += 1
                    continue
                if answer == "signed":
                    self.signed += 1
                elif answer == "late":
                    self.late += 1
                else:
                    self.errors.append(answer)
                return
        self.errors.append(f"paper {paper} was never signed")

    def _press(self, paper):
        try:
            self.call("emulation.document", "action_sign", [paper])
        except (OSError, ValueError) as error:
            # a hundred at once are more than the server's queue of connections takes
            refused = isinstance(getattr(error, "reason", error), ConnectionError)
            if refused or BUSY in str(error):
                time.sleep(0.2)
                return "busy"
            return "late" if DONE in str(error) else str(error)
        return "signed"
