import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_files import EXE, HTML, SVG
from .common_publication import PAPER, PublicationCommon, picture


@tagged("post_install", "-at_install")
class TestConsentOnPaper(PublicationCommon):
    """The paper of a consent is a scan, whatever its name says."""

    def test_the_paper_is_known_by_content(self):
        story = self._write_story()
        for name in ("consent_file", "guardian_file"):
            label = story._fields[name].string
            for content in (HTML, SVG, EXE, b"dong y", b""):
                file_name = {f"{name}_name": "dong-y.pdf"}
                if not content:
                    continue
                with self._refused(
                    ValidationError, f"Người làm vườn.*“{label}” .dong-y.pdf.*neither"
                ):
                    story.write({name: base64.b64encode(content), **file_name})
            for good in (PAPER, picture(), picture(kind="PNG")):
                story[name] = good
        context = {"default_guardian_file": base64.b64encode(HTML)}
        with self._refused(ValidationError, "neither PDF, JPEG nor PNG"):
            story.with_context(**context).copy()

    def test_no_larger_than_the_office_takes(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("emulation.scan_max_mb", "1")
        large = base64.b64encode(base64.b64decode(PAPER) + b"\n" * 1024 * 1025)
        with self._refused(ValidationError, "“Paper of consent”.*at most 1 MB"):
            self._write_story(consent_file=large)
        parameters.set_param("emulation.scan_max_mb", "2")
        story = self._write_story(consent_file=large)
        # an accepted story keeps its paper, whoever reaches for the file itself
        file = self.env["ir.attachment"].search(
            [("res_model", "=", story._name), ("res_id", "=", story.id),
             ("res_field", "=", "consent_file")]
        )  # fmt: skip
        with self._refused(AccessError, "changed on the record it proves"):
            file.with_user(self.officer_a1).raw = HTML


@tagged("post_install", "-at_install")
class TestPublication(PublicationCommon):
    """A book of stories: who writes, who compiles, who has consented."""

    def test_officer_writes_and_proposes_movement_accepts(self):
        self.assertEqual(self.book.name, "Gương người đoàn kết")
        Story = self.env["emulation.publication.entry"].with_user(self.officer_a1)
        with Form(Story) as form:
            form.publication_id = self.book
            form.name = "Người làm vườn"
            self.assertEqual(form.unit_id, self.commune_a1)
            form.entry_id = self.env["emulation.initiative.entry"].browse(
                self.recognised.id
            )
            self.assertEqual(form.field_id, self.recognised.field_id)
            form.partner_id = self.author
            self.assertEqual(form.recipient_name, self.author.name)
            form.story = "<p>Chuyện</p>"
        story = form.record
        self.assertEqual(story.initiative_id, self.recognised)
        story.action_propose()
        self.assertFalse(story.can_edit)
        with self._refused(UserError, "stays as it is"):
            story.story = "<p>Khác</p>"
        with self._refused(UserError, "you cannot move it"):
            story.action_accept()
        with self._refused(UserError, "consent with its day"):
            story.with_user(self.movement_user).action_accept()
        with self._refused(UserError, "What is to be mended"):
            story.with_user(self.movement_user).action_return()
        story.with_user(self.movement_user).return_note = "Thiếu giấy đồng ý"
        story.with_user(self.movement_user).action_return()
        self.assertEqual(story.return_note, "Thiếu giấy đồng ý")
        story.write(
            {"consent_date": "2020-01-05", "consent_by": "Ông", "consent_file": PAPER}
        )
        self._accept(story)
        self.assertEqual(story.state, "accepted")
        self.assertFalse(story.return_note)

    def test_every_part_of_the_consent_counts(self):
        for missing in ("consent_date", "consent_by", "consent_file"):
            with self.subTest(missing=missing):
                story = self._write_story(**{missing: False}, name=f"Thiếu {missing}")
                story.action_propose()
                with self._refused(UserError, f"Thiếu {missing}.+\n.+consent"):
                    story.with_user(self.movement_user).action_accept()
        with self._refused(ValidationError, "future"):
            self._write_story(consent_date="2999-01-01")

    def test_a_story_shows_no_picture_its_writer_may_not_open(self):
        secret = self.env["ir.attachment"].create(
            {"name": "x.png", "raw": b"x", "res_model": "ir.rule", "res_id": 1}
        )
        for address, error in (
            (f"/web/image/{secret.id}", AccessError),
            ("file:///etc/passwd", UserError),
            ("https://example.com/x.png", UserError),
        ):
            with self.subTest(address), self.assertRaises(error):
                self._write_story(story=f"<p><img src='{address}'/></p>")

    def test_no_default_shows_a_picture_its_writer_may_not_open(self):
        secret = self.env["ir.attachment"].create(
            {"name": "x.png", "raw": b"x", "res_model": "ir.rule", "res_id": 1}
        )
        story = f"<p><img src='/web/image/{secret.id}'/></p>"
        stories = self.env["emulation.publication.entry"].with_user(self.officer_a1)
        vals = {
            "publication_id": self.book.id,
            "name": "Người làm vườn",
            "unit_id": self.commune_a1.id,
            "partner_id": self.author.id,
        }
        with self._refused(AccessError, "."):
            stories.with_context(default_story=story).create(vals)
        kept = self.env["ir.default"].with_user(self.officer_a1)
        kept.set(stories._name, "story", story, user_id=True)
        with self._refused(AccessError, "."):
            stories.create(vals)

    def test_minor_needs_the_guardian_as_old_as_the_book_says(self):
        child = self.env["res.partner"].create(
            {
                "name": "Em Bé",
                "emulation_birth_date": "2005-06-01",
                "emulation_unit_id": self.commune_a1.id,
            }
        )
        guardian = {
            "guardian_name": "Mẹ Bé",
            "guardian_relation": "Mẹ",
            "guardian_date": "2020-01-06",
            "guardian_file": PAPER,
        }
        story = self._write_story(partner_id=child.id)
        self.assertTrue(story.is_minor)
        story.action_propose()
        with self._refused(UserError, "guardian's consent"):
            story.with_user(self.movement_user).action_accept()
        for name in guardian:
            lacking = self._write_story(
                partner_id=child.id, **{**guardian, name: False}
            )
            self.assertIn("guardian", lacking.missing, name)
        whole = self._write_story(partner_id=child.id, **guardian)
        self.assertFalse(whole.missing)
        self.book.age_of_consent = 14
        self.assertFalse(story.is_minor)
        self.assertFalse(story.missing)

    def test_pupil_without_birth_date_is_asked_for_it(self):
        category = self.env["emulation.author.category"].search(
            [("asks_birth_date", "=", True)], limit=1
        )
        pupil = self.env["res.partner"].create(
            {"name": "Học Sinh", "emulation_category_id": category.id}
        )
        story = self._write_story(partner_id=pupil.id)
        self.assertIn("date of birth", story.missing)
        self.book.age_of_consent = 0
        self.assertFalse(story.missing)

    def test_only_recognised_published_open_initiatives(self):
        with self._refused(ValidationError, "recognised, published"):
            self._write_story(
                self.movement_user, initiative_id=self.draft.id, name="Chưa"
            )
        with self._refused(AccessError, "not in the library"):
            self._write_story(self.officer_b1, initiative_id=self.draft.id,
                              unit_id=self.commune_b1.id)  # fmt: skip
        story = self._write_story(initiative_id=self.recognised.id)
        self.assertFalse(story.missing)
        self.recognised.sudo().is_confidential = True
        story.invalidate_recordset()
        self.assertIn("not recognised", story.missing)

    def test_other_units_neither_read_nor_write_a_story(self):
        story = self._write_story()
        for user, reads, writes in (
            (self.officer_a1, True, True),
            (self.officer_a, True, True),
            (self.officer_b1, False, False),
            (self.leader_user, True, False),
            (self.movement_user, True, True),
            (self.member1_user, False, False),
        ):
            with self.subTest(user=user.login):
                mine = story.with_user(user)
                self.assertEqual(mine.has_access("read"), reads)
                self.assertEqual(mine.has_access("write"), writes)
        with self._refused(AccessError, "."):
            self._write_story(self.officer_b1)
        with self._refused(AccessError, "."):
            self.book.with_user(self.officer_a1).name = "Của tôi"
        with self._refused(UserError, "you cannot move it"):
            self.book.with_user(self.leader_user).action_compile()
        with self._refused(UserError, "orders the stories"):
            story.sequence = 1
        leader = story.with_user(self.leader_user)
        for name in ("consent_file", "guardian_file", "consent_by"):
            with self._refused(AccessError, "."):
                leader.read([name])

    def test_book_goes_its_way_and_stays_as_it_came_out(self):
        book, story = self.book, self._write_story()
        with self._refused(UserError, "no accepted story"):
            book.action_compile()
        story.action_propose()
        with self._refused(UserError, "nobody has decided.+Người làm vườn"):
            book.action_compile()
        story.with_user(self.movement_user).action_accept()
        book.action_compile()
        with self._refused(UserError, "takes no more stories"):
            self._write_story(name="Muộn")
        with self._refused(UserError, "takes no more stories"):
            book.action_draft_entries()
        with self._refused(UserError, "stays as it is"):
            book.name = "Khác"
        for name in ("publisher", "copies", "licence", "date_published"):
            kept = book[name]
            book[name] = False
            with self._refused(UserError, "imprint"):
                book.action_publish()
            book[name] = kept
        book.date_published = "2999-01-01"
        with self._refused(UserError, "later day"):
            book.action_publish()
        book.date_published = "2020-04-15"
        book.action_publish()
        kept = base64.b64decode(book.with_context(bin_size=False).booklet)
        self.assertTrue(kept.startswith(b"%PDF"))
        self.assertTrue(book.booklet_name.endswith("2019.pdf"))
        story.sudo().name = "Sửa sau khi in"
        printed, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "emulation.report_publication", book.ids
        )
        self.assertEqual(printed, kept)
        for change in (
            {"publisher": "Khác"},
            {"copies": 3},
            {"booklet": PAPER},
        ):
            with self._refused((UserError, AccessError), "."):
                book.write(change)
        with self._refused(UserError, "you cannot move it"):
            book.action_reopen()
        with self._refused(UserError, "kept"):
            book.unlink()

    def test_story_without_consent_is_found_by_the_nightly_check(self):
        story = self._write_story()
        self._accept(story)
        invariants = self.env["emulation.invariant"]
        self.assertNotIn("11_story_consented", invariants._find_broken())
        story.sudo().consent_by = False
        self.assertIn("11_story_consented", invariants._find_broken())
        story.sudo().consent_by = "Ông"

    def test_consent_taken_back_opens_the_book(self):
        story, other = self._write_story(), self._write_story(name="Chuyện khác")
        self._accept(story, other)
        self.book.action_compile()
        with self._refused(UserError, "stays as it is"):
            story.consent_by = "Ai đó"
        with self._refused((UserError, AccessError), "."):
            story.with_user(self.officer_b1).action_withdraw_consent()
        story.action_withdraw_consent()
        self.assertEqual((self.book.state, story.state), ("draft", "draft"))
        self.assertFalse(story.consent_file or story.consent_date)
        self.assertEqual(self.book._get_stories(), other)
        self.book.action_compile()
        self.book.action_publish()
        with self._refused(UserError, "book is out"):
            other.action_withdraw_consent()

    def test_dialog_drafts_stories_of_a_year(self):
        self.book.year = self.recognised.date_recognised.year
        Draft = self.env["emulation.publication.draft"]
        action = self.book.with_user(self.officer_a1).action_draft_entries()
        with Form(
            Draft.with_user(self.officer_a1).with_context(**action["context"])
        ) as form:
            self.assertIn(self.recognised.id, form.entry_ids.ids)
        form.record.action_confirm()
        story = self.book.entry_ids
        self.assertEqual(story.initiative_id, self.recognised)
        self.assertEqual(story.create_uid, self.officer_a1)
        self.assertIn(self.recognised.solution, story.story)
        largest = self.recognised.author_ids.sorted("share")[-1].partner_id
        self.assertEqual(story.partner_id, largest)
        again = Draft.with_user(self.movement_user).create(
            {"publication_id": self.book.id}
        )
        self.assertNotIn(self.recognised.id, again.entry_ids.ids)
        again.entry_ids = False
        with self._refused(UserError, "No initiative is chosen"):
            again.action_confirm()
        again.entry_ids = self.recognised.ids
        with self._refused(UserError, "already has a story"):
            again.action_confirm()
        elsewhere = Draft.with_user(self.officer_b1).create(
            {"publication_id": self.book.id}
        )
        self.assertFalse(elsewhere.entry_ids)
        far = Draft.with_user(self.movement_user).create(
            {"publication_id": self.book.id, "year": 1999}
        )
        self.assertFalse(far.entry_ids)

    def test_story_of_a_collective_with_the_consent_of_its_head(self):
        self.book.year = self.recognised.date_recognised.year
        action = self.book.with_user(self.officer_a1).action_draft_entries()
        drafts = self.env["emulation.publication.draft"].with_user(self.officer_a1)
        with Form(drafts.with_context(**action["context"])) as form:
            form.about = "unit"
        form.record.action_confirm()
        story = self.book.entry_ids.with_user(self.officer_a1)
        self.assertFalse(story.partner_id)
        self.assertEqual(story.recipient_name, "Xã An Một")
        name = self.head_a1.name
        self.assertEqual(story.consent_asked, f"{name}, head of Xã An Một")
        self.assertIn("The consent", story.missing)
        self.assertFalse(story.is_minor)
        with Form(story) as form:
            form.consent_by = "head_a1, Chủ tịch"
            form.consent_date = "2020-01-05"
            form.consent_file = PAPER
        self._accept(story)
        self.assertEqual(story.state, "accepted")
        with (
            self._refused(IntegrityError, "collective_unique"),
            mute_logger("odoo.sql_db"),
        ):
            self._write_story(partner_id=False, entry_id=story.entry_id.id)
            self.env.flush_all()
        person = self._write_story(entry_id=story.entry_id.id)
        self.assertEqual(person.consent_asked, self.author.name)
        nobody = self._write_story(
            self.officer_b1, partner_id=False, unit_id=self.commune_b1.id
        )
        self.assertEqual(nobody.consent_asked, "The head of Xã Bình Một")

    def test_dialog_finds_the_year_of_the_round_too(self):
        """What a round of one year handed in is often decided in the next."""
        decided = self.recognised.date_recognised.year
        self.recognised.round_id.sudo().year = decided - 1
        self.env.flush_all()
        drafts = self.env["emulation.publication.draft"].with_user(self.movement_user)
        for year, expected in ((decided - 1, True), (decided, True), (1999, False)):
            dialog = drafts.create({"publication_id": self.book.id, "year": year})
            found = self.recognised.id in dialog.entry_ids.ids
            self.assertEqual(found, expected, year)

    def test_photo_is_a_picture_and_no_poster(self):
        self._write_story(photo=picture())
        with self._refused(ValidationError, "JPEG nor a PNG"):
            self._write_story(photo=base64.b64encode(b"<svg onload='x'/>"))
        with self._refused(ValidationError, "JPEG nor a PNG"):
            self._write_story(photo=picture()[:200])
        with self._refused(ValidationError, "50 MB; at most 10 MB"):
            self._write_story(photo=b"A" * (50 * 1024 * 1024 * 4 // 3))
        self.env["ir.config_parameter"].set_param("emulation.picture_max_mb", "1")
        with self._refused(ValidationError, "2 MB; at most 1 MB"):
            self._write_story(photo=b"A" * (2 * 1024 * 1024 * 4 // 3))
        with self._refused(ValidationError, "million dots"):
            self._write_story(photo=picture((8000, 8000), "PNG"))

    def test_next_year_begins_by_this_one(self):
        again = self.book.copy()
        self.assertGreater(again.year, 2019)
        self.assertEqual(again.publisher, self.book.publisher)
        self.assertFalse(again.licence or again.entry_ids or again.date_published)
        with mute_logger("odoo.sql_db"), self._refused(IntegrityError, "title_unique"):
            self.book.copy({"year": again.year})

    def test_story_handed_in_is_not_deleted(self):
        story = self._write_story()
        story.action_propose()
        with self._refused(UserError, "Send it back"):
            story.unlink()
        story.action_return()
        story.unlink()
        self.assertFalse(story.exists())

    def test_list_takes_the_same_queries_for_any_number(self):
        counts = set()
        Story = self.env["emulation.publication.entry"].with_user(self.officer_a1)
        spec = {name: {} for name in ("name", "recipient_name", "missing", "state")}
        spec["unit_id"] = {"fields": {"display_name": {}}}
        for number in (1, 3, 30):
            while Story.search_count([]) < number:
                self._write_story(initiative_id=False)
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                Story.web_search_read([], spec, limit=number)
                spent = self.env.cr.sql_log_count - before
            counts.add(spent)
        self.assertEqual(len(counts), 1, counts)
