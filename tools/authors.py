"""The authors' cell of a list: names, shares, births, as offices write them in Excel.

One cell holds all authors of an initiative in the clerk's own way: on lines or between
commas, numbered or not, shares with or without a per cent sign. What the cell says is
taken exactly; what it leaves open is an error with a code, never a guess. The few
repairs that lose nothing (equal shares that were cut off, nothing said at all) come
with a notice. No ORM and no translation here: callers put codes into words.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from . import authors_words as words
from .authors_shares import AuthorsError, number, settle
from .text import clean, fold

#: No office writes more names than this into a cell (characters)
MOST_TEXT = 5000
MOST_WORDS = 8

NUM = r"\d+(?:[.,]\d+)?"
DATE = r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d{2}"
YEAR = r"(?:19|20)\d{2}"
_BORN = (
    r"(?:(?:sn|ns|s\.n\.?|sinh\s+năm|sinh\s+ngày|năm\s+sinh|ngày\s+sinh|sinh)[\s:.]*)"
)
_SHARE_WORD = r"(?:(?:tỷ|tỉ)\s+lệ|tl|đóng\s+góp|góp|chiếm|là|được|hưởng)"

_BIRTH = re.compile(rf"(?:{_BORN})?(?<!\d)({DATE}|{YEAR})(?![\d%.,/])", re.I)
_BIRTH_ONLY = re.compile(rf"{_BORN}?({DATE}|{YEAR})\s*\.?", re.I)
_SHARE_ONLY = re.compile(rf"(?:{_SHARE_WORD}[\s:]*)*({NUM})\s*(%?)\.?", re.I)
_REPRESENTED = re.compile(
    r"(?:do\s+)?(?:người\s+)?đại\s+diện(?:\s+là)?[\s:.]*(.+)", re.I
)
_EACH = re.compile(
    r"[(\[,;:\-\s]{0,9}\bmỗi(?:\s+(?:người|tác\s+giả|đồng\s+tác\s+giả|đồng\s+chí|đ/c|"
    rf"thành\s+viên|em))?[\s:=\-]*(?:{_SHARE_WORD}[\s:]*)*({NUM})\s*%?\s*[)\].]*\s*$",
    re.I,
)
_EVENLY = re.compile(
    rf"[(\[,;:\-\s]{{0,9}}(?:{_SHARE_WORD}\s*)*(?:chia\s+đều|đồng\s+đều|bằng\s+nhau|"
    r"như\s+nhau|ngang\s+nhau)\s*[)\].]*\s*$",
    re.I,
)
_RATIO = re.compile(
    rf"[(\[,;:\-\s]{{0,9}}(?:{_SHARE_WORD}[\s:]*)*(?<![\d/:\-])"
    rf"({NUM}\s*%?(?:(?:\s*[/\-]\s*|:){NUM}\s*%?)+)\s*[)\].]*\s*$",
    re.I,
)
_MARK = re.compile(
    r"(?<![^\s;,(&\-+.%)])\(?(\d{1,2}(?=[.)/])|[a-z](?=\)))[.)/](?=\s*[^\W\d_])"
)
_GROUP = re.compile(r"\s*([^:\n;()]{2,200}):\s*(?=[^\d\s(])", re.S)
_PARENS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_TOKEN = re.compile(rf"({NUM})\s*(%?)")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-])*")
# Signs that stand between two names, and what only looks like one
_SEPARATOR = re.compile(
    rf"(?P<keep>{DATE}|đ/c\b|\d+\s*/\s*\d|-?[ \t]*\d+(?:[.,]\d+)?)"
    r"|(?P<strong>[\n;|])|(?P<weak>,|&|(?<!\w)(?:và|and)(?!\w)|/|(?<=\s)[+\-](?=\s))",
    re.I,
)


@dataclass(frozen=True)
class Author:
    """One author of a cell; ``share`` in per cent with two decimals, exact."""

    name: str
    share: object = None
    birth_date: datetime.date | None = None
    birth_year: int | None = None
    is_collective: bool = False
    representative: str = ""


@dataclass(frozen=True)
class AuthorsCell:
    """What a cell says: the authors, and what was repaired or left out.

    ``notices`` are pairs (code, text): ``equal`` (no share was written, divided
    evenly), ``rounded`` (shares that were cut off, completed to 100), ``fraction``
    (0,6 read as 60 %), ``group`` (what stands before the names), ``left_out`` (a
    remark in brackets).
    """

    authors: tuple
    notices: tuple


@dataclass
class _Item:
    """One author as written, before the shares of all are settled."""

    name: str
    share: object = None
    sign: bool = False
    born: object = None
    is_collective: bool = False
    representative: str = ""
    notes: tuple = ()


def parse_authors(text):
    """Return the authors of one cell with shares that make exactly 100.

    :param text: the cell: any spacing, composed or decomposed Vietnamese
    :return: AuthorsCell
    :raises AuthorsError: with a code and the words in question, where the cell is
        empty, too long, unclear, names somebody twice, or the shares do not add up
    """
    body, notices = _prepare(text), []
    if not body:
        raise AuthorsError("empty")
    if len(body) > MOST_TEXT:
        raise AuthorsError("too_long", count=len(body), most=MOST_TEXT)
    body, rule = _take_rule(body)
    items = []
    for part, weak in _joined(_split(_take_group(body, notices))):
        item = _read_item(part)
        if item.is_collective and weak and item.share is None and items:
            # "Lê Văn An, Khoa Nội": an author, or where the person works?
            if not words.SURELY_COLLECTIVE.match(item.name):
                raise AuthorsError("unclear", text=part)
        items.append(item)
        notices += [("left_out", note) for note in item.notes]
    _check_twice(items)
    shares = settle(items, rule, notices)
    return AuthorsCell(
        tuple(_author(item, share) for item, share in zip(items, shares, strict=True)),
        tuple(notices),
    )


def show_authors(authors):
    """Return authors in one cell as ``parse_authors`` reads them back.

    :param authors: pairs (name, share in per cent)
    """
    return "; ".join(
        f"{name} ({f'{share:.2f}'.rstrip('0').rstrip('.').replace('.', ',')}%)"
        for name, share in authors
    )


def _prepare(text):
    lines = unicodedata.normalize("NFC", str(text or "")).splitlines()
    body = "\n".join(filter(None, map(clean, lines)))
    body = re.sub(r"[‐‑‒–—―−]", "-", body).replace("％", "%")
    return body.replace("，", ",").replace("；", ";").strip()


def _take_rule(body):
    """Return the body without what it says of all shares at once, and that rule."""
    if found := _EACH.search(body):
        return body[: found.start()], ("each", number(found[1]))
    if found := _EVENLY.search(body):
        return body[: found.start()], ("evenly", None)
    found = _RATIO.search(body)
    if found and not re.search(rf"(?<!\d){DATE}", found[0]):
        rest = body[: found.start()]
        if not re.search(r"\d\s*%|\d\s*$", rest):
            parts = re.findall(NUM, found[1])
            return rest, ("ratio", [number(part) for part in parts])
    return body, None


def _take_group(body, notices):
    """Return the body without the name of the group that stands before its members."""
    found = _GROUP.match(body)
    if not found:
        return body
    label = clean(found[1])
    if words.LABELS.fullmatch(label):
        return body[found.end() :]
    if words.COLLECTIVE.match(label):
        notices.append(("group", label))
        return body[found.end() :]
    return body


def _split(body):
    """Yield (text, whether a weak sign stood before it) for each author written."""
    marks = list(_MARK.finditer(body))
    order = [mark[1] for mark in marks]
    for first in ("1", "a"):
        counted = [
            chr(ord("a") + n) if first == "a" else str(n + 1) for n in range(len(order))
        ]
        if order and order == counted:
            body = _MARK.sub("\n", body)
    start, weak = 0, False
    brackets = [(one.start(), one.end()) for one in _PARENS.finditer(body)]
    for found in _SEPARATOR.finditer(body):
        inside = any(begin <= found.start() < end for begin, end in brackets)
        if found["keep"] or inside:
            continue
        part = body[start : found.start()]
        if _is_text(part):
            yield part, weak
            weak = False
        weak = bool(found["weak"]) if _is_text(part) else weak and bool(found["weak"])
        start = found.end()
    if _is_text(body[start:]):
        yield body[start:], weak


def _joined(parts):
    """Return the parts; a birth or a share after a comma belongs to the name before."""
    joined = []
    for part, weak in parts:
        text = clean(part)
        share = _SHARE_ONLY.fullmatch(text)
        if joined and weak and (share and share[2] or _BIRTH_ONLY.fullmatch(text)):
            joined[-1] = (f"{joined[-1][0]} ({text})", joined[-1][1])
        else:
            joined.append((part, weak))
    return joined


def _is_text(part):
    return bool(re.search(r"\w", part))


def _read_item(part):
    """Return one author as written."""
    found, notes = {"shares": [], "born": [], "by": ""}, []
    rest = _PARENS.sub(lambda one: _read_brackets(one, found, notes), part)
    rest = _BIRTH.sub(lambda one: found["born"].append(one[1]) or " ", rest)
    rest = rest.strip(" \t*•·")
    rest = words.strip_roles(rest.lstrip("-+ "))
    collective = bool(words.COLLECTIVE.match(words.strip_titles(rest)))
    rest = _read_share(part, rest, found, collective)
    name = words.strip_titles(clean(rest).strip(" .,:;=-"))
    if len(found["shares"]) > 1 or len(found["born"]) > 1:
        raise AuthorsError("unclear", text=part)
    share, sign = found["shares"][0] if found["shares"] else (None, False)
    return _Item(
        name=name if collective else _person(name, part),
        share=share,
        sign=sign,
        born=_day(found["born"][0], part) if found["born"] else None,
        is_collective=collective,
        representative=found["by"] and _person(words.strip_titles(found["by"]), part),
        notes=tuple(notes),
    )


def _read_brackets(one, found, notes):
    """Enter what stands in a pair of brackets; what is neither is a remark."""
    content = clean(one[1] or one[2] or "")
    for piece in re.split(r";|,(?!\d)|(?<=\d)\s+-\s+|\s+-\s+(?=\d)", content):
        piece = clean(piece).strip(" -")
        if by := _REPRESENTED.fullmatch(piece):
            found["by"] = by[1]
        elif born := _BIRTH_ONLY.fullmatch(piece):
            found["born"].append(born[1])
        elif share := _SHARE_ONLY.fullmatch(piece):
            found["shares"].append((number(share[1]), bool(share[2])))
        elif piece:
            notes.append(piece)
    return " "


def _read_share(part, rest, found, collective):
    """Return the text without its share, which is entered in ``found``."""
    tokens = list(_TOKEN.finditer(rest))
    if collective:
        # "Tổ 3": a number that nothing marks as a share belongs to the name
        marked = r"[:=\-]\s*$|\b" + _SHARE_WORD + r"\s*$"
        shares = [
            one
            for one in tokens
            if one[2] or re.search(marked, rest[: one.start()], re.I)
        ]
        bare = (
            tokens and tokens[-1] not in shares and not rest[tokens[-1].end() :].strip()
        )
        if bare and not words.NUMBERED.search(rest[: tokens[-1].start()]):
            raise AuthorsError("unclear", text=part)
        tokens = shares
    for token in tokens[:1]:
        before, after = rest[: token.start()], rest[token.end() :]
        before = re.sub(rf"(?:[\s:=\-]|\b{_SHARE_WORD})+$", "", before, flags=re.I)
        if before.strip() and after.strip(" .,:;-"):
            raise AuthorsError("unclear", text=part)
        if not before.strip() and not token[2]:
            raise AuthorsError("unclear", text=part)
        found["shares"].append((number(token[1]), bool(token[2])))
        rest = f"{before} {after}"
    if len(tokens) > 1:
        raise AuthorsError("unclear", text=part)
    return rest


def _person(name, part):
    """Return a person's name as it is stored; refuse what is none."""
    parts = name.split()
    if words.OTHERS.search(name):
        raise AuthorsError("others", text=part)
    if not parts or len(parts) > MOST_WORDS or not all(map(_WORD.fullmatch, parts)):
        raise AuthorsError("unclear", text=part)
    if len(parts) == 1:
        raise AuthorsError("one_word", text=name)
    if name.isupper() or name.islower():
        return " ".join(one[:1].upper() + one[1:].lower() for one in parts)
    if any(one[0].islower() for one in parts):
        raise AuthorsError("unclear", text=part)
    return name


def _day(text, part):
    """Return a date, or a year as a number."""
    if len(text) == 4:
        return int(text)
    day, month, year = (int(one) for one in re.split(r"[/.\-]", text))
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise AuthorsError("born", text=part) from error


def _check_twice(items):
    if not items:
        raise AuthorsError("empty")
    seen = set()
    for item in items:
        key = (fold(item.name), item.born)
        if key in seen:
            raise AuthorsError("twice", text=item.name)
        seen.add(key)


def _author(item, share):
    year = item.born if isinstance(item.born, int) else None
    return Author(
        name=item.name,
        share=share,
        birth_date=None if year else item.born,
        birth_year=year,
        is_collective=item.is_collective,
        representative=item.representative,
    )
