"""Text of an official paper in looks that move, cover and hide nothing (no ORM).

Whoever writes a paper may set words in bold, centre or indent them and divide a table
into columns. Whatever takes words out of the flow of the page, or out of sight, would
let them print another list over the one that the system composed, or another agency
over the letterhead. So this is a list of what is allowed: what nobody has thought of
is gone, the words stay.
"""

import re

from lxml import html
from markupsafe import escape

# Classes of the official layout for texts, and what editors put on ordinary tables;
# those of the page itself (head, watermark, address, closing …) are not for texts
CLASSES = frozenset(
    """
    o_annex o_annex_number o_annex_title o_annex_source o_generated
    o_centered o_right o_plain o_table table table-bordered
    text-start text-center text-end text-justify fw-bold fst-italic
    """.split()
)
TAGS = frozenset(
    """
    p div section article header footer main aside nav figure figcaption address center
    h1 h2 h3 h4 h5 h6 blockquote pre hr br wbr span a img ul ol li dl dt dd
    table caption colgroup col thead tbody tfoot tr td th
    b strong i em u s strike del ins sub sup mark code kbd samp var tt abbr cite
    dfn q time
    """.split()
)
# Gone with what is in them: it is no wording
DRAWN = frozenset(
    """
    style script link meta base head title template noscript svg math object embed
    applet iframe frame frameset canvas audio video source track map area param
    """.split()
)
SIZED = frozenset({"table", "colgroup", "col", "td", "th", "img"})
MM = {
    "mm": 1.0,
    "cm": 10.0,
    "in": 25.4,
    "pt": 25.4 / 72,
    "px": 25.4 / 96,
    # of the 14 pt of an official paper
    "em": 14 * 25.4 / 72,
    "rem": 14 * 25.4 / 72,
}
PAGE_WIDTH = 297
FARTHEST = 50
SIZES = (9, 20)
LINE_HEIGHTS = (1, 3)

_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,9})?|\.\d{1,9})(%|[a-z]{2,3})?", re.ASCII)
_COUNT = re.compile(r"[1-9]\d?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,4}", re.ASCII)


def _one_of(words):
    return frozenset(words.split()).__contains__


def _length(value):
    """Return a length as ``(number, unit)``; ``None`` when it is none or negative."""
    match = _LENGTH.fullmatch(value)
    return (float(match[1]), match[2] or "") if match else None


def _is_within(value, limit):
    """Return whether a value is a length from 0 to ``limit`` mm, or up to 100%."""
    number, unit = _length(value) or (None, "")
    if number is None:
        return False
    if unit == "%":
        return number <= 100
    return number == 0 if not unit else number * MM.get(unit, PAGE_WIDTH) <= limit


def _is_indent(value):
    return not value.endswith("%") and _is_within(value, FARTHEST)


def _is_width(value):
    return value == "auto" or (_is_within(value, PAGE_WIDTH) and _length(value)[0] > 0)


def _is_space(value):
    """Return whether all sides of a margin or padding are there, and not negative."""
    sides = value.split()
    return 1 <= len(sides) <= 4 and all(
        side == "auto" or _is_indent(side) for side in sides
    )


def _is_size(value):
    number, unit = _length(value) or (0, "")
    smallest, largest = SIZES
    # a size in parts of the one around it grows with every element
    return unit in ("pt", "px") and smallest <= number * MM[unit] / MM["pt"] <= largest


def _is_line_height(value):
    number, unit = _length(value) or (0, "")
    lowest, highest = LINE_HEIGHTS
    return value == "normal" or (not unit and lowest <= number <= highest)


_LINES = _one_of("none underline line-through")
_SIDES = ("", "-top", "-right", "-bottom", "-left")
STYLES = {
    "text-align": _one_of("left right center justify start end"),
    "text-indent": _is_indent,
    "text-decoration": _LINES,
    "text-decoration-line": _LINES,
    "text-transform": _one_of("none uppercase"),
    "font-weight": _one_of("normal bold bolder 400 500 600 700 800 900"),
    "font-style": _one_of("normal italic oblique"),
    "font-size": _is_size,
    "line-height": _is_line_height,
    "list-style-type": _one_of(
        "none disc circle square decimal lower-alpha upper-alpha lower-latin "
        "upper-latin lower-roman upper-roman"
    ),
    "vertical-align": _one_of("baseline top middle bottom sub super"),
    "width": _is_width,
    **{f"{name}{side}": _is_space for name in ("margin", "padding") for side in _SIDES},
    **{f"border{side}": _one_of("none 0") for side in _SIDES},
}


def _kept_style(element, value):
    """Return the allowed part of a style; as it was written where all of it is."""
    kept, is_whole = [], True
    for part in filter(str.strip, value.split(";")):
        name, _colon, said = part.partition(":")
        name = name.strip().lower()
        said = said.lower().replace("!important", "").strip()
        fits = name != "width" or element.tag in SIZED
        if fits and name in STYLES and STYLES[name](said):
            kept.append(f"{name}: {said}")
            is_whole = is_whole and "!" not in part
        else:
            is_whole = False
    return value if kept and is_whole else "; ".join(kept)


def _kept_class(_element, value):
    kept = [name for name in value.split() if name in CLASSES]
    return value if kept == value.split() else " ".join(kept)


def _if(accepts):
    return lambda _element, value: value if accepts(value) else ""


def _on(tag):
    return lambda element, value: value if element.tag == tag else ""


ATTRIBUTES = {
    "style": _kept_style,
    "class": _kept_class,
    "colspan": _if(_COUNT.fullmatch),
    "rowspan": _if(_COUNT.fullmatch),
    "start": _if(_NUMBER.fullmatch),
    "value": _if(_NUMBER.fullmatch),
    "href": _on("a"),
    "src": _on("img"),
    "alt": _on("img"),
}


def _clean_attributes(element):
    for name, value in element.attrib.items():
        keep = ATTRIBUTES.get(name)
        kept = keep(element, value) if keep else ""
        if not kept and name != "alt":
            del element.attrib[name]
        elif kept != value:
            element.set(name, kept)


def _clean(element):
    # comments and the like have no name
    if not isinstance(element.tag, str) or element.tag in DRAWN:
        element.drop_tree()
    elif element.tag not in TAGS:
        element.drop_tag()
    else:
        _clean_attributes(element)


def inner_html(root):
    """Return the content of a parsed element as HTML."""
    parts = [str(escape(root.text or ""))]
    parts += [html.tostring(child, encoding="unicode", method="html") for child in root]
    return "".join(parts)


def plain(text):
    """Return HTML with all its words, and only the looks that are allowed.

    What is written out is what this function has parsed, never the text it was given:
    another parser, that of the print, must not read something else in it.

    :param text: HTML as editors write it, or nothing
    """
    if not text or not str(text).strip():
        return ""
    root = html.fragment_fromstring(str(text), create_parent="div")
    for element in list(root.iterdescendants()):
        _clean(element)
    return inner_html(root)
