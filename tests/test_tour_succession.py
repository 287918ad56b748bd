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
        # who came with the old commune, and who was appointed at the successor
        new_unit = event.successor_ids
        self._create_user("officer_am", "officer", new_unit, name="Cán bộ An Mới")
        for login in ("officer_a2", "officer_am"):
            self.start_tour(
                "/odoo/action-emulation.emulation_initiative_action",
                "emulation_succession_history_tour",
                login=login,
            )
