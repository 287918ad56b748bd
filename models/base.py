from odoo import api, models
from odoo.exceptions import AccessError, UserError

OURS = "emulation."
# where the record that an onchange fills in is found again when it has ended
HELD = "emulation_onchange"


class Base(models.AbstractModel):
    """What a form that is being filled in may claim, before anything is saved.

    An onchange computes, with the rights of the house where a field asks for them, from
    values that the client sends: whoever forges them would read what they do not open.
    So a client says only what it could also save; the rest is taken from the database.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if self._name.startswith(OURS) and not self.env.su:
            self._emulation_check_numbers(vals_list)
        if self._emulation_is_dialog():
            names = self._emulation_get_links()
            self._emulation_check_links(self.default_get(names), *vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if self._emulation_is_dialog():
            self._emulation_check_links(vals)
        return super().write(vals)

    def _emulation_is_dialog(self):
        """Tell whether a client fills in one of our dialogs: anybody opens one."""
        return self._transient and self._name.startswith(OURS) and not self.env.su

    def _emulation_check_numbers(self, vals_list):
        """Refuse links that are no number: the database would take “5” for 5.

        Whoever checks where a link leads to would overlook it.

        :raises UserError: naming the field
        """
        links = {*self._emulation_get_links()}
        for vals in vals_list:
            for name in links & vals.keys():
                if vals[name] and not isinstance(vals[name], int):
                    raise UserError(
                        self.env._(
                            "“%(value)s” is no record to choose for “%(field)s”. "
                            "Choose one from the list.",
                            value=vals[name],
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    def _emulation_get_links(self):
        """Return the names of the fields that link to a record of ours."""
        return [
            name
            for name, field in self._fields.items()
            if field.type == "many2one" and field.comodel_name.startswith(OURS)
        ]

    def _emulation_check_links(self, *each):
        """Refuse links of a dialog to what its user may not read.

        A link tells the name of what it leads to, and related fields tell more.

        :param each: dicts of values
        :raises AccessError: without a name
        """
        for name in self._emulation_get_links():
            linked = self.env[self._fields[name].comodel_name].browse(
                {vals[name] for vals in each if isinstance(vals.get(name), int)} - {0}
            )
            if hidden := linked - self._emulation_filter_told(linked):
                raise AccessError(
                    self.env._(
                        "You may not choose %(model)s %(number)s: it is not yours to "
                        "read. Choose another record.",
                        model=self.env["ir.model"]._get(hidden._name).name,
                        number=hidden[0].id,
                    )
                )

    @api.model
    def _emulation_filter_told(self, linked):
        """Return those of the records ``linked`` that the user of a dialog may name."""
        return linked._filtered_access("read")

    def onchange(self, values, field_names, fields_spec):
        if self.env.su:
            return super().onchange(values, field_names, fields_spec)
        claimed = values
        values = self._emulation_trusted(claimed)
        kept = [name for name in field_names if name in values]
        if field_names and not kept:
            return {}
        context = self._emulation_trusted_defaults()
        trusting = self.with_env(self.env(context=context))
        if not kept:
            return super(Base, trusting).onchange(values, kept, fields_spec)
        # what is derived is told in the end, from the values as they then are
        derived = {name for name in fields_spec if self._emulation_derives(name)}
        asked = {name: one for name, one in fields_spec.items() if name not in derived}
        held = self.env.cr.cache[HELD] = []
        try:
            answer = super(Base, trusting).onchange(values, kept, asked)
        finally:
            self.env.cr.cache.pop(HELD)
        for record in held:
            record._emulation_tell_derived(claimed, fields_spec, answer)
        return answer

    def _apply_onchange_methods(self, field_name, result):
        held = self.env.cr.cache.get(HELD)
        if held == []:
            held.append(self)
        return super()._apply_onchange_methods(field_name, result)

    def _emulation_trusted_defaults(self):
        """Return the context; of the defaults in it what the client could also save."""
        context = dict(self.env.context)
        for key in [key for key in context if key.startswith("default_")]:
            name = key.removeprefix("default_")
            if name in self._fields:
                trusted = self.browse()._emulation_trusted({name: context.pop(key)})
                context.update({f"default_{one}": val for one, val in trusted.items()})
        return context

    def _emulation_trusted(self, values):
        """Return those of ``values`` that a client decides about this record.

        :param values: as an onchange gets them; ``self`` is empty for a new record
        """
        trusted = {}
        for name, value in values.items():
            field = self._fields.get(name)
            if not field or not self._emulation_concerns(field):
                trusted[name] = value
            elif self._emulation_may_claim(field, value):
                trusted[name] = self._emulation_trusted_value(field, value)
        return trusted

    def _emulation_may_claim(self, field, value):
        """Tell whether a client decides a field: not what is derived or locked."""
        if self._emulation_is_derived(field) or (field.readonly and self):
            return False
        locked = self.pool["emulation.locked.mixin"]
        if isinstance(self, locked) and field.name in self._locked_fields():
            return False
        workflow = self.pool["emulation.workflow.mixin"]
        if isinstance(self, workflow) and field.name == "state":
            return not self and value == field.default(self)
        return True

    def _emulation_derives(self, name):
        field = self._fields[name]
        return self._emulation_concerns(field) and self._emulation_is_derived(field)

    def _emulation_concerns(self, field):
        ours = self._name.startswith(OURS)
        return ours or (field.comodel_name or "").startswith(OURS)

    @staticmethod
    def _emulation_is_derived(field):
        return bool(field.readonly and field.compute)

    def _emulation_trusted_value(self, field, value):
        comodel = field.comodel_name and self.env[field.comodel_name]
        if comodel is None or not comodel._name.startswith(OURS) or not value:
            return value
        if field.type == "many2one":
            return self._emulation_trusted_link(field, comodel, value)
        if field.type in ("one2many", "many2many") and isinstance(value, (list, tuple)):
            commands = (comodel._emulation_trusted_command(one, field) for one in value)
            return [one for one in commands if one]
        return value

    def _emulation_trusted_link(self, field, comodel, value):
        """Return a link to a record that the user reads, False for any other.

        The form of a line sends the values of the record it belongs to: only those of
        a record that is being made, or that the user may write.
        """
        if not isinstance(value, dict):
            known = not isinstance(value, int) or comodel.browse(value).has_access(
                "read"
            )
            return value if known else False
        parent = comodel.browse(value.get("id") or ())
        if parent and not parent.has_access("read"):
            return False
        is_parent = any(
            one.type == "one2many"
            and (one.comodel_name, one.inverse_name) == (self._name, field.name)
            for one in comodel._fields.values()
        )
        if not is_parent or not parent.has_access("write" if parent else "create"):
            return parent.id
        rest = {name: one for name, one in value.items() if name != "id"}
        return {**parent._emulation_trusted(rest), "id": value.get("id")}

    def _emulation_trusted_command(self, command, field):
        """Return a command on records of this model, None where the user may not."""
        if not isinstance(command, (list, tuple)):
            return command if self.browse(command).has_access("read") else None
        code, number, *rest = command
        if code == 0:
            if not self.has_access("create"):
                return None
            return [code, number, self.browse()._emulation_trusted(rest[0])]
        if code == 1:
            record = self.browse(number)
            if not record.has_access("write"):
                return None
            return [code, number, record._emulation_trusted(rest[0])]
        needed = "write" if field.type == "one2many" else "read"
        if code == 4:
            return command if self.browse(number).has_access(needed) else None
        if code == 6:
            linked = self.browse(rest[0])._filtered_access(needed)
            return [code, number, linked.ids]
        return command
