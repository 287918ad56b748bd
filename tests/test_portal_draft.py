from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_portal import PDF, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalDraft(PortalCommon):
    """An author fills in a draft of their own, hands it in, gets it back."""

    def _save(self, draft, marks=None, **typed):
        marks = marks or {name: draft.sudo()._get_mark(name) for name in typed}
        return draft._author_save(typed, marks)

    # BEGINNING

    def test_a_draft_begins_with_its_author_and_the_content_of_the_unit(self):
        self.district_a.theme_id = self.env.ref("emulation.theme_nd3")
        draft = self._draft(name="  Tưới   nhỏ giọt ")
        self.assertEqual(draft.name, "Tưới nhỏ giọt")
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.sudo().theme_id, self.env.ref("emulation.theme_nd3"))
        self.assertEqual(draft.author_ids.author_name, "Trần Văn Khiêm")
        self.assertEqual(draft.author_ids.share, 100)

    def test_what_is_missing_at_the_beginning_is_said_all_at_once(self):
        with self.assertRaises(UserError) as caught:
            self._draft(name="", unit_id="")
        self.assertIn("Unit", caught.exception.args[0])
        self.assertIn("title", caught.exception.args[0])

    def test_only_what_is_offered_is_accepted(self):
        closed = self._create_round("T-CU")
        closed.action_close()
        self.school.date_end = "2020-01-01"
        other = self.env["res.company"].create({"name": "Tỉnh khác"})
        foreign = self._create_unit(
            "KHAC", "Nơi khác", "front", "province", company_id=other.id
        )
        for vals in (
            {"round_id": str(closed.id)},
            {"unit_id": str(self.school.id)},
            {"unit_id": str(foreign.id)},
            {"kind_id": "999999"},
            {"kind_id": "1 OR 1=1"},
        ):
            with self.subTest(vals), self._refused(UserError, "one of those offered"):
                self._draft(**vals)

    def test_nothing_else_can_be_sent_along(self):
        draft = self._draft(
            state="recognised",
            code="X",
            create_uid="1",
            submitted_user_id="1",
            company_id="99",
        )
        self.assertEqual(draft.state, "draft")
        self.assertRegex(draft.code, "^SK-")
        self._save(draft, state="endorsed", code="X", date_endorsed="2020-01-01")
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.date_endorsed)

    def test_units_are_found_without_diacritics(self):
        initiatives = self.env["emulation.initiative"].with_user(self.author)
        found = initiatives._search_units("xa an mot")
        self.assertIn(
            {"id": self.commune_a1.id, "name": "Xã An Một", "place": "Huyện An"}, found
        )
        self.assertFalse(initiatives._search_units("  "))
        self.commune_a1.date_end = "2020-01-01"
        names = [one["name"] for one in initiatives._search_units("xa an mot")]
        self.assertNotIn("Xã An Một", names)

    # SAVING

    def test_each_field_is_saved_on_its_own(self):
        draft = self._draft()
        answer = self._save(draft, problem="Tay", benefit_amount="xx", solution="Bơm")
        self.assertEqual(answer["saved"].keys(), {"problem", "solution"})
        self.assertIn("in figures", answer["errors"]["benefit_amount"])
        self.assertEqual((draft.problem, draft.solution), ("Tay", "Bơm"))
        self._save(draft, benefit_amount="28.800.000", date_applied="2026-01-05")
        self.assertEqual(draft.benefit_amount, 28800000)
        self.assertEqual(str(draft.date_applied), "2026-01-05")
        answer = self._save(draft, date_applied="hôm qua")
        self.assertIn("choose a day", answer["errors"]["date_applied"])

    def test_two_windows_never_overwrite_each_other(self):
        draft = self._draft()
        marks = {"problem": draft.sudo()._get_mark("problem")}
        first = self._save(draft, marks, problem="Từ cửa sổ một")
        second = self._save(draft, marks, problem="Từ cửa sổ hai")
        self.assertFalse(second["saved"])
        newer = second["conflicts"]["problem"]
        self.assertEqual(newer["value"], "Từ cửa sổ một")
        self.assertEqual(newer["mark"], first["saved"]["problem"])
        self.assertEqual(draft.problem, "Từ cửa sổ một")
        again = self._save(draft, {"problem": newer["mark"]}, problem="Cả hai")
        self.assertIn("problem", again["saved"])
        same = self._save(draft, marks, problem="Cả hai")
        self.assertIn("problem", same["saved"], "the same text is no conflict")

    def test_ten_megabytes_are_answered_in_words(self):
        draft = self._draft()
        answer = self._save(draft, problem="a" * 10_000_000)
        self.assertRegex(answer["errors"]["problem"], "takes .* yours has 10000000")
        self.assertFalse(draft.problem)
        self.round.max_text_chars = 1000
        self.assertTrue(self._save(draft, problem="a" * 1001)["errors"])
        self.assertFalse(self._save(draft, problem="a" * 1000)["errors"])

    def test_only_what_the_kind_asks_is_on_the_form(self):
        draft = self._draft().sudo()
        self.assertIn("conditions", draft._get_step_fields("idea"))
        demand = {"item": "conditions", "demand": "omitted"}
        draft.kind_id.item_ids.filtered(lambda one: one.item == "conditions").unlink()
        draft.kind_id.item_ids = [(0, 0, demand)]
        self.assertNotIn("conditions", draft._get_step_fields("idea"))

    def test_a_title_too_long_is_answered_and_the_old_one_kept(self):
        draft = self._draft()
        answer = self._save(draft, name="A" * 301)
        self.assertIn("from 1 to 300", answer["errors"]["name"])
        self.assertEqual(draft.name, "Tưới nhỏ giọt")

    # HANDING IN

    def test_handing_in_alone_confirms_the_share_and_reaches_the_head(self):
        draft = self._complete_draft()
        self.assertFalse(draft._get_author_missing())
        draft.action_submit()
        dossier = draft.sudo()
        self.assertEqual(dossier.state, "submitted")
        self.assertEqual(dossier.submitted_user_id, self.author)
        self.assertEqual(dossier.author_ids.confirmed_how, "hand_in")
        self.assertEqual(dossier.activity_ids.user_id, self.head_a1)
        dossier.with_user(self.head_a1).action_endorse()

    def test_what_is_missing_names_the_step(self):
        draft = self._draft()
        steps = {item["code"]: item["step"] for item in draft._get_author_missing()}
        self.assertEqual(steps["problem"], "idea")
        self.assertEqual(steps["benefit"], "benefits")
        self.assertEqual(steps["evidence"], "files")
        with self.assertRaisesRegex(UserError, "cannot be handed in yet"):
            draft.action_submit()

    def test_a_round_that_closes_meanwhile_keeps_the_text(self):
        draft = self._complete_draft()
        self.round.action_close()
        self.assertIn("problem", self._save(draft, problem="Viết thêm")["saved"])
        with self.assertRaisesRegex(UserError, "does not take"):
            draft.action_submit()
        self.assertEqual((draft.state, draft.problem), ("draft", "Viết thêm"))

    def test_a_return_is_told_and_answered(self):
        draft = self._complete_draft()
        draft.action_submit()
        with self.assertRaisesRegex(UserError, "can no longer be filled in"):
            self._save(draft, problem="Sửa sau khi nộp")
        dialog = self.env["emulation.initiative.return"].with_user(self.head_a1)
        values = {"initiative_ids": draft.ids, "reason": "Thiếu ảnh <b>"}
        dialog.create(values).action_confirm()
        self.assertEqual(draft.state, "returned")
        self.assertEqual(draft.return_reason, "Thiếu ảnh <b>")
        self.assertFalse(draft.sudo().activity_ids, "nobody from outside has tasks")
        mail = self.env["mail.message"].search(
            [("notified_partner_ids", "=", self.author.partner_id.id)]
        )
        self.assertIn("Thiếu ảnh &lt;b&gt;", mail.body)
        self.assertIn(f"/my/initiatives/{draft.id}", mail.body)
        answer = self._save(draft, problem="Đã bổ sung", unit_id=str(self.school.id))
        self.assertEqual(answer["saved"].keys(), {"problem"}, "the unit stays")
        draft._author_attach("anh2.pdf", PDF)
        draft.action_submit()
        self.assertEqual(draft.state, "submitted")

    def test_withdrawing_in_time(self):
        draft = self._complete_draft()
        draft.action_submit()
        draft.action_withdraw()
        self.assertEqual(draft.state, "withdrawn")
        late = self._complete_draft()
        late.action_submit()
        late.sudo().with_user(self.head_a1).action_endorse()
        evaluation = late.sudo().evaluation_ids.with_user(self.movement_user)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        self._plan_session(evaluation).action_open()
        with self.assertRaisesRegex(UserError, "Ask the officer"):
            late.action_withdraw()

    # CO-AUTHORS

    def _person(self, **vals):
        return {
            "name": "Vũ Thị Hòa",
            "birth_date": "1985-02-03",
            "email": "hoa@example.com",
            **vals,
        }

    def test_a_co_author_shares_equally_until_the_shares_are_told(self):
        draft = self._draft()
        draft._author_add(self._person())
        draft._author_add(
            self._person(name="Ngô Văn Tới", email="", phone="0912345678")
        )
        self.assertEqual(draft.author_ids.mapped("share"), [33.34, 33.33, 33.33])
        lines = draft.sudo().author_ids
        typed = dict(zip(map(str, lines.ids), ("50", "30,5", "19.5 %"), strict=True))
        draft._author_share(
            {key: {"share": share} for key, share in typed.items()},
            draft.sudo().share_version,
        )
        self.assertEqual(draft.author_ids.mapped("share"), [50, 30.5, 19.5])
        draft._author_remove(lines[2].id)
        draft._author_share_equally()
        self.assertEqual(draft.author_ids.mapped("share"), [50, 50])

    def test_shares_typed_in_an_old_window_are_refused(self):
        draft = self._draft()
        version = draft.sudo().share_version
        draft._author_add(self._person())
        line = draft.author_ids[0]
        with self._refused(UserError, "changed in another window"):
            draft._author_share({str(line.id): {"share": "10"}}, version)
        for share in ("0", "-1", "101", "nan", "nửa"):
            with self.subTest(share), self._refused(UserError, "is not a share"):
                draft._author_share(
                    {str(line.id): {"share": share}}, draft.sudo().share_version
                )

    def test_who_the_co_author_is_must_be_told(self):
        draft = self._draft()
        for vals, pattern in (
            ({"name": "Hòa"}, "full name"),
            ({"birth_date": ""}, "date of birth"),
            ({"birth_date": "2999-01-01"}, "date of birth"),
            ({"birth_date": "32/13"}, "date of birth"),
            ({"email": "hoa"}, "not an e-mail"),
            ({"phone": "12"}, "not a telephone"),
            ({"email": "", "phone": ""}, "telephone number or an e-mail"),
        ):
            with self.subTest(vals), self._refused(UserError, pattern):
                draft._author_add(self._person(**vals))
        draft._author_add(self._person())
        with self._refused(UserError, "among the authors already"):
            draft._author_add(self._person(name="vu thi hoa"))

    def test_a_known_person_is_found_and_nothing_of_them_changed_or_shown(self):
        known = self.env["res.partner"].create(
            {
                "name": "Vũ Thị Hòa",
                "emulation_birth_date": "1985-02-03",
                "email": "cu@example.com",
                "phone": "0987654321",
            }
        )
        draft = self._draft()
        draft._author_add(self._person(email="moi@example.com"))
        self.assertIn(known, draft.sudo().author_ids.partner_id)
        self.assertEqual(known.email, "cu@example.com")
        other = self._draft(name="Khác")
        other._author_add(self._person(birth_date="1986-01-01", email="k@example.com"))
        self.assertNotIn(known, other.sudo().author_ids.partner_id)

    def test_co_authors_are_asked_and_the_drafter_sees_no_link(self):
        draft = self._complete_draft()
        draft._author_add(self._person())
        codes = [item["code"] for item in draft._get_author_missing()]
        self.assertEqual(codes, ["confirmations"])
        written, others, refusals = draft._author_ask()
        self.assertEqual((written, others, refusals), (["Vũ Thị Hòa"], [], []))
        line = draft.author_ids[1]
        self.assertEqual(line.share_status, "asked")
        with self.assertRaises(AccessError):
            line.read(["share_url"])
        line.sudo()._confirm("link")
        draft.action_submit()
        self.assertEqual(draft.state, "submitted")

    def test_a_co_author_with_an_account_confirms_on_the_portal(self):
        draft = self._draft()
        draft._author_add(
            {
                "name": self.stranger.name,
                "birth_date": "1980-01-01",
                "email": self.stranger.email,
            }
        )
        other = draft.with_user(self.stranger)
        self.assertEqual(other.name, "Tưới nhỏ giọt")
        with self.assertRaises(AccessError):
            other._author_save({"problem": "x"}, {})
        with self._refused(UserError, "write what is wrong"):
            other._author_object(" ")
        other._author_object("Chia lại")
        self.assertEqual(draft.author_ids[1].share_status, "objected")
        other._author_agree()
        self.assertEqual(draft.sudo().author_ids[1].confirmed_how, "portal")
        third = self._create_author("nguoi_ba", "Người Ba Thử")
        with self.assertRaises(AccessError):
            draft.with_user(third)._author_agree()

    # FILES

    def test_files_are_judged_when_they_come(self):
        draft = self._draft()
        with self._refused(UserError, "(?s)Not attached.*virus.exe"):
            draft._author_attach("C:\\Temp\\virus.exe", b"MZ")
        with self._refused(UserError, "empty"):
            draft._author_attach("anh.pdf", b"")
        self.round.max_file_mb = 1
        with self._refused(UserError, "(?s)Not attached.*to.pdf"):
            draft._author_attach("to.pdf", PDF + b"0" * (2 * 1024 * 1024))
        file = draft._author_attach("a\u0301nh.pdf", PDF)
        self.assertEqual(file.name, "ánh.pdf")
        self.assertEqual((file.res_model, file.res_id), (draft._name, draft.id))
        draft._author_detach(file.id)
        self.assertFalse(file.exists())

    # RESULTS

    def test_results_are_read_once_published_and_not_before(self):
        draft = self._complete_draft()
        draft.action_submit()
        draft.sudo().with_user(self.head_a1).action_endorse()
        evaluation = draft.sudo().evaluation_ids.with_user(self.movement_user)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        session = self._plan_session(evaluation)
        session.action_open()
        self._close(session)
        self.assertEqual(draft._get_author_results(), [])
        decision = self._decide(session)
        (result,) = draft._get_author_results()
        self.assertTrue(result["is_pass"])
        self.assertEqual(result["score"], 92)
        self.assertEqual(result["decision"], decision.reference)
        self.assertIn("/emulation/check/", result["certificate_url"])
