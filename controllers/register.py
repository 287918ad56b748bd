from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from .download import send


class EmulationRegister(http.Controller):
    """Registers of documents as workbooks."""

    @http.route(
        "/emulation/register/<int:register_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def emulation_register(self, register_id, **_query):
        """Send the register of a unit and year, all its series.

        404 for a register that the user may not read as for one that is not there.
        """
        register = request.env["emulation.document.register"].browse(register_id)
        try:
            if not register.exists():
                raise request.not_found()
            file = register._write_book()
        except AccessError as error:
            raise request.not_found() from error
        return send(file, register._get_book_name())
