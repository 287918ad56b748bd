from unittest.mock import patch

from odoo.tests import Form, tagged

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestPersonalDefaults(AppraisalCommon):
    """The values a user keeps for new forms are for forms: the house asks for none.

    Every employee may keep them for any field of any model, by a call.
    """

    def _keep(self, user, model, field, value):
        defaults = self.env["ir.default"].with_user(user)
        defaults.set(model, field, value, user_id=True)

    def test_secretary_publishes_no_result_by_a_default(self):
        for field, value in (("is_published", True), ("rank", 7)):
            self._keep(self.secretary_user, "emulation.verdict", field, value)
        session = self._close(self._open_session())
        verdict = session.sudo().evaluation_ids.verdict_ids
        self.assertEqual(len(verdict), 1)
        self.assertFalse(verdict.is_published)
        self.assertEqual(verdict.rank, 1)

    def test_secretary_publishes_no_result_by_the_context_of_a_call(self):
        session = self._open_session()
        self._score_by_all(session, DEMO_SCORES["D2"])
        kept = session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.with_context(default_is_published=True, default_rank=7).action_close()
        verdict = session.sudo().evaluation_ids.verdict_ids
        self.assertFalse(verdict.is_published)
        self.assertEqual(verdict.rank, 1)

    def test_secretary_makes_no_paper_open_by_a_default(self):
        self._keep(self.secretary_user, "emulation.document", "number", 99)
        session = self._close(self._open_session())
        paper = session.with_user(self.secretary_user).action_draft_minutes()
        minutes = self.env["emulation.document"].browse(paper["res_id"])
        self.assertFalse(minutes.number)

    def test_officer_puts_nothing_into_the_ledger_of_shares_by_a_default(self):
        self._keep(self.officer_a1, "emulation.share.log", "file_name", "dong-y.pdf")
        entries = self._create_initiative().share_log_ids
        self.assertEqual(len(entries), 4)
        self.assertFalse(any(entries.mapped("file_name")))

    def test_clerk_opens_no_file_to_everybody_by_a_default(self):
        for user in self.secretary_user | self.chair_user:
            self._keep(user, "ir.attachment", "public", True)
            self._keep(user, "ir.attachment", "access_token", "chia-khoa")
        session = self._close(self._open_session())
        self._sign_minutes(session)
        minutes = session.sudo().document_ids
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "emulation.document"),
                ("res_id", "in", minutes.ids),
                ("res_field", "in", (False, "pdf")),
            ]
        )
        self.assertTrue(files)
        self.assertFalse(any(files.mapped("public")))
        self.assertFalse(any(files.mapped("access_token")))

    def test_who_invites_keeps_no_key_to_the_account(self):
        self._keep(self.manager_user, "res.users", "password", "toi-biet-mat-khau")
        stolen = self.env["res.partner"].create({"name": "Người khác"})
        self._keep(self.manager_user, "res.users", "partner_id", stolen.id)
        users = self.env["res.users"].with_user(self.manager_user)
        users = users.with_context(no_reset_password=True)
        login = "nguoi.moi@example.com"
        with patch.object(type(users), "_action_reset_password") as invited:
            user = users._emulation_create_user("Người Mới", login, ["data"])
        invited.assert_called_once()
        self.assertNotEqual(user.partner_id, stolen)
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        self.assertFalse(self.env.cr.fetchone()[0])

    def test_forms_keep_their_defaults(self):
        self._keep(self.officer_a1, "emulation.initiative", "keywords", "đồ gá")
        forms = self.env["emulation.initiative"]
        self.assertEqual(Form(forms.with_user(self.officer_a1)).keywords, "đồ gá")
        self.assertFalse(Form(forms.with_user(self.officer_a2)).keywords)

    def test_what_the_administrator_sets_for_everybody_holds_everywhere(self):
        admin = self.env["ir.default"].with_user(self.env.ref("base.user_admin"))
        admin.set("emulation.initiative", "keywords", "chung")
        self._keep(self.officer_a1, "emulation.initiative", "keywords", "riêng")
        made = self.env["emulation.initiative"].with_user(self.officer_a1)
        self.assertEqual(made.default_get(["keywords"]), {"keywords": "riêng"})
        self.assertEqual(made.sudo().default_get(["keywords"]), {"keywords": "chung"})
