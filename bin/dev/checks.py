"""Results of checks, and the verdict that ends every run of them."""

import time
from dataclasses import dataclass, field

from .console import duration, say


@dataclass
class Result:
    """One stage: how many checks passed and failed, and what went wrong."""

    title: str
    passed: int = 0
    failed: int = 0
    problems: list = field(default_factory=list)
    note: str = ""

    def fail(self, problem):
        """Count one failed check."""
        self.failed += 1
        self.problems.append(problem)

    def check(self, problem):
        """Count one check: passed when there is no problem to tell."""
        if problem:
            self.fail(problem)
        else:
            self.passed += 1


def single(title, problem):
    """Show and return the result of one check."""
    result = Result(title)
    result.check(problem)
    return show(result)


def show(result):
    """Print a stage's outcome and problems; return it."""
    mark = "FAILED" if result.failed else "ok"
    counts = f"{result.passed} passed, {result.failed} failed"
    say(f"    {mark}: {result.title}: {counts}{result.note}")
    for problem in result.problems:
        say("      " + problem.strip().replace("\n", "\n      "))
    return result


def verdict(results, start):
    """Print the one-line verdict and the counts; return the exit code.

    :param start: `time.monotonic()` when the run began
    """
    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    good = passed and not failed
    bad = ", ".join(result.title for result in results if result.failed)
    outcome = "All good" if good else f"Not good ({bad or 'nothing was checked'})"
    say()
    say(f"{outcome}: {passed + failed} checks in {duration(time.monotonic() - start)}")
    say(f"{passed} passed, {failed} failed")
    return 0 if good else 1
