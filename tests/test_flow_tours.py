from odoo.fields import Date
from odoo.tests import HttpCase, tagged

from .test_initiative_levels import LevelsCommon
from .test_transmittal import TransmittalCommon


@tagged("post_install", "-at_install")
class TestHeadTours(LevelsCommon, HttpCase):
    """A unit's head at work, in a browser."""

    def test_head_returns_one_and_recognises_another(self):
        back, fine = self._submit("Thiếu ảnh minh họa"), self._submit("Đủ hồ sơ")
        self.start_tour(
            "/odoo/emulation-endorse", "emulation_head_tour", login="head_a1"
        )
        self.assertEqual(back.state, "returned")
        self.assertEqual(back.return_reason, "Bổ sung ảnh trước và sau khi áp dụng")
        self.assertEqual(fine.state, "endorsed")
        self.assertEqual(fine.unit_decision_number, "15/QĐ-UBND")
        self.assertEqual(fine.unit_decision_date, Date.today())

    def test_recognised_dossier_goes_on_to_the_province(self):
        initiative, _decision = self._recognise_at_commune(("Đồ gá cấp xã",))
        self.start_tour(
            "/odoo/emulation-initiatives", "emulation_forward_tour", login="head_a1"
        )
        self.assertEqual(initiative.round_id, self.round)
        self.assertEqual(len(initiative.evaluation_ids), 2)


@tagged("post_install", "-at_install")
class TestBatchTour(TransmittalCommon, HttpCase):
    def test_head_sends_a_batch(self):
        for name in ("Một", "Hai", "Ba"):
            self._submit_in_district(name)
        batch = self._create_batch()
        self.start_tour(
            "/odoo/emulation-transmittals", "emulation_batch_tour", login="head_a"
        )
        self.assertEqual((batch.state, batch.sent_user_id), ("sent", self.head_a))
        self.assertEqual(
            set(batch.line_ids.initiative_id.mapped("state")), {"endorsed"}
        )
