from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .law_common import LawCommon


class AwardCommon(LawCommon):
    """The shipped catalogue, and awards made for one purpose."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.awards = cls.env["emulation.award"]
        for kind in ("individual", "collective", "household"):
            record = cls.env.ref(f"emulation.recipient_kind_{kind}")
            setattr(cls, kind, record)

    @classmethod
    def _create_award(cls, code="T", in_force=False, rates=(), **vals):
        """Create an award for individuals and collectives.

        :param rates: (recipient kind, values) of its amounts
        """
        award = cls.awards.create(
            {
                "code": code,
                "name": f"Award {code}",
                "printed_name": f"Bằng khen {code}",
                "decided_by": "Chủ tịch",
                "date_start": "2020-01-01",
                "rounding": 10000,
                "recipient_kind_ids": [
                    Command.set((cls.individual | cls.collective).ids)
                ],
                "rate_ids": [
                    Command.create({"recipient_kind_id": kind.id, **values})
                    for kind, values in rates
                ],
                **vals,
            }
        )
        if in_force:
            award.action_put_in_force()
        return award

    def _shipped(self, code, day):
        return self.awards._get_in_force(code, date.fromisoformat(day))


@tagged("post_install", "-at_install")
class TestAward(AwardCommon):
    """Awards as dated law: regimes side by side, what they pay, what they take."""

    def _paid(self, code, kind, day):
        day = date.fromisoformat(day)
        return self.awards._get_in_force(code, day)._get_amount(kind, day)

    # REGIMES

    def test_regimes_stand_side_by_side(self):
        """The regime of the day counts, also after two others took its place."""
        regimes = {
            day: self._shipped("BK-TINH", day).legal_text_id.number
            for day in ("2018-12-05", "2024-03-01", "2025-06-30", "2025-07-01")
        }
        self.assertEqual(
            regimes,
            {
                "2018-12-05": "91/2017/NĐ-CP",
                "2024-03-01": "98/2023/NĐ-CP",
                "2025-06-30": "98/2023/NĐ-CP",
                "2025-07-01": "152/2025/NĐ-CP",
            },
        )
        self.assertFalse(self._shipped("BK-TINH", "2017-12-31"))
        old = self._shipped("BK-TINH", "2018-12-05")
        self.assertEqual(old.state, "retired")
        self.assertTrue(old._is_in_force(date(2018, 12, 5)))
        self.assertFalse(old._is_in_force(date(2024, 1, 1)))

    def test_shipped_awards_hold_once(self):
        """The catalogue is in force but for the prize whose regulation is unknown."""
        prize = self.env.ref("emulation.award_prize_province")
        shipped = self.env["ir.model.data"].search(
            [("model", "=", "emulation.award"), ("module", "=", "emulation")]
        )
        awards = self.awards.browse(shipped.mapped("res_id")) - prize
        self.assertNotIn("draft", awards.mapped("state"))
        before = awards.mapped("write_date")
        self.awards._put_in_force_shipped(awards.ids)
        self.assertEqual(awards.mapped("write_date"), before)

    def test_an_ended_regime_is_told_apart_by_its_text(self):
        old = self._shipped("BK-TINH", "2018-12-05")
        today = self.env.ref("emulation.award_bk_tinh")
        self.assertEqual(old.display_name, f"{old.name} (91/2017/NĐ-CP)")
        self.assertEqual(today.display_name, today.name)

    def test_archived_awards_keep_their_past(self):
        award = self._create_award(in_force=True)
        award.action_archive()
        self.assertEqual(self.awards._get_in_force("T", date(2021, 1, 1)), award)
        self.assertEqual(self._create_award(date_start="2022-01-01").version, 2)
        with self.assertRefused(UserError, "hold on the same days"):
            self._create_award(date_start="2019-01-01", in_force=True)

    def test_what_is_in_force_does_not_change(self):
        award = self._create_award(
            in_force=True, rates=[(self.individual, {"multiple": 1})]
        )
        award = award.with_user(self.manager_user)
        lines = {
            "item_ids": {"name": "Tờ trình"},
            "prize_ids": {"name": "Giải Nhất"},
            "prerequisite_ids": {
                "required_award_id": self.env.ref("emulation.award_gk").id
            },
        }
        for name, values in lines.items():
            with self.subTest(name), self.assertRefused(UserError, "not a draft"):
                award[name] = [Command.create(values)]
        with self.assertRefused(UserError, "not a draft"):
            award.rate_ids.multiple = 2
        with self.assertRefused(UserError, "not a draft"):
            award.rate_ids.unlink()
        with self.assertRefused(UserError, "not a draft"):
            award.quota = 3
        award.note = "<p>Đã đối chiếu</p>"
        self.assertIn("đối chiếu", award.note)

    def test_the_name_of_what_is_in_force_is_not_translated_anew(self):
        """A translation is stored before it is written: it does not stay."""
        award = self._create_award(in_force=True).with_user(self.manager_user)
        self.env["res.lang"]._activate_lang("vi_VN")
        for lang in ("en_US", "vi_VN"):
            with self.subTest(lang), self.assertRefused(UserError, "not a draft"):
                award.update_field_translations("name", {lang: "Tên khác"})
        self.assertEqual(award.name, "Award T")
        draft = self._create_award("T2").with_user(self.manager_user)
        draft.update_field_translations("name", {"vi_VN": "Bằng khen T2"})
        self.assertEqual(draft.with_context(lang="vi_VN").name, "Bằng khen T2")

    def test_new_version_copies_all_of_it(self):
        award = self.env.ref("emulation.award_cstd_tinh")
        copied = award.browse(
            award.with_user(self.manager_user).action_new_version()["res_id"]
        )
        self.assertEqual((copied.state, copied.version), ("draft", award.version + 1))
        self.assertEqual(copied.rate_ids.mapped("multiple"), [3])
        self.assertEqual(copied.item_ids.mapped("name"), award.item_ids.mapped("name"))
        self.assertEqual(copied.prerequisite_ids.required_code, "CSTDCS")
        copied.date_start = "2030-01-01"
        copied.with_user(self.manager_user).action_put_in_force()
        self.assertEqual(award.date_end, date(2029, 12, 31))

    def test_faults_are_named_before_it_holds(self):
        award = self._create_award(decided_by=False, recipient_kind_ids=False)
        self.assertIn("Nobody may receive it", award.fault_text)
        self.assertIn("who decides", award.fault_text)
        with self.assertRefused(UserError, "Nobody may receive it"):
            award.action_put_in_force()
        award.write(
            {
                "decided_by": "Chủ tịch",
                "recipient_kind_ids": [Command.set(self.individual.ids)],
                "rate_ids": [
                    Command.create(
                        {"recipient_kind_id": self.collective.id, "multiple": 1}
                    )
                ],
            }
        )
        self.assertIn("Collective", award.fault_text)
        award.rate_ids.unlink()
        self.assertFalse(award.fault_text)

    def test_a_list_costs_the_same_for_many(self):
        awards = self.awards.search([("state", "=", "in_force")])
        self.assertGreater(len(awards), 14)
        counts = [
            self._count_list_queries(some, self.award_user)
            for some in (awards[:1], awards[:3], awards)
        ]
        self.assertEqual(len(set(counts)), 1, counts)

    # AMOUNTS

    def test_vectors_of_the_law(self):
        """domain.md, section 3: base salary and regime of the day of the decision."""
        paid = [
            self._paid("BK-TINH", self.individual, "2026-11-26"),
            self._paid("BK-TINH", self.collective, "2026-11-26"),
            self._paid("GK", self.individual, "2026-11-26"),
            self._paid("BK-TINH", self.individual, "2026-06-30"),
            self._paid("BK-TINH", self.individual, "2018-12-15"),
        ]
        self.assertEqual(paid, [3_800_000, 7_590_000, 760_000, 3_510_000, 1_390_000])

    def test_an_amount_that_is_not_known_names_the_remedy(self):
        front = self.env.ref("emulation.award_bk_front")
        household = self.env.ref("emulation.recipient_kind_household")
        self.assertIn("Household", front.missing_amounts)
        with self.assertRefused(UserError, "Configuration › Awards, on the page Amou"):
            front._get_amount(household, date(2026, 11, 26))
        title = self.env.ref("emulation.award_cstd_tinh")
        with self.assertRefused(UserError, "is not given to “Collective”"):
            title._get_amount(self.collective, date(2026, 11, 26))
        with self.assertRefused(UserError, "No base salary is known for 01/01/2010"):
            title._get_amount(self.individual, date(2010, 1, 1))

    def test_a_missing_amount_is_added_in_force_and_then_stays(self):
        front = self.env.ref("emulation.award_bk_front").with_user(self.manager_user)
        household = self.env.ref("emulation.recipient_kind_household")
        with Form(front) as form:
            with form.rate_ids.new() as line:
                line.recipient_kind_id = household
                line.basis = "fixed"
                line.amount = 1_000_000
        paid = front._get_amount(household, date(2026, 11, 26))
        self.assertEqual(paid, 1_000_000)
        self.assertNotIn("Household", front.missing_amounts)
        again = {"recipient_kind_id": household.id, "multiple": 1}
        with self.assertRefused(UserError, "not a draft"):
            front.rate_ids = [Command.create(again)]
        with self.assertRefused(UserError, "not a draft"):
            front.rate_ids.amount = 2_000_000
        with self.assertRefused(UserError, "not a draft"):
            # a client cannot say what only the amounts themselves say
            front.with_context(emulation_missing=True).write({"quota": 1})

    def test_rounding_and_factor_are_data(self):
        rates = [(self.collective, {"multiple": 0.35, "factor": 1.5})]
        award = self._create_award(rates=rates, rounding=1000)
        day = date(2026, 11, 26)  # 0.35 × 1.5 × 2,530,000 = 1,328,250
        self.assertEqual(award._get_amount(self.collective, day), 1_329_000)
        award.rounding = 100_000
        self.assertEqual(award._get_amount(self.collective, day), 1_400_000)
        award.rate_ids.factor = 2
        self.assertEqual(award._get_amount(self.collective, day), 1_800_000)

    def test_a_new_award_rounds_like_the_latest_law(self):
        with Form(self.awards.with_user(self.manager_user)) as form:
            self.assertEqual(form.rounding, 10000)
            form.name, form.code = "New", "NEW"
            form.printed_name = "Mới"
        self.assertEqual(form.record.state, "draft")

    def test_payout_dialog_asks_the_regime_of_the_day(self):
        award = self.env.ref("emulation.award_bk_tinh")
        dialog = self.env["emulation.award.payout"].with_user(self.officer_a1)
        with Form(dialog.with_context(default_award_id=award.id)) as form:
            form.date = "2018-12-15"
            self.assertEqual(form.version_id.legal_text_id.number, "91/2017/NĐ-CP")
            self.assertRegex(form.calculation, r"Individual: 1 × .*1,390,000")
            self.assertRegex(form.calculation, "Household: no amount entered yet")
            form.date = "2026-11-26"
            self.assertRegex(form.calculation, r"Collective: 1\.5 × 2 × .*7,590,000")
            form.date = "2010-01-01"
            self.assertIn("No version of this award held", form.calculation)

    def test_amounts_of_a_form_cost_the_same_for_many(self):
        """The base salary of today is looked up once for all the lines."""
        kinds = self.env["emulation.recipient.kind"].search([])
        rates = [(kind, {"multiple": 1}) for kind in kinds]
        award = self._create_award(rates=rates)
        counts = []
        rates = award.rate_ids
        rates.mapped("amount_today")  # what is read once in a session
        for ids in (rates[:1].ids, rates.ids):
            some = rates.browse(ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("amount_today")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    # WHO MAY

    def test_only_managers_change_the_catalogue(self):
        draft = self._create_award()
        for user in (self.award_user, self.movement_user, self.officer_a1):
            mine = draft.with_user(user)
            self.assertEqual(mine.printed_name, "Bằng khen T")
            self.assertFalse(mine.can_put_in_force)
            with self.subTest(user.login), self.assertRefused(AccessError, "."):
                mine.name = "Other"
        with self.assertRefused(AccessError, "."):
            draft.with_user(self.internal_user).read(["name"])
        self.assertTrue(draft.with_user(self.manager_user).can_put_in_force)

    def test_the_catalogue_is_on_the_menu_of_its_readers(self):
        read = self.env.ref("emulation.menu_emulation_award_read")
        configure = self.env.ref("emulation.menu_emulation_award")
        menus = self.env["ir.ui.menu"]
        shown = {
            user: {read.id, configure.id}
            & menus.with_user(user).load_menus(False).keys()
            for user in (self.award_user, self.manager_user, self.internal_user)
        }
        self.assertEqual(shown[self.award_user], {read.id})
        self.assertEqual(shown[self.manager_user], {read.id, configure.id})
        self.assertEqual(shown[self.internal_user], set())

    def test_the_text_of_a_regime_is_not_deleted(self):
        for text in ("legal_decree_98", "legal_project_15"):
            with self.subTest(text), self.assertRefused(UserError, "stays on record"):
                self.env.ref(f"emulation.{text}").with_user(self.manager_user).unlink()

    # CONDITIONS

    def test_grades_that_qualify(self):
        rubric = self._create_rubric(in_force=True)
        good, passed, failed = rubric.grade_ids
        accepted = {
            "any pass": {},
            "the highest": {"min_grade_rank": 1},
            "by name": {"grade_names": " passed ; Xuất sắc"},
            "by code": {"grade_names": "G"},
        }
        answers = {}
        for number, (name, vals) in enumerate(accepted.items()):
            award = self._create_award(f"G{number}", **vals)
            answers[name] = [
                award._accepts_grade(grade) for grade in (good, passed, failed)
            ]
        self.assertEqual(
            answers,
            {
                "any pass": [True, True, False],
                "the highest": [True, False, False],
                "by name": [False, True, False],
                "by code": [True, False, False],
            },
        )

    def test_level_of_the_initiative(self):
        levels = [
            self.env.ref(f"emulation.unit_level_{code}")
            for code in ("central", "province", "base")
        ]
        award = self._create_award(initiative_level_id=levels[1].id)
        self.assertEqual(
            [award._accepts_level(level) for level in levels], [True, True, False]
        )
        self.assertFalse(award._accepts_level(levels[0].browse()))
        award.initiative_level_id = False
        self.assertTrue(award._accepts_level(levels[2]))

    def test_prerequisites_count_years_in_a_row(self):
        """CSTĐ tỉnh: three years of CSTĐ cơ sở, by whatever law they were given."""
        line = self.env.ref("emulation.award_cstd_tinh").prerequisite_ids
        self.assertEqual((line.required_code, line.consecutive_years), ("CSTDCS", 3))
        self.assertTrue(line._is_met([2024, 2025, 2026], 2026))
        self.assertFalse(line._is_met([2023, 2025, 2026], 2026))
        self.assertFalse(line._is_met([2023, 2024, 2025], 2026))
        copied = line.award_id.copy({"code": "X"}).prerequisite_ids
        copied.includes_year = False
        self.assertTrue(copied._is_met([2023, 2024, 2025], 2026))
        copied.consecutive_years = 2
        self.assertTrue(copied._is_met([2024, 2025], 2026))

    def test_no_award_requires_itself(self):
        award = self._create_award()
        with self.assertRefused(ValidationError, "its own prerequisite"):
            award.prerequisite_ids = [Command.create({"required_award_id": award.id})]

    def test_a_required_award_is_not_deleted_without_its_condition(self):
        first, second = self._create_award("A"), self._create_award("B")
        second.prerequisite_ids = [Command.create({"required_award_id": first.id})]
        with self.assertRefused(UserError, "before “"):
            first.unlink()
        (first | second).unlink()

    def test_votes_and_quorum_of_the_law(self):
        """N = 11 and 13: 90 %, 80 % and 2/3 of all members (domain.md, section 3)."""
        old = self._shipped("CSTDT", "2018-12-15")
        new = self.env.ref("emulation.award_cstd_tinh")
        votes = [[one._votes_needed(n, n) for n in (11, 13)] for one in (old, new)]
        self.assertEqual(votes, [[10, 12], [9, 11]])
        self.assertEqual([new._quorum_needed(n) for n in (11, 13)], [8, 9])
        self.assertEqual(new.ballot_mode, "secret")
        award = self._create_award(ballot_base="present", needs_ballot=True)
        self.assertEqual(award._votes_needed(11, 9), 6)
        self.assertIn("8 present", award.ballot_hint)
        award.ballot_base = "appointed"
        self.assertEqual(award._votes_needed(11, 9), 8)
        award.write({"quorum_num": 1, "quorum_den": 2})
        self.assertIn("6 present", award.ballot_hint)

    def test_appraisal_ends_after_working_days(self):
        """25 working days; holidays are the office's data, yearly ones come back."""
        award = self.env.ref("emulation.award_bk_tinh")
        thursday = date(2026, 11, 26)
        self.assertEqual(award._get_appraisal_due(thursday), date(2026, 12, 31))
        # the first of January is a holiday of every year
        self.assertEqual(award._get_appraisal_due(date(2026, 11, 27)), date(2027, 1, 4))
        self.env["emulation.holiday"].with_user(self.manager_user).create(
            {"name": "Nghỉ bù", "date_start": "2026-12-30", "date_end": "2026-12-31"}
        )
        self.assertEqual(award._get_appraisal_due(thursday), date(2027, 1, 5))
        of_next_year = self.env["emulation.holiday"]._get_days(
            date(2027, 4, 1), date(2027, 12, 31)
        )
        self.assertEqual(
            of_next_year, {date(2027, 4, 30), date(2027, 5, 1), date(2027, 9, 2)}
        )
        self.assertIs(self._create_award()._get_appraisal_due(date(2026, 1, 1)), False)
