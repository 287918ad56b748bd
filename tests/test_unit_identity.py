from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import Form, freeze_time, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestUnitIdentity(AppraisalCommon):
    """What a unit in use is changes by a reform, or by a correction with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Unit = cls.env["emulation.unit"]
        cls.fresh = cls._create_unit(
            "T35M", "Xã Moi", "territory", "commune", cls.district_a
        )

    def _values(self):
        """What a plain write, or a file, might say of ``district_a``."""
        return {
            "name": "Thị xã An",
            "parent_id": self.department.id,
            "kind_id": self.env.ref("emulation.unit_kind_school").id,
            "level_id": self.env.ref("emulation.unit_level_commune").id,
        }

    # PLAIN WRITES

    def test_a_unit_in_use_is_not_overwritten(self):
        for user in (self.movement_user, self.manager_user):
            unit = self.district_a.with_user(user)
            for name, value in self._values().items():
                label = unit._fields[name].string
                pattern = f"“Huyện An” is in use: its “{label}”.+Reforms.+reason"
                with self.subTest(name), self._refused(UserError, pattern):
                    unit.write({name: value})
        self.assertEqual(self.district_a.name, "Huyện An")

    def test_what_is_so_already_may_be_written_again(self):
        unit = self.district_a.with_user(self.movement_user)
        unit.write({"name": " Huyện  An", "parent_id": self.province.id})
        unit.write({"short_name": "H. An", "place_name": "An"})
        self.assertEqual(unit.short_name, "H. An")

    def test_a_unit_just_entered_is_corrected_freely(self):
        unit = self.fresh.with_user(self.movement_user)
        self.assertFalse(unit.is_in_use)
        # who acts for it says nothing of its past
        self._create_user("officer_m", "officer", self.fresh)
        unit.write({**self._values(), "name": "Xã Mới"})
        self.assertEqual(unit.name, "Xã Mới")
        self.assertEqual(unit.parent_id, self.department)

    def test_anything_that_belongs_to_it_puts_it_in_use(self):
        uses = {
            "person": lambda unit: self.env["res.partner"].create(
                {"name": "Vũ Thử", "emulation_unit_id": unit.id}
            ),
            "dossier": lambda unit: self._create_initiative(
                unit=unit, user=self.movement_user
            ),
            "lower unit": lambda unit: self._create_unit(
                "T35M1", "Thôn Một", "territory", "base", unit
            ),
            "sector": lambda unit: self.school.write({"managing_unit_id": unit.id}),
            "successor": lambda unit: unit.write(
                {"predecessor_ids": [Command.link(self.commune_b1.id)]}
            ),
            "cluster": lambda unit: self.env["emulation.unit.cluster"].create(
                {"name": "Cụm Thử", "unit_ids": [Command.link(unit.id)]}
            ),
        }
        for what, use in uses.items():
            with self.subTest(what):
                unit = self._create_unit(
                    f"T35{what}", f"Xã {what}", "territory", "commune"
                )
                self.assertFalse(unit.is_in_use)
                use(unit)
                unit.invalidate_recordset()
                self.assertTrue(unit.is_in_use)
                with self._refused(UserError, f"Xã {what}.+is in use"):
                    unit.with_user(self.movement_user).name = "Khác"

    def test_one_query_for_any_number_of_units(self):
        units = self.Unit.search([])
        for number in (1, 3, len(units)):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(1):
                units[:number]._get_used()

    # CORRECTION

    def _correct(self, unit, user=None, **vals):
        action = unit.with_user(user or self.manager_user).action_open_correction()
        Wizard = self.env[action["res_model"]].with_user(user or self.manager_user)
        form = Form(Wizard.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form.save().action_confirm()

    def test_a_manager_corrects_with_a_reason_kept_on_the_unit(self):
        school = self.env.ref("emulation.unit_kind_school")
        self._correct(
            self.district_a, name="Huyện Ân", kind_id=school, reason="Gõ nhầm dấu"
        )
        self.assertEqual(self.district_a.name, "Huyện Ân")
        self.assertEqual(self.district_a.kind_id, school)
        self.assertEqual(self.district_a.parent_id, self.province)
        self.assertFalse(self.district_a.former_name_ids)
        notes = self.district_a.message_ids.filtered("body")[:2]
        texts = " ".join(notes.mapped("body"))
        self.assertRegex(texts, "Huyện An → Huyện Ân. Gõ nhầm dấu")
        self.assertIn(school.name, texts)
        self.assertEqual(notes.author_id, self.manager_user.partner_id)

    def test_a_correction_moves_what_lies_below(self):
        self._correct(
            self.commune_a1, parent_id=self.district_b, reason="Nhập nhầm huyện"
        )
        self.assertTrue(self.school.parent_path.startswith(self.district_b.parent_path))

    def test_a_correction_is_refused_without_need_or_right(self):
        with self._refused(AccessError, "Only a movement manager.+Huyện An"):
            self.district_a.with_user(self.movement_user).action_open_correction()
        with self._refused(AccessError, "Only a movement manager.+Huyện An"):
            self.district_a.with_user(self.movement_user)._correct({"name": "X"}, "Y")
        unit = self.district_a.with_user(self.manager_user)
        with self._refused(UserError, "Write down what was wrong with “Huyện An”"):
            unit._correct({"name": "Huyện Ân"}, "  ")
        with self._refused(UserError, "“Huyện An” is so already"):
            unit._correct({"name": "Huyện An"}, "Gõ nhầm")
        with self._refused(ValidationError, "Huyện An.+under itself"):
            unit._correct({"parent_id": self.commune_a1.id}, "Nhầm")

    def test_a_client_cannot_say_it_corrects(self):
        for word in (True, "BY_CORRECTION", 1):
            unit = self.district_a.with_user(self.manager_user).with_context(
                emulation_correction=word, emulation_reform=word
            )
            with self._refused(UserError, "is in use"):
                unit.name = "Khác"

    def test_the_form_shows_it(self):
        view = "emulation.emulation_unit_view_form"
        form = Form(self.district_a.with_user(self.manager_user), view)
        self.assertTrue(form._get_modifier("name", "readonly"))
        self.assertTrue(form._get_modifier("parent_id", "readonly"))
        with Form(self.fresh.with_user(self.movement_user), view) as form:
            form.name = "Xã Mới"
        self.assertEqual(self.fresh.name, "Xã Mới")

    # IMPORT

    def _load(self, *rows, user=None):
        Unit = self.Unit.with_user(user or self.movement_user)
        names = ["code", "name", "kind_id", "level_id", "parent_id"]
        return Unit.load(names, [list(row) for row in rows])

    def _row(self, unit, **changed):
        row = {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind_id.name,
            "level": unit.level_id.name,
            "parent": unit.parent_id.code,
            **changed,
        }
        return tuple(row.values())

    def test_a_file_does_not_overwrite_a_unit_in_use(self):
        cases = {
            "name": ("Thị xã An", "“Name”: “Thị xã An” instead of “Huyện An”"),
            "kind": (
                self.env.ref("emulation.unit_kind_school").name,
                "another “Kind”",
            ),
            "level": (
                self.env.ref("emulation.unit_level_commune").name,
                "another “Level”",
            ),
            "parent": ("T35GD", "“Higher unit”: “T35GD” instead of “Tỉnh Thử Nghiệm”"),
        }
        for user in (self.movement_user, self.manager_user):
            for name, (value, pattern) in cases.items():
                with self.subTest(name, user=user.login):
                    result = self._load(
                        self._row(self.fresh, name="Xã Mới"),
                        self._row(self.district_a, **{name: value}),
                        user=user,
                    )
                    (message,) = result["messages"]
                    self.assertRegex(message["message"], f"Huyện An.+{pattern}")
                    self.assertIn("by a movement manager with a reason", str(message))
                    self.assertEqual(message["record"], 2)
                    self.assertFalse(result["ids"])
        self.assertEqual(self.fresh.name, "Xã Moi", "nothing of the file is written")

    def test_the_same_file_again_and_new_units_pass(self):
        result = self._load(
            self._row(self.district_a),
            self._row(self.fresh, name="Xã Mới"),
            ("T35N", "Xã Thêm", *self._row(self.fresh)[2:]),
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self.fresh.name, "Xã Mới")

    # CODES, DAY BY DAY

    def _plan_take_over(self):
        """Commune A2 ends in a month, another unit takes its code the day after."""
        last = Date.add(Date.today(), days=30)
        self.commune_a2.date_end = last
        first = Date.add(last, days=1)
        heir = self._create_unit(
            "t35a2", "Phường Hai", "territory", "commune", date_start=first
        )
        return heir, first

    def test_a_code_is_taken_over_on_a_day_to_come(self):
        heir, first = self._plan_take_over()
        found = self.Unit.name_search("T35A2", operator="=")
        self.assertEqual([row[0] for row in found], self.commune_a2.ids)
        self.assertEqual(
            list(self.Unit._import_known(["T35A2"]).values())[-1], self.commune_a2.id
        )
        with freeze_time(f"{first} 05:00:00"):
            self.env.invalidate_all()
            found = self.Unit.name_search("T35A2", operator="=")
            self.assertEqual([row[0] for row in found], heir.ids)
            heir.with_user(self.movement_user).write({"code": "T35A2", "name": "P. 2"})
            self.commune_a2.note = "Đã kết thúc"
            self.assertTrue(self.commune_a2.is_ended)

    def test_a_day_in_common_is_refused(self):
        heir, first = self._plan_take_over()
        pattern = "T35A2 belongs to “Xã An Hai” until .+from the day after"
        with self._refused(ValidationError, pattern):
            heir.date_start = Date.subtract(first, days=1)
        with self._refused(ValidationError, pattern):
            heir.date_start = False
        with self._refused(ValidationError, "belongs to “Phường Hai” already: “Xã An"):
            self.commune_a2.date_end = first
        with self._refused(ValidationError, "“Phường Hai” already: “Xã An Hai”"):
            self.commune_a2.date_end = False
        for more in ({}, {"date_start": first}):
            with self._refused(ValidationError, "belongs to"):
                self._create_unit("T35A2", "Xã Ba", "territory", "commune", **more)
