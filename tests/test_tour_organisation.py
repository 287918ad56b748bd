from odoo.tests import HttpCase, tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestTourOrganisation(EmulationCommon, HttpCase):
    def test_movement_officer_browses_the_tree(self):
        # A single root would open unfolded: the world has a second one
        self._create_unit("T36", "Tỉnh Láng Giềng", "territory", "province")
        self.start_tour(
            "/odoo/emulation-unit-tree",
            "emulation_organisation_tour",
            login="movement_user",
        )

    def test_movement_officer_imports_units(self):
        self.start_tour(
            "/odoo/emulation-units", "emulation_import_tour", login="movement_user"
        )
        commune = self.env["emulation.unit"].search([("code", "=", "T37X1")])
        self.assertEqual(commune.parent_id.code, "T37")
        self.assertEqual(commune.level_id.code, "commune")
