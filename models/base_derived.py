from odoo import models
from odoo.fields import Command

from odoo.addons.web.models.models import RecordSnapshot

X2MANY = ("one2many", "many2many")


class Base(models.AbstractModel):
    """What is derived from the values of a form is told in full at each change.

    An onchange answers with what differs from the values it was sent. Derived ones are
    not taken from the client, so the difference is not what the client has to mend.
    """

    _inherit = "base"

    def _emulation_tell_derived(self, claimed, fields_spec, answer):
        """Complete the ``answer`` of an onchange by what the client cannot derive.

        :param claimed: the values as the client sent them
        :param fields_spec: the fields of the client's form
        :param answer: as ``onchange`` returns it, changed in place
        """
        if "value" not in answer:
            return
        values, plain = answer["value"], {}
        for name, spec in fields_spec.items():
            derived = self._emulation_derives(name)
            if self._fields[name].type not in X2MANY:
                if derived:
                    plain[name] = spec
            elif derived:
                shown = claimed.get(name)
                values[name] = self._emulation_derived_lines(name, spec, shown)
            elif claimed.get(name) and self._emulation_concerns(self._fields[name]):
                cells = self._emulation_derived_cells(name, spec, claimed[name])
                if cells:
                    values[name] = [*values.get(name, ()), *cells]
        [told] = self.web_read(plain)
        values.update({name: told[name] for name in plain})

    def _emulation_derived_lines(self, name, spec, commands):
        """Return the commands that make a derived list of the client the true one."""
        shown = dict.fromkeys(self._origin[name].ids)
        for code, number, *rest in commands or ():
            if code in (Command.CREATE, Command.LINK):
                shown[number] = None
            elif code in (Command.DELETE, Command.UNLINK):
                shown.pop(number, None)
            elif code in (Command.CLEAR, Command.SET):
                shown = dict.fromkeys(rest[0] if code == Command.SET else ())
        true = RecordSnapshot(self, {name: spec}).diff({}).get(name, [])
        linked = {number for code, number, *_rest in true if code == Command.LINK}
        remove = (
            Command.delete if self._fields[name].type == "one2many" else Command.unlink
        )
        told = [remove(number) for number in shown if number not in linked]
        for code, number, values in true:
            if code == Command.LINK and number in shown:
                code, values = Command.UPDATE, {**values}
                values.pop("id", None)
            told.append((code, number, values))
        return told

    def _emulation_derived_cells(self, name, spec, commands):
        """Return the commands that tell what is derived in lines being filled in."""
        cells = {
            cell: one
            for cell, one in (spec.get("fields") or {}).items()
            if self._emulation_is_derived(field := self[name]._fields[cell])
            and field.type not in X2MANY
        }
        claimed = {
            number
            for code, number, *_rest in commands or ()
            if code in (Command.CREATE, Command.UPDATE) and cells
        }
        told = []
        for line in self[name]:
            number = line.id.origin or line.id.ref
            if number in claimed:
                [values] = line.web_read(cells)
                values.pop("id")
                told.append(Command.update(number, values))
        return told
