from odoo import fields, models
from odoo.tools import human_size

from ..tools.files import MACRO
from ..tools.packages import BOMB, LOCKED, PROGRAM

MEGABYTE = 1024 * 1024


class EmulationRound(models.Model):
    """Which files a round accepts, by content and size."""

    _inherit = "emulation.round"

    file_type_ids = fields.Many2many(
        "emulation.file.type",
        string="File types accepted",
        required=True,
        default=lambda self: self._default_file_type_ids(),
        help="Told by what is in the file, not by its name",
    )
    max_file_mb = fields.Integer(
        string="Largest file (MB)",
        default=20,
        required=True,
        help="A larger attachment is refused when it is uploaded",
    )
    max_total_mb = fields.Integer(
        string="All files of a dossier (MB)",
        default=60,
        required=True,
        help="Most that the attachments of one dossier have together",
    )

    _positive_size = models.Constraint(
        "CHECK (max_file_mb > 0)", "The largest file must be at least 1 MB."
    )
    _total_size = models.Constraint(
        "CHECK (max_total_mb >= max_file_mb)",
        "A dossier takes at least one file of the largest size. Raise the size of all "
        "files, or lower that of one.",
    )

    def _default_file_type_ids(self):
        return self.env["emulation.file.type"].search([("is_default", "=", True)])

    def _get_file_fault(self, name, mimetype, size):
        """Return what is wrong with a file for this round, empty when nothing is.

        :param name: name of the file
        :param mimetype: what its content is (see ``ir.attachment``)
        :param size: in bytes
        """
        self.ensure_one()
        types = self.sudo().file_type_ids
        fault = _get_content_fault(self.env, types, name, mimetype, size)
        if fault or size <= self.max_file_mb * MEGABYTE:
            return fault
        return self.env._(
            "a smaller file than “%(file)s” (at most %(size)s MB)",
            file=name,
            size=self.max_file_mb,
        )

    def _get_total_fault(self, total):
        """Return what is wrong with ``total`` bytes in one dossier, or nothing."""
        self.ensure_one()
        if total <= self.max_total_mb * MEGABYTE:
            return ""
        return self.env._(
            "fewer or smaller files: together they have %(total)s, the round takes "
            "%(size)s MB",
            total=human_size(total),
            size=self.max_total_mb,
        )


def _get_content_fault(env, types, name, mimetype, size):
    """Return what is wrong with the content of a file where ``types`` are accepted."""
    accepted = types._get_endings_text()
    if not size:
        return env._("a file with something in it instead of “%(file)s”", file=name)
    if mimetype == MACRO:
        return env._("“%(file)s” saved without macros, or as PDF", file=name)
    packed = _get_package_fault(env, name, mimetype)
    if packed:
        return packed
    found = types._of(mimetype)
    if not found:
        return env._(
            "another type of file than “%(file)s” (accepted: %(types)s)",
            file=name,
            types=accepted,
        )
    if not found._take_name(name):
        return env._(
            "the right name for “%(file)s”: its content is %(type)s (%(endings)s)",
            file=name,
            type=found[0].name,
            endings=found._get_endings_text(),
        )
    return ""


def _get_package_fault(env, name, mimetype):
    """Return what is wrong with what is packed into a file, or nothing."""
    if mimetype == PROGRAM:
        return env._("“%(file)s” without the program that is packed into it", file=name)
    if mimetype == BOMB:
        return env._(
            "a smaller file than “%(file)s”, which unpacks to more than is accepted; "
            "save it anew, or as PDF",
            file=name,
        )
    if mimetype == LOCKED:
        return env._(
            "“%(file)s” saved anew without a password: it cannot be looked into, or is "
            "damaged",
            file=name,
        )
    return ""
