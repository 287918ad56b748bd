from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestPerson(AppraisalCommon):
    """The same person twice: found, shown, merged with all that follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"].with_user(cls.movement_user)
        cls.first = cls._person("Trần Văn Khiêm", emulation_birth_date="1970-05-19")

    @classmethod
    def _person(cls, name, **vals):
        return cls.env["res.partner"].create({"name": name, **vals})

    def _merge(self, kept, others, user=None, reason=None):
        people = (kept | others).with_user(user or self.movement_user)
        action = people.action_emulation_merge()
        Wizard = self.env[action["res_model"]].with_user(user or self.movement_user)
        form = Form(Wizard.with_context(**action["context"]))
        form.keep_id = kept
        if reason:
            form.reason = reason
        return form.save().action_merge()

    # finding

    def test_three_marks_find_the_same_person(self):
        self.first.write({"email": "Khiem <KHIEM@example.com>"})
        self.first.phone = "0912.345.678"
        folded = self._person("tran  van KHIÊM", emulation_birth_date="1970-05-19")
        mail = self._person("Khiêm", email="khiem@example.com")
        phone = self._person("Ông Khiêm", phone="+84 912 345 678")
        self._person("Trần Văn Khiêm", emulation_birth_date="1971-05-19")
        self._person("Trần Văn Khiêm")
        firm = {"is_company": True, "email": "khiem@example.com"}
        self._person("Cơ sở Khiêm", **firm)
        found = self.first.with_user(self.officer_a1)._emulation_duplicates()
        self.assertEqual(found[self.first], folded | mail | phone)
        self.assertEqual(self.first.emulation_duplicate_count, 3)
        folded.active = False
        self.assertEqual(self.first._emulation_duplicates()[self.first], mail | phone)

    def test_one_query_for_any_number(self):
        people = (
            self.env["res.partner"]
            .create(
                [{"name": f"Người {number}", "email": "a@x.vn"} for number in range(30)]
            )
            .with_user(self.officer_a1)
        )
        counts = []
        for number in (1, 1, 3, 30):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            people[:number].mapped("emulation_duplicate_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(counts[1:])), 1, counts)

    def test_groups_of_the_same_person_are_listed(self):
        second = self._person("Tran Van Khiem", emulation_birth_date="1970-05-19")
        Duplicate = self.env["emulation.person.duplicate"].with_user(self.movement_user)
        rows = Duplicate.search([("partner_id", "in", (self.first | second).ids)])
        self.assertEqual(rows.partner_id, self.first | second)
        self.assertEqual(set(rows.mapped("mark")), {"Tran Van Khiem, 19/05/1970"})
        self.assertEqual(rows.ids, rows.search([("id", "in", rows.ids)]).ids)
        action = rows.action_merge()
        self.assertEqual(
            set(action["context"]["default_partner_ids"]), {self.first.id, second.id}
        )
        for user in (self.officer_a1, self.internal_user, self.member1_user):
            with self.assertRaises(AccessError, msg=user.login):
                rows.with_user(user).read(["mark"])

    def test_author_line_warns(self):
        self._person("Trần Văn Khiêm", emulation_birth_date="1970-05-19")
        author = self.env["emulation.initiative.author"].with_user(self.officer_a1)
        line = author.new({"partner_id": self.first.id})
        warning = line._onchange_partner_id()
        self.assertIn("Trần Văn Khiêm", warning["warning"]["message"])
        line = author.new({"partner_id": self._person("Khác").id})
        self.assertIsNone(line._onchange_partner_id())

    # merging

    def test_author_lines_certificates_and_texts_follow(self):
        self.first.email = "khiem@example.com"
        twin = self._person(
            "Trần V. Khiêm",
            email="khiem@example.com",
            phone="+84912345678",
            emulation_unit_id=self.commune_a1.id,
        )
        initiative = self._create_initiative(authors=[("Người Khác", 30)])
        initiative.author_ids = [
            Command.create({"partner_id": self.first.id, "share": 45}),
            Command.create(
                {"partner_id": twin.id, "share": 25, "contribution": "Thử nghiệm"}
            ),
        ]
        other = self._create_initiative("Phao cảnh báo", authors=[("X", 50)])
        other.author_ids = [Command.create({"partner_id": twin.id, "share": 50})]
        self._merge(self.first, twin)
        self.assertFalse(twin.exists())
        line = initiative.author_ids.filtered(lambda one: one.share == 70)
        self.assertRecordValues(
            line, [{"partner_id": self.first.id, "contribution": "Thử nghiệm"}]
        )
        self.assertEqual(sum(initiative.author_ids.mapped("share")), 100)
        self.assertIn(self.first, other.author_ids.partner_id)
        self.assertRecordValues(
            self.first,
            [
                {
                    "name": "Trần Văn Khiêm",
                    "phone": "+84912345678",
                    "emulation_unit_id": self.commune_a1.id,
                }
            ],
        )
        self.env.flush_all()
        self.assertIn("tran van khiem", other.search_text)
        self.assertNotIn("v. khiem", other.search_text)
        self.assertIn("Trần V. Khiêm", str(self.first.message_ids[:1].body))

    def test_conflict_comes_to_light_in_an_open_session(self):
        session = self._open_session()
        evaluation = session.evaluation_ids.sudo()
        author = evaluation.initiative_id.author_ids.partner_id[:1]
        member = self.council.member_ids.filtered(
            lambda one: one.user_id == self.member1_user
        )
        self.assertNotIn(member, evaluation.conflict_ids.member_id)
        kept = self.member1_user.partner_id
        self._merge(kept, author, self.manager_user, "Cùng một người")
        self.assertIn(member, evaluation.conflict_ids.member_id)
        sheet = evaluation.sheet_ids.filtered(lambda one: one.member_id == member)
        self.assertEqual(sheet.state, "voided")

    def test_certificate_keeps_the_printed_name(self):
        session = self._open_session()
        twin = session.evaluation_ids.sudo().initiative_id.author_ids.partner_id[:1]
        kind = self.env["emulation.document.kind"].search([("code", "=", "QĐ")])
        document = self.env["emulation.document"].create(
            {"kind_id": kind.id, "unit_id": self.province.id, "subject": "Thử"}
        )
        certificate = self.env["emulation.certificate"].create(
            {
                "document_id": document.id,
                "partner_id": twin.id,
                "holder_name": "Tên Đã In",
                "title": "Sáng kiến",
                "date_issued": "2026-01-01",
            }
        )
        kept = self._person("Tên Đúng")
        self._merge(kept, twin, self.manager_user, "Cùng một người")
        self.assertRecordValues(
            certificate, [{"partner_id": kept.id, "holder_name": "Tên Đã In"}]
        )

    def test_what_cannot_be_merged_says_why(self):
        other = self._person("Khác", emulation_birth_date="1980-01-01")
        with self._refused(UserError, "different birth dates"):
            self.first.with_user(self.movement_user)._emulation_merge(other)
        firm = self._person("Công ty", is_company=True)
        with self._refused(UserError, "Công ty.+organisation"):
            self.first.with_user(self.movement_user)._emulation_merge(firm)
        child = self._person("Con", parent_id=self.first.id)
        with self._refused(UserError, "under one another"):
            self.first.with_user(self.movement_user)._emulation_merge(child)
        people = self.member1_user.partner_id | self.member2_user.partner_id
        with self._refused(UserError, "member1_user.+never merged"):
            people[0].with_user(self.movement_user)._emulation_merge(people[1])
        with self._refused(UserError, "at least two"):
            self.first.with_user(self.movement_user).action_emulation_merge()
        self.assertTrue((other | firm | child | people).exists())

    def test_people_without_a_shared_mark_need_a_manager_and_a_reason(self):
        other = self._person("Lê Thị Lạ")
        initiative = self._create_initiative(authors=[("Người Khác", 30)])
        initiative.author_ids = [Command.create({"partner_id": other.id, "share": 70})]
        with self._refused(UserError, "Lê Thị Lạ.+share neither.+movement manager"):
            self.first.with_user(self.movement_user)._emulation_merge(other, "Thế")
        with self._refused(UserError, "share neither.+Write down why"):
            self.first.with_user(self.manager_user)._emulation_merge(other, " ")
        self._merge(self.first, other, self.manager_user, "Sổ hộ khẩu ghi một người")
        self.assertFalse(other.exists())
        for record in (self.first, initiative):
            bodies = " ".join(map(str, record.sudo().message_ids.mapped("body")))
            self.assertIn("Lê Thị Lạ", bodies)
            self.assertIn("Sổ hộ khẩu ghi một người", bodies)

    def test_marks_are_shared_by_way_of_a_third_contact(self):
        self.first.phone = "0912345678"
        second = self._person("Khiêm", phone="0912345678", email="k@example.com")
        third = self._person("Anh Khiêm", email="k@example.com")
        self.assertEqual(self.first._emulation_get_unlike(third), third)
        self.assertFalse(self.first._emulation_get_unlike(second | third))
        self._merge(self.first, second | third)
        self.assertFalse((second | third).exists())

    def test_account_is_kept_and_never_opened_to_another(self):
        """An e-mail filled in by a merge would give the account to its owner."""
        victim = self._create_user("victim", "officer")
        victim.partner_id.email = False
        bait = self._person("Mồi", email="attacker@example.com", phone="+84900000000")
        with self._refused(UserError, "has an account"):
            bait.with_user(self.movement_user)._emulation_merge(victim.partner_id)
        self._merge(victim.partner_id, bait, self.manager_user, "Cùng một người")
        self.assertFalse(victim.partner_id.email)
        self.assertFalse(victim.partner_id.phone)

    def test_nobody_merges_themselves_or_without_the_right(self):
        mine = self.movement_user.partner_id
        with self._refused(AccessError, "your own contact"):
            mine.with_user(self.movement_user)._emulation_merge(self.first)
        twin = self._person("Trần Văn Khiêm", emulation_birth_date="1970-05-19")
        with self._refused(AccessError, "movement officer"):
            self.first.with_user(self.officer_a1)._emulation_merge(twin)
        for user in (self.officer_a1, self.leader_user):
            with self.assertRaises(AccessError):
                self.env["emulation.person.merge"].with_user(user).create({})
        self.assertTrue(twin.exists())

    def test_dialog_suggests_and_explains(self):
        twin = self._person("Khiêm", emulation_birth_date="1999-01-01")
        initiative = self._create_initiative(authors=[("Người Khác", 30)])
        initiative.author_ids = [Command.create({"partner_id": twin.id, "share": 70})]
        Wizard = self.env["emulation.person.merge"].with_user(self.movement_user)
        ids = (self.first | twin).ids
        form = Form(Wizard.with_context(default_partner_ids=ids))
        self.assertEqual(form.keep_id, self.first, "the older contact")
        self.assertIn("different birth dates", form.refusal)

    # the contacts of officers

    def test_officer_enters_authors_of_own_units_only(self):
        Partner = self.env["res.partner"].with_user(self.officer_a1)
        view = "emulation.emulation_person_view_form"
        with Form(Partner.with_context(default_is_company=False), view) as form:
            form.name = "Vũ Thị Hòa"
            form.emulation_unit_id = self.commune_a1
        form.record.phone = "+84911111111"
        with self.assertRaises(AccessError):
            Partner.create({"name": "X", "emulation_unit_id": self.commune_b1.id})
        elsewhere = self._person("Y", emulation_unit_id=self.commune_b1.id)
        with self.assertRaises(AccessError):
            elsewhere.with_user(self.officer_a1).phone = "+84922222222"
        elsewhere.with_user(self.movement_user).phone = "+84922222222"
        with self.assertRaises(AccessError):
            form.record.unlink()

    def test_accounts_and_firms_are_out_of_reach(self):
        admin = self.env.ref("base.user_admin").partner_id
        firm = self._person("Công ty", is_company=True)
        for user in (self.officer_a1, self.movement_user, self.manager_user):
            for target in (admin, self.head_a1.partner_id, firm):
                with self.assertRaises(AccessError, msg=user.login):
                    target.with_user(user).email = "attacker@example.com"
            with self.assertRaises(AccessError):
                self.env["res.partner"].with_user(user).create(
                    {"name": "F", "is_company": True}
                )

    def test_contact_managers_keep_their_right(self):
        self.officer_a1.group_ids += self.env.ref("base.group_partner_manager")
        firm = self._person("Công ty", is_company=True)
        firm.with_user(self.officer_a1).phone = "+84933333333"
        with self.assertRaises(AccessError):
            self.first.with_user(self.internal_user).phone = "1"
