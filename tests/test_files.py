from odoo.tests import BaseCase, tagged

from ..tools.files import MACRO, detect, ending, is_active, words
from . import common_files as samples

OOXML = "application/vnd.openxmlformats-officedocument."


@tagged("post_install", "-at_install")
class TestFiles(BaseCase):
    """A file is what is in it."""

    def test_types_that_rounds_accept(self):
        for content, mimetype in (
            (samples.PDF, "application/pdf"),
            (b"\xef\xbb\xbf\n" + samples.PDF, "application/pdf"),
            (samples.PNG, "image/png"),
            (samples.JPEG, "image/jpeg"),
            (samples.MP4, "video/mp4"),
            (samples.MP4.replace(b"isom", b"qt  "), "video/quicktime"),
            (samples.MP4.replace(b"isom", b"heic"), "image/heic"),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
            (samples.DOCX, f"{OOXML}wordprocessingml.document"),
            (samples.XLSX, f"{OOXML}spreadsheetml.sheet"),
            (samples.PPTX, f"{OOXML}presentationml.presentation"),
            (samples.ODT, "application/vnd.oasis.opendocument.text"),
            (samples.DOC, "application/msword"),
        ):
            with self.subTest(mimetype):
                self.assertEqual(detect(content), mimetype)

    def test_programs_in_office_files(self):
        for content in (samples.MACROS, samples.DOCM, samples.DOC_MACROS):
            self.assertEqual(detect(content), MACRO)
        basic = {"mimetype": "application/vnd.oasis.opendocument.text", "Basic/x": ""}
        self.assertEqual(detect(samples.package(basic)), MACRO)

    def test_everything_else_is_not_certain(self):
        for content in (
            *(b"", b"x", samples.EXE, samples.HTML, samples.SVG, samples.SCRIPT),
            *(samples.BROKEN_ZIP, samples.OLE, b"<html>%PDF-1.4</html>"),
            *(b"RIFF\x00\x00\x00\x00WAVE", b"\x00\x00\x00\x18ftypXXXX"),
        ):
            with self.subTest(content[:20]):
                self.assertEqual(detect(content), "")
        self.assertEqual(detect(samples.ZIP), "application/zip")

    def test_a_bomb_is_not_read(self):
        """Only the small parts that tell the type are unpacked, up to a limit."""
        bomb = samples.package({"[Content_Types].xml": "0" * 8_000_000})
        self.assertEqual(detect(bomb), "application/zip")

    def test_names(self):
        names = {"a.PDF": "pdf", "a.b.jpg ": "jpg", "khong": "", ".pdf": "", None: ""}
        for name, last in names.items():
            self.assertEqual(ending(name), last)
        self.assertEqual(words(" .JPG,  jpeg png "), {"jpg", "jpeg", "png"})

    def test_what_a_browser_runs(self):
        for mimetype in ("text/html", "image/svg+xml", "Text/HTML; charset=utf-8"):
            self.assertTrue(is_active(mimetype))
        for mimetype in ("application/pdf", "text/plain", "", None):
            self.assertFalse(is_active(mimetype))
