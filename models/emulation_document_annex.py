from lxml import html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..tools import official
from ..tools.plain_markup import plain
from .emulation_document_generated import _content, _parse


class EmulationDocumentAnnex(models.Model):
    """Annex of a paper (phụ lục): on pages of its own, numbered from 1.

    Written by hand, or composed by the record the paper belongs to: a composed one
    is nobody's to edit, and is compared with its record when the paper is signed.
    """

    _name = "emulation.document.annex"
    _inherit = ["emulation.document.line.mixin"]
    _description = "Document Annex"
    _order = "document_id, sequence, id"
    _rec_name = "title"

    sequence = fields.Integer(default=10)
    number = fields.Char(
        compute="_compute_number",
        help="As printed: “Phụ lục”, with a Roman number where there are several",
    )
    title = fields.Char(
        required=True, help="Printed in capitals, e.g. Danh sách đơn vị tham gia"
    )
    body = fields.Html(
        string="Text", sanitize_overridable=False, help="The text or table of the annex"
    )
    is_landscape = fields.Boolean(
        string="Landscape", help="For tables too wide for an upright page"
    )
    is_composed = fields.Boolean(
        string="Composed",
        readonly=True,
        copy=False,
        help="Comes from the record the paper belongs to; it is composed again, never "
        "edited",
    )

    @api.depends("sequence", "document_id.annex_ids.sequence", "document_id.body")
    def _compute_number(self):
        for annex in self:
            ordered = list(annex.document_id._sorted_annexes())
            before = annex.document_id._embedded_annex_count()
            place = ordered.index(annex) if annex in ordered else len(ordered)
            total = max(len(ordered), place + 1)
            annex.number = official.annex_number(before + place + 1, before + total)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            offered = self.default_get(["is_composed"])
            if any({**offered, **vals}.get("is_composed") for vals in vals_list):
                raise UserError(self._composed_message())
        return super().create(vals_list)

    def write(self, vals):
        # the place among the annexes and the turn of the page say nothing
        if vals.keys() - {"sequence", "is_landscape"} and not self.env.su:
            self._check_by_hand(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_composed(self):
        if not self.env.su:
            self._check_by_hand({})

    def _check_by_hand(self, vals):
        if vals.get("is_composed") or any(self.mapped("is_composed")):
            raise UserError(self._composed_message())

    def _composed_message(self):
        return self.env._(
            "The annex “%(annex)s” comes from the record its paper belongs to. Correct "
            "that record, then compose the text of the paper again.",
            annex=self[:1].title or "",
        )

    def _printed(self):
        """Return what the layout prints: number, title and plain text of each annex."""
        return [
            {
                "number": annex.number,
                "title": annex.title,
                "body": Markup(plain(annex.body)),
                "landscape": annex.is_landscape,
            }
            for annex in self
        ]


class EmulationDocument(models.Model):
    """The annexes of a paper: composed with its text, printed behind its signatures."""

    _inherit = "emulation.document"

    annex_ids = fields.One2many(
        "emulation.document.annex", "document_id", string="Annexes", copy=True
    )

    def _sorted_annexes(self):
        return self.annex_ids.sorted(lambda annex: (annex.sequence, annex.id or 0))

    def _embedded_annex_count(self):
        """Return how many annexes stand in the text itself (class ``o_annex``)."""
        if "o_annex" not in (self.body or "") or is_html_empty(self.body):
            return 0
        root = html.fragment_fromstring(str(self.body), create_parent="div")
        return len(root.find_class("o_annex"))

    def _compose_annexes(self):
        """Compose the annexes of the source again; those written by hand stay."""
        self.ensure_one()
        document = self.sudo()
        document.annex_ids.filtered("is_composed").unlink()
        document.annex_ids = [
            fields.Command.create({**values, "is_composed": True})
            for values in document._composed_annexes()
        ]

    def _composed_annexes(self):
        """Return values of the annexes that the source gives now, in Vietnamese.

        The source says by ``_document_annexes`` which there are: dicts with ``title``,
        ``template`` and, where the table is wide, ``is_landscape``.
        """
        self.ensure_one()
        document = self.sudo()._in_vietnamese()
        given = document._call_source("_document_annexes", self.kind_id) or []
        return [
            {
                "sequence": number,
                "title": annex["title"],
                "is_landscape": annex.get("is_landscape", False),
                "body": document._render_source(annex["template"]),
            }
            for number, annex in enumerate(given, start=1)
        ]

    def _annexes_are_true(self):
        """Return whether the composed annexes still say what the source says."""
        self.ensure_one()
        if not self.res_model:
            return True
        composed = self.sudo()._sorted_annexes().filtered("is_composed")
        told = [(annex.title, _content(_parse(annex.body)[0])) for annex in composed]
        fresh = [
            (annex["title"], _content(_parse(annex["body"])[0]))
            for annex in self._composed_annexes()
        ]
        return sorted(told, key=str) == sorted(fresh, key=str)
