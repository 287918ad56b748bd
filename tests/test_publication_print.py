import io

from docx import Document

from odoo.tests import HttpCase, tagged

from .common_publication import PublicationCommon, picture
from .document_common import MM, DocumentCase


@tagged("post_install", "-at_install")
class TestPublicationPrint(PublicationCommon, DocumentCase, HttpCase):
    """The book on paper: pages, contents, indexes; the manuscript as a Word file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.long = cls._write_story(
            name="Chuyện dài",
            story="<p>" + "</p><p>".join(["Một đoạn văn dài. " * 30] * 12) + "</p>",
            initiative_id=cls.recognised.id,
            photo=picture((1800, 900)),
            photo_caption="Ảnh vườn",
        )
        cls.last = cls._write_story(
            name="Chuyện cuối", partner_id=False, sequence=20,
            story="<h2>Mục</h2><p>Chữ <b>đậm</b> và <i>nghiêng</i>.</p><ul><li>Một</li>"
            "</ul><table><tr><td>A</td><td>B</td></tr></table>",
        )  # fmt: skip
        cls.hidden = cls._write_story(name="Chưa đồng ý", consent=False)
        cls._accept(cls.long, cls.last)

    def _print(self, books=None):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.movement_user)
            ._render_qweb_pdf("emulation.report_publication", (books or self.book).ids)
        )
        return content

    def test_contents_and_index_tell_the_right_pages(self):
        with self._open_pdf(self._print()) as pdf:
            page = pdf.pages[0]
            self.assertMm(page.width * MM, 148)
            self.assertMm(page.height * MM, 210)
            texts = [one.extract_text() for one in pdf.pages]
        self.assertNotIn("Chưa đồng ý", "".join(texts))
        self.assertIn("1.200 bản", texts[1])
        begins = {
            title: next(
                number
                for number, text in enumerate(texts, start=1)
                if number > 3 and f"\n{title}\n" in f"\n{text}\n"
            )
            for title in ("Chuyện dài", "Chuyện cuối")
        }
        self.assertGreater(begins["Chuyện cuối"], begins["Chuyện dài"] + 2)
        contents = texts[2]
        self.assertIn("MỤC LỤC", contents.upper())
        indexes = [
            text
            for text in texts
            if text.upper().count("TRA THEO") and text != contents
        ]
        self.assertEqual(len(indexes), 2)
        for title, number in begins.items():
            for text in (contents, *indexes[:1]):
                self.assertRegex(text, rf"{title}[^\n]*?[\s.]{number}\b")
        inner = texts[begins["Chuyện dài"]]
        self.assertTrue({"Gương người đoàn kết", "Chuyện dài"} & set(inner.split("\n")))

    def test_several_books_print_into_one_file(self):
        second = self.book.copy({"name": "Cuốn thứ hai"})
        content = self._print(self.book | second)
        with self._open_pdf(content) as pdf:
            text = "".join(page.extract_text() for page in pdf.pages)
        self.assertIn("Chuyện cuối", text)
        self.assertIn("CUỐN THỨ HAI", text.upper())

    def test_a4_and_draft_mark(self):
        self.book.paper = "a4"
        with self._open_pdf(self._print()) as pdf:
            self.assertMm(pdf.pages[0].width * MM, 210)
            self.assertIn("Bản thảo", pdf.pages[0].extract_text())

    def test_indexes_follow_the_vietnamese_alphabet(self):
        for name in ("Đơn vị", "Dân vận", "Ấp Đông", "An Hòa"):
            unit = self._create_unit(f"X{name}", name, "territory", "commune",
                                     self.district_a)  # fmt: skip
            self._accept(self._write_story(unit_id=unit.id, user=self.officer_a))
        headings = [heading for heading, _stories in self.book._get_index("unit")]
        named = [
            one for one in headings if one in ("Đơn vị", "Dân vận", "Ấp Đông", "An Hòa")
        ]
        self.assertEqual(named, ["An Hòa", "Ấp Đông", "Dân vận", "Đơn vị"])

    def test_manuscript_is_a_word_file_of_what_one_may_read(self):
        self.authenticate("movement_user", "movement_user")
        path = f"/emulation/publication/{self.book.id}/manuscript"
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200)
        self.assertIn("wordprocessingml", response.headers["Content-Type"])
        document = Document(io.BytesIO(response.content))
        text = "\n".join(one.text for one in document.paragraphs)
        for expected in (
            "Lời đầu sách",
            "Chuyện dài",
            "Ảnh vườn",
            "A | B",
            "Chữ đậm và",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("Chưa đồng ý", text)
        self.assertEqual(len(document.inline_shapes), 1)
        headings = [o.text for o in document.paragraphs if o.style.name == "Heading 1"]
        self.assertEqual(headings[:3], ["Lời giới thiệu", "Chuyện dài", "Chuyện cuối"])
        # readable before a word processor has reckoned its pages
        self.assertIn("\n".join(headings), text)
        bold = [
            run.text.strip()
            for one in document.paragraphs
            for run in one.runs
            if run.bold
        ]
        self.assertIn("đậm", bold)
        self.authenticate("officer_b1", "officer_b1")
        theirs = Document(io.BytesIO(self.url_open(path).content))
        self.assertNotIn("Chuyện dài", "\n".join(o.text for o in theirs.paragraphs))
        self.authenticate("member1_user", "member1_user")
        self.assertEqual(self.url_open(path).status_code, 404)
