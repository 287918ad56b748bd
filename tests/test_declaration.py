from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon

TITLES = ("Máy gặt", "Máy cấy")


@tagged("post_install", "-at_install")
class TestDeclaration(AppraisalCommon):
    """A member declares before anything of the dossiers is shown."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        initiatives = cls.env["emulation.initiative"]
        for name in TITLES:
            initiatives |= cls._create_initiative(name)
        evaluations = cls._make_eligible(initiatives)
        cls.session = (
            cls.env["emulation.session"]
            .with_user(cls.movement_user)
            .create(
                {
                    "name": "Phiên kê khai",
                    "council_id": cls.council.id,
                    "round_id": cls.round.id,
                }
            )
        )
        evaluations.sudo()._schedule(cls.session.sudo())
        cls.evaluations = evaluations

    def _wizard(self, user=None):
        user = user or self.member1_user
        action = self.session.with_user(user).action_declare_interests()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def _as(self, user, model):
        return self.env[f"emulation.{model}"].with_user(user)

    # BEFORE

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_nothing_of_a_dossier_is_open_before(self):
        self.session.action_open()
        user = self.member1_user
        user.group_ids += self.env.ref("base.group_allow_export")
        initiatives = self.evaluations.initiative_id
        sheets = self.evaluations.sudo().sheet_ids.filtered(
            lambda one: one.user_id == user
        )
        self.assertEqual(len(sheets), 2, "handed out, but sealed")
        for model, ids, field in (
            ("initiative", initiatives.ids, "problem"),
            ("evaluation", self.evaluations.ids, "problem"),
            ("scoresheet", sheets.ids, "total"),
            ("scoresheet.line", sheets.line_ids.ids, "points"),
            ("initiative.author", initiatives.author_ids.ids, "share"),
        ):
            records = self._as(user, model)
            domain = [("id", "in", ids)]
            with self.subTest(model):
                self.assertFalse(records.search(domain))
                self.assertFalse(records.search_count(domain))
                self.assertFalse(records._read_group(domain, [], ["__count"])[0][0])
                self.assertFalse(records.name_search("Máy", domain))
                self.assertFalse(records.search(domain, order=f"{field} desc"))
                with self.assertRaises(AccessError):
                    records.browse(ids).read([field])
                with self.assertRaises(AccessError):
                    records.browse(ids).export_data([field])
        with self.assertRaises(AccessError):
            initiatives.attachment_ids.with_user(user).read(["datas"])
        self.assertFalse(self.session.with_user(user).board["rows"])

    def test_the_sealed_sheet_takes_no_points(self):
        self.session.action_open()
        sheet = self.evaluations.sudo().sheet_ids.filtered(
            lambda one: one.user_id == self.member1_user
        )[0]
        own = sheet.with_user(self.member1_user)
        with self.assertRaises(AccessError):
            own.line_ids[0].points = 3
        with self.assertRaises(AccessError):
            own.action_submit()
        with self.assertRaises(AccessError):
            own.is_sealed = False

    def test_the_list_shows_what_is_needed_to_know_an_interest(self):
        lines = self._wizard().line_ids
        self.assertEqual(set(lines.mapped("name")), set(TITLES))
        self.assertEqual(set(lines.mapped("unit_name")), {"Xã An Một"})
        self.assertIn("Lê Văn Thử", lines[0].author_names)

    def test_authors_stay_unnamed_where_the_round_is_blind(self):
        self.env.cr.execute(
            "UPDATE emulation_regulation SET is_blind = TRUE WHERE id = %s",
            self.session.regulation_id.ids,
        )
        self.env.invalidate_all()
        wizard = self._wizard()
        self.assertTrue(wizard.is_blind)
        self.assertEqual(set(wizard.line_ids.mapped("author_names")), {False})

    def test_what_is_being_declared_is_the_members_alone(self):
        wizard = self._wizard()
        wizard.line_ids[0].write({"interest": "kinship", "reason": "Con rể tác giả"})
        for user in (self.member2_user, self.chair_user, self.secretary_user):
            for mine in (wizard, wizard.line_ids):
                other = self.env[mine._name].with_user(user)
                with self.subTest(user.login, model=mine._name):
                    self.assertFalse(other.search([("id", "in", mine.ids)]))
                    with self.assertRaises(AccessError):
                        other.browse(mine.ids).read(["create_uid"])
        self.assertTrue(wizard.search([("id", "=", wizard.id)]))

    def test_a_stranger_learns_no_title(self):
        outsider = self._create_user("outsider", "council")
        with self.assertRaises(AccessError):
            self._wizard(outsider)
        with self.assertRaisesRegex(UserError, "Only the members"):
            self._wizard(self.movement_user)
        dialogs = self._as(outsider, "interest.declare")
        with self._refused(AccessError, "You may not choose"):
            dialogs.create({"session_id": self.session.id})
        # nor on what was opened for somebody else
        wizard = self._wizard()
        lines = self._as(outsider, "interest.declare.line")
        with self._refused(AccessError, "You may not choose"):
            lines.create(
                {"declare_id": wizard.id, "evaluation_id": self.evaluations[0].id}
            )
        with self.assertRaises(AccessError):
            wizard.with_user(outsider).action_confirm()

    # DECLARING

    def test_without_an_interest_all_opens_up(self):
        self.session.action_open()
        user = self.member1_user
        self.assertEqual(self.session.with_user(user).undeclared_count, 2)
        self._wizard().action_confirm()
        self.assertFalse(self.session.with_user(user).undeclared_count)
        sheets = self._as(user, "scoresheet").search(
            [("session_id", "=", self.session.id)]
        )
        self.assertEqual(len(sheets), 2)
        self.assertEqual(len(self.session.with_user(user).board["rows"]), 2)
        declaration = self.session.sudo().declaration_ids
        self.assertEqual(declaration.user_id, user)
        self.assertEqual(declaration.line_ids.evaluation_id, self.evaluations)

    def test_a_dossier_with_an_interest_stays_closed(self):
        with Form(self._wizard()) as form:
            with form.line_ids.edit(0) as line:
                line.interest = "kinship"
                line.reason = "Anh trai của tác giả"
        self._wizard_confirm(form)
        self.session.action_open()
        kept, closed = self.evaluations[1], self.evaluations[0]
        mine = self._as(self.member1_user, "evaluation").search([])
        self.assertIn(kept.id, mine.ids)
        self.assertNotIn(closed.id, mine.ids)
        conflict = closed.sudo().conflict_ids
        self.assertEqual(
            (conflict.kind, conflict.level, conflict.reason),
            ("kinship", "excluded", "Anh trai của tác giả"),
        )
        self.assertNotIn(self.member1_user, closed.sudo().sheet_ids.user_id)

    def _wizard_confirm(self, form):
        form.record.action_confirm()

    def test_an_interest_needs_its_reason(self):
        wizard = self._wizard()
        wizard.line_ids[0].interest = "interest"
        with self.assertRaisesRegex(UserError, "Say which interest"):
            wizard.action_confirm()
        self.assertFalse(self.session.sudo().declaration_ids)

    def test_the_regulation_weighs_a_declared_interest(self):
        law = self.env.ref("emulation.regulation_default").copy(
            {
                "code": "QC-D",
                "conflict_kinship_level": "noted",
                "conflict_interest_level": "chair",
            }
        )
        law.action_put_in_force()
        self.round.regulation_id = law
        wizard = self._wizard()
        wizard.line_ids[0].write({"interest": "kinship", "reason": "Họ xa"})
        wizard.line_ids[1].write({"interest": "interest", "reason": "Mua máy ấy"})
        wizard.action_confirm()
        self.session.action_open()
        levels = self.evaluations.sudo().conflict_ids.mapped("level")
        self.assertEqual(sorted(levels), ["chair", "noted"])
        sheets = self._as(self.member1_user, "scoresheet").search(
            [("session_id", "=", self.session.id)]
        )
        self.assertEqual(sheets.evaluation_id.ids, self.evaluations[0].ids)

    def test_a_dossier_added_later_is_asked_by_itself(self):
        self._wizard().action_confirm()
        late = self._make_eligible(self._create_initiative("Đến sau"))
        late.sudo()._schedule(self.session.sudo())
        self.assertEqual(self.session.with_user(self.member1_user).undeclared_count, 1)
        mine = self._as(self.member1_user, "evaluation").search([])
        self.assertNotIn(late.id, mine.ids)
        self.assertEqual(self._wizard().line_ids.name, "Đến sau")

    def test_another_session_asks_again(self):
        self._wizard().action_confirm()
        self.session.with_user(self.movement_user).action_cancel()
        other = self.session.copy({"name": "Phiên sau"})
        self.evaluations.sudo()._schedule(other.sudo())
        self.assertEqual(other.with_user(self.member1_user).undeclared_count, 2)

    def test_what_was_declared_stays(self):
        self._wizard().action_confirm()
        declaration = self.session.sudo().declaration_ids
        with self.assertRaises(AccessError):
            declaration.write({"date": "2020-01-01"})
        for user in self.member1_user | self.secretary_user | self.manager_user:
            with self.subTest(user.login), self.assertRaises(AccessError):
                declaration.line_ids[0].with_user(user).interest = "kinship"

    def test_nobody_declares_for_another(self):
        wizard = self._wizard()
        with self.assertRaises(AccessError):
            wizard.with_user(self.member2_user).action_confirm()

    def test_once_only(self):
        self._wizard().action_confirm()
        with self.assertRaisesRegex(UserError, "You have declared"):
            self._wizard()

    def test_who_may_read_a_declaration(self):
        self._declare_interests(self.session, **{TITLES[0]: "kinship"})
        declared = self.evaluations[0].sudo().declaration_line_ids
        own = declared.filtered(lambda one: one.user_id == self.member1_user)
        lines = self._as(self.member2_user, "declaration.line")
        self.assertNotIn(own.id, lines.search([]).ids)
        # the secretary has an interest as well: the dossier stays out of sight
        lines = self._as(self.secretary_user, "declaration.line")
        self.assertNotIn(own.id, lines.search([]).ids)
        others = self.evaluations[1].sudo().declaration_line_ids
        self.assertLessEqual(set(others.ids), set(lines.search([]).ids))

    # KEEPING THE SESSION

    def test_the_secretary_declares_before_the_close(self):
        self.session.action_open()
        self._declare_interests(self.session, self._scoring_users())
        self._score_by_all(self.session, (20, 20, 20, 10))
        kept = self.session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        with self.assertRaisesRegex(UserError, "Declare your own interests"):
            kept.action_close()
        self._declare_interests(self.session, self.secretary_user)
        kept.action_close()
        self.assertEqual(self.session.state, "closed")

    def test_results_stay_closed_to_who_has_not_declared(self):
        vice = self._create_user("vice_user", "council")
        self.session.action_open()
        self._declare_interests(self.session)
        self._close(self.session)
        self.council.sudo().member_ids.create(
            {"council_id": self.council.id, "user_id": vice.id, "role": "vice"}
        )
        self.assertFalse(self._as(vice, "verdict").search([]))
        self.assertFalse(self._as(vice, "scoresheet").search([]))
        self.assertFalse(self.session.with_user(vice).board["shows_results"])
        with self.assertRaises(UserError):
            self.session.with_user(vice).action_draft_minutes()
        self.assertTrue(self._as(self.chair_user, "verdict").search([]))

    def test_the_roll_tells_who_has_declared(self):
        self._wizard().action_confirm()
        lines = self.session.with_user(self.secretary_user).attendance_ids
        texts = {one.member_id.user_id: one.declared_text for one in lines}
        self.assertEqual(texts[self.member1_user], "2/2")
        self.assertEqual(texts[self.member2_user], "0/2")

    def test_the_first_screen_asks(self):
        work = self._as(self.member1_user, "my.work")
        keys = {
            card["key"]: card
            for section in work.get_counters()["sections"]
            for card in section["cards"]
        }
        self.assertEqual(keys["to_declare"]["count"], 1)
        domain = keys["to_declare"]["action"]["domain"]
        found = self._as(self.member1_user, "session").search(domain)
        self.assertEqual(found.ids, self.session.ids)
        self._wizard().action_confirm()
        self.assertFalse(self._as(self.member1_user, "session").search(domain))

    def test_my_sheets_begin_with_the_declaration(self):
        self.session.action_open()
        kept = self.session.with_user(self.member1_user)
        action = kept.action_view_sheets()
        self.assertEqual(action["res_model"], "emulation.interest.declare")
        self._wizard().action_confirm()
        self.assertEqual(kept.action_view_sheets()["res_model"], "emulation.scoresheet")

    def test_sessions_from_before_go_without(self):
        self.env.cr.execute(
            "UPDATE emulation_session SET asks_declaration = NULL WHERE id = %s",
            (self.session.id,),
        )
        self.env.invalidate_all()
        self.session.action_open()
        self.assertTrue(self._sheet(self.session, self.member1_user))
        self.assertFalse(self.session.with_user(self.member1_user).undeclared_count)
