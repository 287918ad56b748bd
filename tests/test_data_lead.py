from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestDataLead(AppraisalCommon, HttpCase):
    """The keeper of the database: sees all, classifies what is decided (R68)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        session = cls._close(cls._open_session())
        cls._decide(session)
        cls.decided = session.sudo().evaluation_ids.initiative_id
        cls.draft = cls._create_initiative("Bản nháp của xã")
        cls.other_field = cls.env.ref("emulation.field_agriculture")

    def _as_lead(self, record):
        return record.with_user(self.data_user)

    def test_reads_every_dossier(self):
        found = self._as_lead(self.env["emulation.initiative"]).search([])
        self.assertLessEqual(self.decided | self.draft, found.with_env(self.env))

    def test_classifies_what_is_decided(self):
        decided = self._as_lead(self.decided)
        self.assertTrue(decided.is_classifiable)
        decided.write(
            {
                "field_id": self.other_field.id,
                "theme_id": self.env.ref("emulation.theme_nd1").id,
                "keywords": "đồ gá, máy dập",
            }
        )
        self.assertEqual(self.decided.field_id, self.other_field)
        found = decided.search([("display_name", "ilike", "may dap")])
        self.assertIn(decided, found)

    def test_correction_stands_in_the_history(self):
        decided = self._as_lead(self.decided).with_context(tracking_disable=False)
        # what was created in the same transaction is not tracked
        self.env.cr.precommit.clear()
        decided.write({"keywords": "đồ gá"})
        self.env.cr.flush()
        of_it = [
            ("mail_message_id.model", "=", self.decided._name),
            ("mail_message_id.res_id", "=", self.decided.id),
        ]
        values = self.env["mail.tracking.value"].search(of_it)
        self.assertIn("đồ gá", values.mapped("new_value_char"))

    def test_draft_belongs_to_its_unit(self):
        draft = self._as_lead(self.draft)
        self.assertFalse(draft.is_classifiable)
        with self._refused(UserError, "not decided yet"):
            draft.write({"keywords": "của tôi"})

    def test_several_with_an_undecided_one_change_nothing(self):
        """Who also is an officer meets the words of the method, not of the rule."""
        self.officer_a1.group_ids += self.env.ref("emulation.group_emulation_data")
        both = (self.decided | self.draft).with_user(self.officer_a1)
        submitted = self._create_initiative("Đã nộp")
        submitted.action_submit()
        with self._refused(UserError, "stays as it is"):
            (both | submitted).write({"keywords": "chung"})
        self.assertFalse(self.decided.keywords)

    def test_nothing_that_was_judged_is_changed(self):
        for name, value in (
            ("name", "Tên khác"),
            ("benefit_amount", 1.0),
            ("kind_id", self.env.ref("emulation.initiative_kind_idea").id),
            ("solution", "Khác"),
            ("active", False),
        ):
            with self.subTest(name), self._refused(UserError, "stays as it is"):
                self._as_lead(self.decided).write({name: value})
        with self._refused(UserError, "cannot move"):
            self._as_lead(self.decided).write({"state": "in_appraisal"})

    def test_officer_does_not_classify_what_is_decided(self):
        decided = self.decided.with_user(self.officer_a1)
        self.assertFalse(decided.is_classifiable)
        with self._refused(UserError, "stays as it is"):
            decided.write({"keywords": "đồ gá"})

    def test_gaps_are_found_and_close(self):
        decided = self._as_lead(self.decided)
        gaps = [("has_data_gap", "=", True)]
        self.assertTrue(decided.has_data_gap)
        self.assertIn(decided, decided.search(gaps))
        self.assertNotIn(self.draft, decided.search(gaps).with_env(self.env))
        decided.keywords = "đồ gá"
        self.decided.sudo().benefit_amount = 1000000
        self.assertFalse(decided.has_data_gap)
        self.assertNotIn(decided, decided.search(gaps))

    def test_first_screen_counts_the_gaps(self):
        work = self.env["emulation.my.work"].with_user(self.data_user).get_counters()
        cards = {
            card["key"]: card["count"]
            for section in work["sections"]
            for card in section["cards"]
        }
        self.assertGreaterEqual(cards["gaps"], 1)
        self.assertGreaterEqual(cards["database"], cards["gaps"])

    def test_role_is_given_by_a_manager(self):
        user = self._create_user("new_lead", "user")
        self.env["emulation.user.invite"].with_user(self.manager_user).create(
            {"user_id": user.id, "office_role": "none", "is_data": True}
        ).action_confirm()
        self.assertTrue(user.has_group("emulation.group_emulation_data"))
        self.assertIn("Data lead", user.emulation_role_names)

    def test_lead_corrects_keywords_in_the_list(self):
        self.start_tour(
            "/odoo/emulation-database", "emulation_data_lead_tour", login="data_user"
        )
        self.assertEqual(self.decided.keywords, "đồ gá, máy dập")
