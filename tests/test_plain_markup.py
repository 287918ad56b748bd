from pathlib import Path

from lxml import etree

from odoo.tests import BaseCase, tagged

from ..tools.plain_markup import CLASSES, plain

REPORTS = Path(__file__).parents[1] / "reports"


@tagged("post_install", "-at_install")
class TestPlainMarkup(BaseCase):
    """Only looks that move, cover and hide nothing."""

    def _assert_kept(self, *texts):
        for text in texts:
            with self.subTest(text):
                self.assertEqual(plain(text), text)

    def _assert_becomes(self, text, expected):
        with self.subTest(text):
            self.assertEqual(plain(text), expected)
            self.assertEqual(plain(expected), expected, "nothing is left to do")

    def test_harmless_looks_stay_to_the_letter(self):
        self._assert_kept(
            "",
            "Chỉ có lời &lt;b&gt; &amp; dấu",
            '<p style="text-align:center;font-weight: bold">Giữa</p>đuôi',
            '<p style="text-indent: 0; padding-left: 1.5cm; margin: 0 0 6pt">Lùi</p>',
            '<p style="line-height: 1.5; font-size: 13pt">Cỡ chữ</p>',
            '<table class="o_generated"><tr><td style="width: 30%">1</td></tr></table>',
            '<table><colgroup><col style="width: 45mm"></colgroup></table>',
            '<td style="vertical-align: middle; border: none" rowspan="2">1</td>',
            '<ol style="list-style-type: lower-roman" start="3"><li>1</li></ol>',
            '<section class="o_annex"><p class="o_annex_title">Tên</p></section>',
            '<img src="/web/image/7" alt="Hình" style="width: 50%">',
            '<a href="https://example.com">liên kết</a>',
        )

    def test_styles_that_move_cover_or_hide_go(self):
        for style in (
            "position:absolute", "position:relative;top:-5mm", "z-index:9",
            "margin-top:-1mm", "margin:0 -5mm", "margin: calc(-5mm)", "float:left",
            "transform:rotate(9deg)", "opacity:0", "color:#fff", "color:white",
            "background:#fff", "background-image:url(x)", "display:none",
            "visibility:hidden", "height:0", "overflow:hidden", "font-size:300pt",
            "font-size:1px", "font-size:9em", "line-height:0", "line-height:-1",
            "letter-spacing:-5px", "text-indent:-9mm", "text-indent:900mm",
            "padding-left:900mm", "vertical-align:50mm", "width:20%",
            "text-decoration:underline 50mm white", "clip-path:inset(50%)",
            "list-style-type:'x'", "border:50mm solid white", "font:900pt serif",
            "text-align:center}", "posi\\74ion:absolute", "content:'x'",
            "text-align:var(--x)", "page:wide", "white-space:nowrap", "all:unset",
            "text-indent: 1e9mm", "text-indent:٥mm", "--x:1",
        ):  # fmt: skip
            self._assert_becomes(f'<p style="{style}">Lời</p>', "<p>Lời</p>")

    def test_the_harmless_rest_of_a_style_stays(self):
        self._assert_becomes(
            '<p style="position:absolute; TEXT-ALIGN : Center !important">Lời</p>',
            '<p style="text-align: center">Lời</p>',
        )
        self._assert_becomes(
            '<td style="width: 500%; text-align: right">1</td>',
            '<td style="text-align: right">1</td>',
        )

    def test_unknown_classes_and_attributes_go(self):
        self._assert_becomes(
            '<p class="o_centered position-absolute watermark" hidden dir="rtl" '
            'align="right">Lời</p>',
            '<p class="o_centered">Lời</p>',
        )
        self._assert_becomes(
            '<td colspan="99999" width="0" bgcolor="white">1</td>', "<td>1</td>"
        )

    def test_elements_that_draw_go_and_words_stay(self):
        for gone in (
            "<style>p{display:none}</style>",
            '<link rel="stylesheet" href="data:text/css,x">',
            '<svg><rect width="9"></rect></svg>',
            '<iframe src="x"></iframe>',
            "<script>x</script>",
            "<!-- lời -->",
            '<object data="x"></object>',
        ):
            self._assert_becomes(f"<p>Một</p>{gone} hai", "<p>Một</p> hai")
        self._assert_becomes("<big><big>Lời</big></big> a", "Lời a")
        self._assert_becomes("<small><small>Lời</small></small>", "Lời")
        self._assert_becomes('<font color="white">Lời</font>', "Lời")
        self._assert_becomes("<button>Lời</button><marquee>b</marquee>", "Lờib")
        self._assert_becomes("<details><p>Lời</p></details>", "<p>Lời</p>")

    def test_nothing_gives_nothing(self):
        for nothing in (None, False, "", " "):
            self.assertEqual(plain(nothing), "")

    def test_shipped_texts_look_as_they_are_composed(self):
        """Every look that a template of a text uses is one that is kept."""
        found = 0
        for path in REPORTS.glob("*_templates.xml"):
            for template in etree.parse(path).iter("template"):
                if template.get("id").startswith("document_"):
                    found += self._check_template(template)
        self.assertGreater(found, 50)

    def _check_template(self, template):
        found = 0
        for element in template.iter("{*}*"):
            for name in ("class", "style"):
                if value := element.get(name):
                    tag = element.tag
                    text = f'<{tag} {name}="{value}"></{tag}>'
                    self.assertEqual(plain(text), text)
                    found += 1
        return found

    def test_no_class_of_the_layout_of_a_page(self):
        page = {"head", "title", "watermark", "closing", "signatures", "address"}
        self.assertFalse(CLASSES & page)
