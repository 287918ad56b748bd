from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .test_similarity import TITLE, SimilarityCommon


@tagged("post_install", "-at_install")
class TestPriorArt(SimilarityCommon):
    """A person says what an earlier entry means; the number never does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.older.action_submit()
        cls.dossier = cls._create_initiative(f"{TITLE} cải tiến")
        cls.dossier.action_submit()

    def _judge(self, user, relation="improves", note="Thêm cảm biến", **values):
        dialog = self.env["emulation.prior.art.record"].with_user(user)
        values = {"initiative_id": self.dossier.id, "other_id": self.older.id, **values}
        dialog = dialog.create({**values, "relation": relation, "note": note})
        dialog.action_confirm()
        self.dossier.invalidate_recordset(["prior_art_ids"])
        return self.dossier.prior_art_ids[:1]

    def test_head_records_and_it_is_kept(self):
        verdict = self._judge(self.head_a1).with_user(self.officer_a1)
        self.assertEqual(verdict.relation, "improves")
        self.assertEqual(verdict.user_id, self.head_a1)
        self.assertEqual(verdict.other_title, self.older.display_name)
        self.assertEqual(self.dossier._get_prior_art().sudo().other_id, self.older)
        action = verdict.action_open_other()
        self.assertEqual(action["res_id"], self.older.id)

    def test_dialog_as_the_examiner_fills_it_in(self):
        self.dossier.with_user(self.head_a1).action_endorse()
        action = self.dossier.with_user(self.movement_user).action_record_prior_art(
            self.older.id
        )
        model = self.env["emulation.prior.art.record"].with_user(self.movement_user)
        form = Form(model.with_context(**action["context"]))
        form.relation = "new"
        form.save().action_confirm()
        self.assertEqual(self.dossier.prior_art_ids.user_id, self.movement_user)
        self.assertFalse(self.dossier._get_prior_art(), "new: nothing to keep")
        self.assertEqual(
            self.dossier.evaluation_ids.prior_art_ids, self.dossier.prior_art_ids
        )

    def test_another_look_is_another_line(self):
        first = self._judge(self.head_a1, "new")
        second = self._judge(self.movement_user, "repeats", "Cùng bộ van")
        self.assertEqual(self.dossier.prior_art_ids, second | first)
        self.assertEqual([second.is_current, first.is_current], [True, False])
        self.assertEqual(self.dossier._get_prior_art().relation, "repeats")

    def test_nobody_changes_or_removes_a_verdict(self):
        verdict = self._judge(self.head_a1)
        for record in (verdict.with_user(self.manager_user), verdict.sudo()):
            with self._refused(AccessError, ""):
                record.write({"relation": "new"})
            with self._refused(AccessError, ""):
                record.unlink()
        with self._refused(AccessError, ""):
            verdict.with_user(self.manager_user).copy({})

    def test_who_may_judge(self):
        author = self._create_user("p_tac_gia", "movement", self.province)
        self.dossier.sudo().author_ids[0].partner_id = author.partner_id
        for user in (self.officer_a1, self.officer_a, author):
            self.assertFalse(self.dossier.with_user(user).can_judge_prior_art)
            with self._refused(UserError, "You cannot give a verdict"):
                self._judge(user)
        for user in (self.head_a1, self.movement_user):
            self.assertTrue(self.dossier.with_user(user).can_judge_prior_art)

    def test_while_it_is_handed_in_and_not_decided(self):
        self.dossier.sudo().state = "endorsed"
        self._judge(self.movement_user)
        self.dossier.with_user(self.movement_user).action_withdraw()
        with self._refused(UserError, "while the dossier is handed in"):
            self._judge(self.movement_user)

    def test_against_what_was_handed_in_and_is_open_to_the_judge(self):
        draft = self._create_initiative("Một bản nháp")
        with self._refused(UserError, "draft that nobody has handed in"):
            self._judge(self.head_a1, other_id=draft.id)
        hidden = self._create_initiative("Ở nơi khác", self.commune_b1,
                                         user=self.officer_b1)  # fmt: skip
        hidden.sudo().state = "submitted"
        with self._refused(AccessError, ""):
            self._judge(self.head_a1, other_id=hidden.id)
        with mute_logger("odoo.sql_db"), self._refused(IntegrityError, "not_itself"):
            self._judge(self.movement_user, other_id=self.dossier.id)

    def test_repeats_needs_reasons(self):
        with self._refused(UserError, "Say in the reasons"):
            self._judge(self.head_a1, "repeats", " ")

    def test_the_council_sees_it_without_what_is_not_theirs(self):
        self._judge(self.movement_user, "repeats", "Cùng bộ van")
        self.dossier.with_user(self.head_a1).action_endorse()
        evaluation = self.dossier.sudo().evaluation_ids.with_user(self.movement_user)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        session = self._plan_session(evaluation)
        session.action_open()
        sheet = self._sheet(session, self.member1_user)
        (verdict,) = sheet.prior_art_ids
        values = verdict.read(["relation", "note", "other_title", "other_year"])[0]
        self.assertEqual(values["relation"], "repeats")
        self.assertEqual(values["other_title"], "An entry that is not open to you")
        self.assertEqual(values["other_year"], self.round.year)
        with self._refused(AccessError, ""):
            verdict.read(["other_id"])
        with self._refused(AccessError, "not open to you"):
            verdict.action_open_other()
        with self._refused(AccessError, ""):
            verdict.search([("other_id.name", "ilike", "tưới")])
        self._declare_conflict(sheet)
        self.assertFalse(verdict.has_access("read"))

    def test_head_reads_no_more_after_a_verdict_on_another_unit(self):
        hidden = self._create_initiative(TITLE, self.commune_b1, user=self.officer_b1)
        hidden.sudo().state = "submitted"
        verdict = self._judge(self.movement_user, other_id=hidden.id)
        shown = verdict.with_user(self.head_a1)
        self.assertEqual(shown.other_title, "An entry that is not open to you")
        self.assertFalse(shown.can_open)
