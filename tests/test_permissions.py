import inspect
import re

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from . import permission_table
from .permission_attempts import REFUSALS, PermissionAttempts, Undone
from .permission_calls import PermissionCalls
from .permission_table import LETTERS, RELATIONS

ADDON = "odoo.addons.emulation"
# Roles whose rights depend on the unit, called on all of them; the others on “own”
BY_UNIT = ("officer", "head", "movement", "manager")


def is_ours(cls):
    """Return whether a class is defined by this addon."""
    return f"{cls.__module__}.".startswith(f"{ADDON}.")


REGISTER = "emulation.document.register"


@tagged("post_install", "-at_install")
class TestPermissions(PermissionAttempts, PermissionCalls, HttpCase):
    """permissions.txt says who may do what; here each cell of it is tried."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = permission_table.load()

    # THE TABLE IS COMPLETE

    def _own_models(self):
        return {
            name
            for name, model in self.env.registry.items()
            if name.startswith("emulation.") and not model._abstract
        }

    def _is_recordless(self, model):
        """Return whether rights on the model are all there is: it keeps no records.

        Dialogs, and abstract models with a public method of their own.
        """
        if not model._abstract:
            return model._transient
        heirs = set(model._inherit_children)
        return not heirs and bool(self._public_methods(model))

    def test_every_model_has_a_block(self):
        listed = {model.name for model in self.table.models.values()}
        self.assertEqual(self._own_models() - listed, set(), "no block in the table")
        self.assertEqual(listed - set(self.env.registry), set(), "a model that is gone")

    def test_every_block_has_records_and_every_record_a_block(self):
        made = set(self.records) | {
            name
            for name, model in self.env.registry.items()
            if self._is_recordless(model) and name.startswith("emulation.")
        }
        self.assertEqual(made - set(self.table.models), set(), "no block in the table")
        self.assertEqual(set(self.table.models) - made, set(), "no record to try it on")
        self.assertEqual(set(self.table.roles), set(self.people))
        for key, records in self.records.items():
            for relation, record in records.items():
                self.assertEqual(len(record), 1, f"{key}, {relation}")

    def test_a_model_with_a_unit_is_tried_in_every_relation(self):
        """A model whose rights may depend on its unit is not judged by one record."""
        tried = {}
        for key, records in self.records.items():
            tried.setdefault(key.partition("/")[0], set()).update(records)
        for name in self._own_models() & tried.keys():
            if self.env[name]._auto and "unit_path" in self.env[name]._fields:
                self.assertEqual(tried[name], set(RELATIONS), name)

    # RIGHTS ON RECORDS

    def test_rights(self):
        for key, block in self.table.models.items():
            with self.subTest(key):
                wrong = []
                for role, user in self.people.items():
                    expected = {
                        relation: block.cell(role, relation)
                        for relation in self._records_of(key)
                    }
                    wrong += [
                        f"{key}, role {role}, {problem}"
                        for problem in self._compare(key, user, expected)
                    ]
                self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def _records_of(self, key):
        model = self.env[key.partition("/")[0]]
        return {"own": model} if self._is_recordless(type(model)) else self.records[key]

    def _compare(self, key, user, expected):
        """Yield what differs from the cells ``expected``, by relation."""
        env = self.env(user=user, su=False)
        records = {
            relation: record.with_env(env)
            for relation, record in self._records_of(key).items()
        }
        several = env[key.partition("/")[0]].union(*records.values())
        found, read = self._find(several), self._read(several)
        for relation, record in records.items():
            where = f"relation {relation}"
            for problem in self._compare_cell(key, record, expected[relation]):
                yield f"{where}: {problem}"
            if record:
                readable = "r" in expected[relation]
                if (record in found) != readable:
                    yield f"{where}: search: expected {readable}"
                if (record in read) != readable:
                    yield f"{where}: read of all fields: expected {readable}"

    def _compare_cell(self, key, record, expected):
        """Yield what differs from one cell."""
        in_state = "/" in key
        for letter, operation in LETTERS.items():
            granted = record.has_access(operation)
            if in_state and letter == "c":
                # nothing is created in a later state: the model's block tells
                granted = False
            elif in_state and letter in "wd":
                granted = self._does(record, operation)
            elif not granted and self._is_worth_trying(record, operation):
                if self._does(record, operation):
                    yield f"{operation} is refused by has_access, yet it is done"
            if granted != (letter in expected):
                yield f"{operation}: expected {letter in expected}, actual {granted}"

    def test_several_roles_give_no_more_than_each(self):
        """Rules of one role must not open what the access rights of another grant."""
        roles = ("officer", "outsider", "leader", "award", "finance", "data")
        groups = "officer council leader award finance data"
        user = self._create_user("p_several", groups, self.district_a)
        for key, records in self.records.items():
            for relation, record in records.items():
                apart = set().union(
                    *(self._get_granted(record, self.people[role]) for role in roles)
                )
                with self.subTest(key, relation=relation):
                    self.assertEqual(self._get_granted(record, user) - apart, set())

    def _get_granted(self, record, user):
        record = record.with_user(user)
        return {
            operation for operation in LETTERS.values() if record.has_access(operation)
        }

    # FIELDS

    def test_fields_with_groups(self):
        """A field that only some readers of its record see is in the table."""
        for name, model in self.env.registry.items():
            fields = {
                field.name
                for field in model._fields.values()
                if field.groups and self._is_own(field) and not field.inherited
            }
            if model._abstract or not fields:
                continue
            with self.subTest(name):
                block = self.table.models[name]
                self.assertEqual(set(block.fields), fields)
                for field in fields:
                    able = {
                        role
                        for role, user in self.people.items()
                        if self._reads_field(name, field, user)
                    }
                    self.assertEqual(able, set(block.fields[field]), field)

    def _reads_field(self, model, name, user):
        record = self.records[model]["own"].with_user(user)
        field = record._fields[name]
        return record.browse()._has_field_access(field, "read")

    # PUBLIC METHODS

    def _public_methods(self, model):
        """Return the names of the methods a client may call that are this addon's.

        Overrides of methods of Odoo itself are judged as the operation they are.
        """
        classes = model.mro()
        ours = [cls for cls in classes if is_ours(cls)]
        names = {
            name
            for cls in ours
            for name, value in vars(cls).items()
            if inspect.isfunction(value) and not name.startswith("_")
        }
        return {
            name
            for name in names
            if not any(getattr(getattr(c, name, 0), "_api_private", 0) for c in classes)
            and not any(name in vars(cls) for cls in classes if cls not in ours)
        }

    def test_every_public_method_is_listed(self):
        """Also those of mixins: an abstract model can be called as well."""
        listed = {model: set(calls) for model, calls in self.table.calls().items()}
        anywhere = set().union(*listed.values())
        for name, model in self.env.registry.items():
            methods = self._public_methods(model)
            if model._abstract:
                self.assertEqual(methods - anywhere, set(), f"{name}: not in the table")
            else:
                self.assertEqual(listed.get(name, set()), methods, name)

    def test_calls(self):
        for model, calls in self.table.calls().items():
            for method, grants in calls.items():
                with self.subTest(f"{model}.{method}"):
                    wrong = list(self._try_method(model, method, grants))
                    self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def _try_method(self, model, method, grants):
        several = self._has_relations(model, method)
        for relation in RELATIONS if several else RELATIONS[:1]:
            with self.env.cr.savepoint() as savepoint:
                record = self._get_ready(model, method, relation)
                self.env.flush_all()
                for role, user in self.people.items():
                    if relation != "own" and role not in BY_UNIT:
                        continue
                    may = relation in grants.get(role, ())
                    call = (model, method, record.ids, user, relation)
                    if problem := self._try_call(call, may):
                        yield f"{model}.{method} as {role} on {relation}: {problem}"
                savepoint.rollback()

    def _try_call(self, call, may):
        """Return what is wrong with one call, undone afterwards, or nothing."""
        try:
            with self.env.cr.savepoint():
                before = self._count_changes()
                result = self._call(*call)
                self.env.flush_all()
                if may:
                    raise Undone
                if self._count_changes() != before:
                    return "not in the table, yet it has an effect"
                is_action = isinstance(result, dict) and "type" in result
                if result and result is not True and not is_action:
                    return f"not in the table, yet it answers {result!r:.80}"
                raise Undone
        except Undone:
            return None
        except REFUSALS as error:
            return f"in the table, yet refused: {error}" if may else None

    def _count_changes(self):
        """Return how often a row that a call may change was written so far.

        PostgreSQL counts within the transaction, also what is taken back later.
        """
        tables = [
            self.env[name]._table
            for name in self._own_models()
            if self.env[name]._auto and not self.env[name]._transient
        ]
        tables += ["res_users", "res_partner", "res_groups_users_rel", "mail_message"]
        counts = SQL(" + ").join(
            SQL("%s(oid)", SQL.identifier(f"pg_stat_get_xact_tuples_{what}"))
            for what in ("inserted", "updated", "deleted")
        )
        where = SQL("relkind = 'r' AND relname IN %s", tuple(tables))
        query = SQL("SELECT SUM(%s)::int FROM pg_class WHERE %s", counts, where)
        return self.env.execute_query(query)[0][0]

    def test_a_change_is_noticed(self):
        """Else a call with an effect would pass for one without."""
        before = self._count_changes()
        unit = self.district_a
        unit.short_name = "Huyện An (mới)"
        self.assertEqual(self._count_changes(), before)
        unit.flush_recordset()
        written = self._count_changes()
        self.assertGreater(written, before)
        unit.message_post(body="Đã đổi tên")
        self.assertGreater(self._count_changes(), written)

    # ROUTES

    def _own_routes(self):
        """Return path → (methods, auth) of every route this addon has a hand in."""
        modules = self.env.registry._init_modules | {"base", "web"}
        routes = {}
        for path, endpoint in http._generate_routing_rules(sorted(modules), False):
            method = endpoint.func
            if any(
                is_ours(cls) and method.__name__ in vars(cls)
                for cls in type(method.__self__).mro()
            ):
                routing = endpoint.routing
                methods = tuple(sorted(routing["methods"] or ("ANY",)))
                routes[path] = (methods, routing["auth"])
        return routes

    def test_routes(self):
        listed = {
            route.path: (route.methods, route.auth)
            for route in self.table.routes.values()
        }
        self.assertEqual(self._own_routes(), listed)
        passwords = {user: user.login.ljust(8, "x") for user in self.people.values()}
        for role, user in self.people.items():
            login = None if role == "public" else user.login
            self.authenticate(login, passwords[user])
            for route in self.table.routes.values():
                with self.subTest(route.path, role=role):
                    url, unknown = self._urls(route.path, user)
                    status = route.status[role]
                    self.assertEqual(self._get_status(url), status)
                    if unknown and "GET" in route.methods:
                        # who is not logged in is not told what there is
                        refusals = {403, 404, route.status[role]} - {200}
                        self.assertIn(self._get_status(unknown), refusals)

    def _get_status(self, url):
        """Return the status of a page; 303 when the visitor is sent to log in."""
        response = self.url_open(url)
        return 303 if "/web/login" in response.url else response.status_code

    def _urls(self, path, user):
        """Return an address that leads to a record, and one that leads to none.

        A data set is the user's own where the user may ask for one.
        """
        code = self.records["emulation.certificate"]["own"].code
        exports = self.env["emulation.dataset.export"].with_user(user)
        if not exports.has_access("create"):
            exports = exports.with_user(self.people["officer"])
        export = exports.create({"scope": "all", "content": "decided"})
        session = self.records["emulation.session/published"]["own"]
        token = self.records["emulation.share.link"]["own"].token
        dossier = self.records["emulation.initiative/authored"]["own"]
        url = unknown = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
        for name, value, wrong in (
            ("<string:code>", code, "KHONG-CO-MA-NAY"),
            ("<string:token>", token, "khong-co-ma-nay"),
            ("<int:scored_id>", self.screen_session.id, 0),
            ("<string:paper_code>", self.paper_sheet.paper_code, "ABCD-EFGH-JKMN"),
            ("<int:export_id>", str(export.id), "0"),
            ("<int:session_id>", session.id, 0),
            ("<string:part>", "results.xlsx", "results.docx"),
            ("<string:step>", "idea", "khong-co"),
            (
                "<int:publication_id>",
                self.records["emulation.publication"]["own"].id,
                0,
            ),
            ("<int:page>", 1, 1),
            ("<int:round_id>", self.round.id, 0),
            ("<int:register_id>", self.records[REGISTER]["own"].id, 0),
            ("<int:sheet_id>", self.records["emulation.scoresheet"]["own"].id, 0),
            ("<int:file_id>", dossier.attachment_ids.id, 0),
            ("<int:initiative_id>", dossier.id, 0),
            ("<int:attachment_id>", dossier.attachment_ids.id, 0),
        ):
            url = url.replace(name, str(value))
            unknown = unknown.replace(name, str(wrong))
        return url, unknown if unknown != url else None

    # TIME

    def test_rights_end_with_the_membership(self):
        sheet = self.records["emulation.evaluation/published"]["own"]
        member = self.people["member"]
        self.assertTrue(sheet.with_user(member).has_access("read"))
        seats = self.council.member_ids.filtered(lambda one: one.user_id == member)
        seats.date_end = "2020-12-31"
        self.assertFalse(sheet.with_user(member).has_access("read"))
        officer = self.people["officer"]
        draft = self.records["emulation.initiative"]["own"].with_user(officer)
        self.assertTrue(draft.has_access("write"))
        officer.emulation_officer_ids.date_end = "2020-12-31"
        self.assertFalse(draft.has_access("read"))
