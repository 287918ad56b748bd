import base64

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestInitiative(AppraisalCommon):
    """A dossier as its unit knows it: entered, handed in, endorsed, sent back."""

    def _return(self, initiative, user, **vals):
        """Return ``initiative`` through the dialog that ``user`` sees."""
        wizard = self.env["emulation.initiative.return"].with_user(user)
        action = initiative.with_user(user).action_return()
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = vals.pop("reason", "Thiếu xác nhận áp dụng")
            for name, value in vals.items():
                setattr(form, name, value)
        form.record.action_confirm()

    def _labels(self, initiative):
        return [item["label"] for item in initiative.missing_items]

    def _attach(self, initiative, name="anh.jpg", content=b"anh"):
        initiative.attachment_ids = [
            Command.create({"name": name, "datas": base64.b64encode(content)})
        ]

    # ENTERING

    def test_a_new_dossier_lists_all_it_needs(self):
        blank = self.env["emulation.initiative"].with_user(self.officer_a1).new({})
        blank.round_id = False
        labels = self._labels(blank)
        for item in ("the title", "the round", "the kind", "the field"):
            self.assertIn(item, labels)
        self.assertEqual(labels[0], "the title")

    def test_the_only_open_round_is_preset(self):
        dossiers = self.env["emulation.initiative"].with_user(self.officer_a1)
        rounds = self.env["emulation.round"].search([("state", "=", "open")])
        (rounds - self.round).action_close()
        self.assertEqual(Form(dossiers).round_id, self.round)
        self._create_round("T-2")
        self.assertFalse(Form(dossiers).round_id)

    def test_no_dossier_is_entered_into_a_round_that_is_not_open(self):
        dossier = self._create_initiative()
        other = self._create_round("T-3")
        other.action_close()
        for user in (self.officer_a1, self.movement_user):
            with self.subTest(user.login):
                with self.assertRaisesRegex(UserError, "T-3.*does not take.*Choose"):
                    self._create_initiative("Muộn", user=user, round_id=other.id)
                with self.assertRaisesRegex(UserError, "does not take"):
                    dossier.with_user(user).round_id = other

    def test_unit_is_the_officers_own_and_title_is_clean(self):
        initiative = self._create_initiative("  Tưới   nhỏ giọt ")
        self.assertEqual(initiative.name, "Tưới nhỏ giọt")
        self.assertEqual(initiative.state, "draft")
        self.assertEqual(initiative.share_total, 100)

    def test_a_title_says_something_and_fits_on_a_certificate(self):
        for title in ("   ", "A" * 301):
            with self.assertRaisesRegex(UserError, "from 1 to 300 characters"):
                self._create_initiative(title)
        self.assertTrue(self._create_initiative("A" * 300))

    def test_found_by_title_author_and_code_without_diacritics(self):
        initiative = self._create_initiative(authors=[("Trần Văn Khiêm", 100)])
        Initiative = self.env["emulation.initiative"].with_user(self.officer_a1)
        for words in ("do ga kep", "tran van khiem", initiative.code.lower()):
            self.assertIn(initiative.id, dict(Initiative.name_search(words)), words)

    def test_over_a_hundred_is_refused_in_a_draft_already(self):
        with self.assertRaisesRegex(ValidationError, "add up to 110 %"):
            self._create_initiative(authors=[("Một", 60), ("Hai", 50)])

    def test_less_than_a_hundred_is_refused_at_hand_in(self):
        initiative = self._create_initiative(authors=[("Một", 60), ("Hai", 30)])
        with self.assertRaisesRegex(UserError, "exactly 100 %"):
            initiative.action_submit()
        self.assertEqual(initiative.state, "draft")

    def test_thirds_make_a_hundred_only_exactly(self):
        initiative = self._create_initiative(
            authors=[("Một", 33.33), ("Hai", 33.33), ("Ba", 33.33)]
        )
        with self.assertRaisesRegex(UserError, "exactly 100 %"):
            initiative.action_submit()
        initiative.author_ids[0].share = 33.34
        initiative.author_ids._confirm("paper")
        initiative.action_submit()

    def test_same_author_twice_is_refused(self):
        initiative = self._create_initiative(authors=[("Một", 60)])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            initiative.author_ids = [
                Command.create(
                    {"partner_id": initiative.author_ids.partner_id.id, "share": 40}
                )
            ]

    def test_share_of_nothing_is_refused(self):
        for share in (0, -5, 101):
            with (
                self.subTest(share=share),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._create_initiative(authors=[("Một", share)])

    def test_officer_enters_a_new_author_but_edits_no_account(self):
        Partner = self.env["res.partner"].with_user(self.officer_a1)
        author = Partner.create({"name": "Nguyễn Thị Mới"})
        author.emulation_birth_date = "1980-05-03"
        with self.assertRaises(AccessError):
            self.chair_user.partner_id.with_user(self.officer_a1).email = "a@b.vn"
        with self.assertRaises(AccessError):
            author.unlink()

    def test_each_missing_item_tells_why_and_where_it_is_entered(self):
        blank = self.env["emulation.initiative"].with_user(self.officer_a1).new({})
        arch = etree.fromstring(blank.get_view(view_type="form")["arch"])
        for item in blank.missing_items:
            with self.subTest(item["code"]):
                self.assertTrue(item["label"] and item["why"])
                within = f"//page[@name='{item['page']}']" if item["page"] else ""
                self.assertTrue(arch.xpath(f"{within}//field[@name='{item['field']}']"))

    # HANDING IN

    def test_each_missing_item_is_named(self):
        cases = {
            "at least one author": {"author_ids": [Command.clear()]},
            "the situation before": {"problem": False},
            "the description of the solution": {"solution": False},
            "what is new": {"novelty": False},
            "use and spread": {"applicability": False},
            "the benefits": {"benefit": False},
            "the day of the first application": {"date_applied": False},
            "at least one piece of evidence": {"attachment_ids": [Command.clear()]},
        }
        for phrase, vals in cases.items():
            with self.subTest(phrase):
                initiative = self._create_initiative(phrase)
                initiative.write(vals)
                self.assertEqual(self._labels(initiative), [phrase])
                with self.assertRaisesRegex(UserError, f"(?s){phrase}.*- {phrase}: "):
                    initiative.action_submit()
                self.assertEqual(initiative.state, "draft")

    def test_unsigned_share_is_missing(self):
        initiative = self._create_initiative()
        initiative.author_ids[0].contribution = "Thử nghiệm"
        self.assertFalse(initiative.missing_items)
        initiative.action_share_equally()
        with self.assertRaisesRegex(UserError, "signatures on their shares"):
            initiative.action_submit()

    def test_hand_in_leaves_a_task_to_the_head_alone(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        self.assertEqual(initiative.submitted_user_id, self.officer_a1)
        self.assertEqual(initiative.date_submitted, Date.today())
        self.assertEqual(initiative.activity_ids.user_id, self.head_a1)

    def test_what_was_handed_in_freezes(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        for vals in (
            {"name": "Tên khác"},
            {"benefit_amount": 1},
            {"author_ids": [Command.clear()]},
            {"attachment_ids": [Command.clear()]},
            {"unit_id": self.district_a.id},
            {"active": False},
        ):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(UserError, "Have it returned first"),
            ):
                initiative.write(vals)
        with self.assertRaises(AssertionError, msg="the form is read-only"):
            with Form(initiative) as form:
                form.name = "Tên khác"

    def test_authors_freeze_with_the_dossier(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        author = initiative.author_ids[0]
        other = self.env["res.partner"].create({"name": "Người khác"})
        with self.assertRaisesRegex(UserError, "Have it returned first"):
            author.partner_id = other
        with self.assertRaisesRegex(UserError, "Have it returned first"):
            initiative.author_ids.write({"share": 50})
        with self.assertRaisesRegex(UserError, "Have it returned first"):
            author.unlink()
        with self.assertRaises(UserError):
            author.copy({"partner_id": other.id})

    def test_the_name_of_an_author_freezes_with_the_dossier(self):
        initiative = self._create_initiative()
        author = initiative.author_ids.partner_id[0]
        author.name = "Lê Văn Thử Nghiệm"
        initiative.author_ids._confirm("paper")
        initiative.action_submit()
        with self.assertRaisesRegex(UserError, "Ask the movement office"):
            author.name = "Người khác"
        author.with_user(self.movement_user).name = "Lê Văn Thử"

    def test_evidence_freezes_with_the_dossier(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        file = initiative.attachment_ids
        for vals in ({"raw": b"khac"}, {"name": "khac.pdf"}, {"res_id": 0}):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(UserError, "Have it returned first"),
            ):
                file.write(vals)
        with self.assertRaisesRegex(UserError, "Have it returned first"):
            file.unlink()

    def test_deleting(self):
        self._create_initiative().unlink()
        initiative = self._create_initiative()
        initiative.action_submit()
        with self.assertRaisesRegex(UserError, "Withdraw it instead"):
            initiative.unlink()
        self._return(initiative, self.head_a1)
        with self.assertRaisesRegex(UserError, "Withdraw it instead"):
            initiative.unlink()

    # ENDORSING

    def test_only_the_head_endorses(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        for user in (self.officer_a1, self.officer_a, self.movement_user):
            with self.subTest(user.login):
                mine = initiative.with_user(user)
                self.assertFalse(mine.can_endorse)
                with self.assertRaisesRegex(UserError, "you cannot move it"):
                    mine.action_endorse()
        initiative.with_user(self.head_a1).action_endorse()
        self.assertEqual(initiative.endorsed_user_id, self.head_a1)
        self.assertFalse(initiative.activity_ids)

    def test_a_deputy_endorses_too(self):
        deputy = self._create_user(
            "deputy_a1", "officer", self.commune_a1, role="deputy"
        )
        initiative = self._create_initiative()
        initiative.action_submit()
        self.assertEqual(initiative.activity_ids.user_id, self.head_a1 | deputy)
        initiative.with_user(deputy).action_endorse()
        self.assertFalse(initiative.activity_ids, "the head's task is closed too")

    def test_head_who_is_an_author_leaves_it_to_the_higher_head(self):
        initiative = self._create_initiative()
        initiative.author_ids[0].partner_id = self.head_a1.partner_id
        initiative.author_ids._confirm("paper")
        initiative.action_submit()
        self.assertEqual(initiative.activity_ids.user_id, self.head_province)
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            initiative.with_user(self.head_a1).action_endorse()
        initiative.with_user(self.head_province).action_endorse()
        self.assertEqual(initiative.state, "endorsed")

    def test_head_under_another_contact_is_still_an_author(self):
        initiative = self._create_initiative()
        self.head_a1.email = "head.a1@example.com"
        initiative.sudo().author_ids[0].partner_id.email = "Head.A1@example.com"
        initiative.action_submit()
        self.assertFalse(initiative.with_user(self.head_a1).can_endorse)

    def test_head_does_not_endorse_what_they_handed_in(self):
        initiative = self._create_initiative(user=self.head_a1)
        initiative.action_submit()
        self.assertEqual(initiative.activity_ids.user_id, self.head_province)
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            initiative.action_endorse()

    def test_without_any_head_the_hand_in_says_so(self):
        lines = self.head_a1.emulation_officer_ids
        (lines | self.head_province.emulation_officer_ids).date_end = "2019-12-31"
        initiative = self._create_initiative()
        with self.assertRaisesRegex(UserError, "Nobody can endorse.*Xã An Một"):
            initiative.action_submit()

    # SENDING BACK

    def test_head_returns_with_a_reason_and_a_task(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        self._return(initiative, self.head_a1, reason="Thiếu ảnh minh họa")
        self.assertEqual(initiative.state, "returned")
        self.assertEqual(initiative.return_reason, "Thiếu ảnh minh họa")
        self.assertEqual(initiative.activity_ids.user_id, self.officer_a1)
        initiative.problem = "Viết lại cho rõ"
        initiative.action_submit()
        self.assertEqual(initiative.activity_ids.user_id, self.head_a1)
        self.assertFalse(initiative.return_reason)

    def test_returning_is_for_head_then_examiner(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        for user in (self.officer_a1, self.movement_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                self._return(initiative, user)
        initiative.with_user(self.head_a1).action_endorse()
        with self.assertRaises(UserError):
            self._return(initiative, self.head_a1)
        self._return(initiative, self.movement_user)
        self.assertEqual(initiative.evaluation_ids.state, "returned")

    def test_return_asks_for_a_day_to_come(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        with self.assertRaisesRegex(UserError, "has passed"):
            yesterday = Date.subtract(Date.today(), days=1)
            self._return(initiative, self.head_a1, date_due=yesterday)

    def test_examiners_return_extends_the_deadline(self):
        initiative = self._create_initiative()
        self._endorse(initiative)
        due = Date.add(Date.today(), days=20)
        self._return(initiative, self.movement_user, date_due=due)
        self.round.write({"date_close": Date.subtract(Date.today(), days=1)})
        self.env["emulation.round"]._cron_close_rounds()
        self.assertEqual(self.round.state, "closed")
        initiative.action_submit()
        initiative.with_user(self.head_a1).action_endorse()
        self.assertEqual(initiative.evaluation_ids.state, "received")

    def test_no_extension_after_the_day_or_by_the_head(self):
        initiative = self._create_initiative()
        self._endorse(initiative)
        due = Date.add(Date.today(), days=20)
        self._return(initiative, self.movement_user, date_due=due)
        initiative.action_submit()
        later = Date.add(Date.today(), days=300)
        self._return(initiative, self.head_a1, date_due=later)
        self.assertEqual(initiative.date_return_due, due, "granted by the organiser")
        self.round.action_close()
        initiative.sudo().date_return_due = Date.subtract(Date.today(), days=1)
        with self.assertRaisesRegex(UserError, "does not take"):
            initiative.action_submit()

    def test_returned_dossier_stays_in_its_round(self):
        other = self._create_round("T-OLD")
        initiative = self._create_initiative()
        self._endorse(initiative)
        self._return(initiative, self.movement_user)
        with self.assertRaisesRegex(UserError, "stays in it"):
            initiative.round_id = other

    # WITHDRAWING

    def test_withdrawal_ends_the_dossier_and_its_appraisal(self):
        initiative = self._create_initiative()
        self._make_eligible(initiative)
        initiative.action_withdraw()
        self.assertEqual(initiative.evaluation_ids.state, "withdrawn")
        self.assertFalse(initiative.can_submit)
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            initiative.action_submit()

    def test_withdrawal_is_for_those_who_act_for_the_unit(self):
        initiative = self._create_initiative()
        initiative.action_submit()
        with self.assertRaises(AccessError):
            initiative.with_user(self.officer_b1).action_withdraw()
        initiative.with_user(self.officer_a).action_withdraw()

    def test_no_withdrawal_from_an_agenda(self):
        initiative = self._create_initiative()
        self._plan_session(self._make_eligible(initiative))
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            initiative.action_withdraw()
