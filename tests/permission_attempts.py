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

    def _is_worth_trying(self, record, operation):
        """Try once what the access rights forbid; every time what rules forbid."""
        if not record:
            return operation == "create"
        if record.browse().has_access(operation):
            return True
        return record.id == self.records[record._name]["own"].id

    def _is_own(self, field):
        return "emulation" in field._modules

    def _finds(self, record):
        try:
            found = record.with_context(active_test=False).search(
                [("id", "=", record.id)]
            )
            return bool(found)
        except AccessError:
            return False

    def _reads(self, record):
        """Return whether the user reads all fields (of Odoo's models: all of ours)."""
        names = None
        if not record._name.startswith("emulation."):
            names = [
                field.name
                for field in record._fields.values()
                if self._is_own(field) and record._has_field_access(field, "read")
            ]
        try:
            return bool(record.read(names))
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
            ids = target.create(values).ids
        arguments = ARGUMENTS.get((model, method), [])
        if callable(arguments):
            arguments = arguments(self.records, relation)
        function = getattr(type(target), method)
        if not getattr(function, "_api_model", False):
            arguments = [ids, *arguments]
        return call_kw(target, method, arguments, {})
