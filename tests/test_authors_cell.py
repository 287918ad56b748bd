import unicodedata
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.amounts import parse_amount
from ..tools.authors import MOST_TEXT, parse_authors, show_authors
from ..tools.authors_shares import AuthorsError

exhaustive = settings(deadline=None, max_examples=200, database=None, derandomize=True)

FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi", "Đoàn", "Vũ", "Ngô", "Lý", "Hồ",
    "Hoàng", "Đỗ", "Kiều", "Lưu", "Tạ", "Mai",
)  # fmt: skip
MIDDLE = ("Văn", "Thị", "Đình", "Hữu", "Thị Thu", "Quang", "Hà", "Gia")
GIVEN = ("An", "Bình", "Cường", "Thơm", "Lượng", "Khiêm", "Hòa", "Hoà", "Mỵ", "Ước")
TITLES = ("", "Ông ", "Bà ", "TS. ", "ThS ", "BS.", "Đ/c ", "PGS.TS. ", "Kỹ sư ")
SHARES = (
    "{name} {share}%", "{name} ({share}%)", "{name}: {share} %", "{name} - {share}%",
    "{name}-{share}%", "{name} {share}", "{name} ({share})", "{name} = {share}%",
    "{name} chiếm {share}%", "{name} (đóng góp {share}%)", "{share}% {name}",
)  # fmt: skip
JOINS = ("; ", ";", "\n", " \r\n", ", ", " và ", " & ", " / ", "\n- ")
NUMBERS = ("{n}. ", "{n}) ", "{n}/ ", "({n}) ")

names = st.builds(
    "{} {} {}".format,
    st.sampled_from(FAMILY), st.sampled_from(MIDDLE), st.sampled_from(GIVEN),
)  # fmt: skip
several = st.lists(names, min_size=1, max_size=6, unique_by=str.lower)


def written(share, comma):
    text = format(share.normalize(), "f")
    return text.replace(".", ",") if comma else text


@st.composite
def cells(draw):
    """A cell with shares, and what it means: pairs (name, share)."""
    people = draw(several)
    cuts = sorted(
        draw(
            st.lists(
                st.integers(1, 9999),
                min_size=len(people) - 1,
                max_size=len(people) - 1,
                unique=True,
            )
        )
    )
    edges = [0, *cuts, 10000]
    shares = [
        Decimal(end - begin) / 100 for begin, end in zip(edges, edges[1:], strict=False)
    ]
    form, comma = draw(st.sampled_from(SHARES)), draw(st.booleans())
    parts = [
        draw(st.sampled_from(TITLES))
        + form.format(name=name, share=written(share, comma))
        if not form.startswith("{share}")
        else form.format(name=name, share=written(share, comma))
        for name, share in zip(people, shares, strict=True)
    ]
    join = draw(st.sampled_from(JOINS))
    if draw(st.booleans()) and not form.startswith("{share}"):
        mark = draw(st.sampled_from(NUMBERS))
        parts = [mark.format(n=n) + part for n, part in enumerate(parts, 1)]
        join = draw(st.sampled_from(("; ", "\n", " ")))
    text = join.join(parts)
    if draw(st.booleans()):
        text = unicodedata.normalize("NFD", text)
    return text, list(zip(people, shares, strict=True))


