from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestUserRoles(EmulationCommon):
    """What a movement manager, who is no administrator, may do to accounts."""

    def _wizard(self, user=None, **context):
        Wizard = self.env["emulation.user.invite"].with_user(user or self.manager_user)
        return Wizard.with_context(no_reset_password=True, **context)

    def _invite(self, **vals):
        return self._wizard().create(
            {"name": "Nguyễn Văn Mới", "login": "moi@example.com", **vals}
        )

    def _find(self, login="moi@example.com"):
        return self.env["res.users"].search([("login", "=", login)])

    def test_officer_in_one_screen(self):
        with Form(self._wizard()) as form:
            form.name = "Nguyễn Văn Mới"
            form.login = "Moi@Example.com"
            self.assertEqual(form.office_role, "officer")
            form.unit_id = self.commune_a1
            form.unit_role = "deputy"
            form.position = "Phó Chủ tịch"
        form.record.action_confirm()
        user = self._find()
        self.assertEqual(user.emulation_unit_ids, self.commune_a1)
        self.assertRecordValues(
            user.emulation_officer_ids, [{"role": "deputy", "position": "Phó Chủ tịch"}]
        )
        expected = self.env.ref("base.group_user")
        expected |= self.env.ref("emulation.group_emulation_officer")
        self.assertEqual(user.group_ids, expected)
        self.assertEqual(user.company_ids, self.env.company)
        self.assertFalse(user._is_admin())
        self.assertEqual(user.emulation_role_names, "Unit officer")

    def test_no_button_that_always_ends_in_a_refusal(self):
        users = self.manager_user | self.env.ref("base.user_admin") | self.officer_a
        answers = users.with_user(self.manager_user).mapped(
            "emulation_can_change_roles"
        )
        self.assertEqual(answers, [False, False, True])
        mine = self.officer_a.with_user(self.movement_user)
        self.assertFalse(mine.emulation_can_change_roles)

    def test_each_role_is_told_in_a_sentence(self):
        notes = self._wizard().new({}).role_notes
        for role in self.env["res.users"]._emulation_groups().values():
            self.assertIn(role.name, notes)
            self.assertIn(role.comment, notes)

    def test_bad_input_leaves_nothing_behind(self):
        cases = [
            ({"office_role": "officer"}, "without a unit"),
            ({"office_role": "none"}, "at least one role"),
            ({"login": "khong-phai-email", "unit_id": self.commune_a1.id}, "complete"),
            ({"name": " ", "unit_id": self.commune_a1.id}, "full name"),
            ({"login": "officer_a2", "unit_id": self.commune_a1.id}, "complete"),
        ]
        before = self.env["res.users"].with_context(active_test=False).search_count([])
        for vals, pattern in cases:
            with self._refused(UserError, pattern):
                self._invite(**vals).action_confirm()
        after = self.env["res.users"].with_context(active_test=False).search_count([])
        self.assertEqual(after, before)

    def test_ended_unit_is_refused(self):
        self.commune_a2.date_end = "2020-01-01"
        with self._refused(ValidationError, "Xã An Hai.+ended on"):
            self._invite(unit_id=self.commune_a2.id).action_confirm()
        self.assertFalse(self._find())
        # somebody whose only unit has ended is an officer without a unit
        with self._refused(UserError, "without a unit"):
            self._wizard().create(
                {"user_id": self.officer_a2.id, "office_role": "officer"}
            ).action_confirm()
        self.assertIn("has ended", self.officer_a2.emulation_warning)

    def test_past_assignment_to_an_ended_unit_is_kept(self):
        self.commune_a2.date_end = "2020-01-01"
        self.env["emulation.unit.officer"].create(
            {
                "user_id": self.internal_user.id,
                "unit_id": self.commune_a2.id,
                "date_start": "2019-01-01",
                "date_end": "2020-01-01",
            }
        )

    def test_taken_login_is_named(self):
        self._invite(unit_id=self.commune_a1.id).action_confirm()
        with self._refused(UserError, "Nguyễn Văn Mới.+change the roles"):
            self._invite(unit_id=self.commune_a1.id).action_confirm()

    def test_roles_of_a_user_are_changed(self):
        action = self.officer_a1.with_user(self.manager_user).action_emulation_roles()
        form = Form(self._wizard(**action["context"]))
        self.assertEqual(form.office_role, "officer")
        form.office_role = "movement"
        form.is_finance = True
        form.save().action_confirm()
        roles = self.officer_a1.emulation_role_names
        self.assertEqual(roles, "Movement officer, Finance officer")
        form = Form(self._wizard(default_user_id=self.officer_a1.id))
        form.office_role = "none"
        form.is_finance = False
        form.save().action_confirm()
        self.assertFalse(self.officer_a1.has_group("emulation.group_emulation_user"))
        self.assertTrue(self.officer_a1.has_group("base.group_user"))

    def test_groups_of_other_applications_stay(self):
        other = self.env.ref("base.group_partner_manager")
        self.officer_a1.group_ids += other
        self.officer_a1.with_user(self.manager_user)._emulation_set_roles(["leader"])
        self.assertIn(other, self.officer_a1.group_ids)
        self.assertFalse(self.officer_a1.has_group("emulation.group_emulation_officer"))

    def test_manager_cannot_reach_further(self):
        """As an attacker would: administrators, oneself, other companies, portal."""
        company = self.env["res.company"].create({"name": "Tỉnh khác"})
        foreign = new_test_user(
            self.env,
            login="foreign",
            groups="emulation.group_emulation_officer",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        portal = new_test_user(self.env, login="portal_x", groups="base.group_portal")
        erp = new_test_user(self.env, login="erp", groups="base.group_erp_manager")
        cases = [
            (self.env.ref("base.user_admin"), "administers the whole system"),
            (self.env.ref("base.user_root"), "administers the whole system"),
            (erp, "administers the whole system"),
            (self.manager_user, "your own roles"),
            (foreign, "not yours"),
            (portal, "no active account"),
        ]
        for target, pattern in cases:
            groups = target.group_ids
            with self._refused(UserError, pattern):
                self._wizard().create(
                    {"user_id": target.id, "office_role": "manager"}
                ).action_confirm()
            self.assertEqual(target.group_ids, groups)

    def test_manager_cannot_write_users_directly(self):
        Users = self.env["res.users"].with_user(self.manager_user)
        system = self.env.ref("base.group_system")
        for vals in (
            {"group_ids": [Command.link(system.id)]},
            {"email": "attacker@example.com"},
            {"login": "attacker"},
            {"password": "attacker"},
        ):
            for target in (self.env.ref("base.user_admin"), self.officer_a1):
                with self.assertRaises(AccessError):
                    Users.browse(target.id).write(vals)
        with self.assertRaises(AccessError):
            Users.create({"name": "X", "login": "x"})
        with self.assertRaises(AccessError):
            Users.browse(self.manager_user.id).write(
                {"group_ids": [Command.link(system.id)]}
            )

    def test_unknown_roles_give_nothing(self):
        Users = self.env["res.users"].with_user(self.manager_user)
        with self.assertRaises(KeyError):
            Users._emulation_create_user("X", "x@example.com", ["base.group_system"])
        self.officer_a1.with_user(self.manager_user)._emulation_set_roles(
            ["officer", "system"]
        )
        self.assertFalse(self.officer_a1._is_admin())

    def test_only_managers_invite(self):
        for user in (self.movement_user, self.officer_a1, self.internal_user):
            with self.assertRaises(AccessError):
                self._wizard(user).create({"name": "X", "login": "x@example.com"})
            with self.assertRaises(AccessError):
                self.officer_a2.with_user(user).action_emulation_roles()
            Users = self.env["res.users"].with_user(user)
            with self.assertRaises(AccessError):
                Users._emulation_create_user("X", "x@example.com", ["officer"])

    def test_list_shows_roles_and_what_is_to_settle(self):
        lonely = self._create_user("lonely", "officer")
        Users = self.env["res.users"].with_user(self.manager_user)
        involved = Users.search([("emulation_is_involved", "=", True)])
        self.assertIn(lonely, involved)
        self.assertNotIn(self.internal_user, involved)
        self.assertEqual(lonely.emulation_warning, "Acts for no unit")
        self.assertFalse(self.officer_a1.emulation_warning)
        counts = []
        columns = dict.fromkeys(
            ("name", "emulation_role_names", "emulation_warning", "login_date"), {}
        )
        columns["emulation_unit_ids"] = {"fields": {"display_name": {}}}
        users = involved.sorted("id")
        for number in (1, 1, 3, len(users)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Users.web_search_read([("id", "in", users[:number].ids)], columns)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[3] - counts[2], 2, counts)

    def test_name_on_an_assignment_only_compares(self):
        line = self.officer_a1.emulation_officer_ids
        line.user_name = self.officer_a1.name.upper()
        with self._refused(ValidationError, "belongs to.+not to Kẻ Khác"):
            line.user_name = "Kẻ Khác"
        self.assertNotEqual(self.officer_a1.name, "Kẻ Khác")

    def test_assignment_after_the_end_of_the_unit(self):
        self.commune_a2.date_end = fields.Date.to_date("2020-01-01")
        with self._refused(ValidationError, "ended on.+followed it"):
            self.env["emulation.unit.officer"].create(
                {"user_id": self.internal_user.id, "unit_id": self.commune_a2.id}
            )
