from odoo import fields, models


class EmulationDocumentKind(models.Model):
    """Kind of official paper (loại văn bản): its title, its layout, its series.

    Abbreviations and titles are those of Decree 30/2020/NĐ-CP, Annex III.
    """

    _name = "emulation.document.kind"
    _description = "Document Kind"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code", "title"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Abbreviation by decree, e.g. QĐ; an official letter is CV",
    )
    title = fields.Char(
        help="Printed above the subject, in Vietnamese capitals, e.g. QUYẾT ĐỊNH; "
        "empty for an official letter",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    series = fields.Char(
        required=True,
        help="Papers of one issuer with the same series share one run of numbers a "
        "year. Give several kinds the same series to number them together",
    )
    layout = fields.Selection(
        [
            ("standard", "Named document"),
            ("minutes", "Minutes: secretary left, chair right"),
            ("letter", "Official letter without a title"),
        ],
        required=True,
        default="standard",
    )
    has_addressee = fields.Boolean(
        string="Names addressees", help="Prints “Kính gửi:” before the text"
    )
    operative_word = fields.Char(
        help="Printed between the legal basis and the articles, e.g. QUYẾT ĐỊNH:"
    )

    _code_unique = models.UniqueIndex(
        "(code)",
        "Another kind of document already has this code. Use that kind, or choose "
        "another code.",
    )

    def _printed_code(self):
        """Return the abbreviation in the number: none for an official letter."""
        self.ensure_one()
        return "" if self.layout == "letter" else self.code
