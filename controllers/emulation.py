from urllib.parse import quote

from odoo import http
from odoo.http import request

VIETNAMESE, ENGLISH = "vi_VN", "en_US"


class EmulationCheck(http.Controller):
    """Public check of a certificate: what its paper says, and whether it holds."""

    @http.route(
        ["/emulation/check", "/emulation/check/<string:code>"],
        type="http",
        auth="public",
        methods=["GET"],
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
        has_vietnamese = self._choose_language(chosen)
        # the page knows no user and no company: nothing of them is read
        request.update_context(minimal_qcontext=True)
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
                "languages": has_vietnamese and self._get_languages(code),
                "chosen": chosen,
                "lang": request.env.lang or ENGLISH,
            },
            status=429 if is_blocked else status,
        )
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _choose_language(self, wanted):
        """Show the page in the language a visitor chose, else in the browser's.

        Terms are English at the source: English needs no installed language.

        :return: whether Vietnamese can be chosen
        """
        installed = [code for code, _name in request.env["res.lang"].get_installed()]
        language = wanted or (request.best_lang or "").partition("_")[0]
        if language == "vi" and VIETNAMESE in installed:
            request.update_context(lang=VIETNAMESE)
        elif language == "en":
            request.update_context(lang=ENGLISH)
        return VIETNAMESE in installed

    def _get_languages(self, code):
        """Return (name, address, whether shown now) of the page in both languages."""
        path = f"/emulation/check/{quote(code, safe='')}".rstrip("/")
        is_vietnamese = request.env.lang == VIETNAMESE
        return [
            ("Tiếng Việt", f"{path}?l=vi", is_vietnamese),
            ("English", f"{path}?l=en", not is_vietnamese),
        ]
