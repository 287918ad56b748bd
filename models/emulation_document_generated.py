from lxml import html

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..tools.plain_markup import inner_html, plain
from .emulation_document_compose import COMPOSED

GENERATED = "o_generated"
# Where a block may stand: elsewhere a style could hide it or push it off the page
PLACES = {"", "o_annex"}
# A cell could squeeze it, small print shrink it
PLACE_TAGS = {"div", "section"}
# What editors leave behind for the cursor
INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff"))


def _parse(text):
    root = html.Element("div")
    if not is_html_empty(text):
        root = html.fragment_fromstring(str(text), create_parent="div")
    return root, root.find_class(GENERATED)


def _signs(element):
    """Return the visible signs of an element, in a row."""
    text = element.text_content().translate(INVISIBLE)
    return "".join(text.split())


def _content(block):
    """Return what a block says, whatever an editor made of its looks."""
    rows = block.iter("tr")
    cells = [[_signs(cell) for cell in row.iter("td", "th")] for row in rows]
    return cells, _signs(block)


def _is_open(block, root):
    """Return whether nothing around a block could hide it."""
    for place in block.iterancestors():
        if place is root:
            return True
        if place.tag not in PLACE_TAGS:
            return False
        looks = {name for name in place.attrib if not name.startswith("data-")}
        if looks - {"class"} or place.get("class", "").strip() not in PLACES:
            return False
    return False


class EmulationDocument(models.Model):
    """Parts of a text that come from computed results and are nobody's to edit.

    Blocks of class ``o_generated`` in the template of a source (tables of results,
    the roll) are compared when the paper is signed with what the record says now.
    """

    _inherit = "emulation.document"

    def _check_generated(self):
        """Refuse a text whose generated blocks differ from a fresh composition.

        :raises UserError: when one was changed, hidden, removed or added by hand
        """
        self.ensure_one()
        if not self.res_model:
            return
        root, blocks = _parse(self.body)
        _root, fresh = _parse(self._compose_body())
        told = [_content(block) for block in blocks]
        is_open = all(_is_open(block, root) for block in blocks)
        is_open = is_open and self._annexes_are_true()
        if is_open and told == [_content(block) for block in fresh]:
            return
        raise UserError(
            self.env._(
                "A table of results in “%(document)s” is not what its record says: "
                "it was changed by hand, or the record has changed since. Compose the "
                "text again, then sign.",
                document=self.display_name,
            )
        )

    def _restore_generated(self):
        """Put the composed blocks in place of the edited ones, before the print.

        They say the same; what an editor or a style made of their looks goes.
        """
        self.ensure_one()
        root, blocks = _parse(self.body)
        if not self.res_model or not blocks:
            return
        _root, fresh = _parse(self._compose_body())
        for block, composed in zip(blocks, fresh, strict=True):
            composed.tail = block.tail
            block.getparent().replace(block, composed)
        self._write_composed_body(inner_html(root))

    def _keep_plain(self):
        """Keep text and annexes in the looks in which they print (``plain``).

        Words beside a generated block, styled or classed to lie over it, would else
        stay in the signed record and show on the screen what the PDF does not.
        """
        self.ensure_one()
        if not is_html_empty(self.body):
            self._write_composed_body(plain(self.body))
        for annex in self.sudo().annex_ids.with_context(emulation_system_write=True):
            annex.body = annex.body and plain(annex.body)

    def _write_composed_body(self, body):
        """Write a text that says what it said before: nobody has edited it."""
        composing = self.with_context(emulation_composing=COMPOSED)
        composing._write_system({"body": body})
