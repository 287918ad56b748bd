import hashlib

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.text import clean_lines

YES = "1"
# a sum in đồng, and a quantity with its decimals, have no more digits than that
AMOUNT_DIGITS = 15
QUANTITY_DIGITS = 12


class EmulationDraftMixin(models.AbstractModel):
    """A record that an author fills in on the portal, value by value.

    What a browser sends is text; a mark tells whether somebody has saved in between.
    """

    _name = "emulation.draft.mixin"
    _description = "Filled in Piece by Piece"

    def _try_save(self, name, value):
        """Write one value; return what is wrong with it, or nothing."""
        try:
            with self.env.cr.savepoint():
                self._save_typed(name, value)
                self.env.flush_all()
        except UserError as error:
            self.env.invalidate_all(flush=False)
            return error.args[0]
        return None

    def _save_typed(self, name, value):
        """Write one value, and what follows from it."""
        if self._fields[name].type == "many2many":
            value = [Command.set(value or ())]
        return self.write({name: value})

    def _differs(self, name, value):
        stored = self[name]
        if self._fields[name].type == "many2one":
            stored = stored.id
        elif self._fields[name].type == "many2many":
            return set(stored.ids) != set(value or ())
        return (stored or False) != (value or False)

    def _show_typed(self, name):
        """Return the stored value as the browser shows it in its input."""
        value, kind = self[name], self._fields[name].type
        if kind == "many2one":
            return str(value.id or "")
        if kind == "many2many":
            return ",".join(map(str, sorted(value.ids)))
        if kind == "boolean":
            return YES if value else ""
        if kind == "monetary":
            return f"{value:,.0f}".replace(",", ".") if value else ""
        if kind == "float":
            return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        if kind == "date":
            return fields.Date.to_string(value) if value else ""
        return value or ""

    def _get_mark(self, name):
        """Return a short mark that changes with the stored value of a field."""
        text = self._show_typed(name)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _read_typed(self, name, text):
        """Return the value of a field from the text a browser sends.

        :raises UserError: in words, where the text cannot be one
        """
        field = self._fields[name]
        text = clean_lines(text)
        label = field._description_string(self.env)
        if not text and field.required and field.type not in ("many2one", "text"):
            raise UserError(self.env._("Please fill in: %(field)s.", field=label))
        if field.type in ("char", "text"):
            return text
        if not text:
            return False
        readers = {
            "many2one": lambda: self._read_choice(field, label, text),
            "many2many": lambda: self._read_choices(field, label, text),
            "selection": lambda: self._read_selection(field, label, text),
            "boolean": lambda: text == YES,
            "date": lambda: self._read_day(label, text),
            "float": lambda: self._read_quantity(label, text),
            "monetary": lambda: self._read_amount(label, text),
        }
        return readers[field.type]()

    def _read_choice(self, field, label, text):
        """Return the id of a choice that is offered; nothing else is accepted."""
        raise self._prepare_not_offered(label)

    def _read_choices(self, field, label, text):
        """Return the ids of choices that are offered, from ids between commas."""
        raise self._prepare_not_offered(label)

    def _read_selection(self, field, label, text):
        if text not in field.get_values(self.env):
            raise self._prepare_not_offered(label)
        return text

    def _prepare_not_offered(self, label):
        return UserError(
            self.env._("%(field)s: choose one of those offered.", field=label)
        )

    def _read_day(self, label, text):
        try:
            return fields.Date.to_date(text)
        except ValueError:
            raise UserError(
                self.env._("%(field)s: choose a day.", field=label)
            ) from None

    def _read_amount(self, label, text):
        digits = text.replace(".", "").replace(",", "").replace(" ", "")
        if not digits.isdecimal() or len(digits) > AMOUNT_DIGITS:
            raise UserError(
                self.env._(
                    "%(field)s: write the sum in figures alone, e.g. 28.800.000.",
                    field=label,
                )
            )
        return float(digits)

    def _read_quantity(self, label, text):
        """Return a number as it is written in Vietnam: 1.200 or 12,5."""
        whole, _comma, part = text.replace(" ", "").partition(",")
        whole = whole.replace(".", "")
        if not f"{whole}{part}".isdecimal() or len(whole) > QUANTITY_DIGITS:
            raise UserError(
                self.env._(
                    "%(field)s: write a number in figures, e.g. 1.200 or 12,5.",
                    field=label,
                )
            )
        return round(float(f"{whole or 0}.{part or 0}"), 2)
