import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import passages, similarity

exhaustive = settings(deadline=None, max_examples=400, database=None, derandomize=True)
WORDS = (
    "tưới nhỏ giọt điều khiển bằng tin nhắn cho vườn chuối ngự Đồ gá kẹp đa vị trí máy "
    "dập liên thông khai sinh thường trú thẻ bảo hiểm y tế vòng tay mã vạch bảng kiểm "
    "thuốc phao cảnh báo đuối nước pin mặt trời kho bài giảng số môn Địa lí"
).split()
word = st.sampled_from(WORDS)
sentence = st.lists(word, max_size=30).map(" ".join)
long_sentence = st.lists(word, min_size=10, max_size=40).map(" ".join)
messy = st.text(alphabet="aăâĂđĐêệữỲ \u00a0\t\n\u200b\ufeff.,–'“x1_", max_size=40)
texts = sentence | messy


def bands(*titles):
    return similarity.title_bands([similarity.words(title) for title in titles])


def prints(text):
    return similarity.text_prints(similarity.words(text))


@tagged("post_install", "-at_install")
class TestSimilarityProperties(BaseCase):
    """What must hold for any two texts, tried on thousands of random ones."""

    @exhaustive
    @given(texts, texts)
    def test_measures_are_between_0_and_1_and_symmetric(self, one, other):
        first, second = (
            similarity.shingles(similarity.words(text)) for text in (one, other)
        )
        near = similarity.jaccard(first, second)
        self.assertEqual(near, similarity.jaccard(second, first))
        self.assertTrue(0 <= near <= similarity.containment(first, second) <= 1)

    @exhaustive
    @given(texts)
    def test_a_text_is_itself(self, text):
        words = similarity.words(text)
        own = similarity.shingles(words)
        self.assertEqual(similarity.jaccard(own, own), 1.0 if words else 0.0)
        share, left, right = passages.compare([text], [text])
        self.assertEqual(share, 1.0 if words else 0.0)
        self.assertEqual(left, right)

    @exhaustive
    @given(texts, st.sampled_from(["NFD", "NFC", "upper", "bare", "spaced"]))
    def test_how_it_was_typed_makes_no_difference(self, text, way):
        other = {
            "upper": lambda: text.upper(),
            "bare": lambda: (
                "".join(
                    one
                    for one in unicodedata.normalize("NFD", text)
                    if not unicodedata.combining(one)
                )
                .replace("đ", "d")
                .replace("Đ", "D")
            ),
            "spaced": lambda: f"  {text.replace(' ', ' , ')}.\n",
        }.get(way, lambda: unicodedata.normalize(way, text))()
        self.assertEqual(similarity.words(other), similarity.words(text))
        self.assertEqual(bands(other), bands(text))
        self.assertEqual(prints(other), prints(text))

    @exhaustive
    @given(texts)
    def test_located_words_are_the_words_and_stand_where_they_say(self, text):
        located = similarity.located_words(text)
        self.assertEqual([one for one, _s, _e in located], similarity.words(text))
        for folded, start, end in located:
            self.assertIn(folded, similarity.words(text[start:end]))

    @exhaustive
    @given(st.lists(texts, max_size=8), st.randoms(use_true_random=False))
    def test_signing_together_or_alone_in_any_order_is_the_same(self, titles, rnd):
        alone = {title: bands(title)[0] for title in titles}
        rnd.shuffle(titles)
        self.assertEqual(bands(*titles), [alone[title] for title in titles])
        for title, signed in alone.items():
            self.assertEqual(bool(signed), bool(similarity.words(title)))
            self.assertIn(len(signed), (0, similarity.BANDS))
            self.assertTrue(all(0 <= one < 2**similarity.BAND_BITS for one in signed))

    @exhaustive
    @given(long_sentence, long_sentence, st.lists(word, min_size=9, max_size=20))
    def test_a_shared_passage_always_shares_a_fingerprint(self, one, other, common):
        """Nine words are enough, wherever they stand in the two texts."""
        passage = " ".join(common)
        ours, theirs = f"{one} {passage}", f"{passage} {other}"
        self.assertTrue(set(prints(ours)) & set(prints(theirs)))
        share, left, right = passages.compare([ours], [theirs])
        self.assertGreater(share, 0)
        self.assertTrue(any(piece[1] for piece in left[0]))
        self.assertTrue(any(piece[1] for piece in right[0]))

    @exhaustive
    @given(st.lists(texts, max_size=4), st.lists(texts, max_size=4), sentence)
    def test_segments_make_up_the_texts(self, ours, theirs, phrase):
        phrases = [tuple(similarity.words(phrase))] if phrase else []
        share, left, right = passages.compare(ours, theirs, phrases)
        for side, segments in ((ours, left), (theirs, right)):
            whole = ["".join(piece for piece, _n, _t in one) for one in segments]
            self.assertEqual(whole, side)
        self.assertTrue(0 <= share <= 1)
        numbers = [
            {number for one in side for _piece, number, _t in one} - {0}
            for side in (left, right)
        ]
        self.assertLessEqual(numbers[1], numbers[0], "a passage stands on both sides")

    @exhaustive
    @given(sentence, sentence, st.lists(word, min_size=5, max_size=9))
    def test_words_of_the_form_never_count(self, one, other, phrase):
        form = " ".join(phrase)
        phrases = [tuple(similarity.words(form))]
        words = similarity.words(f"{one} {form} {other}")
        left = [
            token
            for token, flag in zip(
                words, similarity.marked(words, phrases), strict=True
            )
            if not flag
        ]
        self.assertLessEqual(len(left), len(words) - len(phrase))
        share, segments, _theirs = passages.compare([form], [form], phrases)
        self.assertEqual(share, 0)
        self.assertTrue(all(is_template for _p, _n, is_template in segments[0]))

    @exhaustive
    @given(st.sets(st.integers(0, 50), max_size=20), st.integers(0, 5000))
    def test_the_rarest_stay_within_the_budget(self, values, budget):
        shares = {value: value / 50 for value in values if value}
        kept = similarity.rarest(values, shares, 1000, budget)
        self.assertEqual(bool(kept), bool(values), "one is always followed")
        visited = sum(shares.get(value, 0) * 1000 for value in kept)
        self.assertTrue(len(kept) < 2 or visited <= budget + 1e-6)
        left = values - set(kept)
        if left:
            self.assertLessEqual(
                max(shares.get(value, 0) for value in kept),
                min(shares.get(value, 0) for value in left),
            )

    def test_near_copies_share_bands(self):
        """Neighbours swapped, a word dropped, a letter lost: nearly all are found."""
        rnd = random.Random(7)
        found = 0
        for _round in range(300):
            words = rnd.choices(WORDS, k=18)
            copy = words[:]
            at = rnd.randrange(16)
            copy[at], copy[at + 1] = copy[at + 1], copy[at]
            del copy[rnd.randrange(17)]
            at = rnd.randrange(16)
            copy[at] = copy[at][1:]
            one, other = bands(" ".join(words), " ".join(copy))
            found += bool(set(one) & set(other))
        self.assertGreaterEqual(found, 285)

    def test_signatures_are_stored_and_must_not_drift(self):
        """A change here needs a new METHOD, or nothing old is found again."""
        signed = bands("Kho bài giảng số môn Địa lí địa phương")[0]
        self.assertEqual(
            (similarity.METHOD, signed[:3]), (1, [1616964, 2921709, 3412048])
        )
        text = "Kho bài trình chiếu và câu hỏi dùng chung trên máy chủ của trường"
        self.assertEqual(prints(text), [22199632, 149873641])

    def test_nothing_to_compare(self):
        self.assertEqual(bands("", " .,", None), [[], [], []])
        self.assertEqual(similarity.title_bands([]), [])
        self.assertEqual(prints("chỉ có năm từ thôi"), [])
        self.assertEqual(passages.compare([], []), (0.0, [], []))
        self.assertEqual(passages.compare([False], ["a"])[0], 0.0)

    def test_small_changes_do_not_break_a_passage(self):
        ours = "bộ van điện gắn thẻ SIM giá rẻ chủ vườn nhắn tin là bật từng luống"
        theirs = "Bộ van điện gắn thẻ nhớ giá rẻ, chủ vườn nhắn tin là bật từng luống!"
        _share, left, right = passages.compare([ours], [theirs])
        self.assertEqual(left, [[(ours, 1, False)]])
        self.assertEqual(right[0][0], (theirs[:-1], 1, False))

    def test_passages_do_not_go_over_fields_and_large_texts_are_cut(self):
        left = ["một hai ba bốn", "năm sáu bảy tám"]
        together = ["một hai ba bốn năm sáu bảy tám"]
        _share, segments, _theirs = passages.compare(left, together)
        self.assertEqual([one[0][1] for one in segments], [1, 2])
        huge = "abc " * 3_000_000
        self.assertLess(len(similarity.words(huge)), 20_000)
        self.assertLess(len(prints(huge)), 20_000)
