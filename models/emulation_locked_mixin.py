from odoo import api, models
from odoo.exceptions import AccessError


class EmulationLockedMixin(models.AbstractModel):
    """Fields that no client writes, whatever the view shows.

    A stored computed field takes any value that an RPC sends, and keeps it.
    """

    _name = "emulation.locked.mixin"
    _description = "Fields Kept from Clients"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_untouched({*self._get_locked_defaults()}.union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._check_untouched(vals)
        return super().write(vals)

    @api.model
    def _locked_fields(self):
        """Return what no client writes: computed copies, by default."""
        return {
            name
            for name, field in self._fields.items()
            if field.store and field.compute and field.readonly
        }

    @api.model
    def _get_locked_defaults(self):
        """Return the locked values that a context or a personal default would set."""
        given = self.default_get([*self._locked_fields()])
        return {name: one for name, one in given.items() if one}

    @api.model
    def _check_untouched(self, names):
        """Refuse values of fields that a client may not set, whatever the view shows.

        :param names: of the fields that are given a value
        """
        touched = not self.env.su and self._locked_fields().intersection(names)
        if touched:
            labels = {self._field_label(name) for name in touched}
            names = ", ".join(sorted(labels))
            raise AccessError(
                self.env._(
                    "%(fields)s: set by the workflow alone. Use the buttons of the "
                    "record instead.",
                    fields=names,
                )
            )

    @api.model
    def _field_label(self, name):
        """Return the translated label of a field; what no screen shows has none."""
        field = self._fields[name]
        if not field.export_string_translation:
            return self.env._("Internal data")
        return field._description_string(self.env)
