"""A book of stories as a Word file, for the publisher's editor (no ORM here)."""

import base64
import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import html

FONT = "Times New Roman"
HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
BOLD, ITALIC, UNDERLINE = {"b", "strong"}, {"i", "em"}, {"u"}
BLOCKS = {"p", "div", "blockquote", "li", "td", "th", "tr", "pre", "ul", "ol", "table",
          "tbody", "thead", "section", "figure", "figcaption", *HEADINGS}  # fmt: skip


def write(file, book, read):
    """Write ``book`` into an open binary file.

    :param book: dict of agencies, title, number, year, imprint, foreword, stories
        (title, name, unit, about, html, photo, caption) and indexes
    :param read: function from a path of this database to the picture there, or None
    """
    document = Document()
    _set_up(document)
    _write_title(document, book)
    _write_contents(document, book)
    if html_text(book["foreword"]):
        document.add_page_break()
        document.add_heading("Lời giới thiệu", 1)
        write_html(document, book["foreword"], read)
    for story in book["stories"]:
        _write_story(document, story, read)
    for label, groups in book["indexes"]:
        _write_index(document, label, groups)
    document.core_properties.title = book["title"]
    document.core_properties.author = " ".join(book["agencies"])
    document.save(file)


def html_text(text):
    """Return the bare text of an HTML fragment, ``""`` for an empty one."""
    root = _parsed(text)
    return "" if root is None else " ".join(root.text_content().split())


def write_html(document, text, read):
    """Append an HTML fragment: paragraphs, headings, lists, type, tables, pictures."""
    root = _parsed(text)
    if root is not None:
        _write_blocks(document, root, None, read)


def _set_up(document):
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    style.paragraph_format.space_after = Pt(6)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(footer, "PAGE", "1")


def _write_title(document, book):
    for line in book["agencies"]:
        _centred(document, line, 13, bold=True)
    _centred(document, "", 48)
    _centred(document, book["title"].upper(), 24, bold=True)
    if book["number"]:
        _centred(document, book["number"], 16)
    _centred(document, str(book["year"]), 16)
    _centred(document, "(Bản thảo)", 13, italic=True)
    document.add_page_break()
    for label, value in book["imprint"]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(str(value).strip().replace("\n", "; "))
    document.add_page_break()


def _write_contents(document, book):
    """List the headings; Word puts the pages beside them when it opens the file."""
    _centred(document, "MỤC LỤC", 14, bold=True)
    headings = ["Lời giới thiệu"] if html_text(book["foreword"]) else []
    headings += [story["title"] for story in book["stories"]]
    headings += [label for label, _groups in book["indexes"]]
    shown = "\n".join(headings)
    _add_field(document.add_paragraph(), 'TOC \\o "1-1" \\h \\z \\u', shown)
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)


def _write_story(document, story, read):
    document.add_page_break()
    document.add_heading(story["title"], 1)
    byline = document.add_paragraph()
    byline.add_run(story["name"]).bold = True
    if story["unit"]:
        byline.add_run(f", {story['unit']}")
    if story["about"]:
        document.add_paragraph().add_run(story["about"]).italic = True
    if story["photo"]:
        _add_picture(document, story["photo"])
        if story["caption"]:
            _centred(document, story["caption"], 11, italic=True)
    write_html(document, story["html"], read)


def _write_index(document, label, groups):
    if not groups:
        return
    document.add_page_break()
    document.add_heading(label, 1)
    for heading, titles in groups:
        document.add_paragraph().add_run(heading).bold = True
        for title in titles:
            document.add_paragraph(title, style="List Bullet")


def _centred(document, text, size, *, bold=False, italic=False):
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _add_field(paragraph, code, shown):
    """Append a field that Word computes, with what is shown until then."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown),
                       ("end", "")):  # fmt: skip
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)


def _add_picture(document, content):
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    try:
        picture = paragraph.add_run().add_picture(io.BytesIO(content))
    except (UnrecognizedImageError, OSError, ValueError):
        paragraph.add_run("[Ảnh không mở được]").italic = True
        return
    widest = Cm(12)
    if picture.width > widest:
        picture.height = round(picture.height * widest / picture.width)
        picture.width = widest


def _parsed(text):
    if not (text or "").strip():
        return None
    return html.fragment_fromstring(str(text), create_parent="div")


def _write_blocks(document, element, style, read):
    """Write the children of a block; runs of inline content become paragraphs."""
    paragraph = _add_inline(document, None, element.text, (), style)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in BLOCKS:
            paragraph = None
            _write_block(document, child, style, read)
        elif tag == "img":
            paragraph = None
            _write_image(document, child, read)
        elif tag:
            paragraph = _write_inline(document, paragraph, child, (), style)
        paragraph = _add_inline(document, paragraph, child.tail, (), style)


def _write_block(document, element, style, read):
    if element.tag in HEADINGS:
        document.add_heading(
            " ".join(element.text_content().split()), HEADINGS[element.tag]
        )
    elif element.tag == "tr":
        cells = (" ".join(cell.text_content().split()) for cell in element)
        document.add_paragraph(" | ".join(cells))
    else:
        lists = {"ul": "List Bullet", "ol": "List Number", "blockquote": "Quote"}
        _write_blocks(document, element, lists.get(element.tag, style), read)


def _write_image(document, element, read):
    source = element.get("src") or ""
    if source.startswith("data:image/") and ";base64," in source:
        content = base64.b64decode(source.partition(";base64,")[2])
    else:
        content = read(source.partition("?")[0])
    if content:
        _add_picture(document, content)


def _write_inline(document, paragraph, element, marks, style):
    if element.tag == "br":
        if paragraph is not None:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        return paragraph
    marks = (*marks, element.tag)
    paragraph = _add_inline(document, paragraph, element.text, marks, style)
    for child in element:
        if isinstance(child.tag, str):
            paragraph = _write_inline(document, paragraph, child, marks, style)
        paragraph = _add_inline(document, paragraph, child.tail, marks, style)
    return paragraph


def _add_inline(document, paragraph, text, marks, style):
    """Append text to the paragraph, begun when there is something to say."""
    words = " ".join((text or "").split())
    if not words:
        return paragraph
    if paragraph is None:
        paragraph = document.add_paragraph(style=style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    lead = " " if text[:1].isspace() and paragraph.text else ""
    trail = " " if text[-1:].isspace() else ""
    run = paragraph.add_run(f"{lead}{words}{trail}")
    run.bold = bool(BOLD & set(marks)) or None
    run.italic = bool(ITALIC & set(marks)) or None
    run.underline = bool(UNDERLINE & set(marks)) or None
    return paragraph
