from odoo import http
from odoo.http import request

ADDRESS = "/emulation/rounds"
PUBLIC = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "website": True,
    "readonly": True,
}


class EmulationRounds(http.Controller):
    """Open rounds, for everybody to read: what is asked for, until when, how judged."""

    @http.route(ADDRESS, sitemap=True, **PUBLIC)
    def emulation_rounds(self, **_query):
        """List the rounds that take dossiers now or are announced."""
        rounds = request.env["emulation.round"]._get_public_rounds()
        return request.render("emulation.rounds_page", {"rounds": rounds})

    @http.route(f"{ADDRESS}/<int:round_id>", sitemap=False, **PUBLIC)
    def emulation_round(self, round_id, **_query):
        """Show one round; one that is not open to the public is not found."""
        rounds = request.env["emulation.round"]._get_public_rounds()
        rnd = rounds.filtered(lambda one: one.id == round_id)
        if not rnd:
            raise request.not_found()
        values = {"rnd": rnd, "signup": self._get_signup()}
        return request.render("emulation.round_page", values)

    def _get_signup(self):
        """Return the address where a visitor makes an account, if they may."""
        parameters = request.env["ir.config_parameter"].sudo()
        scope = parameters.get_param("auth_signup.invitation_scope", "b2b")
        # the application that lets people sign up need not be there
        installed = "signup_type" in request.env["res.partner"]._fields
        return "/web/signup" if installed and scope == "b2c" else ""
