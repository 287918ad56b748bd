from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.tests import HttpCase, tagged

from .common_portal import PortalCommon
from .test_similarity import TITLE


@tagged("post_install", "-at_install")
class TestPortalTold(PortalCommon, HttpCase):
    """What an author, or a visitor, is told without having to ask anybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what is near is to be found in this world alone
        cls.env.cr.execute("DELETE FROM emulation_initiative_signature")

    def setUp(self):
        super().setUp()
        self.authenticate(self.author.login, self.author.login.ljust(8, "x"))

    def _endorsed(self):
        draft = self._complete_draft()
        draft.action_submit()
        dossier = draft.sudo()
        dossier.with_user(self.head_a1).action_endorse()
        return dossier

    def _refuse(self, dossier, reason):
        wizard = self.env["emulation.initiative.return"].with_user(self.movement_user)
        values = {"outcome": "refuse", "reason": reason}
        wizard.create(
            {"initiative_ids": [Command.set(dossier.ids)], **values}
        ).action_confirm()

    # WHAT IS MISSING

    def test_each_missing_item_leads_to_its_field(self):
        draft = self._draft()
        second = {
            "name": "Vũ Thị Hòa",
            "birth_date": "2015-02-03",
            "phone": "0912345678",
        }
        draft._author_add(second)
        mark = draft.sudo()._get_mark("benefit_amount")
        draft._author_save({"benefit_amount": "500"}, {"benefit_amount": mark})
        item = draft.sudo().kind_id.item_ids.filtered(lambda one: one.item == "helpers")
        item.demand = "required"
        missing = draft._get_author_missing()
        pages = {}
        for item in missing:
            path = f"/my/initiatives/{draft.id}/edit/{item['step']}"
            with self.subTest(item["code"]):
                pages.setdefault(path, self.url_open(path).text)
                self.assertIn(f'id="{item["anchor"]}"', pages[path])
                own = self.url_open(f"/my/initiatives/{draft.id}").text
                self.assertIn(f'href="{path}#{item["anchor"]}"', own)
        codes = {item["code"] for item in missing}
        expected = {
            "problem",
            "calculation",
            "confirmations",
            "guardian",
            "evidence",
            "helpers",
        }
        self.assertLessEqual(expected, codes)

    def test_a_day_to_come_is_answered_and_not_saved(self):
        draft = self._complete_draft()
        before, mark = draft.date_applied, draft.sudo()._get_mark("date_applied")
        day = str(Date.add(Date.today(), days=2))
        answer = draft._author_save({"date_applied": day}, {"date_applied": mark})
        self.assertEqual(answer["errors"].keys(), {"date_applied"})
        self.assertFalse(answer["saved"])
        self.assertEqual(draft.date_applied, before)

    # WHAT IS NEAR

    def test_what_is_near_is_shown_once_more_before_the_hand_in(self):
        alone = self._draft(name="Kho bài giảng số môn Địa lí")
        page = self.url_open(f"/my/initiatives/{alone.id}/edit/check")
        self.assertNotIn("o_emulation_similar_check", page.text)
        self._create_initiative(TITLE)
        draft = self._draft(name=TITLE)
        path = f"/my/initiatives/{draft.id}/edit/check"
        page = self.url_open(path)
        self.assertIn("o_emulation_similar_check", page.text)
        self.assertIn("that is not open to you", page.text)
        self.assertIn(self.province.name, page.text)
        own = self._draft(name=f"{TITLE} mới")
        page = self.url_open(path)
        self.assertIn(own.name, page.text)

    # WHY IT ENDED

    def test_a_refusal_reaches_the_author_and_the_unit_with_its_reason(self):
        dossier = self._endorsed()
        self._refuse(dossier, "Không mới <b>")
        self.assertEqual(dossier.state, "ineligible")
        page = self.url_open(f"/my/initiatives/{dossier.id}")
        self.assertIn("Not eligible for this round", page.text)
        self.assertIn("Không mới &lt;b&gt;", page.text)
        told = self.env["mail.message"].search(
            [
                ("res_id", "=", dossier.id),
                ("model", "=", dossier._name),
                ("notified_partner_ids", "in", self.author.partner_id.ids),
                ("body", "ilike", "not eligible"),
            ]
        )
        self.assertEqual(len(told), 1)
        self.assertIn("Không mới &lt;b&gt;", told.body)
        self.assertIn(self.head_a1.partner_id, told.notified_partner_ids)
        course = {stop["label"]: stop["done"] for stop in dossier._get_course()}
        self.assertTrue(course["Checked by the organiser"])
        self.assertFalse(course["Decided"])

    def test_a_lapse_is_told_with_what_was_asked_for(self):
        draft = self._complete_draft()
        draft.action_submit()
        dossier = draft.sudo()
        dossier.with_user(self.head_a1)._return_to_complete("Thiếu ảnh", Date.today())
        dossier.date_return_due = Date.subtract(Date.today(), days=3)
        self.env["emulation.initiative"]._cron_follow_returns()
        self.assertEqual(dossier.state, "lapsed")
        page = self.url_open(f"/my/initiatives/{draft.id}")
        self.assertIn("Lapsed", page.text)
        self.assertIn("Thiếu ảnh", page.text)

    def test_a_dossier_under_way_has_no_reason_to_tell(self):
        draft = self._complete_draft()
        self.assertEqual(draft._get_author_end(), "")
        draft.action_submit()
        draft.sudo().with_user(self.head_a1)._return_to_complete("Thiếu", "2999-12-30")
        self.assertEqual(draft._get_author_end(), "")

    # WHO IS ADMITTED LATE

    def test_an_exception_for_the_unit_lets_its_authors_begin(self):
        self.round.action_close()
        with self._refused(UserError, "one of those offered"):
            self._draft()
        until = fields.Datetime.add(fields.Datetime.now(), days=2)
        values = {"unit_id": self.district_a.id, "datetime_until": until}
        self.env["emulation.round.exception"].with_user(self.manager_user).create(
            {"round_id": self.round.id, "reason": "Mất điện ba ngày", **values}
        )
        with self._refused(UserError, "one of those offered"):
            self._draft()
        self.author.partner_id.emulation_unit_id = self.commune_a1
        page = self.url_open("/my/initiatives")
        self.assertIn("your unit may still hand in", page.text)
        self.assertNotIn("last day today", page.text)
        with self._refused(UserError, "does not take"):
            self._draft(unit_id=str(self.commune_b1.id))
        draft = self._complete_draft()
        draft.action_submit()
        self.assertEqual(draft.state, "submitted")
        self.stranger.partner_id.emulation_unit_id = self.commune_b1
        with self._refused(UserError, "one of those offered"):
            self._draft(self.stranger)

    # WHAT A ROUND ASKS

    def test_a_contest_tells_everybody_its_categories_and_rubrics(self):
        contest = self._create_round(
            "T-THI",
            kind="contest",
            edition_number=6,
            edition_name="Vì quê hương xanh",
            category_ids=[
                Command.create(
                    {"code": "A", "name": "Bảng A", "age_from": 6, "age_to": 11}
                ),
            ],
        )
        idea = self.env.ref("emulation.initiative_kind_idea")
        contest.check_ids[0].kind_ids = idea
        rubric = contest.rubric_id.copy({"name": "Tiêu chí ý tưởng"})
        rubric.action_put_in_force()
        contest.rubric_line_ids = [
            Command.create({"kind_id": idea.id, "rubric_id": rubric.id})
        ]
        self.authenticate(None, None)
        page = self.url_open(f"/emulation/rounds/{contest.id}").text
        for text in (
            "Vì quê hương xanh",
            "Bảng A (6 to 11 years)",
            f"{Date.to_date(contest.date_age):%d/%m/%Y}",
            f"Only for: {idea.name}",
            "Tiêu chí ý tưởng",
        ):
            with self.subTest(text):
                self.assertIn(text, page)
        page = self.url_open(f"/emulation/rounds/{self.round.id}").text
        self.assertNotIn("Categories", page)
        self.assertNotIn("Tiêu chí ý tưởng", page)
