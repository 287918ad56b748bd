from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from . import common_files as samples
from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestEvidence(AppraisalCommon):
    """Files are judged by content when they come, and when the dossier is handed in."""

    def _file(self, name, content):
        return [Command.clear(), Command.create({"name": name, "raw": content})]

    def _with(self, name, content):
        return self._create_initiative(attachment_ids=self._file(name, content))

    def _keep_defaults(self, user, values):
        """Keep values for new files, as every employee may by a call."""
        kept = self.env["ir.default"].with_user(user)
        for name, value in values.items():
            kept.set("ir.attachment", name, value, user_id=True)

    def test_accepted_by_content(self):
        for name, content in (
            ("a.pdf", samples.PDF),
            ("ANH.JPG", samples.JPEG),
            ("anh.png", samples.PNG),
            ("phim.mp4", samples.MP4),
            ("don.docx", samples.DOCX),
            ("bang.xlsx", samples.XLSX),
            ("trinh-chieu.pptx", samples.PPTX),
        ):
            with self.subTest(name):
                self._with(name, content).action_submit()

    def test_disguises_are_refused(self):
        for content, words in (
            (samples.EXE, "another type of file than “a.pdf”.*docx.*pdf"),
            (samples.HTML, "another type of file"),
            (samples.SVG, "another type of file"),
            (samples.SCRIPT, "another type of file"),
            (samples.ZIP, "another type of file"),
            (samples.MACROS, "without macros"),
            (samples.PNG, "the right name for “a.pdf”.*PNG picture.*png"),
            (b"", "something in it"),
        ):
            with self.subTest(content[:12]), self._refused(UserError, words):
                self._with("a.pdf", content)
        with self._refused(UserError, "the right name"):
            self._with("chuong-trinh.exe", samples.PDF)
        with self._refused(UserError, "the right name"):
            self._with("khongduoi", samples.PDF)

    def test_types_of_the_round(self):
        with self._refused(UserError, "another type of file"):
            self._with("a.odt", samples.ODT)
        self.round.file_type_ids |= self.env.ref("emulation.file_type_odt")
        self._with("a.odt", samples.ODT).action_submit()
        self.round.file_type_ids = self.env.ref("emulation.file_type_pdf")
        with self._refused(UserError, "another type of file than “anh.png”.*pdf"):
            self._with("anh.png", samples.PNG)

    def test_new_rounds_take_the_usual_types(self):
        usual = self.env["emulation.file.type"].search([("is_default", "=", True)])
        self.assertTrue(usual)
        self.assertEqual(self.round.file_type_ids, usual)
        self.env.ref("emulation.file_type_odt").is_default = True
        rnd = self._create_round("T-NEW")
        self.assertIn(self.env.ref("emulation.file_type_odt"), rnd.file_type_ids)

    def test_nothing_that_a_browser_runs_can_be_accepted(self):
        for mimetypes in ("text/html", "image/png, IMAGE/SVG+XML", "html"):
            with self.subTest(mimetypes), self._refused(ValidationError, "browser"):
                self.env["emulation.file.type"].create(
                    {
                        "name": "Trang",
                        "code": "T",
                        "extensions": "html",
                        "mimetypes": mimetypes,
                    }
                )

    def test_largest_file(self):
        self.round.max_file_mb = 1
        full = samples.PDF.ljust(1024 * 1024, b"0")
        self._with("vua.pdf", full).action_submit()
        with self._refused(UserError, "smaller file than “to.pdf”.*1 MB"):
            self._with("to.pdf", full + b"0")
        self.round.max_file_mb = 2
        self._with("to.pdf", full + b"0")

    def test_all_files_together(self):
        self.round.write({"max_file_mb": 1, "max_total_mb": 2})
        part = samples.PDF.ljust(1024 * 1024, b"0")
        dossier = self._with("1.pdf", part)
        dossier.attachment_ids = [Command.create({"name": "2.pdf", "raw": part})]
        with self._refused(UserError, "fewer or smaller files.*2 MB"):
            dossier.attachment_ids = [
                Command.create({"name": "3.pdf", "raw": samples.PDF})
            ]
        self.assertEqual(len(dossier.attachment_ids), 2)
        self.round.max_total_mb = 3
        dossier.attachment_ids = [Command.create({"name": "3.pdf", "raw": samples.PDF})]

    def test_judged_again_when_handed_in(self):
        dossier = self._with("anh.png", samples.PNG)
        self.round.file_type_ids = self.env.ref("emulation.file_type_pdf")
        items = dossier._get_missing_items()
        self.assertEqual([one["code"] for one in items], ["file"])
        self.assertEqual(items[0]["field"], "attachment_ids")
        with self._refused(UserError, "another type of file than “anh.png”"):
            dossier.action_submit()

    def test_a_stored_type_is_not_believed(self):
        dossier = self._with("a.pdf", samples.PDF)
        file = dossier.attachment_ids
        file.with_user(self.officer_a1).write({"mimetype": "text/html"})
        self.assertEqual(file.mimetype, "application/pdf")
        file.with_user(self.officer_a1).write({"raw": samples.HTML})
        self.assertEqual(file.mimetype, "application/octet-stream")
        with self._refused(UserError, "another type of file"):
            dossier.action_submit()
        # even if the store were wrong
        self.env.cr.execute(
            "UPDATE ir_attachment SET mimetype = 'application/pdf' WHERE id = %s",
            [file.id],
        )
        file.invalidate_recordset()
        with self._refused(UserError, "another type of file"):
            dossier.action_submit()

    def test_names_are_composed_and_trimmed(self):
        dossier = self._with("  Bie\u0302n ba\u0309n.pdf ", samples.PDF)
        self.assertEqual(dossier.attachment_ids.name, "Biên bản.pdf")
        dossier.attachment_ids.name = " Đo\u031bn.pdf"
        self.assertEqual(dossier.attachment_ids.name, "Đơn.pdf")

    def test_the_rest_of_the_form_is_not_lost(self):
        dossier = self._create_initiative()
        files = self.env["ir.attachment"].with_user(self.officer_a1)
        bad = files.create({"name": "a.pdf", "raw": samples.EXE})
        with Form(dossier) as form:
            form.problem = "Viết mười trang"
            form.attachment_ids.add(bad)
            with self._refused(UserError, "another type of file than “a.pdf”"):
                form.save()
            self.assertEqual(form.problem, "Viết mười trang")
            form.attachment_ids.remove(bad.id)
        self.assertEqual(dossier.problem, "Viết mười trang")

    def test_an_upload_to_a_dossier_is_judged_at_once(self):
        dossier = self._create_initiative()
        files = self.env["ir.attachment"].with_user(self.officer_a1)
        home = {"res_model": "emulation.initiative", "res_id": dossier.id}
        with self._refused(UserError, "another type of file"):
            files.create({"name": "a.pdf", "raw": samples.EXE, **home})
        with self._refused(UserError, "another type"):
            files.create({"name": "a.pdf", "raw": samples.EXE, **home, "res_id": 0})
        file = files.create({"name": "a.odt", "raw": samples.ODT, **home, "res_id": 0})
        with self._refused(UserError, "another type"):
            dossier.attachment_ids = [Command.link(file.id)]
        self.round.file_type_ids |= self.env.ref("emulation.file_type_odt")
        dossier.attachment_ids = [Command.link(file.id)]
        self.assertEqual(file.res_id, dossier.id)

    def test_no_link_of_its_own(self):
        file = self._create_initiative().attachment_ids.with_user(self.officer_a1)
        for vals in ({"public": True}, {"access_token": "abc"}):
            with self.subTest(vals), self._refused(AccessError, "its dossier"):
                file.write(vals)
        files = self.env["ir.attachment"].with_user(self.officer_a1)
        open_file = files.create(
            {
                "name": "a.pdf",
                "raw": samples.PDF,
                "res_model": "emulation.initiative",
                "res_id": 0,
                "public": True,
            }
        )
        self.assertFalse(open_file.public)

    def test_no_default_publishes_a_file_of_a_dossier(self):
        """By context or by values kept for new forms: it hangs there, unpublished."""
        dossier = self._create_initiative()
        files = self.env["ir.attachment"].with_user(self.officer_a1)
        given = {"res_model": dossier._name, "res_id": dossier.id, "public": True}
        given["access_token"] = "abc"
        context = {f"default_{name}": value for name, value in given.items()}
        vals = {"name": "a.pdf", "raw": samples.PDF}
        file = files.with_context(**context).create(vals)
        self._keep_defaults(self.officer_a1, given)
        for one in (file, files.create(vals)):
            self.assertEqual((one.res_model, one.res_id), (dossier._name, dossier.id))
            self.assertFalse(one.public)
            self.assertFalse(one.access_token)
            seen = one.with_user(self.internal_user)
            with self._refused(AccessError, "."):
                seen.read(["raw"])

    def test_no_default_hangs_a_file_on_what_its_user_may_not_write(self):
        other = self._create_initiative(
            "Của xã khác", self.commune_b1, user=self.officer_b1
        )
        paper = self.env["emulation.document"].create(
            {
                "kind_id": self.env.ref("emulation.document_kind_qd").id,
                "unit_id": self.province.id,
                "subject": "Về việc thử",
            }
        )
        files = self.env["ir.attachment"].with_user(self.officer_a1)
        vals = {"name": "a.pdf", "raw": samples.PDF}
        for home in (other, paper):
            model, number = home._name, home.id
            for given, context in (
                ({}, {"default_res_model": model, "default_res_id": number}),
                ({"res_model": model}, {"default_res_id": number}),
            ):
                with self.subTest(model, given=given), self._refused(AccessError, "."):
                    files.with_context(**context).create({**vals, **given})
            self._keep_defaults(self.officer_a1, {"res_model": model, "res_id": number})
            with self._refused(AccessError, "."):
                files.create(vals)

    def test_what_the_house_files_goes_where_it_says(self):
        """Nor does a default publish it: a scan, the print of a restricted paper."""
        dossier = self._create_initiative()
        given = {"res_model": dossier._name, "res_id": dossier.id, "public": True}
        files = self.env["ir.attachment"].with_user(self.officer_a1).sudo()
        vals = {"name": "a.pdf", "raw": samples.PDF}
        own = {"res_model": "emulation.unit", "res_id": self.commune_a1.id}
        self._keep_defaults(self.officer_a1, given)
        free, scan = files.create([vals, {**vals, **own}])
        self.assertFalse(free.res_model or free.res_id)
        self.assertEqual((scan.res_model, scan.res_id), tuple(own.values()))
        self.assertFalse(scan.public)

    def test_uploads_without_a_dossier_are_swept(self):
        files = self.env["ir.attachment"].with_user(self.officer_a1)
        home = {"res_model": "emulation.initiative", "res_id": 0}
        old, new = files.create(
            [{"name": f"{n}.pdf", "raw": samples.PDF, **home} for n in "ab"]
        )
        kept = self._create_initiative().attachment_ids
        elsewhere = files.create({"name": "c.pdf", "raw": samples.PDF})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - %s WHERE id IN %s",
            [timedelta(hours=25), (old.id, kept.id, elsewhere.id)],
        )
        self.env.invalidate_all()
        self.env["ir.attachment"]._gc_orphan_uploads()
        self.assertEqual(
            (old | new | kept | elsewhere).exists(), new | kept | elsewhere
        )
        keep = self.env["ir.config_parameter"].sudo()
        keep.set_param("emulation.upload_keep_hours", "0")
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - %s WHERE id = %s",
            [timedelta(minutes=5), new.id],
        )
        self.env.invalidate_all()
        self.env["ir.attachment"]._gc_orphan_uploads()
        self.assertFalse(new.exists())
