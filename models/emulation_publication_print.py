import base64
import io

from odoo import models
from odoo.tools import is_html_empty

from ..tools import manuscript, official
from ..tools.text import alphabet_key

REPORT = "emulation.emulation_publication_report"


class EmulationPublication(models.Model):
    """The book on paper: stories in order, contents, two indexes; PDF and Word file."""

    _inherit = "emulation.publication"

    def _get_stories(self):
        """Return the stories to print: accepted, readable, and with all consent."""
        self.ensure_one()
        accepted = self.entry_ids._printed()
        return accepted.filtered(lambda entry: not entry.missing)

    def _get_index(self, name):
        """Return ``[(heading, stories)]`` by a field, in the order of the alphabet.

        :param name: ``"unit"`` or ``"field"``
        """
        groups = {}
        for story in self._get_stories():
            heading = story.unit_name_then if name == "unit" else story._printed_field()
            if heading:
                groups.setdefault(heading, []).append(story)
        return sorted(groups.items(), key=lambda group: alphabet_key(group[0]))

    def _printed_imprint(self):
        """Return the lines of the imprint as far as they are known, label and value."""
        copies = f"{self.copies:,}".replace(",", ".") if self.copies else ""
        day = self.date_published and self.date_published.strftime("%d/%m/%Y")
        lines = (
            ("Cơ quan chủ trì", self.unit_name_then),
            ("Chịu trách nhiệm nội dung", self.compilers),
            ("Đơn vị xuất bản", self.publisher),
            ("Số lượng in", copies and f"{copies} bản"),
            ("Quyết định xuất bản", self.licence),
            ("Mã số sách chuẩn quốc tế (ISBN)", self.isbn),
            ("Xuất bản ngày", day),
        )
        return [(label, value) for label, value in lines if value]

    def _has_foreword(self):
        return not is_html_empty(self.foreword)

    def _printed_agencies(self):
        """Return the lines of the agency on the title page."""
        unit = self.unit_id.sudo()
        return (unit.letterhead or self.unit_name_then.upper()).split("\n")

    def _frozen_pdf(self):
        """Return the attachment with the book that came out, for the report."""
        self.ensure_one()
        if self.state != "published":
            return self.env["ir.attachment"]
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "booklet"),
                ],
                limit=1,
            )
        )

    def _keep_booklet(self):
        """Print the book that comes out, and keep it."""
        self.ensure_one()
        # with the user's rights: a story shows no picture its publisher cannot open
        reports = self.env["ir.actions.report"].sudo(False)
        report = self.env.ref(REPORT)
        content = reports._render_weasyprint(report, self.ids, {"report_type": "pdf"})
        self.booklet = base64.b64encode(content)

    def _write_manuscript(self):
        """Return the manuscript as an open Word file."""
        self.ensure_one()
        book = {
            "agencies": self._printed_agencies(),
            "title": self.name,
            "number": self.number or "",
            "year": self.year,
            "imprint": self._printed_imprint(),
            "foreword": self.foreword,
            "stories": [story._as_manuscript() for story in self._get_stories()],
            "indexes": [
                (
                    label,
                    [
                        (heading, [one.name for one in found])
                        for heading, found in index
                    ],
                )
                for label, index in (
                    ("Tra theo đơn vị", self._get_index("unit")),
                    ("Tra theo lĩnh vực", self._get_index("field")),
                )
            ],
        }
        reports = self.env["ir.actions.report"]
        file = io.BytesIO()
        manuscript.write(file, book, reports._read_for_report)
        file.seek(0)
        return file

    def _get_file_name(self, kind="docx"):
        """Return the name of the downloaded manuscript or book, by its kind of file."""
        return f"{self.display_name}.{kind}".replace("/", "-")


class EmulationPublicationEntry(models.Model):
    _inherit = "emulation.publication.entry"

    def _printed_unit(self):
        """Return the unit under the name it had when the book came out."""
        return "" if self._tells_of_unit() else self.unit_name_then

    def _tells_of_unit(self):
        return not self.partner_id and self.recipient_name == self.unit_name_then

    def _printed_field(self):
        return self.field_id.with_context(lang="vi_VN").name or ""

    def _printed_initiative(self):
        """Return the sentence on the initiative, ``""`` where the story has none."""
        initiative = self.sudo().initiative_id
        if not initiative:
            return ""
        title = official.inner_quotes(initiative.name)
        others = len(initiative.author_ids.partner_id - self.partner_id)
        if others and self.partner_id:
            return f"Sáng kiến “{title}”, cùng {others} đồng tác giả"
        return f"Sáng kiến “{title}”"

    def _as_manuscript(self):
        """Return what the manuscript says of the story."""
        self.ensure_one()
        return {
            "title": self.name,
            "name": self.recipient_name,
            "unit": self._printed_unit(),
            "about": self._printed_initiative(),
            "html": self.story,
            "photo": self._photo_content(),
            "caption": self.photo_caption or "",
        }

    def _photo_content(self):
        """Return the photo in bytes, empty without one."""
        return base64.b64decode(self.with_context(bin_size=False).photo or b"")
