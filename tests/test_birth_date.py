from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common_appraisal import AppraisalCommon

BORN = "1970-05-19"


@tagged("post_install", "-at_install")
class TestBirthDate(AppraisalCommon):
    """A date of birth is read by whoever answers for the person, by no other way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._person("Trần Văn Khiêm", cls.commune_a1)
        cls.pupil = cls._person("Bùi Gia Thử", cls.school)
        cls.citizen = cls._person("Lê Thị Tự Do")
        cls.world = cls.person | cls.pupil | cls.citizen

    @classmethod
    def _person(cls, name, unit=None, **vals):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "emulation_birth_date": BORN,
                "emulation_unit_id": unit and unit.id,
                **vals,
            }
        )

    def _read(self, user, people=None):
        """Return those of the people whose date ``user`` reads, by every way."""
        people = (people or self.world).with_user(user)
        self.env.invalidate_all()
        read = people.browse(
            row["id"]
            for row in people.read(["emulation_birth_date"])
            if row["emulation_birth_date"]
        )
        web = people.web_read({"emulation_birth_date": {}})
        self.assertEqual(
            [row["id"] for row in web if row["emulation_birth_date"]], read.ids
        )
        among = ("id", "in", people.ids)
        for domain in (
            [("emulation_birth_date", "=", BORN)],
            [("emulation_birth_date", "!=", False)],
            [("emulation_birth_date", "!=", "1971-01-01")],
            [("emulation_birth_date", "<", "1971-01-01")],
            ["!", ("emulation_birth_date", "=", "1971-01-01")],
        ):
            found = people.search([among, *domain])
            self.assertEqual(found.sorted("id"), read.sorted("id"), domain)
        named = people.name_search("", [among, ("emulation_birth_date", "=", BORN)])
        self.assertEqual({one for one, _name in named}, set(read.ids))
        self.assertFalse(people.search([among, ("emulation_birth_date", "=", False)]))
        # for the export dialog one must be allowed to export at all
        group = self.env.ref("base.group_allow_export")
        user.sudo().group_ids += group
        rows = people.export_data([".id", "emulation_birth_date"])["datas"]
        user.sudo().group_ids -= group
        self.assertEqual({int(one) for one, born in rows if born}, set(read.ids))
        return read.with_user(self.env.user)

    # WHO READS IT

    def test_officers_read_it_of_their_units_and_all_below(self):
        self.assertEqual(self._read(self.officer_a1), self.person | self.pupil)
        self.assertEqual(self._read(self.officer_a), self.person | self.pupil)
        self.assertFalse(self._read(self.officer_a2))
        self.assertFalse(self._read(self.officer_b1))

    def test_a_sector_reads_it_of_what_it_manages(self):
        self.assertEqual(self._read(self.officer_sector), self.pupil)

    def test_the_movement_office_reads_it_of_everybody(self):
        self.assertEqual(self._read(self.movement_user), self.world)
        self.assertEqual(self._read(self.manager_user), self.world)

    def test_it_follows_the_assignment_at_once(self):
        line = self.env["emulation.unit.officer"].create(
            {"unit_id": self.commune_a1.id, "user_id": self.officer_b1.id}
        )
        self.assertEqual(self._read(self.officer_b1), self.person | self.pupil)
        line.unlink()
        self.assertFalse(self._read(self.officer_b1))

    def test_everybody_else_is_refused(self):
        for user in (
            *(self.member1_user, self.chair_user, self.leader_user, self.award_user),
            *(self.finance_user, self.data_user, self.internal_user),
        ):
            people = self.world.with_user(user)
            with self._refused(AccessError, "emulation_birth_date|Date of birth"):
                people.read(["emulation_birth_date"])
            with self._refused(AccessError, ""):
                people.search([("emulation_birth_date", "=", BORN)])

    def test_an_author_on_the_portal_reads_their_own(self):
        user = new_test_user(self.env, "tac_gia_thu", "base.group_portal")
        user.partner_id.sudo().emulation_birth_date = BORN
        self.env.invalidate_all()
        me = user.partner_id.with_user(user)
        self.assertEqual(str(me.emulation_birth_date), BORN)
        found = me.search([("emulation_birth_date", "=", BORN)])
        self.assertEqual(found, me)

    def test_a_list_costs_the_same_for_any_number_of_people(self):
        people = self.world.union(
            *(self._person(f"Người {number}", self.commune_a1) for number in range(30))
        ).with_user(self.officer_a1)
        counts = []
        for number in (1, 1, 3, 30):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            people[:number].read(["emulation_birth_date"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(counts[1:])), 1, counts)

    def test_a_new_contact_of_no_unit_is_read_by_whoever_entered_it(self):
        Partner = self.env["res.partner"].with_user(self.officer_a1)
        person = Partner.create({"name": "Vũ Mới", "emulation_birth_date": BORN})
        self.assertEqual(self._read(self.officer_a1, person), person)
        self.assertFalse(self._read(self.officer_b1, person))

    # AUTHORS OF DOSSIERS

    def _draft(self, user, unit, people):
        vals = {
            "name": "Đồ gá thử",
            "unit_id": unit.id,
            "round_id": self.round.id,
            "field_id": self.env.ref("emulation.field_mechanics").id,
            "theme_id": self.env.ref("emulation.theme_nd2").id,
        }
        share = 100 / len(people)
        lines = [
            Command.create({"partner_id": one.id, "share": share}) for one in people
        ]
        kind = self.env.ref("emulation.initiative_kind_initiative")
        Initiative = self.env["emulation.initiative"].with_user(user)
        return Initiative.create({**vals, "kind_id": kind.id, "author_ids": lines})

    def test_the_authors_of_a_dossier_in_sight(self):
        guest = self._person("Khách Xã Bên", self.commune_b1)
        dossier = self._draft(self.officer_b1, self.commune_b1, guest | self.person)
        everybody = guest | self.person
        self.assertEqual(self._read(self.officer_b1, everybody), guest)
        dossier.sudo().date_submitted = "2026-01-05"
        self.assertEqual(self._read(self.officer_b1, everybody), everybody)
        self.assertEqual(self._read(self.officer_a1, everybody), self.person)
        lines = dossier.author_ids
        self.env.invalidate_all()
        self.assertEqual(len(lines.filtered("birth_date")), 2)

    def test_a_stranger_on_a_draft_of_ones_own_gives_nothing_away(self):
        dossier = self._draft(self.officer_b1, self.commune_b1, self.person)
        self.env.invalidate_all()
        line = dossier.author_ids
        self.assertFalse(line.birth_date)
        self.assertFalse(line.search([("birth_date", "=", BORN)]))
        self.assertTrue(line.sudo().partner_id.emulation_born_on)
        # entered by a colleague it is an author like any other
        colleague = self._create_user("b1_khac", "officer", self.commune_b1)
        self.assertEqual(self._read(colleague, self.person), self.person)

    def test_a_form_in_the_making_gives_nothing_away(self):
        Author = self.env["emulation.initiative.author"].with_user(self.officer_b1)
        spec = {"partner_id": {}, "birth_date": {}}
        values = {"partner_id": self.person.id}
        asked = Author.onchange(values, ["partner_id"], spec)["value"]
        self.assertFalse(asked.get("birth_date"))
        Author = Author.with_user(self.officer_a1)
        asked = Author.onchange(values, ["partner_id"], spec)["value"]
        self.assertEqual(str(asked["birth_date"]), BORN)

    # BY NO OTHER WAY

    def test_the_field_it_is_kept_in_is_nobodys(self):
        for user in (self.officer_a1, self.movement_user, self.manager_user):
            person = self.person.with_user(user)
            with self._refused(AccessError, "emulation_born_on|as kept"):
                person.read(["emulation_born_on"])
            with self._refused(AccessError, ""):
                person.write({"emulation_born_on": "1971-01-01"})
            self.assertNotIn("emulation_born_on", person.fields_get())
            with self._refused(AccessError, ""):
                person.search([("emulation_born_on", "=", BORN)])
            with self._refused(AccessError, ""):
                person.search([], order="emulation_born_on")
            with self._refused(AccessError, ""):
                person.formatted_read_group([], ["emulation_born_on:year"])

    def test_no_domain_finds_it_by_a_detour(self):
        account = self._create_user("co_ngay_sinh", "council").partner_id
        account.emulation_birth_date = BORN
        users = self.env["res.users"].with_user(self.officer_b1)
        for path in ("partner_id.emulation_born_on", "emulation_born_on"):
            with self._refused(AccessError, ""):
                users.search([(path, "=", BORN)])
            with self._refused(AccessError, ""):
                users.search([(f"{path}.year_number", "=", 1970)])
        for path in ("partner_id.emulation_birth_date", "emulation_birth_date"):
            self.assertFalse(users.search([(path, "=", BORN)]), path)
        Author = self.env["emulation.initiative.author"].with_user(self.officer_b1)
        path = "partner_id.user_ids.partner_id.emulation_born_on"
        with self._refused(AccessError, ""):
            Author.search([(path, "=", BORN)])

    def test_it_neither_sorts_nor_groups(self):
        people = self.world.with_user(self.officer_b1)
        with self._refused(ValueError, "emulation_birth_date"):
            people.search([], order="emulation_birth_date")
        with self._refused(ValueError, "emulation_birth_date"):
            people.formatted_read_group([], ["emulation_birth_date:month"])
        with self._refused(ValueError, "emulation_birth_date"):
            people.formatted_read_group([], [], ["emulation_birth_date:max"])

    def test_a_message_from_a_template_gives_nothing_away(self):
        def rendered(user):
            self.env.invalidate_all()
            template = self.env["mail.render.mixin"].with_user(user).sudo()
            text = "{{ object.emulation_birth_date }}"
            return template._render_template(text, "res.partner", self.person.ids)

        self.assertIn(BORN, rendered(self.officer_a1)[self.person.id])
        self.assertNotIn(BORN, rendered(self.officer_b1)[self.person.id])
        self.assertNotIn(BORN, rendered(self.internal_user)[self.person.id])

    def test_a_copy_does_not_take_it_along(self):
        copy = self.person.with_user(self.officer_a1).copy()
        self.assertFalse(copy.sudo().emulation_born_on)

    def test_the_list_of_duplicates_is_the_movement_office_s(self):
        twin = self._person("Trần Văn Khiêm", self.commune_b1)
        Duplicate = self.env["emulation.person.duplicate"]
        rows = Duplicate.with_user(self.movement_user).search(
            [("partner_id", "in", (self.person | twin).ids)]
        )
        self.assertEqual(len(rows), 2)
        self.assertEqual({str(row.birth_date) for row in rows}, {BORN})
        for user in (self.officer_a1, self.data_user, self.leader_user):
            with self._refused(AccessError, "Possible Duplicate|not allowed"):
                Duplicate.with_user(user).search([])

    # WHAT THE APPLICATION DOES WITH IT

    def test_identity_and_duplicates_hold_beyond_what_one_reads(self):
        twin = self._person("tran van khiem", self.commune_b1)
        found = self.person.with_user(self.officer_b1)._emulation_duplicates()
        self.assertEqual(found[self.person].ids, twin.ids)
        self.assertTrue(
            twin.with_user(self.officer_a1)._emulation_is_one_of(self.person)
        )

    def test_the_office_enters_and_corrects_it(self):
        Partner = self.env["res.partner"].with_user(self.officer_a1)
        view = "emulation.emulation_person_view_form"
        with Form(Partner.with_context(emulation_people=True), view) as form:
            form.name = "Vũ Thị Hòa"
            form.emulation_birth_date = "1982-02-03"
            form.emulation_unit_id = self.commune_a1
        person = form.record
        self.assertEqual(str(person.sudo().emulation_born_on), "1982-02-03")
        with Form(person, view) as form:
            self.assertEqual(str(form.emulation_birth_date), "1982-02-03")
            form.emulation_birth_date = "1982-03-02"
        self.assertEqual(self._born(person), "1982-03-02")
        with self._refused(AccessError, ""):
            self.person.with_user(self.officer_b1).emulation_birth_date = "1999-01-01"
        self.assertEqual(self._born(self.person), BORN)

    def _born(self, person):
        return str(person.sudo().emulation_born_on)

    def test_the_list_of_people_shows_it_to_officers_alone(self):
        view = self.env.ref("emulation.emulation_person_view_list")
        for user, shown in ((self.officer_a1, True), (self.leader_user, False)):
            arch = self.world.with_user(user).get_view(view.id)["arch"]
            found = etree.fromstring(arch).xpath(
                "//field[@name='emulation_birth_date']"
            )
            self.assertEqual(bool(found), shown, user.login)
