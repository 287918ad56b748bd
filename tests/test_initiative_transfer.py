from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .test_unit_recognition import RecognitionCommon


@tagged("post_install", "-at_install")
class TestInitiativeTransfer(RecognitionCommon):
    """One unit gives a dossier away, another takes it over or declines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head_b1 = cls._create_user("head_b1", "officer", cls.commune_b1, "head")

    def _propose(self, initiative, user=None, target=None, **vals):
        user = user or self.officer_a1
        action = initiative.with_user(user).action_open_transfer()
        transfers = self.env[action["res_model"]].with_user(user)
        form = Form(
            transfers.with_context(**action["context"]), view=action["views"][0][0]
        )
        form.target_unit_id = target or self.commune_b1
        form.reason = "Tác giả đã chuyển công tác"
        return form.save()

    def test_proposed_by_one_unit_and_accepted_by_the_other(self):
        initiative = self._create_initiative()
        with self.assertRaises(AccessError):
            initiative.with_user(self.officer_b1).read(["name"])
        transfer = self._propose(initiative)
        self.assertIn("Tác giả đã chuyển", initiative.message_ids[0].body)
        offered = transfer.with_user(self.officer_b1)
        self.assertEqual(offered.initiative_name, initiative.name)
        mine = offered.search([("can_answer", "=", True)])
        self.assertEqual(mine, offered)
        self.assertEqual(offered.action_accept()["type"], "ir.actions.act_window_close")
        self.assertEqual(initiative.unit_id, self.commune_b1)
        self.assertEqual(transfer.answered_user_id, self.officer_b1)
        self.assertTrue(initiative.with_user(self.officer_b1).can_submit)
        with self.assertRaises(AccessError):
            initiative.with_user(self.officer_a1).read(["name"])
        self.assertEqual(transfer.with_user(self.officer_a1).state, "accepted")
        note = initiative.sudo().message_ids[0]
        self.assertIn("Transferred from Xã An Một to Xã Bình Một", note.body)
        self.assertEqual(note.author_id, self.officer_b1.partner_id)

    def test_endorsement_and_recognition_of_the_old_unit_lapse(self):
        initiative = self._submit()
        self._decide_in_unit(initiative)
        evaluation = initiative.evaluation_ids.with_user(self.movement_user)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        self.round.action_close()
        self._propose(initiative).with_user(self.head_b1).action_accept()
        dossier = initiative.sudo()
        self.assertEqual(dossier.state, "submitted")
        self.assertFalse(dossier.unit_decision_number)
        self.assertFalse(dossier.recognition_level_id)
        self.assertFalse(dossier.date_endorsed)
        self.assertEqual(dossier.submitted_user_id, self.officer_a1)
        self.assertEqual(evaluation.state, "returned")
        self.assertEqual(evaluation.unit_id, self.commune_b1)
        self.assertEqual(dossier.activity_ids.user_id, self.head_b1)
        initiative.with_user(self.head_b1).action_endorse()
        self.assertEqual(evaluation.state, "received")

    def test_what_waits_for_the_old_head_waits_for_the_new_one(self):
        initiative = self._submit()
        self._propose(initiative).with_user(self.officer_b1).action_accept()
        self.assertEqual(initiative.sudo().activity_ids.user_id, self.head_b1)
        self.assertFalse(initiative.sudo().with_user(self.head_a1).can_endorse)

    def test_declined_with_a_reason(self):
        transfer = self._propose(self._create_initiative())
        offered = transfer.with_user(self.officer_b1)
        with self._refused(UserError, "Say in the answer why"):
            offered.action_decline()
        offered.answer = "Không thuộc địa bàn"
        offered.action_decline()
        initiative = transfer.initiative_id
        self.assertEqual(transfer.state, "declined")
        self.assertEqual(initiative.unit_id, self.commune_a1)
        self.assertIn("Không thuộc địa bàn", initiative.message_ids[0].body)
        with self._refused(UserError, "you cannot move it"):
            offered.action_accept()
        self._propose(initiative)

    def test_each_side_has_its_own_answer(self):
        transfer = self._propose(self._create_initiative())
        with self._refused(UserError, "you cannot move it"):
            transfer.action_accept()
        with self._refused(UserError, "you cannot move it"):
            transfer.with_user(self.officer_b1).action_cancel()
        with self._refused(UserError, "stays as it was proposed"):
            transfer.answer = "Tự trả lời"
        for vals in ({"reason": "Khác"}, {"target_unit_id": self.commune_a2.id}):
            with self._refused(UserError, "stays as it was proposed"):
                transfer.with_user(self.officer_b1).write(vals)
        with self.assertRaises(AccessError):
            transfer.with_user(self.officer_a2).read(["reason"])
        with self._refused(UserError, "part of its history"):
            transfer.sudo().unlink()
        transfer.action_cancel()
        self.assertEqual(transfer.state, "cancelled")

    def test_only_the_own_dossier_to_another_unit(self):
        initiative = self._create_initiative()
        with self._refused(UserError, "goes from there to another unit"):
            self._propose(initiative, target=self.commune_a1)
        with self.assertRaises(AccessError):
            initiative.with_user(self.officer_b1).action_open_transfer()
        transfers = self.env["emulation.initiative.transfer"]
        values = {
            "initiative_id": initiative.id,
            "target_unit_id": self.commune_b1.id,
            "reason": "Lấy về",
        }
        with self.assertRaises(AccessError):
            transfers.with_user(self.officer_b1).create(values)
        with self._refused(UserError, "not a dossier of your units"):
            transfers.with_user(self.officer_sector).create(
                {
                    **values,
                    "initiative_id": self._of_school().id,
                    "target_unit_id": self.department.id,
                }
            )
        self._propose(initiative)
        with (
            mute_logger("odoo.sql_db"),
            self._refused(IntegrityError, "transfer_one_open"),
        ):
            self._propose(initiative, self.movement_user)

    def _of_school(self):
        return self._create_initiative("Của trường", self.school)

    def test_never_while_on_an_agenda(self):
        initiative = self._create_initiative()
        evaluations = self._make_eligible(initiative)
        transfer = self._propose(initiative)
        self._plan_session(evaluations)
        with self._refused(UserError, "before it is on an agenda"):
            transfer.with_user(self.officer_b1).action_accept()
        self.assertFalse(initiative.can_transfer)
        transfer.action_cancel()
        with self._refused(UserError, "before it is on an agenda"):
            self._propose(initiative)
        with self._refused(UserError, "before it is on an agenda"):
            self.env["emulation.initiative.transfer"].with_user(self.officer_a1).create(
                {
                    "initiative_id": initiative.id,
                    "target_unit_id": self.commune_b1.id,
                    "reason": "Muộn",
                }
            )
        self.assertEqual(initiative.unit_id, self.commune_a1)

    def test_the_movement_office_does_both_at_once(self):
        initiative = self._create_initiative()
        transfer = self._propose(initiative, self.movement_user)
        transfer.action_accept()
        self.assertEqual(initiative.sudo().unit_id, self.commune_b1)

    def test_no_transfer_to_where_nobody_endorses_or_to_an_ended_unit(self):
        initiative = self._submit()
        transfer = self._propose(initiative, target=self.commune_a2)
        self.head_province.emulation_officer_ids.date_end = "2019-12-31"
        with self._refused(UserError, "Nobody in “Xã An Hai”"):
            transfer.with_user(self.officer_a2).action_accept()
        self.commune_a2.date_end = Date.subtract(Date.today(), days=1)
        with self._refused(UserError, "Xã An Hai"):
            transfer.with_user(self.movement_user).action_accept()
        self.assertEqual(initiative.unit_id, self.commune_a1)
