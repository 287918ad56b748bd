from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestOrganisationGuards(AppraisalCommon):
    """What insiders tried to get around, and hurried clerks typed."""

    # PEOPLE

    def test_refusal_tells_no_title(self):
        """Who may not write a contact learns nothing of the dossiers behind it."""
        initiative = self._create_initiative("Tên chưa công bố")
        initiative.action_submit()
        author = initiative.author_ids[0].partner_id
        for user in (self.member1_user, self.finance_user, self.officer_b1):
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError) as refusal,
                self.env.cr.savepoint(),
            ):
                author.with_user(user).write({"name": "x"})
            self.assertNotIn(initiative.name, str(refusal.exception))

    def test_refusal_to_the_own_officer_tells_no_title_either(self):
        initiative = self._create_initiative("Tên chưa công bố")
        author = initiative.author_ids[0].partner_id
        author.sudo().emulation_unit_id = self.commune_a1
        initiative.action_submit()
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            author.with_user(self.officer_a1).write({"name": "x"})
        self.assertIn(author.name, str(refusal.exception))
        self.assertNotIn(initiative.name, str(refusal.exception))

    def test_person_without_unit_is_their_creators_or_the_movements(self):
        Partner = self.env["res.partner"]
        stranger = Partner.create({"name": "Chuyên gia Thử"})
        with self._refused(AccessError, "officer_a1"):
            stranger.with_user(self.officer_a1).emulation_unit_id = self.commune_a1
        own = Partner.with_user(self.officer_a1).create({"name": "Người Mới"})
        own.emulation_unit_id = self.commune_a1
        stranger.with_user(self.movement_user).emulation_unit_id = self.commune_a1
        self.assertEqual(stranger.emulation_unit_id, self.commune_a1)

    def test_nobody_is_pushed_into_a_unit_of_others(self):
        Partner = self.env["res.partner"].with_user(self.officer_a1)
        person = Partner.create(
            {"name": "Người Mới", "emulation_unit_id": self.commune_a1.id}
        )
        with self._refused(AccessError, "officer_a1"):
            person.emulation_unit_id = self.commune_b1

    # ROLES

    def test_nobody_makes_themselves_a_head(self):
        officers = self.env["emulation.unit.officer"].with_user(self.manager_user)
        for role in ("head", "deputy"):
            with self._refused(ValidationError, "make yourself head or deputy"):
                officers.create(
                    {
                        "user_id": self.manager_user.id,
                        "unit_id": self.commune_b1.id,
                        "role": role,
                    }
                )
        line = officers.create(
            {"user_id": self.manager_user.id, "unit_id": self.commune_b1.id}
        )
        with self._refused(ValidationError, "make yourself head or deputy"):
            line.role = "deputy"

    def test_nobody_reopens_their_own_headship(self):
        line = self.env["emulation.unit.officer"].create(
            {
                "user_id": self.manager_user.id,
                "unit_id": self.commune_b1.id,
                "role": "head",
                "date_start": "2019-01-01",
                "date_end": "2019-12-31",
            }
        )
        mine = line.with_user(self.manager_user)
        with self._refused(ValidationError, "make yourself head or deputy"):
            mine.date_end = False
        mine.date_end = "2019-06-30"
        self.assertEqual(line.date_end, Date.to_date("2019-06-30"))

    def test_movement_officer_never_becomes_council_member(self):
        target = self.officer_a2.with_user(self.manager_user)
        with self._refused(UserError, "never scores"):
            target._emulation_set_roles(["movement", "council"])
        target._emulation_set_roles(["officer", "council"])
        self.assertTrue(target.has_group("emulation.group_emulation_council"))

    def test_roles_given_are_noted(self):
        self.officer_a2.with_user(self.manager_user)._emulation_set_roles(["finance"])
        note = self.officer_a2.partner_id.message_ids[:1].body
        self.assertIn("Finance officer", note)
        self.assertIn(self.manager_user.name, note)

    def test_without_a_role_nobody_acts_for_a_unit(self):
        self.head_a1.with_user(self.manager_user)._emulation_set_roles([])
        self.assertFalse(self.head_a1.emulation_unit_ids)
        self.assertNotIn(self.head_a1, self.commune_a1._get_heads())

    def test_without_a_role_nobody_begins_to_act_later(self):
        tomorrow = Date.add(Date.today(), days=1)
        self.env["emulation.unit.officer"].create(
            {
                "user_id": self.officer_a2.id,
                "unit_id": self.commune_b1.id,
                "role": "head",
                "date_start": tomorrow,
            }
        )
        wizard = self.env["emulation.user.invite"].with_user(self.manager_user)
        vals = {"user_id": self.officer_a2.id, "office_role": "none"}
        with self._refused(UserError, "no role left.+Xã An Một"):
            wizard.create({**vals, "unit_id": self.commune_a1.id}).action_confirm()
        wizard.create(vals).action_confirm()
        line = self.officer_a2.emulation_officer_ids
        self.assertEqual(line.unit_id, self.commune_a2)
        self.assertLess(line.date_end, Date.today())

    def test_employee_without_a_role_is_invited_by_the_same_screen(self):
        self.officer_a2.with_user(self.manager_user)._emulation_set_roles([])
        user = self.env["res.users"].with_user(self.manager_user)
        login, name = self.officer_a2.login, self.officer_a2.name
        with self._refused(UserError, "not to “Khác”"):
            user._emulation_create_user("Khác", login, ["officer"])
        again = user._emulation_create_user(name, login, ["officer"])
        self.assertEqual(again, self.officer_a2)
        self.assertTrue(again.has_group("emulation.group_emulation_officer"))

    def test_users_acting_for_no_unit_are_found(self):
        idle = self._create_user("idle", "officer")
        past = self._create_user("past", "officer", self.commune_a1)
        past.sudo().emulation_officer_ids.date_end = "2019-12-31"
        found = self.env["res.users"].search([("emulation_unit_ids", "=", False)])
        self.assertLessEqual(idle | past, found)
        self.assertNotIn(self.officer_a1, found)

    # ASSIGNMENTS

    def test_an_officer_needs_a_unit_and_a_unit_an_officer(self):
        officers = self.env["emulation.unit.officer"].with_user(self.manager_user)
        with self._refused(ValidationError, "officer_b1 .+needs a unit"):
            officers.create({"user_id": self.officer_b1.id})
        with self._refused(ValidationError, "who is to act for “Xã An Một”"):
            officers.create({"unit_id": self.commune_a1.id})

    def test_an_assignment_does_not_end_before_it_begins(self):
        officers = self.env["emulation.unit.officer"].with_user(self.manager_user)
        line = officers.create(
            {"user_id": self.officer_b1.id, "unit_id": self.commune_a1.id}
        )
        pattern = "officer_b1 .+Xã An Một.+31/12/2019, before beginning on"
        with self._refused(ValidationError, pattern):
            line.date_end = "2019-12-31"
        with self._refused(ValidationError, pattern):
            officers.create(
                {
                    "user_id": self.officer_b1.id,
                    "unit_id": self.commune_a1.id,
                    "role": "deputy",
                    "date_end": "2019-12-31",
                }
            )

    def test_nobody_begins_to_act_for_an_ended_unit(self):
        self.commune_b1.date_end = "2020-06-30"
        officers = self.env["emulation.unit.officer"].with_user(self.manager_user)
        with self._refused(ValidationError, "Xã Bình Một.+ended.+officer_a1"):
            officers.create(
                {"user_id": self.officer_a1.id, "unit_id": self.commune_b1.id}
            )

    def test_whose_unit_ended_is_told_so(self):
        self.commune_b1.date_end = "2020-06-30"
        with self._refused(UserError, "officer_b1 .+Xã Bình Một.+took over"):
            self._create_initiative(unit=self.commune_b1, user=self.officer_b1)
        user = self.officer_b1
        self.assertRegex(user.emulation_warning, "Xã Bình Một.+has ended")

    def test_who_let_whom_act_stays_on_the_unit(self):
        officers = self.env["emulation.unit.officer"].with_user(self.manager_user)

        def note(unit):
            return unit.message_ids.sorted("id")[-1:]

        line = officers.create(
            {
                "user_id": self.officer_b1.id,
                "unit_id": self.commune_a2.id,
                "date_start": "2020-01-01",
            }
        )
        said = note(self.commune_a2)
        self.assertRegex(
            said.body, r"Now acts for it.+officer_b1\), Officer, 01/01/2020"
        )
        self.assertEqual(said.author_id, self.manager_user.partner_id)
        line.role = "deputy"
        self.assertRegex(note(self.commune_a2).body, "changed.+Officer.+→.+Deputy head")
        line.date_end = "2020-12-31"
        self.assertRegex(note(self.commune_a2).body, "changed.+→.+31/12/2020")
        before = note(self.commune_a2)
        line.position = "Công chức"
        self.assertEqual(note(self.commune_a2), before, "no right changes by it")
        line.unit_id = self.commune_b1
        self.assertRegex(
            note(self.commune_a2).body, "No longer acts for it.+officer_b1"
        )
        self.assertRegex(note(self.commune_b1).body, "Now acts for it.+officer_b1")
        line.unlink()
        self.assertRegex(note(self.commune_b1).body, "Assignment deleted.+officer_b1")

    def test_roles_taken_away_end_assignments_on_record(self):
        self.head_a1.with_user(self.manager_user)._emulation_set_roles([])
        last = self.commune_a1.message_ids.sorted("id")[-1:]
        self.assertRegex(last.body, r"Assignment changed.+head_a1\), Head")
        self.assertEqual(last.author_id, self.manager_user.partner_id)

    # UNITS

    def test_two_units_in_existence_do_not_share_a_code(self):
        end = Date.add(Date.today(), years=1)
        self._create_unit(
            "FUT", "Xã Sắp Hết", "territory", "commune", self.district_b, date_end=end
        )
        for more in ({"date_end": end}, {}):
            with self._refused(ValidationError, "belongs to “Xã Sắp Hết”"):
                self._create_unit(
                    "fut", "Xã Khác", "territory", "commune", self.district_b, **more
                )

    def test_no_default_names_a_successor(self):
        units = self.env["emulation.unit"].with_user(self.movement_user)
        vals = {
            "code": "T35Z",
            "name": "Xã Mới",
            "kind_id": self.commune_a1.kind_id.id,
            "level_id": self.commune_a1.level_id.id,
            "parent_id": self.district_a.id,
        }
        for name in ("successor_ids", "predecessor_ids"):
            command = [Command.set(self.commune_a1.ids)]
            forging = units.with_context(**{f"default_{name}": command})
            with self.subTest(name), self._refused(AccessError, "reform alone"):
                forging.create(vals)

    def test_blank_name_or_code_is_refused(self):
        for vals in ({"name": "  "}, {"code": " \u200b "}):
            with self.subTest(vals), self._refused(ValidationError, "cannot be blank"):
                self.commune_a1.with_user(self.movement_user).write(vals)
