"""Texts of an official paper as Decree 30/2020/NĐ-CP wants them (no ORM here).

Everything printed is Vietnamese by law, whatever the language of the user.
"""

import itertools
import math
import re
import unicodedata

# Widths of bold Times signs in parts of the type size, close enough to break lines
_NARROW = set("iìíỉĩịjltfr.,;:!'()|-“”‘’/ ")
_WIDE = set("mwMW%@–—…")


def text_width(text, size=14.0):
    """Return the width of a line of bold Times type in mm, within a few percent."""
    ems = 0.0
    for sign in unicodedata.normalize("NFC", text):
        if sign in _NARROW:
            ems += 0.32
        elif sign in _WIDE:
            ems += 0.88
        else:
            ems += 0.72 if sign.isupper() else 0.5
    return ems * size * 25.4 / 72


def balanced_width(text, available=150.0, size=14.0):
    """Return the width in mm in which a centred text breaks into lines of one length.

    :param text: the text; its own line breaks are kept, then no width is imposed
    :param available: widest line in mm
    :param size: type size in pt
    """
    # a line that only seems to fit would leave a single word on the next one
    width = text_width(" ".join(text.split()), size) * 1.06
    lines = math.ceil(width / available)
    if "\n" in text.strip() or lines < 2:
        return available
    return round(min(available, width / lines * 1.1 + 5), 1)


def balanced_lines(text, available, size=14.0):
    """Return a text in the fewest lines that fit, of lengths as even as can be.

    :param text: the text; a single word wider than a line stays whole
    :param available: widest line in mm
    :param size: type size in pt
    """
    words = text.split()
    for count in range(1, len(words) + 1):
        breaks = min(
            itertools.combinations(range(1, len(words)), count - 1),
            key=lambda places: max(_widths(words, places, size)),
        )
        if count == len(words) or max(_widths(words, breaks, size)) <= available:
            return _joined(words, breaks)
    return []


def _joined(words, breaks):
    edges = (0, *breaks, len(words))
    return [" ".join(words[one:two]) for one, two in itertools.pairwise(edges)]


def _widths(words, breaks, size):
    return [text_width(line, size) for line in _joined(words, breaks)]


def inner_quotes(text):
    """Return a text for use between “ and ”: quotation marks inside are single."""
    single = (text or "").translate(str.maketrans("“”„«»", "‘’‘‘’"))
    return re.sub(r'"([^"]*)"', r"‘\1’", single)


def in_words(name):
    """Return a name printed in capitals as it is written in a sentence.

    A board has two capitals, e.g. Ban Thường trực (Decree 30/2020, Annex II).
    """
    words = name.split()
    if words and words[0].upper() == "BAN":
        return " ".join(
            [one.capitalize() for one in words[:2]] + [one.lower() for one in words[2:]]
        )
    return name.capitalize()


def padded_day(day):
    """Return the day with a leading zero below 10 (NĐ 30/2020, Annex I, II.4)."""
    return f"{day:02d}"


def padded_month(month):
    """Return the month with a leading zero for January and February only."""
    return f"{month:02d}" if month < 3 else str(month)


def long_date(date):
    """Return a date in words of the decree: ``ngày 05 tháng 3 năm 2020``."""
    return (
        f"ngày {padded_day(date.day)} tháng {padded_month(date.month)} năm {date.year}"
    )


def place_and_date(place, date, year=None):
    """Return the place and date line; a draft leaves the day and month open.

    :param place: name of the place, may be empty
    :param date: date of the paper, or a false value for a draft
    :param year: year printed on a draft
    """
    when = long_date(date) if date else f"ngày\u2003 tháng\u2003 năm {year}"
    return f"{place}, {when}" if place else when.capitalize()


def printed_number(number):
    """Return the number as printed: below 10 with a leading zero."""
    return f"{number:02d}"


def reference(number, kind_code, symbol):
    """Return number and symbol, e.g. ``05/QĐ-MTTQ-BTT``; a letter has no kind.

    :param number: the number taken, or 0 while none is taken
    :param kind_code: abbreviation of the kind, empty for an official letter
    :param symbol: abbreviation of the issuing agency or agencies
    """
    tail = "-".join(filter(None, (kind_code, symbol)))
    return f"{printed_number(number) if number else ''}/{tail}"


