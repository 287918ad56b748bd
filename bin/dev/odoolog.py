"""Reading Odoo's log: test counts, failures, and warnings that are ours."""

import re
from dataclasses import dataclass, field

from .paths import CHECKOUT

ALLOWED = CHECKOUT / "bin/log-allow.txt"
ENTRY = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ "
    r"(?P<logger>\S+): (?P<text>.*)$"
)
COUNTS = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
#: loggers and texts that repeat what the counts already say
REPORTS = re.compile(r"^(FAIL|ERROR): |^\d+ failed, |^Module \S+: \d+ failures")


@dataclass
class OdooLog:
    """What a run of Odoo said, as far as it matters to the suite."""

    tests: int = 0
    failed: int = 0
    skipped: list = field(default_factory=list)
    failures: list = field(default_factory=list)
    warnings: list = field(default_factory=list)


def read_log(path):
    """Parse a log file; see `OdooLog`."""
    log = OdooLog()
    allowed = _allowed()
    for level, text in _entries(path):
        if found := COUNTS.match(text):
            log.failed += int(found[1]) + int(found[2])
            log.tests += int(found[3])
        elif level == "INFO" and text.startswith("skipped "):
            log.skipped.append(text.splitlines()[0])
        elif level in ("WARNING", "ERROR", "CRITICAL"):
            if text.startswith(("FAIL: ", "ERROR: ")):
                log.failures.append(text)
            elif not REPORTS.match(text) and not any(
                pattern.search(text) for pattern in allowed
            ):
                log.warnings.append(f"{level} {text}")
    return log


def _entries(path):
    """Level and text of each entry, with the lines that follow it."""
    level, lines = "", []
    with open(path, errors="replace") as stream:
        for line in stream:
            if found := ENTRY.match(line):
                yield level, "\n".join(lines)
                level, lines = found["level"], [found["text"]]
            else:
                lines.append(line.rstrip("\n"))
    yield level, "\n".join(lines)


def _allowed():
    lines = ALLOWED.read_text().splitlines()
    texts = [line for line in lines if line.strip() and not line.startswith("#")]
    return [re.compile(text) for text in texts]
