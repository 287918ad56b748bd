from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..tools import official
from .document_common import MM, DocumentCase

TEMPLATES = {
    "test_annex_body": '<p>Ban hành danh sách.</p><p><t t-out="doc.name"/></p>',
    "test_annex_list": """<table><thead><tr><th>STT</th><th>Đơn vị</th></tr></thead>
        <tr t-foreach="doc.child_ids" t-as="unit"><td t-out="unit_index + 1"/>
        <td t-out="unit.name"/></tr></table>""",
}


@tagged("post_install", "-at_install")
class TestDocumentAnnex(DocumentCase):
    """Annexes stand behind the signatures, each counting its own pages."""

    def _annex(self, title, rows=1, **vals):
        cells = "".join(
            f"<tr><td>{number}</td><td>Đơn vị {number}</td></tr>"
            for number in range(1, rows + 1)
        )
        head = "<thead><tr><th>STT</th><th>Tên đơn vị</th></tr></thead>"
        body = f"<table>{head}<tbody>{cells}</tbody></table>"
        return Command.create({"title": title, "body": body, **vals})

    def test_numbers_are_roman_where_there_are_several(self):
        self.assertEqual(
            [official.roman(n) for n in (1, 4, 9, 14)], ["I", "IV", "IX", "XIV"]
        )
        document = self._create_document(annex_ids=[self._annex("Một")])
        self.assertEqual(document.annex_ids.mapped("number"), ["Phụ lục"])
        document.annex_ids = [self._annex("Hai", sequence=5)]
        self.assertEqual(
            {annex.title: annex.number for annex in document.annex_ids},
            {"Hai": "Phụ lục I", "Một": "Phụ lục II"},
        )
        document.body = '<p>Lời</p><div class="o_annex"><p>Trong lời</p></div>'
        self.assertEqual(
            {annex.title: annex.number for annex in document.annex_ids},
            {"Hai": "Phụ lục II", "Một": "Phụ lục III"},
        )

    def test_each_annex_starts_a_page_and_counts_from_one(self):
        document = self._create_document(
            annex_ids=[
                self._annex("Danh sách dài", rows=70, sequence=1),
                self._annex("Danh sách ngang", rows=60, sequence=2, is_landscape=True),
                self._annex("Danh sách ngắn", sequence=3),
            ],
        )
        document.action_sign()
        pdf = self._open_pdf(document.pdf_attachment_id.raw)
        self.addCleanup(pdf.close)
        texts = [page.extract_text() for page in pdf.pages]
        starts = [i for i, text in enumerate(texts) if text.startswith("Phụ lục")]
        self.assertEqual(len(starts), 3)
        self.assertIn("Trần Thị Thử Nghiệm", texts[0])
        for place, number in zip(starts, ("I", "II", "III"), strict=True):
            self.assertTrue(texts[place].startswith(f"Phụ lục {number}\n"))
            self.assertIn("(Kèm theo Quyết định số 01/QĐ-MTTQ-BTT ngày", texts[place])
        for place in (starts[0], starts[1]):
            self.assertTrue(texts[place + 1].startswith("2\nSTT Tên đơn vị"))
        turned = [page.width > page.height for page in pdf.pages]
        self.assertFalse(turned[starts[0]] or turned[starts[2]])
        self.assertTrue(turned[starts[1]] and turned[starts[1] + 1])
        first = pdf.pages[starts[0]]
        for text, size in (("Phụ lục I", 14), ("DANH SÁCH DÀI", 14), ("(Kèm theo", 14)):
            self.assertPt(self._line(first, text)["size"], size)
        heading = self._line(first, "DANH SÁCH DÀI")
        self.assertMm((heading["x0"] + heading["x1"]) / 2, 110)
        wide = pdf.pages[starts[1]]
        self.assertMm(wide.width * MM, 297)
        self.assertMm(min(line["x0"] for line in wide.extract_text_lines()) * MM, 21.8)

    def test_mark_of_a_draft_stands_in_the_middle_of_any_page(self):
        document = self._create_document(
            annex_ids=[
                self._annex("Đứng", sequence=1),
                self._annex("Ngang", sequence=2, rows=40, is_landscape=True),
            ],
        )
        pages = self._print(document)
        middles = {False: (110, 148.5), True: (148.5, 110)}
        seen = set()
        for page in pages:
            big = [char for char in page.chars if char["size"] > 60]
            self.assertEqual("".join(c["text"] for c in big).replace(" ", ""), "DỰTHẢO")
            turned = page.width > page.height
            seen.add(turned)
            for low, high, middle in zip(
                ("x0", "top"), ("x1", "bottom"), middles[turned], strict=True
            ):
                edges = [c[low] for c in big], [c[high] for c in big]
                found = (min(edges[0]) + max(edges[1])) / 2 * MM
                self.assertAlmostEqual(found, middle, delta=3)
                self.assertGreater(min(edges[0]) * MM, 15, "inside the sheet")
        self.assertEqual(seen, {False, True})

    def test_two_thousand_rows_print(self):
        document = self._create_document(annex_ids=[self._annex("Dài", rows=2000)])
        pages = self._print(document)
        self.assertIn("Đơn vị 2000", pages[-1].extract_text())
        self.assertTrue(pages[-1].extract_text().startswith(f"{len(pages) - 1}\nSTT"))

    def test_html_in_a_title_is_text(self):
        document = self._create_document(
            annex_ids=[self._annex("<b>Đậm</b> & <script>x</script>")],
            issuer_ids=[self._issuer(self.province, signer_name="<i>Ông</i> A & B")],
        )
        text = "".join(page.extract_text() for page in self._print(document))
        self.assertIn("<B>ĐẬM</B> & <SCRIPT>X</SCRIPT>", text)
        self.assertIn("<i>Ông</i> A & B", text)

    def test_form_adds_an_annex_and_any_change_takes_signatures_back(self):
        document = self._create_document()
        with (
            Form(document.with_user(self.movement_user)) as form,
            form.annex_ids.new() as annex,
        ):
            annex.title = "Danh sách"
            annex.body = "<p>Nội dung</p>"
        other = self._issuer(self.district_a, signer_name="Người Khác")
        document.issuer_ids = [other]
        document.issuer_ids[0].action_agree()
        self.assertTrue(document.issuer_ids[0].is_agreed)
        document.annex_ids.body = "<p>Nội dung khác</p>"
        self.assertFalse(document.issuer_ids[0].is_agreed)

    def test_signed_paper_keeps_its_annexes(self):
        document = self._create_document(annex_ids=[self._annex("Một")])
        document.action_sign()
        for attempt in (
            lambda: document.annex_ids.write({"title": "Khác"}),
            lambda: document.annex_ids.unlink(),
            lambda: self.env["emulation.document.annex"].create(
                {"document_id": document.id, "title": "Thêm"}
            ),
        ):
            with self._refused(UserError, "is signed and cannot be changed"):
                attempt()

    def test_who_reads_and_writes_annexes(self):
        document = self._create_document(
            unit=self.commune_a1, annex_ids=[self._annex("Một")]
        )
        annex = document.annex_ids
        annex.with_user(self.officer_a1).title = "Sửa"
        for user in (self.officer_b1, self.finance_user, self.leader_user):
            with self._refused(AccessError, "."):
                annex.with_user(user).read(["title"])
        with self._refused(AccessError, "."):
            annex.with_user(self.officer_b1).write({"title": "Phá"})
        with self._refused(AccessError, "."):
            annex.with_user(self.member1_user).read(["title"])

    def _draft_of_a_source(self):
        for key, arch in TEMPLATES.items():
            self.env["ir.ui.view"].create(
                {
                    "name": f"emulation.{key}",
                    "key": f"emulation.{key}",
                    "type": "qweb",
                    "arch": f'<t t-name="emulation.{key}">{arch}</t>',
                }
            )
        unit = type(self.env["emulation.unit"])
        methods = {
            "_document_values": lambda record, kind: {
                "unit_id": record.id,
                "subject": "Danh sách",
                "issuer_ids": [self._issuer(record)],
            },
            "_document_body_template": lambda record, kind: "emulation.test_annex_body",
            "_document_annexes": lambda record, kind: [
                {
                    "title": "Các đơn vị",
                    "template": "emulation.test_annex_list",
                    "is_landscape": True,
                }
            ],
            "_document_is_restricted": lambda record, kind: False,
        }
        for name, method in methods.items():
            self.startPatcher(patch.object(unit, name, method, create=True))
        papers = self.env["emulation.document"].with_user(self.movement_user)
        return papers._create_from_source(self.province, "QĐ")

    def test_composed_annex_is_nobodys_to_edit_and_follows_its_record(self):
        document = self._draft_of_a_source()
        annex = document.annex_ids
        self.assertTrue(annex.is_composed and annex.is_landscape)
        self.assertIn("Huyện An", annex.body)
        for attempt in (
            lambda: annex.write({"body": "<p>Giả</p>"}),
            lambda: annex.unlink(),
            lambda: annex.copy({"is_composed": True}),
        ):
            with self._refused(UserError, "comes from the record"):
                attempt()
        annex.is_landscape = False
        signing = document.with_user(self.manager_user)
        self.district_b.name = "Huyện Đổi Tên"
        with self._refused(UserError, "Compose the text again"):
            signing.action_sign()
        document.action_refresh_body()
        self.assertIn("Huyện Đổi Tên", document.annex_ids.body)
        signing.action_sign()
        self.assertEqual(document.state, "signed")

    def test_text_edited_by_hand_is_marked_until_composed_again(self):
        document = self._draft_of_a_source()
        self.assertFalse(document.is_edited)
        document.subject = "Danh sách mới"
        self.assertFalse(document.is_edited)
        document.body = str(document.body) + "<p>Thêm một đoạn.</p>"
        self.assertTrue(document.is_edited)
        with self._refused(UserError, "cannot be entered by hand"):
            document.is_edited = False
        document.action_refresh_body()
        self.assertFalse(document.is_edited)
        self.assertNotIn("Thêm một đoạn", document.body)
        written = self._create_document()
        written.body = "<p>Viết tay</p>"
        self.assertFalse(written.is_edited, "there is nothing it differs from")
