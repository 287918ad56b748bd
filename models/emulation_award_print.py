from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import pictures, placeholders, qr

# What a certificate can print, with what the test print shows in its place
SAMPLES = {
    "holder_name": "Nguyễn Thị Thử Nghiệm",
    "unit_name": "Hợp tác xã Thử Nghiệm, xã An Một",
    "title": "Hệ thống tưới tiết kiệm nước cho vườn cây ăn quả",
    "grade": "Xuất sắc",
    "share": "60",
    "award": "Bằng khen",
    "prize": "Giải Nhất",
    "citation": "Đã có thành tích xuất sắc trong phong trào",
    "decision": "05/QĐ-MTTQ",
    "decision_date": "ngày 05 tháng 3 năm 2020",
    "place_date": "Hà Nam, ngày 05 tháng 3 năm 2020",
    "golden_number": "12/2020",
    "signer": "Nguyễn Văn Ký",
    "code": "ABCD-EFGH-JKMN-PQRS-TWXY-Z234-5678",
}
LABELS = [
    ("holder_name", "Holder"),
    ("unit_name", "Unit"),
    ("citation", "Citation"),
    ("title", "What is recognised"),
    ("grade", "Grade"),
    ("share", "Share (%)"),
    ("award", "Name of the award"),
    ("prize", "Prize"),
    ("decision", "Number of the decision"),
    ("decision_date", "Date of the decision, in words"),
    ("place_date", "Place and date"),
    ("golden_number", "No. in the golden book"),
    ("signer", "Name of the signer"),
    ("code", "Code of the public check"),
    ("qr", "QR code of the public check"),
]
# Designs are no part of the law: they may change while the award is in force
DESIGN = {
    "print_title", "print_title_size", "print_lead", "print_citation", "print_border",
    "print_background", "print_logo", "print_accent", "print_width", "print_height",
    "prints_on_blank", "print_shift_x", "print_shift_y", "print_line_ids",
}  # fmt: skip


