"""A hundred certificates in one file, against WeasyPrint alone on the same HTML.

Goals: at most 1.3 times WeasyPrint alone; a hundred at most 25 times one.
"""

import resource
import time

from weasyprint import HTML

from odoo.fields import Command

COUNT = 100
REPORT = "emulation.report_certificate"


def run(env, units, initiatives):
    """Print 1 and 100 certificates; the HTML of the hundred by WeasyPrint alone."""
    certificates = issue(env, COUNT)
    one = _timed(lambda: _print(env, certificates[:1]))
    before = _memory()
    many = _timed(lambda: _print(env, certificates))
    peak = _memory() - before
    text, _kind = env["ir.actions.report"]._render_qweb_html(REPORT, certificates.ids)
    alone = _timed(lambda: HTML(string=text.decode()).write_pdf())
    yield "one certificate", one, "s"
    yield f"{COUNT} certificates in one file", many, "s"
    yield f"{COUNT} certificates: memory added at most", peak, "MB"
    yield "WeasyPrint alone on the same HTML", alone, "s"
    yield "ours : WeasyPrint alone", many / alone, "times"
    yield f"{COUNT} certificates : one", many / one, "times"


def issue(env, count):
    """Return ``count`` certificates of a decision signed for the purpose."""
    unit = env["emulation.unit"].create(
        {
            "code": "BENCH-GCN",
            "name": "Ủy ban MTTQ Việt Nam tỉnh Thử",
            "kind_id": env.ref("emulation.unit_kind_front").id,
            "level_id": env.ref("emulation.unit_level_province").id,
            "letterhead": "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH THỬ NGHIỆM",
            "document_symbol": "MTTQ-THU",
            "place_name": "Thử Nghiệm",
        }
    )
    signer = {"unit_id": unit.id, "signer_name": "Ký", "position": "CHỦ TỊCH"}
    decision = env["emulation.document"].create(
        {
            "kind_id": env["emulation.document.kind"].search([("code", "=", "QĐ")]).id,
            "unit_id": unit.id,
            "subject": "Về việc công nhận sáng kiến",
            "body": "<p>Điều 1. Công nhận.</p>",
            "issuer_ids": [Command.create(signer)],
        }
    )
    decision.action_sign()
    return env["emulation.certificate"]._issue(
        decision,
        [
            {
                "holder_name": f"Nguyễn Văn Thử {number}",
                "title": f"Giải pháp tưới tiết kiệm nước số {number}",
                "grade_name": "Xuất sắc",
                "share": 100,
                "unit_name": "Hợp tác xã Thử Nghiệm",
            }
            for number in range(count)
        ],
    )


def _print(env, certificates):
    env.invalidate_all()
    return env["ir.actions.report"]._render_qweb_pdf(REPORT, certificates.ids)


def _timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
