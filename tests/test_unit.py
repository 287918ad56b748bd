from ast import literal_eval

import psycopg2
from lxml import etree

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestUnit(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Unit = cls.env["emulation.unit"].with_user(cls.movement_user)
        cls.today = fields.Date.context_today(cls.Unit)

    def test_movement_officer_enters_a_unit(self):
        with Form(self.Unit) as form:
            form.name = "  Trường  An Hai "
            form.code = "T35A2S"
            form.kind_id = self.env.ref("emulation.unit_kind_school")
            form.level_id = self.env.ref("emulation.unit_level_base")
            form.parent_id = self.commune_a2
            form.managing_unit_id = self.department
        school = form.record
        self.assertRecordValues(
            school,
            [
                {
                    "name": "Trường An Hai",
                    "complete_name": "Tỉnh Thử Nghiệm / Huyện An / Xã An Hai / "
                    "Trường An Hai",
                    "search_text": "truong an hai t35a2s",
                    "company_id": self.env.company.id,
                    "is_ended": False,
                }
            ],
        )
        self.assertIn(school.id, self.officer_sector._emulation_sector_unit_ids())

    def test_decomposed_unicode_is_the_same_name(self):
        unit = self._create_unit("T35X", "Xa\u0303 Mo\u0301i", "territory", "commune")
        self.assertEqual(unit.name, "X\u00e3 M\u00f3i")

    def test_unit_cannot_be_its_own_higher_unit(self):
        with self.assertRaisesRegex(ValidationError, "Huyện An.+higher unit"):
            self.district_a.with_user(self.movement_user).parent_id = self.district_a

    def test_unit_cannot_manage_its_manager(self):
        with self.assertRaisesRegex(ValidationError, "Sở Giáo dục.+managed by"):
            self.department.managing_unit_id = self.school

    def test_unit_cannot_end_before_it_began(self):
        days = {"date_start": "2020-01-01", "date_end": "2019-12-31"}
        pattern = "Xã An Một.+cannot end on 31/12/2019.+began on 01/01/2020"
        with self._refused(ValidationError, pattern):
            self.commune_a1.write(days)
        with self._refused(ValidationError, "“Xã Mới” cannot end"):
            self._create_unit("T35M", "Xã Mới", "territory", "commune", **days)

    def test_two_units_with_one_code(self):
        with self.assertRaisesRegex(ValidationError, "T35A1 .+Xã An Một.+Xã Trùng"):
            self._create_unit("T35A1", "Xã Trùng", "territory", "commune")

    def test_capitals_make_no_other_code(self):
        with self.assertRaisesRegex(ValidationError, "T35A1 .+Xã An Một.+Xã Trùng"):
            self._create_unit("t35a1", "Xã Trùng", "territory", "commune")
        self.commune_a1.code = "t35a1"
        self.assertEqual(self.commune_a1.code, "t35a1")
        values = {
            "kind_id": self.commune_a1.kind_id.id,
            "level_id": self.commune_a1.level_id.id,
        }
        with self.assertRaisesRegex(ValidationError, "Xã Hai.+Xã Một.+n9"):
            self.env["emulation.unit"].create(
                [
                    {**values, "code": "N9", "name": "Xã Một"},
                    {**values, "code": "n9", "name": "Xã Hai"},
                ]
            )

    @mute_logger("odoo.sql_db")
    def test_unique_index_is_the_last_guard(self):
        """Two transactions that both pass the check still cannot both commit."""
        with self.assertRaises(psycopg2.errors.UniqueViolation) as caught:
            with self.cr.savepoint():
                self.env.cr.execute(
                    "UPDATE emulation_unit SET code_key = 't35a1' WHERE id = %s",
                    [self.commune_a2.id],
                )
        message = self.env["emulation.unit"]._sql_error_to_message(caught.exception)
        self.assertIn("Another unit already has this code", message)

    def test_unit_with_lower_or_managed_units_stays(self):
        with self.assertRaisesRegex(UserError, "Huyện An.+2 units.+by a reform"):
            self.district_a.with_user(self.manager_user).unlink()
        with self.assertRaisesRegex(UserError, "Trường An Một"):
            self.department.with_user(self.manager_user).unlink()

    def test_ended_unit_is_found_by_its_filter(self):
        yesterday = fields.Date.subtract(self.today, days=1)
        self.commune_a1.date_end = yesterday
        self.commune_a2.date_end = self.today
        communes = self.commune_a1 | self.commune_a2 | self.commune_b1
        among = [("id", "in", communes.ids)]
        self.assertEqual(
            self.Unit.search([("is_ended", "=", True), *among]), self.commune_a1
        )
        self.assertEqual(
            self.Unit.search([("is_ended", "=", False), *among]),
            self.commune_a2 | self.commune_b1,
        )
        self.assertEqual(communes.mapped("is_ended"), [True, False, False])

    def test_units_below_are_counted_at_any_depth(self):
        counts = (self.province | self.district_a | self.school).mapped(
            "lower_unit_count"
        )
        self.assertEqual(counts, [7, 3, 0])

    def test_unsaved_unit_has_no_units_below(self):
        self.assertEqual(self.env["emulation.unit"].new({}).lower_unit_count, 0)

    def test_lower_units_open_as_a_list(self):
        action = self.district_a.with_user(self.officer_a).action_open_lower_units()
        found = self.env["emulation.unit"].search(action["domain"])
        self.assertEqual(found, self.commune_a1 | self.commune_a2 | self.school)

    def test_code_wins_over_a_name_in_exact_searches(self):
        twin = self._create_unit("T35C", "T35A", "territory", "district", self.province)
        found = self.Unit.name_search("T35A", operator="=")
        self.assertEqual([row[0] for row in found], self.district_a.ids)
        found = self.Unit.name_search("T35C", operator="=")
        self.assertEqual([row[0] for row in found], twin.ids)

    def test_moving_a_unit_moves_the_scope(self):
        commune = self.commune_a1.with_user(self.officer_a)
        self.assertTrue(commune.in_scope)
        self.commune_a1.with_user(self.manager_user)._correct(
            {"parent_id": self.district_b.id}, "Nhập nhầm huyện"
        )
        self.assertFalse(commune.in_scope)
        self.assertFalse(self.school.with_user(self.officer_a).in_scope)
        self.assertFalse(
            self.Unit.with_user(self.officer_a).search(
                [("in_scope", "=", True), ("id", "=", self.school.id)]
            )
        )

    def test_unit_that_all_its_officers_left_is_found(self):
        """The filter asks for today: former officers stay on record."""
        search = self.env.ref("emulation.emulation_unit_view_search")
        arch = etree.fromstring(search.arch)
        (node,) = arch.xpath("//filter[@name='without_officer']")
        domain = literal_eval(node.get("domain"))
        among = [("id", "in", (self.commune_a1 | self.commune_b1).ids)]
        self.assertFalse(self.Unit.search(domain + among))
        self.commune_b1.officer_ids.date_end = fields.Date.subtract(self.today, days=1)
        self.assertEqual(self.Unit.search(domain + among), self.commune_b1)
        Officer = self.env["emulation.unit.officer"].with_user(self.movement_user)
        among = [("unit_id", "in", (self.commune_a1 | self.commune_b1).ids)]
        current = Officer.search([("is_current", "=", True), *among])
        self.assertEqual(current, self.commune_a1.officer_ids)
        former = Officer.search([("is_current", "=", False), *among])
        self.assertEqual(former, self.commune_b1.officer_ids)

    def test_head_is_who_heads_the_unit_today(self):
        self.assertEqual(self.commune_a1.head_user_id, self.head_a1)
        line = self.commune_a1.officer_ids.filtered(lambda o: o.role == "head")
        line.date_end = fields.Date.subtract(self.today, days=1)
        self.assertFalse(self.commune_a1.head_user_id)

    def test_one_head_at_a_time(self):
        Officer = self.env["emulation.unit.officer"].with_user(self.manager_user)
        vals = {"unit_id": self.commune_a1.id, "role": "head"}
        with self._refused(ValidationError, "Xã An Một.+head_a1"):
            Officer.create({**vals, "user_id": self.officer_a2.id})
        current = self.commune_a1.officer_ids.filtered(
            lambda line: line.user_id == self.head_a1
        )
        current.date_end = "2019-12-31"
        Officer.create(
            {**vals, "user_id": self.officer_a2.id, "date_start": "2020-01-01"}
        )
        self.assertEqual(self.commune_a1.head_user_id, self.officer_a2)

    def test_nobody_twice_in_one_role(self):
        with self.assertRaisesRegex(ValidationError, "officer_a1.+already acts"):
            self.env["emulation.unit.officer"].create(
                {"unit_id": self.commune_a1.id, "user_id": self.officer_a1.id}
            )

    def test_catalogue_entry_is_found_in_every_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        kind = self.env.ref("emulation.unit_kind_school")
        kind.with_context(lang="vi_VN").name = "Trường học"
        Kind = self.env["emulation.unit.kind"]
        for text in ("school", kind.name, "Trường học", "trường học"):
            found = Kind.name_search(text, operator="=")
            self.assertEqual([row[0] for row in found], kind.ids, text)
        self.assertFalse(Kind.name_search("%", operator="="))

    def test_field_of_activity_tree(self):
        parent = self.env.ref("emulation.field_agriculture")
        Field = self.env["emulation.field"].with_user(self.manager_user)
        crops = Field.create(
            {"name": "Crops", "code": "T35NN1", "parent_id": parent.id}
        )
        self.assertEqual(crops.complete_name, f"{parent.name} / Crops")
        self.env["res.lang"]._activate_lang("vi_VN")
        parent.with_context(lang="vi_VN").name = "Nông nghiệp"
        localised = crops.with_context(lang="vi_VN")
        self.assertEqual(localised.complete_name, "Nông nghiệp / Crops")
        with self.assertRaisesRegex(ValidationError, "sub-fields"):
            parent.with_user(self.manager_user).parent_id = crops

    def test_sub_fields_stand_below_their_field(self):
        Field = self.env["emulation.field"]
        first = Field.create({"name": "A", "code": "T1", "sequence": 500})
        second = Field.create({"name": "B", "code": "T2", "sequence": 600})
        vals = {"sequence": 1, "parent_id": first.id}
        below = Field.create({**vals, "name": "C", "code": "T1-C"})
        lowest = Field.create({"name": "D", "code": "T1-D", "parent_id": below.id})
        among = [("id", "in", (first | second | below | lowest).ids)]
        self.assertEqual(Field.search(among), first + below + lowest + second)
        first.sequence = 700
        self.assertEqual(Field.search(among), second + first + below + lowest)
        below.parent_id = second
        self.assertEqual(Field.search(among), second + below + lowest + first)

    def _count_queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def test_reading_takes_the_same_queries_for_any_number(self):
        units = self.env["emulation.unit"].create(
            [
                {
                    "name": f"Xã Số {number}",
                    "code": f"T35Q{number}",
                    "kind_id": self.province.kind_id.id,
                    "level_id": self.commune_a1.level_id.id,
                    "parent_id": self.district_b.id,
                    "managing_unit_id": self.department.id,
                }
                for number in range(30)
            ]
        )
        Unit = self.Unit.with_user(self.officer_a)
        name = {"fields": {"display_name": {}}}
        columns = {
            **dict.fromkeys(("code", "name", "is_ended", "lower_unit_count"), {}),
            **dict.fromkeys(("in_scope", "in_sight", "complete_name"), {}),
            **dict.fromkeys(("initiative_count", "recognised_count"), {}),
            **dict.fromkeys(("officer_count", "existing_on"), {}),
            **dict.fromkeys(("name_on", "child_on_ids", "became"), {}),
            **dict.fromkeys(("parent_on_id", "kind_on_id", "level_on_id"), name),
            **dict.fromkeys(("kind_id", "level_id", "parent_id", "head_user_id"), name),
        }
        for label, call in {
            "list": lambda ids: Unit.web_search_read([("id", "in", ids)], columns),
            "hierarchy": lambda ids: Unit.hierarchy_read(
                [("id", "in", ids)], {**columns}, "parent_id", "child_ids"
            ),
        }.items():
            call(units.ids)
            counts = [
                self._count_queries(lambda n=n, read=call: read(units[:n].ids))
                for n in (2, 3, 30)
            ]
            self.assertEqual(len(set(counts)), 1, f"{label}: {counts}")