class EmulationAward(models.Model):
    """How the certificates of an award look, on white paper or on printed blanks."""

    _name = "emulation.award"
    _inherit = ["emulation.award", "emulation.picture.mixin"]
    _picture_fields = ("print_background", "print_logo")

    print_title = fields.Char(
        string="Title line", help="E.g. BẰNG KHEN; empty: the printed name of the award"
    )
    print_title_size = fields.Integer(
        string="Size of the title (pt)", default=38, aggregator=None
    )
    print_lead = fields.Char(string="Above the holder", help="Empty: Tặng")
    print_citation = fields.Text(
        string="Citation",
        help="What it is given for. Placeholders: {title}, {grade}, {share}, "
        "{unit_name}, {holder_name}, {award}, {prize}, {decision}, {decision_date}",
    )
    print_border = fields.Selection(
        [("double", "Double frame"), ("line", "Thin line"), ("none", "None")],
        string="Frame",
        required=True,
        default="double",
    )
    print_accent = fields.Char(
        string="Colour", default="#a8191f", help="Of the title and the frame"
    )
    print_background = fields.Image(
        string="Background", max_width=5000, max_height=5000, help="Fills the page"
    )
    print_logo = fields.Image(
        string="Emblem", max_width=1500, max_height=1500, help="Above the title"
    )
    print_width = fields.Float(
        string="Width of the paper (mm)", default=297, digits=(6, 1), aggregator=None
    )
    print_height = fields.Float(
        string="Height of the paper (mm)", default=210, digits=(6, 1), aggregator=None
    )
    prints_on_blank = fields.Boolean(
        string="On printed blanks",
        help="Only the variable texts are printed, each at its place",
    )
    print_shift_x = fields.Float(
        string="Shift to the right (mm)",
        digits=(5, 1),
        aggregator=None,
        help="Moves all texts: what your printer is off by",
    )
    print_shift_y = fields.Float(
        string="Shift down (mm)", digits=(5, 1), aggregator=None
    )
    print_line_ids = fields.One2many(
        "emulation.award.print.line", "award_id", string="Texts on the blank", copy=True
    )

    @api.constrains("print_width", "print_height")
    def _check_print_paper(self):
        for award in self:
            sides = (award.print_width, award.print_height)
            if not all(50 <= side <= 1000 for side in sides):
                raise ValidationError(
                    self.env._(
                        "“%(award)s”: the paper is 50 to 1000 mm wide and high. An A4 "
                        "sheet lying is 297 × 210 mm.",
                        award=award.name,
                    )
                )

    @api.constrains("print_title_size", "print_accent")
    def _check_print_style(self):
        for award in self:
            if not 10 <= award.print_title_size <= 120:
                raise ValidationError(
                    self.env._(
                        "“%(award)s”: the title is 10 to 120 pt high.", award=award.name
                    )
                )
            colour = award.print_accent or ""
            if colour and not (
                len(colour) == 7
                and colour[0] == "#"
                and set(colour[1:].lower()) <= set("0123456789abcdef")
            ):
                raise ValidationError(
                    self.env._(
                        "“%(award)s”: “%(colour)s” is no colour. Choose one, or enter "
                        "it like #a8191f.",
                        award=award.name,
                        colour=colour,
                    )
                )

    @api.constrains("print_citation")
    def _check_print_citation(self):
        known = set(SAMPLES) - {"citation"}
        for award in self:
            if wrong := placeholders.unknown(award.print_citation, known):
                raise ValidationError(
                    self.env._(
                        "“%(award)s”: the citation has unknown placeholders: "
                        "%(wrong)s. Known are: %(known)s.",
                        award=award.name,
                        wrong=", ".join(wrong),
                        known=", ".join(f"{{{name}}}" for name in sorted(known)),
                    )
                )

    @api.constrains("prints_on_blank", "print_line_ids")
    def _check_print_lines(self):
        for award in self:
            if award.prints_on_blank and not award.print_line_ids:
                raise ValidationError(
                    self.env._(
                        "“%(award)s” prints on blanks: enter at least one text with "
                        "its place, or “Propose places”.",
                        award=award.name,
                    )
                )

    def action_test_print(self):
        """Print sample texts, on blanks with frames and crosshairs to measure by."""
        report = self.env.ref("emulation.emulation_award_test_report")
        return report.report_action(self)

    def action_propose_places(self):
        """Enter places for the usual texts, to be moved where the blank wants them.

        :raises AccessError: for whoever may not change awards
        """
        self.check_access("write")
        for award in self:
            scale = award.print_width / 297, award.print_height / 210
            have = set(award.print_line_ids.mapped("field"))
            award.print_line_ids = [
                fields.Command.create(
                    {
                        **line,
                        "x": round(line["x"] * scale[0], 1),
                        "y": round(line["y"] * scale[1], 1),
                        "width": round(line["width"] * scale[0], 1),
                    }
                )
                for line in USUAL_LINES
                if line["field"] not in have
            ]
        return True

    def _get_writable(self):
        return super()._get_writable() | DESIGN

    def _fill_citation(self, texts):
        """Return the citation with its placeholders filled, ``""`` without one."""
        return placeholders.fill(self.print_citation, texts).strip()

    def _picture_uri(self, name):
        """Return a picture of the design as a ``data:`` address."""
        return pictures.data_uri(self.with_context(bin_size=False)[name])

    def _printed_title_line(self):
        """Return the title line: as entered, or what the award is called on paper."""
        name = self.printed_name or "Giấy chứng nhận"
        return self.print_title or name.partition(" của ")[0].upper()

    def _printed_lead(self):
        return self.print_lead or ("Tặng" if self else "Chứng nhận")

    def _css_scale(self):
        """Return the style that fits the A4 layout into the paper of the award."""
        scale = min(self.print_width / 297, self.print_height / 210)
        left = (self.print_width - 297 * scale) / 2
        top = (self.print_height - 210 * scale) / 2
        return (
            f"transform: translate({left:.2f}mm, {top:.2f}mm) scale({scale:.4f}); "
            "transform-origin: 0 0"
        )

    def _crosshairs(self):
        """Return where the test print has crosshairs: 10 mm off each corner."""
        right, bottom = self.print_width - 10, self.print_height - 10
        return [(x, y) for x in (10, right) for y in (10, bottom)]

    def _get_sample_page(self):
        """Return what a test print shows, see the certificate's ``_get_pages``."""
        texts = self._sample_texts()
        return {
            "texts": texts,
            "agencies": ([], [["CƠ QUAN BAN HÀNH"]]),
            "signatures": [(["CHỨC VỤ NGƯỜI KÝ"], texts["signer"])],
            "qr": qr.data_uri(texts["code"]),
            "is_cited": bool(self.print_citation),
            "is_void": False,
            "is_test": True,
        }

    def _sample_texts(self):
        """Return what the test print shows, the citation of this very award."""
        self.ensure_one()
        texts = {**SAMPLES, "award": self.printed_name or SAMPLES["award"]}
        if self.category != "prize" and not self.prints_on_blank:
            texts["prize"] = ""
        citation = self._fill_citation(texts)
        return {**texts, "citation": citation or SAMPLES["citation"]}


