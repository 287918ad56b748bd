from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestDocumentDelivery(DocumentCase):
    """A signed paper reaches the units it names, and they alone (R97)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communes = cls.env["emulation.recipient.group"].create(
            {
                "name": "Các xã",
                "level_ids": [
                    Command.set(cls.env.ref("emulation.unit_level_commune").ids)
                ],
                "below_unit_id": cls.province.id,
            }
        )

    def _paper(self, *lines, **vals):
        recipients = [Command.create(line) for line in lines]
        return self._create_document(recipient_ids=recipients, **vals)

    def _read(self, document, user):
        document.invalidate_recordset()
        return document.with_user(user).read(["subject"])[0]["subject"]

    def test_signing_sends_to_each_unit_once(self):
        paper = self._paper(
            {"group_id": self.communes.id},
            {"unit_id": self.commune_a1.id},
            {"name": "Lưu trữ ngoài"},
        )
        self.assertFalse(paper.delivery_ids)
        paper.action_sign()
        communes = self.commune_a1 | self.commune_a2 | self.commune_b1
        self.assertEqual(paper.delivery_ids.unit_id, communes)
        self.assertEqual(len(paper.delivery_ids), 3)
        self.assertTrue(all(paper.delivery_ids.mapped("date_sent")))
        self.assertEqual((paper.delivery_count, paper.read_count), (3, 0))
        self.assertTrue(all(paper.issuer_ids.mapped("is_agreed")))
        # later foundings change nothing
        self._create_unit("T35B9", "Xã Mới", "territory", "commune", self.district_b)
        self.assertEqual(len(paper.delivery_ids), 3)

    def test_group_means_the_units_of_the_day_of_the_paper(self):
        self.commune_b1.sudo().write({"date_start": "2020-01-01"})
        paper = self._paper({"group_id": self.communes.id}, date_signed="2019-05-05")
        self._sign_dated(paper)
        self.assertEqual(paper.delivery_ids.unit_id, self.commune_a1 | self.commune_a2)

    def test_no_paper_goes_to_units_that_it_does_not_print(self):
        """A context or a value kept for new forms adds none to a recipient."""
        documents = self.env["emulation.document"].with_user(self.officer_a1)
        line = {"name": "Lưu trữ"}
        vals = {
            "kind_id": self._kind("QĐ").id,
            "unit_id": self.commune_a1.id,
            "subject": "Về việc thử",
        }
        paper = documents.create(vals)
        hidden = [Command.set(self.commune_b1.ids)]
        recipients = paper.recipient_ids.with_context(default_expanded_unit_ids=hidden)
        with self._refused(UserError, "when the paper is signed"):
            recipients.create({"document_id": paper.id, **line})
        kept = self.env["ir.default"].with_user(self.officer_a1)
        units = self.commune_b1.ids
        kept.set(recipients._name, "expanded_unit_ids", units, user_id=True)
        with self._refused(UserError, "when the paper is signed"):
            documents.create({**vals, "recipient_ids": [Command.create(line)]})

    def test_only_the_unit_itself_reads_and_marks(self):
        paper = self._paper({"unit_id": self.commune_b1.id})
        with self._refused(AccessError, "."):
            self._read(paper, self.officer_b1)
        paper.action_sign()
        self.assertEqual(self._read(paper, self.officer_b1), paper.subject)
        for line in (paper.recipient_ids, paper.issuer_ids):
            line.with_user(self.officer_b1).check_access("read")
        for user in (
            self.officer_a1,
            self.officer_a,
            self.finance_user,
            self.member1_user,
        ):
            with self._refused(AccessError, "."):
                self._read(paper, user)
        for right in ("write", "unlink"):
            self.assertFalse(paper.with_user(self.officer_b1).has_access(right))
        delivery = paper.delivery_ids
        for attempt in (
            lambda: delivery.with_user(self.officer_a1).action_open(),
            lambda: delivery.with_user(self.officer_b1).write({"date_read": False}),
            lambda: paper.with_user(self.officer_a1).action_acknowledge(),
        ):
            with self._refused(AccessError, "."):
                attempt()
        self.assertFalse(delivery.date_read)

    def test_opening_marks_the_first_reading(self):
        paper = self._paper({"unit_id": self.commune_b1.id})
        paper.action_sign()
        received = self.env["emulation.document.delivery"].with_user(self.officer_b1)
        delivery = received.search([("is_mine", "=", True)])
        self.assertEqual(delivery.reference, paper.reference)
        self.assertTrue(paper.with_user(self.officer_b1).can_acknowledge)
        action = delivery.action_open()
        self.assertEqual(action["res_id"], paper.id)
        self.assertEqual(delivery.read_user_id, self.officer_b1)
        first = delivery.date_read
        second = self._create_user("officer_b1_too", "officer", self.commune_b1)
        delivery.with_user(second).action_open()
        self.assertEqual(
            (delivery.date_read, delivery.read_user_id), (first, self.officer_b1)
        )
        self.assertFalse(paper.with_user(self.officer_b1).can_acknowledge)
        self.assertEqual(paper.read_count, 1)

    def test_the_issuer_follows_without_marking(self):
        paper = self._paper({"unit_id": self.commune_b1.id})
        paper.action_sign()
        seen = paper.delivery_ids.with_user(self.movement_user)
        seen.action_open()
        self.assertFalse(paper.delivery_ids.date_read)
        with self._refused(AccessError, "was not sent to a unit"):
            paper.with_user(self.movement_user).action_acknowledge()
        paper.with_user(self.officer_b1).action_acknowledge()
        self.assertEqual(paper.delivery_ids.read_user_id, self.officer_b1)

    def test_reading_ends_with_the_office(self):
        paper = self._paper({"unit_id": self.commune_b1.id})
        paper.action_sign()
        self._read(paper, self.officer_b1)
        self.officer_b1.emulation_officer_ids.write({"date_end": "2020-01-01"})
        with self._refused(AccessError, "."):
            self._read(paper, self.officer_b1)

    def test_restricted_paper_goes_out_when_published(self):
        paper = self._paper({"unit_id": self.commune_b1.id}, is_restricted=True)
        paper.action_sign()
        self.assertFalse(paper.delivery_ids)
        with self._refused(AccessError, "."):
            self._read(paper, self.officer_b1)
        paper._publish()
        self.assertEqual(paper.delivery_ids.unit_id, self.commune_b1)
        self.assertEqual(self._read(paper, self.officer_b1), paper.subject)

    def test_annex_and_file_follow_the_paper(self):
        paper = self._paper(
            {"unit_id": self.commune_b1.id},
            annex_ids=[Command.create({"title": "Danh sách", "body": "<p>x</p>"})],
        )
        paper.action_sign()
        for record in (paper.annex_ids, paper.pdf_attachment_id):
            record.with_user(self.officer_b1).check_access("read")
            with self._refused(AccessError, "."):
                record.with_user(self.officer_a1).check_access("read")

    def test_list_takes_the_same_queries_for_any_number(self):
        papers = [
            self._paper({"unit_id": self.commune_b1.id}, date_signed=Date.today())
            for _number in range(12)
        ]
        for paper in papers:
            paper.action_sign()
        received = self.env["emulation.document.delivery"].with_user(self.officer_b1)
        names = ["reference", "subject", "kind_id", "issuing_unit_id", "date_read"]
        counts = []
        # the first time also reads what is kept for the user: views, rules, units
        mine = [("is_mine", "=", True)]
        received.web_search_read(mine, {name: {} for name in names}, limit=1)
        for limit in (1, 3, 12):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = received.web_search_read(
                mine, {name: {} for name in names}, limit=limit
            )
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(found["records"]), limit)
        self.assertEqual(len(set(counts)), 1, counts)
