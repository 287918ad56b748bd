from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import BaseCase
from odoo.tools import mute_logger

from .permission_calls import ARGUMENTS

# Where refusals, and attempts that the database stops, leave a line in the log
LOGGERS = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.models.unlink",
    "odoo.sql_db",
    "odoo.http",
)
# Stored fields that a client may type into, one of which an attempt to write sends
TYPED = (
    *(
        "legal_text",
        "status",
        "result",
        "points",
        "remark",
        "share",
        "subject",
        "name",
        "reason",
    ),
    *("position", "code", "score_from", "sequence", "revoke_reason", "state"),
)
OPENED_BY_THE_HOUSE = {"emulation.interest.declare"}
REFUSALS = (AccessError, UserError, IntegrityError)


class Undone(Exception):
    """Takes back what was done to try it."""


class PermissionAttempts(BaseCase):
    """Doing, as a user, what the rights grant or refuse, and undoing it."""

    def setUp(self):
        super().setUp()
        silence = mute_logger(*LOGGERS)
        silence.__enter__()
        self.addCleanup(silence.__exit__, None, None, None)
        # tens of thousands of refusals: who asks why is answered elsewhere
        for model in ("ir.rule", "ir.model.access"):
            self.patch(
                self.env.registry[model], "_make_access_error", self._make_refusal
            )

    @staticmethod
    def _make_refusal(model, operation, records):
        return AccessError(f"{operation} of {records} is refused by {model._name}")

    def _is_worth_trying(self, record, operation):
        """Try once what the access rights forbid; every time what rules forbid."""
        if not record:
            return operation == "create"
        if record.browse().has_access(operation):
            return True
        return record.id == self.records[record._name]["own"].id

    def _is_own(self, field):
        return "emulation" in field._modules

    def _find(self, records):
        """Return those of the records that the user finds."""
        try:
            return records.with_context(active_test=False).search(
                [("id", "in", records.ids)]
            )
        except AccessError:
            return records.browse()

    def _read(self, records):
        """Return those of which the user reads all fields (of Odoo's models: ours)."""
        names = None
        if not records._name.startswith("emulation."):
            names = [
                field.name
                for field in records._fields.values()
                if self._is_own(field) and records._has_field_access(field, "read")
            ]
        granted = records._filtered_access("read")
        if granted and self._reads(granted, names):
            # at once, as a list does; one after another only what is in doubt
            return granted + self._read_each(records - granted, names)
        return self._read_each(records, names)

    def _read_each(self, records, names):
        return records.filtered(lambda record: self._reads(record, names))

    def _reads(self, records, names):
        try:
            return bool(records.read(names))
        except AccessError:
            return False

    def _does(self, record, operation):
        """Return whether the user gets through with the operation; undo it."""
        # What the rights refuse never comes as far as to leave something to flush;
        # a savepoint that flushes forgets all that has been read, a thousand times.
        is_open = operation == "create" or record.has_access(operation)
        try:
            with self.env.cr.savepoint(flush=is_open):
                if operation == "write":
                    record.write(self._typed(record))
                elif operation == "unlink":
                    record.unlink()
                elif operation == "create":
                    record.browse().create(self._copied(record))
                else:
                    return False
                self.env.flush_all()
                raise Undone
        except Undone:
            self.env.invalidate_all(flush=False)
            return True
        except REFUSALS:
            return False

    def _typed(self, record):
        """Return one value of the record, to be written again by a client."""
        stored = record.sudo()
        for name in TYPED:
            field = stored._fields.get(name)
            if field and field.store and not field.related:
                return {name: stored[name]}
        return {}

    def _copied(self, record):
        """Return the values of a new record like this one."""
        if not record:
            return {}
        values = record.sudo().copy_data()[0]
        fields = record._fields
        return {
            name: value
            for name, value in values.items()
            if fields[name].type not in ("one2many", "many2many")
        }

    def _call(self, model, method, ids, user, relation):
        """Call as a client does, through the door for remote calls."""
        target = self.env[model].with_user(user)
        if target._transient:
            values = self._get_dialog_values(model, relation)
            # what the house opens itself, no client may fill in
            opened = target.sudo() if model in OPENED_BY_THE_HOUSE else target
            ids = opened.create(values).ids
        arguments = ARGUMENTS.get((model, method), [])
        if callable(arguments):
            arguments = arguments(self.records, relation)
        function = getattr(type(target), method)
        if not getattr(function, "_api_model", False):
            arguments = [ids, *arguments]
        return call_kw(target, method, arguments, {})
