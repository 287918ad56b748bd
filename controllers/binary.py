import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.web.controllers.binary import Binary


class EvidenceUpload(Binary):
    """Uploads to a dossier answer in words what is wrong with a file."""

    @http.route(methods=["POST"])
    def upload_attachment(self, model, id, ufile, callback=None):  # noqa: A002
        """Attach files; those that are refused come back with the reason."""
        if model != "emulation.initiative" or callback:
            return super().upload_attachment(model, id, ufile, callback)
        files = request.httprequest.files.getlist("ufile")
        answers = [self._attach_evidence(int(id), file) for file in files]
        return json.dumps(answers)

    def _attach_evidence(self, initiative_id, file):
        """Return what the upload widget shows for one file: it, or an error."""
        try:
            with request.env.cr.savepoint():
                attachment = request.env["ir.attachment"].create(
                    {
                        "name": file.filename,
                        "raw": file.read(),
                        "res_model": "emulation.initiative",
                        "res_id": initiative_id,
                    }
                )
                attachment._post_add_create()
        except UserError as error:
            # an AccessError is one too
            return {"error": str(error)}
        return {
            "filename": attachment.name,
            "mimetype": attachment.mimetype,
            "id": attachment.id,
            "size": attachment.file_size,
        }
