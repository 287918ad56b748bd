"""One paper, and an annex of 2,000 rows: seconds, memory, and what the addon adds.

The ratio is to WeasyPrint alone on the very HTML that the addon gives it: at most 1.3.
"""

import resource
import time

import generate

from odoo.fields import Command

from odoo.addons.emulation.tools import weasy

ROWS = 2000
REPORT = "emulation.report_document"


def run(env, _units, _initiatives):
    """Print a paper of one page, then one with a long table behind it."""
    unit = generate.units(env, 1)
    unit.document_symbol = "BENCH"
    short, long = _draft(env, unit, 0), _draft(env, unit, ROWS)
    short._print_pdf()  # fonts and templates are loaded once
    yield from _measure(env, short, "a paper of one page", 5)
    yield from _measure(env, long, f"an annex of {ROWS:,} rows", 1)
    start = time.perf_counter()
    long.action_sign()
    yield f"signing it with {ROWS:,} rows", time.perf_counter() - start, "seconds"
    # kilobytes on Linux
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield "most memory of the process", peak, "MB"


def _measure(env, paper, label, times):
    report = env["ir.actions.report"]
    text = report._render_qweb_html(REPORT, paper.ids, data={"report_type": "pdf"})[0]
    alone = _seconds(times, weasy.to_pdf, text.decode(), report._read_for_report)
    whole = _seconds(times, paper._print_pdf)
    yield f"{label}: by WeasyPrint alone", alone, "seconds"
    yield f"{label}: by the addon", whole, "seconds"
    yield f"{label}: addon : WeasyPrint", whole / alone, "times"


def _seconds(times, function, *args):
    start = time.perf_counter()
    for _time in range(times):
        function(*args)
    return (time.perf_counter() - start) / times


def _draft(env, unit, rows):
    kind = env["emulation.document.kind"].search([("code", "=", "QĐ")])
    issuer = {"unit_id": unit.id, "position": "CHỦ TỊCH", "signer_name": "Người Ký"}
    cells = "".join(
        f"<tr><td>{number}</td><td>Sáng kiến cải tiến số {number} của phong trào</td>"
        f"<td>Nguyễn Văn {number}</td><td>Đơn vị {number % 40}</td></tr>"
        for number in range(1, rows + 1)
    )
    head = "<th>STT</th><th>Tên</th><th>Tác giả</th><th>Đơn vị</th>"
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>"
    annexes = [Command.create({"title": "Danh sách", "body": table})] if rows else []
    return env["emulation.document"].create(
        {
            "kind_id": kind.id,
            "unit_id": unit.id,
            "subject": "Về việc công nhận sáng kiến",
            "body": "<p>Điều 1. Nội dung của quyết định được thử nghiệm.</p>" * 6,
            "issuer_ids": [Command.create(issuer)],
            "annex_ids": annexes,
        }
    )
