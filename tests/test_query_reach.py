from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_budgets import BudgetCommon


@tagged("post_install", "-at_install")
class TestQueriesOfReach(BudgetCommon):
    """The rules judge what is there already; what is made together costs together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(30):
            cls._create_initiative(f"Sáng kiến {number}")
        cls._create_initiative("Của trường", cls.school)

    def _open_list(self, env):
        Model = env["emulation.initiative"]
        view = Model.get_views([(False, "list")])["views"]["list"]
        asked = self._specification(Model._name, etree.fromstring(view["arch"]))
        return self._count(lambda: Model.web_search_read([], asked, 0, 20, "id desc"))

    def test_the_list_of_an_officer_costs_no_more_queries_than_everybodys(self):
        whole = self._open_list(self.env(su=True))
        for user in (
            self.officer_a1,
            self.officer_a,
            self.officer_sector,
            self.movement_user,
            self.data_user,
        ):
            with self.subTest(user.login):
                found = self._open_list(self.env(user=user, su=False))
                self.assertLessEqual(found, whole)

    def test_what_the_rules_ask_comes_with_the_list(self):
        initiatives = self.env["emulation.initiative"].with_user(self.officer_a)
        self.env.invalidate_all()
        found = initiatives.search_fetch([], ["name"])
        with self.assertQueryCount(1):  # the units, by which the rule judges
            found.read(["name"])
        self.assertEqual(found.ids, initiatives.search([]).ids)

    def test_a_record_fetched_is_judged_again_when_it_moves(self):
        one = self._create_initiative("Chuyển đi")
        seen = self.env["emulation.initiative"].with_user(self.officer_a1)
        found = seen.search_fetch([("id", "=", one.id)], ["name"])
        self.assertEqual(found.read(["name"])[0]["name"], "Chuyển đi")
        one.sudo().unit_id = self.commune_b1
        with self.assertRaises(AccessError):
            found.read(["name"])

    def test_both_reaches_of_many_records_at_once(self):
        units = self.env["emulation.unit"].with_user(self.officer_sector)
        some = self.school | self.department | self.commune_b1
        sector = units.browse(some.ids)
        self.assertEqual(sector.mapped("in_scope"), [False, True, False])
        self.assertEqual(sector.mapped("in_sight"), [True, True, False])
        nobody = some.with_user(self.internal_user).sudo()
        self.assertEqual(nobody.mapped("in_scope"), [False] * 3)
        self.assertEqual(nobody.mapped("in_sight"), [False] * 3)

    def test_the_portal_fetches_what_is_open_to_it_alone(self):
        author = new_test_user(
            self.env, login="reach_author", groups="base.group_portal"
        )
        one = self._create_initiative("Của tác giả")
        one.sudo().author_ids[0].partner_id = author.partner_id
        mine = self.env["emulation.initiative"].with_user(author)
        found = mine.search_fetch([], ["name"])
        self.assertEqual(found.read(["name"])[0]["name"], "Của tác giả")
        with self.assertRaises(AccessError):
            mine.search_fetch([], ["unit_path"])

    def test_a_change_of_groups_opens_and_closes_fields_at_once(self):
        user = new_test_user(self.env, login="reach_moved", groups="base.group_portal")
        one = self._create_initiative("Đổi vai")
        one.sudo().author_ids[0].partner_id = user.partner_id
        mine = one.with_user(user)
        internal, portal = (
            self.env.ref("base.group_user"),
            self.env.ref("base.group_portal"),
        )
        officer = self.env.ref("emulation.group_emulation_data")
        with self.assertRaises(AccessError):
            mine.read(["search_text"])
        user.group_ids = [Command.set((internal | officer).ids)]
        self.assertTrue(mine.read(["search_text"]))
        user.group_ids = [Command.set(portal.ids)]
        with self.assertRaises(AccessError):
            mine.read(["search_text"])
        self.assertTrue(mine.read(["name"]))

    def test_a_benefit_without_lines_asks_for_no_language(self):
        one = self._create_initiative("Không tính", benefit_amount=5.0)
        one = one.with_user(self.officer_a1)
        self.assertFalse(one.benefit_formula)
        lines = {"benefit_ids": {"fields": {"amount": {}}}}
        self.assertGreaterEqual(
            self._count(lambda: one.web_read(lines)),
            self._count(lambda: one.web_read({**lines, "benefit_formula": {}})),
        )

    def _lists(self):
        fields = self.env["emulation.initiative"]._fields
        return [
            name
            for name, field in fields.items()
            if field.type == "one2many" and field.store
        ]

    def test_lists_without_a_line_cost_one_question_together(self):
        one = self._create_initiative("Nhiều bảng").with_user(self.movement_user)
        lists = {}
        filled = 0
        for name in self._lists():
            if one._is_plain_list(one._fields[name]):
                lists[name] = {}
                filled += bool(one.sudo()[name])
        self.assertGreaterEqual(len(lists), 10)
        # the dossier, the question, and each list that has lines
        asked = self._count(lambda: one.web_read(lists))
        self.assertLessEqual(asked, 2 + filled)

    def test_together_lists_show_and_refuse_what_each_does_alone(self):
        session = self._open_session(["Đủ bảng", "Trống"])
        dossiers = session.sudo().evaluation_ids.initiative_id
        for user in (
            self.officer_a1,
            self.officer_sector,
            self.movement_user,
            self.member1_user,
            self.data_user,
            self.leader_user,
        ):
            mine = self.env["emulation.initiative"].with_user(user)
            mine = mine.search([("id", "in", dossiers.ids)])
            alone, refused = {}, []
            for name in self._lists():
                self.env.invalidate_all()
                try:
                    alone[name] = [row[name] for row in mine.read([name])]
                except AccessError:
                    refused.append(name)
            self.env.invalidate_all()
            for row, number in zip(mine.read([*alone]), range(len(mine)), strict=True):
                for name, values in alone.items():
                    with self.subTest(user.login, list=name):
                        self.assertEqual(row[name], values[number])
            for name in refused if mine else ():
                self.env.invalidate_all()
                with (
                    self.subTest(user.login, refused=name),
                    self.assertRaises(AccessError),
                ):
                    mine.read([*alone, name])

    def test_a_line_just_made_is_in_its_list(self):
        one = self._create_initiative("Thêm dòng").with_user(self.officer_a1)
        self.env.invalidate_all()
        self.assertFalse(one.read(self._readable(one))[0]["helper_ids"])
        helper = self.env["emulation.initiative.helper"].with_user(self.officer_a1)
        helper = helper.create(
            {"initiative_id": one.id, "name": "Người giúp", "task": "Lắp máy"}
        )
        one.invalidate_recordset()
        row = one.read(self._readable(one))[0]
        self.assertEqual(row["helper_ids"], helper.ids)

    def _readable(self, one):
        return [
            name
            for name in self._lists()
            if one._has_field_access(one._fields[name], "read")
            and one._is_plain_list(one._fields[name])
        ]

    def _make(self, count):
        authors = self.env["res.partner"].create([{"name": "Một"}, {"name": "Hai"}])
        return [
            {
                "name": f"Hàng loạt {number}",
                "unit_id": self.commune_a1.id,
                "round_id": self.round.id,
                "kind_id": self.env.ref("emulation.initiative_kind_initiative").id,
                "field_id": self.env.ref("emulation.field_mechanics").id,
                "theme_id": self.env.ref("emulation.theme_nd2").id,
                "author_ids": [
                    Command.create({"partner_id": author.id, "share": 50})
                    for author in authors
                ],
            }
            for number in range(count)
        ]

    def test_30_dossiers_are_made_with_the_queries_of_3(self):
        initiatives = self.env["emulation.initiative"].with_user(self.officer_a1)
        numbers, writes = [], []
        write = type(initiatives).write

        def counted(records, vals):
            writes.append(vals)
            return write(records, vals)

        for count in (3, 3, 30):  # the first fills what the registry remembers
            values = self._make(count)
            self.env.flush_all()
            self.env.invalidate_all()
            writes.clear()
            before = self.cr.sql_log_count
            with patch.object(type(initiatives), "write", counted):
                made = initiatives.create(values)
                self.env.flush_all()
            numbers.append(self.cr.sql_log_count - before)
            self.assertLessEqual(len(writes), 2, writes)
        self.assertLessEqual(numbers[2], numbers[1], f"for 3, 3 and 30: {numbers}")
        self.assertEqual(len(set(made.mapped("code"))), 30)
        self.assertEqual(made.mapped("share_log_count"), [2] * 30)
        self.env.invalidate_all()
        for one in made:
            self.assertIn(one.code, one.display_name)
            self.assertEqual(
                initiatives.search([("display_name", "ilike", one.code)]), one
            )
            last = one.sudo().share_log_ids.sorted("number")[-1]
            self.assertEqual(one.sudo().share_log_hash, last.hash)
