from odoo import api, models
from odoo.exceptions import UserError

from .emulation_round_files import _get_content_fault


class EmulationInitiative(models.Model):
    """The files of a dossier are judged when they come, and again when handed in."""

    _inherit = "emulation.initiative"

    def _own_attachments(self):
        own = {one: one._get_strays() for one in self.filtered("attachment_ids")}
        result = super()._own_attachments()
        for initiative, files in own.items():
            files._tidy_evidence()
            if files and not self.env.su:
                initiative._check_new_files(files)
        return result

    def _check_new_files(self, files):
        """Refuse files that the round does not accept, before anything is stored.

        :raises UserError: naming each file, what is wrong and what is accepted
        """
        self.ensure_one()
        self._raise_file_faults(self._get_file_faults(files))

    @api.model
    def _check_upload(self, initiative_id, name, mimetype, size):
        """Refuse a file that is being uploaded to a dossier, or to a new one (0).

        The round of a dossier that is not stored yet is not known: what no round
        accepts is refused, and the rest judged when the form is saved.

        :raises UserError: naming the file and what is accepted
        """
        initiative = self.browse(initiative_id).exists()
        rnd = initiative.sudo().round_id
        if rnd:
            fault = rnd._get_file_fault(name, mimetype, size)
            total = size + sum(initiative.sudo().attachment_ids.mapped("file_size"))
            faults = [fault, rnd._get_total_fault(total)]
        else:
            types = self.env["emulation.file.type"].search([("active", "=", True)])
            faults = [_get_content_fault(self.env, types, name, mimetype, size)]
        self._raise_file_faults([one for one in faults if one])

    def _raise_file_faults(self, faults):
        if faults:
            raise UserError(
                self.env._(
                    "Not attached. Please attach:\n%(faults)s",
                    faults="\n".join(f"- {fault}" for fault in faults),
                )
            )

    def _get_file_faults(self, files=None, by_content=False):
        """Return a phrase for each attachment that the round does not accept.

        :param files: the attachments to judge one by one; all by default
        :param by_content: read the files again instead of trusting what is stored
        """
        self.ensure_one()
        rnd, attachments = self.round_id.sudo(), self.sudo().attachment_ids
        if not rnd:
            return []
        faults = [
            rnd._get_file_fault(
                file.name or "",
                file._detect_mimetype() if by_content else file.mimetype,
                file.file_size,
            )
            for file in (attachments if files is None else files.sudo())
        ]
        faults.append(rnd._get_total_fault(sum(attachments.mapped("file_size"))))
        return [fault for fault in faults if fault]

    def _get_refused_files(self):
        """Return an item for each attachment that the round does not accept."""
        why = self.env._("the council must be able to open it safely")
        return [
            self._prepare_item("file", label, why, "evidence", "attachment_ids")
            for label in self._get_file_faults()
        ]

    def _check_ready(self, target):
        result = super()._check_ready(target)
        if target == "submitted":
            self._raise_file_faults(self._get_file_faults(by_content=True))
        return result
