import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date, Domain
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestContent(AppraisalCommon):
    """The legal form: what is asked by kind, money, property, secrets, guardians."""

    def _codes(self, initiative):
        return [item["code"] for item in initiative._get_missing_items()]

    def _kind(self, name):
        return self.env.ref(f"emulation.initiative_kind_{name}")

    # KINDS

    def test_every_kind_says_for_each_item_whether_it_asks(self):
        kind = self.env["emulation.initiative.kind"].with_user(self.manager_user)
        kinds = kind.search([]) | kind.create({"name": "Kiểu mới", "code": "moi"})
        demands = self.env["emulation.initiative.kind.item"]._fields["item"]
        for kind in kinds:
            self.assertEqual(
                kind.item_ids.mapped("item"), [code for code, _ in demands.selection]
            )
        self.assertFalse(self._kind("idea").requires_application)
        self.assertTrue(self._kind("initiative").excludes_protected)
        self.assertFalse(self._kind("invention").excludes_protected)

    def test_a_manager_decides_what_the_coach_asks(self):
        initiative = self._create_initiative()
        self.assertEqual(self._codes(initiative), [])
        kind = self._kind("initiative").with_user(self.manager_user)
        for item, code in (
            ("conditions", "conditions"),
            ("helpers", "helpers"),
            ("benefit_users", "benefit_users"),
            ("benefit_social", "benefit_social"),
            ("investor", "investor"),
            ("ip", "ip"),
            ("movements", "movements"),
            ("author_details", "author_details"),
            ("confidential", "confidential"),
        ):
            with self.subTest(item):
                kind._set_demand(item, "required")
                initiative.invalidate_recordset()
                self.assertEqual(self._codes(initiative), [code])
                with self.assertRaisesRegex(UserError, "cannot be handed in yet"):
                    initiative.action_submit()
                kind._set_demand(item, "optional")
        with self.assertRaises(AccessError):
            kind.with_user(self.movement_user)._set_demand("ip", "omitted")

    def test_what_is_asked_may_be_filled_in(self):
        initiative = self._create_initiative()
        kind = self._kind("initiative")
        for item in ("conditions", "helpers", "investor", "ip", "author_details"):
            kind._set_demand(item, "required")
        initiative.write(
            {
                "conditions": "Có điện",
                "helper_ids": [Command.create({"name": "Lê Thị Giúp", "task": "Đo"})],
                "investor_name": "Công ty Thử",
                "ip_status": "none",
            }
        )
        for author in initiative.author_ids:
            author.write(
                {
                    "birth_date": "1980-02-03",
                    "workplace": "Xưởng cơ khí",
                    "job_title": "Thợ bậc 5",
                    "qualification": "Trung cấp",
                }
            )
        initiative.author_ids._confirm("paper")
        self.assertEqual(self._codes(initiative), [])
        person = initiative.author_ids.partner_id[0]
        self.assertEqual(person.emulation_workplace, "Xưởng cơ khí")

    def test_the_office_says_who_paid(self):
        initiative = self._create_initiative().with_user(self.officer_a1)
        self._kind("initiative")._set_demand("investor", "required")
        with Form(initiative) as form:
            self.assertTrue(form._get_modifier("investor_unit_id", "invisible"))
            form.investor_kind = "unit"
            self.assertEqual(form.investor_unit_id, initiative.unit_id)
            form.investor_unit_id = self.district_a
        self.assertEqual(self._codes(initiative), [])
        self.assertEqual(initiative.investor_unit_id, self.district_a)
        with Form(initiative) as form:
            form.investor_kind = "other"
            self.assertFalse(form._get_modifier("investor_name", "invisible"))
        self.assertEqual(self._codes(initiative), ["investor"])
        initiative.investor_kind = "authors"
        self.assertEqual(self._codes(initiative), [])
        # who names one has said of which kind it is
        named = self._create_initiative(investor_name="Công ty Thử")
        paid = self._create_initiative(investor_unit_id=self.district_a.id)
        self.assertEqual((named | paid).mapped("investor_kind"), ["other", "unit"])

    def test_changing_the_kind_loses_nothing_that_was_typed(self):
        initiative = self._create_initiative(benefit_users="Bà con khen")
        with Form(initiative) as form:
            form.kind_id = self._kind("idea")
            self.assertNotIn(",benefit_users,", form.asked_items)
            self.assertNotIn(",helpers,", form.asked_items)
        self.assertEqual(initiative.benefit_users, "Bà con khen")
        initiative.kind_id = self._kind("initiative")
        self.assertIn(",benefit_users,", initiative.asked_items)

    def test_the_form_shows_what_applies(self):
        form = Form(self.env["emulation.initiative"].with_user(self.officer_a1))
        form.kind_id = self._kind("model")
        self.assertTrue(form._get_modifier("ip_status", "invisible"))
        self.assertFalse(form._get_modifier("problem", "invisible"))
        form.kind_id = self._kind("invention")
        self.assertFalse(form._get_modifier("ip_status", "invisible"))

    # DAYS, TEXTS

    def test_the_first_application_is_not_in_the_future_nor_before_the_state(self):
        initiative = self._create_initiative()
        for day in (Date.add(Date.today(), days=2), Date.to_date("0201-03-04")):
            with (
                self.subTest(day),
                self._refused(ValidationError, "cannot be right.*up to today"),
            ):
                initiative.date_applied = day
        initiative.date_applied = Date.today()

    def test_ten_megabytes_are_answered_in_words(self):
        initiative = self._create_initiative()
        with self._refused(UserError, "“The solution” takes 20000 characters"):
            initiative.solution = "a" * 10_000_000
        with self._refused(UserError, "“Keywords” takes 500 characters"):
            initiative.keywords = "a" * 600
        with self._refused(UserError, "“Confidential information” takes"):
            initiative.confidential_info = "a" * 30_000
        self.assertEqual(initiative.solution, "Kẹp bốn phôi một lần")
        self.round.max_text_chars = 500
        with self._refused(UserError, "takes 500 characters"):
            initiative.solution = "a" * 501

    def test_html_is_text_and_control_signs_go(self):
        initiative = self._create_initiative()
        initiative.solution = "<script>alert(1)</script>\r\n\x00Bước 1\u200b"
        self.assertEqual(initiative.solution, "<script>alert(1)</script>\nBước 1")
        initiative.invalidate_recordset()
        self.assertEqual(initiative.solution, "<script>alert(1)</script>\nBước 1")

    # MONEY

    def test_the_sum_is_what_its_calculation_makes_it(self):
        initiative = self._create_initiative()
        with Form(initiative) as form:
            with form.benefit_ids.new() as line:
                line.name = "Công lao động"
                line.quantity = 144
                line.measure = "công"
                line.price = 200000
            with form.benefit_ids.new() as line:
                line.name = "Van, cảm biến"
                line.effect = "cost"
                line.price = 9500000
            self.assertEqual(form.benefit_amount, 19300000)
        self.assertEqual(initiative.benefit_amount, 19300000)
        self.assertEqual(
            initiative.benefit_formula,
            "144 công × 200,000 − 1 × 9,500,000 = 19,300,000",
        )
        with self._refused(ValidationError, "makes 19,300,000, not 5"):
            initiative.benefit_amount = 5
        initiative.benefit_ids[1].unlink()
        self.assertEqual(initiative.benefit_amount, 28800000)

    def test_a_typed_sum_needs_its_calculation_in_words(self):
        initiative = self._create_initiative(benefit_amount=5, benefit_calculation="")
        self.assertEqual(self._codes(initiative), ["calculation"])
        initiative.benefit_calculation = "1 × 5"
        self.assertEqual(self._codes(initiative), [])

    def test_less_than_nothing_is_marked_as_spent(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_initiative(
                benefit_ids=[Command.create({"name": "Công", "price": -5})]
            )

    def test_lines_freeze_and_stay_with_their_dossier(self):
        initiative = self._create_initiative(
            benefit_ids=[Command.create({"name": "Công", "price": 5})],
            helper_ids=[Command.create({"name": "Lê Thị Giúp", "task": "Đo"})],
            confidential_info="Công thức",
        )
        other = self._create_initiative("Sáng kiến khác")
        secret = self._secret(initiative)
        lines = (initiative.benefit_ids, initiative.helper_ids, secret)
        for line in lines:
            with self._refused(UserError, "stays with the dossier"):
                line.with_user(self.officer_a1).initiative_id = other
        initiative.action_submit()
        for line in lines:
            line = line.with_user(self.officer_a1)
            with self._refused(UserError, "Have it returned first"):
                line.write({"text" if line == secret else "name": "Khác"})
            with self._refused(UserError, "Have it returned first"):
                line.unlink()

    # INDUSTRIAL PROPERTY

    def test_a_protected_solution_is_no_initiative_but_may_be_an_invention(self):
        granted = {
            "ip_status": "granted",
            "ip_kind": "utility",
            "ip_number": "2-0001",
            "ip_date_granted": "2020-05-06",
        }
        initiative = self._create_initiative(**granted)
        self.assertEqual(self._codes(initiative), ["ip_granted"])
        self.assertIn("cannot be recognised", initiative.ip_warning)
        with self.assertRaisesRegex(UserError, "protected solution cannot be"):
            initiative.action_submit()
        initiative.kind_id = self._kind("invention")
        self.assertFalse(initiative.ip_warning)
        initiative.action_submit()

    def test_a_filed_solution_is_a_warning(self):
        initiative = self._create_initiative(ip_status="filed")
        self.assertIn("Once it is granted", initiative.ip_warning)
        self.assertEqual(
            self._codes(initiative), ["ip_kind", "ip_number", "ip_date_filed"]
        )
        initiative.write(
            {"ip_kind": "utility", "ip_number": "1", "ip_date_filed": "2020-01-02"}
        )
        initiative.action_submit()

    def test_a_title_is_applied_for_then_granted(self):
        initiative = self._create_initiative()
        for filed, granted in (
            ("2020-05-06", "2019-05-06"),
            (Date.add(Date.today(), days=2), False),
        ):
            with self._refused(ValidationError, "applied for, then granted"):
                initiative.write({"ip_date_filed": filed, "ip_date_granted": granted})

    # CONFIDENTIAL

    def _secret(self, initiative):
        secrets = self.env["emulation.initiative.secret"]
        return secrets.search([("initiative_id", "=", initiative.id)])

    def test_confidential_information_reaches_only_its_readers(self):
        session = self._open_session()
        initiative = session.evaluation_ids.initiative_id.sudo()
        initiative.sudo().confidential_info = "Tỷ lệ phối trộn 3:1"
        self.assertTrue(initiative.is_confidential)
        for user, able in (
            (self.officer_a1, True),
            (self.officer_a, True),
            (self.movement_user, True),
            (self.member1_user, True),
            (self.officer_sector, False),
            (self.leader_user, False),
            (self.officer_b1, False),
        ):
            with self.subTest(user.login):
                # also where some other code reads the dossier for the user
                seen = initiative.with_user(user).sudo().confidential_info
                self.assertEqual(bool(seen), able)

    def test_confidential_information_is_not_found_exported_or_copied(self):
        initiative = self._create_initiative(
            unit=self.school, confidential_info="Tỷ lệ phối trộn 3:1"
        )
        exporters = self.env.ref("base.group_allow_export")
        (self.officer_a1 | self.officer_sector).group_ids |= exporters
        mine = initiative.with_user(self.officer_a1)
        sector = initiative.with_user(self.officer_sector)
        self.assertEqual(
            mine.export_data(["confidential_info"])["datas"], [["Tỷ lệ phối trộn 3:1"]]
        )
        self.assertEqual(sector.export_data(["confidential_info"])["datas"], [[""]])
        self.assertFalse(sector.read(["confidential_info"])[0]["confidential_info"])
        with self.assertRaises(AccessError):
            self._secret(initiative).with_user(self.leader_user).read(["text"])
        with self.assertRaises(ValueError), mute_logger("odoo.domains"):
            sector.search([("confidential_info", "ilike", "phối trộn")])
        secrets = self.env["emulation.initiative.secret"]
        self.assertFalse(secrets.with_user(self.officer_sector).search(Domain.TRUE))
        self.assertFalse(mine.copy().confidential_info)

    def test_somebody_in_conflict_does_not_read_it(self):
        session = self._open_session()
        initiative = session.evaluation_ids.initiative_id.sudo()
        initiative.confidential_info = "Tỷ lệ phối trộn 3:1"
        self._declare_conflict(self._sheet(session, self.member2_user))
        seen = initiative.with_user(self.member2_user).sudo().confidential_info
        self.assertFalse(seen)

    def test_an_unread_text_is_not_overwritten(self):
        initiative = self._create_initiative(confidential_info="Công thức")
        with self._refused(AccessError, "which you may not read"):
            initiative.with_user(self.internal_user).sudo(False)._check_confidant()
        initiative.confidential_info = False
        self.assertFalse(self._secret(initiative))

    def test_what_was_said_to_be_confidential_is_asked_for(self):
        initiative = self._create_initiative(is_confidential=True)
        self.assertEqual(self._codes(initiative), ["confidential"])
        initiative.confidential_info = "Công thức"
        self.assertEqual(self._codes(initiative), [])

    # GUARDIANS

    def _born(self, initiative, years):
        day = Date.subtract(Date.today(), years=years)
        initiative.author_ids.partner_id.sudo().emulation_birth_date = day
        # who an author is belongs to what the authors agreed to
        initiative.author_ids._confirm("paper")

    def _consent(self, author, **vals):
        author.write(
            {
                "guardian_name": "Nguyễn Thị An",
                "guardian_relation": "Mẹ",
                "guardian_phone": "0912345678",
                "guardian_consent": True,
                "date_guardian_consent": Date.today(),
                "guardian_paper": base64.b64encode(b"%PDF-1.4 dong y"),
                "guardian_paper_name": "dong-y.pdf",
                **vals,
            }
        )

    def test_a_minor_hands_in_with_the_consent_of_a_guardian(self):
        initiative = self._create_initiative(authors=[("Nguyễn Hà Thử", 100)])
        self._born(initiative, 18)
        self.assertEqual(self._codes(initiative), [])
        self._born(initiative, 17)
        self.assertTrue(initiative.has_minors)
        self.assertEqual(self._codes(initiative), ["guardian"])
        with self.assertRaisesRegex(UserError, "guardian of “Nguyễn Hà Thử”"):
            initiative.action_submit()
        for name in (
            *("guardian_name", "guardian_relation", "guardian_phone"),
            *("guardian_consent", "date_guardian_consent", "guardian_paper"),
        ):
            self._consent(initiative.author_ids, **{name: False})
            self.assertEqual(self._codes(initiative), ["guardian"], name)
        self._consent(initiative.author_ids, guardian_paper_name="dong-y.exe")
        self.assertEqual(self._codes(initiative), ["guardian_paper"])
        self._consent(initiative.author_ids)
        initiative.action_submit()

    def test_the_age_of_consent_is_that_of_the_round(self):
        initiative = self._create_initiative(authors=[("Nguyễn Hà Thử", 100)])
        self._born(initiative, 17)
        self.round.age_of_consent = 16
        self.assertEqual(self._codes(initiative), [])

    def test_a_pupil_without_a_birth_date_is_asked_for_it(self):
        initiative = self._create_initiative(authors=[("Nguyễn Hà Thử", 100)])
        pupil = self.env.ref("emulation.author_category_pupil")
        initiative.author_ids.partner_id.sudo().emulation_category_id = pupil
        self.assertEqual(self._codes(initiative), ["birth_date"])
        pupil.asks_birth_date = False
        initiative.invalidate_recordset()
        self.assertEqual(self._codes(initiative), [])

    def test_consent_is_not_given_tomorrow(self):
        initiative = self._create_initiative(authors=[("Nguyễn Hà Thử", 100)])
        with self._refused(ValidationError, "cannot be given in the future"):
            self._consent(
                initiative.author_ids,
                date_guardian_consent=Date.add(Date.today(), days=1),
            )

    def test_the_guardian_is_nobodys_business_but_the_offices(self):
        initiative = self._create_initiative()
        author = initiative.author_ids[0].with_user(self.member1_user)
        with self.assertRaises(AccessError):
            author.guardian_phone.strip()

    # THE GATE AT ELIGIBILITY

    def test_a_dossier_that_lacks_something_is_not_declared_eligible(self):
        initiative = self._create_initiative()
        evaluation = self._endorse(initiative)
        evaluation.action_check_all()
        self._kind("initiative")._set_demand("conditions", "required")
        with self.assertRaisesRegex(UserError, "(?s)not eligible yet.*conditions"):
            evaluation.action_mark_eligible()
        initiative.sudo().conditions = "Có điện"
        evaluation.action_mark_eligible()
        self.assertEqual(evaluation.state, "eligible")