USUAL_LINES = [
    {"field": "holder_name", "x": 60, "y": 85, "width": 177, "size": 26,
     "style": "bold"},
    {"field": "unit_name", "x": 60, "y": 99, "width": 177, "size": 15},
    {"field": "citation", "x": 45, "y": 110, "width": 207, "size": 16},
    {"field": "place_date", "x": 165, "y": 140, "width": 100, "size": 13,
     "style": "italic"},
    {"field": "decision", "x": 48, "y": 158, "width": 60, "size": 12, "align": "left"},
    {"field": "golden_number", "x": 48, "y": 166, "width": 60, "size": 12,
     "align": "left"},
    {"field": "qr", "x": 25, "y": 160, "width": 20, "size": 12, "align": "left"},
    {"field": "signer", "x": 165, "y": 182, "width": 100, "size": 14,
     "style": "bold"},
]  # fmt: skip


class EmulationAwardPrintLine(models.Model):
    """A text that is printed on a blank, and where."""

    _name = "emulation.award.print.line"
    _description = "Text on a Blank"
    _order = "award_id, y, x, id"

    award_id = fields.Many2one(
        "emulation.award", required=True, index=True, ondelete="cascade"
    )
    field = fields.Selection(LABELS, string="Text", required=True)
    x = fields.Float(
        string="From the left (mm)", required=True, digits=(6, 1), aggregator=None
    )
    y = fields.Float(
        string="From the top (mm)", required=True, digits=(6, 1), aggregator=None
    )
    width = fields.Float(
        string="Width (mm)", required=True, default=150, digits=(6, 1), aggregator=None
    )
    size = fields.Float(
        string="Type size (pt)", required=True, default=14, digits=(4, 1),
        aggregator=None,
    )  # fmt: skip
    align = fields.Selection(
        [("left", "Left"), ("center", "Centred"), ("right", "Right")],
        required=True,
        default="center",
    )
    style = fields.Selection(
        [
            ("normal", "Regular"),
            ("bold", "Bold"),
            ("italic", "Italic"),
            ("bold_italic", "Bold italic"),
            ("capitals", "Bold capitals"),
        ],
        required=True,
        default="normal",
    )

    _field_unique = models.UniqueIndex(
        "(award_id, field)", "This text already has its place on the blank. Move that."
    )
    _sizes = models.Constraint(
        "CHECK (size >= 5 AND size <= 100 AND width >= 5 AND x >= 0 AND y >= 0)",
        "Places are not negative, a text is at least 5 mm wide and 5 to 100 pt high.",
    )

    @api.constrains("x", "y", "width")
    def _check_on_paper(self):
        """A text outside the paper is printed nowhere."""
        for line in self:
            paper = line.award_id
            right = line.x + line.width
            if right > paper.print_width or line.y > paper.print_height:
                label = dict(line._fields["field"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "“%(text)s” would stand outside the paper of “%(award)s” "
                        "(%(width)g × %(height)g mm). Move it or make it narrower.",
                        text=label[line.field],
                        award=paper.name,
                        width=paper.print_width,
                        height=paper.print_height,
                    )
                )

    def _css(self):
        """Return where and how the text stands, as a style."""
        self.ensure_one()
        award = self.award_id
        parts = [
            f"left: {self.x + award.print_shift_x:.1f}mm",
            f"top: {self.y + award.print_shift_y:.1f}mm",
            f"width: {self.width:.1f}mm",
            f"font-size: {self.size:g}pt",
            f"text-align: {self.align}",
        ]
        if self.style in ("bold", "bold_italic", "capitals"):
            parts.append("font-weight: bold")
        if self.style in ("italic", "bold_italic"):
            parts.append("font-style: italic")
        if self.style == "capitals":
            parts.append("text-transform: uppercase")
        return "; ".join(parts)