def signature_titles(authority, on_behalf, head_position, position):
    """Return the lines above a signature, in the order in which they are printed.

    :param authority: ``none``, ``tm`` (for a collective body), ``q`` (acting head),
        ``kt`` (deputy for the head), ``tl`` (by order), ``tuq`` (by authorisation)
    :param on_behalf: the body signed for, e.g. ``ỦY BAN NHÂN DÂN TỈNH``
    :param head_position: the position signed for, e.g. ``CHỦ TỊCH``
    :param position: the position of the person who signs, e.g. ``PHÓ CHỦ TỊCH``

    Whoever signs by order may leave it to their own deputy: with both ``on_behalf``
    and ``head_position``, TL. is followed by KT. Nobody passes on an authorisation.
    """
    lines = [f"TM. {on_behalf}"] if on_behalf and authority in ("tm", "q", "kt") else []
    head_differs = head_position and head_position != position
    if authority in ("tm", "kt") and head_differs:
        lines.append(f"KT. {head_position}")
    elif authority == "tl" and on_behalf and head_differs:
        lines += [f"TL. {on_behalf}", f"KT. {head_position}"]
    elif authority in ("tl", "tuq"):
        lines.append(f"{authority.upper()}. {head_position or on_behalf}")
    if position:
        lines.append(f"Q. {position}" if authority == "q" else position)
    return [line.upper() for line in lines]


def roman(number):
    """Return a number from 1 to 3999 in Roman digits."""
    digits = (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
        *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    )
    text = ""
    for value, digit in digits:
        count, number = divmod(number, value)
        text += digit * count
    return text


def annex_number(place, total):
    """Return the heading of an annex: numbered where there are two or more.

    (NĐ 30/2020, Annex I, III.1)
    """
    return f"Phụ lục {roman(place)}" if total > 1 else "Phụ lục"


def basis_lines(text):
    """Return the lines of the legal basis, each ending in ";", the last in ".".

    A last line that leads over to the text ("… như sau:") keeps its colon.
    """
    lines = [line.strip(" ;.\t\u00a0") for line in (text or "").splitlines()]
    lines = [line for line in lines if line]
    ends = [";"] * (len(lines) - 1) + [""] if lines and lines[-1].endswith(":") else []
    ends = ends or [";"] * (len(lines) - 1) + ["."]
    return [line + end for line, end in zip(lines, ends, strict=False)]


def recipient_lines(names, archive, as_above=False):
    """Return the lines under "Nơi nhận:", each with its dash and its end.

    :param names: recipients for information, in order
    :param archive: where the original is kept, e.g. ``VT, BPT``
    :param as_above: whether the paper names addressees ("Như trên")
    """
    lines = ["Như trên"] if as_above else []
    lines += [name.strip(" ;.") for name in names if name and name.strip(" ;.")]
    printed = [f"- {line};" for line in lines]
    return [*printed, f"- Lưu: {(archive or 'VT').strip(' .;')}."]


# Kinds of legal texts as printed, in the order in which a basis cites them
LEGAL_KINDS = {
    "law": "Luật",
    "ordinance": "Pháp lệnh",
    "decree": "Nghị định",
    "resolution": "Nghị quyết",
    "directive": "Chỉ thị",
    "decision": "Quyết định",
    "joint_circular": "Thông tư liên tịch",
    "circular": "Thông tư",
    "notice": "Thông tri",
    "regulation": "Quy chế",
    "project": "Đề án",
    "plan": "Kế hoạch",
    "guideline": "Hướng dẫn",
    "conclusion": "Kết luận",
    "letter": "Công văn",
}
# Laws and ordinances are cited without number and issuer (NĐ 30/2020, Annex I, II.6)
UNNUMBERED_KINDS = ("law", "ordinance")


def citation(kind, number, date, issuer, subject):
    """Return how a basis cites a text, without "Căn cứ" and the sign at its end.

    E.g. ``Nghị định số 13/2012/NĐ-CP ngày 02 tháng 3 năm 2012 của Chính phủ ban hành
    Điều lệ Sáng kiến``; a law ``Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022``.

    :param kind: key of ``LEGAL_KINDS``
    :param date: date of the text, or a false value when not known
    """
    when = date and long_date(date)
    if kind in UNNUMBERED_KINDS:
        parts = (LEGAL_KINDS[kind], subject, when)
    else:
        parts = (
            LEGAL_KINDS.get(kind),
            number and f"số {number}",
            when,
            issuer and f"của {issuer}",
            subject,
        )
    return " ".join(part.strip() for part in parts if part)
