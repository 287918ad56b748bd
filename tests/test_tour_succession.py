from odoo.tests import HttpCase, tagged

from .succession_common import SuccessionCommon


@tagged("post_install", "-at_install")
class TestTourSuccession(SuccessionCommon, HttpCase):
    def test_merger_applied_and_history_read(self):
        event = self._merge(apply=False)
        self.start_tour(
            "/odoo/emulation-reforms", "emulation_succession_tour", login="manager_user"
        )
        self.assertEqual(event.state, "applied")
        self.start_tour(
            "/odoo/action-emulation.emulation_initiative_action",
            "emulation_succession_history_tour",
            login="officer_a2",
        )
