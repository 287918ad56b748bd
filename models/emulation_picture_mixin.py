from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools import pictures


class EmulationPictureMixin(models.AbstractModel):
    """Pictures for print: what is too large or no picture is refused in words.

    Before anything is decoded or scaled: a file of 50 MB is told its size, and does
    not keep the server busy.
    """

    _name = "emulation.picture.mixin"
    _description = "Has Pictures for Print"

    # Names of the binary fields that hold them
    _picture_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_pictures(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_pictures(vals)
        return super().write(vals)

    @api.model
    def _check_pictures(self, vals):
        """Refuse pictures that cannot be printed.

        :raises ValidationError: naming the picture, its fault and the remedy
        """
        for name in self._picture_fields:
            value = vals.get(name)
            if not value:
                continue
            label = self._fields[name]._description_string(self.env)
            self._check_picture_size(label, pictures.size_of(value))
            fault = pictures.find_fault(pictures.decoded(value))
            if fault == "pixels":
                raise ValidationError(
                    self.env._(
                        "“%(picture)s” has more than %(most)s million dots. Scale it "
                        "down: 300 dots an inch are enough for print.",
                        picture=label,
                        most=pictures.MOST_PIXELS // 1_000_000,
                    )
                )
            if fault:
                raise ValidationError(
                    self.env._(
                        "“%(picture)s” is neither a JPEG nor a PNG picture, or it is "
                        "damaged. Save it as one of these and choose it again.",
                        picture=label,
                    )
                )

    @api.model
    def _check_picture_size(self, label, size):
        most = self._get_picture_limit()
        if most and size > most * pictures.MEGABYTE:
            raise ValidationError(
                self.env._(
                    "“%(picture)s” has %(size)s MB; at most %(most)s MB are taken. "
                    "Scale it down (300 dots an inch are enough for print) and choose "
                    "it again.",
                    picture=label,
                    # as a file: base64 fills up by at most two bytes
                    size=-((2 - size) // pictures.MEGABYTE),
                    most=most,
                )
            )

    @api.model
    def _get_picture_limit(self):
        """Return the most megabytes of a picture; 0 is no limit."""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("emulation.picture_max_mb") or 0)
