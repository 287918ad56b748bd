import contextlib
import inspect

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_portal import PortalCommon

LOGGERS = (
    "odoo.http",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.models",
)
# the only models of the addon of which a visitor reads anything
OPEN = {"emulation.initiative", "emulation.initiative.author"}


@tagged("post_install", "-at_install")
class TestPortalAttack(PortalCommon, HttpCase):
    """What somebody with an account on the portal and bad intentions gets: nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._close(cls._open_session())
        cls.other = cls._complete_draft(cls.stranger)
        cls.own = cls._complete_draft()

    def setUp(self):
        super().setUp()
        self.authenticate(self.author.login, self.author.login.ljust(8, "x"))

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _refused_call(self, *args, **kwargs):
        with mute_logger(*LOGGERS), self.assertRaises(JsonRpcException, msg=args):
            self._call(*args, **kwargs)

    def _own_models(self):
        return sorted(
            name
            for name, model in self.env.registry.items()
            if name.startswith("emulation.") and not model._abstract
        )

    def test_no_model_of_the_addon_is_read_or_written(self):
        for model in set(self._own_models()) - OPEN:
            with self.subTest(model):
                for method, *args in (
                    ("search_read", []),
                    ("search_count", []),
                    ("create", {}),
                    ("read", [1]),
                    ("write", [1], {"name": "x"}),
                    ("unlink", [1]),
                    ("export_data", [1], ["id"]),
                ):
                    self._refused_call(model, method, *args)

    def test_public_methods_change_nothing_of_somebody_else(self):
        dossier = self.other.sudo()
        before = (dossier.read()[0], dossier.author_ids.sudo().read())
        for name, value in inspect.getmembers(type(self.other), inspect.isfunction):
            if not name.startswith("action_") or "emulation" not in value.__module__:
                continue
            refused = contextlib.suppress(JsonRpcException)
            with self.subTest(name), mute_logger(*LOGGERS), refused:
                self._call("emulation.initiative", name, [self.other.id])
        dossier.invalidate_recordset()
        self.assertEqual((dossier.read()[0], dossier.author_ids.sudo().read()), before)

    def test_only_own_dossiers_are_found(self):
        found = self._call("emulation.initiative", "search", [])
        self.assertEqual(found, [self.own.id])
        lines = self._call("emulation.initiative.author", "search", [])
        self.assertEqual(lines, self.own.author_ids.ids)
        self._refused_call("emulation.initiative", "read", [self.other.id])
        self._refused_call(
            "emulation.initiative", "write", [self.other.id], {"name": "x"}
        )

    def test_fields_nobody_opened_are_closed_in_every_way(self):
        for name in (
            "evaluation_ids", "verdict_ids", "certificate_ids", "search_text",
            "endorsed_user_id", "share_log_ids", "message_ids", "activity_ids",
            "unit_path", "share_version",
        ):  # fmt: skip
            with self.subTest(name):
                model, ids = "emulation.initiative", [self.own.id]
                self._refused_call(model, "read", ids, [name])
                self._refused_call(model, "search", [(name, "!=", False)])
                self._refused_call(model, "export_data", ids, [name])
                self._refused_call(model, "search", [], order=f"{name} desc")
                self._refused_call(
                    model, "formatted_read_group", [], [name], ["__count"]
                )
        for name in ("partner_id", "share_url", "objection", "confirmed_version"):
            with self.subTest(name):
                lines = self.own.author_ids.ids
                model = "emulation.initiative.author"
                self._refused_call(model, "read", lines, [name])
                self._refused_call(model, "search", [(name, "=", 1)])
        self._refused_call(
            "emulation.initiative", "search", [("verdict_ids.score", ">", 1)]
        )
        self._refused_call(
            "emulation.initiative", "search", [("author_ids.partner_id.email", "!=", 1)]
        )

    def test_nothing_but_the_content_is_written(self):
        ids = [self.own.id]
        for vals in (
            {"state": "recognised"},
            {"state": "submitted"},
            {"code": "X"},
            {"create_uid": 2},
            {"company_id": 1},
            {"active": False},
            {"author_ids": [(5,)]},
            {"attachment_ids": [(6, 0, self.other.sudo().attachment_ids.ids)]},
            {"submitted_user_id": 2},
            {"date_recognised": "2020-01-01"},
            {"share_version": 9},
        ):
            with self.subTest(vals):
                self._refused_call("emulation.initiative", "write", ids, vals)
                values = {"name": "Mới", **vals}
                self._refused_call("emulation.initiative", "create", values)
        for vals in ({"share": 1}, {"is_confirmed": True}, {"partner_id": 3}):
            lines = self.own.author_ids.ids
            self._refused_call("emulation.initiative.author", "write", lines, vals)
        self._refused_call("emulation.initiative", "unlink", ids)
        self._refused_call(
            "emulation.initiative", "_author_create", self._typed(name="Riêng")
        )

    def test_what_is_private_stays_private(self):
        self.own.sudo().message_post(
            body="Nội bộ",
            subtype_xmlid="mail.mt_note",
            attachments=[("noi-bo.txt", b"bi mat")],
        )
        with mute_logger(*LOGGERS):
            messages = self._call(
                "mail.message",
                "search_read",
                [("model", "=", "emulation.initiative")],
                ["body"],
            )
        self.assertNotIn("Nội bộ", str(messages))
        files = self.own.sudo().message_ids.attachment_ids
        answer = self.url_open(f"/web/content/{files[:1].id}")
        self.assertEqual(answer.status_code, 404)
        own = self.url_open(f"/my/initiatives/{self.own.id}/files/{files[:1].id}")
        self.assertEqual(own.status_code, 404)
        foreign = self.other.sudo().attachment_ids
        self.assertEqual(self.url_open(f"/web/content/{foreign.id}").status_code, 404)

    def test_the_autosave_of_somebody_else_is_refused(self):
        for path in (f"/my/initiatives/{self.other.id}/save", "/my/initiatives/0/save"):
            with mute_logger(*LOGGERS), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    path, {"typed": {"problem": "x"}, "marks": {"problem": "x"}}
                )
        self.assertNotEqual(self.other.sudo().problem, "x")

    def test_another_address_or_number_does_not_make_somebody_else(self):
        """An account changes its own e-mail and telephone; dossiers do not follow."""
        self.author.partner_id.sudo().write(
            {
                "email": self.stranger.email,
                "phone": "0912345678",
                "name": "Người Lạ Thử",
            }
        )
        found = self.env["emulation.initiative"].with_user(self.author).search([])
        self.assertNotIn(self.other, found)

    def test_rights_end_with_the_line(self):
        self.own._author_add(
            {
                "name": self.stranger.name,
                "birth_date": "1980-01-01",
                "email": self.stranger.email,
            }
        )
        theirs = self.own.with_user(self.stranger)
        self.assertTrue(theirs.has_access("read"))
        self.assertFalse(theirs.has_access("write"))
        self.own._author_remove(self.own.author_ids[1].id)
        self.assertFalse(theirs.has_access("read"))
        with self.assertRaises(AccessError):
            theirs.read(["name"])

    def test_nobody_outside_has_a_dossier_mailed_to_anybody(self):
        victim = self.stranger.partner_id.id
        before = self.own.sudo().message_ids
        for method, kwargs in (
            ("message_subscribe", {"partner_ids": [victim]}),
            ("message_unsubscribe", {"partner_ids": [victim]}),
            ("message_post", {"body": "x", "partner_ids": [victim]}),
            ("message_notify", {"body": "x", "partner_ids": [victim]}),
            ("message_post_with_source", {"source_ref": "emulation.share_page"}),
            ("message_mail_with_source", {"source_ref": "emulation.share_page"}),
        ):
            for dossier in (self.own, self.other):
                with self.subTest(method):
                    self._refused_call(
                        "emulation.initiative", method, [dossier.id], **kwargs
                    )
        with mute_logger(*LOGGERS), contextlib.suppress(JsonRpcException):
            self.make_jsonrpc_request(
                "/mail/message/post",
                {
                    "thread_model": "emulation.initiative",
                    "thread_id": self.own.id,
                    "post_data": {"body": "x", "partner_ids": [victim]},
                },
            )
        self.assertEqual(self.own.sudo().message_ids, before)
        self.assertNotIn(victim, self.own.sudo().message_partner_ids.ids)
