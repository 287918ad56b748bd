from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request


class EmulationBlind(http.Controller):
    """The anonymised files of a dossier, for who judges it blind."""

    @http.route(
        "/emulation/blind/<int:sheet_id>/<int:file_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def emulation_blind_file(self, sheet_id, file_id):
        """Hand out one file by the sheet of the member; 404 for everybody else."""
        sheet = request.env["emulation.scoresheet"].browse(sheet_id)
        try:
            sheet.check_access("read")
            is_own = sheet.user_id == request.env.user and sheet.is_blind
        except (AccessError, MissingError):
            raise request.not_found() from None
        file = is_own and sheet._get_anonymous_files().filtered(
            lambda one: one.id == file_id
        )
        if not file:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file)
        return stream.get_response(as_attachment=True)
