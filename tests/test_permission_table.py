import tempfile
from pathlib import Path

from odoo.tests import BaseCase, tagged

from . import permission_table


@tagged("post_install", "-at_install")
class TestPermissionTable(BaseCase):
    """The table is refused where it cannot be read, naming the line."""

    ROLES = "role officer | Officer | Cán bộ\nrole head | Head | Thủ trưởng\n"

    def _load(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(self.ROLES + text)
            file.flush()
            return permission_table.load(Path(file.name))

    def test_rows(self):
        table = self._load(
            "alias both officer head\n"
            "model emulation.x\n"
            "    officer rwcd r - - r  # a note\n"
            "    others -\n"
            "    call action_x officer(own below) head\n"
            "route /x GET,POST user\n"
            "    both 200\n"
        )
        block = table.models["emulation.x"]
        self.assertEqual(block.cell("officer", "below"), "r")
        self.assertEqual(block.cell("head", "below"), "-")
        call = {"officer": ("own", "below"), "head": permission_table.RELATIONS}
        self.assertEqual(block.calls, {"action_x": call})
        self.assertEqual(table.routes["/x"].methods, ("GET", "POST"))
        self.assertEqual(table.routes["/x"].status, {"officer": 200, "head": 200})

    def test_faults(self):
        for text, message in (
            ("model x\n    officer r\n", "x has no row for head"),
            ("model x\n    others r\nmodel x\n    others r\n", "stands there twice"),
            ("model x\n    others rx\n", "neither"),
            ("model x\n    others r r\n", "expected 1 cell or 5"),
            ("model x\n    nobody r\n", "expected roles"),
            ("model x\n    others r\n    call y nobody\n", "is no role"),
            ("model x\n    others r\n    call y head(near)\n", "is no relation"),
            ("    others r\n", "outside of a model"),
            ("table x\n", "expected role, alias, model or route"),
        ):
            with self.subTest(text):
                with self.assertRaisesRegex(permission_table.TableError, message):
                    self._load(text)
