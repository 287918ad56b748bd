import struct
import zipfile
from io import BytesIO

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..tools.packages import BOMB, LOCKED, PROGRAM, Limits, find_fault
from .common_portal import PortalCommon

WORD = (
    b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.'
    b'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
MEGABYTE = 1024 * 1024
LIMITS = Limits(size=10 * MEGABYTE, entries=50, ratio=100, depth=2)


def pack(parts, method=zipfile.ZIP_DEFLATED):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def document(**parts):
    """Return a Word document with more parts (``__`` stands for a slash)."""
    more = {name.replace("__", "/"): one for name, one in parts.items()}
    return pack({"[Content_Types].xml": WORD, "word/document.xml": b"<w/>", **more})


@tagged("post_install", "-at_install")
class TestPackages(BaseCase):
    """What lies within a package is known by unpacking it into nothing."""

    def _fault(self, content, **limits):
        return find_fault(content, Limits(**{**vars(LIMITS), **limits}))

    def test_ordinary_documents_are_taken(self):
        self.assertEqual(self._fault(document()), "")
        table = b"<row><c>12</c></row>" * 40000
        self.assertEqual(self._fault(pack({"xl/sheet1.xml": table})), "")
        self.assertEqual(self._fault(b"%PDF-1.4"), "", "no package")

    def test_what_unpacks_without_end(self):
        bomb = pack({"a.txt": b"0" * (11 * MEGABYTE)})
        self.assertEqual(self._fault(bomb), BOMB)
        self.assertEqual(self._fault(bomb, size=300 * MEGABYTE), "", "a tenth is free")
        ratio = {"size": 100 * MEGABYTE, "ratio": 100}
        self.assertEqual(self._fault(bomb, **ratio), BOMB, "1000 times its size")
        self.assertEqual(self._fault(bomb, **ratio | {"ratio": 5000}), "")

    def test_a_size_that_is_a_lie(self):
        content = bytearray(pack({"a.txt": b"0" * (11 * MEGABYTE)}))
        declared = struct.pack("<L", 11 * MEGABYTE)
        self.assertEqual(content.count(declared), 2)
        content = bytes(content).replace(declared, struct.pack("<L", 10))
        self.assertEqual(self._fault(content), BOMB)

    def test_too_many_parts(self):
        parts = pack({f"{number}.txt": b"x" for number in range(51)})
        self.assertEqual(self._fault(parts), BOMB)
        self.assertEqual(self._fault(parts, entries=51), "")

    def test_packages_within_packages(self):
        inner = pack({"a.txt": b"0" * (6 * MEGABYTE)})
        twice = pack({"a.zip": inner, "b.zip": inner}, zipfile.ZIP_STORED)
        self.assertEqual(self._fault(twice), BOMB, "together they are too large")
        deep = pack({"c.zip": pack({"b.zip": pack({"a.txt": b"x"})})})
        self.assertEqual(self._fault(deep), BOMB)
        self.assertEqual(self._fault(deep, depth=3), "")

    def test_programs_by_name_and_by_content(self):
        wrapped = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "\x01Ole10Native".encode(
            "utf-16-le"
        )
        for parts in (
            {"word__setup.EXE": b"x"},
            {"word__media__anh.jpg": b"MZ\x90\x00"},
            {"word__embeddings__oleObject1.bin": wrapped},
            {"a.zip": pack({"b.bat": b"del"})},
        ):
            with self.subTest(parts=list(parts)):
                self.assertEqual(self._fault(document(**parts)), PROGRAM)

    def test_what_cannot_be_looked_into(self):
        content = bytearray(pack({"a.txt": b"x"}))
        content[6] |= 1
        content[content.index(b"PK\x01\x02") + 8] |= 1
        self.assertEqual(self._fault(bytes(content)), LOCKED)
        self.assertEqual(self._fault(b"PK\x03\x04" + b"x" * 100), LOCKED)
        self.assertEqual(self._fault(pack({"a": b"x"}, zipfile.ZIP_LZMA)), LOCKED)


@tagged("post_install", "-at_install")
class TestPackedFiles(PortalCommon):
    """A dossier takes none of it, and says what to attach instead."""

    def _set(self, name, value):
        self.env["ir.config_parameter"].set_param(f"emulation.package_{name}", value)

    def test_each_is_refused_in_words(self):
        draft = self._draft()
        self._set("max_mb", 1)
        for content, words in (
            (document(word__a=b"0" * (2 * MEGABYTE)), "unpacks to more"),
            (document(word__setup=b"MZ"), "program"),
            (document(word__vbaProject=b"x"), None),
            (document(**{"word__vbaProject.bin": b"x"}), "without macros"),
        ):
            if not words:
                draft._author_attach("ok.docx", content)
                continue
            with (
                self.subTest(words),
                self._refused(UserError, f"(?s)docx.*{words}|{words}.*docx"),
            ):
                draft._author_attach("mo-ta.docx", content)
        self.assertEqual(draft.sudo().attachment_ids.mapped("name"), ["ok.docx"])

    def test_each_limit_is_read(self):
        draft = self._draft()
        content = document(word__a=b"0" * (2 * MEGABYTE))
        draft._author_attach("a.docx", content)
        for name, few, many in (
            ("max_entries", 2, 5000),
            ("max_mb", 1, 300),
        ):
            with self.subTest(name):
                self._set(name, few)
                with self._refused(UserError, "unpacks to more"):
                    draft._author_attach("b.docx", content)
                self._set(name, many)
        deep = document(word__a=pack({"b.zip": pack({"c.txt": b"x"})}))
        draft._author_attach("tep.docx", document(word__b=pack({"c.txt": b"x"})))
        with self._refused(UserError, "unpacks to more"):
            draft._author_attach("sau.docx", deep)
        self._set("max_depth", 0)
        draft._author_attach("sau.docx", deep)
        self._set("max_mb", 10)
        with self._refused(UserError, "unpacks to more"):
            draft._author_attach("b.docx", content)
        self._set("max_ratio", 100_000)
        draft._author_attach("b.docx", content)

    def test_line_breaks_in_a_name(self):
        file = self._draft()._author_attach("a\r\nX-Evil: 1\x00.pdf", b"%PDF-1.4 thu")
        self.assertEqual(file.name, "a X-Evil: 1.pdf")
