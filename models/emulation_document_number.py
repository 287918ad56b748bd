from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ..tools import official

# What decides in which place of which book a number by hand stands
PLACE = {"hand_number", "hand_reason", "date_signed", "unit_id", "kind_id", "series"}


class EmulationDocument(models.Model):
    """The number of a paper: the next of its series, or that of a register on paper.

    An office that begins in the middle of a year, or numbers a joint paper in the
    book of its host, records the number that stands there, and why it does so now. No
    other paper is dated back: a number of a year that is over, or of weeks ago, would
    lend a new paper the law, the rates and the signers of that day.
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
    hand_reason = fields.Char(
        string="Why it is recorded now",
        copy=False,
        help="Where the paper register stands that has this number, and why the paper "
        "is recorded afterwards; kept in the log and in the register",
    )

    can_number_by_hand = fields.Boolean(compute="_compute_can_number_by_hand")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_number_by_hand(self):
        is_manager = self.env.user.has_group("emulation.group_emulation_manager")
        for document in self:
            document.can_number_by_hand = is_manager and document.state == "draft"

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
        offered = self.default_get(["hand_number", "hand_reason"])
        for vals in vals_list:
            self._check_may_number({**offered, **vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_number(vals)
        return super().write(vals)

    @api.model
    def _check_may_number(self, vals):
        """Refuse a number by hand from anybody but a movement manager.

        Nor does anybody else move such a paper to another day or another book.
        """
        allowed = self.env.su or self.env.user.has_group(
            "emulation.group_emulation_manager"
        )
        moved = PLACE & vals.keys() and any(self.sudo().mapped("hand_number"))
        named = vals.get("hand_number") or vals.get("hand_reason")
        if (named or moved) and not allowed:
            raise AccessError(
                self.env._(
                    "Only a movement manager records a number from a paper register, "
                    "with its date. Leave it empty: signing gives the next number of "
                    "the series."
                )
            )

    def _check_date(self, date):
        result = super()._check_date(date)
        if self.hand_number:
            self._check_hand_reason()
        else:
            self._check_not_backdated(date)
        return result

    def _check_hand_reason(self):
        if not (self.hand_reason or "").strip():
            raise UserError(
                self.env._(
                    "Say under “Why it is recorded now” which paper register has "
                    "number %(number)s for “%(document)s”, and why it is recorded "
                    "afterwards.",
                    number=self.hand_number,
                    document=self.display_name,
                )
            )

    def _check_not_backdated(self, date):
        """Refuse a date of an earlier year, or further back than the office allows."""
        today = self._get_signing_day()
        parameters = self.env["ir.config_parameter"].sudo()
        most = int(parameters.get_param("emulation.backdate_days") or 0)
        too_old = most and (today - date).days > most
        if date.year == today.year and not too_old:
            return
        names = {
            "document": self.display_name,
            "date": format_date(self.env, date),
            "today": format_date(self.env, today),
            "days": most,
        }
        rule = (
            self.env._("at most %(days)s days back", **names)
            if too_old and date.year == today.year
            else self.env._("in the year it is signed")
        )
        raise UserError(
            self.env._(
                "“%(document)s” is dated %(date)s, and today is %(today)s: a paper is "
                "dated %(rule)s. Correct the date. Where it was signed and numbered on "
                "paper that day, a movement manager records its number in the paper "
                "register, with the reason.",
                rule=rule,
                **names,
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
