from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.files import ending, is_active, words


class EmulationFileType(models.Model):
    """A type of file that rounds may accept, told by its content."""

    _name = "emulation.file.type"
    _inherit = ["emulation.catalogue.mixin"]
    _description = "File Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    extensions = fields.Char(
        string="File endings",
        required=True,
        help="Endings of names, separated by commas, e.g. jpg, jpeg",
    )
    mimetypes = fields.Char(
        string="Media types",
        required=True,
        help="What the content is, separated by commas, e.g. image/jpeg",
    )
    is_default = fields.Boolean(
        string="Taken by new rounds", help="New rounds accept it without being told"
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code)", "Another file type already has this code."
    )

    @api.constrains("mimetypes")
    def _check_harmless(self):
        """What a browser runs is never evidence: it would run with our rights."""
        for one in self:
            for mimetype in words(one.mimetypes):
                if is_active(mimetype) or "/" not in mimetype:
                    raise ValidationError(
                        self.env._(
                            "“%(type)s” cannot be accepted (%(mimetype)s): a browser "
                            "would run it, or it is no media type. Ask for a PDF or "
                            "a picture instead.",
                            type=one.name,
                            mimetype=mimetype,
                        )
                    )

    def _of(self, mimetype):
        """Return those of these types that a content of ``mimetype`` is."""
        return self.filtered(lambda one: mimetype in words(one.mimetypes))

    def _take_name(self, name):
        """Return whether the ending of ``name`` is one of these types'."""
        return any(ending(name) in words(one.extensions) for one in self)

    def _get_endings_text(self):
        """Return the endings of these types for a message: ``docx, jpg, pdf``."""
        return ", ".join(sorted({e for one in self for e in words(one.extensions)}))
