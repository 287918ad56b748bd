import base64
import binascii

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..tools.text import clean, clean_lines, fold

PNG = b"\x89PNG\r\n\x1a\n"
# a drawn name takes a few kilobytes
MAX_SIGNATURE = 512 * 1024
MAX_REASON = 2000
ADDRESS = "/emulation/share/<string:token>"
PAGE = {"auth": "public", "website": True, "sitemap": False}
POST = {**PAGE, "methods": ["POST"]}


class EmulationShare(http.Controller):
    """An author confirms their share, or objects to it, by a link of their own.

    The link is the authority: nobody logs in, and nothing but the link leads to the
    page. Looking never changes anything; what changes comes by POST with the token
    against forged requests.
    """

    @http.route(ADDRESS, type="http", methods=["GET"], readonly=True, **PAGE)
    def emulation_share(self, token, **_query):
        """Show the shares of the dossier and what the author can do about theirs."""
        return self._page(token)

    @http.route(f"{ADDRESS}/confirm", type="http", **POST)
    def emulation_share_confirm(self, token, name="", **_form):
        """Confirm by typing the name as it stands in the list of authors."""
        link = request.env["emulation.share.link"]._find(token)
        try:
            self._confirm(link, name)
        except UserError as error:
            return self._page(token, error=error.args[0], name=name)
        return request.redirect(f"/emulation/share/{link.token}", code=303)

    @http.route(f"{ADDRESS}/sign", type="jsonrpc", **POST)
    def emulation_share_sign(self, token, name="", signature=""):
        """Confirm by a drawn signature; called by Odoo's signature form."""
        if not request.validate_csrf(request.httprequest.args.get("csrf_token")):
            return {"error": self._stale()}
        link = request.env["emulation.share.link"]._find(token)
        try:
            self._confirm(link, name, self._read_signature(signature))
        except UserError as error:
            return {"error": error.args[0]}
        return {"force_refresh": True, "redirect_url": f"/emulation/share/{link.token}"}

    @http.route(f"{ADDRESS}/object", type="http", **POST)
    def emulation_share_object(self, token, reason="", **_form):
        """Say what is wrong with the shares; whoever prepares the dossier is told."""
        link = request.env["emulation.share.link"]._find(token)
        reason = clean_lines(reason)
        if link and link._get_standing() == "open":
            if not reason:
                text = request.env._("Please write what is wrong with the shares.")
                return self._page(token, error=text, objecting=True)
            try:
                if reason != link.author_id.objection:
                    link.author_id._object(reason[:MAX_REASON])
            except UserError as error:
                return self._page(token, error=error.args[0], kept=reason)
        elif not link:
            return self._page(token)
        elif link._get_standing() != "confirmed" or reason:
            text = request.env._(
                "Your objection was not sent: nothing can be changed by this link any "
                "more. Call whoever prepares the dossier, or the officer of the unit."
            )
            return self._page(token, error=text, kept=reason)
        return request.redirect(f"/emulation/share/{link.token}", code=303)

    # WORKERS

    def _page(self, token, **values):
        link = request.env["emulation.share.link"]._find(token)
        standing = link._get_standing() if link else "unknown"
        response = request.render(
            "emulation.share_page",
            {
                "link": link,
                "author": link.author_id,
                "initiative": link.initiative_id,
                "standing": standing,
                "max_reason": MAX_REASON,
                **values,
            },
            status=200 if link else 404,
        )
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        # the address is a secret: no other site is told of it
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _confirm(self, link, name, signature=None):
        """Confirm the share of a link; an earlier confirmation stays as it is."""
        standing = link._get_standing() if link else "unknown"
        if standing == "confirmed":
            return
        if standing != "open":
            raise UserError(
                request.env._(
                    "Nothing can be confirmed by this link. Reload the page to see why."
                )
            )
        expected = link.author_id.partner_id.name
        if fold(name) != fold(expected):
            raise UserError(
                request.env._(
                    "Type your name as it stands in the list of authors: %(name)s.",
                    name=expected,
                )
            )
        link.author_id._confirm(
            "link",
            name=clean(name),
            file=signature,
            file_name="signature.png" if signature else "",
        )

    def _read_signature(self, signature):
        try:
            image = base64.b64decode(signature or "", validate=True)
        except (binascii.Error, ValueError):
            image = b""
        if not image.startswith(PNG) or len(image) > MAX_SIGNATURE:
            raise UserError(
                request.env._("The signature could not be read. Please draw it again.")
            )
        return image

    def _stale(self):
        return request.env._(
            "This page has been open too long. Reload it, then sign again."
        )
