from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools import official


class EmulationDocument(models.Model):
    """The number of a paper: the next of its series, or that of a register on paper.

    An office that begins in the middle of a year, or numbers a joint paper in the
    book of its host, records the number that stands there.
    """

    _inherit = "emulation.document"

    hand_number = fields.Integer(
        string="Number in the paper register",
        copy=False,
        aggregator=None,
        help="Only for a paper that was numbered in a register on paper: the number it "
        "has there. It begins its series, or follows the last number of it. Leave it "
        "empty for the next number",
    )

    @api.constrains("hand_number")
    def _check_hand_number(self):
        for document in self:
            if document.hand_number < 0:
                raise ValidationError(
                    self.env._(
                        "The number of “%(document)s” in the paper register cannot be "
                        "negative.",
                        document=document.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        offered = self.default_get(["hand_number"])
        for vals in vals_list:
            self._check_may_number({**offered, **vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_number(vals)
        return super().write(vals)

    @api.model
    def _check_may_number(self, vals):
        """Refuse a number by hand from anybody but a movement manager."""
        allowed = self.env.su or self.env.user.has_group(
            "emulation.group_emulation_manager"
        )
        if vals.get("hand_number") and not allowed:
            raise AccessError(
                self.env._(
                    "Only a movement manager records a number from a paper register. "
                    "Leave it empty: signing gives the next number of the series."
                )
            )

    def _take_number(self, date):
        """Give the paper its number and symbol, and the date it carries."""
        self.ensure_one()
        number = self.env["emulation.document.register"]._take_number(
            self.unit_id, self.series, date, self.display_name, self.hand_number
        )
        self._write_system(
            {
                "state": "signed",
                "number": number,
                "year": date.year,
                "reference": official.reference(
                    number, self.kind_id._printed_code(), self.symbol
                ),
                "date_signed": date,
            }
        )
