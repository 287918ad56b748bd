from urllib.parse import quote

from odoo import http
from odoo.http import request

VIETNAMESE = "vi_VN"


class EmulationCheck(http.Controller):
    """Public check of a certificate: what its paper says, and whether it holds."""

    @http.route(
        ["/emulation/check", "/emulation/check/<string:code>"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
        readonly=False,
    )
    def emulation_check(self, code="", **query):
        """Show the certificate with this code, or a form to enter one.

        Any case, blanks and dashes are accepted. Nothing but the code leads to a
        certificate, so there is nothing to list: an unknown code and one that cannot
        be any get the same answer, status 404, after the same work. Too many wrong
        ones from one address: status 429 for a while, for right ones as well.
        """
        code = code.strip()[:64]
        chosen = query.get("l") if query.get("l") in ("en", "vi") else ""
        languages = self._get_languages(code, chosen)
        misses = request.env["emulation.check.miss"]
        address = request.httprequest.remote_addr
        certificate = request.env["emulation.certificate"].sudo()
        is_blocked = bool(code) and misses._is_too_many(address)
        if code and not is_blocked:
            certificate = certificate._find_by_code(code)
            if not certificate:
                misses._count(address)
        status = 200 if certificate or not code else 404
        response = request.render(
            "emulation.check_page",
            {
                "code": code,
                "certificate": certificate,
                "is_blocked": is_blocked,
                "languages": languages,
                "chosen": chosen,
            },
            status=429 if is_blocked else status,
        )
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _choose_language(self, wanted):
        """Show the page in the language a visitor chose; else in the browser's.

        Terms are English at the source: English needs no installed language, unless
        the page around offers a choice of installed ones.

        :return: whether there are both languages to choose from
        """
        installed = [code for code, _name in request.env["res.lang"].get_installed()]
        english = next((code for code in installed if code.startswith("en")), False)
        both = VIETNAMESE in installed and (english or len(installed) == 1)
        if both and wanted:
            request.update_context(lang=VIETNAMESE if wanted == "vi" else english)
        return bool(both)

    def _get_languages(self, code, wanted):
        """Return (name, address, whether shown now) of the page in both languages."""
        if not self._choose_language(wanted):
            return []
        path = f"/emulation/check/{quote(code, safe='')}".rstrip("/")
        is_vietnamese = request.env.lang == VIETNAMESE
        return [
            ("Tiếng Việt", f"{path}?l=vi", is_vietnamese),
            ("English", f"{path}?l=en", not is_vietnamese),
        ]
