from werkzeug.wsgi import FileWrapper

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class EmulationDataset(http.Controller):
    """Data sets as files, for the user who asked for them."""

    @http.route(
        "/emulation/dataset/<int:export_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def emulation_dataset(self, export_id, **_query):
        """Send the data set of a dialog that the user filled in.

        404 for another user's dialog as for one that does not exist, or that has
        nothing to export; everything is read with the rights of this moment.
        """
        export = request.env["emulation.dataset.export"].browse(export_id)
        try:
            export.check_access("read")
            if not export.exists():
                raise request.not_found()
            file = export._write_file()
        except (AccessError, UserError) as error:
            raise request.not_found() from error
        name = export._get_file_name()
        response = request.make_response(
            FileWrapper(file, 64 * 1024),
            headers=[
                ("Content-Type", XLSX if name.endswith("xlsx") else "text/csv"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        response.call_on_close(file.close)
        return response
