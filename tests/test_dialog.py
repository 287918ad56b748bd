from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestDialog(EmulationCommon):
    """What stands in an open dialog is the business of whoever opened it."""

    def test_every_dialog_has_a_rule_for_all(self):
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        own = rules.filtered(
            lambda one: one.domain_force == "[('create_uid', '=', user.id)]"
        )
        dialogs = {
            name
            for name, Model in self.registry.items()
            if name.startswith("emulation.") and Model._transient
        }
        self.assertTrue(dialogs)
        self.assertEqual(dialogs - set(own.model_id.mapped("model")), set())

    def test_nobody_else_reads_or_fills_it(self):
        Day = self.env["emulation.unit.day"]
        mine = Day.with_user(self.officer_a1).create({"day": "2024-05-01"})
        self.assertEqual(str(mine.day), "2024-05-01")
        theirs = mine.with_user(self.manager_user)
        self.assertFalse(theirs.search([("id", "=", mine.id)]))
        with self.assertRaises(AccessError):
            theirs.read(["day"])
        with self.assertRaises(AccessError):
            theirs.day = "2020-01-01"
