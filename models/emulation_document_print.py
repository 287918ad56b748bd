from lxml import etree, html
from markupsafe import Markup

from odoo import fields, models
from odoo.tools import is_html_empty

from ..tools import official
from ..tools.plain_markup import inner_html, plain


class EmulationDocument(models.Model):
    """Laying a paper out for print, as Decree 30/2020/NĐ-CP wants it."""

    _inherit = "emulation.document"

    def action_print(self):
        """Print drafts as they stand; a signed paper is served as it was signed."""
        report = self.env.ref("emulation.emulation_document_report")
        return report.report_action(self)

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

    def _about_width(self):
        """Return the width in mm in which the subject of a letter breaks evenly."""
        return official.balanced_width(f"V/v {self.subject or ''}", 62, 12)

    def _body_parts(self):
        """Return ``(text, annexes)``: blocks of class ``o_annex`` follow the signature.

        In the text field an annex is written where the author likes; on paper it
        stands behind the signatures, on pages of its own, before the annexes that are
        lines of the paper. All of it prints in plain looks: whatever could cover the
        letterhead, a table of results or the signatures is left out.
        """
        self.ensure_one()
        text, embedded = "", []
        if not is_html_empty(self.body):
            root = html.fragment_fromstring(plain(self.body), create_parent="div")
            embedded = root.find_class("o_annex")
            for annex in embedded:
                annex.drop_tree()
                annex.tail = None
                self._name_annex_source(annex)
            text = Markup(inner_html(root))
        total = len(embedded) + len(self.annex_ids)
        for place, annex in enumerate(embedded, start=1):
            for heading in annex.find_class("o_annex_number") if total > 1 else ():
                heading.text = official.annex_number(place, total)
        annexes = [{"body": Markup(inner_html(annex))} for annex in embedded]
        return text, annexes + self._sorted_annexes()._printed()

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
        source = etree.Element("p", {"class": "o_annex_source"})
        source.text = self._annex_source()
        titles[-1].addnext(source)

    def _annex_source(self):
        """Return the line that names the paper an annex came with."""
        self.ensure_one()
        day = self.date_signed or fields.Date.context_today(self)
        is_draft = self.state == "draft"
        date = "ngày … tháng … năm" if is_draft else official.long_date(day)
        kind = (self.kind_id.title or self.kind_id.name).capitalize()
        return (
            f"(Kèm theo {kind} số {self._printed_reference()} {date} "
            f"của {self._issuer_in_words()})"
        )

    def _issuer_in_words(self):
        """Return who issues the paper, e.g. for the reference in an annex."""
        units = self.issuer_ids.sorted("sequence").unit_id
        if len(units) > 1:
            return " và ".join(units.mapped("name"))
        issuer, unit = self._signature_issuers()[:1], self.unit_id.name
        if issuer.authority == "tm" and issuer.on_behalf:
            body = official.in_words(issuer.on_behalf)
            # what is signed for may be the unit itself, in full or in short
            named = unit.lower().startswith(body.lower()) or "ỦY BAN M" in body.upper()
            return unit if named else f"{body} {unit}"
        position = (issuer.head_position or issuer.position or "").strip()
        if position and (self.authority_line or "").startswith(position.upper()):
            # decided by the head in person, not by the body
            return f"{position.capitalize()} {unit}"
        return unit
