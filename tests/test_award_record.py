import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_award import AwardCommon
from .common_files import HTML, PDF, SCAN
from .test_people_import import PeopleImportCommon


class RecordCommon(AwardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.winner = cls.env["res.partner"].create({"name": "Người Được Khen"})

    def _record(self, user=None, **vals):
        records = self.env["emulation.award.record"].with_user(user or self.officer_a1)
        values = {
            "partner_id": self.winner.id,
            "award_id": self.merit.id,
            "year": 2019,
            "decision_reference": "5/QĐ-UBND",
            "decision_date": "2019-12-20",
            "decided_by": "Chủ tịch Ủy ban nhân dân huyện",
            "evidence": SCAN,
            "evidence_name": "qd-5.pdf",
            **vals,
        }
        if (user or self.officer_a1) not in (self.officer_a1, self.officer_b1):
            values.setdefault("unit_id", self.commune_a1.id)
        return records.create(values)


@tagged("post_install", "-at_install")
class TestAwardRecord(RecordCommon):
    """An earlier award counts once somebody else has held its decision against it."""

    def _find_entry(self, record, event):
        return self.env["emulation.log"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("event", "=", event),
            ]
        )

    def test_it_stays_in_the_place_of_its_unit(self):
        record = self._record()
        path = self.commune_b1.parent_path
        with self._refused(AccessError, "Internal data: set by the workflow alone"):
            record.unit_path = path
        with self._refused(AccessError, "Internal data: set by the workflow alone"):
            self._record(year=2018, unit_path=path)
        about = record.with_context(default_unit_path=path)
        with self._refused(AccessError, "Internal data: set by the workflow alone"):
            about.create({"year": 2017})

    def test_verified_through_the_form(self):
        with Form(
            self.env["emulation.award.record"].with_user(self.officer_a1)
        ) as form:
            form.partner_id = self.winner
            form.award_id = self.merit
            form.year = 2019
            form.decision_reference = " 5/QĐ-UBND "
            form.decision_date = "2019-12-20"
            self.assertEqual(form.missing, "Decided by, Scan of the decision")
            form.decided_by = "Chủ tịch"
            form.evidence = SCAN
            self.assertFalse(form.missing)
        record = form.record
        self.assertEqual(record.decision_reference, "5/QĐ-UBND")
        self.assertEqual(record.claimant_user_ids, self.officer_a1)
        self.assertFalse(record.can_verify)
        board = record.with_user(self.award_user)
        self.assertTrue(board.can_verify)
        board.action_verify()
        self.assertEqual(record.verified_user_id, self.award_user)
        self.assertEqual(record.date_verified, Date.today())
        entry = self._find_entry(record, "verified")
        self.assertIn("5/QĐ-UBND of 20/12/2019, Chủ tịch", entry.text)
        with self._refused(UserError, "stays on record as it is"):
            board.action_verify()

    def test_each_part_of_the_evidence_is_needed(self):
        for name, label in (
            ("decided_by", "Decided by"),
            ("evidence", "Scan of the decision"),
        ):
            for empty in (False, " ") if name == "decided_by" else (False,):
                record = self._record(year=2018, **{name: empty})
                with self._refused(UserError, f"Người Được Khen.*It lacks: {label}"):
                    record.with_user(self.award_user).action_verify()
                record.unlink()
        record = self._record(decision_reference=" ")
        with self._refused(UserError, "It lacks: Decision no"):
            record.with_user(self.award_user).action_verify()

    def test_four_eyes(self):
        """Neither who entered it, nor who changed it since, nor who has won it."""
        record = self._record(self.movement_user)
        for user in (self.movement_user, self.officer_a1):
            with self._refused(AccessError, "verified by another officer"):
                record.with_user(user).action_verify()
        board = record.with_user(self.award_user)
        board.year = 2018
        for user in (self.award_user, self.movement_user):
            self.assertFalse(record.with_user(user).can_verify)
            with self._refused(AccessError, "by none who entered or changed it"):
                record.with_user(user).action_verify()
        # somebody else's change of it does not wash the first one's hands
        record.with_user(self.movement2_user).decided_by = "Giám đốc"
        with self._refused(AccessError, "by none who entered or changed it"):
            board.action_verify()
        record.with_user(self.award2_user).action_verify()
        self.assertTrue(record.is_verified)

    def test_a_second_account_is_the_same_person(self):
        self.award_user.partner_id.phone = "0912 345 678"
        second = self._create_user("second", "officer", self.commune_a1)
        second.partner_id.phone = "+84912345678"
        mine = self._record(second)
        with self._refused(AccessError, "verified by another officer"):
            mine.with_user(self.award_user).action_verify()
        self.winner.phone = "0912345678"
        won = self._record(year=2018)
        with self._refused(AccessError, "is honoured by it"):
            won.with_user(self.award_user).action_verify()
        won.with_user(self.award2_user).action_verify()

    def test_nobody_verifies_what_their_own_unit_has_won(self):
        record = self._record(partner_id=False, recipient_unit_id=self.board_unit.id)
        with self._refused(AccessError, "is honoured by it"):
            record.with_user(self.award_user).action_verify()
        self.award2_user.partner_id.emulation_unit_id = self.board_unit
        with self._refused(AccessError, "is honoured by it"):
            record.with_user(self.award2_user).action_verify()
        record.with_user(self.movement_user).action_verify()

    def test_verified_facts_stay_until_the_verification_is_withdrawn(self):
        record = self._record()
        record.with_user(self.award_user).action_verify()
        file = self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id),
             ("res_field", "=", "evidence")]
        )  # fmt: skip
        for user in (self.officer_a1, self.award2_user, self.manager_user):
            mine = record.with_user(user)
            for vals in (
                {"year": 2018},
                {"evidence": False},
                {"decided_by": "Khác"},
                {"unit_id": self.commune_a1.id},
            ):
                with self.subTest(vals), self._refused(UserError, "withdraw its verif"):
                    mine.write(vals)
            with self._refused(UserError, "withdraw its verification"):
                mine.unlink()
            with self._refused(AccessError, "changed on the record it proves"):
                file.with_user(user).raw = b"%PDF-forged"
            with self._refused(AccessError, "changed on the record it proves"):
                file.with_user(user).unlink()
        with self._refused(AccessError, "verified by another officer"):
            record.with_user(self.officer_a1).withdrawal_reason = "Nhầm"
        board = record.with_user(self.award2_user)
        with self._refused(UserError, "Why the verification is withdrawn"):
            board.action_withdraw()
        board.withdrawal_reason = "Quyết định ghi tên người khác"
        board.action_withdraw()
        self.assertFalse(record.is_verified or record.verified_user_id)
        entry = self._find_entry(record, "withdrawn")
        self.assertIn("ghi tên người khác", entry.text)
        record.with_user(self.officer_a1).decided_by = "Bí thư"
        board.action_verify()
        self.assertFalse(record.withdrawal_reason)

    def test_forged_values_and_contexts(self):
        records = self.env["emulation.award.record"].with_user(self.officer_a1)
        names = (
            "is_verified",
            "verified_user_id",
            "date_verified",
            "claimant_user_ids",
        )
        for name in names:
            value = {
                "is_verified": True,
                "date_verified": "2020-01-01",
                "verified_user_id": self.award_user.id,
                "claimant_user_ids": [(6, 0, self.award_user.ids)],
            }[name]
            context = {f"default_{name}": value}
            with self.subTest(name), self._refused(AccessError, "by its button"):
                self._record(**{name: value})
            with self.subTest(name), self._refused(AccessError, "by its button"):
                self._record().with_context(**context).copy()
            with self.subTest(name), self._refused(AccessError, "by its button"):
                self._record().write({name: value})
        # to wash one's own hands
        record = self._record()
        with self._refused(AccessError, "by its button"):
            record.claimant_user_ids = [(5,)]
        with self._refused(ValidationError, "neither PDF, JPEG nor PNG"):
            records.with_context(default_evidence=base64.b64encode(HTML)).create(
                {
                    "recipient_name": "Ai đó", "award_id": self.merit.id, "year": 2019,
                    "decision_reference": "1", "decision_date": "2019-12-20",
                }
            )  # fmt: skip
        with self._refused(AccessError, "changed on the record it proves"):
            self.env["ir.attachment"].with_user(self.officer_a1).create(
                {"name": "x.pdf", "raw": HTML, "res_model": record._name,
                 "res_id": record.id, "res_field": "evidence"}
            )  # fmt: skip

    @mute_logger("PyPDF2._reader", "pypdf._reader")
    def test_the_scan_is_known_by_content(self):
        record = self._record()
        for content, pattern in (
            (HTML, "qd-5.pdf.*neither PDF, JPEG nor PNG"),
            (PDF, "qd-5.pdf.*cannot be opened"),
            (b"\x89PNG\r\n\x1a\n" + b"\x00" * 24, "cannot be opened"),
        ):
            with self._refused(ValidationError, pattern):
                record.evidence = base64.b64encode(content)
        self.env["ir.config_parameter"].set_param("emulation.scan_max_mb", "1")
        large = base64.b64encode(base64.b64decode(SCAN) + b"\n" * 1024 * 1025)
        with self._refused(ValidationError, "at most 1 MB are taken"):
            record.evidence = large
        self.env["ir.config_parameter"].set_param("emulation.scan_max_mb", "0")
        record.evidence = large

    def test_dates_that_cannot_be(self):
        with self._refused(ValidationError, "older than the year"):
            self._record(year=2021).decision_date = "2020-05-01"
        with self._refused(ValidationError, "yet to come"):
            self._record(decision_date=Date.add(Date.today(), days=2))

    def test_a_copy_needs_evidence_of_its_own(self):
        record = self._record()
        copied = record.with_user(self.officer_a2).sudo().copy()
        self.assertEqual((copied.year, str(copied.decision_date)), (2020, "2020-12-20"))
        self.assertFalse(copied.evidence or copied.is_verified)


