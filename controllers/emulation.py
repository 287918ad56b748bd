from odoo import http
from odoo.http import request


class EmulationCheck(http.Controller):
    """Public check of a certificate: what its paper says, and whether it holds."""

    @http.route(
        ["/emulation/check", "/emulation/check/<string:code>"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
        readonly=True,
    )
    def emulation_check(self, code="", **_query):
        """Show the certificate with this code, or a form to enter one.

        Any case, blanks and dashes are accepted. Only what is printed on the paper is
        shown; nothing but the code leads to a certificate, so there is nothing to
        list. Status 404 when no certificate has the code.
        """
        code = code.strip()[:64]
        certificate = request.env["emulation.certificate"]._find_by_code(code)
        response = request.render(
            "emulation.check_page",
            {"code": code, "certificate": certificate},
            status=404 if code and not certificate else 200,
        )
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        return response
