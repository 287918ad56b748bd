from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES
from .common_award import AwardCommon
from .common_files import SCAN


@tagged("post_install", "-at_install")
class TestNomination(AwardCommon):
    """Who may be nominated for what, and why not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()
        cls.year = Date.today().year

    def test_officer_nominates_through_the_form(self):
        with Form(self.env["emulation.nomination"].with_user(self.officer_a1)) as form:
            form.award_id = self.merit
            form.partner_id = self.verdict.initiative_id.author_ids[0].partner_id
            form.verdict_id = self.verdict.with_user(self.officer_a1)
            form.reason = "Tiết kiệm 30 % công"
        nomination = form.record
        self.assertEqual(nomination.unit_id, self.commune_a1)
        self.assertEqual(nomination.recipient_name, "Lê Văn Thử")
        self.assertIn("Đồ gá kẹp đa vị trí", nomination.citation)
        names = nomination.item_ids.mapped("name")
        self.assertEqual(names, ["Báo cáo thành tích", "Ảnh minh họa"])
        self.assertTrue(nomination.is_eligible)
        with self._refused(UserError, "Báo cáo thành tích"):
            nomination.action_submit()
        nomination.item_ids[0].is_done = True
        nomination.action_submit()
        self.assertEqual(nomination.state, "submitted")
        self.assertEqual(nomination.submitted_user_id, self.officer_a1)
        expected = self.merit._get_appraisal_due(Date.today())
        self.assertEqual(nomination.date_due, expected)

    def test_what_is_handed_in_stays_as_it_is(self):
        nomination = self._nominate(self.verdict, self.officer_a1)
        nomination.action_submit()
        with self._refused(UserError, "stays as it is"):
            nomination.citation = "Khác"
        with self._refused(UserError, "stays as it is"):
            nomination.item_ids[0].is_done = False
        with self._refused(UserError, "stays as it is"):
            nomination.unlink()
        with self._refused(AccessError, "workflow"):
            nomination.date_submitted = "2020-01-01"
        with self._refused(UserError, "cannot move"):
            nomination.state = "conferred"

    def test_the_unit_enters_nothing_of_the_board_or_the_centre(self):
        for vals in (
            {"opinion": "Nhất trí"},
            {"votes_for": 9, "votes_present": 9, "votes_appointed": 9},
            {"central_reference": "1/QĐ-MTTW"},
        ):
            refused = "stays as it is|entered by a movement officer"
            with (
                self.subTest(vals),
                self._refused((AccessError, UserError), refused),
            ):
                self._nominate(self.verdict, self.officer_a1, **vals)

    def test_what_is_required_is_said_by_no_context(self):
        nomination = self._nominate(self.verdict, self.officer_a1)
        items = self.env["emulation.nomination.item"].with_user(self.officer_a1)
        item = items.with_context(default_is_mandatory=True).create(
            {"nomination_id": nomination.id, "name": "Giấy thêm"}
        )
        self.assertFalse(item.is_mandatory)

    def test_what_was_returned_is_the_unit_s_to_mend(self):
        nomination = self._nominate(self.verdict, self.officer_a1)
        nomination.action_submit()
        dialog = self._dialog(
            nomination.with_user(self.award_user).action_open_return(), self.award_user
        )
        dialog.reason = "Thiếu báo cáo"
        dialog.save().action_confirm()
        self.assertEqual(nomination.state, "draft")
        with self._refused(AccessError, "written by the unit"):
            nomination.with_user(self.award_user).reason = "Viết hộ"
        with self._refused(UserError, "Withdraw it instead"):
            nomination.unlink()
        nomination.reason = "Đã bổ sung"

    def test_no_earlier_award_is_verified_by_a_context(self):
        records = self.env["emulation.award.record"].with_user(self.officer_a1)
        records = records.with_context(default_is_verified=True)
        with self._refused(AccessError, "by its button alone"):
            records.create({"award_id": self.merit.id, "recipient_name": "Ai đó"})

    def test_only_published_recognitions_are_nominated(self):
        closed = self._close(self._open_session(("Chưa công bố",)))
        secret = closed.sudo()._get_verdicts().with_env(self.env)
        for user in (self.movement_user, self.officer_a1):
            with self._refused((AccessError, ValidationError), "(?s).*"):
                self._nominate(secret, user)
        failed = self._publish(("Không đạt",), DEMO_SCORES["D6"])
        self.assertFalse(failed.is_pass)
        with self._refused(ValidationError, "no published recognition"):
            self._nominate(failed)

    def test_an_award_that_rests_on_an_initiative_needs_one(self):
        nomination = self._nominate(self.verdict, verdict_id=False, citation="Đã có")
        self.assertIn("graded entry", nomination.problem)
        with self._refused(UserError, "graded entry"):
            nomination.action_submit()

    def test_grade_and_share(self):
        self._force(self.merit, min_share=50)
        second = self._nominate(self.verdict, author=1)
        self.assertIn("Share of the entry: 40 % (at least 50 %)", second.problem)
        first = self._nominate(self.verdict)
        self.assertTrue(first.is_eligible)

    def test_a_stranger_to_the_entry_is_refused(self):
        stranger = self.env["res.partner"].create({"name": "Người Lạ"})
        nomination = self._nominate(self.verdict, partner_id=stranger.id)
        self.assertIn("author of the entry", nomination.problem)

    def test_individual_and_collective_are_told_apart(self):
        with self._refused(ValidationError, "an individual is chosen"):
            self._nominate(self.verdict, recipient_kind_id=self.collective.id)
        with self._refused(ValidationError, "an individual is chosen"):
            self._nominate(self.verdict, partner_id=False, recipient_name="Ai đó")
        unit = self._nominate(
            self.verdict,
            recipient_kind_id=self.collective.id,
            partner_id=False,
            recipient_unit_id=self.commune_a1.id,
        )
        self.assertEqual(unit.recipient_name, "Xã An Một")
        self.assertTrue(unit.is_eligible)

    def test_once_a_year_for_one_recipient(self):
        first = self._nominate(self.verdict)
        with (
            mute_logger("odoo.sql_db"),
            self._refused(UniqueViolation, "one_per_person"),
        ):
            self._nominate(self.verdict)
            self.env.flush_all()
        # another track runs beside it
        other = self._nominate(self.verdict, award_id=self.front_merit.id)
        self.assertTrue(other.is_eligible)
        first.action_withdraw()
        self.assertTrue(self._nominate(self.verdict))

    def test_award_out_of_force(self):
        self._force(self.merit, date_end="2019-12-31")
        nomination = self._nominate(self.verdict)
        self.assertIn("may be given on", nomination.problem)
        with self._refused(UserError, "may be given on"):
            nomination.action_submit()

    def test_quota_counts_what_is_appraised(self):
        self._force(self.merit, quota=1)
        first, second = (self._nominate(self.verdict, author=one) for one in (0, 1))
        (first | second).action_submit()
        self._appraise(first)
        second.invalidate_recordset()
        self.assertIn("taken by others: 1", second.problem)
        with self._refused(UserError, "taken by others: 1"):
            self._appraise(second)
        self.assertTrue(first.is_eligible, "one's own place is not another's")

    def test_not_again_within_the_years_of_the_law(self):
        self._force(self.merit, repeat_years=3)
        partner = self.verdict.initiative_id.author_ids[0].partner_id
        record = self._record(partner, self.merit, self.year - 2)
        nomination = self._nominate(self.verdict)
        self.assertTrue(nomination.is_eligible, "not verified, so it does not count")
        record.with_user(self.award_user).action_verify()
        nomination.invalidate_recordset()
        self.assertIn(str(self.year - 2), nomination.problem)

    def test_lower_title_years_in_a_row(self):
        lower = self._create_award("CS-T", "Base title (test)", "Chiến sĩ cơ sở")
        title = self._create_award(
            "CT-T",
            "Title (test)",
            "Chiến sĩ tỉnh",
            prerequisite_ids=[
                Command.create(
                    {
                        "required_award_id": lower.id,
                        "consecutive_years": 2,
                        "includes_year": False,
                    }
                )
            ],
        )
        partner = self.verdict.initiative_id.author_ids[0].partner_id
        self._record(partner, lower, self.year - 1).sudo().is_verified = True
        nomination = self._nominate(self.verdict, award_id=title.id)
        self.assertIn("2 years in a row", nomination.problem)
        self._record(partner, lower, self.year - 2).sudo().is_verified = True
        nomination.invalidate_recordset()
        self.assertTrue(nomination.is_eligible, nomination.problem)

    def _record(self, partner, award, year, user=None):
        return (
            self.env["emulation.award.record"]
            .with_user(user or self.officer_a1)
            .create(
                {
                    "partner_id": partner.id,
                    "award_id": award.id,
                    "year": year,
                    "decision_reference": "5/QĐ-UBND",
                    "decision_date": f"{year}-12-20",
                    "decided_by": "Chủ tịch",
                    "evidence": SCAN,
                }
            )
        )

    def test_reasons_tell_no_year_of_a_record_out_of_sight(self):
        """All titles count; each is told to whoever may read its record."""
        self._force(self.merit, repeat_years=3)
        partner = self.verdict.initiative_id.author_ids[0].partner_id
        year = self.year - 1
        record = self._record(partner, self.merit, year, self.officer_b1)
        record.with_user(self.award_user).action_verify()
        nomination = self._nominate(self.verdict, self.officer_a1)
        self.assertFalse(nomination.is_eligible, "what is out of sight counts")
        self.assertIn("Not within 3 years", nomination.problem)
        self.assertNotIn(str(year), nomination.problem + nomination.eligibility)
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            nomination.action_submit()
        self.assertRegex(str(refusal.exception), "Not within 3 years")
        told = str(refusal.exception).replace(nomination.display_name, "")
        self.assertNotIn(str(year), told)
        # nor through the words of what is judged as superuser for this person
        self.assertNotIn(str(year), nomination.sudo().problem)
        self.assertIn(str(year), nomination.with_user(self.movement_user).problem)

    def test_titles_in_a_row_count_without_being_told(self):
        lower = self._create_award("CS-T", "Base title (test)", "Chiến sĩ cơ sở")
        rule = {"required_award_id": lower.id, "consecutive_years": 2}
        rule["includes_year"] = False
        title = self._create_award(
            "CT-T", "Title", "Chiến sĩ", prerequisite_ids=[Command.create(rule)]
        )
        partner = self.verdict.initiative_id.author_ids[0].partner_id
        for back, user in ((1, self.officer_a1), (2, self.officer_b1)):
            record = self._record(partner, lower, self.year - back, user)
            record.with_user(self.award_user).action_verify()
        nomination = self._nominate(self.verdict, self.officer_a1, award_id=title.id)
        self.assertTrue(nomination.is_eligible, nomination.problem)
        self.assertIn(f"may see: {self.year - 1})", nomination.eligibility)
        self.assertNotIn(str(self.year - 2), nomination.eligibility)

    def test_an_amount_that_is_missing_is_told_from_the_first(self):
        award = self._create_award("BK0-T", "Merit without money", "X", rate_ids=[])
        nomination = self._nominate(self.verdict, award_id=award.id)
        self.assertTrue(nomination.is_eligible, "nothing is held up before")
        self.assertRegex(
            nomination.eligibility, "Before the decision: How much “Merit without mone"
        )
        nomination.action_submit()
        self._appraise(nomination)
        proposal = self.env["emulation.proposal"].with_user(self.award_user)
        proposal = proposal.create(
            {"award_id": award.id, "year": self.year, "unit_id": self.board_unit.id}
        )
        self.assertFalse(proposal.missing_money)
        proposal.action_fill()
        self.assertRegex(
            proposal.missing_money, "“Individual” is not entered yet.*page Amounts"
        )
        rate = {"recipient_kind_id": self.person.id, "basis": "fixed", "amount": 5}
        award.with_user(self.manager_user).rate_ids = [Command.create(rate)]
        self.env.invalidate_all()
        self.assertFalse(proposal.missing_money)
        self.assertNotIn("Before the decision", nomination.eligibility)


@tagged("post_install", "-at_install")
class TestNominationPropose(AwardCommon):
    """Nominations out of the results of a session, all that qualify at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()
        cls.session = cls.verdict.session_id.with_user(cls.movement_user)

    def _open(self, award):
        dialog = self.env["emulation.nomination.propose"].with_user(self.movement_user)
        form = Form(dialog)
        form.session_id = self.session
        form.award_id = award
        return form.save()

    def test_year_is_that_of_the_round(self):
        """What a round of one year handed in is often told in the next."""
        self.session.round_id.sudo().year -= 1
        dialog = self._open(self.merit)
        self.assertEqual(dialog.year, Date.today().year - 1)
        made = dialog.action_confirm()
        nominations = self.env["emulation.nomination"].search(made["domain"])
        self.assertEqual(set(nominations.mapped("year")), {Date.today().year - 1})

    def test_each_author_with_reasons(self):
        self._force(self.merit, min_share=50)
        dialog = self._open(self.merit)
        lines = dialog.line_ids
        self.assertEqual(lines.mapped("recipient_name"), ["Lê Văn Thử", "Vũ Thị Thử"])
        self.assertEqual(dialog.year, self.session.round_id.year)
        self.assertEqual(lines.mapped("is_fit"), [True, False])
        self.assertEqual(lines.mapped("is_selected"), [True, False])
        self.assertIn("40 %", lines[1].problem)
        action = dialog.action_confirm()
        made = self.env["emulation.nomination"].search(action["domain"])
        self.assertEqual(made.recipient_name, "Lê Văn Thử")
        self.assertEqual(made.unit_id, self.province)
        self.assertIn("xếp loại", made.reason)
        again = self._open(self.merit)
        self.assertIn("already", again.line_ids[0].problem)
        with self._refused(UserError, "Nothing is chosen"):
            again.action_confirm()

    def test_collectives_are_the_units_of_the_entries(self):
        dialog = self._open(self.merit)
        with Form(dialog) as form:
            form.recipient_kind_id = self.collective
        self.assertEqual(dialog.line_ids.recipient_unit_id, self.commune_a1)
        action = dialog.action_confirm()
        made = self.env["emulation.nomination"].search(action["domain"])
        self.assertEqual(made.recipient_name, "Xã An Một")

    def test_author_of_two_entries_is_chosen_once(self):
        names = ("Lê Hai Lần", "Vũ Một Lần")
        one, other = (
            self._create_initiative(name, authors=[(who, 100)])
            for name, who in zip(("Bài một", "Bài hai"), names, strict=True)
        )
        other.author_ids.sudo().partner_id = one.author_ids.partner_id
        other.author_ids._confirm("paper")
        session = self._plan_session(self._make_eligible(one | other))
        session.action_open()
        self._decide(self._close(session))
        self.session = session
        dialog = self._open(self.merit)
        self.assertEqual(dialog.line_ids.mapped("is_fit"), [True, True])
        self.assertEqual(dialog.line_ids.mapped("is_selected"), [True, False])
        dialog.line_ids.is_selected = True
        with self._refused(UserError, "“Lê Hai Lần” is chosen with several entries"):
            dialog.action_confirm()
        dialog.line_ids[0].is_selected = False
        action = dialog.action_confirm()
        made = self.env["emulation.nomination"].search(action["domain"])
        self.assertEqual(made.partner_id, one.author_ids.partner_id)

    def test_session_leads_on_to_its_nominations(self):
        for user in (self.secretary_user, self.leader_user):
            session = self.session.with_user(user)
            self.assertFalse(session.can_nominate)
            with self._refused(UserError, "made by a movement officer"):
                session.action_nominate()
            with self.assertRaises(AccessError):
                session.search([("waits_for_nominations", "=", True)])
        session = self.session.with_user(self.movement_user)
        waiting = session.search([("waits_for_nominations", "=", True)])
        self.assertIn(session, waiting)
        self.assertTrue(session.waits_for_nominations)
        with self._dialog(session.action_nominate(), self.movement_user) as form:
            form.award_id = self.merit
        form.record.action_confirm()
        session.invalidate_recordset()
        self.assertEqual(session.nomination_count, 2)
        self.assertFalse(session.waits_for_nominations)
        self.assertNotIn(
            session, session.search([("waits_for_nominations", "=", True)])
        )
        found = self.env["emulation.nomination"].search(
            session.action_view_nominations()["domain"]
        )
        self.assertEqual(found.verdict_id.session_id, session)
        under_way = self._open_session(("Đang chấm",)).with_user(self.movement_user)
        with self._refused(UserError, "are told"):
            under_way.action_nominate()

    def test_papers_of_many_are_noted_at_once(self):
        dialog = self._open(self.merit)
        action = dialog.action_confirm()
        made = self.env["emulation.nomination"].search(action["domain"])
        made = made.with_user(self.movement_user)
        with self._refused(UserError, "Báo cáo thành tích"):
            made.action_submit()
        with self._refused(AccessError, "."):
            made.with_user(self.award_user).action_papers_in_hand()
        made.action_papers_in_hand()
        self.assertEqual(made.mapped("missing_count"), [0, 0])
        optional = made.item_ids.filtered(lambda item: not item.is_mandatory)
        self.assertFalse(any(optional.mapped("is_done")), "only what is required")
        made.action_submit()
        with self._refused(UserError, "stays as it is"):
            made.action_papers_in_hand()
