from lxml import etree, html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..tools import official

LANGUAGE = "vi_VN"


def _inner_html(element):
    """Return the content of an element of sanitised HTML as markup."""
    parts = [str(Markup.escape(element.text or ""))]
    parts += [
        etree.tostring(child, encoding="unicode", method="html") for child in element
    ]
    return Markup("".join(parts))


class EmulationDocument(models.Model):
    """Composing the text from its source and laying it out for print."""

    _inherit = "emulation.document"

    def action_print(self):
        """Print drafts as they stand; a signed paper is served as it was signed."""
        report = self.env.ref("emulation.emulation_document_report")
        return report.report_action(self)

    can_refresh_body = fields.Boolean(compute="_compute_can_refresh_body")

    @api.depends("state", "res_model")
    @api.depends_context("uid")
    def _compute_can_refresh_body(self):
        for document in self:
            composed = document.state == "draft" and bool(document.res_model)
            document.can_refresh_body = composed and document.has_access("write")

    def action_refresh_body(self):
        """Compose the text of drafts again from the records they belong to.

        :raises UserError: when signed, or when it belongs to no record
        """
        self.check_access("write")
        for document in self:
            document._check_is_draft()
            body = document._compose_body()
            if not body:
                raise UserError(
                    self.env._(
                        "“%(document)s” is written by hand: there is no record from "
                        "which its text could be composed.",
                        document=document.display_name,
                    )
                )
            document.body = body
        return True

    def action_open_source(self):
        """Open the record this paper belongs to."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def _open_form(self):
        """Return the action that opens this paper."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def _create_from_source(self, record, kind_code):
        """Draft a paper of a kind for a record that follows the source protocol.

        Called by an action of the source, which has judged whether the user may.

        :param record: one record with the methods of ``emulation.document.source``
        :param kind_code: code of the kind, e.g. ``QĐ``
        :return: the draft, in the user's environment
        :raises UserError: when there is no such kind
        """
        record.ensure_one()
        kind = self.env["emulation.document.kind"].search([("code", "=", kind_code)])
        if not kind:
            raise UserError(
                self.env._(
                    "There is no kind of document “%(code)s”, which “%(record)s” "
                    "needs. Create it under Configuration, Document Kinds.",
                    code=kind_code,
                    record=record.display_name,
                )
            )
        values = {
            "kind_id": kind.id,
            "subject": record.display_name,
            "drafter_user_id": self.env.uid,
            "is_restricted": record._document_is_restricted(kind),
            "res_model": record._name,
            "res_id": record.id,
        }
        if "unit_id" in record._fields:
            values["unit_id"] = record.unit_id.id
            values["company_id"] = record.unit_id.company_id.id
        values.update(record._document_values(kind))
        document = self.sudo().create(values)
        document.body = document._compose_body()
        return document.with_env(self.env)

    def _source_record(self):
        """Return the record this paper belongs to, without rights; may be empty."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return None
        return self.env[self.res_model].sudo().browse(self.res_id).exists() or None

    def _call_source(self, name, *args):
        """Call a method of the source protocol, if there is a source that has it."""
        record = self._source_record()
        method = getattr(record, name, None) if record is not None else None
        return method(*args) if method else None

    def _compose_body(self):
        """Return the text of the source's template, in Vietnamese, or ``False``."""
        self.ensure_one()
        template = self._call_source("_document_body_template", self.kind_id)
        if not template:
            return False
        document = self.sudo()._in_vietnamese()
        record = document._source_record()
        return self.env["ir.qweb"]._render(
            template, {"doc": record, "document": document}, lang=document.env.lang
        )

    def _in_vietnamese(self):
        """Official papers are Vietnamese whatever the language of the user."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        lang = LANGUAGE if LANGUAGE in installed else self.env.lang
        return self.with_context(lang=lang)

    def _print_pdf(self):
        """Return the PDF of this paper as it stands now, in bytes."""
        self.ensure_one()
        # With the user's rights: a text may show no picture its signer cannot open
        report = self.env["ir.actions.report"].sudo(False)
        report_name = "emulation.report_document"
        return report._render_qweb_pdf(report_name, self.ids)[0]

    def _report_file_name(self):
        """Return the name of the file offered for download, without extension."""
        self.ensure_one()
        name = self.reference or f"{self.kind_id.code}-{self.id}"
        return name.replace("/", "-")

    def _header_issuers(self):
        """Return the issuers named in the header: each agency once, in order."""
        self.ensure_one()
        seen, issuers = set(), self.issuer_ids.browse()
        for issuer in self.issuer_ids.sorted(lambda line: (line.sequence, line.id)):
            if issuer.letterhead not in seen:
                seen.add(issuer.letterhead)
                issuers += issuer
        if self.layout == "minutes":
            return issuers[:1]
        return issuers

    def _header_agencies(self, width=62, size=12):
        """Return ``([line, …], [[line, …], …])``: superior agency, then each agency.

        A line too long for its column breaks into lines of about one length.

        :param width: width of the column in mm
        :param size: type size in pt
        """
        issuers = self._header_issuers()

        def broken(text):
            return [
                part
                for line in (text or "").splitlines()
                for part in official.balanced_lines(line.upper(), width, size)
            ]

        superior = issuers.letterhead_superior if len(issuers) == 1 else False
        return broken(superior), [broken(issuer.letterhead) for issuer in issuers]

    def _signature_issuers(self):
        """Return the issuers as their signatures stand on the page, left to right."""
        self.ensure_one()
        issuers = self.issuer_ids.sorted(lambda line: (line.sequence, line.id))
        if self.layout == "minutes":
            ranks = {"secretary": 0, "issuer": 1, "chair": 2}
            return issuers.sorted(lambda line: ranks[line.role])
        if len(issuers) < 2:
            return issuers
        host = issuers.filtered(lambda line: line.unit_id == self.unit_id)[:1]
        others = issuers - host
        return others + host if self.host_signs == "right" else host + others

    def _printed_place_and_date(self):
        """Return the place and date line; open on a draft that has no date."""
        year = fields.Date.context_today(self).year
        return official.place_and_date(self.place, self.date_signed, year)

    def _addressees(self):
        return self.recipient_ids.filtered("is_addressee").mapped("name")

    def _recipient_lines(self):
        """Return the lines under “Nơi nhận:”."""
        names = self.recipient_ids.filtered(lambda line: not line.is_addressee)
        archive = self.archive or "VT"
        if self.drafter_mark:
            archive = f"{archive.rstrip('.')}. {self.drafter_mark}"
        return official.recipient_lines(
            names.mapped("name"), archive, as_above=bool(self._addressees())
        )

    def _subject_width(self):
        """Return the width in mm in which the subject breaks into even lines."""
        return official.balanced_width(self.subject or "")

    def _body_parts(self):
        """Return ``(text, annexes)``: blocks of class ``o_annex`` follow the signature.

        In the text field an annex is written where the author likes; on paper it
        stands behind the signatures, on pages of its own.
        """
        self.ensure_one()
        if is_html_empty(self.body):
            return "", []
        root = html.fragment_fromstring(self.body, create_parent="div")
        annexes = root.find_class("o_annex")
        for annex in annexes:
            annex.drop_tree()
            annex.tail = None
            self._name_annex_source(annex)
        return _inner_html(root), [_inner_html(annex) for annex in annexes]

    def _basis_lines(self):
        return official.basis_lines(self.basis)

    def _address_line(self):
        """Return the contact line of the host, foot of an official letter."""
        partner = self.unit_id.sudo().partner_id
        parts = (
            partner.contact_address_inline,
            partner.phone and f"Điện thoại: {partner.phone}",
            partner.email and f"Thư điện tử: {partner.email}",
            partner.website,
        )
        return "; ".join(part for part in parts if part)

    def _name_annex_source(self, annex):
        """Say under the title of an annex which paper it came with (NĐ 30/2020)."""
        titles = annex.find_class("o_annex_title")
        if not titles or annex.find_class("o_annex_source"):
            return
        day = self.date_signed or fields.Date.context_today(self)
        is_draft = self.state == "draft"
        date = "ngày … tháng … năm" if is_draft else official.long_date(day)
        kind = (self.kind_id.title or self.kind_id.name).capitalize()
        source = etree.Element("p", {"class": "o_annex_source"})
        source.text = (
            f"(Kèm theo {kind} số {self._printed_reference()} {date} "
            f"của {self._issuer_in_words()})"
        )
        titles[-1].addnext(source)

    def _issuer_in_words(self):
        """Return who issues the paper, e.g. for the reference in an annex."""
        issuer = self._signature_issuers()[:1]
        if issuer.authority == "tm" and issuer.on_behalf:
            return f"{issuer.on_behalf.capitalize()} {self.unit_id.name}"
        return self.unit_id.name
