import base64
import re

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common_portal import PDF, PortalCommon

HELPER = {"name": "Lê Thị Giúp", "task": "Lắp ống, trông thử"}
BENEFIT = {
    "name": "Công tưới",
    "effect": "gain",
    "quantity": "144",
    "measure": "công",
    "price": "200.000",
}


@tagged("post_install", "-at_install")
class TestPortalLines(PortalCommon, HttpCase):
    """The rest of the legal form on the portal: lists, rights, secrets, guardians."""

    def _save(self, draft, **typed):
        dossier = draft.sudo()
        marks = {}
        for key in typed:
            record, name = dossier._find_cell(key) or (dossier, "name")
            marks[key] = record._get_mark(name)
        return draft._author_save(typed, marks)

    def _demand(self, item, demand):
        kind = self.env.ref("emulation.initiative_kind_initiative")
        kind.item_ids.filtered(lambda one: one.item == item).unlink()
        kind.item_ids = [(0, 0, {"item": item, "demand": demand})]

    # LISTS

    def test_the_calculation_makes_the_sum(self):
        draft = self._draft()
        draft._author_add_line("benefit_ids", BENEFIT)
        cost = {**BENEFIT, "effect": "cost", "quantity": "1,5", "price": "1.000.000"}
        draft._author_add_line("benefit_ids", {**cost, "name": "Ống"})
        dossier = draft.sudo()
        self.assertEqual(dossier.benefit_amount, 144 * 200_000 - 1_500_000)
        self.assertNotIn("benefit_amount", dossier._get_step_fields("benefits"))
        key = f"benefit_ids-{dossier.benefit_ids[0].id}-quantity"
        answer = self._save(draft, **{key: "1.200"})
        self.assertEqual(answer["saved"].keys(), {key})
        self.assertEqual(dossier.benefit_ids[0].quantity, 1200)
        self.assertEqual(answer["shown"]["benefit_formula"], dossier.benefit_formula)
        self.assertEqual(dossier.benefit_amount, 1200 * 200_000 - 1_500_000)
        for text, words in (
            ("nhiều", "in figures"),
            ("", "fill in"),
            ("-5", "figures"),
        ):
            with self.subTest(text):
                self.assertRegex(self._save(draft, **{key: text})["errors"][key], words)
        draft._author_remove_line("benefit_ids", dossier.benefit_ids[1].id)
        self.assertEqual(dossier.benefit_amount, 240_000_000)

    def test_helpers_are_asked_where_the_kind_asks(self):
        self._demand("helpers", "required")
        draft = self._complete_draft()
        (item,) = draft._get_author_missing()
        self.assertEqual((item["code"], item["step"]), ("helpers", "idea"))
        with self._refused(UserError, "fill in: Name and surname"):
            draft._author_add_line("helper_ids", {**HELPER, "name": " "})
        draft._author_add_line("helper_ids", HELPER)
        self.assertFalse(draft._get_author_missing())
        helper = draft.sudo().helper_ids
        key = f"helper_ids-{helper.id}-birth_date"
        self._save(draft, **{key: "1990-01-02"})
        self.assertEqual(str(helper.birth_date), "1990-01-02")
        self._demand("helpers", "omitted")
        other = self._draft(name="Khác").sudo()
        self.assertFalse(other._get_step_lines("idea"))

    def test_cells_of_others_and_other_fields_are_not_written(self):
        theirs = self._draft(self.stranger)
        theirs._author_add_line("helper_ids", HELPER)
        line = theirs.sudo().helper_ids
        draft = self._draft()
        own = draft.author_ids.id
        typed = {
            f"helper_ids-{line.id}-task": "x",
            f"author_ids-{own}-share": "1",
            f"author_ids-{own}-partner_id": "1",
            f"author_ids-{own}-guardian_name": "x",
            f"author_ids-{own}-is_confirmed": "1",
            "message_ids-1-body": "x",
            "helper_ids--": "x",
        }
        answer = self._save(draft, **typed)
        self.assertFalse(answer["saved"] or answer["errors"])
        self.assertEqual(line.task, HELPER["task"])
        draft._author_remove_line("helper_ids", line.id)
        self.assertTrue(line.exists())
        with self._refused(AccessError, ""):
            theirs.with_user(self.author)._author_add_line("helper_ids", HELPER)

    def test_two_windows_on_one_cell(self):
        draft = self._draft()
        draft._author_add_line("helper_ids", HELPER)
        line = draft.sudo().helper_ids
        key, mark = f"helper_ids-{line.id}-task", line._get_mark("task")
        draft._author_save({key: "Một"}, {key: mark})
        answer = draft._author_save({key: "Hai"}, {key: mark})
        self.assertEqual(answer["conflicts"][key]["value"], "Một")
        self.assertEqual(line.task, "Một")

    def test_a_list_has_an_end_and_a_late_line_is_refused(self):
        draft = self._complete_draft()
        for _number in range(50):
            draft._author_add_line("helper_ids", HELPER)
        with self._refused(UserError, "full with 50 lines"):
            draft._author_add_line("helper_ids", HELPER)
        draft.action_submit()
        with self._refused(UserError, "can no longer be filled in"):
            draft._author_remove_line("helper_ids", draft.sudo().helper_ids[0].id)

    # RIGHTS AND SECRETS

    def test_what_is_told_of_a_title(self):
        draft = self._complete_draft()
        answer = self._save(draft, ip_status="filed", ip_number="1-2026-001")
        self.assertEqual(answer["saved"].keys(), {"ip_status", "ip_number"})
        steps = {item["code"]: item["step"] for item in draft._get_author_missing()}
        self.assertEqual(steps, {"ip_kind": "legal", "ip_date_filed": "legal"})
        answer = self._save(draft, ip_kind="nonsense")
        self.assertIn("one of those offered", answer["errors"]["ip_kind"])
        self._save(draft, ip_kind="patent", ip_date_filed="2026-01-02")
        self.assertFalse(draft._get_author_missing())

    def test_the_step_is_left_out_where_nothing_of_it_is_asked(self):
        draft = self._draft().sudo()
        self.assertIn("legal", draft._get_steps())
        for item in ("ip", "investor", "movements", "confidential"):
            self._demand(item, "omitted")
        self.assertNotIn("legal", draft._get_steps())

    def _told(self, draft):
        return [name for name in draft.sudo()._get_told_fields() if "investor" in name]

    def test_who_paid_is_chosen_and_named(self):
        self._demand("investor", "required")
        draft = self._complete_draft()
        dossier = draft.sudo()
        (item,) = draft._get_author_missing()
        self.assertEqual((item["code"], item["step"]), ("investor", "legal"))
        self._save(draft, investor_kind="other")
        self.assertTrue(draft._get_author_missing(), "somebody, but who?")
        self._save(draft, investor_name="Hợp tác xã Thử")
        self.assertFalse(draft._get_author_missing())
        self.assertEqual(self._told(draft), ["investor_name"])
        self._save(draft, investor_kind="unit")
        self.assertEqual(dossier.investor_unit_id, self.commune_a1)
        self.assertEqual(self._told(draft), ["investor_unit_id"])
        self._save(draft, unit_id=str(self.commune_a2.id))
        self.assertEqual(dossier.investor_unit_id, self.commune_a2)
        self._save(draft, investor_kind="authors")
        self.assertFalse(draft._get_author_missing(), "nobody else is an answer")
        self.assertEqual(self._told(draft), ["investor_kind"])
        self._save(draft, investor_kind="other")
        self.assertEqual(dossier.investor_name, "Hợp tác xã Thử", "nothing is lost")

    def test_a_forged_investor_changes_nothing(self):
        draft = self._draft()
        answer = self._save(draft, investor_kind="province")
        self.assertIn("one of those offered", answer["errors"]["investor_kind"])
        typed = {"investor_unit_id": str(self.commune_b1.id)}
        self.assertFalse(draft._author_save(typed, {})["saved"])
        self.assertFalse(draft.sudo().investor_unit_id)
        self.assertFalse(draft.sudo().investor_kind)

    def test_campaigns_under_way_are_offered(self):
        other = self.env["res.company"].create({"name": "Tỉnh khác"})
        one, two = self._launch("C1", "Hàng Việt"), self._launch("C2", "Nông thôn mới")
        planned = one.copy({"code": "C3", "name": "Chưa phát động"})
        foreign = self._launch("C4", "Nơi khác", company_id=other.id)
        above = self._launch("C6", "Của trung ương")
        own = self._launch("C5", "Của đợt", parent_id=above.id)
        self.round.movement_id = own
        draft = self._draft()
        dossier = draft.sudo()
        offered = dossier._get_offered("movement_ids")
        self.assertFalse(offered & (planned | foreign | own | above))
        answer = self._save(draft, movement_ids=f"{two.id},{one.id}")
        self.assertIn("movement_ids", answer["saved"])
        self.assertEqual(dossier.movement_ids, one | two)
        self.assertIn("movement_ids", dossier._get_told_fields())
        for forged in (planned, foreign, own):
            answer = self._save(draft, movement_ids=f"{one.id},{forged.id}")
            self.assertIn("one of those offered", answer["errors"]["movement_ids"])
        for forged in ("0", "1 OR 1=1", "9" * 400):
            answer = self._save(draft, movement_ids=forged)
            self.assertTrue(answer["errors"], forged)
        self.assertEqual(dossier.movement_ids, one | two)
        # what was chosen while it ran stays chosen
        one.action_close()
        answer = self._save(draft, movement_ids=f"{one.id}")
        self.assertEqual(dossier.movement_ids, one)
        mark = dossier._get_mark("movement_ids")
        self._save(draft, movement_ids="")
        self.assertFalse(dossier.movement_ids)
        typed = {"movement_ids": str(two.id)}
        answer = draft._author_save(typed, {"movement_ids": mark})
        self.assertEqual(answer["conflicts"]["movement_ids"]["value"], "")

    def test_campaigns_are_asked_where_there_are_any(self):
        draft = self._draft().sudo()
        while running := draft._get_offered("movement_ids"):
            running.filtered(lambda one: not one.child_ids & running).action_close()
            self.env.invalidate_all()
        self.assertNotIn("movement_ids", draft._get_step_fields("legal"))
        self._launch("C1", "Hàng Việt")
        self.assertIn("movement_ids", draft._get_step_fields("legal"))
        self._demand("movements", "omitted")
        self.assertNotIn("movement_ids", draft._get_step_fields("legal"))

    def test_confidential_texts_stay_where_they_are_kept(self):
        secret = "Tỷ lệ pha 3 phần 2"
        draft = self._complete_draft()
        answer = self._save(draft, confidential_info=secret)
        self.assertIn("confidential_info", answer["saved"])
        dossier = draft.sudo()
        self.assertTrue(dossier.is_confidential)
        kept = self.env["emulation.initiative.secret"].search(
            [("initiative_id", "=", draft.id)]
        )
        self.assertEqual(kept.text, secret)
        with self.assertRaises(AccessError):
            draft.read(["confidential_info"])
        with self.assertRaises(AccessError):
            kept.with_user(self.author).read(["text"])
        self.assertIn(secret, dossier.confidential_info, "the author goes on with it")
        draft.action_submit()
        for user in (self.leader_user, self.officer_b1, self.stranger):
            shown = dossier.with_user(user).sudo().confidential_info
            self.assertFalse(shown, user.login)
        self.assertNotIn(secret, dossier.search_text or "")

    def test_an_emptied_secret_is_none(self):
        draft = self._complete_draft()
        self._save(draft, confidential_info="Công thức")
        self._save(draft, confidential_info="")
        self.assertFalse(draft.sudo().is_confidential)
        self.assertFalse(draft._get_author_missing())

    # AUTHORS

    def test_a_guardian_consents_on_the_portal(self):
        born = fields.Date.subtract(fields.Date.today(), years=15)
        self.author.partner_id.emulation_birth_date = born
        draft = self._complete_draft()
        (item,) = draft._get_author_missing()
        self.assertEqual((item["code"], item["step"]), ("guardian", "authors"))
        key = f"author_ids-{draft.author_ids.id}-"
        typed = {
            "guardian_name": "Trần Văn Cha",
            "guardian_relation": "bố",
            "guardian_phone": "0912345678",
            "date_guardian_consent": "2026-01-05",
            "guardian_consent": "1",
        }
        answer = self._save(draft, **{key + name: text for name, text in typed.items()})
        self.assertEqual(len(answer["saved"]), 5, answer)
        with self._refused(UserError, "(?s)Not attached.*dong-y.exe"):
            draft._author_guardian_paper(draft.author_ids.id, "dong-y.exe", b"MZ")
        draft._author_guardian_paper(draft.author_ids.id, "dong-y.pdf", PDF)
        self.assertFalse(draft._get_author_missing())
        paper = draft.sudo().author_ids.guardian_paper
        self.assertEqual(base64.b64decode(paper), PDF)
        draft.action_submit()
        self.assertEqual(draft.state, "submitted")

    def test_nobody_of_age_needs_a_guardian(self):
        draft = self._draft()
        with self._refused(UserError, "needs no guardian"):
            draft._author_guardian_paper(draft.author_ids.id, "a.pdf", PDF)

    def test_details_of_oneself_and_of_whom_one_entered(self):
        self._demand("author_details", "required")
        draft = self._complete_draft()
        person = {
            "name": "Vũ Thị Hòa",
            "birth_date": "1985-02-03",
            "phone": "0912000111",
        }
        draft._author_add(person)
        own, new = draft.sudo().author_ids
        answer = self._save(
            draft,
            **{
                f"author_ids-{own.id}-qualification": "Kỹ sư",
                f"author_ids-{new.id}-workplace": "Xã An Một",
            },
        )
        self.assertEqual(len(answer["saved"]), 2)
        partner = self.author.partner_id
        self.assertEqual(partner.emulation_qualification, "Kỹ sư")
        known = self.stranger.partner_id
        known.emulation_birth_date = "1980-01-01"
        draft._author_add(
            {"name": known.name, "birth_date": "1980-01-01", "email": known.email}
        )
        line = draft.sudo().author_ids[2]
        key = f"author_ids-{line.id}-qualification"
        self.assertFalse(draft._author_save({key: "x"}, {key: "x"})["saved"])
        self.assertFalse(known.emulation_qualification)

    # PAGES

    def test_the_pages(self):
        self.authenticate(self.author.login, self.author.login.ljust(8, "x"))
        born = fields.Date.subtract(fields.Date.today(), years=15)
        self.author.partner_id.emulation_birth_date = born
        campaigns = self._launch("C1", "Hàng Việt") | self._launch("C2", "Nông thôn")
        draft = self._draft()
        path = f"/my/initiatives/{draft.id}"
        page = self.url_open(f"{path}/edit/benefits")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]

        def post(where, files=None, **form):
            data = {"csrf_token": token, **form}
            return self.url_open(path + where, data=data, files=files)

        page = post("/lines/benefit_ids/add", **BENEFIT)
        self.assertTrue(page.url.endswith("/edit/benefits?notice=saved"), page.url)
        self.assertIn("28,800,000", page.text)
        page = post("/lines/helper_ids/add", name="Lê Thị Giúp", task="")
        self.assertIn("Please fill in: What they did", page.text)
        self.assertIn('value="Lê Thị Giúp"', page.text)
        post("/lines/helper_ids/add", **HELPER)
        line = draft.sudo().helper_ids
        mark = line._get_mark("task")
        key = f"helper_ids-{line.id}-task"
        page = post("/edit/idea", **{key: "Trông thử", f"mark_{key}": mark})
        self.assertTrue(page.url.endswith("/edit/benefits"), page.url)
        self.assertEqual(line.task, "Trông thử")
        page = self.url_open(f"{path}/edit/legal")
        self.assertIn("Confidential information", page.text)
        self.assertIn("The unit: Xã An Một", page.text)
        # without script: boxes of one name, and the empty one that always comes
        dossier = draft.sudo()
        names = ("investor_kind", "movement_ids")
        marks = {f"mark_{name}": dossier._get_mark(name) for name in names}
        chosen = ["", *map(str, campaigns.ids)]
        post("/edit/legal", **marks, investor_kind="unit", movement_ids=chosen)
        self.assertEqual(dossier.movement_ids, campaigns)
        self.assertEqual(dossier.investor_unit_id, self.commune_a1)
        page = self.url_open(f"{path}/edit/legal")
        self.assertEqual(len(re.findall(r'type="checkbox"[^>]+checked', page.text)), 2)
        page = post(
            "/authors/paper",
            {"paper": ("dong-y.pdf", PDF)},
            author_id=str(draft.author_ids.id),
        )
        self.assertIn("dong-y.pdf", page.text)
        page = self.url_open(f"{path}/edit/check")
        for text in (
            *("Công tưới: 144 công × 200,000", "Lê Thị Giúp: Trông thử"),
            *("Hàng Việt, Nông thôn", "Investor (unit)"),
        ):
            self.assertIn(text, page.text)
        page = post("/lines/helper_ids/remove", line_id=str(line.id))
        self.assertNotIn("Trông thử", page.text)
        self.authenticate(self.stranger.login, self.stranger.login.ljust(8, "x"))
        page = self.url_open("/my/initiatives/new")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        self.assertEqual(post("/lines/helper_ids/add", **HELPER).status_code, 404)
