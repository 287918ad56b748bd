from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.tests import Form, HttpCase, tagged

from .succession_common import DAY, EVE, SuccessionCommon


@tagged("post_install", "-at_install")
class TestUnitPast(SuccessionCommon, HttpCase):
    """The units as they stood on a day: name, higher unit, kind, level."""

    def _units(self, day, domain=(), user=None):
        """Search the units of the test's own province as of ``day``."""
        Unit = self.env["emulation.unit"].with_user(user or self.officer_a)
        among = [("code", "=like", "T35%"), ("existing_on", "=", day), *domain]
        return Unit.with_context(name_at=day).search(among)

    def _on(self, unit, day):
        return unit.with_user(self.officer_a).with_context(name_at=day)

    def test_name_then(self):
        self._create_event(
            "rename", self.commune_a1, new_name="Phường An Một"
        ).action_apply()
        self.assertEqual(self._on(self.commune_a1, EVE).name_on, "Xã An Một")
        self.assertEqual(self._on(self.commune_a1, DAY).name_on, "Phường An Một")
        self.assertEqual(self._on(self.commune_a1, False).name_on, "Phường An Một")
        self.assertEqual(self._on(self.commune_a1, EVE).became, "Phường An Một")
        self.assertFalse(self._on(self.commune_a1, DAY).became)

    def test_a_unit_that_merged_stands_where_it_stood(self):
        self._merge()
        then = self._units(EVE, [("parent_on_id", "=", self.district_a.id)])
        self.assertEqual(then, self.communes)
        new = self.communes.successor_ids
        self.assertNotIn(new, self._units(EVE))
        now = self._units(DAY, [("parent_on_id", "=", self.district_a.id)])
        self.assertEqual(now, new)
        self.assertEqual(self._on(self.district_a, EVE).child_on_ids, self.communes)
        self.assertEqual(self._on(self.district_a, DAY).child_on_ids, new)
        self.assertEqual(self._on(self.district_a, EVE).child_on_count, 2)
        self.assertEqual(self._on(self.commune_a1, EVE).became, "Xã An Mới")

    def test_higher_unit_then_after_it_was_dissolved(self):
        self._create_event("dissolve", self.district_b).action_apply()
        self.assertEqual(self.commune_b1.parent_id, self.province)
        self.assertEqual(self._on(self.commune_b1, EVE).parent_on_id, self.district_b)
        self.assertEqual(self._on(self.commune_b1, DAY).parent_on_id, self.province)
        below = [("parent_on_id", "=", self.district_b.id)]
        self.assertEqual(self._units(EVE, below), self.commune_b1)
        self.assertFalse(self._units(DAY, below))
        self.assertIn("exist", self._on(self.district_b, EVE).became)

    def test_higher_unit_then_after_transfers_in_turn(self):
        for day, district in (("2020-01-01", self.district_b), (DAY, self.district_a)):
            self._create_event(
                "transfer", self.commune_a1, new_parent_id=district.id, date=day
            ).action_apply()
        days = ("2019-12-31", "2020-01-01", EVE, DAY)
        parents = [self._on(self.commune_a1, day).parent_on_id.code for day in days]
        a, b = self.district_a.code, self.district_b.code
        self.assertEqual(parents, [a, b, b, a])
        below_b = [("parent_on_id", "=", self.district_b.id)]
        for day, expected in zip(days, (False, True, True, False), strict=True):
            found = self.commune_a1 in self._units(day, below_b)
            self.assertEqual(found, expected, day)

    def test_kind_and_level_then(self):
        event = self._create_event(
            "change",
            self.district_a,
            new_level_id=self.env.ref("emulation.unit_level_province").id,
            new_kind_id=self.env.ref("emulation.unit_kind_government").id,
        )
        level, kind = self.district_a.level_id, self.district_a.kind_id
        event.action_apply()
        then, now = self._on(self.district_a, EVE), self._on(self.district_a, DAY)
        self.assertEqual((then.level_on_id, then.kind_on_id), (level, kind))
        self.assertEqual(now.level_on_id.code, "province")
        self.assertEqual(now.kind_on_id.code, "government")

    def test_what_was_undone_never_was(self):
        event = self._create_event(
            "transfer", self.commune_a1, new_parent_id=self.district_b.id
        )
        event.action_apply()
        event.action_undo()
        self.assertEqual(self._on(self.commune_a1, EVE).parent_on_id, self.district_a)

    def test_top_of_the_tree(self):
        """A unit whose higher one was not there yet stood at the top."""
        self.province.date_start = "2000-01-01"
        self.district_a.date_start = self.district_b.date_start = "1990-01-01"
        top = [("parent_on_id", "=", False)]
        self.assertIn(self.district_a, self._units("1995-01-01", top))
        self.assertNotIn(self.district_a, self._units("2001-01-01", top))
        self.assertFalse(self._on(self.district_a, "1995-01-01").parent_on_id)
        self.assertIn(self.province, self._units("2001-01-01", top))

    def test_search_by_the_name_of_the_higher_unit(self):
        below = [("parent_on_id", "ilike", "huyen an")]
        self.assertIn(self.commune_a1, self._units(DAY, below))
        self.assertNotIn(self.commune_b1, self._units(DAY, below))

    def test_no_date(self):
        unit = self.commune_a1.with_context(name_at="xx")
        with self.assertRaisesRegex(UserError, "“xx” is no date"):
            unit.search([("parent_on_id", "=", False)])
        with self.assertRaisesRegex(UserError, "“xx” is no date"):
            unit.read(["display_name"])

    def test_dialog_proposes_the_eve_of_the_last_reform(self):
        day = Date.today()
        self._merge(date=day)
        with Form(self.env["emulation.unit.day"].with_user(self.officer_a)) as dialog:
            self.assertEqual(dialog.day, day - timedelta(days=1))
            self.assertIn(str(day.year), dialog.reform_days)
            dialog.day = EVE
        action = dialog.record.action_show()
        self.assertIn("2025", action["name"])
        found = self.env["emulation.unit"].with_context(**action["context"])
        self.assertIn(self.commune_a1, found.search(action["domain"]))
        for _view, kind in action["views"]:
            arch = found.get_views(action["views"])["views"][kind]["arch"]
            self.assertIn('edit="0"', arch, kind)
        today = self._on(self.commune_a1, EVE).action_open_today()
        self.assertFalse(today["context"]["name_at"])
        self.assertEqual(today["res_id"], self.commune_a1.id)

    def test_past_is_seen_on_screen(self):
        self._create_event(
            "found", [], [self._new_line("T35AX", "Xã An Xuân")], date=DAY
        ).action_apply()
        self._create_event(
            "rename", self.commune_b1, new_name="Phường Bắc", date=DAY
        ).action_apply()
        self._create_event(
            "dissolve",
            self.district_b,
            [Command.create({"unit_id": self.district_a.id})],
        ).action_apply()
        self.start_tour(
            "/odoo/emulation-units", "emulation_unit_day_tour", login="movement_user"
        )
