import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.text import clean, fold, given_name_key, phone_key

exhaustive = settings(deadline=None, max_examples=150, database=None, derandomize=True)
# Vietnamese letters, spaces of all sorts and stray format characters.
messy = st.text(alphabet="aAăâĂđĐêệữỲ \u00a0\t\n\u200b\ufeff.'x", max_size=20)
letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"


@tagged("post_install", "-at_install")
class TestText(BaseCase):
    """Names are stored, searched and sorted the same, however they were typed."""

    def test_clean_composes_and_trims(self):
        decomposed = unicodedata.normalize("NFD", "Đặng Thị Thơm")
        self.assertEqual(
            clean(f" \u00a0{decomposed[:9]}\u200b{decomposed[9:]}\n"), "Đặng Thị Thơm"
        )
        self.assertEqual(clean("Vũ  \t Thị\nHòa"), "Vũ Thị Hòa")
        self.assertEqual(clean(False), "")
        self.assertEqual(clean(None), "")

    def test_fold_for_searching(self):
        self.assertEqual(fold("  Đoàn Kết  SÁNG TẠO "), "doan ket sang tao")
        self.assertEqual(fold("Ủy ban MTTQ tỉnh"), "uy ban mttq tinh")
        self.assertEqual(fold("ưỡn ẹo"), "uon eo")
        self.assertEqual(fold("한"), "한", "what has no accent stays composed")
        self.assertEqual(fold(False), "")

    @exhaustive
    @given(messy)
    def test_clean_is_stable_and_tidy(self, text):
        tidy = clean(text)
        self.assertEqual(clean(tidy), tidy)
        self.assertEqual(tidy.split(), tidy.split(" ") if tidy else [])
        self.assertTrue(unicodedata.is_normalized("NFC", tidy))
        self.assertFalse(set(tidy) & set("\u200b\ufeff"))

    @exhaustive
    @given(messy)
    def test_fold_ignores_the_form_of_the_text(self, text):
        folded = fold(text)
        self.assertEqual(fold(folded), folded)
        self.assertEqual(fold(unicodedata.normalize("NFD", text)), folded)
        self.assertEqual(fold(text.upper()), folded)
        self.assertTrue(folded.isascii())

    def test_given_name_decides_first_then_family_then_middle(self):
        names = [
            "Trần Thị Bình",
            "Nguyễn Văn An",
            "Lê Văn Bình",
            "Trần Anh Bình",
            "Phạm Ân",
        ]
        self.assertEqual(
            sorted(names, key=given_name_key),
            [
                "Nguyễn Văn An",
                "Phạm Ân",
                "Lê Văn Bình",
                "Trần Anh Bình",
                "Trần Thị Bình",
            ],
        )

    def test_letters_before_tones(self):
        words = ["Ân", "Ăn", "Anh", "Ạn", "Án", "An", "Đạt", "Dũng", "Dung"]
        self.assertEqual(
            sorted(words, key=given_name_key),
            ["An", "Án", "Ạn", "Anh", "Ăn", "Ân", "Dung", "Dũng", "Đạt"],
        )
        tones = ["ạ", "á", "ã", "ả", "à", "a"]
        self.assertEqual(sorted(tones, key=given_name_key), tones[::-1])

    def test_telephone_numbers_compare(self):
        for text in ("+84 912 345 678", "0084912345678", "0912.345.678", "84912345678"):
            self.assertEqual(phone_key(text), "0912345678", text)
        self.assertEqual(phone_key("+81 90-1234-5678"), "819012345678")
        for text in ("", None, "123", "máy lẻ 12"):
            self.assertEqual(phone_key(text), "", text)

    def test_empty_name_has_a_key(self):
        self.assertEqual(given_name_key(False), "")

    @exhaustive
    @given(st.text(letters, min_size=1, max_size=5), st.text(letters, min_size=1))
    def test_untoned_words_sort_by_the_alphabet(self, first, second):
        alphabet = [letters.index(char) for char in first]
        other = [letters.index(char) for char in second]
        self.assertEqual(
            given_name_key(first) < given_name_key(second), alphabet < other
        )
