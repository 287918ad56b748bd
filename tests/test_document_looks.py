from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_secrecy import SecrecyCommon
from .document_common import MM, DocumentCase

OVERLAY = "Danh sách khác"
# Ways to lay words over what stands beside them, or to hide it
COVERS = (
    'style="position:absolute;top:0;left:0;background:#fff;z-index:9"',
    'class="position-absolute bg-white w-100 h-100"',
    'class="watermark"',
    'class="address"',
    'style="margin-top:-80mm;background-color:white"',
    'style="transform:translateY(-60mm)"',
    'style="float:right;height:0;overflow:visible"',
    'style="font-size:900pt;line-height:0"',
    'style="color:#fff;opacity:0"',
    'style="text-indent:-100mm"',
    "hidden",
)
LOOKS = (
    "position", "background", "z-index", "bg-white", "watermark", "address",
    "margin-top", "transform", "float", "overflow", "font-size", "color", "hidden",
    "opacity", "text-indent",
)  # fmt: skip


def _covers():
    return "".join(f"<div {looks}>{OVERLAY}</div>" for looks in COVERS)


@tagged("post_install", "-at_install")
class TestDocumentLooks(DocumentCase):
    """What a drafter writes stays in the flow of the text, in black on white."""

    def _assert_plain(self, text):
        self.assertEqual(text.count(OVERLAY), len(COVERS), "the wording stays")
        for looks in LOOKS:
            self.assertNotIn(looks, text)

    def test_own_paper_does_not_cover_the_letterhead(self):
        document = self._create_document(body=f"<p>Điều 1.</p>{_covers()}")
        page = self._print(document)[0]
        head = self._line(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        first = self._line(page, "Điều 1.")
        self.assertLess(head["bottom"], first["top"])
        for found in page.search(OVERLAY, regex=False):
            self.assertGreater(found["top"] * MM, first["bottom"] - 0.5)
            self.assertGreaterEqual(found["x0"] * MM, 29.5)
        draft = page.extract_text()
        document.action_sign()
        self._assert_plain(document.body)
        signed = self._open_pdf(document.pdf_attachment_id.raw)
        self.addCleanup(signed.close)
        words = signed.pages[0].extract_text()
        self.assertEqual(draft.count(OVERLAY), words.count(OVERLAY))

    def test_annexes_are_plain_too(self):
        embedded = f'<div class="o_annex"><p>Trong lời</p>{_covers()}</div>'
        document = self._create_document(
            body=f"<p>Điều 1.</p>{embedded}",
            annex_ids=[Command.create({"title": "Một", "body": _covers()})],
        )
        text, annexes = document._body_parts()
        self.assertNotIn(OVERLAY, text)
        for annex in annexes:
            self._assert_plain(annex["body"])
        document.action_sign()
        self._assert_plain(document.body)
        self._assert_plain(document.annex_ids.body)

    def test_ordinary_looks_stay(self):
        body = (
            '<p style="text-align: center"><b>Đậm</b> <em>nghiêng</em></p>'
            '<p style="padding-left: 20px; text-indent: 10mm">Lùi vào</p>'
            '<table class="table table-bordered"><tbody><tr>'
            '<td style="width: 30%">Một</td><td style="width: 70%" colspan="2">Hai'
            "</td></tr></tbody></table>"
            "<ol><li>Một</li></ol>"
        )
        annex = Command.create({"title": "Một", "body": body})
        document = self._create_document(body=body, annex_ids=[annex])
        before = str(document.body), str(document.annex_ids.body)
        self.assertEqual(document._body_parts()[0], before[0])
        document.action_sign()
        self.assertEqual((document.body, document.annex_ids.body), before)

    def test_text_of_nothing_but_a_drawing_prints_empty(self):
        document = self._create_document(body="<svg><text>Hình</text></svg>")
        self.assertEqual(document._body_parts(), ("", []))

    def test_words_in_angle_brackets_stay_words(self):
        document = self._create_document(body="&lt;b&gt; là thẻ<p>Điều 1.</p>")
        document.action_sign()
        self.assertIn("&lt;b&gt; là thẻ", document.body)


@tagged("post_install", "-at_install")
class TestSessionLooks(SecrecyCommon):
    """The secretary's words beside the table of results do not stand over it."""

    def _sign(self):
        self.minutes.with_user(self.secretary_user).action_sign()
        self.minutes.with_user(self.chair_user).action_sign()

    def test_overlay_beside_the_table_becomes_text(self):
        draft = self.minutes.with_user(self.secretary_user)
        body = str(draft.body)
        table = body[body.rindex("<table") : body.rindex("</table>") + 8]
        draft.body = body.replace(table, f"{_covers()}{table}{_covers()}")
        printed = draft._body_parts()[0]
        self._sign()
        self.assertEqual(self.minutes.state, "signed")
        for text in (printed, self.minutes.body):
            self.assertEqual(text.count(OVERLAY), 2 * len(COVERS))
            self.assertIn('class="o_generated"', text)
            for looks in LOOKS:
                self.assertNotIn(looks, text)

    def test_composed_text_is_signed_as_composed(self):
        before = str(self.minutes.body)
        self._sign()
        self.assertEqual(self.minutes.body, before)

    def test_table_stands_in_no_cell_or_small_print(self):
        draft = self.minutes.with_user(self.secretary_user)
        body = str(draft.body)
        table = body[body.rindex("<table") : body.rindex("</table>") + 8]
        for around in (
            "<table><tr><td>{}</td></tr></table>",
            "<small>{}</small>",
            "<details>{}</details>",
        ):
            draft.body = body.replace(table, around.format(table))
            with self.assertRaisesRegex(UserError, "Compose the text again"):
                draft.action_sign()
