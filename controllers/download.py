from werkzeug.wsgi import FileWrapper

from odoo.http import content_disposition, request

TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CHUNK = 64 * 1024


def send(file, name):
    """Return the response that downloads an open ``file``, closed at its end.

    Nothing of it is kept on the way: what may be read is decided at each request.
    """
    response = request.make_response(
        FileWrapper(file, CHUNK),
        headers=[
            ("Content-Type", TYPES[name.rpartition(".")[2]]),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
    response.call_on_close(file.close)
    return response
