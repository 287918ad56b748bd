from odoo.tests import BaseCase, tagged

from ..tools.anonymise import finds, mask

AUTHOR = "Lê Văn Thử"


@tagged("post_install", "-at_install")
class TestMask(BaseCase):
    """Names leave a mark, whatever their accents, capitals and spaces."""

    def test_names_addresses_and_numbers_go(self):
        names = ["Lê Văn Thử", "Xã Mộc Nam"]
        for text, masked in (
            ("Tôi là LÊ VĂN THỬ, xã Mộc  Nam.", "Tôi là […], […]."),
            ("le van thu - xa moc nam", "[…] - […]"),
            ("le\u0302 va\u0306n thu\u031b\u0309", "[…]"),
            ("Gọi 0912 345 678 hoặc thu@xa.vn", "Gọi […] hoặc […]"),
            ("+84912345678", "[…]"),
            ("lên 610 sản phẩm, 2.000.000.000 đồng", None),
            ("Mộc Nam", None),
            ("", None),
        ):
            with self.subTest(text):
                self.assertEqual(mask(text, names), text if masked is None else masked)

    def test_one_word_is_no_name(self):
        self.assertEqual(mask("thử một lần", ["Thử"]), "thử một lần")

    def test_longer_names_go_first(self):
        self.assertEqual(mask("Lê Văn Thử Hai", ["Lê Văn", "Lê Văn Thử Hai"]), "[…]")

    def test_file_names_tell_too(self):
        self.assertEqual(finds("mo-ta_Le-Van-Thu.pdf", [AUTHOR]), AUTHOR)
        self.assertEqual(finds("mo-ta.pdf", [AUTHOR]), "")
