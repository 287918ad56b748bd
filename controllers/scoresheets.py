import io

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .download import send

ENTRY = "/odoo/emulation-paper-sheets/%d"


class EmulationScoresheets(http.Controller):
    """A member's own score sheets as a workbook to fill in offline."""

    @http.route(
        "/emulation/sheets/<int:scored_id>", type="http", auth="user", methods=["GET"]
    )
    def emulation_sheets(self, scored_id, **_query):
        """Send the user's own open sheets of a session.

        404 for a session the user does not sit in as for one that does not exist, is
        not being scored, or has no open sheet of the user's.
        """
        session = request.env["emulation.session"].browse(scored_id)
        try:
            session.check_access("read")
            if not session.exists():
                raise request.not_found()
            file, content = request.env["emulation.scoresheet.file"]._prepare(session)
        except (AccessError, UserError) as error:
            raise request.not_found() from error
        name = f"phieu-cham-{session.id}-{file.sudo().code}.xlsx"
        return send(io.BytesIO(content), name)

    @http.route(
        "/emulation/paper/<string:paper_code>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def emulation_paper(self, paper_code, **_query):
        """Open the user's own entry of the paper sheet whose QR code was scanned.

        404 for a code that is none, as for a sheet that the user may not enter.
        """
        try:
            entry = request.env["emulation.scoresheet.entry"]._begin(paper_code[:64])
        except (AccessError, UserError) as error:
            raise request.not_found() from error
        return request.redirect(ENTRY % entry.id)
