from odoo import models

from ..tools import official


class EmulationCertificate(models.Model):
    """What a certificate prints: its texts, by the design of its award."""

    _inherit = "emulation.certificate"

    def _get_texts(self):
        """Return the variable texts of the paper, by name (see the award's design)."""
        self.ensure_one()
        decision = self.document_id.sudo()
        signers = decision._signature_issuers().mapped("signer_name")
        texts = {
            "holder_name": self.holder_name,
            # a collective that is its own unit is named once
            "unit_name": "" if self.unit_name == self.holder_name else self.unit_name,
            "title": self._printed_title(),
            "grade": self.grade_name or "",
            "share": self._printed_share() if self.share else "",
            "award": self.sudo().award_id.printed_name or "",
            "prize": self.prize_name or "",
            "decision": decision.reference,
            "decision_date": official.long_date(decision.date_signed),
            "place_date": decision._printed_place_and_date(),
            "golden_number": self.golden_reference or "",
            "signer": ", ".join(filter(None, signers)),
            "code": self.code,
        }
        return {**texts, "citation": self._get_citation(texts)}

    def _get_citation(self, texts):
        """Return the citation of the decision, or of the award; else who made what."""
        award = self.sudo().award_id
        if citation := self.citation or award._fill_citation(texts):
            return citation
        role = "là tác giả của"
        if texts["share"] not in ("", "100"):
            share = f"{texts['share']}\N{NO-BREAK SPACE}%"
            role = f"là đồng tác giả (tỷ lệ đóng góp {share}) của"
        grade = f", xếp loại {self.grade_name}" if self.grade_name else ""
        return f"{role} “{texts['title']}”{grade}"

    def _get_award_name(self):
        """Return the award with its prize; frozen where a nomination brought it."""
        return self.title if self.nomination_id else self.sudo().award_id.printed_name

    def _get_given_for(self):
        """Return what the paper says it is for: its citation, or the initiative."""
        return self._get_texts()["citation"] if self._is_cited() else self.title

    def _is_cited(self):
        return bool(self.citation or self.sudo().award_id.print_citation)

    def _get_pages(self):
        """Return ``{id: what the template shows}``; of a decision once for all."""
        papers = {
            decision: {
                "agencies": decision._header_agencies(122, 13),
                "signatures": [
                    (issuer._signature_titles(), issuer.signer_name)
                    for issuer in decision._signature_issuers()
                ],
                "is_test": False,
            }
            for decision in self.document_id.sudo()
        }
        return {
            certificate.id: {
                **papers[certificate.document_id],
                "texts": certificate._get_texts(),
                "qr": certificate._qr_data_uri(),
                "is_cited": certificate._is_cited(),
                "is_void": certificate.state == "revoked",
            }
            for certificate in self
        }
