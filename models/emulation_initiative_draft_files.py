from odoo import models
from odoo.exceptions import UserError

from ..tools.text import clean


class EmulationInitiative(models.Model):
    """The files of a draft as its author attaches them on the portal."""

    _inherit = "emulation.initiative"

    def _author_attach(self, name, content):
        """Attach a file to a draft of the current user.

        :param name: name of the file as the browser tells it
        :param content: its content (bytes)
        :return: the attachment, as superuser
        :raises UserError: where the round does not accept such a file
        """
        self.ensure_one()
        self._check_author_edits()
        dossier = self.sudo()
        name = clean((name or "").replace("\\", "/").rpartition("/")[2])[-200:]
        if not name or not content:
            raise UserError(self.env._("The file is empty. Choose another one."))
        # the creator stays the author, who may not open a page of code in it
        file = dossier.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        dossier.write({"attachment_ids": [(4, file.id)]})
        dossier._check_new_files(file)
        return file

    def _author_detach(self, attachment_id):
        """Take a file off a draft of the current user."""
        self.ensure_one()
        self._check_author_edits()
        self.sudo().attachment_ids.filtered(
            lambda file: file.id == attachment_id
        ).unlink()

    def _get_author_file(self, attachment_id):
        """Return a file of the evidence, as superuser; empty if it is none."""
        self.ensure_one()
        self.check_access("read")
        return self.sudo().attachment_ids.filtered(
            lambda file: file.id == attachment_id
        )
