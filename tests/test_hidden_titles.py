from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common_use import UseCommon


@tagged("post_install", "-at_install")
class TestHiddenTitles(UseCommon):
    """Links to dossiers, typed by a client, tell nothing of what it may not read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hidden = cls._create_initiative("Tên còn giấu kín")

    def _tell(self, attempt):
        """Return all that an attempt answers: its result, or its refusal."""
        try:
            with self.env.cr.savepoint():
                return str(attempt())
        except (AccessError, UserError) as refusal:
            return str(refusal)

    def _attempts(self, model, field, **more):
        """Yield what a client of another unit may try with a dossier's number."""
        records = self.env[model].with_user(self.officer_b1)
        vals = {field: self.hidden.id, **more}
        named = {"fields": {"display_name": {}}}
        spec = {field: named, "display_name": {}}
        yield lambda: records.create(vals).web_read(spec)
        yield lambda: records.web_save(vals, spec)
        for name in ("initiative_name", "author_names", "owner_unit_id"):
            if name in records._fields:
                spec[name] = {}
        yield lambda: records.onchange(vals, [field], spec)
        nested = {**vals, field: {"id": self.hidden.id}}
        yield lambda: records.onchange(nested, [field], spec)
        begun = records.with_context(**{f"default_{name}": vals[name] for name in vals})
        yield lambda: begun.onchange({}, [], spec)
        yield lambda: begun.create({}).web_read(spec)

    def test_no_link_tells_a_title(self):
        unit = {"unit_id": self.commune_b1.id}
        cases = (
            ("emulation.initiative.adoption", "initiative_id", unit),
            ("emulation.initiative.adoption", "entry_id", unit),
            ("emulation.remuneration", "initiative_id",
             {**unit, "date_start": "2020-01-01"}),
            ("emulation.initiative.transfer", "initiative_id",
             {"target_unit_id": self.commune_b1.id, "reason": "Thử"}),
            ("emulation.share.paper", "initiative_id", {"scan": "JVBERg=="}),
            ("emulation.initiative.author", "initiative_id",
             {"partner_id": self.officer_b1.partner_id.id, "share": 1}),
            ("emulation.initiative.development", "initiative_id", {"stage": "idea"}),
        )  # fmt: skip
        for model, field, more in cases:
            for number, attempt in enumerate(self._attempts(model, field, **more)):
                with self.subTest(model, field=field, attempt=number):
                    answer = self._tell(attempt)
                    self.assertNotIn(self.hidden.name, answer)
                    self.assertNotIn("Lê Văn Thử", answer)

    def test_whom_a_message_went_to_tells_no_title(self):
        """A notification is read by its recipient and author; its name is a subject."""
        dossier = self.hidden.sudo()
        dossier.with_user(self.officer_a1).message_notify(
            partner_ids=self.head_a1.partner_id.ids, subject="Tên còn giấu kín"
        )
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=self.head_a1.partner_id.ids, subject="Tên còn giấu kín hai"
        )
        self.env.flush_all()
        kept = (
            self.env["mail.notification"]
            .sudo()
            .search([("res_partner_id", "=", self.head_a1.partner_id.id)])
        )
        self.assertGreaterEqual(len(kept), 2)
        strangers = self.officer_b1 | self.internal_user | self.leader_user
        for user in strangers | self.movement_user:
            mine = self.env["mail.notification"].with_user(user)
            with self.subTest(user.login):
                self.assertFalse(mine.search([("id", "in", kept.ids)]))
                self.assertNotIn(
                    "giấu kín", str(mine.search_read([], ["mail_message_id"]))
                )
        own = kept.with_user(self.head_a1)
        self.assertEqual(own.search([("id", "in", kept.ids)]), own)
        # messages of other applications are as ever
        other = self.hidden.company_id.partner_id.sudo().message_notify(
            partner_ids=self.head_a1.partner_id.ids, subject="Khác", body="Khác",
            model="res.partner", res_id=self.hidden.company_id.partner_id.id,
        ).notification_ids  # fmt: skip
        self.assertTrue(other)
        self.assertEqual(other.with_user(self.internal_user).search(
            [("id", "in", other.ids)]), other)  # fmt: skip

    def test_no_message_is_addressed_to_learn_a_title(self):
        """Nor an activity: both tell their writer the name of what they are about."""
        portal = new_test_user(self.env, "cong_dan", groups="base.group_portal")
        subject = {"model": self.hidden._name, "res_id": self.hidden.id}
        for user in (self.internal_user, self.officer_b1, portal):
            messages = self.env["mail.message"].with_user(user)
            for kind in ("user_notification", "comment", "notification"):
                vals = {**subject, "message_type": kind, "body": "?"}
                with self.subTest(user.login, kind=kind):
                    answer = self._tell(
                        lambda m=messages, v=vals: m.create(v).read(["record_name"])
                    )
                    self.assertNotIn(self.hidden.name, answer)
                    self.assertTrue(answer)
        messages = self.env["mail.message"].with_user(self.internal_user)
        with self._refused(AccessError, "not yours to read"):
            messages.create({**subject, "message_type": "user_notification"})

    def test_no_activity_is_moved_to_learn_a_title(self):
        activity = self.env["mail.activity"].with_user(self.internal_user)
        activity = activity.create(
            {"summary": "Việc của tôi", "user_id": self.internal_user.id}
        )
        model = self.env["ir.model"]._get_id(self.hidden._name)
        vals = {"res_model_id": model, "res_id": self.hidden.id}
        answer = self._tell(lambda: activity.write(vals) and activity.res_name)
        self.assertIn("“Việc của tôi” cannot be about", answer)
        self.assertNotIn(self.hidden.name, answer)
        own = activity.with_user(self.officer_a1).create(
            {"summary": "Xem lại", "user_id": self.officer_a1.id}
        )
        own.write(vals)
        self.assertEqual(own.res_name, self.hidden.display_name)

    def test_message_tells_no_title_that_was_hidden_since(self):
        dossier = self.hidden.with_user(self.officer_a1)
        message = dossier.message_post(body="Đã xem")
        self.assertEqual(message.record_name, dossier.display_name)
        self.officer_a1.sudo().emulation_officer_ids.unlink()
        self.env.invalidate_all()
        message = message.with_user(self.officer_a1)
        self.assertIn("Đã xem", message.body)
        self.assertFalse(message.record_name)

    def test_numbers_of_lines_tell_no_author(self):
        """Who tries numbers finds the people of readable lines alone."""
        hidden = self.hidden.sudo().author_ids
        people = self.env["res.partner"].with_user(self.officer_b1)
        asked = [("emulation_author_ids", "in", hidden.ids)]
        self.assertFalse(people.search(asked))
        self.assertFalse(
            self.env["res.users"].with_user(self.officer_b1).search_count(asked)
        )
        other = [("id", "in", hidden.partner_id.ids), "!", *asked]
        self.assertEqual(people.search_count(other), len(hidden.partner_id))
        mine = people.with_user(self.officer_a1)
        self.assertEqual(mine.search(asked), hidden.partner_id.with_user(mine.env.user))

    def test_candidate_is_not_turned_into_a_hidden_dossier(self):
        need = (
            self.env["emulation.need"]
            .with_user(self.officer_b1)
            .create(
                {
                    "name": "Kẹp nhiều phôi trên máy dập",
                    "unit_id": self.commune_b1.id,
                    "field_id": self.env.ref("emulation.field_mechanics").id,
                    "problem": "Kẹp từng phôi",
                }
            )
        )
        need.action_find()
        match = need.match_ids[0]
        for vals in ({"entry_id": self.hidden.id}, {"initiative_id": self.hidden.id}):
            answer = self._tell(lambda vals=vals: match.write(vals))
            self.assertNotIn(self.hidden.name, answer)
            self.assertNotEqual(match.sudo().initiative_id, self.hidden)

    def test_candidate_is_proposed_by_hand(self):
        need = (
            self.env["emulation.need"]
            .with_user(self.officer_b1)
            .create(
                {
                    "name": "Khác hẳn",
                    "unit_id": self.commune_b1.id,
                    "field_id": self.env.ref("emulation.field_health").id,
                    "problem": "Không có",
                    "match_ids": [(0, 0, {"entry_id": self.recognised.id})],
                }
            )
        )
        self.assertEqual(need.match_ids.origin, "person")


@tagged("post_install", "-at_install")
class TestHiddenTitlesInDebugMode(UseCommon, HttpCase):
    """The framework's refusal names records to whoever adds “debug” to an address."""

    def _read(self, record):
        params = {"model": record._name, "method": "read", "kwargs": {}}
        params["args"] = [record.ids, ["id"]]
        url = f"{self.base_url()}/web/dataset/call_kw/{record._name}/read"
        return self.opener.post(url, json={"params": params}).json()["error"]

    @mute_logger("odoo.http")
    def test_refusal_names_no_record(self):
        hidden = self._create_initiative("Tên còn giấu kín")
        self.authenticate("officer_b1", "officer_b1")
        for address in ("/odoo", "/odoo?debug=1"):
            self.url_open(address)
            told = str(self._read(hidden))
            self.assertIn("AccessError", told)
            self.assertIn("Initiative", told)
            self.assertNotIn("giấu kín", told)