@tagged("post_install", "-at_install")
class TestAwardRecordImport(RecordCommon, PeopleImportCommon):
    """Lists of earlier titles, by the names of the office."""

    _model = "emulation.award.record"
    HEADER = [
        *("Danh hiệu hoặc hình thức khen thưởng", "Năm khen thưởng"),
        *("Cá nhân (họ tên hoặc email)", "Tập thể (mã hoặc tên đơn vị)"),
        *("Tên người, tập thể ngoài danh bạ", "Số quyết định", "Ngày quyết định"),
        *("Người ký quyết định", "Mã đơn vị ghi nhận"),
    ]

    def _row(self, **cells):
        row = {
            "award": "Bằng khen thử nghiệm",
            "year": "2019",
            "person": "Người Được Khen",
            "unit": "",
            "name": "",
            "number": "5/QĐ-UBND",
            "day": "20/12/2019",
            "by": "Chủ tịch",
            "recorded": "T35A1",
            **cells,
        }
        return list(row.values())

    def test_templates_map_in_both_languages(self):
        self._assert_templates(
            self.officer_a1,
            [
                *("award_id", "year", "partner_id", "recipient_unit_id"),
                *("recipient_name", "decision_reference", "decision_date"),
                *("decided_by", "unit_id"),
            ],
        )

    def test_rows_come_in_and_again(self):
        self.winner.email = "duoc.khen@example.com"
        rows = [
            self._row(),
            self._row(award="BK-T", year="2018", person="DUOC.KHEN@example.com"),
            self._row(person="", unit="T35A2"),
            self._row(person="", name="Hộ ông Nguyễn Văn Mẫu", recorded=""),
        ]
        trial = self._import(self.HEADER, *rows, user=self.officer_a1, dryrun=True)
        self.assertFalse(trial["messages"])
        result = self._import(self.HEADER, *rows, user=self.officer_a1)
        self.assertFalse(result["messages"])
        records = self.env[self._model].browse(result["ids"])
        self.assertEqual(
            records.mapped("recipient_name"),
            [
                "Người Được Khen",
                "Người Được Khen",
                "Xã An Hai",
                "Hộ ông Nguyễn Văn Mẫu",
            ],
        )
        self.assertEqual(records.mapped("year"), [2019, 2018, 2019, 2019])
        self.assertEqual(records.award_id, self.merit)
        self.assertEqual(records.unit_id, self.commune_a1)
        self.assertEqual(records.claimant_user_ids, self.officer_a1)
        rows[0] = self._row(number="6/QĐ-UBND")
        again = self._import(self.HEADER, *rows, user=self.officer_a1)
        self.assertEqual(again["ids"], result["ids"])
        self.assertEqual(records[0].decision_reference, "6/QĐ-UBND")
        records[0].evidence = SCAN
        records[0].with_user(self.award_user).action_verify()
        self._assert_refused(
            self.HEADER, rows, "is verified and stays", user=self.officer_a1
        )

    def test_the_version_of_the_day_of_the_decision(self):
        rows = [
            self._row(award="CSTDCS", year=year, day=f"20/12/{year}")
            for year in ("2019", "2024")
        ]
        result = self._import(self.HEADER, *rows, user=self.officer_a1)
        self.assertFalse(result["messages"])
        old, new = self.env[self._model].browse(result["ids"]).award_id
        self.assertEqual((old.code, new.code), ("CSTDCS", "CSTDCS"))
        self.assertLess(old.date_start, new.date_start)

    def test_every_faulty_row_is_named_with_its_remedy(self):
        self.env["res.partner"].create([{"name": "Trùng Tên"}] * 2)
        rows = [
            self._row(award="Huân chương Sao"),
            self._row(year="19"),
            self._row(day="2019-13-40"),
            self._row(day="20/12/2018"),
            self._row(person="Không Ai"),
            self._row(person="Trùng Tên"),
            self._row(person="", name=""),
            self._row(number=""),
            self._row(recorded="KHONG"),
            self._row(unit="T35A2"),
            self._row(year="2017"),
            self._row(year="2017"),
        ]
        self._assert_refused(
            self.HEADER,
            rows,
            "Người Được Khen.*Huân chương Sao.*not in the catalogue",
            "“19” is no year",
            "is no date",
            "older than the year",
            "Nobody is called “Không Ai”",
            "2 people are called “Trùng Tên”",
            "Row 8 names nobody",
            "needs a value in the column “Decision no",
            "“KHONG” is not known",
            "beside a collective",
            "in row 12 of the file already",
            user=self.officer_a1,
        )
        header = [one for one in self.HEADER if one != "Số quyết định"]
        short = [self._row()[:5] + self._row()[6:]]
        self._assert_refused(
            header, short, "no column “Decision no", user=self.officer_a1
        )

    def test_no_row_gets_around_the_rules(self):
        row = self._row(recorded="T35B1")
        before = self.env[self._model].search_count([])
        result = self._import(self.HEADER, row, user=self.officer_a1)
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])
        forged = self.env[self._model].with_user(self.officer_a1).load(
            ["award_id/.id", "recipient_name", "year", "decision_reference",
             "decision_date", "is_verified"],
            [[str(self.merit.id), "Ai đó", "2019", "1", "2019-12-20", "1"]],
        )  # fmt: skip
        self.assertFalse(forged["ids"])
        self.assertEqual(self.env[self._model].search_count([]), before)
