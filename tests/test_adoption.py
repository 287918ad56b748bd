from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .common_use import UseCommon


@tagged("post_install", "-at_install")
class TestAdoption(UseCommon):
    """Who records the use of an initiative, and who may say what it brings (R5)."""

    def test_library_shows_what_any_unit_may_take_up(self):
        Entry = self.env["emulation.initiative.entry"].with_user(self.officer_b1)
        entry = Entry.search(
            [("display_name", "ilike", "do ga kep"), ("unit_id.code", "=", "T35A1")]
        )
        self.assertEqual(entry.name, self.recognised.name)
        self.assertEqual(entry.author_names, self.recognised.author_names)
        self.assertFalse(Entry.search([("name", "=", self.draft.name)]))
        # the dossier itself stays with its unit
        with self._refused(AccessError, "officer_b1"):
            self.recognised.with_user(self.officer_b1).read(["problem"])

    def test_confidential_dossiers_are_not_in_the_library(self):
        self.recognised.sudo().is_confidential = True
        Entry = self.env["emulation.initiative.entry"].with_user(self.officer_b1)
        self.assertFalse(Entry.search([("id", "=", self.recognised.id)]))
        with self._refused(UserError, "not in the library"):
            self._adopt()

    def test_library_is_closed_to_roles_without_business_there(self):
        for user in (self.member1_user, self.finance_user, self.internal_user):
            with self.subTest(user.login), self._refused(AccessError, ""):
                self.env["emulation.initiative.entry"].with_user(user).search([])

    def test_using_unit_records_it_from_the_library(self):
        entry = self.env["emulation.initiative.entry"].browse(self.recognised.id)
        action = entry.with_user(self.officer_b1).action_adopt()
        Adoption = self.env["emulation.initiative.adoption"].with_user(self.officer_b1)
        with Form(Adoption.with_context(**action["context"])) as form:
            form.scale = 14
            form.scale_measure = "hộ"
            form.claimed_amount = 5_000_000
        adoption = form.record
        self.assertEqual(adoption.initiative_id.id, self.recognised.id)
        self.assertEqual(adoption.unit_id, self.commune_b1)
        self.assertTrue(adoption.is_from_elsewhere)
        self.assertEqual(adoption.initiative_name, self.recognised.name)
        adoption.action_claim()
        self.assertEqual(adoption.claimed_user_id, self.officer_b1)

    def test_dialog_proposes_what_was_claimed(self):
        adoption = self._adopt()
        adoption.action_claim()
        action = adoption.with_user(self.movement_user).action_open_verify()
        dialog = self.env[action["res_model"]].with_user(self.movement_user)
        form = Form(dialog.with_context(**action["context"]))
        self.assertEqual((form.claimed_amount, form.amount), (5_000_000, 5_000_000))

    def test_form_of_the_dossier_tells_its_use(self):
        """Also where the question which lists are empty answers for the numbers."""

        def told(initiative):
            self.env.invalidate_all()
            form = Form(initiative.with_user(self.officer_a1))
            return form.adoption_count, form.claimed_total, form.verified_total

        self.assertEqual(told(self.draft), (0, 0, 0))
        self.assertEqual(told(self.recognised), (0, 0, 0))
        adoption = self._adopt()
        self.assertEqual(told(self.recognised), (0, 0, 0), "not claimed yet")
        adoption.action_claim()
        self.assertEqual(told(self.recognised), (1, 5_000_000, 0))
        self._verify(adoption, self.movement_user, 4_000_000)
        self.assertEqual(told(self.recognised), (1, 0, 4_000_000))

    def test_number_told_as_none_follows_what_is_claimed(self):
        recognised = self.recognised.with_user(self.officer_a1)
        self.env.invalidate_all()
        lists = ["author_ids", "helper_ids", "benefit_ids", "movement_ids"]
        recognised.fetch(lists)
        self.assertEqual(recognised.adoption_count, 0)
        self._adopt().action_claim()
        self.assertEqual(recognised.adoption_count, 1)

    def test_owner_and_using_unit_both_see_it_others_do_not(self):
        adoption = self._adopt()
        for user, sees in (
            (self.officer_b1, True),
            (self.officer_a1, True),
            (self.officer_a, True),
            (self.officer_a2, False),
            (self.movement_user, True),
            (self.leader_user, True),
            (self.data_user, True),
        ):
            found = adoption.with_user(user).search([("id", "=", adoption.id)])
            self.assertEqual(bool(found), sees, user.login)

    def test_officer_records_nothing_for_strangers(self):
        with self._refused((AccessError, UserError), "act neither|officer_a2"):
            self._adopt(user=self.officer_a2)

    def test_hidden_title_is_not_told(self):
        adoptions = self.env["emulation.initiative.adoption"]
        for initiative in (self.draft, self._create_initiative("Tên còn giấu")):
            with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
                adoptions.with_user(self.officer_b1).create(
                    {"initiative_id": initiative.id, "unit_id": self.commune_b1.id}
                )
            self.assertNotIn(initiative.name, str(refusal.exception))

    def test_evidence_stays_once_verified(self):
        adoption = self._adopt()
        adoption.action_claim()
        file = self._verify(adoption, self.movement_user, 4_000_000)
        for change in (lambda: file.write({"name": "khác.pdf"}), file.unlink):
            with self._refused(UserError, "was verified by this file"):
                change()

    def test_dossier_not_recognised_has_no_use(self):
        with self._refused(UserError, "has not been recognised"):
            self.env["emulation.initiative.adoption"].with_user(self.officer_a1).create(
                {"initiative_id": self.draft.id, "unit_id": self.commune_a1.id}
            )

    def test_unit_uses_it_once_at_a_time(self):
        first = self._adopt(date_end="2026-06-30")
        with self._refused(UserError, "already uses"):
            self._adopt(date_start="2026-05-01")
        self.assertNotEqual(self._adopt(date_start="2026-07-01"), first)

    def test_benefit_is_verified_with_evidence_from_above(self):
        adoption = self._adopt()
        adoption.action_claim()
        self.assertEqual(self.recognised.claimed_total, 5_000_000)
        files = self._verify(adoption, self.movement_user, 4_000_000)
        self.assertEqual(adoption.state, "verified")
        self.assertEqual(adoption.verified_user_id, self.movement_user)
        self.assertEqual((files.res_model, files.res_id), (adoption._name, adoption.id))
        self.recognised.invalidate_recordset()
        self.assertEqual(self.recognised.claimed_total, 0)
        self.assertEqual(self.recognised.verified_total, 4_000_000)
        self.assertEqual(self.recognised.adoption_count, 1)

    def test_money_without_evidence_is_not_verified(self):
        adoption = self._adopt()
        adoption.action_claim()
        with self._refused(UserError, "Attach the evidence"):
            self._verify(adoption, self.movement_user, 1, evidence=False)
        self._verify(adoption, self.movement_user, 0, evidence=False)
        self.assertEqual(adoption.state, "verified")

    def test_evidence_of_others_cannot_be_taken_over(self):
        adoption = self._adopt()
        adoption.action_claim()
        foreign = self._upload(self.movement_user)
        person = self.movement_user.partner_id
        foreign.sudo().write({"res_model": person._name, "res_id": person.id})
        with self._refused(UserError, "cannot be taken over"):
            self._verify(
                adoption, self.movement_user, 1, evidence_ids=[(6, 0, foreign.ids)]
            )

    def test_nobody_verifies_their_own_claim_or_work(self):
        officer_b = self._create_user("officer_b", "officer", self.district_b)
        claimed = self._adopt(user=self.movement_user)
        claimed.with_user(self.movement_user).action_claim()
        with self._refused(UserError, "cannot move"):
            self._verify(claimed, self.movement_user, 1)
        with self._refused(UserError, "cannot move"):
            self._verify(claimed, self.officer_b1, 1)
        author = self.recognised.author_ids[0].partner_id
        officer_b.partner_id.sudo().email = author.sudo().email = "mot@example.com"
        with self._refused(UserError, "cannot move"):
            self._verify(claimed, officer_b, 1)
        author.sudo().email = "khac@example.com"
        self._verify(claimed, officer_b, 1)
        self.assertEqual(claimed.verified_user_id, officer_b)

    def test_verdict_comes_from_the_dialog_alone(self):
        adoption = self._adopt()
        adoption.action_claim()
        for state in ("verified", "rejected"):
            with self._refused(UserError, "Say what was found"):
                adoption.with_user(self.movement_user).write({"state": state})

    def test_use_to_come_cannot_be_claimed(self):
        adoption = self._adopt(date_start="2099-01-01")
        with self._refused(UserError, "has yet to begin"):
            adoption.action_claim()

    def test_rejected_with_reason_and_claimed_again(self):
        adoption = self._adopt()
        adoption.action_claim()
        self._verify(adoption, self.movement_user, 0, outcome="reject")
        self.assertEqual(adoption.state, "rejected")
        self.assertEqual(adoption.verification, "Đã xem tại vườn")
        adoption.claimed_amount = 1_000_000
        adoption.action_claim()
        self.assertFalse(adoption.verification)

    def test_verified_stays_until_taken_back(self):
        adoption = self._adopt()
        adoption.action_claim()
        self._verify(adoption, self.movement_user, 4_000_000)
        with self._refused(UserError, "has been verified"):
            adoption.claimed_amount = 9_000_000
        with self._refused(AccessError, "by the workflow alone"):
            adoption.verified_amount = 9_000_000
        with self._refused(UserError, "cannot move"):
            adoption.action_claim()
        adoption.with_user(self.movement_user).action_claim()
        self.assertEqual((adoption.state, adoption.verified_amount), ("claimed", 0))

    def test_claimed_use_is_kept(self):
        adoption = self._adopt()
        adoption.action_claim()
        with self._refused(UserError, "is kept"):
            adoption.unlink()

    def test_dates_and_sums_make_sense(self):
        for vals in ({"date_end": "2026-02-01"}, {"claimed_amount": -1}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self._refused(IntegrityError, "check constraint"),
            ):
                self._adopt(**vals)
                self.env.flush_all()


@tagged("post_install", "-at_install")
class TestAdoptionTour(UseCommon, HttpCase):
    def test_use_is_claimed_and_verified(self):
        self.start_tour(
            "/odoo/emulation-library", "emulation_adoption_tour", login="officer_b1"
        )
        adoption = self.recognised.adoption_ids
        self.assertEqual(adoption.state, "claimed")
        self.assertEqual(adoption.unit_id, self.commune_b1)
        self.start_tour(
            "/odoo/emulation-use", "emulation_verify_tour", login="movement_user"
        )
        self.assertEqual(adoption.state, "verified")
        self.assertEqual(adoption.verified_amount, 0)
