import base64
import io

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon
from .common_files import DOCX, PDF

GIVEN = DEMO_SCORES["D2"]
OTHER = (27, 28, 23, 13)


class PaperCommon(AppraisalCommon):
    """A council that scores on paper, and two clerks who enter its sheets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk1 = cls._create_user("clerk1_user", "user")
        cls.clerk2 = cls._create_user("clerk2_user", "user")
        cls.clerk3 = cls._create_user("clerk3_user", "user")
        cls.council.sheet_medium = "paper"
        dossier = cls._make_eligible(cls._create_initiative("Sáng kiến Giấy"))
        cls.sitting = cls._plan_session(dossier)
        cls.sitting.clerk_ids = [Command.set((cls.clerk1 | cls.clerk2).ids)]
        cls.sitting.action_open()
        cls.kept = cls.sitting.with_user(cls.secretary_user)
        cls.sheets = cls.kept._get_printable_sheets()
        cls.sheet = cls.sheets.filtered(lambda one: one.user_id == cls.member1_user)

    def _begin(self, clerk, sheet=None):
        entries = self.env["emulation.scoresheet.entry"].with_user(clerk)
        return entries._begin((sheet or self.sheet).paper_code)

    def _fill(self, entry, points):
        for line, given in zip(entry.line_ids, points, strict=True):
            seen = line._read_entry("points")
            entry.enter("points", given, seen, line.id)
        return entry

    def _enter(self, clerk, points, sheet=None):
        entry = self._fill(self._begin(clerk, sheet), points)
        entry.action_confirm()
        return entry


@tagged("post_install", "-at_install")
class TestScoresheetPaper(PaperCommon):
    def test_the_session_does_as_its_council_unless_told(self):
        self.assertEqual(self.sitting.sheet_medium, "paper")
        late = self._make_eligible(self._create_initiative("Phiên sau"))
        other = self._plan_session(late, name="Phiên 2")
        self.assertEqual(other.sheet_medium, "paper")
        other.sheet_medium = "screen"
        other.action_open()
        self._sheet(other, self.member1_user).line_ids[0].points = 1

    def test_members_do_not_score_on_screen(self):
        own = self.sheet.with_user(self.member1_user)
        with self.assertRaisesRegex(UserError, "scores on paper"):
            own.enter("points", 1, False, own.line_ids[0].id)
        with self.assertRaisesRegex(UserError, "scores on paper"):
            own.line_ids[0].points = 1
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            own.action_submit()
        with self.assertRaisesRegex(UserError, "scores on paper"):
            self.sitting.with_user(self.member1_user).action_download_sheets()

    def test_medium_and_clerks_are_fixed_in_time(self):
        with self.assertRaisesRegex(UserError, "has begun"):
            self.kept.sheet_medium = "screen"
        with self.assertRaisesRegex(AccessError, "names the clerks"):
            self.sitting.clerk_ids = [Command.link(self.clerk3.id)]
        self.kept.clerk_ids = [Command.link(self.clerk3.id)]
        with self.assertRaisesRegex(UserError, "scores in .* and cannot enter"):
            self.kept.clerk_ids = [Command.link(self.member2_user.id)]

    def test_paper_needs_two_clerks_without_interest(self):
        late = self._make_eligible(self._create_initiative("Phiên sau"))
        other = self._plan_session(late, name="Phiên 2")
        other.clerk_ids = [Command.set(self.clerk1.ids)]
        with self.assertRaisesRegex(UserError, "name two clerks"):
            other.action_open()
        author = late.initiative_id.sudo().author_ids[0].partner_id
        self.clerk2.partner_id.email = author.email = "mot@example.com"
        with self.assertRaisesRegex(UserError, "has an interest in a dossier"):
            other.clerk_ids = [Command.link(self.clerk2.id)]

    def test_both_agree_and_the_sheet_is_handed_in(self):
        first = self._enter(self.clerk1, GIVEN)
        self.assertEqual((first.state, self.sheet.state), ("confirmed", "draft"))
        self.assertEqual(self.sheet.total, 0, "one entry alone counts for nothing")
        second = self._enter(self.clerk2, GIVEN)
        self.env.invalidate_all()
        self.assertEqual((first.state, second.state), ("agreed", "agreed"))
        self.assertEqual((self.sheet.state, self.sheet.total), ("submitted", 92))
        self.assertEqual(self.sitting.paper_text, "1 of 4 sheets are in")

    def test_differences_are_named_and_settled_by_the_paper(self):
        first = self._enter(self.clerk1, GIVEN)
        second = self._enter(self.clerk2, OTHER)
        self.env.invalidate_all()
        self.assertEqual((first.state, second.state), ("differs", "differs"))
        self.assertEqual(
            first.line_ids.mapped("is_different"), [False, True] + [False] * 2
        )
        self.assertEqual(self.sheet.state, "draft")
        with self.assertRaisesRegex(UserError, "paper again for Hiệu quả"):
            second.action_confirm()
        line = second.line_ids[1]
        second.enter("points", 29, 28, line.id)
        second.enter("note", "Đọc nhầm 29 thành 28", "", line.id)
        second.action_confirm()
        self.assertEqual(second.state, "confirmed")
        with self.assertRaisesRegex(UserError, "and say why"):
            first.action_confirm()
        first.enter("note", "Đã xem lại phiếu: 29", "", first.line_ids[1].id)
        first.action_confirm()
        self.env.invalidate_all()
        self.assertEqual((first.state, self.sheet.state), ("agreed", "submitted"))
        self.assertEqual(self.sheet.total, 92)

    def test_they_may_differ_again(self):
        first, second = self._enter(self.clerk1, GIVEN), self._enter(self.clerk2, OTHER)
        for entry in (first, second):
            entry.enter("note", "Vẫn đọc như vậy", "", entry.line_ids[1].id)
            entry.action_confirm()
        self.env.invalidate_all()
        self.assertEqual((first.state, self.sheet.state), ("differs", "draft"))

    def test_the_second_does_not_see_the_first(self):
        first = self._enter(self.clerk1, GIVEN)
        second = self._begin(self.clerk2)
        self.assertNotEqual(first, second)
        self.assertFalse(any(second.line_ids.mapped("is_scored")))
        theirs = first.with_user(self.clerk2)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            for record in (theirs, theirs.line_ids.sudo(False)):
                with self.assertRaises(AccessError):
                    record.read()
        entries = self.env["emulation.scoresheet.entry"].with_user(self.clerk2)
        self.assertEqual(entries.search([]), second)
        lines = self.env["emulation.scoresheet.entry.line"].with_user(self.clerk2)
        self.assertEqual(lines.search([("points", ">", 0)]), lines.browse())

    def test_a_third_clerk_finds_it_taken(self):
        self.kept.clerk_ids = [Command.link(self.clerk3.id)]
        self._begin(self.clerk1)
        self._begin(self.clerk2)
        with self.assertRaisesRegex(UserError, "Two clerks already enter"):
            self._begin(self.clerk3)
        self.assertEqual(self._begin(self.clerk1).user_id, self.clerk1)

    def test_one_person_does_not_enter_twice(self):
        self.assertEqual(self._begin(self.clerk1), self._begin(self.clerk1))
        entry = self._enter(self.clerk1, GIVEN)
        with self.assertRaises(AccessError):
            entry.write({"user_id": self.clerk2.id})
        with self.assertRaises(AccessError):
            entry.create({"sheet_id": self.sheet.id, "user_id": self.clerk1.id})
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            entry.write({"state": "agreed"})
        entry.action_take_back()
        with self.assertRaises(AccessError):
            entry.line_ids[0].is_different = True

    def test_a_confirmed_entry_is_taken_back_first(self):
        entry = self._enter(self.clerk1, GIVEN)
        with self.assertRaisesRegex(UserError, "Take your entry back"):
            entry.enter("points", 1, 27, entry.line_ids[0].id)
        entry.action_take_back()
        entry.enter("points", 26, 27, entry.line_ids[0].id)

    def test_half_an_entry_is_refused(self):
        entry = self._begin(self.clerk1)
        entry.enter("points", 27, False, entry.line_ids[0].id)
        with self.assertRaisesRegex(UserError, "lacks points for: Hiệu quả"):
            entry.action_confirm()
        with self.assertRaisesRegex(UserError, "0 to 30"):
            entry.enter("points", 31, 27, entry.line_ids[0].id)

    def test_looking_again_opens_the_sheet(self):
        first, second = self._enter(self.clerk1, GIVEN), self._enter(self.clerk2, GIVEN)
        first.action_reopen()
        self.env.invalidate_all()
        self.assertEqual((second.state, self.sheet.state), ("differs", "draft"))
        with self.assertRaisesRegex(UserError, "and say why"):
            second.action_confirm()

    def test_what_must_be_true_is_watched(self):
        self._enter(self.clerk1, GIVEN)
        entry = self._enter(self.clerk2, GIVEN)
        invariants = self.env["emulation.invariant"]
        for code, statement, values in (
            (
                "04_paper_entered_twice",
                "UPDATE emulation_scoresheet_entry_line SET points = points - 1"
                " WHERE sheet_id = %s",
                [entry.id],
            ),
            (
                "17_clerk_scores",
                "UPDATE emulation_scoresheet_entry SET user_id = %s WHERE id = %s",
                [self.member2_user.id, entry.id],
            ),
        ):
            with self.subTest(code):
                self.assertNotIn(code, invariants._find_broken())
                with self.env.cr.savepoint() as savepoint:
                    self.env.cr.execute(statement, values)
                    self.assertIn(code, invariants._find_broken())
                    savepoint.rollback()

    def test_codes(self):
        code = self.sheet.paper_code
        begin = self.env["emulation.scoresheet.begin"].with_user(self.clerk1)
        for text in (code.lower().replace("-", " "), self.sheet._paper_url()):
            action = begin.create({"code": text}).action_open()
            self.assertEqual(action["res_id"], self._begin(self.clerk1).id)
        for text in ("ABCD-EFGH-JKMN", "x", "/"):
            with self.assertRaisesRegex(UserError, "no sheet with this code"):
                begin.create({"code": text}).action_open()
        self.assertEqual(len(set(self.sheets.mapped("paper_code"))), 4)

    def test_only_named_clerks_enter(self):
        users = self.clerk3 | self.member1_user | self.secretary_user | self.chair_user
        for user in users | self.movement_user | self.manager_user:
            with self.subTest(user.login):
                with self.assertRaisesRegex(UserError, "no sheet with this code"):
                    self._begin(user)
        entry = self._begin(self.clerk1)
        self.kept.clerk_ids = [Command.unlink(self.clerk1.id)]
        with self.assertRaises(AccessError):
            entry.enter("points", 1, False, entry.line_ids[0].id)

    def test_secrecy_before_and_after_the_close(self):
        self._enter(self.clerk1, GIVEN)
        entry = self._enter(self.clerk2, GIVEN)
        lines = entry.line_ids
        self._scan(entry)
        scan = self.sheet.sudo().scan_ids
        admin = self.env.ref("base.user_admin")
        users = self.secretary_user | self.chair_user | self.member1_user | admin
        users |= self.member2_user | self.movement_user | self.manager_user
        before = users | self.clerk3 | self.officer_a1 | self.leader_user
        for user in before:
            for record in (entry, lines, scan):
                self._assert_hidden(record, user)
        for clerk in self.clerk1 | self.clerk2:
            self._assert_hidden(scan, clerk)
            self._assert_hidden(self.sheet, clerk)
        self._close_on_paper()
        for record in (entry, lines, scan):
            self.assertTrue(record.with_user(self.secretary_user).read())
            for user in before - self.secretary_user - self.chair_user:
                self._assert_hidden(record, user)
        self._assert_hidden(entry, self.clerk1)
        with self.assertRaises(UserError):
            entry.with_user(self.clerk2).action_reopen()

    def _assert_hidden(self, record, user):
        theirs = record.with_user(user)
        with self.subTest(f"{user.login} {record._name}"):
            with (
                mute_logger(
                    "odoo.addons.base.models.ir_rule",
                    "odoo.addons.base.models.ir_model",
                ),
                self.assertRaises(AccessError),
            ):
                theirs.read()
            for ask in (
                lambda: theirs.search([("id", "in", record.ids)]),
                lambda: theirs.search_count([("id", "in", record.ids)]),
                lambda: theirs._read_group([("id", "in", record.ids)], ["id"]),
            ):
                try:
                    self.assertFalse(ask())
                except AccessError:
                    continue

    def _close_on_paper(self):
        for sheet in self.sheets:
            for clerk in self.clerk1 | self.clerk2:
                if sheet != self.sheet:
                    self._enter(clerk, GIVEN, sheet)
        self.kept.action_mark_all_present()
        self.kept.action_close()

    def test_close_needs_every_present_sheet(self):
        self.kept.action_mark_all_present()
        with self.assertRaisesRegex(UserError, "have not handed in their sheets"):
            self.kept.action_close()

    def _scan(self, entry, content=PDF, name="phieu.pdf"):
        dialogs = self.env["emulation.scoresheet.scan.add"].with_user(entry.env.user)
        dialog = dialogs.create(
            {
                "entry_id": entry.id,
                "file": base64.b64encode(content),
                "file_name": name,
            }
        )
        dialog.action_confirm()
        return dialog

    def test_scans(self):
        entry = self._begin(self.clerk1)
        dialog = self._scan(entry)
        self.assertFalse(dialog.file, "nothing is left behind in the dialog")
        self.assertEqual(self.sheet.sudo().scan_ids.user_id, self.clerk1)
        with self.assertRaisesRegex(UserError, "neither PDF, JPEG nor PNG"):
            self._scan(entry, DOCX, "phieu.pdf")
        self.env["ir.config_parameter"].set_param("emulation.sheet_scan_mb", "1")
        with self.assertRaisesRegex(UserError, "at most 1 MB"):
            self._scan(entry, PDF + b"0" * 1024 * 1024)
        with self.assertRaises(AccessError):
            self._scan(entry.with_user(self.clerk2))
        with self.assertRaises(AccessError):
            self.env["emulation.scoresheet.scan"].with_user(self.clerk1).create(
                {"sheet_id": self.sheet.id, "name": "x", "file": "eA=="}
            )

    def test_who_prints(self):
        for user in (self.member1_user, self.movement_user, self.manager_user):
            for act in ("action_print_sheets", "action_print_lists"):
                with self.subTest(f"{user.login} {act}"):
                    with self.assertRaises(AccessError):
                        getattr(self.sitting.with_user(user), act)()
        self.assertEqual(self.kept.action_print_sheets()["pdf_engine"], "weasyprint")

    def test_printed_sheets(self):
        import pypdf

        for name, pages in (("paper", 4), ("list", 4)):
            report = self.env.ref(f"emulation.emulation_scoresheet_{name}_report")
            report = report.with_user(self.secretary_user)
            content, kind = report._render_qweb_pdf(
                report.report_name, self.sitting.ids
            )
            self.assertEqual(kind, "pdf")
            document = pypdf.PdfReader(io.BytesIO(content))
            self.assertEqual(len(document.pages), pages)
            text = "\n".join(page.extract_text() for page in document.pages)
            for sheet in self.sheets:
                self.assertIn(sheet.paper_code, text)
                self.assertIn(sheet.user_id.name, " ".join(text.split()))
            self.assertIn("PHIẾU CHẤM ĐIỂM", text)
            with self.assertRaises(AccessError):
                other = report.with_user(self.movement_user)
                other._render_qweb_pdf(report.report_name, self.sitting.ids)


@tagged("post_install", "-at_install")
class TestPaperHttp(PaperCommon, HttpCase):
    browser_size = "1024x768"

    def test_the_qr_code_leads_clerks_to_their_entry(self):
        url = f"/emulation/paper/{self.sheet.paper_code}"
        self.authenticate("clerk1_user", "clerk1_user")
        response = self.url_open(url, allow_redirects=False)
        entry = self._begin(self.clerk1)
        self.assertIn(
            f"/odoo/emulation-paper-sheets/{entry.id}", response.headers["Location"]
        )
        for user in self.member1_user | self.secretary_user | self.clerk3:
            self.authenticate(user.login, user.login)
            with self.subTest(user.login):
                self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(
            self.url_open("/emulation/paper/ABCD-EFGH-JKMN").status_code, 404
        )

    def test_two_clerks_enter_a_sheet(self):
        self._enter(self.clerk1, OTHER)
        url = f"/emulation/paper/{self.sheet.paper_code}"
        self.start_tour(url, "emulation_paper_tour", login="clerk2_user")
        first, second = self._begin(self.clerk1), self._begin(self.clerk2)
        self.assertEqual((first.state, second.state), ("differs", "confirmed"))
        self.assertEqual(second.line_ids[1].note, "Trên phiếu ghi 29")
        self.assertEqual(self.sheet.state, "draft")
