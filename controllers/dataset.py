from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .download import send


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
        return send(file, export._get_file_name())