@tagged("post_install", "-at_install")
class TestAuthorsCell(BaseCase):
    def _pairs(self, text):
        cell = parse_authors(text)
        return [(author.name, str(author.share)) for author in cell.authors]

    def _refused(self, text, code):
        with self.assertRaises(AuthorsError, msg=text) as refused:
            parse_authors(text)
        self.assertEqual(refused.exception.code, code, text)
        return refused.exception.values

    @exhaustive
    @given(cells())
    def test_every_way_of_writing_says_the_same(self, case):
        text, expected = case
        cell = parse_authors(text)
        self.assertEqual(
            [(author.name, author.share) for author in cell.authors], expected, text
        )
        self.assertFalse(cell.notices)

    @exhaustive
    @given(several, st.sampled_from(JOINS), st.booleans())
    def test_without_shares_all_is_divided_and_said(self, people, join, decomposed):
        text = join.join(people)
        if decomposed:
            text = unicodedata.normalize("NFD", text)
        cell = parse_authors(text)
        self.assertEqual([author.name for author in cell.authors], people)
        shares = [author.share for author in cell.authors]
        self.assertEqual(sum(shares), 100)
        self.assertLess(max(shares) - min(shares), Decimal("0.06"))
        self.assertEqual(len(set(shares[1:]) | {shares[-1]}), 1)
        codes = [code for code, _text in cell.notices]
        self.assertEqual(codes, ["equal"] if len(people) > 1 else [])

    @exhaustive
    @given(cells())
    def test_what_is_shown_is_read_back(self, case):
        _text, expected = case
        shown = show_authors((name, float(share)) for name, share in expected)
        self.assertEqual(
            [(one.name, one.share) for one in parse_authors(shown).authors], expected
        )

    @exhaustive
    @given(st.text(max_size=200))
    def test_any_text_is_understood_or_refused(self, text):
        try:
            cell = parse_authors(text)
        except AuthorsError:
            return
        self.assertEqual(sum(author.share for author in cell.authors), 100)
        self.assertTrue(all(author.name for author in cell.authors))

    def test_shares_said_of_all_at_once(self):
        both = [("Nguyễn Văn An", "50.00"), ("Trần Thị Bình", "50.00")]
        for text in (
            "Nguyễn Văn An và Trần Thị Bình, mỗi người 50%",
            "Nguyễn Văn An, Trần Thị Bình (mỗi tác giả 50 %)",
            "Nguyễn Văn An; Trần Thị Bình - chia đều",
        ):
            self.assertEqual(self._pairs(text), both, text)
            self.assertFalse(parse_authors(text).notices)
        self.assertEqual(
            self._pairs("Nguyễn Văn An, Trần Thị Bình (tỷ lệ 60/40)"),
            [("Nguyễn Văn An", "60.00"), ("Trần Thị Bình", "40.00")],
        )
        self._refused("Nguyễn Văn An, Trần Thị Bình: 50/30/20", "count")
        self._refused("Nguyễn Văn An, Trần Thị Bình, mỗi người 40%", "total")
        self._refused("Nguyễn Văn An 60%, Trần Thị Bình, mỗi người 50%", "unclear")

    def test_parts_of_one(self):
        cell = parse_authors("Nguyễn Văn An 0,6; Trần Thị Bình 0,4")
        self.assertEqual([one.share for one in cell.authors], [60, 40])
        self.assertEqual(cell.notices[0][0], "fraction")

    def test_shares_that_were_cut_off_are_completed(self):
        three = "Nguyễn Văn An {0}%; Trần Thị Bình {0}%; Lê Văn Cường {0}%"
        for share in ("33,33", "33.3", "33", "33,333"):
            cell = parse_authors(three.format(share))
            self.assertEqual(
                [str(one.share) for one in cell.authors], ["33.34", "33.33", "33.33"]
            )
            self.assertEqual(cell.notices[0][0], "rounded")
        cell = parse_authors("Nguyễn Văn An 66,66%, Trần Thị Bình 33,33%")
        self.assertEqual([str(one.share) for one in cell.authors], ["66.67", "33.33"])
        self.assertEqual(cell.notices, (("rounded", "99.99"),))

    def test_totals_that_nothing_explains_are_refused(self):
        for shares, total in (("70 40", "110"), ("50 40", "90"), ("49 49", "98")):
            one, other = shares.split()
            values = self._refused(
                f"Nguyễn Văn An {one}%, Trần Thị Bình {other}%", "total"
            )
            self.assertEqual(values["total"], total)
        self._refused("Nguyễn Văn An 99,99%", "total")
        self._refused("Nguyễn Văn An 60%, Trần Thị Bình", "some")
        self._refused("Nguyễn Văn An 0%, Trần Thị Bình 100%", "share")
        self._refused("Nguyễn Văn An 33,345%, Trần Thị Bình 66,655%", "decimals")

    def test_births(self):
        cell = parse_authors(
            "Nguyễn Văn An (1975) 60%, Trần Thị Bình (sinh ngày 02/09/1985) 30%, "
            "Lê Văn Cường, sinh năm 1990, 10%"
        )
        self.assertEqual(
            [(one.birth_year, one.birth_date) for one in cell.authors],
            [(1975, None), (None, date(1985, 9, 2)), (1990, None)],
        )
        self.assertEqual([one.share for one in cell.authors], [60, 30, 10])
        self._refused("Nguyễn Văn An (31/02/1975)", "born")
        self._refused("Nguyễn Văn An, Nguyễn Văn An", "twice")
        self.assertEqual(
            len(parse_authors("Nguyễn Văn An 1975, Nguyễn Văn An 1980").authors), 2
        )

    def test_collectives(self):
        cell = parse_authors("Tập thể Khoa Nội (đại diện: BS Hoàng Bảo Ngân)")
        (author,) = cell.authors
        self.assertEqual(
            (author.name, author.representative, author.is_collective),
            ("Tập thể Khoa Nội", "Hoàng Bảo Ngân", True),
        )
        text = (
            "Nhóm công nhân Công ty Mẫu: Lê Đình Phú 50, Vũ Thị Hòa 30, Ngô Văn Tới 20"
        )
        self.assertEqual(
            self._pairs(text),
            [
                ("Lê Đình Phú", "50.00"),
                ("Vũ Thị Hòa", "30.00"),
                ("Ngô Văn Tới", "20.00"),
            ],
        )
        self.assertEqual(
            parse_authors(text).notices, (("group", "Nhóm công nhân Công ty Mẫu"),)
        )
        self.assertEqual(
            self._pairs("Tổ sản xuất số 3: 100%"), [("Tổ sản xuất số 3", "100.00")]
        )
        self._refused("Nguyễn Văn An, Khoa Nội", "unclear")
        self._refused("Tổ 3 60", "unclear")

    def test_what_is_not_clear_is_never_guessed(self):
        for text, code in (
            ("", "empty"),
            (" \u200b ", "empty"),
            ("An 50, Bình 50", "one_word"),
            ("Nguyễn Văn An và cộng sự", "others"),
            ("Nguyễn Văn An 60 Trần Thị Bình 40", "unclear"),
            ("Nguyễn Văn An phụ trách kỹ thuật", "unclear"),
            ("60 Nguyễn Văn An", "unclear"),
            ("Giáo viên Đặng Thị Thơm", "unclear"),
            ("=SUM(A1:A9)", "one_word"),
            ("a" * (MOST_TEXT + 1), "too_long"),
        ):
            self._refused(text, code)
        cell = parse_authors("Nguyễn Văn An (Khoa Nội) 100%")
        self.assertEqual(cell.notices, (("left_out", "Khoa Nội"),))

    def test_names_as_they_are_stored(self):
        for text, name in (
            ("NGUYỄN THỊ ÁNH", "Nguyễn Thị Ánh"),
            ("nguyễn  văn\u00a0an", "Nguyễn Văn An"),
            ("Nguyễn\u200b Văn An", "Nguyễn Văn An"),
            ("H'Hen Niê", "H'Hen Niê"),
            ("Đoàn Văn Hậu", "Đoàn Văn Hậu"),
            ("Chủ nhiệm: TS Lê Văn An", "Lê Văn An"),
        ):
            self.assertEqual(self._pairs(text), [(name, "100.00")])

    def test_long_nonsense_takes_no_time(self):
        for text in ("(" * 5000, "1. " * 1600, ", - " * 1200, "A " * 2400, "9" * 5000):
            with self.assertRaises(AuthorsError):
                parse_authors(text)

    def test_amounts(self):
        for text, amount in (
            ("", 0),
            ("28.800.000", 28_800_000),
            ("28,800,000 đ", 28_800_000),
            ("488 000 000 đồng", 488_000_000),
            ("488000000.0", 488_000_000),
            ("28,8 triệu", 28_800_000),
            ("1,5 tỷ đồng", 1_500_000_000),
            ("64 tr", 64_000_000),
        ):
            self.assertEqual(parse_amount(text), amount, text)
        for text in ("28,8", "-5", "rất lớn", "1.2.3", "10 USD", "1,2345 tỷ", "9" * 20):
            with self.assertRaises(ValueError, msg=text):
                parse_amount(text)
