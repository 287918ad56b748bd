from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common_use import UseCommon


@tagged("post_install", "-at_install")
class TestRemuneration(UseCommon):
    """What is owed to the authors, to the đồng (Decree 13/2012)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payer = cls.commune_a1

    @classmethod
    def _schedule(cls, agree=True, **vals):
        schedule = (
            cls.env["emulation.remuneration"]
            .with_user(cls.officer_a1)
            .create(
                {
                    "initiative_id": cls.recognised.id,
                    "unit_id": cls.payer.id,
                    "date_start": "2019-03-01",
                    **vals,
                }
            )
        )
        if agree:
            schedule.action_agree()
        return schedule

    def _amounts(self, year):
        return [int(line.amount) for line in year.line_ids.sorted("id")]

    def test_law_says_rate_and_years(self):
        schedule = self._schedule()
        self.assertEqual((schedule.rate, schedule.years), (7.0, 3))
        self.assertEqual(schedule.year_ids.mapped("number"), [1, 2, 3])
        dates = [str(day) for day in schedule.year_ids.mapped("date_due")]
        self.assertEqual(dates, ["2020-03-29", "2021-03-28", "2022-03-28"])

    def test_clamp_pays_as_reckoned_by_hand(self):
        """488 million: 7 % are 34.16 million, of 60 and 40 shares; 20 % for helpers."""
        schedule = self._schedule()
        first, second = schedule.year_ids[:2]
        first.benefit = 488_000_000
        self.assertEqual(first.amount, 34_160_000)
        self.assertEqual(self._amounts(first), [20_496_000, 13_664_000, 6_832_000])
        second.benefit = 488_000_000
        self.assertEqual(self._amounts(second), [20_496_000, 13_664_000])
        self.assertEqual(schedule.owed_total, 75_152_000)

    def test_rule_of_another_time_changes_what_is_owed(self):
        self.env["emulation.remuneration.rule"].with_user(self.manager_user).create(
            {
                "name": "Quy định thử",
                "date_start": "2019-01-01",
                "rate": 10,
                "years": 2,
                "salary_multiple": 6,
                "transfer_rate": 20,
                "helper_rate": 0,
                "months_to_pay": 2,
            }
        )
        schedule = self._schedule()
        year = schedule.year_ids[0]
        year.benefit = 1_000_000
        self.assertEqual(
            (schedule.years, year.amount, year.helper_amount), (2, 100_000, 0)
        )
        self.assertEqual(str(year.date_due), "2020-04-29")
        schedule.year_ids = [
            Command.create({"kind": "transfer", "date": "2020-06-01", "benefit": 1000})
        ]
        self.assertEqual(
            schedule.year_ids.filtered(lambda y: y.kind == "transfer").amount, 200
        )
        year.write({"is_uncountable": True})
        self.assertEqual(year.amount, 6 * 1_490_000)

    def test_benefit_that_cannot_be_counted_owes_base_salaries(self):
        schedule = self._schedule()
        year = schedule.year_ids[0]
        year.is_uncountable = True
        self.assertEqual(year.amount, 5 * 1_490_000)

    def test_unknown_time_is_told(self):
        with self._refused(UserError, "No rule of remuneration is known"):
            self._schedule(date_start="1999-01-01")

    def test_agreement_says_its_own(self):
        with self._refused(UserError, "number and date of the agreement"):
            self._schedule(basis="agreement", rate=12, years=5)
        schedule = self._schedule(
            basis="agreement", agreement="02/TT", rate=12, years=5, agree=False
        )
        self.assertEqual((schedule.rate, schedule.years), (12.0, 5))
        for vals in ({"rate": 0}, {"rate": 101}, {"years": 0}, {"years": 9000}):
            with self.subTest(vals), self._refused(UserError, "Correct the terms"):
                schedule.write(vals)

    def test_payment_is_marked_and_kept(self):
        schedule = self._schedule()
        year = schedule.year_ids[0]
        year.benefit = 488_000_000
        line = schedule.line_ids[0]
        line.write({"reference": "PC 12", "date_paid": "2020-03-20"})
        line.action_pay()
        self.assertEqual((line.state, line.paid_user_id), ("paid", self.officer_a1))
        self.assertEqual(schedule.paid_total, line.amount)
        with self._refused(UserError, "paid in part"):
            year.benefit = 1
        with self._refused(UserError, "in the books"):
            line.reference = "khác"
        with self._refused(UserError, "cannot be cancelled"):
            schedule.action_cancel()
        line.action_take_back()
        year.benefit = 100_000_000
        self.assertEqual(year.amount, 7_000_000)

    def test_amounts_are_reckoned_never_typed(self):
        year = self._schedule().year_ids[0]
        year.benefit = 1_000_000
        for vals in ({"amount": 9}, {"helper_amount": 9}, {"number": 3}):
            with self._refused(AccessError, "Enter the benefit instead"):
                year.write(vals)
        self.assertEqual(year.amount, 70_000)

    def test_amounts_come_from_no_default(self):
        schedule = self._schedule()
        years = self.env["emulation.remuneration.year"].with_user(self.officer_a1)
        vals = {"remuneration_id": schedule.id, "date": "2020-03-01", "benefit": 1000}
        for field, value in (("amount", 9e9), ("helper_amount", 9e9), ("number", 7)):
            forging = years.with_context(**{f"default_{field}": value})
            with self.subTest(field), self._refused(AccessError, "Enter the benefit"):
                forging.create(vals)
            kept = self.env["ir.default"].with_user(self.officer_a1)
            kept.set(years._name, field, value, user_id=True)
            with self.subTest(field), self._refused(AccessError, "Enter the benefit"):
                years.create(vals)
            kept.discard_values(years._name, field, [value])
        year = years.create(vals)
        self.assertLess(year.amount, 1000)

    def test_payment_in_the_future_is_refused(self):
        schedule = self._schedule()
        schedule.year_ids[0].benefit = 488_000_000
        line = schedule.line_ids[0]
        line.date_paid = "2099-01-01"
        with self._refused(UserError, "lies in the future"):
            line.action_pay()

    def test_late_payments_are_found(self):
        schedule = self._schedule()
        schedule.year_ids[0].benefit = 488_000_000
        lines = schedule.line_ids
        self.assertEqual(lines.search([("is_late", "=", True)]) & lines, lines)
        with freeze_time("2020-03-01"):
            lines.invalidate_recordset()
            self.assertFalse(any(lines.mapped("is_late")))

    def test_author_does_not_keep_the_schedule(self):
        schedule = self._schedule(agree=False)
        author = self.recognised.author_ids[0].partner_id.sudo()
        author.email = self.officer_a1.partner_id.email
        with self._refused(UserError, "cannot move"):
            schedule.action_agree()

    def test_author_does_not_enter_what_is_owed(self):
        schedule = self._schedule()
        years = schedule.year_ids
        years[0].benefit = 1_000_000
        author = self.recognised.author_ids[0].partner_id.sudo()
        author.email = self.officer_a1.partner_id.email
        words = "You are an author of"
        with self._refused(AccessError, words):
            years[0].benefit = 900_000_000
        with self._refused(AccessError, words):
            years.create(
                {
                    "remuneration_id": schedule.id,
                    "kind": "transfer",
                    "date": "2020-01-01",
                    "benefit": 900_000_000,
                }
            )
        with self._refused(AccessError, words):
            years[0].unlink()
        years[0].with_user(self.head_a1).benefit = 2_000_000
        self.assertEqual(years[0].benefit, 2_000_000)

    def test_strangers_see_nothing_owed(self):
        schedule = self._schedule()
        schedule.year_ids[0].benefit = 1_000_000
        for user in (self.officer_b1, self.officer_a2):
            for records in (schedule, schedule.year_ids, schedule.line_ids):
                found = records.with_user(user).search([("id", "in", records.ids)])
                self.assertFalse(found, (user.login, records._name))
        for user in (self.leader_user, self.member1_user):
            with self._refused(AccessError, "not allowed"):
                schedule.with_user(user).read(["rate"])

    def test_hidden_title_is_not_told(self):
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            self.env["emulation.remuneration"].with_user(self.officer_b1).create(
                {
                    "initiative_id": self.draft.id,
                    "unit_id": self.commune_b1.id,
                    "date_start": "2019-03-01",
                }
            )
        self.assertNotIn(self.draft.name, str(refusal.exception))

    def test_terms_in_force_stay(self):
        schedule = self._schedule()
        with self._refused(UserError, "stay as they are|its terms stay"):
            schedule.rate = 20
        with self._refused(UserError, "is kept"):
            schedule.unlink()
        with self._refused(AccessError, "by the workflow alone"):
            schedule.year_ids[0].benefit = 1000
            schedule.line_ids[0].amount = 9

    def test_form_proposes_day_and_terms(self):
        form = Form(self.env["emulation.remuneration"].with_user(self.officer_a1))
        form.initiative_id = self.recognised.with_user(self.officer_a1)
        self.assertEqual(str(form.date_start), "2026-01-05")
        self.assertEqual(form.rate, 7.0)

    def test_schedule_prints_in_vietnamese(self):
        schedule = self._schedule()
        schedule.year_ids[0].benefit = 488_000_000
        report = self.env["ir.actions.report"].with_user(self.officer_a1)
        html, _kind = report._render_qweb_html(
            "emulation.report_remuneration", schedule.ids
        )
        text = html.decode()
        for words in ("BẢNG TÍNH THÙ LAO", "20.496.000", "Lê Văn Thử", "29/03/2020"):
            self.assertIn(words, text)

    def test_finance_pays_and_reads_nothing_else(self):
        schedule = self._schedule()
        schedule.year_ids[0].benefit = 488_000_000
        line = schedule.line_ids[0].with_user(self.finance_user)
        self.assertIn(line, line.search([]))
        self.assertTrue(line.can_pay)
        self.assertEqual(int(line.amount), 20_496_000)
        line.write({"reference": "PC 12/2026"})
        line.action_pay()
        self.assertEqual((line.state, line.paid_user_id), ("paid", self.finance_user))
        line.action_take_back()
        with self._refused(AccessError, "by the workflow alone"):
            line.write({"amount": 1})
        for record in (schedule, schedule.year_ids, self.recognised):
            with self._refused(AccessError, "not allowed"):
                record.with_user(self.finance_user).read()

    def test_finance_does_not_pay_itself(self):
        author = self.recognised.sudo().author_ids[0]
        author.with_context(
            emulation_shares=True
        ).partner_id = self.finance_user.partner_id
        schedule = self._schedule()
        schedule.year_ids[0].benefit = 488_000_000
        line = schedule.line_ids[0].with_user(self.finance_user)
        self.assertFalse(line.can_pay)
        with self._refused(UserError, "cannot move it"):
            line.action_pay()


@tagged("post_install", "-at_install")
class TestFollowup(UseCommon):
    """Months after the recognition the unit tells what became of it (R71)."""

    def setUp(self):
        super().setUp()
        self.followups = self.recognised.sudo().followup_ids.sorted("date_due")

    def test_recognition_plans_them(self):
        self.assertEqual(self.followups.mapped("months"), [6, 12])
        self.assertEqual(self.followups.unit_id, self.commune_a1)
        self.assertFalse(self.draft.sudo().followup_ids)

    def test_rules_decide_when_and_for_what(self):
        rules = self.env["emulation.followup.rule"].search([])
        rules[0].months = 9
        rules[1].kind_ids = self.env.ref("emulation.initiative_kind_idea")
        other = self._create_initiative("Thứ hai")
        other.sudo().followup_ids._plan(other, other.date)
        self.assertEqual(other.sudo().followup_ids.mapped("months"), [9])

    def test_officer_answers_once(self):
        first = self.followups[0].with_user(self.officer_a1)
        with self._refused(UserError, "still in use"):
            first.action_answer()
        first.write({"usage": "part", "scale": "9 ha", "benefit_amount": 3_000_000})
        first.action_answer()
        self.assertEqual(
            (first.state, first.answered_user_id), ("done", self.officer_a1)
        )
        with self._refused(UserError, "stays as it is"):
            first.usage = "full"

    def test_others_do_not_answer(self):
        first = self.followups[0]
        for user in (self.officer_b1, self.leader_user):
            with (
                self.subTest(user.login),
                self._refused(AccessError, "not allowed|doesn't have"),
            ):
                first.with_user(user).write({"usage": "none"})

    def test_officers_are_asked_when_it_is_due_soon(self):
        self.env["emulation.initiative.followup"]._cron_ask()
        self.assertFalse(self.followups.activity_ids)
        self.followups[0].date_due = self.followups[0].create_date.date()
        self.env["emulation.initiative.followup"]._cron_ask()
        self.env["emulation.initiative.followup"]._cron_ask()
        activities = self.followups[0].activity_ids
        self.assertIn(self.officer_a1, activities.user_id)
        self.assertEqual(len(activities), len(activities.user_id))
        self.assertFalse(self.followups[1].activity_ids)

    def test_revocation_cancels_what_is_not_answered(self):
        self.recognised.sudo().write({"state": "in_appraisal"})
        self.assertEqual(set(self.followups.mapped("state")), {"cancelled"})


@tagged("post_install", "-at_install")
class TestDevelopment(UseCommon):
    """Steps are added, never changed; use moves the stage on (R30)."""

    def _step(self, stage, user=None, **vals):
        steps = self.env["emulation.initiative.development"]
        return steps.with_user(user or self.officer_a1).create(
            {"initiative_id": self.recognised.id, "stage": stage, **vals}
        )

    def test_step_with_its_supporter(self):
        step = self._step("supported", supporter_unit_id=self.department.id)
        self.assertEqual(self.recognised.development_stage, "supported")
        self.assertEqual(step.user_id, self.officer_a1)

    def test_steps_stay(self):
        step = self._step("tested")
        with self._refused((UserError, AccessError), ""):
            step.note = "khác"
        with self._refused(AccessError, "neither changed nor deleted"):
            step.sudo().note = "khác"
        with self._refused(AccessError, "neither changed nor deleted"):
            step.sudo().unlink()

    def test_future_and_strangers_are_refused(self):
        with self._refused(UserError, "in the future"):
            self._step("tested", date="2099-01-01")
        with self._refused(AccessError, "officer_b1"):
            self._step("tested", user=self.officer_b1)
        with self._refused(AccessError, "by the workflow alone"):
            self.recognised.with_user(self.officer_a1).development_stage = "replicated"

    def test_use_elsewhere_is_replication(self):
        self._step("tested")
        own = self._adopt(user=self.officer_a1, unit=self.commune_a1)
        own.action_claim()
        self.assertEqual(self.recognised.development_stage, "applied")
        self._adopt().action_claim()
        self.assertEqual(self.recognised.development_stage, "replicated")
        again = self._adopt(
            user=self.officer_a1, unit=self.commune_a1,
            date_start="2020-01-01", date_end="2020-12-31",
        )  # fmt: skip
        again.action_claim()
        self.assertEqual(self.recognised.development_stage, "replicated")
