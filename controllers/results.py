from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..models.emulation_session_results import RESULT_TABLES
from .download import send


class EmulationResults(http.Controller):
    """Tables of results as files, with the rights of the user who asks."""

    @http.route(
        "/emulation/session/<int:session_id>/<string:part>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def emulation_session_results(self, session_id, part, **_query):
        """Send a table of the results of a session.

        404 alike where there is no such session or table, and where the user may read
        none of the results.
        """
        session = request.env["emulation.session"].browse(session_id)
        try:
            session.check_access("read")
            if not session.exists() or part not in RESULT_TABLES:
                raise request.not_found()
            file = session._write_results(part)
        except (AccessError, UserError) as error:
            raise request.not_found() from error
        return send(file, session._get_results_name(part))
