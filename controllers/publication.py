from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from .download import send


class EmulationPublication(http.Controller):
    """The manuscript of a publication as a Word file."""

    @http.route(
        "/emulation/publication/<int:publication_id>/manuscript",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def emulation_publication_manuscript(self, publication_id, **_query):
        """Send the stories of a publication that the user may read.

        404 for a publication out of reach as for one that does not exist.
        """
        publication = request.env["emulation.publication"].browse(publication_id)
        try:
            publication.check_access("read")
            if not publication.exists():
                raise request.not_found()
            file = publication._write_manuscript()
        except AccessError as error:
            raise request.not_found() from error
        return send(file, publication._get_file_name())
