from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Datetime
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_award import AwardCommon


class CeremonyCommon(AwardCommon):
    """A province that honours at the end of the year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict = cls._publish()
        cls.award = cls._confer(cls.verdict)

    @classmethod
    def _plan(cls, user=None, **vals):
        ceremonies = cls.env["emulation.ceremony"].with_user(user or cls.movement_user)
        return ceremonies.create(
            {
                "name": "Lễ tôn vinh người đoàn kết sáng tạo",
                "unit_id": cls.province.id,
                "date": Datetime.add(Datetime.now(), days=7),
                "place": "Hội trường lớn",
                "programme": "Khai mạc\n\nTrao thưởng",
                **vals,
            }
        )

    @classmethod
    def _invite(cls, ceremony):
        paper = cls._paper(ceremony.action_draft_invitation())
        paper.with_user(cls.head_province).action_sign()
        return paper


@tagged("post_install", "-at_install")
class TestCeremony(CeremonyCommon):
    def test_list_of_the_year_and_level(self):
        other_year = self._confer(
            self._publish(("Khác năm",)),
            year=self.award.year - 1,
            award_id=self.merit.id,
        )
        appraised = self._nominate(self.verdict, author=1)
        appraised.action_submit()
        ceremony = self._plan()
        self.assertEqual(ceremony.level_id, self.province.level_id)
        ceremony.action_fill()
        self.assertEqual(ceremony.line_ids.nomination_id, self.award)
        self.assertRecordValues(
            ceremony.line_ids,
            [
                {
                    "name": "Lê Văn Thử",
                    "honour": "Bằng khen thử nghiệm",
                    "decision_reference": self.award.decision_reference,
                    "initiative_id": self.verdict.initiative_id.id,
                }
            ],
        )
        ceremony.action_fill()
        self.assertEqual(ceremony.line_count, 1, "nobody twice")
        before = self._plan(year=self.award.year - 1)
        before.action_fill()
        self.assertEqual(before.line_ids.nomination_id, other_year)

    def test_a_lower_level_honours_its_own(self):
        ceremony = self._plan(user=self.officer_a1, unit_id=self.commune_a1.id)
        ceremony.action_fill()
        self.assertFalse(ceremony.line_ids, "the province gave it")

    def test_one_ceremony_for_an_award(self):
        first, second = self._plan(), self._plan()
        first.action_fill()
        second.action_fill()
        self.assertFalse(second.line_ids)
        with mute_logger("odoo.sql_db"), self._refused(UniqueViolation, "once_per"):
            second.line_ids = [Command.create({"nomination_id": self.award.id})]
            self.env.flush_all()
        first.cancel_reason = "Bão"
        first.action_cancel()
        second.action_fill()
        self.assertEqual(second.line_ids.nomination_id, self.award)

    def test_only_what_is_decided_is_read_out(self):
        nomination = self._nominate(self.verdict, author=1)
        ceremony = self._plan()
        with self._refused(ValidationError, "cannot be honoured yet"):
            ceremony.line_ids = [Command.create({"nomination_id": nomination.id})]
        closed = self._close(self._open_session(("Chưa công bố",)))
        secret = closed.sudo()._get_verdicts()
        with self._refused(ValidationError, "cannot be honoured yet"):
            ceremony.sudo().line_ids = [Command.create({"verdict_id": secret.id})]
        with self._refused((AccessError, ValidationError), "(?s).*"):
            ceremony.line_ids = [Command.create({"verdict_id": secret.id})]

    def test_numbers_tried_on_a_list_name_nobody(self):
        """A refusal tells a stranger no award and no result that is not told yet."""
        nomination = self._nominate(self.verdict, author=1).sudo()
        closed = self._close(self._open_session(("Chưa công bố",)))
        secret = closed.sudo()._get_verdicts()
        names = {nomination.recipient_name, self.award.sudo().recipient_name}
        names |= set(secret.initiative_id.author_ids.partner_id.mapped("name"))
        own = self._plan(user=self.officer_b1, unit_id=self.commune_b1.id)
        lines = self.env["emulation.ceremony.line"].with_user(self.officer_b1)
        for ceremony in own | self._plan().with_user(self.officer_b1):
            for vals in (
                {"nomination_id": nomination.id},
                {"nomination_id": self.award.id},
                {"verdict_id": secret.id},
            ):
                about = {f"default_{name}": one for name, one in vals.items()}
                begun = lines.with_context(**about)
                for attempt, given in (
                    (lines.create, {"ceremony_id": ceremony.id, **vals}),
                    (begun.create, {"ceremony_id": ceremony.id}),
                    (own.write, {"line_ids": [Command.create(vals)]}),
                ):
                    with self.assertRaises(AccessError) as refused:
                        attempt(given)
                    for name in names:
                        self.assertNotIn(name, str(refused.exception))

    def test_what_a_line_is_about_is_not_written_by_hand(self):
        ceremony = self._plan()
        ceremony.action_fill()
        line = ceremony.line_ids
        foreign = self._create_initiative("Hồ sơ khác")
        for vals in ({"initiative_id": foreign.id}, {"is_living": False}):
            with self._refused(AccessError, "set by the workflow alone"):
                line.write(vals)

    def test_a_line_stays_out_of_ceremonies_of_others(self):
        mine = self._plan(user=self.officer_a1, unit_id=self.commune_a1.id)
        award = self.award.sudo()
        line = mine.sudo().line_ids.create(
            {"ceremony_id": mine.id, "nomination_id": award.id}
        )
        with self.assertRaises(AccessError):
            line.with_user(self.officer_a1).ceremony_id = self._plan()

    def test_from_the_plan_to_the_day(self):
        ceremony = self._plan()
        with self._refused(UserError, "yet to come"):
            ceremony.action_hold()
        ceremony.date = Datetime.subtract(Datetime.now(), hours=2)
        with self._refused(UserError, "honours nobody"):
            ceremony.action_hold()
        ceremony.action_fill()
        ceremony.line_ids.handed_by = "Chủ tịch  Ủy ban"
        self.assertEqual(ceremony.line_ids.handed_by, "Chủ tịch Ủy ban")
        with self._refused(UserError, "Lê Văn Thử"):
            ceremony.action_hold()
        ceremony.line_ids.write({"attendance": "absent", "received_by": "Con gái"})
        ceremony.action_hold()
        self.assertEqual((ceremony.state, ceremony.present_count), ("held", 0))
        with self._refused(UserError, "stays as it is"):
            ceremony.place = "Nơi khác"
        with self._refused(UserError, "stays as it is"):
            ceremony.line_ids.unlink()
        with self._refused(UserError, "stays as it is"):
            ceremony.unlink()
        ceremony.line_ids.attendance = "present"
        self.assertEqual(ceremony.present_count, 1)

    def test_what_was_revoked_is_not_read_out(self):
        ceremony = self._plan(date=Datetime.subtract(Datetime.now(), hours=2))
        ceremony.action_fill()
        ceremony.line_ids.attendance = "present"
        paper = self.award.sudo().document_id
        paper.with_user(self.manager_user).action_revoke("Gian dối")
        with self._refused(UserError, "does not stand any more"):
            ceremony.action_hold()

    def test_cancelled_with_a_reason_that_is_told(self):
        ceremony = self._plan()
        ceremony.action_fill()
        ceremony.action_remind()
        with self._refused(UserError, "Say why"):
            ceremony.action_cancel()
        ceremony.cancel_reason = "Bão lớn"
        ceremony.action_cancel()
        self.assertFalse(self.award.sudo().activity_ids)
        self.assertFalse(self.award.ceremony_name)
        note = ceremony.sudo().message_ids.filtered(
            lambda one: "Bão lớn" in (one.body or "")
        )
        self.assertIn(self.officer_a1.partner_id, note.notified_partner_ids)
        with self._refused(UserError, "cannot move"):
            ceremony.action_hold()

    def test_who_prepares(self):
        ceremony = self._plan(user=self.officer_a1, unit_id=self.commune_a1.id)
        self.assertTrue(ceremony.with_user(self.officer_a).can_hold)
        for user in (self.officer_a2, self.officer_b1):
            self.assertFalse(ceremony.with_user(user).search([]), user.login)
            with self.assertRaises(AccessError):
                ceremony.with_user(user).read(["name"])
        with self.assertRaises(AccessError):
            ceremony.with_user(self.leader_user).name = "Khác"
        self.assertTrue(ceremony.with_user(self.leader_user).read(["name"]))
        with self.assertRaises(AccessError):
            self._plan(user=self.officer_a1)


@tagged("post_install", "-at_install")
class TestCeremonyPapers(CeremonyCommon):
    def test_invitation_with_the_list(self):
        ceremony = self._plan()
        with self._refused(UserError, "honours nobody"):
            ceremony.action_draft_invitation()
        ceremony.action_fill()
        ceremony.line_ids.handed_by = "Chủ tịch tỉnh"
        paper = self._invite(ceremony).sudo()
        self.assertEqual(paper.kind_id.code, "GM")
        self.assertIn("Hội trường lớn", paper.body)
        self.assertIn("Trao thưởng.", paper.body)
        annex = paper.annex_ids
        self.assertTrue(annex.is_landscape and annex.is_composed)
        for words in ("Lê Văn Thử", "Chủ tịch tỉnh", self.award.decision_reference):
            self.assertIn(words, annex.body)
        self.assertIn(self.commune_a1, paper.recipient_ids.unit_id)
        reviewed = self._plan(review_text="Nhiều sáng kiến hơn")
        reviewed.line_ids = [Command.create({"verdict_id": self.verdict.id})]
        annexes = self._invite(reviewed).sudo().annex_ids.sorted("sequence")
        self.assertEqual(annexes.mapped("is_landscape"), [True, False])
        self.assertIn("Nhiều sáng kiến hơn", annexes[1].body)
        with self._refused(UserError, "stays on record"):
            ceremony.unlink()

    def test_list_that_changed_is_composed_again(self):
        ceremony = self._plan()
        ceremony.action_fill()
        paper = self._paper(ceremony.action_draft_invitation())
        ceremony.line_ids.name = "Tên Khác"
        with self._refused(UserError, "table of results"):
            paper.with_user(self.head_province).action_sign()

    def test_not_after_the_day(self):
        ceremony = self._plan(date=Datetime.subtract(Datetime.now(), days=3))
        ceremony.action_fill()
        with self._refused(UserError, "would invite after the day"):
            self._invite(ceremony)

    def test_officers_of_the_unit_are_reminded(self):
        ceremony = self._plan()
        ceremony.action_fill()
        self._invite(ceremony)
        reminders = self.award.sudo().activity_ids
        self.assertIn(self.officer_a1, reminders.user_id)
        self.assertNotIn(self.officer_a2, reminders.user_id)
        self.assertEqual(set(reminders.mapped("date_deadline")), {ceremony._get_day()})
        mine = self.award.with_user(self.officer_a1)
        self.assertEqual(mine.ceremony_name, ceremony.name)
        self.assertEqual(mine.ceremony_date, ceremony.date)
        ceremony.date = Datetime.add(ceremony.date, days=1)
        again = self.award.sudo().activity_ids
        self.assertEqual(len(again), len(reminders))
        self.assertEqual(set(again.mapped("date_deadline")), {ceremony._get_day()})

    def test_who_is_introduced_without_an_award_is_reminded_too(self):
        verdict = self._publish(("Giới thiệu thôi",))
        ceremony = self._plan()
        ceremony.line_ids = [Command.create({"verdict_id": verdict.id})]
        paper = self._invite(ceremony).sudo()
        self.assertIn(self.commune_a1, paper.recipient_ids.unit_id)
        dossier = verdict.initiative_id.sudo()
        mine = dossier.activity_ids.filtered(lambda one: one.user_id == self.officer_a1)
        self.assertIn("Lễ tôn vinh", mine.summary)
        other = self._plan()
        other.line_ids = [Command.create({"verdict_id": verdict.id})]
        other.action_remind()
        other.cancel_reason = "Bão"
        other.action_cancel()
        self.assertTrue(mine.exists(), "another ceremony's reminder stays")

    def test_the_sender_of_the_batch_is_told(self):
        """R90: introduced for the ceremony, as the member organisation reads it."""
        batch = self.env["emulation.transmittal"].create(
            {"unit_id": self.commune_a1.id, "round_id": self.round.id}
        )
        line = self.env["emulation.transmittal.line"].create(
            {
                "transmittal_id": batch.id,
                "initiative_id": self.verdict.initiative_id.id,
            }
        )
        mine = line.with_user(self.officer_a1)
        self.assertFalse(mine.ceremony_outcome)
        ceremony = self._plan()
        ceremony.line_ids = [Command.create({"verdict_id": self.verdict.id})]
        self.assertEqual(
            ceremony.line_ids.honour, "Giới thiệu sáng kiến “Đồ gá kẹp đa vị trí”"
        )
        line.invalidate_recordset()
        self.assertIn("Lễ tôn vinh", mine.ceremony_outcome)
        self.assertIn("planned", mine.ceremony_outcome)
        ceremony.cancel_reason = "Bão"
        ceremony.action_cancel()
        line.invalidate_recordset()
        self.assertFalse(mine.ceremony_outcome)

    def test_my_work(self):
        def card():
            found = self._get_card(self.movement_user, "ceremonies")
            return found.get("count", 0), found.get("late", 0)

        planned, late = card()
        ceremony = self._plan()
        self.assertEqual(card(), (planned + 1, late))
        ceremony.date = Datetime.subtract(Datetime.now(), days=1)
        self.assertEqual(card(), (planned + 1, late + 1))


@tagged("post_install", "-at_install")
class TestTourCeremony(CeremonyCommon, HttpCase):
    def test_from_the_list_to_the_invitation(self):
        ceremony = self._plan()
        self.start_tour(
            "/odoo/emulation-ceremonies",
            "emulation_ceremony_tour",
            login="movement_user",
        )
        self.assertEqual(ceremony.line_ids.nomination_id, self.award)
        self.assertEqual(ceremony.document_ids.kind_id.code, "GM")
